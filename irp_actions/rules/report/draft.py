"""The draft report: one comment from `/resolve` on, filled from the record and amended as things become known (CL-3).

It is a view of the folded incident alone, so keeping it costs no reading: the timeline, the roles over time and the
verdicts on the clocks, which need the whole thread, come with the final report. Once that is posted the draft becomes
one line that points to it. It is not deleted: links to it were mailed, and a deletion looks like something to hide.
What was taken up again gets a new draft with its next `/resolve`, for an amended comment of yesterday tells nobody what
is open today.
"""

from __future__ import annotations

from collections.abc import Iterator

from irp_actions.rules.notes import Note, stamp, was_said
from irp_actions.rules.report.claims import claims
from irp_actions.rules.report.gather import gaps, missing
from irp_actions.rules.report.measures import contradictions, measures
from irp_actions.rules.sources import form_answers, shown_about, shown_answers, shown_title
from irp_actions.rules.words import render, tight
from irp_actions.values.incident import Incident
from irp_actions.values.policy import Policy
from irp_actions.values.record import Record
from irp_actions.values.thread import Thread


def draft_key(incident: Incident) -> str | None:
    """Names the draft by when it began, so that it outlives a record decided anew."""
    drafted = incident.findings.drafted
    return f"draft:{stamp(drafted)}" if drafted else None


def outdrafted_key(incident: Incident) -> str | None:
    """Names the draft whose place the present one took, if there was one."""
    before = incident.findings.outdrafted
    return f"draft:{stamp(before)}" if before else None


def draft_notes(incident: Incident, record: Record, thread: Thread, policy: Policy) -> Iterator[Note]:
    """The draft, once there is one; what is resolved and closed at once needs none, nor what was taken up again."""
    before = outdrafted_key(incident)
    if before is not None and was_said(before, record, thread):
        yield Note((before,), render("outdrafted"), live=True)
    key = draft_key(incident)
    over = incident.closing is not None or incident.is_active
    if key is None or (over and not was_said(key, record, thread)):
        return
    found = claims(incident, policy, record.text_of, {})
    text = render(
        "draft",
        incident=incident,
        policy=policy,
        title=shown_title(thread, policy),
        about=shown_about(thread, policy),
        answers=shown_answers(thread, policy),
        noticed="" if incident.findings.aware else form_answers(thread, policy).get("noticed", ""),
        said=record.text_of,
        findings=found,
        measures=tuple(measures(incident, {}, found.discovery, found.threats)),
        contradictions=tuple(contradictions(incident, asks=True)),
        missing=tuple(missing(incident)),
        gaps=gaps(incident),
    )
    yield Note((key,), tight(text), live=True)
