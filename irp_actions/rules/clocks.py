"""The table of clocks: every rule with a due time, one function each.

A clock's function says since when it runs and whom it asks, or nothing. Its docstring's first line is
what people read on the board; `do` is what they are told to type. Its numbers are in the policy, under
its rule id. Running clocks are part of the incident: when a call changes an interval, what was due stays
due when it was, and nothing becomes late in hindsight (AS-5).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from irp_actions.values.incident import CO, IC, Handoff, Incident, Running
from irp_actions.values.policy import Rung
from irp_actions.values.record import REFUSED, Entry


@dataclass(frozen=True, slots=True)
class Start:
    """A clock runs since a moment (UTC) and asks somebody; `about` tells two runs of one rule apart."""

    since: datetime
    asks: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """One rule with a due time."""

    rule: str
    title: str
    starts: Callable[[Incident], Iterator[Start]]
    met_by: tuple[str, ...]
    """The calls that do what was due; empty when any human word does."""
    do: str
    on_board: bool
    then: str
    """The program's own call once it is due, for a clock that needs nobody."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """How one run of a clock ended: met in time, late, or ended by something else than what was due."""

    clock: Running
    at: datetime
    by: str
    n: int
    how: str

    @property
    def late_by(self) -> timedelta:
        """How long after the due time it was; zero when in time."""
        return max(self.at - self.clock.due, timedelta())


CLOCKS: dict[str, Clock] = {}
"""Every clock by its rule id, in the order of the board."""

_Starts = Callable[[Incident], Iterator[Start]]


def clock(
    rule: str, *, met_by: tuple[str, ...] = (), do: str = "", on_board: bool = True, then: str = ""
) -> Callable[[_Starts], _Starts]:
    """Enter a function into the table of clocks.

    Args:
        rule: the rule's id, under which the policy has the numbers.
        met_by: the calls that do what was due; none means that any human word does.
        do: what the person asked is told to type.
        on_board: whether the running clock is shown; one that restarts with every word is not.
        then: the call the program makes itself when it is due.
    """

    def enter(function: _Starts) -> _Starts:
        title = (function.__doc__ or "").strip().split("\n")[0].rstrip(".")
        CLOCKS[rule] = Clock(rule, title, function, met_by, do, on_board, then)
        return function

    return enter


@clock("IN-7", do="`/ack`, or any word here")
def acknowledgement(incident: Incident) -> Iterator[Start]:
    """Somebody of the team answers."""
    if incident.is_active and incident.acknowledged is None and incident.opened is not None:
        yield Start(incident.opened.at, asks="")


@clock("AS-8", met_by=("sitrep",), do="`/sitrep` and your own words; `/sitrep` alone shows a draft")
def first_sitrep(incident: Incident) -> Iterator[Start]:
    """First sitrep after confirmation."""
    confirmed = incident.confirmed
    if not incident.is_active or confirmed is None:
        return
    if incident.sitrep is None or incident.sitrep.at < confirmed.at:
        yield Start(confirmed.at, asks=speaker(incident))


@clock("CO-1", met_by=("sitrep",), do="`/sitrep` and your own words; `/sitrep` alone shows a draft")
def cadence(incident: Incident) -> Iterator[Start]:
    """Next sitrep."""
    sitrep = incident.sitrep
    if not incident.is_active or sitrep is None or next(first_sitrep(incident), None) is not None:
        return
    promised = any(clock.rule == "CO-1" and clock.since == sitrep.at for clock in incident.clocks)
    if incident.is_urgent or promised:  # AS-5: lowering the severity keeps what is due
        yield Start(sitrep.at, asks=speaker(incident))


@clock("RO-7", do="one line on where you are", on_board=False)
def silence(incident: Incident) -> Iterator[Start]:
    """A word from the team."""
    if incident.is_active and incident.is_urgent and incident.acknowledged and incident.word is not None:
        yield Start(incident.word.at, asks=incident.holder(IC) or "")


@clock("HO-2", met_by=("accept", "decline", "ic"), do="`/accept` or `/decline`")
def handoff_answer(incident: Incident) -> Iterator[Start]:
    """Answer to the handoff."""
    for handoff in _open_handoffs(incident):
        if handoff.pending:
            yield Start(handoff.offered_at, handoff.incoming, about=str(handoff.n))


@clock("HO-4", met_by=("sitrep",), do="`/sitrep` with a word on the handoff")
def handoff_sitrep(incident: Incident) -> Iterator[Start]:
    """Sitrep of the new commander."""
    for handoff in _open_handoffs(incident):
        if handoff.accepted_at is not None and handoff.sitrep_at is None and not handoff.lapsed:
            yield Start(handoff.accepted_at, handoff.incoming, about=str(handoff.n))


@clock("HO-5", met_by=("released",), then="released")
def overlap(incident: Incident) -> Iterator[Start]:
    """The outgoing person stays at hand."""
    for handoff in _open_handoffs(incident):
        if handoff.accepted_at is not None and handoff.released_at is None and not handoff.lapsed:
            yield Start(handoff.accepted_at, handoff.outgoing, about=str(handoff.n))


def speaker(incident: Incident) -> str:
    """Who writes the sitreps: the communications officer if there is one, else the commander (RO-3)."""
    return incident.holder(CO) or incident.holder(IC) or ""


def allowed(incident: Incident, rule: str) -> timedelta:
    """How long this clock runs before it is due, for this incident now."""
    times = incident.tables.clocks[rule]
    every = incident.tables.severities[incident.severity].sitrep_every
    if rule == "CO-1" and every is not None:
        return every
    if times.alone is not None and len(incident.team) <= 1:
        return times.alone
    return times.by_severity.get(incident.severity, times.allowed)


def wind(before: Incident, after: Incident, entry: Entry) -> tuple[Incident, tuple[Stopped, ...]]:
    """Start, keep, re-plan and stop the clocks that one entry touches.

    Args:
        before: the incident before the entry, with its running clocks.
        after: the incident after it, whose clocks are set here.
        entry: the entry; its time is the time of the change.

    Returns:
        The incident with its clocks, and the runs that ended.
    """
    running = {clock.key: clock for clock in before.clocks}
    grace = entry.at + after.tables.quiet.replan
    wound = []
    for rule, entered in CLOCKS.items():
        for start in entered.starts(after):
            fresh = Running(rule, start.about, start.since, start.since + allowed(after, rule), start.asks)
            old = running.get(fresh.key)
            if old is not None and old.since == start.since:
                del running[fresh.key]
                fresh = replace(fresh, due=_replanned(old.due, fresh.due, grace))
            elif start.since < entry.at and fresh.due < grace:  # it begins by an older fact
                fresh = replace(fresh, due=grace)
            wound.append(fresh)
    stopped = tuple(_stopped(clock, entry) for clock in running.values())
    return replace(after, clocks=tuple(wound)), stopped


def next_due(incident: Incident, now: datetime) -> datetime | None:
    """The next moment (UTC) after `now` at which a clock or a rung of one is due."""
    moments = [clock.due for clock in incident.clocks]
    for clock in incident.clocks:
        horizon = now + (incident.tables.clocks[clock.rule].repeat or timedelta())
        moments += [clock.due + rung.after for rung in rungs(incident, clock, horizon)]
    return min((moment for moment in moments if moment > now), default=None)


def rungs(incident: Incident, clock: Running, now: datetime) -> tuple[Rung, ...]:
    """The steps of a clock's escalation, with the repetitions up to `now`: nobody is left alone for good (law 3)."""
    times = incident.tables.clocks[clock.rule]
    steps = list(times.rungs)
    while steps and times.repeat and clock.due + steps[-1].after + times.repeat <= now:
        steps.append(Rung(steps[-1].after + times.repeat, "everyone"))
    return tuple(steps)


def _open_handoffs(incident: Incident) -> tuple[Handoff, ...]:
    return incident.handoffs if incident.is_active else ()


def _replanned(old: datetime, new: datetime, grace: datetime) -> datetime:
    """A looser interval keeps the due time; a stricter one moves it nearer, but never into the past."""
    return old if new >= old else min(old, max(new, grace))


def _stopped(clock: Running, entry: Entry) -> Stopped:
    entered = CLOCKS[clock.rule]
    if entered.met_by:
        done = entry.call in entered.met_by and entry.verdict != REFUSED
    else:
        done = entry.by.standing != "program"
    how = ("met" if entry.at <= clock.due else "late") if done else "ended"
    return Stopped(clock, entry.at, entry.by.login, entry.n, how)
