"""Forecasts what a policy would change: every open incident as its pinned policy has it, and as the new one would."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from irp_actions.edges.desk import Desk
from irp_actions.edges.github import Door
from irp_actions.edges.reconcile import Outcome, foresee, safely
from irp_actions.rules.clocks import CLOCKS
from irp_actions.rules.notes import text_of
from irp_actions.rules.sources import RECORD_LABEL, shown_title
from irp_actions.rules.watching import neglected
from irp_actions.rules.words import render
from irp_actions.values.changes import Say, SetLabels
from irp_actions.values.policy import Policy
from irp_actions.values.thread import Glance, Thread


@dataclass(frozen=True, slots=True)
class Moved:
    """A clock of which the new policy says something else; a time (UTC) is None where it does not run."""

    title: str
    before: datetime | None
    after: datetime | None


@dataclass(frozen=True, slots=True)
class Forecast:
    """What would become of one open incident."""

    number: int
    title: str
    added: tuple[str, ...] = ()
    """Labels that would be set."""
    removed: tuple[str, ...] = ()
    moved: tuple[Moved, ...] = ()
    says: tuple[str, ...] = ()
    """Comments that would be posted at once, and mail everybody."""
    trouble: str = ""
    """Why nothing can be told, if so."""

    @property
    def changes(self) -> bool:
        """Whether anybody would notice."""
        return bool(self.added or self.removed or self.moved or self.says)


def forecasts(door: Door, desk: Desk, about_now: datetime) -> Iterator[Forecast]:
    """The forecast of every open incident, in GitHub's order; nothing is written.

    Args:
        door: the repository.
        desk: with the policy that is to come.
        about_now: about now (UTC), to bound what is looked at.

    Raises:
        Unavailable, Forbidden: GitHub could not be read.
    """
    for found in door.sweep(RECORD_LABEL, about_now):
        thread = _opened(door, found, desk.policy, about_now)
        if thread is not None and thread.is_open:
            yield _forecast(door, thread, desk)


def block(forecast: Forecast, policy: Policy) -> str:
    """What a person reads of one incident, as Markdown."""
    return render("forecast", forecast=forecast, tables=policy)


def _opened(door: Door, found: Thread | Glance, policy: Policy, about_now: datetime) -> Thread | None:
    """The whole thread, also of a new report that no run has labelled yet."""
    if isinstance(found, Thread):
        return found
    reading = door.read(found.number, about_now) if neglected((found,), policy) else None
    return reading.thread if reading else None


def _forecast(door: Door, thread: Thread, desk: Desk) -> Forecast:
    looking = replace(desk, trusting=True)
    then = safely(thread.number, lambda: foresee(door, thread, replace(looking, pinned_only=True)))
    new = safely(thread.number, lambda: foresee(door, thread, looking))
    title = shown_title(thread, desk.policy)
    if new.incident is None or then.incident is None:
        return Forecast(thread.number, title, trouble=new.said or then.said)
    before, after = _labels(thread, then), _labels(thread, new)
    said = {key for change in then.changes if isinstance(change, Say) for key in change.keys}
    return Forecast(
        thread.number,
        title,
        added=tuple(sorted(after - before)),
        removed=tuple(sorted(before - after)),
        moved=tuple(_moved(then, new)),
        says=tuple(
            text_of(change.body)
            for change in new.changes
            if isinstance(change, Say) and not said.issuperset(change.keys)
        ),
    )


def _labels(thread: Thread, outcome: Outcome) -> frozenset[str]:
    """The labels after a run."""
    labels = thread.labels
    for change in outcome.changes:
        if isinstance(change, SetLabels):
            labels = (labels | change.add) - change.remove
    return labels


def _moved(then: Outcome, new: Outcome) -> Iterator[Moved]:
    before = {clock.key: clock for clock in then.incident.clocks} if then.incident else {}
    after = {clock.key: clock for clock in new.incident.clocks} if new.incident else {}
    for key in dict.fromkeys([*before, *after]):
        was, will = before.get(key), after.get(key)
        one = was or after[key]
        if (was and was.due) != (will and will.due):
            yield Moved(CLOCKS[one.rule].called(one.about)[0], was.due if was else None, will.due if will else None)
