"""A change is one thing to do to GitHub, as a value; applying them is the door's business."""

from __future__ import annotations

from dataclasses import dataclass

from irp_actions.values.outbox import Message


@dataclass(frozen=True, slots=True)
class OpenBoard:
    """Post the first reply, which holds the board and the record, and pin it."""

    body: str


@dataclass(frozen=True, slots=True)
class WriteRecord:
    """Amend the first reply. Always the first change of a batch: if it fails, nothing after it counts."""

    comment: str
    body: str


@dataclass(frozen=True, slots=True)
class FileArchive:
    """Post a comment with older entries. Written before the head that names it."""

    body: str


@dataclass(frozen=True, slots=True)
class Say:
    """Post a new comment. It mails everybody, so it must be worth it."""

    keys: tuple[str, ...]
    body: str


@dataclass(frozen=True, slots=True)
class Amend:
    """Edit a comment of ours. Quiet, but for people newly mentioned."""

    comment: str
    body: str


@dataclass(frozen=True, slots=True)
class Remove:
    """Delete a comment of ours: the later of two copies."""

    comment: str


@dataclass(frozen=True, slots=True)
class React:
    """Put our reaction on somebody's comment: `THUMBS_UP` or `CONFUSED`."""

    comment: str
    content: str


@dataclass(frozen=True, slots=True)
class WriteBody:
    """Rewrite the issue's body. Each is a revision, so only when the header really differs."""

    body: str


@dataclass(frozen=True, slots=True)
class SetLabels:
    """Add and remove labels; only ours are ever named here."""

    add: frozenset[str]
    remove: frozenset[str]


@dataclass(frozen=True, slots=True)
class Assign:
    """Add and remove assignees, by login."""

    add: frozenset[str]
    remove: frozenset[str]


@dataclass(frozen=True, slots=True)
class OpenIssue:
    """Open another issue for what is left to be done. `key` is hidden in its body, so that it is opened only once."""

    key: str
    title: str
    body: str
    labels: frozenset[str]
    assignees: frozenset[str]


@dataclass(frozen=True, slots=True)
class Close:
    """Close the issue. The reason is GraphQL's: `COMPLETED`, `NOT_PLANNED` or `DUPLICATE`."""

    reason: str


@dataclass(frozen=True, slots=True)
class Reopen:
    """Open the issue again."""


@dataclass(frozen=True, slots=True)
class Tell:
    """Tell a channel. Not one of a batch's: it is sent once the record is written, and receipted in it (CO-5)."""

    message: Message


Change = (
    OpenBoard
    | WriteRecord
    | FileArchive
    | Say
    | Amend
    | Remove
    | React
    | WriteBody
    | SetLabels
    | Assign
    | OpenIssue
    | Close
    | Reopen
    | Tell
)
