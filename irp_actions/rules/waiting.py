"""Waiting: until when nobody is asked for a sitrep, and until when the program may speak for the team (CO-2, CO-6)."""

from __future__ import annotations

from datetime import datetime, timedelta

from irp_actions.values.incident import Incident
from irp_actions.values.outside import Wait
from irp_actions.values.policy import Tables

ACTS = ("high", "medium", "low")
"""How severities act, the most urgent first."""


def longest_wait(tables: Tables, severity: str) -> timedelta:
    """CO-6: how long reminders may be put off at a severity."""
    return tables.sitreps.longest_wait_at.get(severity, tables.sitreps.longest_wait)


def wait_in_force(incident: Incident) -> Wait | None:
    """The wait that somebody asked for, unless the incident got worse or is over since."""
    wait = incident.outside.wait
    if wait is None or not incident.is_active:
        return None
    worse = ACTS.index(incident.tables.acts_as(incident.severity)) < ACTS.index(wait.acts)
    return None if worse else wait


def waited_until(incident: Incident) -> datetime | None:
    """CO-6: until when (UTC) the team asked not to be asked for sitreps; a sitrep ends it.

    A standing wait may reach further than reminders may be put off; it puts them off no longer than any other.
    """
    wait = wait_in_force(incident)
    if wait is None or (incident.sitrep is not None and incident.sitrep.n > wait.n):
        return None
    return min(wait.until, wait.at + longest_wait(incident.tables, incident.severity))


def standing(incident: Incident, at: datetime) -> Wait | None:
    """CO-2: the wait under which the program may give the daily statement itself at a moment (UTC)."""
    wait = wait_in_force(incident)
    return wait if wait is not None and wait.standing and at < wait.until else None
