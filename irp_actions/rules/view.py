"""The view: what GitHub should show for an incident at a moment, whatever it shows now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from irp_actions.rules.asks import call_order
from irp_actions.rules.authority import AYE, NAY
from irp_actions.rules.clockboard import clock_rows
from irp_actions.rules.clocks import CLOCKS, drafted_from, loud_from, next_due
from irp_actions.rules.clocks.outside import teller
from irp_actions.rules.drafts import SITREP_CLOCKS, Scene, notices, sitrep_draft
from irp_actions.rules.followups import issue_notes
from irp_actions.rules.notes import Note, closing_notes, handoff_notes, merged, news_since, was_said
from irp_actions.rules.outbox import Untold, heard, tries_again_at
from irp_actions.rules.parties import owed, party_of
from irp_actions.rules.prompts import prompts, remarks, taken_up_note, untold_by
from irp_actions.rules.reminders import reminder_note
from irp_actions.rules.replies import replies
from irp_actions.rules.report.aside import aside
from irp_actions.rules.report.draft import draft_notes
from irp_actions.rules.shifts import changes_at
from irp_actions.rules.sources import (
    DRILL_LABEL,
    OVERLAP,
    RECORD_LABEL,
    SEVERITY_LABEL,
    STATUS_LABEL,
    Source,
    state_labels,
)
from irp_actions.rules.statements import statement_note
from irp_actions.rules.waiting import wait_in_force, waited_until
from irp_actions.rules.words import render
from irp_actions.rules.workboard import links, work_values
from irp_actions.values.changes import OpenIssue
from irp_actions.values.incident import DUPLICATE, FALSE_ALARM, Incident, Running
from irp_actions.values.policy import Policy
from irp_actions.values.record import REFUSED, SEEN, Record
from irp_actions.values.thread import Thread

_REASONS = {FALSE_ALARM: "NOT_PLANNED", DUPLICATE: "DUPLICATE"}
"""How GitHub calls the way an issue was closed."""


@dataclass(frozen=True, slots=True)
class View:
    """What should be there. Labels are only ours; notes are only those that must exist or be amended."""

    labels: frozenset[str]
    header: str
    board: str
    is_open: bool
    close_reason: str = "COMPLETED"
    said: Note | None = None
    """Everything to be said in one new comment now."""
    live: tuple[Note, ...] = ()
    final: tuple[Note, ...] = ()
    """The comments that come last, before the issue is closed."""
    to_open: tuple[OpenIssue, ...] = ()
    """The issues to be opened for what is left; the closing waits until they are read back."""
    reactions: Mapping[str, str] = field(default_factory=dict)
    assign: Mapping[str, int] = field(default_factory=dict)
    """Who is to be assigned, and the entry that gave them their role (HO-3)."""
    unassign: Mapping[str, int] = field(default_factory=dict)
    """Who is no longer to be assigned, and the entry that took their last role from them."""


def view(  # noqa: PLR0913 - what can be shown depends on all of these
    incident: Incident,
    record: Record,
    thread: Thread,
    policy: Policy,
    final: tuple[str, ...] = (),
    *,
    waiting: Source | None = None,
    untold: Untold = (),
) -> View:
    """What should be there at `thread.read_at`.

    Args:
        incident: what the record adds up to.
        record: knows what was said already.
        thread: as read.
        policy: knows the people and contacts of the present.
        final: the parts of the final comment, once the thread was read whole for it.
        waiting: what could not be decided because GitHub did not answer; shown once it lasts.
        untold: the channels that did not take what they should have been told, and since when.
    """
    live = (*handoff_notes(incident, record, policy), *draft_notes(incident, record, thread, policy))
    return View(
        labels=_labels(incident),
        header=render("header", incident=incident, policy=policy, links=links(incident, record.text_of)),
        board=render("board", untold=untold, **_board_values(incident, record, thread, policy, waiting)),
        is_open=incident.closing is None,
        close_reason=_REASONS.get(incident.status, "COMPLETED"),
        said=_said(incident, record, thread, policy, live=live, waiting=waiting),
        live=live,
        final=tuple(_unsaid(closing_notes(incident, final), record, thread)),
        to_open=tuple(issue_notes(incident, record, thread, policy)),
        reactions=_reactions(record),
        assign=_to_assign(incident, record),
        unassign={login: n for login, n in incident.former.items() if assign_key(login, n) not in record.said},
    )


def _said(  # noqa: PLR0913 - what is to be said depends on all of these
    incident: Incident,
    record: Record,
    thread: Thread,
    policy: Policy,
    *,
    live: tuple[Note, ...],
    waiting: Source | None,
) -> Note | None:
    """Everything that is to be said now, in one comment (law 2): why it is open before what is due, then answers."""
    unsaid = _unsaid(replies(incident, record, policy, thread), record, thread)
    unsaid += _unsaid([statement_note(incident, record)], record, thread)
    begins = any(_unsaid(live, record, thread))
    spoken = replace(record, spoke_at=thread.read_at) if begins else record  # that is a comment, too (law 2)
    again = _unsaid([taken_up_note(incident, record, thread)], record, thread)
    due = reminder_note(incident, spoken, policy, thread, waiting, joins=bool(unsaid or again))
    unsaid = [*again, *([due] if due is not None else []), *unsaid]
    unsaid.sort(key=lambda note: not note.keys[0].startswith("kept-open:"))
    offers_draft = due is not None and any(key.partition(":")[0] in SITREP_CLOCKS for key in due.keys)
    unsaid += prompts(incident, record, policy, thread, alone=not unsaid, offers_draft=offers_draft)
    news = news_since(incident, record)
    return merged(unsaid, untold_by(news) if again else news, incident, thread.read_at, remarks(incident, record))


def _unsaid(notes: Iterable[Note | None], record: Record, thread: Thread) -> list[Note]:
    """Those that were not said yet."""
    return [note for note in notes if note is not None and not was_said(note.keys[0], record, thread)]


def needs_report(incident: Incident, record: Record, thread: Thread) -> bool:
    """Whether the final comment has still to be written."""
    first = [note.keys[0] for note in closing_notes(incident, ("",))]
    parts = [key for key in record.said if any(key.startswith(begun.removesuffix("1")) for begun in first)]
    return any(not was_said(key, record, thread) for key in (*first, *parts))


def wakes_at(
    incident: Incident, record: Record, now: datetime, waiting: Source | None = None, untold: Untold = ()
) -> datetime | None:
    """The next moment (UTC) at which a run would find something to do though nobody wrote anything.

    Args:
        incident: what the record adds up to.
        record: knows when the program spoke last.
        now: UTC.
        waiting: what could not be decided because GitHub did not answer.
        untold: what channels did not take.
    """
    held = record.spoke_at
    quiet_ends = held + incident.tables.quiet.between_comments if held else None
    shown = waiting.at + OVERLAP if waiting else None
    known = (next_due(incident, now), quiet_ends, changes_at(incident, now), shown, tries_again_at(untold, now))
    moments = [moment for moment in known if moment is not None and moment > now]
    return min(moments, default=None)


def assign_key(login: str, n: int) -> str:
    """Remembers that somebody was assigned, or freed, once for an entry: who takes that back is not fought."""
    return f"assign:{n}:{login}"


def label_colours(policy: Policy) -> dict[str, str]:
    """Every label of ours and its colour, as six hexadecimal digits."""
    colours = {RECORD_LABEL: "5319e7", DRILL_LABEL: "c5def5"}
    colours |= {f"{STATUS_LABEL}{status.shown}": status.colour for status in policy.statuses.values()}
    return colours | {f"{SEVERITY_LABEL}{name}": severity.colour for name, severity in policy.severities.items()}


def _labels(incident: Incident) -> frozenset[str]:
    return state_labels(incident) | {RECORD_LABEL} | ({DRILL_LABEL} if incident.drill else set())


def _board_values(
    incident: Incident, record: Record, thread: Thread, policy: Policy, waiting: Source | None
) -> dict[str, object]:
    now = thread.read_at
    sitrep_text = record.text_of(incident.sitrep.n) if incident.sitrep else None
    return {
        "incident": incident,
        "day": _day(incident, now),
        "learning": aside(incident, policy, record.text_of),
        "policy": policy,
        "thread": thread,
        "clocks": clock_rows(incident),
        "workers": dict.fromkeys([*_rested(incident), *incident.responders]),
        "called_first": call_order(incident, policy.people)[:3],
        "heard": heard(incident),
        "named": record.text_of(incident.named.n) if incident.named else None,
        "held": {clock.key: loud_from(incident, clock) for clock in incident.clocks if _is_held(incident, clock, now)},
        "sitrep_text": sitrep_text,
        "draft": _draft(incident, record, thread, policy),
        "waiting": waiting if waiting and now >= waiting.at + OVERLAP else None,
        **_outside_values(incident, record, thread, policy),
        **work_values(incident, record.text_of, now),
    }


def _day(incident: Incident, now: datetime) -> datetime | None:
    """The day that needs no naming: today, as long as everything is of today; a board is read days later, too."""
    opened, local = incident.opened, incident.tables.local
    if opened is None or incident.closing or local(opened.at).date() != local(now).date():
        return None
    return now


def _rested(incident: Incident) -> tuple[str, ...]:
    """In the end, those who were released or rest."""
    return (*incident.former, *incident.rested) if incident.closing else ()


def _is_held(incident: Incident, clock: Running, now: datetime) -> bool:
    """CO-6: whether a clock is due that would ask somebody now, if it were not quiet."""
    return bool(incident.tables.clocks[clock.rule].rungs) and clock.due <= now < loud_from(incident, clock)


def _draft(incident: Incident, record: Record, thread: Thread, policy: Policy) -> str:
    """CO-6: the sitrep that is due soon, as the record has it: on the board, where it disturbs nobody."""
    begun = (drafted_from(incident, clock) for clock in incident.clocks if "sitrep" in CLOCKS[clock.rule].met_by)
    if any(moment is not None and moment <= thread.read_at for moment in begun):
        return sitrep_draft(Scene(incident, record, policy, thread))
    return ""


def _outside_values(incident: Incident, record: Record, thread: Thread, policy: Policy) -> dict[str, object]:
    """What the board says of those outside, of waiting, and which texts it keeps ready (CO-3, CO-5, CO-6, CO-8)."""
    items = owed(incident)
    return {
        "said": record.text_of,
        "untimed": [item for item in items if item.due is None],
        "notices": notices(Scene(incident, record, policy, thread)),
        "tellers": {item.key: teller(incident, party_of(incident.tables, item.key)) for item in items},
        "waits": wait_in_force(incident),
        "waited": waited_until(incident),
    }


def _reactions(record: Record) -> dict[str, str]:
    """Our reaction to each comment with calls: all accepted, or not all (ordinary comments get none)."""
    horizon = record.cursor - OVERLAP if record.cursor else None
    wanted: dict[str, str] = {}
    for entry in record.entries:
        plain = entry.verdict == SEEN and "answer" not in entry.args
        if plain or entry.digest is None or "implied" in entry.marks or entry.call in ("open", "edited", "brought-to"):
            continue
        if horizon is None or entry.at >= horizon:
            refused = entry.verdict == REFUSED or wanted.get(entry.source) == NAY
            wanted[entry.source] = NAY if refused else AYE
    return wanted


def _to_assign(incident: Incident, record: Record) -> dict[str, int]:
    return {held.login: held.n for held in incident.roles.values() if assign_key(held.login, held.n) not in record.said}
