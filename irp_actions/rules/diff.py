"""The diff: only what differs between what should be there and what is there, the record first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from irp_actions.rules.afterwards import brought_key
from irp_actions.rules.chain import Seal, appended, digest
from irp_actions.rules.followups import said_key, unopened
from irp_actions.rules.header import prose_kept, with_block
from irp_actions.rules.notes import ENDINGS, handoff_key, keyed, keys_of, posted, text_of, was_said
from irp_actions.rules.prompts import prompt_keys
from irp_actions.rules.reminders import rung_key
from irp_actions.rules.report.draft import draft_key, outdrafted_key
from irp_actions.rules.slash import tidy
from irp_actions.rules.sources import OVERLAP, SEVERITY_LABEL, STATUS_LABEL, undecided
from irp_actions.rules.statements import statement_key
from irp_actions.rules.tail import LIMIT, ROOM, TooLarge, board_of, has_tail, to_file, with_filed, with_tail
from irp_actions.rules.view import View, assign_key
from irp_actions.rules.words import render
from irp_actions.values.changes import (
    Amend,
    Assign,
    Change,
    Close,
    FileArchive,
    OpenBoard,
    OpenIssue,
    React,
    Remove,
    Reopen,
    Say,
    SetLabels,
    WriteBody,
    WriteRecord,
)
from irp_actions.values.incident import Incident
from irp_actions.values.record import ACCEPTED, SEEN, Author, Entry, Record, Said
from irp_actions.values.thread import Comment, Thread


@dataclass(frozen=True, slots=True)
class Before:
    """What the run found: the thread, the record in it, the comment that holds it, and what it adds up to."""

    thread: Thread
    record: Record
    head: Comment | None
    incident: Incident | None = None
    """The fold of the record, made once for all who ask; None when there is no record yet."""


def diff(before: Before, record: Record, incident: Incident, wanted: View, seal: Seal) -> tuple[Change, ...]:
    """What to do to GitHub, in order.

    Args:
        before: what was read.
        record: the record with everything decided.
        incident: what it adds up to.
        wanted: the view at the time of reading.
        seal: hashes the entry that notes whom the program asked.

    Returns:
        Nothing when GitHub agrees already. The first reply alone when there is none yet, and an archive alone
        when the head is full: what else there is to do comes with the next look.

    Raises:
        TooLarge: the record does not fit its comment, and less has to be decided at once.
    """
    head = before.head
    if head is None:
        return (OpenBoard(with_tail(wanted.board, _remembered(record, incident, before, wanted, (), seal))),)
    effects = tuple(_effects(before, head, record, wanted))
    written = _remembered(record, incident, before, wanted, effects, seal)
    body = with_tail(wanted.board, written)
    if len(body) > ROOM:
        filed = to_file(before.record)
        if filed.entries:
            says = render("archive", first=filed.entries[0].n, last=filed.entries[-1].n)
            return (FileArchive(with_filed(says, filed)),)
    if len(body) > LIMIT:
        raise TooLarge(f"the record of #{before.thread.number} takes {len(body)} characters; {LIMIT} fit")
    shows_else = wanted.board.strip() != board_of(tidy(head.body))
    if not effects and not shows_else and not _is_material(before.record, written, incident):
        return ()
    return (*((WriteRecord(head.id, body),) if body != tidy(head.body) else ()), *effects)


def _effects(before: Before, head: Comment, record: Record, wanted: View) -> Iterator[Change]:
    """Every difference but the record's own; the closing comes last."""
    thread = before.thread
    there = {label.lower(): label for label in thread.labels}  # GitHub's labels ignore case
    wanted_names = {label.lower(): label for label in wanted.labels}
    ours = {low for low in there if low.startswith((SEVERITY_LABEL, STATUS_LABEL))}
    add = frozenset(label for low, label in wanted_names.items() if low not in there)
    remove = frozenset(there[low] for low in ours if low not in wanted_names)
    if add or remove:
        yield SetLabels(add, remove)
    body = with_block(wanted.header, head.id, prose_kept(thread, record.writer))
    if body.strip() != tidy(thread.body).strip():
        yield WriteBody(body)
    yield from _reactions(thread, wanted)
    yield from _live(thread, record, wanted)
    if wanted.said is not None:
        yield Say(wanted.said.keys, keyed(wanted.said.keys, wanted.said.text))
    yield from _spare_copies(thread, head, record)
    assigned = frozenset(wanted.assign) - thread.assignees
    freed = frozenset(wanted.unassign) & thread.assignees
    if assigned or freed:
        yield Assign(assigned, freed)
    yield from wanted.to_open
    for note in wanted.final:
        yield Say(note.keys, keyed(note.keys, note.text))
    if wanted.is_open and not thread.is_open:
        yield Reopen()
    if not wanted.is_open and thread.is_open and not wanted.to_open:
        yield Close(wanted.close_reason)


def _reactions(thread: Thread, wanted: View) -> Iterator[React]:
    for source, content in wanted.reactions.items():
        comment = thread.comment(source)
        if comment is not None and content not in comment.reactions:
            yield React(source, content)


def _live(thread: Thread, record: Record, wanted: View) -> Iterator[Change]:
    """Post or amend the notes that follow what goes on; one out of sight is amended by what we know of it."""
    there = posted(thread, record)
    for note in wanted.live:
        key = note.keys[0]
        comment, said = there.get(key), record.said.get(key)
        if comment is not None:
            if tidy(comment.body) != keyed(note.keys, note.text):
                yield Amend(comment.id, keyed(note.keys, note.text))
        elif not was_said(key, record, thread):
            yield Say(note.keys, keyed(note.keys, note.text))
        elif said is not None and said.id is not None and said.digest != digest(note.text):
            yield Amend(said.id, keyed(note.keys, note.text))


def _spare_copies(thread: Thread, head: Comment, record: Record) -> Iterator[Remove]:
    """Of two copies of a note, or of two boards, the later goes: two runs met."""
    there = posted(thread, record)
    kept = {comment.id for comment in there.values()} | {head.id}
    for comment in thread.comments:
        # A note that somebody edited after its key was forgotten is no copy of any.
        copy = any(key in there for key in keys_of(comment.body)) or has_tail(comment.body)
        if comment.author == record.writer and comment.id not in kept and copy:
            yield Remove(comment.id)


def _remembered(  # noqa: PLR0913, PLR0917 - everything a batch is made of
    record: Record, incident: Incident, before: Before, wanted: View, effects: tuple[Change, ...], seal: Seal
) -> Record:
    """The record with what this batch says, and what was read back of earlier ones."""
    now = before.thread.read_at
    record = _with_asked(record, before.thread, wanted, effects, seal)
    n = record.next_n - 1
    said = dict(record.said)
    for key, comment in posted(before.thread, record).items():
        known = said.get(key) or Said(comment.at, n)
        said[key] = replace(known, id=comment.id, digest=digest(text_of(comment.body)))
    spoke = told = before.head is None
    for change in effects:
        if isinstance(change, Say):
            said |= {key: Said(now, n, digest(text_of(change.body))) for key in change.keys}
            spoke = True
            told = told or draft_key(incident) not in change.keys  # the draft has no room for news and remarks
        if isinstance(change, OpenIssue):
            said[change.key] = Said(now, n)
        if isinstance(change, Amend):
            text = digest(text_of(change.body))
            said |= {k: replace(s, digest=text) for k, s in said.items() if s.id == change.comment}
    if before.head is not None:
        moved = {**wanted.assign, **wanted.unassign}
        said |= {assign_key(login, held): Said(now, 0) for login, held in moved.items()}
    if spoke:
        record = replace(record, spoke_at=now, spoke_n=n if told else record.spoke_n)
    return replace(record, said=_still_wanted(said, record, incident), cursor=_cursor(record, before, wanted, effects))


def _with_asked(record: Record, thread: Thread, wanted: View, effects: tuple[Change, ...], seal: Seal) -> Record:
    """The record with an entry for those whom this batch asks by name, so that silence can be told (HO-7).

    What is not due yet is asked, too (`of`), but silence is not counted from there (`who`).
    """
    if wanted.said is None or not wanted.said.wanted or not effects:
        return record
    now, last = thread.read_at, record.entries[-1]
    by = Author(thread.viewer.login, thread.viewer.id, "program")
    of = {who: list(keys) for who, keys in wanted.said.wanted.items()}
    args = {"who": list(wanted.said.asks), "keys": list(wanted.said.keys), "of": of}
    source = f"asked:{wanted.said.keys[0]}"
    entry = Entry(0, source, now, now, by, "asked", ACCEPTED, last.program, last.policy, args)
    return appended(record, entry, seal)


def _still_wanted(said: Mapping[str, Said], record: Record, incident: Incident) -> dict[str, Said]:
    """The keys that can still be wanted; the others would only make the record grow."""
    horizon = record.cursor - 2 * OVERLAP if record.cursor else None
    fresh = {entry.source for entry in record.entries if horizon is None or entry.at >= horizon}
    alive = {f"re:{source}" for source in fresh}
    alive |= {f"kept-open:{entry.source}" for entry in record.entries if entry.call == "kept-open"}
    alive |= {handoff_key(handoff) for handoff in incident.handoffs}
    alive |= {draft_key(incident) or "", outdrafted_key(incident) or ""}
    alive |= {brought_key(incident), *(said_key(item.id) for item in unopened(incident))}
    alive |= {assign_key(held.login, held.n) for held in incident.roles.values()}
    alive |= {assign_key(login, n) for login, n in incident.former.items()}
    alive |= _clock_keys(said, incident) | prompt_keys(incident)
    alive |= {f"kept-open:{incident.reopened_for.detail}"} if incident.reopened_for else set()
    alive |= {statement_key(incident.outside.stated)} if incident.outside.stated else set()
    closing = incident.closing
    ends = tuple(f"{name}:{closing.at:%Y%m%dT%H%M%SZ}" for name in _ENDS) if closing else ()
    return {key: note for key, note in said.items() if key in alive or key.startswith(ends)}


def _clock_keys(said: Mapping[str, Said], incident: Incident) -> set[str]:
    """Of each running clock the keys of its rungs, and of what it repeats the newest, which covers the others."""
    alive: set[str] = set()
    for clock in incident.clocks:
        fixed = len(incident.tables.clocks[clock.rule].rungs)
        stem = rung_key(clock, "")
        places = {int(key.removeprefix(stem)) for key in said if key.startswith(stem)}
        alive |= {rung_key(clock, place) for place in places if place < fixed or place == max(places)}
    return alive


_ENDS = ("report", *ENDINGS.values())


def _is_material(old: Record, new: Record, incident: Incident) -> bool:
    """Whether the record must be written now: a few plain words can wait for the next call."""
    if old.archive != new.archive or not old.entries or old.texts.keys() - new.texts.keys():
        return True
    fresh = [entry for entry in new.entries if entry.n > old.entries[-1].n]
    words = [entry for entry in fresh if entry.verdict == SEEN and entry.call == "word"]
    return len(words) < len(fresh) or len(words) >= incident.tables.quiet.batch_chatter


def _cursor(record: Record, before: Before, wanted: View, effects: tuple[Change, ...]) -> datetime | None:
    """Up to where everything was decided and its effects were seen in this reading."""
    pending = [source.at for source in undecided(record, before.thread)]
    made = {entry.source: entry.at for entry in record.entries}
    unseen = [change.comment for change in effects if isinstance(change, React)]
    unseen += [key.removeprefix("re:") for key in (wanted.said.keys if wanted.said else ())]
    pending += [made[source] for source in unseen if source in made]
    latest = max((entry.at for entry in record.entries if entry.by.standing != "program"), default=None)
    if latest is None:
        return record.cursor
    reached = min([latest, *pending])
    return max(reached, record.cursor) if record.cursor else reached
