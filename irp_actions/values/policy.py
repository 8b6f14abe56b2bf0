"""The policy is what this organisation decided: every number, name and word list of the process."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from irp_actions.values.calendar import Calendar
from irp_actions.values.channels import Channel, Tell
from irp_actions.values.parties import Party, is_key

_LOGIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,37}[A-Za-z0-9])?(?:\[bot\])?")

EVERYBODY = ("all", "everybody", "everyone", "them")
"""Words for all parties at once, which no party can be called."""

_COLOUR = re.compile(r"[0-9a-fA-F]{6}")

Ask = Literal["asked", "second", "third", "next", "deputy", "everyone"]
Acts = Literal["high", "medium", "low"]
"""The severities that have rules of their own, the most urgent first; every level acts as one of them."""


def _check_colour(colour: str) -> None:
    if not _COLOUR.fullmatch(colour):
        raise ValueError(f"{colour!r} is no colour; write six hexadecimal digits in quotes, such as 'b60205'")


@dataclass(frozen=True, slots=True)
class Severity:
    """One level of severity: how it acts, what else people call it, and the rubric for choosing it (AS-4)."""

    acts_as: Acts
    rubric: str
    may_disrupt: str
    """What the team may do now, in words (RE-4)."""
    aliases: tuple[str, ...] = ()
    colour: str = "ededed"
    sitrep_every: timedelta | None = None
    """The cadence of situation reports (CO-1); none where fixed local slots rule instead."""
    sitrep_at: tuple[time, ...] = ()
    """The local times of working days at which a situation report is due (CO-1)."""
    sitrep_counts: timedelta = timedelta()
    """How long before such a slot a situation report already counts for it."""

    def __post_init__(self) -> None:
        """Refuse a cadence that never lets go or is two at once, and a colour that GitHub would not take."""
        _check_colour(self.colour)
        if self.sitrep_every is not None and self.sitrep_every < timedelta(minutes=5):
            raise ValueError("sitrep_every must be at least 5m")
        if self.sitrep_every is not None and self.sitrep_at:
            raise ValueError(
                "sitreps are due either every so often or at fixed times: beside sitrep_every write `sitrep_at: []`, "
                "beside sitrep_at write `sitrep_every: null`"
            )
        if not timedelta() <= self.sitrep_counts < timedelta(days=1):
            raise ValueError("sitrep_counts must be less than 1d")


@dataclass(frozen=True, slots=True)
class Status:
    """How a status is shown, and what else people call it."""

    shown: str
    aliases: tuple[str, ...] = ()
    colour: str = "ededed"

    def __post_init__(self) -> None:
        """Refuse a colour that GitHub would not take."""
        _check_colour(self.colour)


@dataclass(frozen=True, slots=True)
class Role:
    """A role's name, what else people call it, and the card that its holder reads (RO-6)."""

    name: str
    card: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """How following a lead up can end (RE-1), and what else people call it."""

    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Checklist:
    """What has to be done for one kind of incident, in order (RE-5, RE-6, RE-7)."""

    items: tuple[str, ...]
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of an escalation: how long after the due time, or before it, and who is asked then."""

    after: timedelta = timedelta()
    ask: Ask = "asked"
    at: tuple[Acts, ...] = ()
    """The severities at which it is climbed; all of them if none is named."""
    before: timedelta = timedelta()
    """How long before the due time, for what is asked while it can still be done in time (IN-9)."""
    page: bool = False
    """Whether it also goes to the channels that wake people."""

    def __post_init__(self) -> None:
        """Refuse a step that is both before and after the due time."""
        if self.after and self.before:
            raise ValueError("a rung is either before the due time or after it")

    @property
    def offset(self) -> timedelta:
        """How long after the due time it is; negative before it."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class ClockTimes:
    """The numbers of one clock: the time allowed, for whom it differs, its rungs, and what comes after them."""

    allowed: timedelta
    alone: timedelta | None = None
    """The time allowed when one person works alone."""
    by_severity: Mapping[str, timedelta] = field(default_factory=dict)
    next_morning: tuple[Acts, ...] = ()
    """The severities at which it is due on the next working morning after the time allowed."""
    rungs: tuple[Rung, ...] = ()
    repeat: timedelta | None = None
    """How often everyone is asked again after the last rung; never if it is not set."""
    urgent: bool = False
    """Whether its rungs may come closer together than `quiet.between_comments`: they wake somebody else."""
    until_done: bool = False
    """Whether it goes on asking while it is overdue: at each slot of the severity, and anew when that is raised."""
    draft: timedelta | None = None
    """How long before it is due the board shows a draft of what it asks for (CO-6); never if it is not set."""

    def __post_init__(self) -> None:
        """Refuse times that would never end."""
        if self.allowed < timedelta() or (self.repeat is not None and self.repeat < timedelta(minutes=5)):
            raise ValueError("the time allowed cannot be negative, and a repetition must be at least 5m")


@dataclass(frozen=True, slots=True)
class Sitreps:
    """What a situation report must have, and how long it may be waited for without one."""

    thin: int = 0
    """A report of fewer words is flagged, once (CO-3)."""
    longest_wait: timedelta = timedelta(days=14)
    """How far ahead `/wait` may reach (CO-6)."""
    longest_wait_at: Mapping[str, timedelta] = field(default_factory=dict)
    """The same at single severities: how long nobody is asked for a sitrep there."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """How often the program may speak up, and how long people have before something is pressed on them."""

    between_comments: timedelta
    replan: timedelta
    """A clock that a change makes stricter is never due sooner than this (AS-5)."""
    silent_for: timedelta
    """How long somebody who was asked must be silent before a role may be taken from them (HO-7)."""
    batch_chatter: int
    """How many plain comments may wait to be recorded together with the next call."""
    undo_within: timedelta = timedelta(minutes=10)
    """How long after a call its author can take it back."""


@dataclass(frozen=True, slots=True)
class Watching:
    """The numbers of the job that waits for what is due (IN-7)."""

    look: timedelta
    """It looks at least this often: a nearer clock may have been started meanwhile."""
    retry: timedelta
    """What a run has not done by then is tried again, and then after twice as long, and so on."""
    longest_retry: timedelta
    handover: timedelta
    """How long one job waits before another takes its place."""

    def __post_init__(self) -> None:
        """Refuse to ask GitHub without a pause, and to wait longer than a job may last."""
        if min(self.look, self.retry, self.longest_retry) < timedelta(minutes=1):
            raise ValueError("look, retry and longest_retry must be at least 1m")
        if not self.look < self.handover <= timedelta(hours=5, minutes=40):
            raise ValueError("handover must be longer than look, and at most 5h40m: GitHub ends a job after 6h")


@dataclass(frozen=True, slots=True)
class People:
    """Who is called, in which order, and who else is obeyed."""

    on_call: tuple[str, ...] = ()
    """The roster: logins in the order in which they are called."""
    bots: tuple[str, ...] = ()
    """Logins of bots whose commands are obeyed; none by default."""
    deciders: tuple[str, ...] = ()
    """Logins of those who are consulted before a service is disrupted (RE-4); with none, any other responder is."""

    def __post_init__(self) -> None:
        """Refuse what can be no login."""
        for login in (*self.on_call, *self.bots, *self.deciders):
            if not _LOGIN.fullmatch(login):
                raise ValueError(f"{login!r} is no login; write it without the @")
        if len({login.lower() for login in self.on_call}) < len(self.on_call):
            raise ValueError("somebody is on call twice; GitHub's logins ignore case")

    def on_roster(self, login: str) -> bool:
        """Whether the login is on the roster; GitHub's logins ignore case."""
        return login.lower() in {known.lower() for known in self.on_call}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """The part of the policy that entries are judged by; pinned in the record whenever it changes.

    What came to be in later versions has a default, so that tables which an older program pinned still read.
    """

    zone: str
    severities: Mapping[str, Severity]
    statuses: Mapping[str, Status]
    roles: Mapping[str, Role]
    clocks: Mapping[str, ClockTimes]
    quiet: Quiet
    people: People
    """Pinned too, so that a broken policy file takes nobody's authority away."""
    calendar: Calendar = field(default_factory=Calendar)
    """When people work and when they sleep; a record pinned before there were calendars has none."""

    parties: Mapping[str, Party] = field(default_factory=dict)
    """Who outside the team has to be told (CO-4); a record pinned before there were parties has none."""
    sitreps: Sitreps = field(default_factory=Sitreps)
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    """How following up a lead can end."""
    checklists: Mapping[str, Checklist] = field(default_factory=dict)
    """What has to be done, by kind of incident."""
    long_remediation: timedelta | None = None
    """Pinned by older programs; the clock RE-8 has the number now."""

    def __post_init__(self) -> None:
        """Refuse a zone that does not exist, and parties that could not be named or told."""
        for key, party in self.parties.items():
            if not is_key(key) or key in EVERYBODY:
                raise ValueError(f"parties: {key!r} is no key; write it in small letters and hyphens, such as us-cert")
            if party.owner and party.owner not in self.roles and not _LOGIN.fullmatch(party.owner):
                raise ValueError(f"parties: {key}: {party.owner!r} is neither a role nor a login")
        try:
            ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError) as unknown:
            raise ValueError(f"{self.zone!r} is not an IANA time zone, such as America/New_York") from unknown

    def acts_as(self, severity: str) -> Acts:
        """The severity whose rules hold: `unknown` acts as `high`."""
        return self.severities[severity].acts_as

    def local(self, moment: datetime) -> datetime:
        """The moment in the policy's zone."""
        return moment.astimezone(ZoneInfo(self.zone))


@dataclass(frozen=True, slots=True)
class Contacts:
    """How to reach people when GitHub is not the way (IN-10). Never shown in a public repository."""

    phone: str = ""
    bridge: str = ""
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Writer:
    """An identity that is trusted to have written a record before, such as Actions before a move to an app."""

    login: str
    id: int


@dataclass(frozen=True, slots=True)
class Secret:
    """One kind of text that never belongs in an issue (IN-11)."""

    name: str
    pattern: str

    def __post_init__(self) -> None:
        """Refuse a pattern that is no regular expression."""
        try:
            re.compile(self.pattern)
        except re.error as wrong:
            raise ValueError(f"{self.pattern!r} is no regular expression: {wrong}") from wrong


@dataclass(frozen=True, slots=True)
class Form:
    """How one of our issue forms is known and read: its labels, by what they mean."""

    marks: tuple[str, ...]
    """Labels that together say that an issue came from this form."""
    fields: Mapping[str, str]
    """Which field each label of the form fills."""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Word lists of the grammar."""

    filler: tuple[str, ...]
    """Words that people put before an argument and that mean nothing: `to`, `is`, `now`."""
    by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The ways in which somebody is told, and what else people call them: `phone`, `mail`."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the report's vocabulary: how it is shown, and what else people type."""

    shown: str
    aliases: tuple[str, ...] = ()
    """Other words for the same."""
    varieties: tuple[str, ...] = ()
    """Narrower words that imply it and are kept beside it, such as `phishing` for `social`."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The vocabulary of the report, each list by name (AS-6, CL-4, CL-9)."""

    discovery: Mapping[str, Term]
    impacts: Mapping[str, Term]
    threats: Mapping[str, Term]
    scope: Mapping[str, Term]
    techniques: Mapping[str, str]
    """Names of ATT&CK techniques by id; one that is not here is shown by its id alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy(Tables):
    """The whole policy: the pinned tables, and what only the present needs."""

    contacts: Contacts
    writers: tuple[Writer, ...]
    guard: tuple[Secret, ...]
    forms: Mapping[str, Form]
    words: Words
    watch: Watching
    channels: Mapping[str, Channel] = field(default_factory=dict)
    """The ways to people outside GitHub, by name (IN-6)."""
    tells: tuple[Tell, ...] = ()
    """Which channels hear what, at which severity (CO-4)."""
    terms: Terms
    rounding: Mapping[str, timedelta]
    """To what the times in a version of the report for outsiders are rounded (CL-6)."""
    digest: str = ""
    """The first twelve hexadecimal digits of the tables' SHA-256."""

    def tables(self) -> Tables:
        """The part that is pinned."""
        return Tables(**{field.name: getattr(self, field.name) for field in fields(Tables)})
