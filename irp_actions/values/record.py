"""The record is the list of decided calls, each pinned with what it was judged under; it is the truth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from irp_actions.values.incident import Incident
from irp_actions.values.thread import Person

FORMAT = 1
"""The version of the record's form. A newer one is never written over (exit 2)."""

ACCEPTED = "accepted"
REFUSED = "refused"
SEEN = "seen"
"""The three verdicts: obeyed, answered with a reason, and read but asking for nothing."""

TEXT_KEPT, TEXTS_KEPT = 1_000, 4_000
"""Characters of one call's free text, and of all of one comment's, that stand in the record; the comment has all."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who made a call, and what they were allowed to do at that time."""

    login: str
    id: int
    standing: str
    """`roster`, `responder` (write access), `reporter`, `outsider`, `bot`, `trusted-bot` or `program`."""

    @property
    def responds(self) -> bool:
        """Whether this is a person of the team, whose every word is a sign of life."""
        return self.standing in ("roster", "responder")

    @property
    def may_act(self) -> bool:
        """Whether commands for the team are obeyed; those of a bot that the policy names are too."""
        return self.responds or self.standing == "trusted-bot"


@dataclass(frozen=True, slots=True)
class Entry:
    """One decided call. Times are UTC; `hash` covers all the rest and the entry before."""

    n: int
    source: str
    """The node id of the comment, deed or issue that made the call; `policy:…` and `clock:…` are our own."""
    at: datetime
    """When the call was made, by GitHub's clock."""
    recorded_at: datetime
    by: Author
    call: str
    verdict: str
    program: str
    policy: str
    args: Mapping[str, Any] = field(default_factory=dict)
    happened_at: datetime | None = None
    """When the author says it happened, where that differs from when it was written."""
    text: str | None = None
    """The commitment to the free text beside the chain: what the author said, or was told if refused."""
    digest: str | None = None
    """SHA-256 of the whole comment as first seen."""
    marks: tuple[str, ...] = ()
    """What an investigator should know of it: `edited`, `by-hand`, `withheld`, `recovered`."""
    hash: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """Free text beside the chain; dropping it leaves the chain whole."""

    salt: str
    text: str | None
    """None when it was withheld or purged; the commitment still proves what it was."""


@dataclass(frozen=True, slots=True)
class Said:
    """A note of ours that has been posted: when, the last entry it knew of, and which text it had."""

    at: datetime
    n: int
    digest: str = ""
    id: str | None = None
    """Its node id, once a later run has read it back."""


@dataclass(frozen=True, slots=True)
class Archive:
    """Where older entries went: the comment, and the hash its chain ends in."""

    id: str
    last: int
    hash: str


@dataclass(frozen=True, slots=True)
class Record:
    """The head of the record: the recent entries, and the fold of all older ones."""

    number: int
    writer: Person
    """The only identity whose comments are ours, pinned at the beginning."""
    format: int
    sealed: bool = False
    """Whether the chain is an HMAC: tamper-evident, not merely consistent."""
    cursor: datetime | None = None
    """Everything made before it has been decided, and its effects were read back."""
    base: Incident | None = None
    """The fold of the archived entries."""
    base_hash: str = ""
    archive: Archive | None = None
    entries: tuple[Entry, ...] = ()
    texts: Mapping[str, Text] = field(default_factory=dict)
    """Free texts by the number of their entry."""
    said: Mapping[str, Said] = field(default_factory=dict)
    spoke_at: datetime | None = None
    """When the program last posted a comment in the thread."""
    spoke_n: int = 0
    """The last entry that comment knew of."""
    decided: Mapping[str, datetime] = field(default_factory=dict)
    """Sources newer than the cursor's overlap whose entries are archived already, and their times."""

    @property
    def next_n(self) -> int:
        """The number the next entry will have."""
        return self.entries[-1].n + 1 if self.entries else (self.archive.last + 1 if self.archive else 1)

    @property
    def last_hash(self) -> str:
        """The hash the chain ends in."""
        return self.entries[-1].hash if self.entries else self.base_hash

    def has(self, source: str) -> bool:
        """Whether a call of this source was decided, as far as the head remembers."""
        return source in self.decided or any(entry.source == source for entry in self.entries)

    def text_of(self, n: int | None) -> str | None:
        """The free text of entry `n`, unless it was withheld, purged or archived."""
        held = self.texts.get(str(n))
        return held.text if held else None
