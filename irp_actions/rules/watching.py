"""Watching (IN-7): which incidents a waiting job waits for, what it starts a run for, and when it looks again.

GitHub's schedules come hours late. So while somebody may have to be woken, one job is kept running that sleeps until
the next thing is due. It only starts runs; what they do, and whether it was done, it sees by looking again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from irp_actions.rules.authority import Bench
from irp_actions.rules.decide import decide
from irp_actions.rules.reminders import reminder_note
from irp_actions.rules.sources import is_record
from irp_actions.values.incident import Incident
from irp_actions.values.policy import Policy, Watching
from irp_actions.values.record import Record
from irp_actions.values.thread import Glance, Thread

WRITING = timedelta(minutes=2)
"""How long a run may go on writing to one issue, by GitHub's clock: another run may begin meanwhile."""


@dataclass(frozen=True, slots=True)
class Sight:
    """One incident as a look finds it."""

    number: int
    due: frozenset[str]
    """What a run would do now, each thing by a name that it keeps until it is done; empty when there is nothing."""
    watched: bool | None
    """Whether it is to be watched; None when that could not be seen this time."""
    wakes_at: datetime | None = None
    """When a run would next find something to do by itself (UTC)."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is remembered of one incident from look to look. Times are UTC."""

    watched: bool = False
    wakes_at: datetime | None = None
    sent_at: datetime | None = None
    """When a run was last started that has not yet been seen to have done its work."""
    sent_for: frozenset[str] = frozenset()
    """What that run, and those before it, were to do."""
    tries: int = 0
    """How many there were."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What follows from a look: for which incidents a run is to be started, and when to look again (UTC)."""

    due: tuple[int, ...]
    look_at: datetime
    known: Mapping[int, Known]

    @property
    def watched(self) -> tuple[int, ...]:
        """The incidents to be watched; when there are none, nobody need wait."""
        return tuple(number for number, known in self.known.items() if known.watched)


def is_watched(incident: Incident) -> bool:
    """Whether minutes count: nobody has answered, or it is active and acts as high (IN-7, RO-7).

    `unknown` acts as high, so an incident is watched until it is acknowledged and has a severity; at medium and low
    only until it is acknowledged, and then the sweep is soon enough.
    """
    return incident.is_active and (incident.acknowledged is None or incident.is_urgent)


def overslept(record: Record, incident: Incident, thread: Thread, bench: Bench) -> bool:
    """Whether a reminder has been due for so long that a watch would have seen to it, if there were one (IN-7).

    Args:
        record: as it was before this run, not empty.
        incident: what it added up to.
        thread: as read; its `read_at` is now.
        bench: what calls are judged under; its policy says how often a watch looks.
    """
    then = thread.read_at - bench.policy.watch.look
    past = replace(
        thread,
        read_at=then,
        comments=tuple(each for each in thread.comments if each.ours or each.at <= then or record.has(each.id)),
        deeds=tuple(each for each in thread.deeds if each.at <= then or record.has(each.id)),
    )
    if reminder_note(incident, record, bench.policy, past) is None:
        return False
    decision = decide(
        record, past, bench, incident
    )  # plain words are recorded later, and put off a reminder all the same
    return reminder_note(decision.incident, decision.record, bench.policy, past) is not None


def plan(sights: Iterable[Sight], known: Mapping[int, Known], now: datetime, times: Watching) -> Plan:
    """What to start now and when to look again.

    One run is started for what is due. If it has not done its work after a while, because GitHub lost it or something
    stands in its way, another is started, and then after twice as long each time; at once only when something more has
    fallen due.

    Args:
        sights: what the look found.
        known: the memory of the look before.
        now: the server's time of the look (UTC).
        times: the policy's numbers.
    """
    due: list[int] = []
    remembered: dict[int, Known] = {}
    for sight in sights:
        before = known.get(sight.number, Known())
        after = Known(before.watched if sight.watched is None else sight.watched, sight.wakes_at)
        more = sight.due - before.sent_for
        retry_at = _retry_at(before, times)
        if more or (sight.due and (retry_at is None or now >= retry_at)):
            due.append(sight.number)
            tries = 1 if more else before.tries + 1
            after = replace(after, sent_at=now, sent_for=before.sent_for | sight.due, tries=tries)
        elif sight.due or sight.watched is None:
            after = replace(after, sent_at=before.sent_at, sent_for=before.sent_for, tries=before.tries)
        remembered[sight.number] = after
    moments = [now + times.look]
    for each in remembered.values():
        moments += [moment for moment in (each.wakes_at, _retry_at(each, times)) if moment is not None and moment > now]
    return Plan(tuple(due), min(moments), remembered)


def _retry_at(known: Known, times: Watching) -> datetime | None:
    if known.sent_at is None:
        return None
    wait: timedelta = times.retry * 2 ** (known.tries - 1)
    return known.sent_at + min(wait, times.longest_retry)


def neglected(others: tuple[Glance, ...], policy: Policy) -> tuple[int, ...]:
    """The incidents that somebody wrote to and that we have not written to since: their runs may be lost.

    What came shortly before our last write may have been missed by it as well.
    """
    return tuple(
        glance.number
        for glance in others
        if is_record(glance.labels, glance.body, policy)
        and (glance.written_at is None or glance.touched_at > glance.written_at - WRITING)
    )
