"""The spine: read an issue, decide what is new, replay, view, diff, apply; and look again until nothing is left."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any

from irp_actions.edges.desk import Desk
from irp_actions.edges.github import Door
from irp_actions.edges.locate import ReadOnly, head_of, locate
from irp_actions.edges.trouble import Forbidden, Unavailable, WriteFailed
from irp_actions.rules.authority import Bench, Facts, Notice, needed
from irp_actions.rules.decide import Decision, decide, with_opened
from irp_actions.rules.diff import Before, diff
from irp_actions.rules.followups import to_open, unopened
from irp_actions.rules.originals import told_of
from irp_actions.rules.outbox import Untold, outbox, overdue
from irp_actions.rules.receipts import noted
from irp_actions.rules.replies import unanswered
from irp_actions.rules.report import final_parts
from irp_actions.rules.sources import DRILL_LABEL, OVERLAP, RECORD_LABEL, is_record
from irp_actions.rules.tail import TooLarge
from irp_actions.rules.view import needs_report, view, wakes_at
from irp_actions.rules.watching import WRITING, is_watched, neglected, overslept
from irp_actions.values.changes import Change, FileArchive, OpenBoard, OpenIssue, Tell
from irp_actions.values.incident import DUPLICATE, INVESTIGATING, Incident
from irp_actions.values.other import Other
from irp_actions.values.outbox import Message
from irp_actions.values.policy import Policy
from irp_actions.values.thread import Glance, Thread

LOOKS = 20
"""How often one run looks at one issue at most; usually once, at the opening twice."""

ANSWER_FIRST = -1
"""A batch of nothing: what did not fit into the last comment is answered before more is decided, and filed away."""

TRIES = 3
"""How often one run looks again at an issue after a write that failed."""

DONE, OURS, THEIRS = 0, 1, 2
"""Exit codes: all is done; something of ours or GitHub's failed; a person has to put something right."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did to one issue, and what it could not do."""

    number: int
    changes: tuple[Change, ...] = ()
    code: int = DONE
    said: str = ""
    """One plain line for the log, empty when all went well."""
    wakes_at: datetime | None = None
    """When the next run would find something to do by itself (UTC)."""
    active: bool = False
    """Whether clocks run, so that somebody has to look at the time."""
    roused: bool = False
    """Whether they run only since this run."""
    at: datetime | None = None
    """When it was read, by GitHub's clock (UTC)."""
    watched: bool = False
    """Whether it is to be watched (IN-7)."""
    newly_watched: bool = False
    """Whether it is so only since this run."""
    overslept: bool = False
    """Whether a watch there may be has missed something."""
    incident: Incident | None = None
    """What the record adds up to after this run."""
    others: tuple[int, ...] = field(default=())
    """Other incidents whose own runs seem to have been lost."""


def reconcile(  # noqa: PLR0913 - the last two have defaults
    door: Door,
    number: int,
    desk: Desk,
    about_now: datetime,
    *,
    dry_run: bool = False,
    notices: tuple[Notice, ...] = (),
) -> Outcome:
    """Bring one issue to what its comments say.

    Args:
        door: the repository.
        number: the issue.
        desk: what is judged by.
        about_now: this machine's idea of the time (UTC), only to bound the glance at other issues.
        dry_run: compute the changes and make none.
        notices: what another issue's run has to tell this one.

    Raises:
        Unavailable, Forbidden: GitHub could not be read.
    """
    made: tuple[Change, ...] = ()
    others: tuple[int, ...] = ()
    failed: list[str] = []
    began: datetime | None = None
    roused = newly_watched = False
    tried: set[str] = set()
    for _ in range(LOOKS):
        reading = door.read(number, about_now)
        if reading is None:
            return Outcome(number, said=f"#{number} is no issue here, or a pull request: nothing to do")
        began = began or reading.thread.read_at
        if reading.thread.read_at - began > WRITING:
            return Outcome(number, made, OURS, f"#{number}: two minutes are over; the next run goes on", others=others)
        others = others or neglected(reading.others, desk.policy)
        try:
            turn = _turn(door, reading.thread, desk, dry_run=dry_run, notices=notices)
        except WriteFailed as failure:  # nothing is sent twice: the next look shows what is still missing
            failed.append(str(failure))
            if len(failed) >= TRIES:
                return Outcome(number, made, OURS, f"{failed[-1]}. The next run goes on.", others=others)
            continue
        made += turn.changes
        roused = roused or turn.outcome.roused
        newly_watched = newly_watched or (turn.outcome.newly_watched and not dry_run)
        tells, receipts = _told(turn, desk, tried, reading.thread.read_at)
        made, notices = made + tells, notices + receipts
        if receipts:
            continue
        told = any(notice.call == "reported-too" for notice in notices)  # two may be said to be the same as each other
        if turn.passes and not dry_run and not told:
            notices = (*notices, *_passed(door, number, turn.passes, desk, about_now))
            if any(notice.call == "passed-on" for notice in notices):
                continue
        if not turn.again or dry_run:
            said = turn.outcome.said or "; ".join(f"looked again after: {failure}" for failure in failed)
            return replace(
                turn.outcome, changes=made, others=others, said=said, roused=roused, newly_watched=newly_watched
            )
    return Outcome(number, made, OURS, f"#{number} is not settled after {LOOKS} looks; the next run goes on")


def sweep(door: Door, desk: Desk, about_now: datetime, *, dry_run: bool = False) -> Iterator[Outcome]:
    """Bring every incident up to date, a page at a time; the arguments are those of `reconcile`.

    A sweep reads only windows of the threads; where a window is too small, the issue is read by itself.
    """
    for found in door.sweep(RECORD_LABEL, about_now):
        if isinstance(found, Glance):
            if neglected((found,), desk.policy):
                yield safely(found.number, partial(reconcile, door, found.number, desk, about_now, dry_run=dry_run))
        else:
            yield safely(found.number, partial(_swept, door, found, desk, about_now, dry_run))


def foresee(door: Door, thread: Thread, desk: Desk) -> Outcome:
    """What a run would make of one reading; nothing is written.

    Raises:
        Unavailable, Forbidden: GitHub could not be read.
    """
    return _turn(door, thread, desk, dry_run=True).outcome


def safely(number: int, work: Callable[[], Outcome]) -> Outcome:
    """Do the work of one issue; a fault in it is told, and the other issues go on."""
    try:
        return work()
    except Forbidden as error:
        return Outcome(number, code=OURS, said=f"the token may not do this: {error}")
    except Unavailable as error:
        return Outcome(number, code=OURS, said=f"{error}. What was not done is done by the next run.")
    except Exception as error:
        traceback.print_exc()
        return Outcome(
            number, code=OURS, said=f"#{number}: {type(error).__name__} in irp-actions; the log has the traceback"
        )


def _swept(door: Door, thread: Thread, desk: Desk, about_now: datetime, dry_run: bool) -> Outcome:
    try:
        turn = _turn(door, thread, desk, dry_run=dry_run)
    except WriteFailed:
        return reconcile(door, thread.number, desk, about_now)
    if (turn.again or turn.passes or turn.messages) and not dry_run:
        return reconcile(door, thread.number, desk, about_now)
    return turn.outcome


@dataclass(frozen=True, slots=True)
class _Turn:
    """One look: what it changed, how it ended, and whether to look again."""

    outcome: Outcome
    changes: tuple[Change, ...] = ()
    again: bool = False
    passes: tuple[int, Mapping[str, Any]] | None = None
    """The issue that has to hear that this one is about the same, and what it is told of this one (IN-12)."""
    incident: Incident | None = None
    """What the record adds up to, as this look has written it."""
    messages: tuple[Message, ...] = ()
    """What channels should hear now that it is written."""


def _told(turn: _Turn, desk: Desk, tried: set[str], now: datetime) -> tuple[tuple[Tell, ...], tuple[Notice, ...]]:
    """Tell the channels, now that the record is written; what was delivered, and what to note of it all (CO-5)."""
    untried = tuple(message for message in turn.messages if message.id not in tried)
    if not untried or desk.post is None or turn.incident is None:
        return (), ()
    tried |= {message.id for message in untried}
    receipts = desk.post.deliver(untried, desk.policy.channels)
    tells = tuple(Tell(receipt.message) for receipt in receipts if receipt.delivered)
    return tells, noted(receipts, turn.incident, now)


def _passed(
    door: Door, number: int, passes: tuple[int, Mapping[str, Any]], desk: Desk, about_now: datetime
) -> tuple[Notice, ...]:
    """Have the other issue's record note a duplicate; what to note here once it has (IN-12)."""
    other, report = passes
    notice = Notice(f"duplicate:{number}", "reported-too", {"number": number, **report})
    told = safely(other, lambda: reconcile(door, other, desk, about_now, notices=(notice,)))
    return (Notice(f"passed:{other}", "passed-on", {"number": other}),) if told.code == DONE else ()


def _turn(  # noqa: PLR0913 - the last three have defaults
    door: Door,
    thread: Thread,
    desk: Desk,
    *,
    dry_run: bool,
    batch: int | None = None,
    notices: tuple[Notice, ...] = (),
) -> _Turn:
    """Decide, replay, view, diff and apply what one reading shows."""
    if desk.now is not None:
        thread = replace(thread, read_at=desk.now)
    if not is_record(thread.labels, thread.body, desk.policy) and head_of(door, thread, desk.policy) is None:
        return _Turn(Outcome(thread.number, said=f"#{thread.number} is no incident record: nothing to do"))
    try:
        before = locate(door, thread, desk, look_only=dry_run)
    except ReadOnly as why:
        return _Turn(Outcome(thread.number, code=THEIRS, said=str(why)))
    thread, policy = before.thread, desk.policy_for(before.record)
    if batch is None and unanswered(before.record, policy, thread):
        batch = ANSWER_FIRST
    bench = _bench(door, before, policy, desk, batch, notices)
    decision = _with_issues(door, before, decide(before.record, before.thread, bench, before.incident), bench)
    record = decision.record
    rehearsal = decision.incident.drill or DRILL_LABEL in thread.labels  # the label may come later
    incident = replace(decision.incident, drill=rehearsal)
    messages = outbox(incident, record, policy, thread) if desk.post and not decision.more else ()
    final: tuple[str, ...] = ()
    waits = bool(to_open(incident, record, thread))  # the report names the issues, so they are opened first
    if needs_report(incident, record, thread) and before.head is not None and not decision.more and not waits:
        thread = door.reach(thread, None)
        before = replace(before, thread=thread)
        final = final_parts(record, thread, policy)
    untold = overdue(incident, messages)
    wanted = view(incident, record, thread, policy, final, waiting=decision.stopped_at, untold=untold)
    try:
        changes = diff(before, record, incident, wanted, desk.seal_for(record))
    except TooLarge:
        if batch is not None:
            raise
        return _turn(door, thread, desk, dry_run=dry_run, batch=0, notices=notices)  # one source at a time
    if any(isinstance(change, FileArchive) for change in changes):
        messages = ()  # this look makes room only: nothing else of it is written yet
    active, watched = _runs(incident), is_watched(incident)
    earlier = before.incident
    code, said = _ended(thread.number, decision, untold)
    outcome = Outcome(
        thread.number,
        changes,
        code,
        said,
        incident=incident,
        wakes_at=wakes_at(incident, record, thread.read_at, decision.stopped_at, untold),
        active=active,
        roused=active and not (earlier and _runs(earlier)),
        at=thread.read_at,
        watched=watched,
        newly_watched=watched and not (earlier and is_watched(earlier)),
        overslept=watched and earlier is not None and overslept(before.record, earlier, before.thread, bench),
    )
    if dry_run:
        changes, messages = (*changes, *map(Tell, messages)), ()
        outcome = replace(outcome, changes=changes)
    else:
        door.apply(thread, changes)
    again = decision.more or any(isinstance(change, OpenBoard | FileArchive | OpenIssue) for change in changes)
    duplicate = incident.status == DUPLICATE and incident.duplicate_of and not incident.passed_on
    passes = (incident.duplicate_of, told_of(incident)) if duplicate and not decision.more else None
    return _Turn(outcome, changes, again and bool(changes), passes, incident, messages)


def _ended(number: int, decision: Decision, untold: Untold) -> tuple[int, str]:
    """The exit code of a look and its line for the log: what could not be decided, and which channels are down."""
    said = []
    if decision.stopped_at is not None:
        who = decision.stopped_at.by.login
        said.append(f"GitHub did not say what {who} may do here; deciding stopped there, the next run goes on")
    if untold:
        names = ", ".join(f"{name} ({kept.why})" for name, kept in untold)
        said.append(f"not delivered: {names}; the next run tries again")
    return (OURS, f"#{number}: {'. '.join(said)}") if said else (DONE, "")


def _runs(incident: Incident) -> bool:
    """Whether clocks run that a sweep every few minutes is for; after closing only one of days does."""
    return bool(incident.clocks) and incident.closing is None


def _with_issues(door: Door, before: Before, decision: Decision, bench: Bench) -> Decision:
    """The decision with the follow-ups that are issues already, read back so that none is opened twice."""
    if decision.more or not unopened(decision.incident):
        return decision
    closing = decision.incident.closing
    since = closing.at - OVERLAP if closing else before.thread.at
    return with_opened(decision, door.opened(before.thread.number, since), before.thread, bench)


def _others(door: Door, numbers: Iterable[int], desk: Desk, now: datetime) -> dict[int, Other | None]:
    """What other issues are, and what those are that they are themselves duplicates of (IN-12)."""
    found: dict[int, Other | None] = {}
    for number in sorted(numbers):
        found[number] = named = _other(door, number, desk, now)
        if named is not None and named.duplicate_of:
            found[named.duplicate_of] = further = _other(door, named.duplicate_of, desk, now)
            found[number] = named if further is not None else None
    return found


def _other(door: Door, number: int, desk: Desk, now: datetime) -> Other | None:
    """What another issue is; None when GitHub did not say."""
    try:
        reading = door.read(number, now)
        if reading is None or not is_record(reading.thread.labels, reading.thread.body, desk.policy):
            return Other()
        incident = locate(door, reading.thread, desk, look_only=True).incident
    except (Unavailable, Forbidden):
        return None
    except ReadOnly:
        return Other(INVESTIGATING)  # a record, and more cannot be known of it without its key
    if incident is None:
        return Other(INVESTIGATING)
    return Other(incident.status, incident.duplicate_of, incident.closing.at if incident.closing else None)


def _bench(  # noqa: PLR0913, PLR0917 - everything a decision rests on
    door: Door, before: Before, policy: Policy, desk: Desk, batch: int | None, notices: tuple[Notice, ...]
) -> Bench:
    """What calls are judged under, once GitHub was asked what has to be known of people."""
    standings: dict[str, str | None] = {}
    for _ in range(2):  # first those who speak, then those whom a responder names
        wanted = needed(before.record, before.incident, before.thread, policy, standings)
        standings |= {login: door.standing(login) for login in sorted(wanted.standings)}
        if not wanted.standings:
            break
    found = Facts(standings, door.editors(wanted.editors), _others(door, wanted.others, desk, before.thread.read_at))
    bench = Bench(policy, found, desk.seal_for(before.record), desk.program, notices=notices)
    if before.head is None and not before.record.entries:
        bench = replace(bench, nearby=door.nearby(RECORD_LABEL, before.thread.number, before.thread.read_at))
    return bench if batch is None else replace(bench, batch=batch)
