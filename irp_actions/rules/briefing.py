"""The brief: what somebody who has just arrived needs, in a few lines (IN-13).

What has happened, what is known now, what comes next, who is there, and what is asked of whom. It is made of the
record alone, and bounded, so that it can be read on a telephone at any moment of any incident.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from irp_actions.rules.clockboard import clock_rows
from irp_actions.rules.drafts import Scene
from irp_actions.rules.permission import NEEDS, WAITS
from irp_actions.rules.report.gather import gaps
from irp_actions.rules.waiting import wait_in_force
from irp_actions.rules.words import render
from irp_actions.rules.workboard import planned
from irp_actions.values.incident import IC, RESOLVED, Incident
from irp_actions.values.work import Disruption, Item, Lead

PEOPLE, EACH, DUE = 7, 3, 4
"""How many people's lines there are, how much is said of each, and how many due times."""

ANYBODY = ""
"""Whom something is asked of that nobody in particular is to do."""


_Words = Mapping[str, object]
"""What one thing is called that is asked, and the values that its words need."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of one person, or of anybody of the team: the first things, and how many more there are."""

    who: str
    asks: tuple[str, ...]
    more: int = 0


def brief(scene: Scene) -> str:
    """The brief at the time of reading.

    Args:
        scene: what it is made of; its thread's `read_at` is now (UTC).
    """
    incident, now = scene.incident, scene.thread.read_at
    due, asked = clock_rows(incident), asked_of(scene)
    waits = wait_in_force(incident)
    return render(
        "brief",
        incident=incident,
        title=scene.title,
        said=scene.words,
        now=now,
        due=due[:DUE],
        more_due=len(due) - DUE,
        waits=waits,
        awaited=scene.words(waits.n) if waits else "",
        asked=asked[:PEOPLE],
        others=[each.who for each in asked[PEOPLE:]],
    )


def asked_of(scene: Scene) -> tuple[Asked, ...]:
    """What is asked of whom at the time of reading: of anybody first, then of each person, the commander first."""
    found: dict[str, list[str]] = {}
    known = (*scene.policy.people.on_call, *scene.incident.team)
    names = {who.lower(): who for who in known}
    for who, words in _asks(scene):
        names.setdefault(who.lower(), who)
        ask = render("asked", tables=scene.incident.tables, **words)
        found.setdefault(who.lower(), []).append(ask)
    commander = (scene.incident.holder(IC) or "").lower()
    ordered = sorted(found, key=lambda low: (low != ANYBODY, low != commander))
    return tuple(Asked(names[low], tuple(found[low][:EACH]), max(0, len(found[low]) - EACH)) for low in ordered)


def _asks(scene: Scene) -> Iterator[tuple[str, _Words]]:
    """Everything that is asked: of whom, and what, the most pressing of each person first."""
    if scene.incident.closing is None:
        yield from _command(scene.incident)
        yield from _answers(scene.incident)
        yield from _work(scene)


def _command(incident: Incident) -> Iterator[tuple[str, _Words]]:
    """What whoever is in command has to say or do, and who that is."""
    commander = incident.holder(IC) or ANYBODY
    if incident.acknowledged is None:
        yield ANYBODY, {"name": "ack"}
    elif incident.is_active and commander == ANYBODY:
        yield ANYBODY, {"name": "take"}
    elif incident.is_event and incident.is_active:
        yield commander, {"name": "judge", "severity": incident.severity}
    elif incident.status == RESOLVED:
        yield commander, {"name": "close", "gaps": len(gaps(incident))}


def _answers(incident: Incident) -> Iterator[tuple[str, _Words]]:
    """Whom others wait for."""
    for called in incident.called:
        yield from ((who, {"name": "called", "by": called.by}) for who in called.who)
    for handoff in incident.handoffs:
        if handoff.pending:
            yield handoff.incoming, {"name": "accept", "handoff": handoff}
    called_for = {who.lower() for called in incident.called for who in called.who}
    if incident.is_active:
        yield from ((who, {"name": "sign"}) for who in incident.asked if who not in called_for)


def _work(scene: Scene) -> Iterator[tuple[str, _Words]]:
    """What is in hand: disruptions that wait for an answer or a notice, things to do and to verify, leads."""
    incident, work = scene.incident, scene.incident.work

    def words(name: str, thing: Item | Lead | Disruption, own: str = "") -> _Words:
        return {"name": name, "id": thing.id, "words": own or scene.words(thing.n)}

    for plan in work.disruptions:
        waits = planned(incident, plan, scene.thread.read_at)
        if plan.pending and waits.leave in (WAITS, NEEDS):
            yield from ((who, words("agree", plan)) for who in waits.deciders or (ANYBODY,))
        if plan.done and plan.untold:
            yield plan.done.by, words("notify", plan)
    yield from ((item.who, words("follow", item, item.words)) for item in work.open_now)
    yield from ((lead.who, words("follow", lead)) for lead in work.open_leads)
    for item in work.unverified:
        yield incident.holder(IC) or ANYBODY, words("verify", item, item.words)
