"""What GitHub accepts although its description has no room for it: each kind, and how we know.

A row needs evidence from outside this repository, or else it is the embedded GitHub that is wrong.
"""

from collections.abc import Mapping

PARAMETERS: Mapping[str, str] = {
    "page": "what is no number above zero is as if it was not sent: measured on nine surfaces, brekkylab/backlot#137",
    "per_page": "likewise, and what is above a hundred is a hundred",
    "exclude_pull_requests": "a 1 is as good as a true: recorded, PyGithub's PullRequest2408.test_get_workflow_runs",
}
"""Parameters of the query that may hold anything."""

METHODS = "a method that is not described is 404, and not 405: measured, github/docs#45184"
"""Why the check for unsupported methods is one of our own."""
