"""Clocks of communication: the situation reports, and a word from the team."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from irp_actions.rules.calendar import next_slot
from irp_actions.rules.clocks.table import Start, clock
from irp_actions.values.incident import CO, IC, Incident


@clock("AS-8", met_by=("sitrep",), waits=True, do="`/sitrep` and your own words; `/sitrep` alone shows a draft")
def first_sitrep(incident: Incident) -> Iterator[Start]:
    """First sitrep after confirmation."""
    confirmed = incident.confirmed
    if not incident.is_active or confirmed is None:
        return
    if incident.sitrep is None or incident.sitrep.at < confirmed.at:
        yield Start(confirmed.at, asks=speaker(incident))


@clock("CO-1", met_by=("sitrep",), waits=True, do="`/sitrep` and your own words; `/sitrep` alone shows a draft")
def cadence(incident: Incident) -> Iterator[Start]:
    """Next sitrep."""
    sitrep = incident.sitrep
    if not incident.is_active or sitrep is None or next(first_sitrep(incident), None) is not None:
        return
    due = _next_sitrep(incident, sitrep.at)
    promised = any(clock.rule == "CO-1" and clock.since == sitrep.at for clock in incident.clocks)
    if incident.is_urgent or due is not None or promised:  # AS-5: lowering the severity keeps what is due
        yield Start(sitrep.at, asks=speaker(incident), due=due)


def _next_sitrep(incident: Incident, last: datetime) -> datetime | None:
    """CO-1: when the next one is due (UTC): so long after the last, or at the first slot that it does not count for."""
    tables, severity = incident.tables, incident.tables.severities[incident.severity]
    if severity.sitrep_every is not None:
        return last + severity.sitrep_every
    return next_slot(tables, last + severity.sitrep_counts, severity.sitrep_at) if severity.sitrep_at else None


@clock("RO-7", waits=True, do="one line on where you are", on_board=False)
def silence(incident: Incident) -> Iterator[Start]:
    """A word from the team."""
    if incident.is_active and incident.is_urgent and incident.acknowledged and incident.word is not None:
        yield Start(incident.word.at, asks=incident.holder(IC) or "")


def speaker(incident: Incident) -> str:
    """Who writes the sitreps: the communications officer if there is one, else the commander (RO-3)."""
    return incident.holder(CO) or incident.holder(IC) or ""
