"""Reminders: what falls due together is said in one comment, with the text ready, and waits for the quiet to pass."""

from __future__ import annotations

from dataclasses import dataclass

from irp_actions.rules.asks import people_asked
from irp_actions.rules.clocks import CLOCKS, loud_from, steps
from irp_actions.rules.drafts import SITREP_CLOCKS, Scene, notices, sitrep_draft
from irp_actions.rules.notes import Note, was_said
from irp_actions.rules.parties import WHY, entitled
from irp_actions.rules.sources import Source, shown_about, shown_title
from irp_actions.rules.words import render
from irp_actions.values.incident import Incident, Running
from irp_actions.values.policy import Policy
from irp_actions.values.record import Record
from irp_actions.values.thread import Thread


@dataclass(frozen=True, slots=True)
class Reminder:
    """A clock whose rung is due: what was due, whom this rung asks, and the keys it covers."""

    clock: Running
    title: str
    do: str
    asked: tuple[str, ...]
    keys: tuple[str, ...]
    urgent: bool
    held: bool = False
    """Whether it fell due in the quiet hours and waited for their end (CO-6)."""


def reminders(incident: Incident, record: Record, policy: Policy, thread: Thread) -> tuple[Reminder, ...]:
    """The clocks with a rung due and unsaid; when several are due, one reminder speaks for all (a catch-up, CO-6)."""
    now = thread.read_at
    found = []
    for clock in incident.clocks:
        due = [(rung_key(clock, step.place), step) for step in steps(incident, clock, now)]
        if not due or was_said(due[-1][0], record, thread):
            continue
        unsaid = [(key, step) for key, step in due if not was_said(key, record, thread)]
        asked = [who for _, step in unsaid for who in people_asked(incident, policy.people, clock, step.ask)]
        entered = CLOCKS[clock.rule]
        found.append(
            Reminder(
                clock,
                entitled(entered.title, clock, incident),
                entered.do.replace("{party}", clock.about),
                tuple(dict.fromkeys(asked)),
                tuple(key for key, _ in unsaid),
                incident.tables.clocks[clock.rule].urgent,
                loud_from(incident, clock) > clock.due,
            )
        )
    return tuple(found)


def rung_key(clock: Running, place: int | str) -> str:
    """Names what a clock says at one step of its ladder; with an empty place, how all of its keys begin."""
    return f"{clock.run}:{place}"


def reminder_note(
    incident: Incident, record: Record, policy: Policy, thread: Thread, waiting: Source | None = None
) -> Note | None:
    """One comment for everything that is due, unless it can wait for the quiet to pass (law 2, CO-6)."""
    due = reminders(incident, record, policy, thread)
    if not due:
        return None
    last = record.spoke_at
    quiet = last is not None and thread.read_at < last + incident.tables.quiet.between_comments
    if quiet and not any(reminder.urgent for reminder in due):
        return None
    asked = tuple(dict.fromkeys(login for reminder in due for login in reminder.asked))
    scene = Scene(incident, record, policy, thread)
    text = render(
        "reminder",
        incident=incident,
        policy=policy,
        reminders=due,
        asked=asked,
        now=thread.read_at,
        waiting=waiting,
        title=shown_title(thread, policy),
        about=shown_about(thread, policy),
        draft=sitrep_draft(scene) if any(r.clock.rule in SITREP_CLOCKS for r in due) else "",
        notices=notices(scene, {r.clock.about for r in due if r.clock.rule in WHY}),
    )
    return Note(tuple(key for reminder in due for key in reminder.keys), text, asks=asked)
