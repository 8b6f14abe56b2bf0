"""A model of one issue on GitHub, as pure values: the same doings as the door's, without a network.

It is for the tests that need thousands of threads, or a word of one rule. What GitHub itself does is the
stand-in's business, and has its own tests.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from irp_actions.edges.github.door import Reading
from irp_actions.edges.policy_file import load_policy
from irp_actions.edges.reconcile import Desk, Outcome, locate, reconcile
from irp_actions.rules.chain import Seal
from irp_actions.rules.diff import Before
from irp_actions.rules.replay import replay
from irp_actions.rules.tail import board_of, has_tail
from irp_actions.values import changes as c
from irp_actions.values.incident import Incident
from irp_actions.values.policy import People, Policy
from irp_actions.values.thread import Comment, Deed, Person, Revision, Thread

START = datetime(2026, 3, 2, 3, 10, tzinfo=UTC)
BOT = Person("github-actions", 41898282, "Bot")
PACKAGED = load_policy(Path("/nowhere"))


def policy_with(on_call: tuple[str, ...] = ("ana", "ben", "cat"), **changed: object) -> Policy:
    """The packaged policy with a roster, and whatever else differs."""
    return replace(PACKAGED, people=People(on_call=on_call), **changed)  # type: ignore[arg-type]


@dataclass
class Model:
    """One issue, who may do what, and a clock that moves only when told."""

    policy: Policy = field(default_factory=policy_with)
    writers: frozenset[str] = frozenset()
    """Logins with write access, beside the roster."""
    now: datetime = START
    reads: int = 0
    writes: int = 0
    key: bytes = b""
    unreachable: bool = False
    """Whether GitHub answers questions about people with an error."""

    def __post_init__(self) -> None:
        """Nothing is open yet."""
        self.ids = itertools.count(7001)
        self.thread: Thread | None = None
        self.editors_of: dict[str, tuple[str, ...]] = {}
        self.edit_texts: dict[str, list[tuple[Person, str]]] = {}
        self.nonces = itertools.count(1)

    # What people do

    def open(self, login: str = "rae", body: str = "", labels: tuple[str, ...] = ("irp",), title: str = "Odd mail") -> None:
        """Somebody opens the issue."""
        self.thread = Thread(
            number=1,
            id="I_1",
            url="https://github.test/acme/incidents/issues/1",
            title=title,
            body=body or "### What looks wrong?\n\nA strange mail.\n",
            author=person(login),
            at=self.now,
            read_at=self.now,
            viewer=BOT,
            labels=frozenset(labels),
        )

    def say(self, login: str, text: str, after: int = 1) -> Comment:
        """Somebody comments, some minutes later."""
        self.wait(after)
        return self._add(person(login), text)

    def edit(self, comment: Comment, text: str, by: str) -> None:
        """Somebody edits a comment."""
        self._replace(comment.id, body=text, edited_at=self.now, editor=person(by))
        self.editors_of[comment.id] = (*self.editors_of.get(comment.id, ()), by)

    def delete(self, comment: Comment, by: str) -> None:
        """Somebody deletes a comment."""
        self._thread = replace(self._thread, comments=tuple(x for x in self._thread.comments if x.id != comment.id))
        self.deed("comment_deleted", by, comment.author.login)

    def deed(self, kind: str, by: str, detail: str = "") -> None:
        """Somebody does something by hand."""
        self._thread = replace(
            self._thread,
            deeds=(*self._thread.deeds, Deed(f"D_{next(self.ids)}", kind, self.now, person(by), detail)),
            is_open={"closed": False, "reopened": True}.get(kind, self._thread.is_open),
        )
        if kind == "labeled":
            self._thread = replace(self._thread, labels=self._thread.labels | {detail})

    def edit_body(self, text: str, by: str) -> None:
        """Somebody edits the issue's body."""
        self._write_body(text, person(by))

    def wait(self, minutes: float) -> None:
        """Time passes."""
        self.now += timedelta(minutes=minutes)

    # What the program does

    def run(self) -> Outcome:
        """One run for this issue."""
        return reconcile(self, 1, self.desk, self.now)  # type: ignore[arg-type]

    @property
    def desk(self) -> Desk:
        """What a run brings along."""
        return Desk(self.policy, Seal(self.key, bytes([next(self.nonces) % 256]) * 32), "0.test")

    def told(self, login: str, text: str, after: int = 1) -> str:
        """Somebody comments, a run follows: what the program newly said."""
        before = {comment.id for comment in self._thread.comments}
        self.say(login, text, after)
        self.run()
        return "\n".join(x.body for x in self._thread.comments if x.id not in before and x.author == BOT)

    # What is there

    @property
    def located(self) -> Before:
        """The record as it stands in the thread."""
        return locate(self, self._read(), self.desk)  # type: ignore[arg-type]

    @property
    def incident(self) -> Incident:
        """What the record adds up to."""
        return replay(self.located.record)

    @property
    def board(self) -> str:
        """What people see of the first reply."""
        return next(board_of(x.body) for x in self._thread.comments if has_tail(x.body))

    @property
    def ours(self) -> list[Comment]:
        """The program's comments but the board."""
        return [x for x in self._thread.comments if x.author == BOT and not has_tail(x.body)]

    # The door's doings

    def read(self, number: int, now: datetime) -> Reading | None:
        """As the door reads."""
        self.reads += 1
        return Reading(self._read())

    def reach(self, thread: Thread, since: datetime | None) -> Thread:
        """Everything is read already."""
        return thread

    def standing(self, login: str) -> str | None:
        """As GitHub tells permissions."""
        if self.unreachable:
            return None
        return "responder" if login in self.writers else "outsider"

    def editors(self, ids: frozenset[str]) -> dict[str, tuple[str, ...] | None]:
        """As GitHub tells editors."""
        return {id: self.editors_of.get(id, ()) for id in ids}

    def comment(self, id: str) -> tuple[int, Comment] | None:
        """One comment by id."""
        found = self._read().comment(id)
        return (1, found) if found else None

    def own_text(self, id: str, writer: Person) -> str | None:
        """The newest text of ours."""
        return next((text for by, text in reversed(self.edit_texts.get(id, [])) if by == writer), None)

    def apply(self, thread: Thread, changes: tuple[c.Change, ...]) -> None:
        """Make the changes."""
        if changes:
            self.writes += 1
        for change in changes:
            self._apply(change)

    def _apply(self, change: c.Change) -> None:
        match change:
            case c.OpenBoard(body) | c.FileArchive(body) | c.Say(_, body):
                self._add(BOT, body)
            case c.WriteRecord(id, body) | c.Amend(id, body):
                self._replace(id, body=body, edited_at=self.now, editor=BOT)
                self.edit_texts.setdefault(id, []).append((BOT, body))
            case c.Remove(id):
                self._thread = replace(self._thread, comments=tuple(x for x in self._thread.comments if x.id != id))
            case c.React(id, content):
                found = self._thread.comment(id)
                assert found
                self._replace(id, reactions=found.reactions | {content})
            case c.WriteBody(body):
                self._write_body(body, BOT)
            case c.SetLabels(add, remove):
                self._thread = replace(self._thread, labels=(self._thread.labels | add) - remove)
            case c.Assign(add, remove):
                self._thread = replace(self._thread, assignees=(self._thread.assignees | add) - remove)
            case c.Close():
                self._thread = replace(self._thread, is_open=False)
            case c.Reopen():
                self._thread = replace(self._thread, is_open=True)

    @property
    def _thread(self) -> Thread:
        assert self.thread is not None
        return self.thread

    @_thread.setter
    def _thread(self, thread: Thread) -> None:
        self.thread = thread

    def _read(self) -> Thread:
        return replace(self._thread, read_at=self.now)

    def _add(self, author: Person, body: str) -> Comment:
        number = next(self.ids)
        url = f"{self._thread.url}#issuecomment-{number}"
        comment = Comment(f"IC_{number}", number, url, author, body, self.now, ours=author == BOT)
        self._thread = replace(self._thread, comments=(*self._thread.comments, comment))
        if author == BOT:
            self.edit_texts[comment.id] = [(BOT, body)]
        return comment

    def _replace(self, id: str, **changed: object) -> None:
        self._thread = replace(
            self._thread,
            comments=tuple(replace(x, **changed) if x.id == id else x for x in self._thread.comments),  # type: ignore[arg-type]
        )

    def _write_body(self, body: str, by: Person) -> None:
        first = () if self._thread.revisions else (Revision(self._thread.at, self._thread.author, self._thread.body),)
        revisions = (Revision(self.now, by, body), *self._thread.revisions, *first)
        self._thread = replace(self._thread, body=body, revisions=revisions)


def person(login: str) -> Person:
    """Somebody with a stable id; a name that ends in `[bot]` is a program."""
    if login.endswith("[bot]"):
        return Person(login.removesuffix("[bot]"), 900 + len(login), "Bot")
    return Person(login, sum(map(ord, login)), "User")
