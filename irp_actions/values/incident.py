"""The incident is what the record adds up to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from irp_actions.values.fact import Fact as Fact  # noqa: PLC0414 - read from here by many
from irp_actions.values.findings import Findings
from irp_actions.values.outbox import Delivery, Undelivered
from irp_actions.values.outside import Outside
from irp_actions.values.policy import Tables
from irp_actions.values.work import Work

INVESTIGATING, CONFIRMED, RESOLVED, CLOSED = "investigating", "confirmed", "resolved", "closed"
FALSE_ALARM, DUPLICATE = "false-alarm", "duplicate"
ACTIVE = (INVESTIGATING, CONFIRMED)
"""The statuses in which somebody must be at work."""

IC, DEPUTY, CO, SCRIBE = "ic", "deputy", "co", "scribe"
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a pasted template named, where it is a login; entry `n` has all of it in its words. Nobody's authority."""

    n: int
    reporter: str = ""
    ic: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """A role in somebody's hands, since when and how it came there."""

    login: str
    since: datetime
    n: int
    how: str
    """`first responder`, `handoff`, `assumed` or `reopened`."""
    why: int = 0
    """The entry that says why it was taken from somebody (HO-7)."""


@dataclass(frozen=True, slots=True)
class Handoff:
    """One ceremony (HO-1 … HO-8), from the offer to the release. `n` is the entry of the offer."""

    n: int
    role: str
    outgoing: str
    incoming: str
    offered_at: datetime
    briefed: bool
    gives: bool = True
    """Whether the outgoing person holds what is offered; the commander may also offer what nobody holds (RO-3)."""
    accepted_at: datetime | None = None
    declined_at: datetime | None = None
    withdrawn: bool = False
    """Whether a later offer, or somebody taking the role, took this one's place."""
    lapsed: bool = False
    """Whether the role moved on before the ceremony ended."""
    sitrep_at: datetime | None = None
    released_at: datetime | None = None
    undone: Fact | None = None
    """Who took back the offer, or their yes to it, and when."""
    holders: Mapping[str, str] | None = None
    """Who held which role when it was over; None before that."""

    @property
    def pending(self) -> bool:
        """Whether the incoming person has not answered yet."""
        return self.accepted_at is None and self.declined_at is None

    @property
    def over(self) -> bool:
        """Whether no role moves by it any more, nor anybody's time at hand goes on."""
        return self.released_at is not None or self.declined_at is not None

    @property
    def finished(self) -> bool:
        """Whether nothing of the ceremony is left to be done."""
        done = self.sitrep_at is not None and self.released_at is not None
        return done or self.lapsed or self.declined_at is not None


@dataclass(frozen=True, slots=True)
class Running:
    """A clock that runs: which rule, about what, since when, due when, and whom it asks."""

    rule: str
    about: str
    since: datetime
    due: datetime
    asks: str

    @property
    def key(self) -> str:
        """Names this run of the clock; a new start is a new key."""
        return f"{self.rule}:{self.about}" if self.about else self.rule

    @property
    def run(self) -> str:
        """Names this run with its due time; its rungs are counted from there."""
        return f"{self.key}:{self.due:%Y%m%dT%H%MZ}"


@dataclass(frozen=True, slots=True)
class Called:
    """Somebody was called for help by a person, as entry `n` says, and nobody of them has answered yet (RO-1)."""

    at: datetime
    by: str
    n: int
    who: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Incident:
    """One event or incident. Times are UTC; each fact names the record entry that is its evidence."""

    tables: Tables
    policy: str = ""
    """The digest of the policy that the tables are of."""
    number: int = 0
    form: str = ""
    opened: Fact | None = None
    reporter: str = ""
    named: Named | None = None
    """Whom the template named that the issue was opened with."""
    drill: bool = False
    listening: bool = False
    """Whether whoever reported it thinks that somebody may be reading mail, chat or GitHub (IN-10)."""
    status: str = INVESTIGATING
    status_set: Fact | None = None
    severity: str = UNKNOWN
    severity_set: Fact | None = None
    acknowledged: Fact | None = None
    confirmed: Fact | None = None
    contained: Fact | None = None
    resolved: Fact | None = None
    closing: Fact | None = None
    """The call after which the report is due and the issue is closed."""
    brought: Fact | None = None
    """The word from outside the team after the closing that nobody has answered yet: its source, and who was told."""
    reopened_for: Fact | None = None
    """The closing by hand that was undone once (CL-5)."""
    reopened: Fact | None = None
    """The last time it was taken up again; the detail names whoever else was in command before."""
    roles: Mapping[str, Held] = field(default_factory=dict)
    unheld: Mapping[str, Fact] = field(default_factory=dict)
    """Roles whose holder left or lost access, until somebody has them; the detail says which (HO-6)."""
    left: tuple[str, ...] = ()
    """Those who said that they leave, and have not been heard of since; they are asked last."""
    rested: tuple[str, ...] = ()
    """Those who worked on it before it was taken up again, and have not been heard of since."""
    former: Mapping[str, int] = field(default_factory=dict)
    """Those who held a role and hold none now, and the entry that took the last one from them."""
    responders: tuple[str, ...] = ()
    alone_since: datetime | None = None
    """Since when one person is left of a team that was larger."""
    duplicate_of: int = 0
    """The issue that this one is about the same as (IN-12)."""
    duplicate_named: int = 0
    """The issue that was named instead of that one, and is itself about the same as it."""
    original_over: datetime | None = None
    """When that one was closed, if it was before this one was said to be about the same."""
    passed_on: bool = False
    """Whether that one's record knows of this one."""
    duplicates: Mapping[str, str] = field(default_factory=dict)
    """Who else reported it, by the number of their own issue (IN-12)."""
    nearby: tuple[int, ...] = ()
    """Other reports of the day before the opening (IN-12)."""
    handoffs: tuple[Handoff, ...] = ()
    """The ceremonies that are not finished and the last few that are, oldest first."""
    sitrep: Fact | None = None
    """The last situation report."""
    sitreps: int = 0
    word: Fact | None = None
    """The last human word from anyone who responds."""
    asked: Mapping[str, datetime] = field(default_factory=dict)
    """Who was asked by the program and has given no sign since."""
    news: tuple[Fact, ...] = ()
    """The last changes of role, status and severity, for those who read by mail."""
    drift: tuple[Fact, ...] = ()
    """The last comments edited or deleted after they were recorded."""
    drifted: int = 0
    outside: Outside = field(default_factory=Outside)
    clocks: tuple[Running, ...] = ()
    work: Work = field(default_factory=Work)
    """What the team has in hand: leads, items, disruptions, evidence, the plan (RE)."""
    called: tuple[Called, ...] = ()
    """The calls for help that nobody has answered yet, oldest first."""
    called_at: datetime | None = None
    """When somebody last called for help."""
    delivered: Mapping[str, Delivery] = field(default_factory=dict)
    """The last message of each channel's topics that was taken, by `channel topic`."""
    undelivered: Mapping[str, Undelivered] = field(default_factory=dict)
    """The last message of each channel's topics that was not."""
    findings: Findings = field(default_factory=Findings)
    """What is learned of it: how it was found, what it did, why it could, what follows (CL)."""

    @property
    def quoted(self) -> frozenset[int]:
        """The entries whose free texts the view still shows; the head keeps them when the entries are archived."""
        shown = {handoff.n for handoff in self.handoffs} | {called.n for called in self.called}
        shown |= {fact.n for fact in (self.sitrep, self.resolved, self.named) if fact}
        return frozenset(shown) | self.outside.quoted | self.work.quoted | self.findings.quoted

    @property
    def is_event(self) -> bool:
        """Unconfirmed, so not yet to be called an incident (IN-2)."""
        return self.status in (INVESTIGATING, FALSE_ALARM, DUPLICATE)

    @property
    def is_active(self) -> bool:
        """Whether somebody must be at work."""
        return self.status in ACTIVE and self.closing is None

    @property
    def is_urgent(self) -> bool:
        """Whether high severity's rules hold: `unknown` acts as high."""
        return self.tables.acts_as(self.severity) == "high"

    def holder(self, role: str) -> str | None:
        """Who holds the role, if anyone."""
        held = self.roles.get(role)
        return held.login if held else None

    def roles_of(self, login: str) -> tuple[str, ...]:
        """The roles this person holds, in the policy's order."""
        return tuple(role for role, held in self.roles.items() if held.login.lower() == login.lower())

    @property
    def team(self) -> tuple[str, ...]:
        """Everyone who holds a role or has joined, each once, the commander first."""
        ordered = [held.login for held in self.roles.values()] + list(self.responders)
        return tuple(dict.fromkeys(ordered))

    @property
    def helpers(self) -> tuple[str, ...]:
        """Everyone who ever was of the team and did not say that they leave; those who rest last."""
        return (*self.team, *self.rested)

    @property
    def present(self) -> tuple[str, ...]:
        """Those who are on it: the team, or once it was taken up again those who gave a sign since (RO-1, RO-7)."""
        return self.team if self.reopened is None else self.responders

    @property
    def begun(self) -> Fact | None:
        """From when on a remediation is long: the confirmation, or the re-opening after it (RE-8)."""
        if self.confirmed is None or self.reopened is None:
            return self.confirmed
        return max(self.confirmed, self.reopened, key=lambda fact: fact.at)

    def pending_offer(self, role: str | None = None) -> Handoff | None:
        """The offer that waits for an answer: of this role, or the oldest of any."""
        return next((h for h in self.handoffs if h.pending and role in (None, h.role)), None)
