"""Reminders: what falls due together is said in one comment, with the text ready, and waits for the quiet to pass."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from irp_actions.rules.asks import people_asked
from irp_actions.rules.clocks import CLOCKS, Step, loud_from, steps
from irp_actions.rules.drafts import SITREP_CLOCKS, Scene, notices, sitrep_draft
from irp_actions.rules.guard import sensitive
from irp_actions.rules.notes import Note, was_said
from irp_actions.rules.parties import WHY, entitled
from irp_actions.rules.sources import Source, shown_about
from irp_actions.rules.words import render
from irp_actions.values.incident import Incident, Running
from irp_actions.values.policy import Policy
from irp_actions.values.record import Record
from irp_actions.values.thread import Comment, Thread


@dataclass(frozen=True, slots=True)
class Reminder:
    """A clock with steps to be taken: what is due, whom they ask, and the keys they cover."""

    clock: Running
    title: str
    do: str
    asked: tuple[str, ...]
    keys: tuple[str, ...]
    due: tuple[Step, ...]
    """The steps that are due; none if it only goes along with what is."""
    held: bool = False
    """Whether it fell due in the quiet hours and waited for their end (CO-6)."""


def reminders(incident: Incident, record: Record, policy: Policy, thread: Thread) -> tuple[Reminder, ...]:
    """The clocks with an unsaid step that a comment of now can take: what is due, and what will be soon."""
    found = []
    for clock in incident.clocks:
        taken = _taken(incident, clock, thread.read_at)
        if not taken or was_said(rung_key(clock, taken[-1].place), record, thread):
            continue
        unsaid = [step for step in taken if not was_said(rung_key(clock, step.place), record, thread)]
        asked = [who for step in unsaid for who in people_asked(incident, policy.people, clock, step.ask)]
        due = tuple(step for step in unsaid if step.at <= thread.read_at)
        title, do = CLOCKS[clock.rule].called(clock.about)
        found.append(
            Reminder(
                clock,
                entitled(title, clock, incident),
                do.replace("{party}", clock.about),
                tuple(dict.fromkeys(asked)),
                tuple(rung_key(clock, step.place) for step in unsaid),
                due,
                loud_from(incident, clock) > clock.due,
            )
        )
    return tuple(sorted(found, key=lambda each: (not any(step.page for step in each.due), not each.due)))


def _taken(incident: Incident, clock: Running, now: datetime) -> tuple[Step, ...]:
    """The steps that a comment of now says: those due, else the first one, if it would rather come early than late.

    After a comment nothing is said for a while that wakes nobody, so what falls due in the first half of that time
    goes along, and the rest waits. What is not on the board is about silence, of which nothing can be said long
    before; and nobody is asked in another's place before the time.
    """
    due, quiet = steps(incident, clock, now), incident.tables.quiet
    if due or not clock.asks:
        return due
    ahead = quiet.between_comments / 2 if CLOCKS[clock.rule].on_board else quiet.together
    first = steps(incident, clock, now + ahead)[:1]
    return () if any(step.page for step in first) else first


def rung_key(clock: Running, place: int | str) -> str:
    """Names what a clock says at one step of its ladder; with an empty place, how all of its keys begin."""
    return f"{clock.run}:{place}"


def reminder_note(  # noqa: PLR0913 - the last two have defaults
    incident: Incident,
    record: Record,
    policy: Policy,
    thread: Thread,
    waiting: Source | None = None,
    *,
    joins: bool = False,
) -> Note | None:
    """One comment for everything that is due, unless it can wait for the quiet to pass (law 2, CO-6).

    Args:
        incident: what the record adds up to.
        record: knows what was said, and when the program last spoke.
        policy: knows the people of the present.
        thread: as read; its `read_at` is now.
        waiting: what could not be decided because GitHub did not answer.
        joins: whether another comment goes out now, which this one can be a part of.
    """
    scene, due = Scene(incident, record, policy, thread), reminders(incident, record, policy, thread)
    if not due or not (joins or _is_worth_a_comment(due, scene)):
        return None
    asked = tuple(dict.fromkeys(login for reminder in due for login in reminder.asked))
    wakes = any(step.page for reminder in due for step in reminder.due if reminder.clock.rule != "IN-7")
    text = render(
        "reminder",
        incident=incident,
        policy=policy,
        reminders=due,
        asked=asked,
        now=thread.read_at,
        waiting=waiting,
        wakes=wakes,
        overheard=_overheard(scene),
        title=scene.title,
        about=shown_about(thread, policy),
        draft=sitrep_draft(scene) if any(r.clock.rule in SITREP_CLOCKS for r in due) else "",
        notices=notices(scene, {r.clock.about for r in due if r.clock.rule in WHY}),
    )
    soon = (
        thread.read_at + incident.tables.quiet.together
    )  # so early is as good as due: they are not asked again for it
    counted = (each for each in due if each.due or loud_from(incident, each.clock) <= soon)
    waited_for = tuple(dict.fromkeys(login for each in counted for login in each.asked))
    wants = {who: tuple(key for each in due if who in each.asked for key in each.keys) for who in asked}
    return Note(tuple(key for reminder in due for key in reminder.keys), text, asks=waited_for, wants=wants)


def _is_worth_a_comment(due: tuple[Reminder, ...], scene: Scene) -> bool:
    """Whether one of them may speak now: somebody has to be woken (law 3), or it is due and not quiet.

    It waits a moment for whatever wakes somebody in that moment; a pager does not wait for it.
    """
    incident, last, now = scene.incident, scene.record.spoke_at, scene.thread.read_at
    quiet = incident.tables.quiet
    is_quiet = last is not None and now < last + quiet.between_comments
    speaking = [
        step.at for each in due for step in each.due if not is_quiet or (step.page and _wakes(step, each.clock, scene))
    ]
    if not speaking:
        return False
    soon = (step for clock in incident.clocks for step in steps(incident, clock, min(speaking) + quiet.together))
    return not any(step.page and step.at > now for step in soon)


def _wakes(step: Step, clock: Running, scene: Scene) -> bool:
    """Whether it asks somebody who has not been asked already, and is silent since."""
    wanted = people_asked(scene.incident, scene.policy.people, clock, step.ask)
    return not wanted or any(who.lower() not in scene.incident.asked for who in wanted)


def _overheard(scene: Scene) -> Comment | None:
    """The last comment of somebody outside the team since its last word: it may be why somebody is needed (RO-7)."""
    word = scene.incident.word
    team = {login.lower() for login in scene.incident.team}
    found = [
        comment
        for comment in scene.thread.comments
        if word is not None
        and comment.at > word.at
        and not comment.author.is_bot
        and comment.author.login.lower() not in team
        and comment.author != scene.record.writer
        and not sensitive(comment.body, scene.policy)
    ]
    return found[-1] if found else None
