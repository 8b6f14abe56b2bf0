"""The requests that are played to both sides, in this order."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Scene:
    """One request.

    Attributes:
        kind: What is answered: differences are gathered by it.
        keep: Under which name the `id` of what is answered is known later.
    """

    kind: str
    who: str
    method: str
    path: str
    body: Any = None
    keep: str = ""


def _issues() -> Iterator[Scene]:
    yield Scene("issue", "acme", "POST", "~/issues", {"title": "Odd login", "body": "At three.", "labels": ["bug"]})
    yield Scene("issue", "ria", "POST", "~/issues", {"title": "Odd mail"})
    yield Scene(
        "issue", "wim", "POST", "~/issues", {"title": "Odd file", "labels": ["unheard of"], "assignees": ["wim"]}
    )
    yield Scene("issue", "wim", "GET", "~/issues/1")
    yield Scene("issue", "wim", "PATCH", "~/issues/1", {"title": "Odder login", "body": "At four."})
    yield Scene("issue", "ria", "PATCH", "~/issues/2", {"body": "My own."})
    yield Scene("issue", "wim", "PATCH", "~/issues/1", {"state": "closed", "state_reason": "not_planned"})
    yield Scene("issue", "wim", "PATCH", "~/issues/1", {"state": "open"})
    yield Scene("issue", "wim", "PATCH", "~/issues/1", {"state": "closed"})
    yield Scene("issue", "wim", "PATCH", "~/issues/1", {"state": "open", "state_reason": "reopened"})
    yield Scene("issue", "tia", "PATCH", "~/issues/3", {"state": "closed", "state_reason": "duplicate"})
    yield Scene("issue", "wim", "PATCH", "~/issues/1", {"assignees": ["wim"]})
    yield Scene("issue", "tia", "POST", "~/issues/1/assignees", {"assignees": ["ria"]})
    yield Scene("issue", "tia", "DELETE", "~/issues/1/assignees", {"assignees": ["wim"]})


def _comments() -> Iterator[Scene]:
    yield Scene("comment", "ria", "POST", "~/issues/1/comments", {"body": "Look"}, keep="comment")
    yield Scene("comment", "wim", "POST", "~/issues/1/comments", {"body": "again"}, keep="second")
    yield Scene("comment", "acme", "POST", "~/issues/2/comments", {"body": "elsewhere"})
    yield Scene("comment", "ria", "PATCH", "~/issues/comments/{comment}", {"body": "Looked"})
    yield Scene("comment", "wim", "GET", "~/issues/comments/{comment}")
    yield Scene("comment", "ria", "GET", "~/issues/1/comments")
    yield Scene("comment", "ria", "GET", "~/issues/comments?per_page=2&sort=created&direction=desc")
    yield Scene("nothing", "wim", "DELETE", "~/issues/comments/{second}")


def _labels() -> Iterator[Scene]:
    yield Scene("label", "wim", "POST", "~/labels", {"name": "severity: high", "color": "B60205", "description": "Now"})
    yield Scene("label", "wim", "POST", "~/labels", {"name": "plain"})
    yield Scene("label", "wim", "GET", "~/labels/severity:%20high")
    yield Scene("label", "wim", "PATCH", "~/labels/plain", {"new_name": "fancy", "color": "ABCDEF"})
    yield Scene("label", "tia", "POST", "~/issues/1/labels", {"labels": ["fancy", "severity: high"]})
    yield Scene("label", "tia", "PUT", "~/issues/1/labels", {"labels": ["fancy"]})
    yield Scene("label", "tia", "DELETE", "~/issues/1/labels/fancy")
    yield Scene("label", "ria", "GET", "~/labels?per_page=2&page=2")
    yield Scene("nothing", "tia", "DELETE", "~/issues/1/labels")
    yield Scene("nothing", "wim", "DELETE", "~/labels/fancy")


def _others() -> Iterator[Scene]:
    yield Scene("nothing", "wim", "PUT", "~/issues/1/lock", {"lock_reason": "resolved"})
    yield Scene("issue", "ria", "GET", "~/issues/1")
    yield Scene("nothing", "wim", "DELETE", "~/issues/1/lock")
    yield Scene("permission", "acme", "GET", "~/collaborators/wim/permission")
    yield Scene("permission", "acme", "GET", "~/collaborators/tia/permission")
    yield Scene("permission", "acme", "GET", "~/collaborators/ned/permission")
    yield Scene("collaborator", "acme", "GET", "~/collaborators")
    yield Scene("account", "ria", "GET", "/users/wim")
    yield Scene("milestone", "ria", "GET", "~/milestones")
    yield Scene("event", "ria", "GET", "~/issues/1/events")
    yield Scene("event", "ria", "GET", "~/issues/1/timeline")


def _lists() -> Iterator[Scene]:
    yield Scene("issue", "ria", "GET", "~/issues?state=all")
    for query in (
        "per_page=1",
        "per_page=1&page=2",
        "state=all&per_page=2&page=2",
        "state=closed",
        "per_page=1&page=99",
    ):
        yield Scene("issue", "ria", "GET", f"~/issues?{query}")
    for query in ("creator=ria", "assignee=ria", "assignee=none&state=all", "assignee=*", "labels=bug&direction=asc"):
        yield Scene("issue", "ria", "GET", f"~/issues?{query}")
    yield Scene("issue", "ria", "GET", "~/issues?since=2020-01-01T00:00:00Z&state=all")
    yield Scene("issue", "ria", "GET", "~/issues?page=abc&per_page=0")
    yield Scene("refusal of a filter", "ria", "GET", "~/issues?state=ajar")
    yield Scene("refusal of a filter", "ria", "GET", "~/issues?milestone=9")


def _refusals() -> Iterator[Scene]:
    yield Scene("refusal of a stranger", "ned", "GET", "~/issues/1")
    yield Scene("refusal of nobody", "", "GET", "~/issues/1")
    yield Scene("refusal of bad credentials", "ghp_made_up", "GET", "~/issues/1")
    for path in (
        "~/issues/99",
        "~/issues/comments/5",
        "~/labels/nothing",
        "/repos/acme/nothing",
        "/users/nobody-at-all",
    ):
        yield Scene("refusal of what is not there", "ria", "GET", path)
    yield Scene("refusal of what is not there", "tia", "DELETE", "~/issues/1/labels/nothing")
    yield Scene("refusal of what is not there", "acme", "GET", "~/collaborators/nobody-at-all/permission")
    yield Scene("refusal of a reader", "ria", "POST", "~/issues/1/labels", {"labels": ["bug"]})
    yield Scene("refusal of a reader", "ria", "PATCH", "~/issues/1", {"title": "Mine"})
    yield Scene("refusal of a reader", "ria", "PUT", "~/issues/1/lock")
    yield Scene("refusal of a reader", "ria", "POST", "~/labels", {"name": "mine"})
    yield Scene("refusal of a reader", "ria", "POST", "~/issues/1/assignees", {"assignees": ["ria"]})
    yield Scene("refusal of a reader", "tia", "PATCH", "~/issues/comments/{comment}", {"body": "Not mine"})
    yield Scene("refusal of a reader", "tia", "DELETE", "~/issues/comments/{comment}")
    yield Scene("refusal of what is missing", "wim", "POST", "~/issues", {})
    yield Scene("refusal of what is missing", "wim", "POST", "~/issues/1/comments", {})
    yield Scene("refusal of what is missing", "wim", "POST", "~/labels", {"color": "ffffff"})
    yield Scene("refusal of what is wrong", "wim", "POST", "~/issues/1/comments", {"body": " "})
    yield Scene("refusal of what is wrong", "wim", "POST", "~/issues", {"title": "x", "labels": "bug"})
    yield Scene("refusal of what is wrong", "wim", "POST", "~/issues", {"title": "x", "milestone": 9})
    yield Scene("refusal of what is wrong", "wim", "PATCH", "~/issues/1", {"state": "ajar"})
    yield Scene("refusal of what is wrong", "wim", "PUT", "~/issues/1/lock", {"lock_reason": "bored"})
    yield Scene("refusal of what is wrong", "wim", "POST", "~/labels", {"name": "x", "color": "#fff"})
    yield Scene("refusal of what is there", "wim", "POST", "~/labels", {"name": "BUG", "color": "ffffff"})


def _what_shows_later() -> Iterator[Scene]:
    """What differs here makes all that follows differ."""
    yield Scene("issue", "ria", "POST", "~/issues", {"title": "Mine", "labels": ["bug"], "assignees": ["ria"]})
    yield Scene(
        "refusal of what is wrong", "wim", "PATCH", "~/issues/1", {"assignees": ["wim", "ned", "nobody-at-all"]}
    )
    yield Scene("label", "tia", "POST", "~/issues/2/labels", {"labels": ["BUG"]})
    yield Scene("nothing", "wim", "PUT", "~/issues/2/lock")
    yield Scene("comment", "ria", "POST", "~/issues/2/comments", {"body": "but"})


def play() -> tuple[Scene, ...]:
    """All of it."""
    return (*_issues(), *_comments(), *_labels(), *_others(), *_lists(), *_refusals(), *_what_shows_later())
