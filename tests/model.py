"""A conversation on one issue: people do things, the program runs, and a test reads what is there.

    model = Model()
    model.open()
    model.run()
    model.told("ben", "/ack")
    assert model.incident.holder("ic") == "ben"

It is for the tests that need thousands of threads, or a word of one rule. What GitHub itself does is the
stand-in's business, and has its own tests.
"""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from irp_actions.edges.channels import Post
from irp_actions.edges.desk import Desk
from irp_actions.edges.locate import locate
from irp_actions.edges.policy_file import load_policy
from irp_actions.edges.reconcile import Outcome, reconcile
from irp_actions.rules.authority import Notice
from irp_actions.rules.chain import Seal
from irp_actions.rules.diff import Before
from irp_actions.rules.drafts import Scene
from irp_actions.rules.notes import keys_of
from irp_actions.rules.replay import replay
from irp_actions.rules.tail import board_of, has_tail
from irp_actions.values.incident import Incident
from irp_actions.values.policy import People, Policy
from irp_actions.values.record import Entry, Record
from irp_actions.values.thread import Comment
from tests.model_github import BOT, START, GitHub, Loss, person

__all__ = ["BOT", "PACKAGED", "START", "Loss", "Model", "confirmed", "opened", "person", "policy_with"]

PACKAGED = load_policy(Path("/nowhere"))
REPORT_FORM = "### What looks wrong?\n\nA strange mail.\n"


def policy_with(on_call: tuple[str, ...] = ("ana", "ben", "cat"), **changed: object) -> Policy:
    """The packaged policy with a roster, and whatever else differs."""
    return replace(PACKAGED, people=People(on_call=on_call), **changed)  # type: ignore[arg-type]


class Model(GitHub):
    """One issue, who may do what, and the program that looks after it."""

    def __init__(
        self,
        policy: Policy | None = None,
        writers: frozenset[str] = frozenset(),
        key: bytes = b"",
        now: datetime = START,
        others: tuple[int, ...] = (),
    ) -> None:
        """Nothing is open yet.

        Args:
            policy: what is decided by; the packaged one with `ana`, `ben` and `cat` on call.
            writers: logins with write access, beside the roster.
            key: seals the record; empty for a plain chain.
            now: the time (UTC) at which it begins.
            others: the numbers of other records of the last day.
        """
        super().__init__(now)
        self.others = others
        self.policy = policy or policy_with()
        self.writers = writers
        self.key = key
        self.program = "0.test"
        self.pinned_only = False
        self.post: Post | None = None
        self._nonces = itertools.count(1)

    # What people do

    def open(
        self, login: str = "rae", body: str = REPORT_FORM, labels: tuple[str, ...] = ("irp",), title: str = "Odd mail"
    ) -> None:
        """Somebody opens the issue."""
        self.create(person(login), title, body, labels)

    def say(self, login: str, text: str, after: float = 1) -> Comment:
        """Somebody comments, some minutes later."""
        self.wait(after)
        return self.add_comment(person(login), text)

    def edit(self, comment: Comment, text: str, by: str) -> None:
        """Somebody edits a comment."""
        self.edit_comment(comment.id, person(by), text)

    def delete(self, comment: Comment, by: str) -> None:
        """Somebody deletes a comment."""
        self.delete_comment(comment.id, person(by))

    def label(self, label: str, by: str) -> None:
        """Somebody sets a label by hand."""
        self.add_label(label, person(by))

    def unlabel(self, label: str, by: str) -> None:
        """Somebody takes a label off by hand."""
        self.remove_label(label, person(by))

    def close_by_hand(self, by: str, reason: str = "COMPLETED") -> None:
        """Somebody closes the issue by hand."""
        self.close(person(by), reason)

    def reopen_by_hand(self, by: str) -> None:
        """Somebody opens the issue again by hand."""
        self.reopen(person(by))

    def edit_body(self, text: str, by: str) -> None:
        """Somebody edits the issue's body."""
        self.write_body(text, person(by))

    def beside(self, number: int, other: Model) -> Model:
        """Another issue of the same repository, under this number; each can be asked for the other."""
        other.put(number=number, id=f"I_{number}")
        self.elsewhere[number], other.elsewhere[1] = other, self
        return other

    def wait(self, minutes: float) -> None:
        """Time passes."""
        self.now += timedelta(minutes=minutes)

    # What the program does

    def run(self, notices: tuple[Notice, ...] = ()) -> Outcome:
        """One run for this issue, perhaps with something to note from another issue's."""
        return reconcile(self, self.issue.number, self.desk, self.now, notices=notices)  # type: ignore[arg-type]

    @property
    def desk(self) -> Desk:
        """What a run brings along."""
        nonce = bytes([next(self._nonces) % 256]) * 32
        return Desk(self.policy, Seal(self.key, nonce), self.program, pinned_only=self.pinned_only, post=self.post)

    def told(self, login: str, text: str, after: float = 1) -> str:
        """Somebody comments, a run follows: what the program newly said."""
        self.say(login, text, after)
        return self.heard()

    def heard(self) -> str:
        """A run: what the program newly said."""
        before = {comment.id for comment in self.issue.comments}
        self.run()
        return "\n".join(x.body for x in self.issue.comments if x.id not in before and x.author == BOT)

    # What is there

    @property
    def located(self) -> Before:
        """The record as it stands in the thread, and where."""
        window, self.window = self.window, None
        try:
            return locate(self, self._shown(None), self.desk)  # type: ignore[arg-type]
        finally:
            self.window = window

    @property
    def record(self) -> Record:
        """The record as it stands in the thread."""
        return self.located.record

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries of the record's head."""
        return self.record.entries

    @property
    def incident(self) -> Incident:
        """What the record adds up to."""
        return replay(self.record)

    @property
    def scene(self) -> Scene:
        """What texts are made of, at this moment."""
        found = self.located
        return Scene(self.incident, found.record, self.policy, found.thread)

    @property
    def head(self) -> Comment:
        """The first reply, which holds the board and the record."""
        return next(x for x in self.issue.comments if x.author == BOT and has_tail(x.body))

    @property
    def board(self) -> str:
        """What people see of the first reply."""
        return board_of(self.head.body)

    @property
    def ours(self) -> list[Comment]:
        """The program's comments but the board."""
        return [x for x in self.issue.comments if x.author == BOT and not has_tail(x.body)]

    @property
    def said_keys(self) -> list[str]:
        """The keys of all notes in the thread, in order."""
        return [key for comment in self.ours for key in keys_of(comment.body)]

    def entry(self, call: str) -> Entry:
        """The last entry of a call."""
        return next(entry for entry in reversed(self.entries) if entry.call == call)


def opened(**model: Any) -> Model:
    """A model in which rae opened the issue and the program has answered."""
    found = Model(**model)
    found.open()
    found.run()
    return found


def confirmed(severity: str = "high", by: str = "ben", **model: Any) -> Model:
    """A model in which `by` is in command of a confirmed incident since one minute after the opening."""
    found = opened(**model)
    found.told(by, f"/confirm {severity}")
    return found
