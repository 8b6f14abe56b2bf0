"""Clocks of the handoff ceremony: the answer, the sitrep, the overlap."""

from __future__ import annotations

from collections.abc import Iterator

from irp_actions.rules.clocks.table import Start, clock
from irp_actions.values.incident import Handoff, Incident


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
