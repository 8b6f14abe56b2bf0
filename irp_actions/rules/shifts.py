"""Who is on, who is next, and whose time is over: the plan of a long remediation (RE-8, RE-9)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from irp_actions.values.incident import IC, Incident
from irp_actions.values.work import BUSINESS_HOURS, CONTINUOUS, Shift

PROPOSED = 4
"""Shifts that the proposed table has."""


@dataclass(frozen=True, slots=True)
class Relief:
    """Somebody is to be relieved: who, on since when, and until when at most (UTC). `run` tells two times apart."""

    who: str
    since: datetime
    until: datetime | None
    run: str


def plan_of(incident: Incident) -> str:
    """The plan that holds: the one somebody chose, else around the clock at high once it takes long.

    At medium and low, business hours are assumed; nobody is asked.
    """
    work = incident.work
    if work.plan is not None:
        return work.plan.detail
    if incident.is_urgent:
        return CONTINUOUS if work.long is not None else ""
    return BUSINESS_HOURS if incident.confirmed else ""


def on_now(incident: Incident, now: datetime) -> tuple[Shift, ...]:
    """The shifts that run at a moment (UTC)."""
    return tuple(shift for shift in incident.work.shifts if shift.start <= now < shift.end)


def on_next(incident: Incident, now: datetime) -> tuple[Shift, ...]:
    """The shifts that begin next after a moment (UTC): those that begin at the same time."""
    coming = [shift for shift in incident.work.shifts if shift.start > now]
    first = min((shift.start for shift in coming), default=None)
    return tuple(shift for shift in coming if shift.start == first)


def changes_at(incident: Incident, now: datetime) -> datetime | None:
    """The next moment (UTC) at which somebody else is on."""
    if not incident.is_active:
        return None
    moments = [moment for shift in incident.work.shifts for moment in (shift.start, shift.end)]
    return min((moment for moment in moments if moment > now), default=None)


def reliefs(incident: Incident) -> Iterator[Relief]:
    """Whose time will be over without anybody planned to follow: only while the work goes on around the clock.

    The commander is always one of them; of the others the one whose shift ends the table. After a re-opening all
    begins anew: with the shifts that end after it, and a commander who was heard of since.
    """
    if not incident.is_active or plan_of(incident) != CONTINUOUS:
        return
    again = incident.reopened.at if incident.reopened else None
    held = incident.roles.get(IC)
    shifts = [shift for shift in incident.work.shifts if again is None or shift.end > again]
    here = {login.lower() for login in incident.present}
    since, until = _commands_since(incident), commands_until(incident)
    if held and since and until and held.login.lower() in here and incident.pending_offer(IC) is None:
        # A shift that begins after their time is no reason to go on until then.
        own = [s for s in shifts if s.who.lower() == held.login.lower() and since < s.end and s.start < until]
        last = max(own, key=lambda shift: shift.end, default=None)
        run = f"{held.login}:{last.n if last else held.n}"
        yield Relief(held.login, last.start if last else since, last.end if last else None, run)
    gone = {login.lower() for login in incident.left}
    ending = max((s for s in shifts if s.who.lower() not in gone), key=lambda shift: shift.end, default=None)
    if ending is not None and (held is None or ending.who.lower() != held.login.lower()):
        yield Relief(ending.who, ending.start, ending.end, f"{ending.who}:{ending.n}")


def commands_until(incident: Incident) -> datetime | None:
    """Until when (UTC) whoever is in command should be so at most (RE-9)."""
    since = _commands_since(incident)
    return since + _longest(incident) if since else None


def _commands_since(incident: Incident) -> datetime | None:
    """Since when (UTC) whoever is in command is; after a re-opening all begins anew (CL-5)."""
    held, again = incident.roles.get(IC), incident.reopened
    return max(held.since, again.at if again else held.since) if held else None


def _longest(incident: Incident) -> timedelta:
    times = incident.tables.clocks.get("RE-9")
    return times.allowed if times else timedelta(hours=3)


def proposed(incident: Incident, people: tuple[str, ...], now: datetime) -> tuple[Shift, ...]:
    """A table of shifts to begin with: everybody in turn, from the next full hour; who is on it now comes late.

    Args:
        incident: knows the longest shift.
        people: whom there is, each once.
        now: the moment it is proposed (UTC).
    """
    length = _longest(incident)
    begin = (now + timedelta(minutes=59)).replace(minute=0, second=0, microsecond=0)
    commander, here = (incident.holder(IC) or "").lower(), {login.lower() for login in incident.present}
    rested = sorted(people, key=lambda login: (login.lower() == commander, login.lower() in here))
    if not rested:
        return ()
    return tuple(
        Shift(0, rested[place % len(rested)], begin + place * length, begin + (place + 1) * length)
        for place in range(PROPOSED)
    )
