"""Effects: what an entry did as far as its own words do not say, such as the number it gave, or the role it moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from irp_actions.rules.parties import name_of
from irp_actions.rules.recipients import reached
from irp_actions.rules.replay import Step
from irp_actions.values.incident import Incident

_TELLS = ("told", "stated")
"""The calls that say whom they told."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What one entry did to the incident."""

    things: tuple[str, ...] = ()
    """The leads, items, disruptions, pieces of evidence and actions that it made or changed, by id."""
    roles: tuple[str, ...] = ()
    """The roles that it offered, moved or emptied."""
    how: str = ""
    """How a role came to somebody: `handoff`, `assumed` or `first responder`."""
    parties: tuple[str, ...] = ()
    """Whom outside it names, by the names they had then."""
    called: tuple[str, ...] = ()
    """Whom it called for help."""
    first: tuple[str, ...] = ()
    """Whom the first comment asks, as long as nobody has answered the report (IN-7)."""
    ended: bool = False
    """Whether it ended a contingency plan that was in force."""
    flags: tuple[str, ...] = ()
    """The remarks it was worth, by name."""
    status: str = ""
    severity: str = ""


def effects(start: Incident, taken: Iterable[Step]) -> dict[int, Effect]:
    """What each entry did, by its number.

    Args:
        start: the incident before the first of them.
        taken: every step, in order.
    """
    found: dict[int, Effect] = {}
    before = start
    for step in taken:
        found[step.entry.n] = _effect(before, step)
        before = step.incident
    return found


def _effect(before: Incident, step: Step) -> Effect:
    entry, after = step.entry, step.incident
    moved = [held for held in after.roles.values() if held.n == entry.n]
    return Effect(
        things=tuple(_things(before, after)),
        roles=tuple(dict.fromkeys(_roles(before, after, entry.n))),
        how=moved[0].how if moved else "",
        parties=tuple(_parties(step)),
        called=next((called.who for called in after.called if called.n == entry.n), ()),
        first=() if after.acknowledged else after.tables.people.on_call[:1],
        ended=before.work.contingency_active and not after.work.contingency_active,
        flags=tuple(flag.detail.split(" ")[0] for flag in after.work.flags if flag.n == entry.n),
        status=after.status,
        severity=after.severity,
    )


def _things(before: Incident, after: Incident) -> Iterator[str]:
    """The numbered things that are not as they were."""
    for name in ("leads", "items", "disruptions", "evidence"):
        known = set(getattr(before.work, name))
        yield from (thing.id for thing in getattr(after.work, name) if thing not in known)
    yield from (action.id for action in after.findings.actions if action not in before.findings.actions)


def _roles(before: Incident, after: Incident, n: int) -> Iterator[str]:
    """The roles that changed hands, or were to."""
    yield from (role for role, held in after.roles.items() if held.n == n)
    yield from (role for role, gone in after.unheld.items() if gone.n == n)
    yield from (handoff.role for handoff in after.handoffs if handoff not in before.handoffs)


def _parties(step: Step) -> Iterator[str]:
    entry, after = step.entry, step.incident
    if entry.call in _TELLS:
        yield from reached(entry, after).values()
    elif entry.call == "tell":
        yield from (name_of(after, key) for key, mark in after.outside.named.items() if mark.n == entry.n)
