"""Where GitHub's description and GitHub's traffic differ, the traffic is right: each difference, and how we know.

A row without evidence from outside this repository does not belong here: then it is the embedded GitHub that is wrong.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Correction:
    """One difference.

    Attributes:
        reason: What is wrong with the description, and how that is known.
        seen: Recordings of PyGithub's that show it.
        places: The schemas it is about, as JSON Pointer writes them.
        having: Or else: every object that is described as having these keys.
        file: Of which description they are.
        keys: The keys to allow beside those described.
        required: The keys that are always there.
        optional: The keys that may be missing although they are described, or were learned, to be always there.
        also: What holds beside what is described.
        instead: What holds in place of what is described.
        events: Events without a schema, each with the name of one that fits.
        schemas: Schemas without which the correction could not be said.
    """

    reason: str
    seen: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    having: tuple[str, ...] = ()
    file: str = "rest.json"
    keys: Mapping[str, Any] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    also: Mapping[str, Any] = field(default_factory=dict)
    instead: Mapping[str, Any] | None = None
    events: Mapping[str, str] = field(default_factory=dict)
    schemas: Mapping[str, Any] = field(default_factory=dict)


_TEXT = {"type": "string"}
_TEXT_OR_NULL = {"type": ["string", "null"]}
# What every event has, and all that some have.
_BARE_EVENT: dict[str, Any] = {
    "type": "object",
    "properties": {
        "id": {"type": "integer"},
        "node_id": _TEXT,
        "url": _TEXT,
        "actor": {"$ref": "#/schemas/simple-user"},
        "event": _TEXT,
        "commit_id": _TEXT_OR_NULL,
        "commit_url": _TEXT_OR_NULL,
        "created_at": {"type": "string", "format": "date-time"},
        "performed_via_github_app": {"$ref": "#/schemas/nullable-integration"},
    },
    "additionalProperties": False,
}
_BARE_EVENT["required"] = sorted(_BARE_EVENT["properties"])
_BARE_EVENTS = (
    *("comment_deleted", "marked_as_duplicate", "mentioned", "merged", "pinned", "referenced", "subscribed"),
    *("unlocked", "unmarked_as_duplicate", "unpinned", "unsubscribed"),
)
_BARE = {"bare-event": _BARE_EVENT}

CORRECTIONS: tuple[Correction, ...] = (
    Correction(
        "No error is described as having a message, or a 422 as telling its status; each recorded error since 2013 "
        "has the one, and most since 2024 the other.",
        seen=("Workflow.testCreateDispatchException", "Workflow.testDisable"),
        places=("#/schemas/basic-error", "#/schemas/validation-error"),
        keys={"status": {"type": "string", "pattern": "^[45][0-9]{2}$"}},
        required=("message",),
    ),
    Correction(
        "Labels are described to be sent as an object only. A bare list is what PyGithub and github3.py send, and what "
        "GitHub was recorded to accept.",
        seen=("Issue.testAddAndRemoveLabelsWithStringArguments",),
        places=tuple(
            f"#/operations/{method} ~1repos~1{{owner}}~1{{repo}}~1issues~1{{issue_number}}~1labels/request"
            for method in ("POST", "PUT")
        ),
        instead={
            "anyOf": [
                {"type": "array", "items": {"$ref": "#/schemas/wanted-label"}},
                {
                    "type": "object",
                    "properties": {"labels": {"type": "array", "items": {"$ref": "#/schemas/wanted-label"}}},
                    "additionalProperties": False,
                },
            ]
        },
        schemas={
            "wanted-label": {
                "anyOf": [
                    _TEXT,
                    {
                        "type": "object",
                        "properties": {"name": _TEXT},
                        "required": ["name"],
                        "additionalProperties": False,
                    },
                ]
            }
        },
    ),
    Correction(
        "Of an issue's events some kinds are left out. GitHub's page on event types lists them, and recorded ones "
        "have what every event has, and a closed or reopened issue its reason.",
        seen=("IssueEvent.setUp", "PullRequest.testGetIssueEvents"),
        places=("#/schemas/issue-event-for-issue",),
        events={
            "closed": "state-change-issue-event",
            "reopened": "state-change-issue-event",
            **dict.fromkeys(_BARE_EVENTS, "bare-event"),
        },
        schemas=_BARE,
    ),
    Correction(
        "Of a timeline's events the same kinds are left out but for closed and reopened; recorded ones are as bare.",
        seen=("Issue.testGetTimeline", "PullRequest.testGetIssueTimeline"),
        places=("#/schemas/timeline-issue-events",),
        events=dict.fromkeys(_BARE_EVENTS, "bare-event"),
        schemas=_BARE,
    ),
    Correction(
        "A single event that closes or reopens has a reason, which is described only for events in lists.",
        seen=("IssueEvent.setUp",),
        places=("#/schemas/issue-event",),
        keys={"state_reason": _TEXT_OR_NULL},
    ),
    Correction(
        "A repository's security settings have a key more than is described.",
        seen=("Repository.setUp",),
        places=("#/schemas/security-and-analysis",),
        keys={"secret_scanning_validity_checks": {"type": "object"}},
    ),
    Correction(
        "The line of a comment on code is null once the code is gone.",
        seen=("PullRequest.testGetIssueTimeline",),
        places=("#/schemas/pull-request-review-comment/properties/original_line",),
        instead={"type": ["integer", "null"]},
    ),
    Correction(
        "Runs are asked for by a day, or a range of them, where a moment is described; the words beside it say so.",
        seen=("Repository.testGetWorkflowRunsCreated",),
        places=tuple(
            f"#/operations/GET ~1repos~1{{owner}}~1{{repo}}~1actions~1{path}/query/created"
            for path in ("runs", "workflows~1{workflow_id}~1runs")
        ),
        instead=_TEXT,
    ),
    Correction(
        "A body comes as HTML or text instead, or as well, when the media type asks for it: described in words, under "
        "media types. All that was recorded asked for Markdown.",
        places=("#/schemas/issue", "#/schemas/nullable-issue", "#/schemas/issue-comment"),
        optional=("body",),
        also={"anyOf": [{"required": [key]} for key in ("body", "body_html", "body_text")]},
    ),
    Correction(
        "Accounts in payloads are described many times over, and some copies lack what `simple-user` of the same "
        "description has.",
        file="webhooks.json",
        having=("received_events_url", "login"),
        keys={"user_view_type": _TEXT},
    ),
    Correction(
        "Few copies require more of an account than its login and id; every recorded account, and every account in an "
        "example that is of a payload's first level, has all these keys.",
        file="webhooks.json",
        having=("received_events_url", "login"),
        required=(
            *("avatar_url", "events_url", "followers_url", "following_url", "gists_url", "gravatar_id", "html_url"),
            *("id", "login", "node_id", "organizations_url", "received_events_url", "repos_url", "site_admin"),
            *("starred_url", "subscriptions_url", "type", "url"),
        ),
    ),
    Correction(
        "As with accounts: some copies of an app lack what `integration` of the same description has.",
        file="webhooks.json",
        having=("external_url", "slug"),
        keys={"client_id": _TEXT},
    ),
    Correction(
        "The examples of payloads are of 2019 to 2021 and have `draft` on every issue. Issues recorded since 2024 that "
        "are no pull requests have none.",
        seen=("Issue.setUp",),
        file="webhooks.json",
        having=("draft", "timeline_url"),
        optional=("draft",),
    ),
)

# Answers that any operation may give, and few are described as giving.
EVERYWHERE: Mapping[int, str] = {
    304: "a conditional request: described in words, under best practices",
    400: "no JSON, or another version of the API: described in words, under troubleshooting and API versions",
    401: "bad credentials: described in words, under authentication",
    403: "not permitted, or a rate limit: recorded in Workflow.testDisable",
    404: "nothing there, or not to be known: described in words, under troubleshooting",
    410: "an issue that was deleted: described for most of what can be done to one, and left out for the rest",
    422: "values that will not do: recorded in Workflow.testCreateDispatchException",
    429: "a rate limit: described in words, under rate limits",
    500: "GitHub's own fault",
    502: "likewise",
    503: "likewise",
    504: "likewise",
}
