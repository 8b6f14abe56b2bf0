"""Afterwards: the retrospective, what follows from it, and what those outside may read (CL-2, CL-6)."""

from __future__ import annotations

from dataclasses import replace

from irp_actions.rules.commands.findings import found, told_by
from irp_actions.rules.commands.gates import names_a_date
from irp_actions.rules.commands.table import command, fact
from irp_actions.rules.slash import KEYS
from irp_actions.values.findings import FollowUp, Retro
from irp_actions.values.incident import Incident
from irp_actions.values.record import Entry
from irp_actions.values.shape import parse_time

ACTIONS = 20
"""How many actions are kept in view; the record has them all, and those that are issues live on there."""


@command(
    "/retro [held|off] [moment] [who] [text...]",
    rules=("CL-2",),
    aliases=("retrospective", "postmortem", "post-mortem"),
    examples=("/retro thursday 14:00 @dee", "/retro tomorrow at 10:00", "/retro held everybody came", "/retro off"),
    gates=(names_a_date,),
)
def retro(incident: Incident, entry: Entry) -> Incident:
    """Plan the retrospective, and who leads it; `/retro held` once it was."""
    args, before = entry.args, incident.findings.retro
    if args.get("choice") == "off":
        return found(incident, retro=None)
    if args.get("choice") == "held":
        return found(incident, retro=replace(before or Retro(entry.n), n=entry.n, held=True))
    if "moment" not in args:
        return incident
    planned = Retro(entry.n, parse_time(args["moment"]), str(args.get("who", "")))
    return found(incident, retro=planned)


@command(
    "/action [who] <text...>",
    rules=("CL-2",),
    aliases=("follow-up", "followup", "action item"),
    examples=(
        "/action @cat scan every repository for keys; done when: the scan runs weekly",
        "/action write the runbook",
    ),
)
def action(incident: Incident, entry: Entry) -> Incident:
    """Keep something to be done afterwards; at the end it becomes an issue of its own, with its owner."""
    findings = incident.findings
    number = findings.acted + 1
    made = FollowUp(f"A{number}", entry.n, str(entry.args.get("who", "")))
    # An issue outlives the list, so what has become one makes room first.
    known = sorted((*findings.actions, made), key=lambda item: (item.id not in findings.issues, item.n))[-ACTIONS:]
    return found(incident, actions=tuple(sorted(known, key=lambda item: item.n)), acted=number)


@command(
    "/public <text...>",
    rules=("CL-6",),
    aliases=("statement",),
    examples=("/public A key that had become public was used to list file names. It was disabled within the hour.",),
    keeps=KEYS,
)
def public(incident: Incident, entry: Entry) -> Incident:
    """Write what those outside may read: no names, no addresses, nothing that helps an attacker."""
    return found(incident, statement=told_by(entry))


@fact("issue-opened")
def issue_opened(incident: Incident, entry: Entry) -> Incident:
    """A follow-up has become an issue, which was read back (CL-2, RE-3)."""
    issues = {**incident.findings.issues, str(entry.args["of"]): int(entry.args["number"])}
    return found(incident, issues=issues)
