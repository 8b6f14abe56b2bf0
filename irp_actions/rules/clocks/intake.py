"""Clocks of the intake: somebody must answer."""

from __future__ import annotations

from collections.abc import Iterator

from irp_actions.rules.clocks.table import Start, clock
from irp_actions.values.incident import Incident


@clock("IN-7", do="`/ack`, or any word here")
def acknowledgement(incident: Incident) -> Iterator[Start]:
    """Somebody of the team answers."""
    if incident.is_active and incident.acknowledged is None and incident.opened is not None:
        yield Start(incident.opened.at, asks="")
