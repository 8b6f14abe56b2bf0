"""Prompts: the comments the process asks for of itself, and the remarks that wait for any comment to go out.

What is taken up again is told to everybody in one comment, for those who rest do not look (CL-5).
Those who decide are asked about a disruption in one comment (RE-4); a remediation that takes long gets one comment
with everything a plan needs (RE-8).
"""

from __future__ import annotations

from collections.abc import Iterator

from irp_actions.rules.drafts import Scene, sitrep_draft
from irp_actions.rules.notes import Note, was_said
from irp_actions.rules.permission import MAY_ACT, NEEDS, WAITS
from irp_actions.rules.shifts import commands_until, proposed
from irp_actions.rules.sources import state_labels
from irp_actions.rules.words import render
from irp_actions.rules.workboard import Planned, planned
from irp_actions.values.incident import IC, Fact, Incident
from irp_actions.values.policy import Policy
from irp_actions.values.record import Record
from irp_actions.values.thread import Thread
from irp_actions.values.work import Disruption


def prompts(  # noqa: PLR0913 - the last has a default
    incident: Incident, record: Record, policy: Policy, thread: Thread, *, alone: bool, offers_draft: bool = False
) -> Iterator[Note]:
    """The prompts that are due and not yet posted.

    Args:
        incident: what the record adds up to.
        record: knows what was said, and when the program last spoke.
        policy: knows the people of the present.
        thread: as read; its `read_at` is now.
        alone: whether nothing else goes out now, so that a plan can wait for the quiet to pass (law 2).
        offers_draft: whether a sitrep stands ready in the same comment.
    """
    if not incident.is_active:
        return
    now = thread.read_at
    for plan in incident.work.disruptions:
        asked = planned(incident, plan, now)
        if plan.pending and asked.leave in (WAITS, NEEDS) and asked.deciders:
            note = _consultation(incident, record, asked, thread)
            if not was_said(note.keys[0], record, thread):
                alone = False
                yield note
    quiet = record.spoke_at is not None and now < record.spoke_at + incident.tables.quiet.between_comments
    if incident.work.long is None or incident.work.plan is not None or not incident.is_urgent or (alone and quiet):
        return
    if not was_said(_long_key(incident.work.long), record, thread):
        yield _long(Scene(incident, record, policy, thread), incident.work.long, offers_draft=offers_draft)


def taken_up_note(incident: Incident, record: Record, thread: Thread) -> Note | None:
    """CL-5: one comment that says who took it up again and why, and tells whoever had the command before."""
    again = incident.reopened
    if again is None or not incident.is_active:
        return None
    here = {login.lower() for login in incident.present}
    away = {role: held.login for role, held in incident.roles.items() if held.login.lower() not in here}
    why, now = record.text_of(again.n), thread.read_at
    return Note(
        (_taken_up_key(again),), render("taken_up", incident=incident, again=again, why=why, away=away, now=now)
    )


def untold_by(news: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """What that comment does not say already."""
    said = ("status ", "severity ", "role ic ", "unheld ic ")
    return tuple(fact for fact in news if not fact.detail.startswith(said))


def prompt_keys(incident: Incident) -> set[str]:
    """The keys of every prompt that could still be wanted."""
    keys = {_consult_key(plan) for plan in incident.work.disruptions}
    keys |= {_taken_up_key(incident.reopened)} if incident.reopened else set()
    return keys | ({_long_key(incident.work.long)} if incident.work.long else set())


def _consult_key(plan: Disruption) -> str:
    return f"consult:{plan.id}:{plan.at:%Y%m%dT%H%M%SZ}"


def _taken_up_key(again: Fact) -> str:
    return f"taken-up:{again.at:%Y%m%dT%H%M%SZ}"


def _long_key(long: Fact) -> str:
    return f"long:{long.at:%Y%m%dT%H%M%SZ}"


def _consultation(incident: Incident, record: Record, asked: Planned, thread: Thread) -> Note:
    """One comment that asks those who decide (RE-4)."""
    text = render(
        "consult", incident=incident, asked=asked, words=record.text_of(asked.plan.n), now=thread.read_at, waits=WAITS
    )
    key = _consult_key(asked.plan)
    return Note((key,), text, wants=dict.fromkeys(asked.deciders, (key,)))


def _long(scene: Scene, long: Fact, *, offers_draft: bool) -> Note:
    """One comment with plan, shifts, handoff line and sitrep draft, ready to be sent back (RE-8)."""
    incident, on_call = scene.incident, scene.policy.people.on_call
    commander = incident.holder(IC)
    asks = (commander,) if commander else on_call[:1]
    gone = {login.lower() for login in (*incident.left, *incident.former)}
    people = tuple(who for who in dict.fromkeys((*incident.team, *on_call)) if who.lower() not in gone)
    shifts, until = proposed(incident, people, long.at), commands_until(incident)
    text = render(
        "long_plan",
        incident=incident,
        asks=asks,
        shifts=shifts,
        until=until,
        tired=until is not None and bool(shifts) and until <= shifts[0].start,
        draft="" if offers_draft else sitrep_draft(scene),
        now=scene.thread.read_at,
    )
    return Note((_long_key(long),), text, asks=asks)


def remarks(incident: Incident, record: Record) -> str:
    """What nobody was mailed for and should hear with the next comment; nothing of it that no longer holds."""
    fresh = [flag for flag in incident.work.flags if flag.n > record.spoke_n]
    plans = {plan.id: planned(incident, plan, plan.at) for plan in incident.work.disruptions if plan.pending}
    labels = {label.lower() for label in state_labels(incident)}
    return render("remarks", flags=fresh, incident=incident, plans=plans, may_act=MAY_ACT, labels=labels)
