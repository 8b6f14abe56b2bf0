"""Disruption: a step that stops a service, from the plan through the leave to the notice (RE-4)."""

from __future__ import annotations

from dataclasses import replace

from irp_actions.rules.commands.gates_work import decides, is_known, is_notified, is_weighed, one_at_a_time
from irp_actions.rules.commands.hand import flagged, found, numbered, placed
from irp_actions.rules.commands.pick import disruption_notified, disruption_weighed
from irp_actions.rules.commands.table import command, fact, noted
from irp_actions.rules.permission import MAY_ACT, leave
from irp_actions.values.incident import Incident
from irp_actions.values.record import Entry
from irp_actions.values.work import Disruption


def _with(incident: Incident, one: Disruption) -> Incident:
    work = incident.work
    over = (known for known in work.disruptions if not known.pending and not known.untold)
    return replace(incident, work=replace(work, disruptions=placed(work.disruptions, one, over)))


def _planned(incident: Incident, entry: Entry) -> tuple[Incident, Disruption]:
    id, work = numbered(incident.work, "D")
    return replace(incident, work=work), Disruption(id, entry.n, entry.at, entry.by.login)


@command(
    "/disrupt <text...>",
    rules=("RE-4",),
    aliases=("disruption", "take down"),
    examples=("/disrupt stop the public API", "/disrupt cut staging off the network"),
)
def disrupt(incident: Incident, entry: Entry) -> Incident:
    """Plan a step that stops a service; the board says at once whether you may take it."""
    return _with(*_planned(incident, entry))


@command(
    "/agree [disruption] [text...]",
    rules=("RE-4",),
    may="decider",
    aliases=("agreed", "approve", "approved"),
    examples=("/agree", "/agree D1 but tell the product owner first"),
    gates=(is_known, is_weighed, one_at_a_time, decides),
)
def agree(incident: Incident, entry: Entry) -> Incident:
    """Agree to a planned disruption, as one of those who decide; the last word counts."""
    plan = disruption_weighed(incident, entry)
    return _with(incident, replace(plan, agreed=noted(entry))) if plan else incident


@command(
    "/object [disruption] <text...>",
    rules=("RE-4",),
    may="decider",
    aliases=("objection", "disagree"),
    examples=("/object D1 payroll runs until noon", "/object not before the backup is through"),
    gates=(is_known, is_weighed, one_at_a_time, decides),
)
def object_(incident: Incident, entry: Entry) -> Incident:
    """Object to a planned disruption and say why, as one of those who decide."""
    plan = disruption_weighed(incident, entry)
    return _with(incident, replace(plan, objected=noted(entry))) if plan else incident


@command(
    "/disrupted [disruption] [yes|no] [when] [text...]",
    rules=("RE-4",),
    examples=(
        "/disrupted D1 03:20",
        "/disrupted",
        "/disrupted no, the provider blocked it",
        "/disrupted 03:05 API off",
    ),
    gates=(is_known, one_at_a_time),
)
def disrupted(incident: Incident, entry: Entry) -> Incident:
    """Say that the service was stopped, and when; `/disrupted D1 no` gives the plan up."""
    known = disruption_weighed(incident, entry)
    if known is None:  # done before anybody wrote of a plan: a fact all the same
        incident, known = _planned(incident, entry)
    if entry.args.get("choice") == "no":
        return _with(incident, replace(known, dropped=noted(entry)))
    given = leave(incident, known, entry.happened_at or entry.at)
    incident = _with(incident, replace(known, done=noted(entry), dropped=None, leave=given))
    return incident if given in MAY_ACT else flagged(incident, entry, "without-leave", known.id)


@command(
    "/notified [disruption] [when] [text...]",
    rules=("RE-4",),
    aliases=("notice",),
    examples=("/notified D1 03:30 status page and the product owner", "/notified"),
    gates=(is_known, is_notified, one_at_a_time),
)
def notified(incident: Incident, entry: Entry) -> Incident:
    """Say that people were told of a disruption, and how."""
    one = disruption_notified(incident, entry)
    return _with(incident, replace(one, notified=noted(entry))) if one else incident


@fact("unreached")
def unreached(incident: Incident, entry: Entry) -> Incident:
    """Nobody who decides answered in their hour: from here on the team may act without them (RE-4)."""
    plan = found(incident.work.disruptions, entry.args["disruption"])
    if plan is None:
        return incident
    return flagged(_with(incident, replace(plan, unreached=noted(entry))), entry, "unreached", plan.id)
