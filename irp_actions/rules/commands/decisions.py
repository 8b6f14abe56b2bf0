"""Decisions: what was decided and why, the contingency plan, and where people talk (AS-7, AS-9, RE-10)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from irp_actions.rules.commands.table import command, noted
from irp_actions.rules.grammar import Bound
from irp_actions.values.incident import Incident
from irp_actions.values.policy import Policy
from irp_actions.values.record import Entry
from irp_actions.values.work import Decision

DECISIONS_KEPT, LINKS_KEPT = 8, 8
"""How many the head keeps; all of them are in the entries and in the report."""

_BECAUSE = re.compile(r"\b(?:because|since|so that|as we|due to|why:)\s*\S", re.IGNORECASE)


def reads_reason(bound: Bound, _policy: Policy, _at: datetime) -> Bound:
    """Whether the decision says why; if not, the board says so, and nobody is bothered."""
    return replace(bound, args={**bound.args, "reasoned": bool(_BECAUSE.search(bound.text))})


@command(
    "/decide <text...>",
    rules=("AS-9", "RE-10"),
    aliases=("decided", "decision"),
    examples=(
        "/decide keep the site up because the leak is read-only",
        "/decide restore from Sunday because Monday is encrypted\ninstead of: paying\npresent: the CTO, by phone",
    ),
    reads=reads_reason,
    keeps=("why",),
)
def decide(incident: Incident, entry: Entry) -> Incident:
    """Note a decision and why; lines below may say `instead of:`, `authority:` and `present:`."""
    made = Decision(entry.n, entry.at, entry.by.login, bool(entry.args.get("reasoned")))
    decisions = (*incident.work.decisions, made)[-DECISIONS_KEPT:]
    return replace(incident, work=replace(incident.work, decisions=decisions))


@command(
    "/contingency <activate|not-needed> [text...]",
    rules=("AS-7",),
    aliases=("contingency-plan", "dr"),
    examples=("/contingency activate the primary region is gone", "/contingency not-needed"),
)
def contingency(incident: Incident, entry: Entry) -> Incident:
    """Say whether the contingency plan is activated, and why."""
    return replace(incident, work=replace(incident.work, contingency=noted(entry, str(entry.args["choice"]))))


@command(
    "/link <text...>",
    rules=("RE-10", "IN-11"),
    aliases=("links", "url"),
    examples=("/link bridge https://meet.example/123", "/link restricted notes https://docs.example/d/42"),
)
def link(incident: Incident, entry: Entry) -> Incident:
    """Keep a link to the call, the room or the restricted document on the board."""
    links = (*incident.work.links, noted(entry))[-LINKS_KEPT:]
    return replace(incident, work=replace(incident.work, links=links))
