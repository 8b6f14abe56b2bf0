"""Permission: what the team may do about one planned disruption, by severity and by what those who decide said (RE-4).

high, unknown   act at once; tell people as soon as possible
medium          ask those who decide; none answers for an hour: act; one objects: agree first
low             only once they have agreed
"""

from __future__ import annotations

from datetime import datetime

from irp_actions.values.incident import Incident, Running
from irp_actions.values.work import Disruption

AT_ONCE, AGREED, UNREACHED = "at-once", "agreed", "unreached"
OBJECTED, WAITS, NEEDS = "objected", "waits", "needs-agreement"
MAY_ACT = (AT_ONCE, AGREED, UNREACHED)
"""The answers with which the team may act now."""


def leave(incident: Incident, plan: Disruption, now: datetime) -> str:
    """What the team may do about a planned disruption.

    Args:
        incident: knows the severity and the running clocks.
        plan: the disruption.
        now: the moment asked about (UTC).

    Returns:
        `at-once`, `agreed`, `unreached` (act), or `objected`, `waits`, `needs-agreement` (do not act yet).
    """
    acts_as = incident.tables.acts_as(incident.severity)
    if acts_as == "high":
        return AT_ONCE
    if plan.objected and (plan.agreed is None or plan.agreed.n < plan.objected.n):
        return OBJECTED
    if plan.agreed:
        return AGREED
    if acts_as == "low":
        return NEEDS
    asked = consultation(incident, plan)
    nobody = unreached(incident, plan) or (asked is not None and asked.due <= now)
    return UNREACHED if nobody else WAITS


def consultation(incident: Incident, plan: Disruption) -> Running | None:
    """The hour that those who decide have to answer, while it runs."""
    return next((clock for clock in incident.clocks if clock.rule == "RE-4" and clock.about == plan.id), None)


def unreached(incident: Incident, plan: Disruption) -> bool:
    """Whether the hour went by without an answer, at this severity: another one asks anew."""
    changed = incident.severity_set
    return plan.unreached is not None and (changed is None or plan.unreached.n > changed.n)


def deciders(incident: Incident, plan: Disruption, on_call: tuple[str, ...]) -> tuple[str, ...]:
    """Who is asked: those the policy names, else everybody of the team but whoever proposed it.

    Args:
        incident: knows the policy's deciders and the team.
        plan: knows who proposed it.
        on_call: the roster of the present.
    """
    named = incident.tables.people.deciders
    if named:
        return named
    others = dict.fromkeys((*incident.present, *incident.team, *on_call))
    return tuple(login for login in others if login.lower() != plan.by.lower())
