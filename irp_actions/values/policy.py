"""The policy is what this organisation decided: every number, name and word list of the process."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime, time, timedelta
from difflib import get_close_matches
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from irp_actions.values.calendar import Calendar
from irp_actions.values.channels import Channel, Tell
from irp_actions.values.parties import Party, is_key
from irp_actions.values.shape import Problem, ShapeError

_LOGIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,37}[A-Za-z0-9])?(?:\[bot\])?")

EVERYBODY = ("all", "everybody", "everyone", "them")
"""Words for all parties at once, which no party can be called."""

_COLOUR = re.compile(r"[0-9a-fA-F]{6}")

Ask = Literal["asked", "second", "third", "next", "deputy", "everyone"]
Acts = Literal["high", "medium", "low"]
"""The severities that have rules of their own, the most urgent first; every level acts as one of them."""


def _zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as unknown:
        near = get_close_matches(name, available_timezones(), 1)
        hint = f"; did you mean {near[0]!r}?" if near else ", such as America/New_York"
        raise ValueError(f"{name!r} is not an IANA time zone{hint}") from unknown


def _login(name: str) -> None:
    if not _LOGIN.fullmatch(name):
        raise ValueError(f"{name!r} is no login{'; write it without the @' if name.startswith('@') else ''}")


def _colour(digits: str) -> None:
    if not _COLOUR.fullmatch(digits):
        raise ValueError(f"{digits!r} is no colour; write six hexadecimal digits in quotes, such as 'b60205'")


def _pattern(text: str) -> None:
    try:
        re.compile(text)
    except re.error as wrong:
        raise ValueError(f"{text!r} is no regular expression: {wrong}") from wrong


def _party_keys(parties: Mapping[str, Party]) -> None:
    problems = [
        Problem((key,), f"{key!r} is no key; write it in small letters and hyphens, such as us-cert")
        for key in parties
        if not is_key(key) or key in EVERYBODY
    ]
    if problems:
        raise ShapeError(problems)


def _misplaced(message: str, *path: str) -> ShapeError:
    """What a value raises while it is made, with the place at which it is to be mended."""
    return ShapeError([Problem(path, message)])


def _at_least(least: timedelta, said: str) -> Callable[[timedelta], None]:
    def check(span: timedelta) -> None:
        if span < least:
            raise ValueError(said)

    return check


Zone = Annotated[str, _zone]
Login = Annotated[str, _login]
Colour = Annotated[str, _colour]
Pattern = Annotated[str, _pattern]
Parties = Annotated[Mapping[str, Party], _party_keys]
Cadence = Annotated[timedelta, _at_least(timedelta(minutes=5), "this must be at least 5m")]
"""What else than its type a value has to be: checked when a policy is read, with every other mistake in it."""


@dataclass(frozen=True, slots=True)
class Severity:
    """One level of severity: how it acts, what else people call it, and the rubric for choosing it (AS-4)."""

    acts_as: Acts
    rubric: str
    may_disrupt: str
    """What the team may do now, in words (RE-4)."""
    aliases: tuple[str, ...] = ()
    colour: Colour = "ededed"
    sitrep_every: Cadence | None = None
    """The cadence of situation reports (CO-1); none where fixed local slots rule instead."""
    sitrep_at: tuple[time, ...] = ()
    """The local times of working days at which a situation report is due (CO-1)."""
    sitrep_counts: timedelta = timedelta()
    """How long before such a slot a situation report already counts for it."""

    def __post_init__(self) -> None:
        """Refuse a cadence that is two at once, and a sitrep that counts for every slot."""
        if self.sitrep_every is not None and self.sitrep_at:
            raise _misplaced(
                "sitreps are due either every so often or at fixed times: beside sitrep_every write `sitrep_at: []`, "
                "beside sitrep_at write `sitrep_every: null`",
                "sitrep_every",
            )
        if not timedelta() <= self.sitrep_counts < timedelta(days=1):
            raise _misplaced("sitrep_counts must be less than 1d", "sitrep_counts")


@dataclass(frozen=True, slots=True)
class Status:
    """How a status is shown, and what else people call it."""

    shown: str
    aliases: tuple[str, ...] = ()
    colour: Colour = "ededed"


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
    repeat: Cadence | None = None
    """How often the last rung is taken again; never if it is not set."""
    repeat_up_to: Cadence | None = None
    """The longest pause, where each is twice as long as the one before; all are the same if it is not set."""
    urgent: bool = False
    """Whether it speaks in the quiet hours too (CO-6)."""
    calendar_days: bool = False
    """Whether it speaks on days off too, by day: those outside count every day (CO-2)."""
    until_done: bool = False
    """Whether it goes on asking while it is overdue: at each slot of the severity, and anew when that is raised."""
    draft: timedelta | None = None
    """How long before it is due the board shows a draft of what it asks for (CO-6); never if it is not set."""
    afterwards: timedelta | None = None
    """CL-2: how long after the date that was set it should have been held; never asked for if it is not set."""


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
    """How long nothing is said after a comment but answers, and what wakes somebody."""
    replan: timedelta
    """A clock that a change makes stricter is never due sooner than this (AS-5)."""
    silent_for: timedelta
    """How long somebody who was asked must be silent before a role may be taken from them (HO-7)."""
    batch_chatter: int
    """How many plain comments may wait to be recorded together with the next call."""
    together: timedelta = timedelta(minutes=2)
    """What falls due so shortly before somebody is woken waits for that, to be said in the same comment."""
    undo_within: timedelta = timedelta(minutes=10)
    """How long after a call its author can take it back."""
    call_again: timedelta = timedelta(minutes=2)
    """How long the same person, called by hand and silent, is not called again (RO-1)."""
    heard_after: timedelta = timedelta(days=14)
    """How long after the closing a word from outside the team is brought to somebody of it (law 3)."""


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

    on_call: tuple[Login, ...] = ()
    """The roster: logins in the order in which they are called."""
    bots: tuple[Login, ...] = ()
    """Logins of bots whose commands are obeyed; none by default."""
    deciders: tuple[Login, ...] = ()
    """Logins of those who are consulted before a service is disrupted (RE-4); with none, any other responder is."""

    def __post_init__(self) -> None:
        """Refuse somebody who is on call twice, at the second place."""
        names = [login.lower() for login in self.on_call]
        problems = [
            Problem(("on_call", place), f"{self.on_call[place]!r} is on call twice; GitHub's logins ignore case")
            for place, name in enumerate(names)
            if name in names[:place]
        ]
        if problems:
            raise ShapeError(problems)

    def on_roster(self, login: str) -> bool:
        """Whether the login is on the roster; GitHub's logins ignore case."""
        return login.lower() in {known.lower() for known in self.on_call}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """The part of the policy that entries are judged by; pinned in the record whenever it changes.

    What came to be in later versions has a default, so that tables which an older program pinned still read.
    """

    zone: Zone
    severities: Mapping[str, Severity]
    statuses: Mapping[str, Status]
    roles: Mapping[str, Role]
    clocks: Mapping[str, ClockTimes]
    quiet: Quiet
    people: People
    """Pinned too, so that a broken policy file takes nobody's authority away."""
    calendar: Calendar = field(default_factory=Calendar)
    """When people work and when they sleep; a record pinned before there were calendars has none."""

    parties: Parties = field(default_factory=dict)
    """Who outside the team has to be told (CO-4); a record pinned before there were parties has none."""
    sitreps: Sitreps = field(default_factory=Sitreps)
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    """How following up a lead can end."""
    checklists: Mapping[str, Checklist] = field(default_factory=dict)
    """What has to be done, by kind of incident."""
    long_remediation: timedelta | None = None
    """Pinned by older programs; the clock RE-8 has the number now."""

    def __post_init__(self) -> None:
        """Refuse a party whose owner nobody knows."""
        problems = [
            Problem(("parties", key, "owner"), f"{party.owner!r} is neither a role nor a login")
            for key, party in self.parties.items()
            if party.owner and party.owner not in self.roles and not _LOGIN.fullmatch(party.owner)
        ]
        if problems:
            raise ShapeError(problems)

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
    pattern: Pattern


Style = Literal["headings", "lines"]
HEADINGS: Style = "headings"
LINES: Style = "lines"
"""How a form's answers stand in an issue: below headings, as GitHub writes them, or in lines that people pasted."""

Meaning = Literal[
    "description", "noticed", "ongoing", "reach", "listening", "handling",  # of the forms
    "status", "severity", "reporter", "ic", "responders", "details", "subject",  # of the pasted templates
]  # fmt: skip
"""What the answer to a question of a form means to the program."""


@dataclass(frozen=True, slots=True)
class Form:
    """How one of our issue forms, or a template that people paste, is known and read: its labels, by what they mean."""

    marks: tuple[str, ...]
    """Labels that together say that an issue came from this form."""
    fields: Mapping[str, Meaning]
    """Which field each label of the form fills."""
    title: str = ""
    style: Style = HEADINGS
    placeholders: tuple[str, ...] = ()
    """What a template says where something is to be filled in; left standing, it is no answer."""

    def __post_init__(self) -> None:
        """Refuse a mark that is none of the form's labels."""
        problems = [
            Problem(("marks", place), f"{mark!r} is none of the form's labels: {', '.join(self.fields)}")
            for place, mark in enumerate(self.marks)
            if mark not in self.fields
        ]
        if problems:
            raise ShapeError(problems)


@dataclass(frozen=True, slots=True)
class Words:
    """Word lists of the grammar."""

    filler: tuple[str, ...]
    """Words that people put before an argument and that mean nothing: `to`, `is`, `now`."""
    negative: tuple[str, ...] = ("no",)
    """What people answer a question of the form with that they mean to deny."""
    by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The ways in which somebody is told, and what else people call them: `phone`, `mail`."""
    thanks: tuple[str, ...] = ()
    """Words of short comments that only thank, and that nobody need hear of once it is closed."""
    again: tuple[str, ...] = ()
    """Words that say that it may go on, whatever else a comment says."""


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
