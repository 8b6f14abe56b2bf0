"""Clocks of the remediation: those who decide, the plan of a long one, and relief (RE-4, RE-8, RE-9)."""

from __future__ import annotations

from collections.abc import Iterator

from irp_actions.rules.clocks.table import Start, clock
from irp_actions.rules.permission import deciders, unreached
from irp_actions.rules.shifts import reliefs
from irp_actions.values.incident import IC, Incident, Running
from irp_actions.values.record import Entry


@clock(
    "RE-4",
    met_by=("agree", "object"),
    do="`/agree` or `/object` and why",
    then="unreached",
    then_with=lambda _, clock: {"disruption": clock.about},
)
def consulted(incident: Incident) -> Iterator[Start]:
    """Answer of those who decide."""
    if not incident.is_active or incident.tables.acts_as(incident.severity) != "medium":
        return
    changed = incident.severity_set
    for plan in incident.work.disruptions:
        if plan.pending and not plan.agreed and not plan.objected and not unreached(incident, plan):
            begun = max(plan.at, changed.at) if changed else plan.at
            asked = deciders(incident, plan, incident.tables.people.on_call)
            yield Start(begun, asks=asked[0] if asked else "", about=plan.id)


@clock(
    "RE-8", met_by=("plan",), do="`/plan continuous` or `/plan business-hours`", then="long", then_with=lambda _, __: {}
)
def long_remediation(incident: Incident) -> Iterator[Start]:
    """Plan for a long remediation."""
    begun, work = incident.begun, incident.work
    if incident.is_active and incident.is_urgent and begun and work.plan is None and work.long is None:
        yield Start(begun.at, asks=incident.holder(IC) or "")


def _relieves(entry: Entry, clock: Running) -> bool:
    """Whether somebody else is on instead: an offer is no answer yet, and one's own next shift is no rest."""
    who = clock.about.rpartition(":")[0].lower()
    if entry.call == "shift":
        return "range" in entry.args and str(entry.args.get("who") or entry.by.login).lower() != who
    return entry.call != "handoff" and entry.by.login.lower() != who


@clock(
    "RE-9",
    met_by=("shift", "handoff", "ic", "accept", "take"),
    met_when=_relieves,
    do="`/shift @who 12:00-15:00`, or `/handoff ic @who`",
)
def relief(incident: Incident) -> Iterator[Start]:
    """Relief of whoever has been on for long."""
    for due in reliefs(incident):
        yield Start(due.since, asks=incident.holder(IC) or "", about=due.run, due=due.until)
