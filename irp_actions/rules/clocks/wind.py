"""Winds the clocks: running ones are part of the incident, so nothing becomes late in hindsight (AS-5).

When a call changes an interval, what was due stays due when it was, or moves nearer, never into the past.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import get_args

from irp_actions.rules.calendar import next_morning
from irp_actions.rules.clocks.ladder import next_moment
from irp_actions.rules.clocks.table import CLOCKS, Stopped
from irp_actions.rules.waiting import waited_until
from irp_actions.values.incident import Incident, Running
from irp_actions.values.policy import Acts
from irp_actions.values.record import REFUSED, Entry


def allowed(incident: Incident, rule: str) -> timedelta:
    """How long this clock runs before it is due, for this incident now."""
    times = incident.tables.clocks[rule]
    if times.alone is not None and len(incident.present) <= 1:
        return times.alone
    return times.by_severity.get(incident.severity, times.allowed)


def due_after(incident: Incident, rule: str, since: datetime) -> datetime:
    """When a clock is due (UTC) that runs since a moment: after the time allowed, or on the morning after that."""
    times = incident.tables.clocks[rule]
    due = since + allowed(incident, rule)
    if incident.tables.acts_as(incident.severity) in times.next_morning and incident.severity not in times.by_severity:
        return next_morning(incident.tables, due)  # HO-2
    return due


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
    missed = []
    grace = entry.at + after.tables.quiet.replan
    wound = []
    for rule, entered in CLOCKS.items():
        if rule not in after.tables.clocks:
            continue  # a record judged by the tables of an older program, which had no such clock
        for start in entered.starts(after):
            due = start.due or due_after(after, rule, start.since)
            fresh = Running(rule, start.about, start.since, due, start.asks)
            old = running.get(fresh.key)
            kept = old if old is not None and old.since == start.since else None
            if kept is not None:
                del running[kept.key]
                anew = after.tables.clocks[rule].until_done and kept.due <= entry.at and _is_raised(before, after)
                # AS-5: what is overdue when it gets worse is asked for anew, by the stricter rules
                fresh = replace(fresh, due=grace if anew else _replanned(kept.due, fresh.due, grace))
            elif start.since < entry.at and fresh.due < grace:  # it begins by an older fact
                fresh = replace(fresh, due=grace)
            if entered.waits:  # CO-6: somebody asked for it to come later, so even what was promised does
                fresh = replace(fresh, due=max(fresh.due, waited_until(after) or fresh.due))
            if kept is not None and kept.due <= entry.at < fresh.due:  # AS-5, CO-6: moved or not, it was missed
                missed.append(Stopped(kept, entry.at, entry.by.login, entry.n, "missed"))
            wound.append(fresh)
    stopped = (_stopped(clock, entry) for clock in running.values())
    return replace(after, clocks=tuple(wound)), (*missed, *stopped)


def next_due(incident: Incident, now: datetime) -> datetime | None:
    """The next moment (UTC) after `now` at which a clock is due, shows a draft or takes a step of its ladder."""
    moments = (next_moment(incident, clock, now) for clock in incident.clocks)
    return min((moment for moment in moments if moment is not None), default=None)


def _replanned(old: datetime, new: datetime, grace: datetime) -> datetime:
    """A looser interval keeps the due time; a stricter one moves it nearer, but never into the past."""
    return old if new >= old else min(old, max(new, grace))


def _is_raised(before: Incident, after: Incident) -> bool:
    """Whether stricter rules hold than before; from unknown to high nothing changes."""
    order = get_args(Acts)
    return order.index(after.tables.acts_as(after.severity)) < order.index(before.tables.acts_as(before.severity))


def _stopped(clock: Running, entry: Entry) -> Stopped:
    entered = CLOCKS[clock.rule]
    if entered.met_by:
        other = entered.met_by_others and entry.by.responds and entry.by.login.lower() != clock.asks.lower()
        called = entry.call in entered.met_by and entry.verdict != REFUSED
        done = other or (called and entered.met_when(entry, clock))
    else:
        called = done = entry.by.standing != "program"
    undone = "passed" if entered.then and entry.call == entered.then else "ended"
    if called and entry.at > clock.due:  # RE-9: overdue, and by this only planned anew
        undone = "missed"
    how = ("met" if entry.at <= clock.due else "late") if done else undone
    return Stopped(clock, entry.at, entry.by.login, entry.n, how)
