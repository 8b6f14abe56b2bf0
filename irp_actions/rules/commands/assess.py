"""Assess: is it real, and how bad is it (AS)."""

from __future__ import annotations

from dataclasses import replace

from irp_actions.rules.commands.gates import (
    is_an_original,
    names_a_severity,
    no_circle,
    not_itself,
    not_settled,
    spells_the_severity,
    still_new,
    still_open,
    unconfirmed,
)
from irp_actions.rules.commands.holding import taken_up
from irp_actions.rules.commands.table import command, fact, noted, told, without_offers
from irp_actions.values.incident import CONFIRMED, DUPLICATE, FALSE_ALARM, Incident
from irp_actions.values.record import Entry
from irp_actions.values.shape import parse_time

DUPLICATES_KEPT = 30
"""How many others who reported the same are kept for the board; the record has them all."""


def with_status(incident: Incident, entry: Entry, status: str) -> Incident:
    """The incident in another status, told to those who read by mail."""
    if incident.status == status:
        return incident
    return told(replace(incident, status=status, status_set=noted(entry, status)), entry, "status", status)


def with_severity(incident: Incident, entry: Entry) -> Incident:
    """The incident at the severity the call names, if it names one."""
    severity = entry.args.get("severity")
    if severity is None or severity == incident.severity:
        return incident
    changed = replace(incident, severity=severity, severity_set=noted(entry, severity))
    return told(changed, entry, "severity", severity)


def is_settled(incident: Incident) -> bool:
    """Whether it is closed, and otherwise than as a false alarm: to say that it is real contradicts nothing then."""
    return incident.closing is not None and incident.status != FALSE_ALARM


@command(
    "/confirm [severity] [text...]",
    rules=("AS-3",),
    aliases=("confirmed", "status confirmed", "status confirm"),
    examples=("/confirm", "/confirm high", "/confirm high the key was used from abroad"),
    gates=(spells_the_severity,),
)
def confirm(incident: Incident, entry: Entry) -> Incident:
    """Say that it is real, and how bad: from now on it is an incident.

    That it is real is a fact, and never refused. What was resolved is taken up again by it, as by `/reopen`; so is a
    false alarm, of which it can only mean that it was none. Of what is closed otherwise it is noted, and answered in a
    comment, because nothing else would say that nobody is at work.
    """
    if entry.args.get("noted"):
        return incident
    if incident.closing is not None or incident.resolved is not None:
        incident = taken_up(incident, entry)
    incident = with_severity(incident, entry)
    if incident.confirmed is None:
        incident = replace(incident, confirmed=noted(entry))
    return with_status(incident, entry, CONFIRMED)


@command(
    "/severity [severity] [text...]",
    rules=("AS-4", "AS-5"),
    aliases=("sev",),
    examples=("/severity high", "/sev 2 nothing was read", "/Severity: High.", "/severity"),
    gates=(still_open, names_a_severity),
    answer="rubric",
)
def severity(incident: Incident, entry: Entry) -> Incident:
    """Say how bad it is; alone, it shows what the levels mean.

    The bare command is answered in a comment because the choice between levels needs the rubric in view.
    """
    return with_severity(incident, entry)


@command(
    "/false-alarm [text...]",
    rules=("AS-2",),
    aliases=("false alarm", "fp", "false-positive", "false positive", "status false-alarm", "status false alarm"),
    examples=("/false-alarm", "/false alarm planned maintenance", "/fp"),
    gates=(still_open, unconfirmed),
    final=True,
)
def false_alarm(incident: Incident, entry: Entry) -> Incident:
    """Say that it is nothing: everyone is thanked, and the issue is closed."""
    ended = replace(incident, handoffs=without_offers(incident, entry))
    return replace(with_status(ended, entry, FALSE_ALARM), closing=noted(entry, FALSE_ALARM))


@command(
    "/duplicate <number> [text...]",
    rules=("IN-12",),
    aliases=("dup", "duplicate of", "same as", "status duplicate"),
    examples=("/duplicate #12", "/dup 12", "/duplicate of #12 the same mail"),
    gates=(not_settled, still_new, not_itself, no_circle, is_an_original),
    final=True,
)
def duplicate(incident: Incident, entry: Entry) -> Incident:
    """Say that it is the same as another one: its reporter hears of it there, and this issue is closed."""
    over = entry.args.get("over")
    ended = replace(
        incident,
        handoffs=without_offers(incident, entry),
        duplicate_of=entry.args["number"],
        duplicate_named=entry.args.get("named", 0),
        original_over=parse_time(over) if over else None,
        passed_on=False,
    )
    return replace(with_status(ended, entry, DUPLICATE), closing=noted(entry, "DUPLICATE"))


@fact("passed-on")
def passed_on(incident: Incident, _: Entry) -> Incident:
    """The other issue's record has noted that this one was about the same (IN-12)."""
    return replace(incident, passed_on=True)


@fact("reported-too")
def reported_too(incident: Incident, entry: Entry) -> Incident:
    """Somebody else reported the same in an issue of their own, which was closed as a duplicate of this one (IN-12)."""
    others = {**incident.duplicates, str(entry.args["number"]): entry.args["reporter"]}
    return replace(incident, duplicates=dict(list(others.items())[-DUPLICATES_KEPT:]))
