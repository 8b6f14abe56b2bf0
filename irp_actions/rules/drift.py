"""Drift: what was edited after it was recorded is shown, and never silently obeyed (CL-7, RO-5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from irp_actions.rules.chain import digest
from irp_actions.rules.grammar import Refused
from irp_actions.rules.guard import sensitive
from irp_actions.rules.header import touched_by
from irp_actions.rules.naming import resolve
from irp_actions.rules.slash import tidy
from irp_actions.rules.sources import OVERLAP, Source, comment_calls
from irp_actions.rules.ticks import edit_id, toggled
from irp_actions.rules.words import refusal
from irp_actions.values.policy import Policy
from irp_actions.values.record import ACCEPTED, Author, Entry, Record
from irp_actions.values.thread import Comment, Person, Thread


def drifted(record: Record, thread: Thread, policy: Policy) -> Iterator[tuple[Entry, str | None]]:
    """An entry for each edit of something recorded, of the board, or of our block in the body; and a warning.

    Args:
        record: the record with everything decided; only comments it still holds are compared.
        thread: the thread as read.
        policy: knows the roster, so that the editor's standing can be pinned without asking anyone.
    """
    since = record.cursor - OVERLAP if record.cursor else None
    for comment in thread.comments:
        if comment.edited_at is None or (since is not None and comment.edited_at < since):
            continue  # what was edited before the cursor was seen by an earlier run
        if comment.ours:
            yield from _own_edited(comment, record, policy)
        else:
            yield from _theirs_edited(comment, record, policy)
    revision = touched_by(thread, record.writer)
    if revision is not None:
        source = f"{thread.id}@{revision.at:%Y%m%dT%H%M%SZ}"
        if not record.has(source):
            yield _entry(source, revision.at, revision.editor, policy, {"of": "header"}), None


def _own_edited(comment: Comment, record: Record, policy: Policy) -> Iterator[tuple[Entry, str | None]]:
    """One of our own comments was edited by somebody else; the next write puts it right."""
    editor = comment.editor
    if editor is None or editor == record.writer or comment.edited_at is None:
        return
    if not record.has(edit_id(comment)):
        boxes = {"ticked": " ".join(toggled(comment))} if toggled(comment) else {}  # by whom, nobody can tell
        yield _entry(edit_id(comment), comment.edited_at, editor, policy, {"of": "board", **boxes}), None


def _theirs_edited(comment: Comment, record: Record, policy: Policy) -> Iterator[tuple[Entry, str | None]]:
    """A comment whose text is no longer the one that was recorded last."""
    known = [e for e in record.entries if e.source == comment.id or e.args.get("comment") == comment.id]
    filed = record.cursor is not None and comment.at < record.cursor - OVERLAP
    now = digest(tidy(comment.body))
    if comment.edited_at is None or not (known or filed) or (known and known[-1].digest == now):
        return
    source = edit_id(comment)
    if record.has(source):
        return
    args = {"of": comment.author.login, "comment": comment.id}
    entry = _entry(source, comment.edited_at, comment.editor or comment.author, policy, args)
    if sensitive(comment.body, policy):
        yield replace(entry, marks=("withheld",)), None
        return
    before = sum(1 for e in known if e.source == comment.id and e.call != "word")
    by = comment.editor or comment.author
    said = comment_calls(Source(source, comment.edited_at, by, (0, 0), comment.body), policy)
    found = [call for call in said if resolve(call, policy)[0] and not (call.implied or call.hinted)]
    why = refusal(Refused("edited_after", line=found[-1].typed)) if known and len(found) > before else None
    yield replace(entry, digest=now), why


def _entry(source: str, at: datetime, editor: Person, policy: Policy, args: dict[str, str]) -> Entry:
    standing = "roster" if policy.people.on_roster(editor.login) and not editor.is_bot else "outsider"
    by = Author(editor.login, editor.id, standing)
    return Entry(0, source, at, at, by, "edited", ACCEPTED, "", "", args)


def purged(record: Record, thread: Thread) -> Record:
    """The record without the free texts of comments that are gone: whoever deletes a comment takes its words with it.

    The commitments stay in the chain; without the salts nobody can find the words by trying.
    """
    if not any(deed.kind == "comment_deleted" for deed in thread.deeds):
        return record
    there = {comment.id for comment in thread.comments}
    oldest = thread.at if thread.whole else thread.complete_since
    if oldest is None:
        return record
    gone = {
        str(entry.n)
        for entry in record.entries
        if entry.source.startswith("IC_") and entry.source not in there and entry.at > oldest
    }
    told = [entry for entry in record.entries if gone & set(map(str, entry.args.get("repeats", ())))]
    gone |= {str(entry.n) for entry in told}  # what channels were told stays with them, but not here
    return replace(record, texts={n: text for n, text in record.texts.items() if n not in gone})
