"""Shifts: the plan of a long remediation, and who is on when (RE-8, RE-9)."""

from __future__ import annotations

from dataclasses import replace

from irp_actions.rules.commands.gates_work import says_from_when_to_when
from irp_actions.rules.commands.hand import flagged
from irp_actions.rules.commands.table import command, fact, noted
from irp_actions.values.incident import Incident
from irp_actions.values.record import Entry
from irp_actions.values.shape import parse_time
from irp_actions.values.work import Shift

SHIFTS_KEPT = 24
"""How many shifts the head keeps, those that end last: three days of eight."""


@command(
    "/plan <continuous|business-hours> [text...]",
    rules=("RE-8",),
    examples=("/plan continuous", "/plan business-hours nothing is being read any more"),
)
def plan(incident: Incident, entry: Entry) -> Incident:
    """Say whether the work goes on around the clock or in business hours."""
    return replace(incident, work=replace(incident.work, plan=noted(entry, str(entry.args["choice"]))))


@command(
    "/shift [who] [off|none] [range] [text...]",
    rules=("RE-9",),
    aliases=("shifts",),
    examples=("/shift @ben 09:00-12:00", "/shift 22:00-01:00", "/shift @cat off", "/shift"),
    gates=(says_from_when_to_when,),
    answer="shifts",
)
def shift(incident: Incident, entry: Entry) -> Incident:
    """Say who is on from when to when, in local time; alone, it lists the shifts.

    The bare command is answered in a comment because the whole table was asked for, and the board shows two rows.
    """
    who = str(entry.args.get("who") or entry.by.login)
    shifts = incident.work.shifts
    if entry.args.get("choice"):
        kept = tuple(known for known in shifts if known.who.lower() != who.lower() or known.end <= entry.at)
        return replace(incident, work=replace(incident.work, shifts=kept))
    if "range" not in entry.args:
        return incident
    start, end = map(parse_time, entry.args["range"])
    others = tuple(known for known in shifts if (known.who.lower(), known.start) != (who.lower(), start))
    ordered = tuple(sorted((*others, Shift(entry.n, who, start, end)), key=lambda known: (known.end, known.n)))
    planned = replace(incident, work=replace(incident.work, shifts=ordered[-SHIFTS_KEPT:]))
    times = incident.tables.clocks.get("RE-9")
    if times is not None and end - start > times.allowed:
        return flagged(planned, entry, "long-shift", who)
    return planned


@fact("long")
def long(incident: Incident, entry: Entry) -> Incident:
    """It was not resolved in the time for a short one, and nobody had made a plan (RE-8)."""
    return replace(incident, work=replace(incident.work, long=noted(entry)))
