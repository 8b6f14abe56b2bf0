"""Clocks of learning: the retrospective gets a date and is held, also after closing."""

from __future__ import annotations

from collections.abc import Iterator

from irp_actions.rules.clocks.table import Start, clock
from irp_actions.values.incident import DUPLICATE, FALSE_ALARM, IC, Incident

HELD = "held"
"""What the second run is about: that it was held, once its date has passed."""


@clock(
    "CL-2",
    met_by=("retro",),
    do="`/retro thursday 14:00 @who`, or `/retro held` if it was",
    also={
        HELD: (
            "Word that the retrospective was held",
            "`/retro held`, or `/retro thursday 14:00` for another date, or `/retro off`",
        )
    },
)
def retrospective(incident: Incident) -> Iterator[Start]:
    """A date for the retrospective.

    Once there is one, that it was held is asked of whoever was to lead it.
    """
    over, retro = incident.resolved or incident.closing, incident.findings.retro
    if over is None or incident.status in (FALSE_ALARM, DUPLICATE):
        return
    commander, afterwards = incident.holder(IC) or "", incident.tables.clocks["CL-2"].afterwards
    if retro is None:
        yield Start(over.at, asks=commander)
    elif retro.at is not None and not retro.held and afterwards is not None:
        yield Start(retro.at, asks=retro.lead or commander, about=HELD, due=retro.at + afterwards)
