"""Decides: every call that the record does not hold yet is accepted or refused, once, and pinned.

Nothing here asks GitHub. What has to be known of people is asked for beforehand (`authority.needed`), and a person
of whom it could not be learned stops the deciding at their call: it is neither accepted nor refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from irp_actions.rules.authority import Bench, author_of, can_decide
from irp_actions.rules.chain import appended
from irp_actions.rules.clocks import CLOCKS
from irp_actions.rules.drafts import Scene, drafted
from irp_actions.rules.drift import drifted, purged
from irp_actions.rules.followups import unopened
from irp_actions.rules.guard import clean, sensitive
from irp_actions.rules.judge import Hearing, entries_of
from irp_actions.rules.replay import replay, step
from irp_actions.rules.sources import Source, undecided
from irp_actions.rules.ticks import TICKED
from irp_actions.values.incident import Incident
from irp_actions.values.record import ACCEPTED, FORMAT, Author, Entry, Record
from irp_actions.values.shape import plain
from irp_actions.values.thread import Thread


@dataclass(frozen=True, slots=True)
class Decision:
    """The record with everything decided that could be, and where deciding had to stop."""

    record: Record
    incident: Incident
    stopped_at: Source | None = None
    more: bool = False
    """Whether the rest is left for the next look, because this batch is large enough."""


def decide(record: Record, thread: Thread, bench: Bench, incident: Incident | None = None) -> Decision:
    """Append what is new to the record.

    Args:
        record: the record as read, or an empty one.
        thread: the thread as read; its `read_at` is now.
        bench: what calls are judged under.
        incident: what the record adds up to, where that is known already.

    Returns:
        The longer record, the incident it adds up to, and the source at which deciding stopped, if it did.
    """
    record, incident = _policy_pinned(record, incident, thread, bench)
    size, more, stopped = 0, False, None
    for source in undecided(record, thread):
        if size > bench.batch:
            more = True
            break
        author = author_of(source, incident, bench)
        if author is None or not can_decide(source, bench):
            stopped = source
            break
        for entry, text, keep in entries_of(source, author, Hearing(thread, record, incident), bench):
            record = _recorded(record, entry, bench, text, keep=keep)
            incident = replay(record) if entry.call == "undo" else step(incident, record.entries[-1]).incident
            size += len(str(entry)) + 2 * len(text or "")
    if more or stopped is not None:
        early = _with_notices(Decision(record, incident, stopped, more), size, thread, bench)
        return _without_ticks(early, thread, bench)
    record, incident = _with_drift(record, incident, thread, bench)
    decision = _with_notices(Decision(purged(record, thread), incident), size, thread, bench)
    return decision if decision.more else _with_own_calls(decision, thread, bench)


def _recorded(record: Record, entry: Entry, bench: Bench, text: str | None = None, *, keep: bool = True) -> Record:
    """The record with one more entry, of which no argument and no text holds a secret, whoever made it (IN-11).

    Only the policy's tables go past this, straight to the chain: nobody types them into an issue.
    """
    entry = replace(entry, args=clean(entry.args, bench.policy))
    return appended(record, entry, bench.seal, text, keep=keep and not (text and sensitive(text, bench.policy)))


def _with_notices(decision: Decision, size: int, thread: Thread, bench: Bench) -> Decision:
    """The decision with what is to be noted, as far as there is room; nobody's authority stands in its way."""
    record, incident = decision.record, decision.incident
    for notice in bench.notices:
        if record.has(notice.source):
            continue
        if size > bench.batch:
            return replace(decision, record=record, incident=incident, more=True)
        entry = bench.stamped(_own(notice.source, notice.call, thread, notice.args), thread)
        record = _recorded(record, entry, bench, notice.text)
        incident = step(incident, record.entries[-1]).incident
        size += len(str(entry)) + 2 * len(notice.text)
    return replace(decision, record=record, incident=incident)


def _with_own_calls(decision: Decision, thread: Thread, bench: Bench) -> Decision:
    """The decision with what the program does by itself when the time has come."""
    record, incident = decision.record, decision.incident
    for entry in _own_calls(incident, thread):
        # What the program says in the team's name is kept word for word (CO-5).
        scene = Scene(incident, record, bench.policy, thread)
        words = drafted(entry.call, entry.args, scene) if "party" in entry.args else None
        record = _recorded(record, bench.stamped(entry, thread), bench, words)
        incident = step(incident, record.entries[-1]).incident
    return replace(decision, record=record, incident=incident)


def _with_drift(record: Record, incident: Incident, thread: Thread, bench: Bench) -> tuple[Record, Incident]:
    """What was edited after it was recorded, noted."""
    for entry, warning in drifted(record, thread, bench.policy):
        record = _recorded(record, bench.stamped(entry, thread), bench, warning)
        incident = step(incident, record.entries[-1]).incident
    return record, incident


def _without_ticks(early: Decision, thread: Thread, bench: Bench) -> Decision:
    """A decision that ended early, with ticks it did not come to noted as drift.

    The board is written anew by this very run, and then nothing tells of them any more.
    """
    if not any(deed.kind == TICKED for deed in thread.deeds) or not early.record.entries:
        return early
    record, incident = _with_drift(early.record, early.incident, thread, bench)
    return replace(early, record=record, incident=incident)


def _policy_pinned(record: Record, incident: Incident | None, thread: Thread, bench: Bench) -> tuple[Record, Incident]:
    """Policy is a call: whenever the tables changed, an entry pins the new ones."""
    tables = bench.policy.tables()
    if incident is None and (record.entries or record.base):
        incident = replay(record)
    if incident is not None and incident.policy == bench.policy.digest:
        return record, incident
    entry = _own(f"policy:{bench.policy.digest}", "policy", thread, {"tables": plain(tables)})
    if not record.entries and record.base is None:
        entry = replace(entry, at=thread.at)  # the clocks of a new record run from the opening
    record = appended(record, bench.stamped(entry, thread), bench.seal)
    return record, replay(record)


def _own(source: str, call: str, thread: Thread, args: Mapping[str, Any]) -> Entry:
    """An entry by the program itself."""
    by = Author(thread.viewer.login, thread.viewer.id, "program")
    return Entry(0, source, thread.read_at, thread.read_at, by, call, ACCEPTED, "", "", args)


def _own_calls(incident: Incident, thread: Thread) -> Iterator[Entry]:
    """What the program does when a clock is due that needs nobody, such as releasing the outgoing person (HO-5)."""
    for clock in incident.clocks:
        entered = CLOCKS[clock.rule]
        args = entered.then_with(incident, clock) if entered.then and clock.due <= thread.read_at else None
        if args is not None:
            entry = _own(f"clock:{clock.key}", entered.then, thread, args)
            yield replace(entry, at=clock.due) if entered.then_at_due else entry


def with_opened(decision: Decision, opened: Mapping[str, int], thread: Thread, bench: Bench) -> Decision:
    """The decision with an entry for each follow-up that was read back as an issue (CL-2).

    Args:
        decision: what was decided so far.
        opened: the issues' numbers by the id of the follow-up, as GitHub has them.
        thread: the thread as read.
        bench: what entries are stamped and sealed with.
    """
    record, incident = decision.record, decision.incident
    for item in unopened(incident):
        if item.id in opened:
            args = {"of": item.id, "number": opened[item.id]}
            entry = bench.stamped(_own(f"issue:{item.id}", "issue-opened", thread, args), thread)
            record = _recorded(record, entry, bench)
            incident = step(incident, record.entries[-1]).incident
    return replace(decision, record=record, incident=incident)


def empty_record(thread: Thread) -> Record:
    """The record of a thread that has none yet: whoever reads it now is its only writer from now on."""
    return Record(thread.number, thread.viewer, FORMAT)
