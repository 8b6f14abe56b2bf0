"""One row of figures for each incident, for those who count them; rehearsals are not counted (CL-4, CL-8)."""

from __future__ import annotations

from collections.abc import Mapping

from irp_actions.rules.report.measures import INTERVALS
from irp_actions.rules.report.shapes import Report
from irp_actions.values.shape import spell_time

COLUMNS = (
    "incident", "opened", "status", "severity", "worst_severity", "discovery_method", "threat_actions",
    *(f"{interval.name.lower().replace(' ', '_')}_seconds" for interval in INTERVALS), "late",
)  # fmt: skip
"""The head of the table. A duration that is not known is empty, never 0."""


def counts(found: Report) -> bool:
    """Whether it belongs into figures: a confirmed incident that is over, and no rehearsal (CL-8)."""
    return not found.drill and found.confirmed and found.ended is not None


def row(found: Report) -> Mapping[str, str]:
    """The figures of one incident by column."""
    seconds = {measure.name: measure.seconds for measure in found.measures}
    durations = ["" if (known := seconds[interval.name]) is None else str(known) for interval in INTERVALS]
    threats = "; ".join(claim.what for claim in found.findings.threats)
    discovery = found.findings.discovery.term if found.findings.discovery else ""
    late = str(sum(1 for verdict in found.clocks if verdict.how == "late"))
    cells = [
        str(found.number), spell_time(found.opened), found.status, found.severity, found.worst, discovery, threats,
        *durations, late,
    ]  # fmt: skip
    return dict(zip(COLUMNS, cells, strict=True))
