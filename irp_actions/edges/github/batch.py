"""Puts changes into one GraphQL request: one alias each, in order, every text a variable."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from irp_actions.values.changes import (
    Amend,
    Assign,
    Change,
    Close,
    FileArchive,
    OpenBoard,
    OpenIssue,
    React,
    Remove,
    Reopen,
    Say,
    SetLabels,
    WriteBody,
    WriteRecord,
)

_AMENDED = "{ issueComment { id body } }"
_ADDED = "{ commentEdge { node { id fullDatabaseId body } } }"
_DONE = "{ clientMutationId }"


@dataclass(frozen=True, slots=True)
class Move:
    """One mutation: its field, its input, and what is asked back. `change` is whose move it is."""

    change: Change
    field: str
    input: Mapping[str, Any]
    back: str = _DONE


@dataclass(frozen=True, slots=True)
class Book:
    """Node ids that the last read showed: of labels and people, by name and by login in lower case."""

    labels: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    repository: str = ""
    """The repository's own node id, for issues to be opened in it."""


def moves(issue: str, change: Change, book: Book) -> list[Move]:
    """The mutations of one change.

    Args:
        issue: the issue's node id.
        change: what to do.
        book: knows node ids; names it does not know are left out.
    """
    return _MOVES[type(change)](issue, change, book)


def request(batch: list[Move]) -> tuple[str, dict[str, Any]]:
    """The text and the variables of one request that makes these moves in order."""
    kinds = [f"$m{place}: {move.field[0].upper()}{move.field[1:]}Input!" for place, move in enumerate(batch)]
    lines = [f"  m{place}: {move.field}(input: $m{place}) {move.back}" for place, move in enumerate(batch)]
    text = f"mutation Batch({', '.join(kinds)}) {{\n" + "\n".join(lines) + "\n}"
    return text, {f"m{place}": dict(move.input) for place, move in enumerate(batch)}


def took(move: Move, answered: Mapping[str, Any] | None) -> bool:
    """Whether GitHub really took it: a body that is too long is dropped in silence, so it is compared."""
    if answered is None:
        return False
    if isinstance(move.change, WriteBody):
        return bool(answered["issue"]["body"].replace("\r\n", "\n").strip() == move.change.body.strip())
    if isinstance(move.change, WriteRecord):
        return bool(answered["issueComment"]["body"].replace("\r\n", "\n").strip() == move.change.body.strip())
    return True


def _say(issue: str, change: Any, _: Book) -> list[Move]:
    return [Move(change, "addComment", {"subjectId": issue, "body": change.body}, _ADDED)]


def _amend(_: str, change: Any, __: Book) -> list[Move]:
    return [Move(change, "updateIssueComment", {"id": change.comment, "body": change.body}, _AMENDED)]


def _remove(_: str, change: Any, __: Book) -> list[Move]:
    return [Move(change, "deleteIssueComment", {"id": change.comment})]


def _react(_: str, change: Any, __: Book) -> list[Move]:
    return [Move(change, "addReaction", {"subjectId": change.comment, "content": change.content})]


def _write_body(issue: str, change: Any, _: Book) -> list[Move]:
    return [Move(change, "updateIssue", {"id": issue, "body": change.body}, "{ issue { id body } }")]


def _label(issue: str, change: Any, book: Book) -> list[Move]:
    found = []
    add, remove = _known(change.add, book.labels), _known(change.remove, book.labels)
    if add:
        found.append(Move(change, "addLabelsToLabelable", {"labelableId": issue, "labelIds": add}))
    if remove:
        found.append(Move(change, "removeLabelsFromLabelable", {"labelableId": issue, "labelIds": remove}))
    return found


def _assign(issue: str, change: Any, book: Book) -> list[Move]:
    found = []
    add, remove = _known(change.add, book.people), _known(change.remove, book.people)
    if add:
        found.append(Move(change, "addAssigneesToAssignable", {"assignableId": issue, "assigneeIds": add}))
    if remove:
        found.append(Move(change, "removeAssigneesFromAssignable", {"assignableId": issue, "assigneeIds": remove}))
    return found


def _open_issue(_: str, change: Any, book: Book) -> list[Move]:
    wanted = {
        "repositoryId": book.repository,
        "title": change.title,
        "body": change.body,
        "labelIds": _known(change.labels, book.labels),
        "assigneeIds": _known(change.assignees, book.people),
    }
    return [Move(change, "createIssue", wanted, "{ issue { number } }")]


def _close(issue: str, change: Any, _: Book) -> list[Move]:
    return [Move(change, "closeIssue", {"issueId": issue, "stateReason": change.reason})]


def _reopen(issue: str, change: Any, _: Book) -> list[Move]:
    return [Move(change, "reopenIssue", {"issueId": issue})]


def _known(names: frozenset[str], ids: Mapping[str, str]) -> list[str]:
    return [ids[name.lower()] for name in sorted(names) if name.lower() in ids]


_MOVES: Mapping[type, Callable[[str, Any, Book], list[Move]]] = {
    OpenBoard: _say,
    FileArchive: _say,
    Say: _say,
    WriteRecord: _amend,
    Amend: _amend,
    Remove: _remove,
    React: _react,
    WriteBody: _write_body,
    SetLabels: _label,
    Assign: _assign,
    OpenIssue: _open_issue,
    Close: _close,
    Reopen: _reopen,
}
"""How each change is made. A new kind of change is a new line here."""
