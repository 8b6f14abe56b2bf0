"""The tail: how the record stands, hidden, below the board in the program's first reply; and how older parts are filed.

It is JSON with one entry a line, so that an investigator can read it with nothing but a browser. What would
begin or end an HTML comment is written with escapes, so that nothing anyone typed can end the one around it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from irp_actions.rules.replay import blank, steps
from irp_actions.rules.sources import OVERLAP
from irp_actions.values.record import FORMAT, Archive, Entry, Record, Text
from irp_actions.values.shape import ShapeError, plain, shaped
from irp_actions.values.thread import Thread

LIMIT = 60_000
"""Characters a comment of ours may have; GitHub's documented limit is 65,536."""

ROOM = 44_000
"""Characters of the first reply from which older entries are filed away, leaving room for the next run's."""

KEPT = 8_000
"""Characters of the newest entries that stay in the head when older ones are filed."""

QUOTED = 12_000
"""Characters of the texts of filed entries that stay in the head because the view still shows them, newest first."""

_TAIL = re.compile(r"\n*<!-- irp:record\n(.*?)\n-->\s*\Z", re.DOTALL)
_COMMENT_MARK = re.compile(r"<!--|--!?>")
_FILED = re.compile(r"<!-- irp:archive\n(.*?)\n-->\s*\Z", re.DOTALL)


class NewerFormat(Exception):  # noqa: N818 - a state of affairs, not a mistake
    """The record was written by a newer program: nothing may be written over it."""


class TooLarge(Exception):  # noqa: N818
    """The record does not fit its comment: less has to be decided at once."""


class Unreadable(Exception):  # noqa: N818
    """The tail is there but is not a record: somebody edited it."""


@dataclass(frozen=True, slots=True)
class Filed:
    """What an archive comment holds: entries, the texts beside them, and what they follow."""

    entries: tuple[Entry, ...]
    prev_hash: str = ""
    prev_id: str = ""
    texts: Mapping[str, Text] = field(default_factory=dict)


def board_of(body: str) -> str:
    """The visible part of the first reply."""
    return _TAIL.sub("", body).strip()


def has_tail(body: str) -> bool:
    """Whether a comment ends in a record."""
    return _TAIL.search(body) is not None


def read_tail(body: str) -> Record | None:
    """The record in the tail of a comment, or None when there is none.

    Raises:
        NewerFormat: it was written by a newer program.
        Unreadable: it is damaged.
    """
    found = _TAIL.search(body.replace("\r\n", "\n"))
    return _parsed(found[1], Record) if found else None


def with_tail(board: str, record: Record) -> str:
    """The first reply: what people see, and the record below it."""
    return f"{board.strip()}\n\n<!-- irp:record\n{_spelled(record)}\n-->"


def read_filed(body: str) -> Filed | None:
    """The older entries in an archive comment, or None when it is no archive."""
    found = _FILED.search(body.replace("\r\n", "\n"))
    return _parsed(found[1], Filed) if found else None


def to_file(record: Record) -> Filed:
    """The entries that leave the head: all but the newest few, as many as fit into one comment."""
    sizes = [len(_json(plain(entry))) for entry in record.entries]
    staying = next((n for n in range(len(sizes)) if sum(sizes[-n - 1 :]) > KEPT), len(sizes))
    leaving = record.entries[: len(sizes) - staying]
    while leaving:
        texts = {str(e.n): record.texts[str(e.n)] for e in leaving if str(e.n) in record.texts}
        prev_id = record.archive.id if record.archive else ""
        filed = Filed(leaving, record.base_hash, prev_id, texts)
        if len(with_filed("", filed)) <= LIMIT - 500:
            return filed
        leaving = leaving[: len(leaving) * 3 // 4]
    return Filed(())


def with_filed(says: str, filed: Filed) -> str:
    """The archive comment: a line for people, and the entries below it."""
    return f"{says.strip()}\n\n<!-- irp:archive\n{_spelled(filed)}\n-->"


def adopted(record: Record, thread: Thread) -> Record:
    """The record without the entries that an archive comment of ours already holds.

    The archive is written before the head that names it; an orphan that follows exactly where the head's
    entries begin is taken as written, whoever's run it was.
    """
    for id, filed in archives(record, thread).items():
        if _follows(filed, record):
            return _without(record, filed, id)
    return record


def archives(record: Record, thread: Thread) -> dict[str, Filed]:
    """The archive comments in the thread by node id: ours, and as we wrote them."""
    found = {}
    for comment in thread.comments:
        if comment.author != record.writer or comment.editor not in (None, record.writer):
            continue
        try:
            filed = read_filed(comment.body)
        except (NewerFormat, Unreadable):
            continue
        if filed:
            found[comment.id] = filed
    return found


def _follows(filed: Filed, record: Record) -> bool:
    count = len(filed.entries)
    return (
        0 < count < len(record.entries)
        and filed.prev_hash == record.base_hash
        and [e.hash for e in filed.entries] == [e.hash for e in record.entries[:count]]
    )


def _without(record: Record, filed: Filed, id: str) -> Record:
    count = len(filed.entries)
    leaving, staying = record.entries[:count], record.entries[count:]
    incident = record.base or blank(leaving)
    for taken in steps(incident, leaving, staying):
        incident = taken.incident
    kept = {e.n for e in staying} | _still_shown(incident.quoted, record)
    horizon = record.cursor - OVERLAP if record.cursor else None
    # Whom we asked no thread can bring again, and while nobody answers the cursor stands still.
    decided = {**record.decided, **{entry.source: entry.at for entry in leaving if entry.call != "asked"}}
    return replace(
        record,
        base=incident,
        base_hash=leaving[-1].hash,
        archive=Archive(id, leaving[-1].n, leaving[-1].hash),
        entries=staying,
        texts={n: text for n, text in record.texts.items() if int(n) in kept},
        decided={source: at for source, at in decided.items() if horizon is None or at >= horizon},
    )


def _still_shown(quoted: frozenset[int], record: Record) -> set[int]:
    """As many of the quoted entries as there is room for; the words of the others stand in their comments."""
    kept, room = set(), QUOTED
    for n in sorted(quoted, reverse=True):
        room -= len(record.text_of(n) or "")
        if room >= 0:
            kept.add(n)
    return kept


def _spelled(value: Record | Filed) -> str:
    """JSON, one key and one entry a line, that cannot end the HTML comment it stands in."""
    data = plain(value)
    lines = []
    for key, held in data.items():
        if key == "entries":
            inner = ",\n".join(_json(entry) for entry in held)
            lines.append(f'"entries": [\n{inner}\n]')
        else:
            lines.append(f'"{key}": {_json(held)}')
    return "{\n" + ",\n".join(lines) + "\n}"


def _json(data: Any) -> str:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return _COMMENT_MARK.sub(lambda mark: mark[0].replace("<", "\\u003c").replace(">", "\\u003e"), text)


def _parsed(text: str, kind: Any) -> Any:
    try:
        data = json.loads(text)
    except ValueError as wrong:
        raise Unreadable(str(wrong)) from wrong
    if isinstance(data, dict) and data.get("format", FORMAT) > FORMAT:
        raise NewerFormat(f"record format {data['format']}, this program knows {FORMAT}")
    try:
        return shaped(kind, data)
    except ShapeError as wrong:
        raise Unreadable(str(wrong)) from wrong
