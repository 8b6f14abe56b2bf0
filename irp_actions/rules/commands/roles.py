"""Roles: who holds them, and how they change hands in a ceremony of two (RO, HO)."""

from __future__ import annotations

from dataclasses import replace

from irp_actions.rules.commands.gates import (
    can_be_taken,
    ic_can_change,
    may_give,
    not_offered_twice,
    offered_to,
    receiver_responds,
    role_to_give,
    still_open,
    to_someone_else,
    was_offered,
)
from irp_actions.rules.commands.hand import flagged
from irp_actions.rules.commands.holding import held_by, vacated
from irp_actions.rules.commands.table import command, kept, without_offers
from irp_actions.rules.slash import KEYS
from irp_actions.values.incident import IC, Handoff, Incident
from irp_actions.values.record import Entry


def offered(incident: Incident, entry: Entry, role: str) -> Incident:
    """The incident with an offer; an older offer of the same role that nobody answered is withdrawn."""
    holder = incident.holder(role)
    offer = Handoff(
        n=entry.n,
        role=role,
        outgoing=holder or entry.by.login,
        incoming=str(entry.args["who"]),
        offered_at=entry.at,
        briefed=entry.text is not None,
        gives=holder is not None,
    )
    return replace(incident, handoffs=kept((*without_offers(incident, entry, role), offer)))


def accepted(incident: Incident, entry: Entry, role: str | None) -> Incident:
    """The incident after the incoming person has said yes: only now does the role move (HO-2, HO-3)."""
    offer = offered_to(incident, entry.by.login, role)
    if offer is None:
        return incident
    gives_nothing = incident.holder(offer.role) is None  # there is nobody who must stay at hand (HO-5)
    done = replace(offer, accepted_at=entry.at, released_at=entry.at if gives_nothing else None)
    if offer.role != IC:  # HO-4: the sitrep that notes the handoff is the commander's
        done = replace(done, sitrep_at=entry.at)
    handoffs = tuple(done if h.n == offer.n else h for h in incident.handoffs)
    return held_by(replace(incident, handoffs=kept(handoffs)), entry, offer.role, entry.by.login, "handoff")


@command(
    "/handoff [role] <who> [text...]",
    rules=("HO-1", "HO-8", "RO-3"),
    aliases=("hand-off", "handover", "hand over", "hand off"),
    examples=("/handoff ic @ben night shift; the failover is the open lead", "/handoff @ben", "/handoff co to @cat"),
    gates=(still_open, may_give, to_someone_else, receiver_responds, not_offered_twice),
    keeps=KEYS,
)
def handoff(incident: Incident, entry: Entry) -> Incident:
    """Offer your role to somebody and brief them; it moves when they `/accept`."""
    role = role_to_give(incident, entry)
    return offered(incident, entry, role) if role else incident


@command(
    "/ic [who] [text...]",
    rules=("HO-1", "HO-2", "IN-4"),
    aliases=("commander", "incident-commander"),
    examples=("/ic @ben", "/ic", "/ic @ben you know the database"),
    gates=(still_open, ic_can_change, to_someone_else, receiver_responds, not_offered_twice),
    keeps=KEYS,
)
def ic(incident: Incident, entry: Entry) -> Incident:
    """Offer the command to somebody; alone, accept it, or take it when nobody has it."""
    if entry.args.get("who"):
        return offered(incident, entry, IC)
    if offered_to(incident, entry.by.login, IC):
        return accepted(incident, entry, IC)
    if incident.holder(IC) is None:
        return held_by(incident, entry, IC, entry.by.login, "assumed")
    return incident


@command(
    "/accept [role] [text...]",
    rules=("HO-2", "HO-3"),
    aliases=("accepted", "i have it"),
    examples=("/accept", "/accept ic"),
    gates=(was_offered,),
)
def accept(incident: Incident, entry: Entry) -> Incident:
    """Take on the role that was offered to you."""
    return accepted(incident, entry, entry.args.get("role"))


@command(
    "/decline [role] [text...]",
    rules=("HO-2",),
    aliases=("declined",),
    examples=("/decline", "/decline asleep in ten minutes"),
    gates=(was_offered,),
    final=True,
)
def decline(incident: Incident, entry: Entry) -> Incident:
    """Say no to a role that was offered to you; it stays where it is."""
    offer = offered_to(incident, entry.by.login, entry.args.get("role"))
    if offer is None:
        return incident
    return replace(
        incident,
        handoffs=tuple(replace(h, declined_at=entry.at) if h.n == offer.n else h for h in incident.handoffs),
    )


@command(
    "/take <role> [text...]",
    rules=("HO-7",),
    aliases=("assume",),
    examples=("/take ic @ana does not answer", "/take scribe"),
    gates=(still_open, can_be_taken),
)
def take(incident: Incident, entry: Entry) -> Incident:
    """Assume a role that nobody holds, or whose holder was asked and is silent.

    Why it is taken from somebody may be told afterwards, with the same words; until then it is mentioned.
    """
    role, login = str(entry.args["role"]), entry.by.login
    before = incident.holder(role)
    if before is None or before.lower() != login.lower():
        incident = replace(incident, handoffs=without_offers(incident, entry, role))
        incident = held_by(incident, entry, role, login, "assumed")
    if entry.text:
        told_why = replace(incident.roles[role], why=entry.n)
        return replace(incident, roles={**incident.roles, role: told_why})
    return flagged(incident, entry, "took-over", role) if before else incident


@command(
    "/leave [role] [text...]",
    rules=("HO-6",),
    aliases=("leaving", "logging off", "i am off", "off"),
    examples=("/leave", "/leave co my phone is empty", "/leaving until eight"),
    final=True,
)
def leave(incident: Incident, entry: Entry) -> Incident:
    """Say that you leave; a role you still hold is then nobody's, and the next person is asked to take it.

    Recorded at any time: that somebody is gone is a fact, whether or not it suits.
    """
    login = entry.by.login
    named = entry.args.get("role")
    mine = incident.roles_of(login)
    incident = vacated(incident, entry, tuple(role for role in mine if named in (None, role)), "left")
    if named and incident.roles_of(login):
        return incident
    return replace(
        incident,
        responders=tuple(other for other in incident.responders if other.lower() != login.lower()),
        left=(*(other for other in incident.left if other.lower() != login.lower()), login),
        handoffs=tuple(_without(h, login, entry) for h in incident.handoffs),
    )


def _without(handoff: Handoff, login: str, entry: Entry) -> Handoff:
    """An offer to somebody who left is as good as declined; who left need not stay at hand any more."""
    if handoff.pending and handoff.incoming.lower() == login.lower():
        return replace(handoff, declined_at=entry.at)
    if handoff.accepted_at and handoff.released_at is None and handoff.outgoing.lower() == login.lower():
        return replace(handoff, released_at=entry.at)
    return handoff
