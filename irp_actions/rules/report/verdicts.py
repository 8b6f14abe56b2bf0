"""Verdicts: how each run of a clock ended, by the role that it was due from at that time (CL-4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from irp_actions.rules.clocks import CLOCKS, Stopped
from irp_actions.rules.parties import entitled
from irp_actions.rules.replay import Step
from irp_actions.rules.report.shapes import UNDONE, Verdict
from irp_actions.values.incident import Incident, Running

_DUE_FROM = {"RE-4": "decider", "RO-1": "team", "RO-7": "team", "HO-6": "team"}
"""What is not due from the role of whoever is asked first: anybody may help, take command, or say a word."""


def verdicts(start: Incident, taken: Sequence[Step], links: Mapping[int, str]) -> Iterator[Verdict]:
    """How each clock ended.

    Args:
        start: the incident before the first step.
        taken: every step, in order.
        links: where the evidence of an entry is.
    """
    before = start
    for place, step in enumerate(taken):
        for stop in step.stopped:
            if _worth_telling(stop) and not _runs_on(stop, step):
                then, clock = _when_due(before, taken[:place], stop.clock)
                title, role = _titled(then, clock), _role_asked(then, clock)
                done = _done_at(stop, step)
                how = "met" if stop.how == "late" and done <= stop.clock.due else stop.how
                yield Verdict(clock.rule, title, role, stop.clock.due, done, how, links.get(stop.n, ""))
        before = step.incident


def _done_at(stop: Stopped, step: Step) -> datetime:
    """When it was done: whoever was told in time was told in time, also where that was noted later."""
    told_at = step.entry.happened_at if step.entry.call == "told" else None
    return min(told_at or stop.at, stop.at)


def _when_due(before: Incident, taken: Sequence[Step], clock: Running) -> tuple[Incident, Running]:
    """The incident at the time at which a clock was due, and the clock as it ran then: roles move on afterwards.

    Args:
        before: the incident before the entry that ended the run.
        taken: the steps before that entry.
        clock: the run as it was when it ended.
    """
    for step in reversed(taken):
        if step.entry.at <= clock.due:
            ran = (c for c in step.incident.clocks if (c.key, c.since) == (clock.key, clock.since))
            return next(((step.incident, then) for then in ran), (before, clock))
    return before, clock


def _titled(incident: Incident, clock: Running) -> str:
    """What a clock is called, with the party, the role, the person or the thing that this run was about."""
    title, _ = CLOCKS[clock.rule].called(clock.about)
    offered = (o.role for o in incident.handoffs if clock.rule == "HO-2" and str(o.n) == clock.about)
    about = next((incident.tables.roles[role].name for role in offered), clock.about if clock.rule == "RE-4" else "")
    return f"{title}: {about}" if about else entitled(title, clock, incident)


def _role_asked(incident: Incident, clock: Running) -> str:
    """Which role a clock asked: a report judges the process, not people."""
    if not clock.asks or clock.rule in _DUE_FROM:
        return _DUE_FROM.get(clock.rule, "team")
    if any(str(offer.n) == clock.about and offer.pending for offer in incident.handoffs):
        return "incoming"
    return next(iter(incident.roles_of(clock.asks)), "responder")


def _runs_on(stop: Stopped, step: Step) -> bool:
    """Whether the same goes on: due at the same time (CO-1, long before a slot), planned anew, or taken up again.

    What was planned anew when it was overdue is `missed`, and told.
    """
    clock, call = stop.clock, step.entry.call
    if stop.how == "ended":
        return call == "reopen" or call in CLOCKS[clock.rule].met_by
    return stop.how == "met" and any((c.key, c.due) == (clock.key, clock.due) for c in step.incident.clocks)


def _worth_telling(stop: Stopped) -> bool:
    """Every verdict on people, but for a silence that never was one: that clock restarts with every word."""
    entered = CLOCKS[stop.clock.rule]
    return bool(entered.do) and (stop.how in UNDONE or entered.on_board)
