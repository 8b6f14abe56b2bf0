"""Respond: containment, resolution and the end (CL)."""

from __future__ import annotations

from dataclasses import replace

from irp_actions.rules.commands.assess import with_status
from irp_actions.rules.commands.findings import concluded, drafted
from irp_actions.rules.commands.gates import not_open, still_open
from irp_actions.rules.commands.hand import flagged
from irp_actions.rules.commands.holding import taken_up
from irp_actions.rules.commands.table import command, fact, noted, told, without_offers
from irp_actions.values.incident import CLOSED, CONFIRMED, DUPLICATE, INVESTIGATING, RESOLVED, Incident
from irp_actions.values.record import Entry
from irp_actions.values.shape import spell_time


@command(
    "/contained [when] [text...]",
    rules=("CL-4",),
    aliases=("contain", "containment", "status contained"),
    examples=("/contained 03:12", "/contained 10 min ago key revoked", "/contained no, it spread"),
)
def contained(incident: Incident, entry: Entry) -> Incident:
    """Say that it is contained, and since when; `/contained no` takes it back."""
    if entry.args.get("withdrawn"):
        return told(replace(incident, contained=None), entry, "uncontained")
    fact = noted(entry)
    return told(replace(incident, contained=fact), entry, "contained", spell_time(fact.at))


@command(
    "/resolve [text...]",
    rules=("CL-1", "RE-3"),
    aliases=("resolved", "status resolved", "status resolve", "ready-for-qa", "status ready-for-qa"),
    examples=("/resolve", "/resolved the key is rotated everywhere"),
    gates=(still_open,),
)
def resolve(incident: Incident, entry: Entry) -> Incident:
    """Say that it is no longer active; what is left goes on at the pace of business.

    The first time, and the first after a re-opening, it is followed by one comment, the draft report, because people
    complete it and have to hear what is still open (CL-3, RE-3).
    """
    if incident.confirmed is None:
        incident = replace(incident, confirmed=noted(entry))
    if incident.work.open_now or incident.work.open_leads:  # RE-3: named once, never refused
        incident = flagged(incident, entry, "open-at-resolve")
    return with_status(replace(drafted(incident, entry), resolved=noted(entry)), entry, RESOLVED)


@command(
    "/close [text...]",
    rules=("CL-5",),
    aliases=("closed", "status closed", "status close"),
    examples=("/close", "/close retrospective on Thursday"),
    gates=(still_open,),
    final=True,
)
def close(incident: Incident, entry: Entry) -> Incident:
    """Post the report as the final comment and close the issue."""
    reason = entry.args.get("reason", "")
    status = DUPLICATE if reason == "DUPLICATE" and "as" not in entry.args else CLOSED
    ended = concluded(replace(incident, handoffs=without_offers(incident, entry)), entry)
    return replace(with_status(ended, entry, status), closing=noted(entry, reason))


@command(
    "/reopen [text...]",
    rules=("CL-5", "IN-4"),
    aliases=("re-open", "status investigating", "status open", "status active"),
    examples=("/reopen", "/reopen the key is used again"),
    gates=(not_open,),
    final=True,
)
def reopen(incident: Incident, entry: Entry) -> Incident:
    """Take up a resolved or closed incident again; whoever does is in command.

    It is followed by one comment that tells everybody, because those who rest must hear of it.
    """
    status = CONFIRMED if incident.confirmed else INVESTIGATING
    return with_status(taken_up(incident, entry), entry, status)


@fact("kept-open")
def kept_open(incident: Incident, entry: Entry) -> Incident:
    """A closing by hand while it was active and urgent: undone once, with what to do (CL-5)."""
    return replace(incident, reopened_for=noted(entry, entry.source))
