"""The report: what happened, each claim linked to its evidence; a draft while it is written, final at the end (CL)."""

from __future__ import annotations

from irp_actions.rules.notes import ENDINGS
from irp_actions.rules.replay import replay
from irp_actions.rules.report.draft import draft_key, draft_notes, outdrafted_key
from irp_actions.rules.report.export import export
from irp_actions.rules.report.gather import markdown, report
from irp_actions.rules.report.history import History, history
from irp_actions.rules.report.outside import INTERNAL, VARIANTS, outside
from irp_actions.rules.report.parts import PART, parts
from irp_actions.rules.report.shapes import Report
from irp_actions.rules.sources import shown_reporter
from irp_actions.rules.words import render
from irp_actions.values.policy import Policy
from irp_actions.values.record import Record
from irp_actions.values.thread import Thread

__all__ = [
    "INTERNAL",
    "PART",
    "VARIANTS",
    "History",
    "Report",
    "draft_key",
    "draft_notes",
    "export",
    "final_parts",
    "history",
    "markdown",
    "outdrafted_key",
    "outside",
    "parts",
    "report",
]


def final_parts(record: Record, thread: Thread, policy: Policy) -> tuple[str, ...]:
    """The final comment of a closing incident: the report, or what a false alarm or a duplicate ends in (AS-2, IN-12).

    Args:
        record: the head, with everything decided.
        thread: read whole.
        policy: knows the names of today.
    """
    incident = replay(record)
    if incident.closing is not None and incident.status in ENDINGS:
        told_by = "" if incident.named and incident.named.reporter else shown_reporter(thread, policy)
        why = record.text_of(incident.closing.n)
        return (render(ENDINGS[incident.status], incident=incident, why=why, told_by=told_by),)
    return parts(markdown(report(record, thread, policy), policy))
