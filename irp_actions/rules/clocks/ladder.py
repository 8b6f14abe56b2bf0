"""Ladders: when a running clock speaks up, whom it asks then, and what the night holds back (CO-6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate, takewhile

from irp_actions.rules.calendar import quiet_until, slots_after
from irp_actions.values.incident import Incident, Running
from irp_actions.values.policy import Ask


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a running clock's ladder: when it speaks (UTC) and whom it asks; `place` tells it from others."""

    at: datetime
    ask: Ask
    place: int
    page: bool = False
    """Whether it also goes to the channels that wake people."""


def loud_from(incident: Incident, clock: Running) -> datetime:
    """CO-6: when a clock that is due may speak (UTC): at once, or at medium and low when the quiet has ended."""
    return _heard_at(incident, clock, clock.due)


def drafted_from(incident: Incident, clock: Running) -> datetime | None:
    """CO-6: since when (UTC) the board shows a draft of what the clock asks for; None if it never does."""
    ahead = incident.tables.clocks[clock.rule].draft
    return clock.due - ahead if ahead is not None else None


def steps(incident: Incident, clock: Running, now: datetime) -> tuple[Step, ...]:
    """The steps that are due, in order; of those that repeat only the newest, which covers the others.

    Args:
        incident: knows the severity and the pinned tables.
        clock: one of its running clocks.
        now: the moment (UTC) of looking.
    """
    due = [step for step in _rungs(incident, clock) if step.at <= now]
    repeated = list(takewhile(lambda step: step.at <= now, _repetitions(incident, clock)))
    return (*due, *repeated[-1:])


def next_moment(incident: Incident, clock: Running, now: datetime) -> datetime | None:
    """The next moment (UTC) after `now` at which the clock is due, shows a draft or takes a step."""
    moments = [clock.due, *(step.at for step in _rungs(incident, clock))]
    moments += [step.at for step in _first_after(_repetitions(incident, clock), now)]
    drafted = drafted_from(incident, clock)
    moments += [drafted] if drafted else []
    return min((moment for moment in moments if moment > now), default=None)


def _rungs(incident: Incident, clock: Running) -> list[Step]:
    """The policy's rungs that are climbed at this severity. What the night held back begins again in the morning."""
    acts = incident.tables.acts_as(incident.severity)
    begins = loud_from(incident, clock)
    found = [
        Step(_heard_at(incident, clock, begins + rung.offset), rung.ask, place, rung.page)
        for place, rung in enumerate(incident.tables.clocks[clock.rule].rungs)
        if not rung.at or acts in rung.at
    ]
    return sorted(found, key=lambda step: step.at)


def _repetitions(incident: Incident, clock: Running) -> Iterator[Step]:
    """What comes after the last rung, for as long as nothing is done: nobody is left alone for good (law 3)."""
    times = incident.tables.clocks[clock.rule]
    slots = incident.tables.severities[incident.severity].sitrep_at
    moments: Iterator[datetime] = iter(())
    ask: Ask = "asked"
    if times.repeat and times.rungs:
        ask = times.rungs[-1].ask
        last = loud_from(incident, clock) + times.rungs[-1].offset
        moments = (last + passed for passed in accumulate(_pauses(times.repeat, times.repeat_up_to)))
    elif times.until_done and slots:
        last = max([loud_from(incident, clock), *(step.at for step in _rungs(incident, clock))])
        moments = slots_after(incident.tables, last, slots)
    places = enumerate(moments, start=len(times.rungs))
    page = bool(times.repeat and times.rungs and times.rungs[-1].page)
    return (Step(_heard_at(incident, clock, moment), ask, place, page) for place, moment in places)


def _pauses(pause: timedelta, longest: timedelta | None) -> Iterator[timedelta]:
    """Each pause twice as long as the one before, up to the longest; all alike where there is none."""
    while True:
        yield pause
        pause = max(pause, min(2 * pause, longest or pause))


def _first_after(found: Iterator[Step], now: datetime) -> list[Step]:
    first = next((step for step in found if step.at > now), None)
    return [first] if first else []


def _heard_at(incident: Incident, clock: Running, moment: datetime) -> datetime:
    """When something of this clock may be said that falls due at a moment (UTC).

    What is over is urgent no more; CO-2 needs no working day.
    """
    times = incident.tables.clocks[clock.rule]
    if (incident.is_active and incident.is_urgent) or times.urgent:
        return moment
    return quiet_until(incident.tables, moment, days_off=not times.calendar_days)
