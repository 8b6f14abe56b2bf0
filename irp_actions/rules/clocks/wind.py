"""Winds the clocks: running ones are part of the incident, so nothing becomes late in hindsight (AS-5).

When a call changes an interval, what was due stays due when it was, or moves nearer, never into the past.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from irp_actions.rules.clocks.table import CLOCKS, Stopped
from irp_actions.values.incident import Incident, Running
from irp_actions.values.policy import Rung
from irp_actions.values.record import REFUSED, Entry


def allowed(incident: Incident, rule: str) -> timedelta:
    """How long this clock runs before it is due, for this incident now."""
    times = incident.tables.clocks[rule]
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
        if rule not in after.tables.clocks:
            continue  # a record judged by the tables of an older program, which had no such clock
        for start in entered.starts(after):
            due = start.due or start.since + allowed(after, rule)
            fresh = Running(rule, start.about, start.since, due, start.asks)
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
