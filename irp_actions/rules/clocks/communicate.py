"""Clocks of communication: the situation reports, and a word from the team."""

from __future__ import annotations

from collections.abc import Iterator

from irp_actions.rules.clocks.table import Start, clock
from irp_actions.values.incident import CO, IC, Incident


@clock("AS-8", met_by=("sitrep",), do="`/sitrep` and your own words; `/sitrep` alone shows a draft")
def first_sitrep(incident: Incident) -> Iterator[Start]:
    """First sitrep after confirmation."""
    confirmed = incident.confirmed
    if not incident.is_active or confirmed is None:
        return
    if incident.sitrep is None or incident.sitrep.at < confirmed.at:
        yield Start(confirmed.at, asks=speaker(incident))


@clock("CO-1", met_by=("sitrep",), do="`/sitrep` and your own words; `/sitrep` alone shows a draft")
def cadence(incident: Incident) -> Iterator[Start]:
    """Next sitrep."""
    sitrep = incident.sitrep
    if not incident.is_active or sitrep is None or next(first_sitrep(incident), None) is not None:
        return
    promised = any(clock.rule == "CO-1" and clock.since == sitrep.at for clock in incident.clocks)
    if incident.is_urgent or promised:  # AS-5: lowering the severity keeps what is due
        every = incident.tables.severities[incident.severity].sitrep_every
        due = sitrep.at + every if every is not None else None
        yield Start(sitrep.at, asks=speaker(incident), due=due)


@clock("RO-7", do="one line on where you are", on_board=False)
def silence(incident: Incident) -> Iterator[Start]:
    """A word from the team."""
    if incident.is_active and incident.is_urgent and incident.acknowledged and incident.word is not None:
        yield Start(incident.word.at, asks=incident.holder(IC) or "")


def speaker(incident: Incident) -> str:
    """Who writes the sitreps: the communications officer if there is one, else the commander (RO-3)."""
    return incident.holder(CO) or incident.holder(IC) or ""
