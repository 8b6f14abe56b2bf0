"""What a report says before it is put into words: frozen values, each claim with where its evidence is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from irp_actions.rules.followups import Task
from irp_actions.rules.receipts import Sending


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the timeline. `at` is when it happened (UTC), `told_at` when it was written where that differs."""

    at: datetime
    who: str
    what: str
    """What was written; of what the program did or noted, and of a fact with a time of its own, a whole sentence."""
    kind: str
    """`comment`, `told` (by hand, with its own time), `recording` (that it was told), `asked`, `clock` and so on."""
    link: str = ""
    told_at: datetime | None = None
    did: tuple[str, ...] = ()
    """What was done by it, each in words that follow its author's name, or as it was typed."""
    notes: tuple[str, ...] = ()
    """What was refused of it, or is else to be known."""
    edited_at: datetime | None = None
    """When the text shown was last edited, if it was; the record has the digest of what it was before."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One metric: its value, or why it is unknown, and the evidence for it."""

    name: str
    value: str
    links: tuple[str, ...] = ()
    seconds: int | None = None
    """The duration, for those who compute with it; None for what is no duration or not known."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that was found, in the policy's word for it and in the words of who told it."""

    what: str
    text: str
    by: str
    at: datetime
    """When it was told (UTC)."""
    happened_at: datetime | None = None
    n: int = 0
    link: str = ""
    technique: bool = False
    """Whether it is an ATT&CK technique, which is not told outside (CL-6)."""
    term: str = ""
    """The policy's word alone, for those who count, where `what` also has the narrower one that was typed."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment of the incident (UTC) and the entry that says so."""

    name: str
    at: datetime
    n: int


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything that was found, shown by the draft and by the report alike."""

    discovery: Claim | None
    threats: tuple[Claim, ...]
    impacts: tuple[Claim, ...]
    scope: tuple[Claim, ...]
    cause: Claim | None
    whys: tuple[Claim, ...]
    lessons: tuple[Claim, ...]
    statement: Claim | None
    """What a person wrote for those outside."""
    tasks: tuple[Task, ...]
    retro: str
    """When the retrospective is, or that it was held; empty when nobody planned one."""


@dataclass(frozen=True, slots=True)
class Tenure:
    """Who held a role, from when to when."""

    role: str
    login: str
    """Empty while nobody held it who was to, because its last holder had gone."""
    since: datetime
    until: datetime | None
    how: str
    """How it came to them; for nobody, whose going left it empty."""
    link: str


@dataclass(frozen=True, slots=True)
class Change:
    """Something that was so from a moment on (UTC; None for what was so from the beginning of what is known)."""

    what: str
    since: datetime | None
    n: int = 0
    """The entry that says so."""


@dataclass(frozen=True, slots=True)
class Resumed:
    """It was called over in some status, and taken up again (UTC)."""

    status: str
    over: datetime
    again: datetime


@dataclass(frozen=True, slots=True)
class TellsToo:
    """Somebody else who reported the same, in an issue of their own (IN-12)."""

    reporter: str
    number: int
    at: datetime
    link: str


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision; `what` is `activated`, `ended` or `not needed` of the contingency plan, and empty of any other."""

    at: datetime
    by: str
    what: str
    n: int
    reasoned: bool
    link: str


@dataclass(frozen=True, slots=True)
class Sitrep:
    """One situation report as it was written."""

    at: datetime
    by: str
    text: str
    link: str


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody outside was told something: when (UTC), by whom, by which way, and what (CO-5)."""

    at: datetime
    name: str
    by: str
    way: str
    text: str
    """What they were told in words of their own; empty when that was withheld, or when a sitrep was all of it."""
    sitrep: str
    """Where the sitrep is that they were told, if it was one."""
    link: str


UNDONE = ("late", "missed", "passed")
"""The verdicts that a reader must see: what was due came late, or not at all."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one run of a clock ended. It names the role that it was due from, never the person (CL-4)."""

    rule: str
    title: str
    """With the party, the role, the person or the thing that it was about."""
    role: str
    """A role of the policy; else `team`, `incoming` (to whom a role was offered), `decider` or `responder`."""
    due: datetime
    at: datetime
    how: str
    """`met`, `late`, `missed` (overdue when it was asked for anew), `passed` (nothing came of it) or `ended`."""
    link: str = ""

    @property
    def is_late(self) -> bool:
        """Whether it is told among what was late: not that the program offers a plan when it takes long (RE-8)."""
        return self.how in UNDONE and not (self.rule == "RE-8" and self.how == "passed")

    @property
    def late_by(self) -> timedelta:
        """How long after the due time it was; zero when in time."""
        return max(self.at - self.due, timedelta())


@dataclass(frozen=True, slots=True)
class Report:
    """Everything the report says, before it is put into words."""

    number: int
    url: str
    title: str
    drill: bool
    status: str
    severity: str
    worst: str
    """The most urgent severity anybody set, in the policy's order."""
    reporter: str
    reported: str
    """What the reporter wrote; empty when it was withheld."""
    answers: tuple[tuple[str, str], ...]
    """The form's other questions that were answered, each with its answer."""
    named: str
    """Whom, and how bad, a pasted template said; empty without one, or when it was withheld."""
    opened: datetime
    moments: tuple[Moment, ...]
    """When it began, was noticed, contained and resolved, as far as that was told."""
    also: tuple[TellsToo, ...]
    """Who else reported the same (IN-12)."""
    severities: tuple[Change, ...]
    """The severities that it had one after another."""
    confirmed: bool
    contained: datetime | None
    containments: tuple[Change, ...]
    """`contained`, `restated` (at another time) or `withdrawn`, in the order in which it was told."""
    resolved: datetime | None
    ended: datetime | None
    ending: str
    """How it ended, in the words of whoever resolved or closed it."""
    resumed: tuple[Resumed, ...]
    """When it was called over and taken up again."""
    replaces: datetime | None
    """When the report was written that this one replaces."""
    team: tuple[str, ...]
    thanked: tuple[str, ...]
    """Everybody who reported it or had a part in it, of the team or not (CL-1)."""
    findings: Findings
    measures: tuple[Measure, ...]
    contradictions: tuple[str, ...]
    missing: tuple[str, ...]
    """What was not done, in words."""
    gaps: tuple[str, ...]
    """What nobody told, by name."""
    tenures: tuple[Tenure, ...]
    timeline: tuple[Item, ...]
    sitreps: tuple[Sitrep, ...]
    sent: tuple[Sending, ...]
    """What channels were told, when, and what they answered (CO-5)."""
    told: tuple[Told, ...]
    untold: tuple[str, ...]
    """Who was to be told and, as far as the record knows, never was."""
    clocks: tuple[Verdict, ...]
    decisions: tuple[Decided, ...]
    """Every decision, in order (AS-7, AS-9)."""
    work: str
    """Leads, items, disruptions, evidence and decisions, in words (RE, AS-9)."""
    drift: tuple[Item, ...]
    entries: int
    last_hash: str
    sealed: bool
    programs: tuple[str, ...]
    policies: tuple[str, ...]
    whole: bool
    withheld: int
    """How many comments held sensitive text, of which nothing is kept."""
