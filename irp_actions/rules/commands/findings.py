"""What the commands of learning share: how an entry becomes a finding, and when there is a draft and a report."""

from __future__ import annotations

from dataclasses import replace

from irp_actions.values.findings import Told
from irp_actions.values.incident import Incident
from irp_actions.values.record import Entry

CONCLUDED_KEPT = 2
"""How many closings are known, so that a report can say which one it replaces."""


def found(incident: Incident, **changed: object) -> Incident:
    """The incident with some findings changed."""
    return replace(incident, findings=replace(incident.findings, **changed))  # type: ignore[arg-type]


def told_by(entry: Entry, what: str = "") -> Told:
    """What an entry tells, and when it says that it happened."""
    return Told(entry.n, entry.by.login, entry.at, what, entry.happened_at)


def drafted(incident: Incident, entry: Entry) -> Incident:
    """From the first `/resolve` on there is a draft report; from the first after a re-opening, a new one (CL-3)."""
    before, again = incident.findings.drafted, incident.reopened
    if before is not None and (again is None or before >= again.at):
        return incident
    return found(incident, drafted=entry.at, outdrafted=before)


def concluded(incident: Incident, entry: Entry) -> Incident:
    """A closing has a report; a later one says that it replaces it (CL-5)."""
    return found(incident, concluded=(*incident.findings.concluded, told_by(entry))[-CONCLUDED_KEPT:])
