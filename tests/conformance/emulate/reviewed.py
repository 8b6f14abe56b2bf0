"""Who is right where the two sides differ, and by what source. A difference that nobody reviewed is a fault."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tests.conformance.emulate.sides import version
from tools.conformance.stamps import ROOT

PAGE = ROOT / "docs" / "emulate.md"


@dataclass(frozen=True, slots=True)
class Review:
    """What is said of some differences.

    Attributes:
        about: The differences, as a regular expression that fits them whole.
        right: Who is, one of `RIGHT`.
        source: By what.
    """

    about: str
    right: str
    source: str


_DESCRIPTION = "GitHub's OpenAPI description"
_ENUM = f"{_DESCRIPTION}: an enumeration"
_ROLES = "Repository roles for an organization"
_RECORDED = "PyGithub's recordings"
_KEY = r"`[\w.]+\.({})` is only {}"

REVIEWED = (
    # -- who may do what
    Review(r"`GET ~/issues/1` by ned: 404 .*", "ours", "Troubleshooting the REST API: 404 for private repositories"),
    Review(r"`GET ~/issues/1` by ghp_made_up: 401 .*", "ours", "Authenticating to the REST API"),
    Review(r"`(POST|PATCH) \S+` by ria with .*: 403 here, 20[01] there", "ours", f"{_ROLES}; Locking conversations"),
    Review(
        r"`(PATCH|DELETE) ~/issues/comments/.* by tia.*: 403 here, 20[04] there",
        "ours",
        _ROLES,
    ),
    Review(r"`PUT ~/issues/1/lock` by ria: 403 .*", "ours", _ROLES),
    Review(r"`issue\.(labels|assignees)` lists nothing here, .*", "ours", "REST: Create an issue: silently dropped"),
    Review(r"`issue\.assignee` is None here, dict there", "ours", "REST: Create an issue: silently dropped"),
    Review(r"`GET ~/collaborators/ned/permission` .*", "ours", "REST: Get repository permissions for a user: `none`"),
    # -- what is asked for
    Review(r"`GET ~/issues\?state=ajar` .*", "ours", "measured, brekkylab/backlot#166"),
    Review(r"`GET ~/issues\?milestone=9` .*", "ours", "reported, sigmavirus24/github3.py#406"),
    Review(r"`PATCH ~/issues/1` by wim with `\{\"state\": \"ajar\"\}`: 422 .*", "ours", _ENUM),
    Review(r"`PUT ~/issues/1/lock` by wim with .*: 422 .*", "ours", _ENUM),
    Review(r"`PUT ~/issues/2/lock` by wim: 204 .*", "ours", "REST: Lock an issue: the body may be left out"),
    Review(r"`GET ~/issues/comments\?.*: 200 here, 404 there", "ours", f"{_DESCRIPTION}; there the path is not found"),
    Review(r"`POST ~/issues/1/assignees` by tia .*: 201 here, 200 there", "ours", _DESCRIPTION),
    Review(
        r"`POST ~/labels` by wim .*BUG.*",
        "ours",
        "reported, git-bug/git-bug#176: case is nothing",
    ),
    Review(r"`~/issues/2/labels` lists bug here, BUG there", "ours", "as above; reported, rust-lang/triagebot#1915"),
    Review(
        r"`~/issues\?.*page=99`: `Link` has .*",
        "neither",
        "measured, brekkylab/backlot#131: this one list goes by cursors, with `prev` and `next` alone",
    ),
    # -- what is answered
    Review(r"moments have milliseconds there", "ours", _RECORDED),
    Review(r"`issue\.state_reason` is 'duplicate' here, .*", "ours", _DESCRIPTION),
    Review(_KEY.format(r"\w+_summary|type|pinned_comment", "here"), "ours", _DESCRIPTION),
    Review(_KEY.format("role_name|permissions", "here"), "ours", _DESCRIPTION),
    Review(_KEY.format("notification_email", "here"), "either", f"{_DESCRIPTION}: it may be left out"),
    Review(r"`permission\.permission` is .*", "ours", "REST: Get repository permissions for a user"),
    Review(r"`~/collaborators` lists .*", "ours", "PyGithub's recordings: the owner is one"),
    Review(
        r"`(issue|comment)\.author_association` is 'MEMBER' here, 'COLLABORATOR' there",
        "either",
        "here the owner stands for an organization with members, there it is a person",
    ),
    Review(
        r"`label\.color` is 'ededed' here, some colour there",
        "ours",
        "PyGithub's Search.testSearchIssues has it",
    ),
    Review(
        r"`label\.default` is .*",
        "either",
        "a new repository has no labels there: they were made",
    ),
    # -- what happened
    Review(
        r"`~/issues/1/(events|timeline)` lists labeled bug, renamed.*",
        "ours",
        "Issue event types",
    ),
    Review(_KEY.format("issue|label|milestone|rename|assignee", "there"), "ours", _DESCRIPTION),
    Review(
        _KEY.format("assigner|performed_via_github_app|lock_reason|state_reason", "here"),
        "ours",
        f"{_DESCRIPTION}; {_RECORDED}",
    ),
    Review(r"`event\.label\.color` is .*", "ours", "Issue event types: the label as it was"),
    # -- words
    Review(r"`refusal of [\w ]+\.documentation_url` is .*", "ours", _RECORDED),
    Review(r"`refusal of [\w ]+\.status` is only here", "ours", f"{_RECORDED} since 2024"),
    Review(r"`refusal of what is wrong\.errors` is only here", "ours", "Troubleshooting the REST API"),
    Review(r"`refusal of what is missing\.message` is .*", "ours", "reported, octokit/octokit.rb#992"),
    Review(r"`refusal of what is wrong\.message` is .*is not an array.*", "ours", "reported, rundel/ghclass#93"),
    Review(r"`refusal of what is wrong\.message` is 'Validation Failed' .*", "ours", _RECORDED),
    Review(r"`refusal of what is not there\.message` is .*", "nobody knows", "no source was found for either"),
)

RIGHT = {"ours": "the embedded GitHub", "either": "either", "neither": "neither", "nobody knows": "nobody knows"}
_HEAD = f"""# Where emulate differs

`emulate` {version()} (npm, Apache-2.0, by Vercel Labs) is a second stand-in of GitHub, made by others. Both are asked
the same; whatever differs is reviewed, and where the [embedded GitHub](standin.md) was wrong, it was mended: then there
is no difference left to list. emulate has neither GraphQL nor reactions, so of these it says nothing; and that both
agree proves little.

`~` is the repository. `wim` may write, `tia` triage and `ria` read; `ned` has no access. The page is made from what was
answered: `UPDATE_GOLDEN=1 make conformance TESTS=tests/conformance/emulate`, after a line in `reviewed.py` there.

| Difference | Right is | By |
|---|---|---|
"""


def page(differences: Iterable[str]) -> str:
    """The page of some differences.

    Raises:
        LookupError: One of them was not reviewed.
    """
    rows = [(list(REVIEWED).index(review), line, review) for line in differences for review in [review_of(line)]]
    return _HEAD + "".join(
        f"| {_cell(line)} | {RIGHT[review.right]} | {review.source} |\n"
        for _, line, review in sorted(rows, key=lambda row: row[:2])
    )


def review_of(difference: str) -> Review:
    """What is said of a difference."""
    for review in REVIEWED:
        if re.fullmatch(review.about, difference, re.DOTALL):
            return review
    raise LookupError(f"nobody has reviewed: {difference}")


def listed(text: str) -> list[str]:
    """The differences of a page."""
    rows = [line for line in text.splitlines() if line.startswith("| ")][1:]
    return [row.removeprefix("| ").partition(" | ")[0].replace("\\|", "|") for row in rows]


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
