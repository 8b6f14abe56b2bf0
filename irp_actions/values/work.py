"""Work is what the team has in hand: leads, things to do, disruptions, evidence, decisions, the plan and its shifts.

Free text stays in the record, where it can be purged: these values name the entry (`n`) that holds it. Everything
here is bounded, so that the record's head stays small; what falls out is still in the entries and the report.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from irp_actions.values.fact import Fact

CONTINUOUS, BUSINESS_HOURS = "continuous", "business-hours"
"""The two plans of a long remediation (RE-8)."""

DEFERRED = "deferred"
ACTIVATE = "activate"


@dataclass(frozen=True, slots=True)
class Lead:
    """Something to follow up, never a person (RE-1). `n` is the entry whose text names it."""

    id: str
    n: int
    at: datetime
    by: str
    who: str = ""
    note: int = 0
    """The entry of the last word on it, such as what was checked and how."""
    result: Fact | None = None
    """Its outcome, by the policy's name, once somebody has said one."""
    checked: tuple[datetime, ...] = ()
    """The time range that was looked at, from and to (UTC), if it was told."""

    @property
    def open(self) -> bool:
        """Whether it is still to be followed up."""
        return self.result is None


@dataclass(frozen=True, slots=True)
class Item:
    """Something to do (RE-2): assigned, done by somebody, verified by the commander."""

    id: str
    n: int
    at: datetime
    by: str
    who: str = ""
    deferred: bool = False
    """Whether it may wait until after the incident (RE-3)."""
    words: str = ""
    """What it says where it came from a checklist of the policy; else the text of entry `n` does."""
    note: int = 0
    done: Fact | None = None
    verified: Fact | None = None

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.done is None and self.verified is None

    @property
    def alone(self) -> bool:
        """Whether whoever did it also verified it, as one person alone has to (IN-5)."""
        if self.done is None or self.verified is None:
            return False
        return self.done.by.lower() == self.verified.by.lower()


@dataclass(frozen=True, slots=True)
class Disruption:
    """A step that stops or breaks a service, from the plan to the notice (RE-4)."""

    id: str
    n: int
    at: datetime
    by: str
    agreed: Fact | None = None
    objected: Fact | None = None
    unreached: Fact | None = None
    """That nobody who decides answered in the time they have."""
    done: Fact | None = None
    dropped: Fact | None = None
    notified: Fact | None = None
    leave: str = ""
    """By which leave it was done, as of the moment it was told."""

    @property
    def pending(self) -> bool:
        """Whether it is neither done nor given up."""
        return self.done is None and self.dropped is None

    @property
    def untold(self) -> bool:
        """Whether it was done and nobody was told yet."""
        return self.done is not None and self.notified is None


@dataclass(frozen=True, slots=True)
class Custody:
    """One change of hands of a piece of evidence; `n` is the entry that says where it went."""

    at: datetime
    n: int
    giver: str
    holder: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something that was secured, who has it, and where it is (RE-5)."""

    id: str
    n: int
    at: datetime
    by: str
    holder: str
    sha256: str = ""
    misspelt: bool = False
    """Whether a digest was given that is not 64 hexadecimal digits."""
    chain: tuple[Custody, ...] = ()
    """The last changes of hands, oldest first."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision and whether its author said why (AS-9)."""

    n: int
    at: datetime
    by: str
    reasoned: bool = False


@dataclass(frozen=True, slots=True)
class Shift:
    """Who is on from when to when (UTC), as entry `n` says (RE-9)."""

    n: int
    who: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Work:
    """Everything of the remediation that is in hand."""

    made: Mapping[str, int] = field(default_factory=dict)
    """How many of each letter were ever numbered; a number is never used again."""
    leads: tuple[Lead, ...] = ()
    items: tuple[Item, ...] = ()
    disruptions: tuple[Disruption, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    kinds: tuple[str, ...] = ()
    """The checklists that were put in (RE-6, RE-7)."""
    contingency: Fact | None = None
    """The decision on the contingency plan; `detail` is `activate` or `not-needed` (AS-7)."""
    decisions: tuple[Decision, ...] = ()
    links: tuple[Fact, ...] = ()
    plan: Fact | None = None
    """The plan somebody chose; `detail` is `continuous` or `business-hours` (RE-8)."""
    long: Fact | None = None
    """That it took longer than the policy's time for a plan, and nobody had made one."""
    shifts: tuple[Shift, ...] = ()
    flags: tuple[Fact, ...] = ()
    """What the next comment that goes out anyway should mention; never worth a comment of its own."""
    coached: bool = False
    """Whether it was mentioned that the commander took an item (RO-2); once is enough."""

    @property
    def open_leads(self) -> tuple[Lead, ...]:
        """The leads still followed up."""
        return tuple(lead for lead in self.leads if lead.open)

    @property
    def open_now(self) -> tuple[Item, ...]:
        """What has to be done before it is resolved (RE-3)."""
        return tuple(item for item in self.items if item.open and not item.deferred)

    @property
    def deferred(self) -> tuple[Item, ...]:
        """What may wait and is not done yet: after closing each becomes an issue of its own (RE-3)."""
        return tuple(item for item in self.items if item.open and item.deferred)

    @property
    def unverified(self) -> tuple[Item, ...]:
        """What was done and still has to be verified (RE-2)."""
        return tuple(item for item in self.items if item.done and not item.verified)

    @property
    def contingency_active(self) -> bool:
        """Whether the contingency plan is in force (AS-7)."""
        return self.contingency is not None and self.contingency.detail == ACTIVATE

    @property
    def quoted(self) -> frozenset[int]:
        """The entries whose texts the board shows, what is open first; at most `QUOTED` of them are kept."""
        return frozenset(list(dict.fromkeys(self._texts()))[:QUOTED])

    def _texts(self) -> Iterator[int]:
        yield from (item.n for item in self.open_now)
        yield from (lead.n for lead in self.open_leads)
        for plan in self.disruptions:
            if plan.pending or plan.untold:
                yield from (plan.n, *((plan.objected.n,) if plan.objected else ()))
        yield from (fact.n for fact in self.links)
        yield from (decision.n for decision in self.decisions[-1:])
        for piece in reversed(self.evidence):
            yield from (piece.n, *(custody.n for custody in piece.chain[-1:]))
        yield from (item.n for item in (*self.unverified, *self.deferred))
        yield from (item.note for item in self.open_now if item.note)


QUOTED = 24
"""Texts of archived entries that stay in the head for the board's sake."""
