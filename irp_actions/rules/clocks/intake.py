"""Clocks of the intake: somebody must answer, and judge."""

from __future__ import annotations

from collections.abc import Iterator

from irp_actions.rules.clocks.table import Start, clock
from irp_actions.values.incident import IC, Incident


@clock("IN-7", do="`/ack`, or any word here")
def acknowledgement(incident: Incident) -> Iterator[Start]:
    """An answer from the team."""
    if incident.is_active and incident.acknowledged is None and incident.opened is not None:
        yield Start(incident.opened.at, asks="")


@clock("IN-8", met_by=("confirm", "false-alarm", "duplicate"), do="`/confirm` or `/false-alarm`")
def first_judgement(incident: Incident) -> Iterator[Start]:
    """Incident or false alarm?"""
    if incident.is_active and incident.acknowledged and incident.confirmed is None:
        yield Start(incident.acknowledged.at, asks=incident.holder(IC) or "")
