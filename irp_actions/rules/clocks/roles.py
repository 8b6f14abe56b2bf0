"""Clocks of roles: the empty chair, working alone, and the handoff ceremony from the answer to the overlap."""

from __future__ import annotations

from collections.abc import Iterator

from irp_actions.rules.clocks.table import Start, clock
from irp_actions.values.incident import IC, Handoff, Incident


@clock("HO-6", met_by=("take", "ic", "accept"), do="`/take ic`")
def empty_chair(incident: Incident) -> Iterator[Start]:
    """Somebody to take command.

    Only for the command: what the other roles do falls to the commander (RO-3), which the board shows.
    """
    gone = incident.unheld.get(IC)
    if gone is not None and incident.is_active:
        yield Start(gone.at, asks="")


@clock("HO-7", met_by=("sitrep",), do="`/sitrep` with a word on how you came to be in command")
def sitrep_after_taking(incident: Incident) -> Iterator[Start]:
    """Sitrep of the commander who took over."""
    held = incident.roles.get(IC)
    if held is None or held.how != "assumed" or not incident.is_active:
        return
    if incident.sitrep is None or incident.sitrep.at < held.since:
        yield Start(held.since, asks=held.login)


@clock("RO-1", met_by=("page",), met_by_others=True, waits=True, do="`/join`, or any word here")
def alone(incident: Incident) -> Iterator[Start]:
    """Somebody to help.

    It runs only where somebody else is known who can be called; a call by hand or a re-opening begins it anew, and so
    does whoever leaves the last of the team behind.
    """
    acknowledged, here = incident.acknowledged, {login.lower() for login in incident.present}
    others = any(login.lower() not in here for login in incident.tables.people.on_call)
    if incident.is_active and incident.is_urgent and acknowledged is not None and len(here) == 1 and others:
        again = incident.reopened.at if incident.reopened else None
        began = (acknowledged.at, again, incident.called_at, incident.alone_since)
        yield Start(max(moment for moment in began if moment is not None), asks=incident.present[0])


@clock("HO-2", met_by=("accept", "decline", "ic"), do="`/accept` or `/decline`")
def handoff_answer(incident: Incident) -> Iterator[Start]:
    """Answer to the handoff."""
    for handoff in _open_handoffs(incident):
        if handoff.pending:
            yield Start(handoff.offered_at, handoff.incoming, about=str(handoff.n))


@clock("HO-4", met_by=("sitrep",), do="`/sitrep` with a word on the handoff")
def handoff_sitrep(incident: Incident) -> Iterator[Start]:
    """Sitrep of the new commander."""
    for handoff in _open_handoffs(incident):
        if handoff.accepted_at is not None and handoff.sitrep_at is None and not handoff.lapsed:
            yield Start(handoff.accepted_at, handoff.incoming, about=str(handoff.n))


@clock("HO-5", met_by=("released",), then="released")
def overlap(incident: Incident) -> Iterator[Start]:
    """The outgoing person stays at hand."""
    for handoff in _open_handoffs(incident):
        if handoff.accepted_at is not None and handoff.released_at is None and not handoff.lapsed:
            yield Start(handoff.accepted_at, handoff.outgoing, about=str(handoff.n))


def _open_handoffs(incident: Incident) -> tuple[Handoff, ...]:
    return incident.handoffs if incident.is_active else ()
