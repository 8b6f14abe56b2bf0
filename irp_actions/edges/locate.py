"""Finds the record of a thread: the head in the program's first reply, as the program wrote it last."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from irp_actions.edges.desk import Desk
from irp_actions.edges.github import Door
from irp_actions.rules.chain import faults
from irp_actions.rules.decide import empty_record
from irp_actions.rules.diff import Before
from irp_actions.rules.header import board_hint
from irp_actions.rules.replay import replay
from irp_actions.rules.sources import OVERLAP
from irp_actions.rules.tail import NewerFormat, Unreadable, adopted, has_tail, read_tail
from irp_actions.rules.ticks import ticked
from irp_actions.values.policy import Policy
from irp_actions.values.record import Record
from irp_actions.values.thread import Comment, Thread


class ReadOnly(Exception):  # noqa: N818 - a state of affairs
    """The record is somebody else's to write, or needs a newer program or a key; nothing was written."""


def look(door: Door, number: int, desk: Desk, about_now: datetime) -> Before | None:
    """One incident with its record and all its comments, for those who only look.

    Returns:
        None when the issue has no record.

    Raises:
        Unavailable, Forbidden: GitHub could not be read.
        ReadOnly: the record cannot be read without its key.
    """
    reading = door.read(number, about_now)
    if reading is None:
        return None
    thread = door.reach(reading.thread, None)
    head = head_of(door, thread, desk.policy)
    if head is None:
        return None
    record = _record_in(_with_history(door, head), thread, desk, look_only=True)
    return _found(thread, record, head)


def locate(door: Door, thread: Thread, desk: Desk, *, look_only: bool = False) -> Before:
    """Find the record of a thread, and read back as far as it has not decided yet.

    Args:
        door: the repository.
        thread: as read.
        desk: knows the key and who is trusted.
        look_only: nothing will be written, so anybody may look.

    Raises:
        ReadOnly: the record may not be written by this run.
    """
    head = head_of(door, thread, desk.policy)
    if head is None:
        thread = door.reach(thread, None)
        head = head_of(door, thread, desk.policy)  # on a long thread the board may stand further back
    if head is None:
        return Before(thread, replace(empty_record(thread), sealed=bool(desk.seal.key)), None)
    head = _with_history(door, head)
    record = _record_in(head, thread, desk, look_only=look_only)
    since = record.cursor - OVERLAP if record.cursor else None
    thread = door.reach(thread, since)
    others = tuple(comment for comment in thread.comments if comment.id != head.id)
    before = sum(1 for comment in others if (comment.at, comment.number) < (head.at, head.number))
    thread = replace(thread, comments=(*others[:before], head, *others[before:]))
    ticks = ticked(head)
    if ticks is not None:
        thread = replace(thread, deeds=(*thread.deeds, ticks))
    return _found(thread, record, head)


def _found(thread: Thread, record: Record, head: Comment) -> Before:
    """What was found, with what it adds up to, folded here once for all who ask."""
    record = adopted(record, thread)
    return Before(thread, record, head, replay(record) if record.entries or record.base else None)


def head_of(door: Door, thread: Thread, policy: Policy) -> Comment | None:
    """The first reply: ours, or of an identity the policy trusts. A stranger's imitation is nobody's."""
    trusted = {(writer.login, writer.id) for writer in policy.writers}
    for comment in thread.comments:
        known = comment.ours or (comment.author.login, comment.author.id) in trusted
        if known and has_tail(comment.body):
            return comment
    hint = board_hint(thread.body)
    cut = thread.comment(hint)
    if cut is not None and cut.ours and cut.editor not in (None, cut.author):
        return cut  # somebody cut the record off it; the edit history still has it
    if hint and not thread.whole and thread.comment(hint) is None:
        found = door.comment(hint)
        if found and found[0] == thread.number and has_tail(found[1].body):
            comment = found[1]
            if comment.ours or (comment.author.login, comment.author.id) in trusted:
                return comment
    return None


def _with_history(door: Door, head: Comment) -> Comment:
    """The first reply, with what became of it since we wrote it last, if somebody else edited it."""
    if head.editor in (None, head.author):
        return head
    return replace(head, since_ours=door.since_ours(head.id, head.author))


def _record_in(head: Comment, thread: Thread, desk: Desk, *, look_only: bool = False) -> Record:
    """The record in the first reply; as we wrote it last, if somebody else edited it since.

    Raises:
        ReadOnly: it is somebody else's to write, or the key or a newer program is needed.
    """
    if not head.ours and not look_only:
        whose = f"{head.author.login} writes its record, and this token is {thread.viewer.login}'s"
        raise ReadOnly(f"#{thread.number}: {whose}: nothing was written")
    edited = head.editor not in (None, head.author)
    ours = head.since_ours[-1].body if head.since_ours else None
    text = ours if edited else head.body
    try:
        record = read_tail(text) if text else None
    except NewerFormat as newer:
        raise ReadOnly(f"#{thread.number}: {newer}; update irp-actions") from newer
    except Unreadable:
        record = None
    if record is not None and record.sealed and not desk.seal.key and not desk.trusting:
        raise ReadOnly(f"#{thread.number}: its record is sealed; IRP_RECORD_KEY is needed to go on with it")
    wrong = faults(record.entries, record.texts, record.base_hash, desk.seal_for(record)) if record else ()
    if record is not None and (not wrong or look_only):
        return record
    if record is not None and record.sealed:
        raise ReadOnly(f"#{thread.number}: IRP_RECORD_KEY does not fit its record; nothing was written")
    # Damaged beyond what the edit history can give back: the comments are the queue, so it is decided anew.
    return replace(empty_record(thread), writer=head.author, sealed=bool(desk.seal.key))
