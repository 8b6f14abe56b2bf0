"""Verifies a record against its thread: is the chain whole, does each comment still say what was decided by? (CL-7)"""

from __future__ import annotations

from dataclasses import dataclass

from irp_actions.rules.chain import Seal, bears, digest, faults
from irp_actions.rules.report import history
from irp_actions.rules.slash import tidy
from irp_actions.values.record import Entry, Record
from irp_actions.values.thread import Thread


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing an investigator should look at. `broken` means the chain itself, not only drift."""

    what: str
    broken: bool


def verify(record: Record, thread: Thread, seal: Seal, mark: str | None = None) -> tuple[Finding, ...]:
    """Everything that does not fit.

    Args:
        record: the head.
        thread: read whole.
        seal: with the key the record was sealed with, if it was.
        mark: where the chain stood once, as somebody outside was told (CL-7).
    """
    past = history(record, thread)
    found = [
        Finding(fault, broken=True) for fault in faults(past.entries, past.texts, _first_hash(past.whole, record), seal)
    ]
    if not past.whole:
        found.append(Finding("an archive comment is missing: the oldest entries cannot be checked", broken=True))
    if record.archive and past.whole and record.archive.hash != record.base_hash:
        found.append(Finding("the archives end in another hash than the head begins with", broken=True))
    if mark is not None and not bears(past.entries, record.number, mark):
        found.append(
            Finding(f"{mark} is no mark of this record: what it marked was changed, or is not there", broken=True)
        )
    found += [Finding(text, broken=False) for text in _drift(past.entries, thread)]
    return tuple(found)


def _what(entry: Entry) -> str:
    of = str(entry.args.get("of", ""))
    return {"board": "the first comment", "header": "the box at the top"}.get(of, f"a comment by {of}")


def _first_hash(whole: bool, record: Record) -> str:
    return "" if whole else record.base_hash


def _drift(entries: tuple[Entry, ...], thread: Thread) -> list[str]:
    """Comments that no longer are what was recorded, and recorded edits and deletions."""
    comments = {comment.id: comment for comment in thread.comments}
    newest: dict[str, str] = {}
    first: dict[str, Entry] = {}
    for entry in entries:
        source = str(entry.args.get("comment", entry.source))
        if entry.digest is not None and entry.source != thread.id and "withheld" not in entry.marks:
            newest[source] = entry.digest
            first.setdefault(source, entry)
    found = []
    for source, recorded in newest.items():
        comment, entry = comments.get(source), first[source]
        who = f"entry {entry.n}, {entry.by.login} at {entry.at:%Y-%m-%d %H:%M} UTC"
        if comment is None:
            found.append(f"{who}: the comment is gone")
        elif digest(tidy(comment.body)) != recorded:
            found.append(f"{who}: the comment was edited and the edit is not recorded yet")
    found += [
        f"entry {entry.n}: {entry.by.login} {entry.call} {_what(entry)} at {entry.at:%Y-%m-%d %H:%M} UTC"
        for entry in entries
        if entry.call in ("edited", "deleted")
    ]
    return found
