"""Clocks of learning: the retrospective gets a date, also after closing."""

from __future__ import annotations

from collections.abc import Iterator

from irp_actions.rules.clocks.table import Start, clock
from irp_actions.values.incident import DUPLICATE, FALSE_ALARM, IC, Incident


@clock("CL-2", met_by=("retro",), do="`/retro thursday 14:00 @who`, or `/retro held` if it was")
def retrospective(incident: Incident) -> Iterator[Start]:
    """A date for the retrospective."""
    over = incident.resolved or incident.closing
    if over is None or incident.status in (FALSE_ALARM, DUPLICATE) or incident.findings.retro is not None:
        return
    yield Start(over.at, asks=incident.holder(IC) or "")
