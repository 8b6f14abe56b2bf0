"""What must hold before a call about the team's work is accepted; nothing that happened is ever refused.

Most of these only ask which thing is meant. Authority is asked for twice: the commander verifies (RE-2), and those
who decide agree to a disruption (RE-4).
"""

from __future__ import annotations

import re

from irp_actions.rules.commands.hand import Thing, found
from irp_actions.rules.commands.pick import (
    disruption_notified,
    disruption_weighed,
    evidence_moved,
    item_done,
    item_verified,
)
from irp_actions.rules.grammar import Refused
from irp_actions.values.incident import DEPUTY, IC, Incident
from irp_actions.values.record import Entry

_NUMBER = re.compile(r"#?([LTED]\d{1,4})\b", re.IGNORECASE)

_USAGE = {
    "lead": "/lead L1 clean: where you looked, from when to when",
    "todo": "/todo T1 @ben",
    "shift": "/shift @ben 09:00-12:00",
}
"""What to type where a call names a thing, or a person, and says nothing of it."""


def is_known(incident: Incident, entry: Entry) -> Refused | None:
    """RE-1, RE-2, RE-4, RE-5: a number that nothing has is asked about; it would be lost on whoever reads it later."""
    work = incident.work
    shelves: dict[str, tuple[Thing, ...]] = {
        "lead": work.leads,
        "todo": work.items,
        "disruption": work.disruptions,
        "evidence": work.evidence,
    }
    for name, things in shelves.items():
        wanted = entry.args.get(name)
        if wanted and found(things, wanted) is None:
            return Refused("no_such_thing", typed=str(wanted), known=[thing.id for thing in things][-8:])
    return None


def one_at_a_time(_: Incident, entry: Entry) -> Refused | None:
    """RE-2, RE-4, RE-5: two numbers in one line, or the number of another kind of thing, are not guessed at."""
    second = _NUMBER.match(entry.text or "")
    return Refused("one_number", call=entry.call, typed=second[1].upper()) if second else None


def is_no_person(_: Incident, entry: Entry) -> Refused | None:
    """RE-1: a lead is something to follow up; whoever types `/lead @ben` means the commander."""
    if entry.args.get("who") and not entry.args.get("lead") and not entry.text:
        return Refused("lead_is_no_person", who=entry.args["who"])
    return None


def says_something(_: Incident, entry: Entry) -> Refused | None:
    """RE-1, RE-2: a number alone, or nothing at all, changes nothing."""
    if entry.text or (entry.args.get(entry.call) and len(entry.args) > 1):
        return None
    return Refused("needs_text", usage=_USAGE[entry.call])


def says_from_when_to_when(_: Incident, entry: Entry) -> Refused | None:
    """RE-9: a shift needs its hours."""
    if entry.args.get("range") or entry.args.get("choice") or not (entry.args or entry.text):
        return None
    return Refused("needs_text", usage=_USAGE["shift"])


def is_one_of_yours(incident: Incident, entry: Entry) -> Refused | None:
    """RE-2: a bare `/done` needs exactly one open item that is its author's."""
    if item_done(incident, entry) is not None:
        return None
    return Refused("which_item", call=entry.call, open=[item.id for item in incident.work.items if item.open])


def is_to_be_verified(incident: Incident, entry: Entry) -> Refused | None:
    """RE-2: a bare `/verify` needs exactly one item that waits for it."""
    if item_verified(incident, entry) is not None:
        return None
    return Refused("which_item", call=entry.call, open=[item.id for item in incident.work.unverified])


def may_verify(incident: Incident, entry: Entry) -> Refused | None:
    """RE-2: the commander or the deputy verifies; what the commander did, anyone else of the team may verify."""
    author = entry.by.login.lower()
    commander = incident.holder(IC)
    if commander is None or author in (commander.lower(), (incident.holder(DEPUTY) or "").lower()):
        return None
    item = item_verified(incident, entry)
    if item is not None and item.done is not None and item.done.by.lower() == commander.lower():
        return None
    return Refused("only_ic_verifies", ic=commander, item=item.id if item else "T1")


def is_weighed(incident: Incident, entry: Entry) -> Refused | None:
    """RE-4: which planned disruption is meant; without one there is nothing to agree to."""
    if disruption_weighed(incident, entry) is not None:
        return None
    return Refused("which_disruption", call=entry.call, open=[d.id for d in incident.work.disruptions if d.pending])


def is_notified(incident: Incident, entry: Entry) -> Refused | None:
    """RE-4: which disruption people were told of."""
    if disruption_notified(incident, entry) is not None:
        return None
    return Refused("which_disruption", call=entry.call, open=[d.id for d in incident.work.disruptions])


def decides(incident: Incident, entry: Entry) -> Refused | None:
    """RE-4: those the policy names agree or object; where it names nobody, any responder but the proposer."""
    deciders = incident.tables.people.deciders
    author = entry.by.login.lower()
    if deciders:
        named = author in {login.lower() for login in deciders}
        return None if named else Refused("not_a_decider", call=entry.call, deciders=list(deciders))
    if not entry.by.may_act:
        return Refused("not_a_responder", call=entry.call)
    plan = disruption_weighed(incident, entry)
    if entry.call == "agree" and plan is not None and plan.by.lower() == author:
        return Refused("own_plan")
    return None


def is_in_custody(incident: Incident, entry: Entry) -> Refused | None:
    """RE-5: which piece of evidence changes hands."""
    if evidence_moved(incident, entry) is not None:
        return None
    return Refused("which_evidence", open=[piece.id for piece in incident.work.evidence])
