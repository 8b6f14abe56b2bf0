"""A thread is one issue as GitHub holds it at the moment it was read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on GitHub, as GraphQL names them (a bot's login has no `[bot]`)."""

    login: str
    id: int
    kind: str = "User"

    @property
    def is_bot(self) -> bool:
        """Whether this is a program and not a person."""
        return self.kind == "Bot"


GHOST = Person("ghost", 0)
"""Whom GitHub shows for a deleted account."""


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment. Times are UTC."""

    id: str
    number: int
    url: str
    author: Person
    body: str
    at: datetime
    edited_at: datetime | None = None
    editor: Person | None = None
    """Who edited it last."""
    reactions: frozenset[str] = frozenset()
    """The reactions we ourselves put on it, by GraphQL's names (`THUMBS_UP`, `CONFUSED`)."""
    ours: bool = False
    """Whether the token that read the thread wrote this comment."""
    since_ours: tuple[Revision, ...] = ()
    """Of our first reply, where somebody else edited it: its texts, newest first, down to the last one we wrote."""


@dataclass(frozen=True, slots=True)
class Deed:
    """Something done to the issue by hand: a label set or taken off, a closing, a re-opening, a comment deleted."""

    id: str
    kind: str
    at: datetime
    actor: Person
    detail: str = ""
    """The label's name, the reason of a closing, or the author of the deleted comment."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One text that the issue's body, or a comment, had, and who wrote it."""

    at: datetime
    editor: Person
    body: str


@dataclass(frozen=True, slots=True)
class Thread:
    """One issue. Comments and deeds are in GitHub's order; times are UTC."""

    number: int
    id: str
    url: str
    title: str
    body: str
    author: Person
    at: datetime
    read_at: datetime
    """The server's time when it answered: the program's only clock."""
    viewer: Person
    """Whose token read the thread."""
    is_open: bool = True
    labels: frozenset[str] = frozenset()
    assignees: frozenset[str] = frozenset()
    comments: tuple[Comment, ...] = ()
    deeds: tuple[Deed, ...] = ()
    revisions: tuple[Revision, ...] = ()
    """The newest texts of the body, newest first; empty when it was never edited."""
    whole: bool = True
    """Whether `comments` are all there are; else older ones are missing between the first few and the last."""
    complete_since: datetime | None = None
    """From when on all comments were read, if not from the beginning (UTC)."""
    private: bool = True

    def comment(self, id: str | None) -> Comment | None:
        """The comment with this node id, if it was read."""
        return next((comment for comment in self.comments if comment.id == id), None)


@dataclass(frozen=True, slots=True)
class Glance:
    """Just enough of another issue to tell whether its own run was lost."""

    number: int
    body: str
    labels: frozenset[str]
    touched_at: datetime
    """The last thing somebody other than us did (UTC)."""
    written_at: datetime | None
    """When our first reply was last written (UTC); None when there is none."""
