"""The history: every entry there ever was, from the archives and the head, and where the evidence of each is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from irp_actions.rules.tail import Filed, archives
from irp_actions.values.record import Entry, Record, Text
from irp_actions.values.thread import Thread


@dataclass(frozen=True, slots=True)
class History:
    """Every entry there ever was, from the archives and the head, and the texts beside them."""

    entries: tuple[Entry, ...]
    texts: Mapping[str, Text]
    whole: bool
    """Whether no archive is missing."""

    def text_of(self, n: int) -> str | None:
        """The free text of an entry, unless it was withheld or purged."""
        held = self.texts.get(str(n))
        return held.text if held else None


def history(record: Record, thread: Thread) -> History:
    """Every entry of the record, the filed ones first.

    Args:
        record: the head.
        thread: read whole, so that the archives are among its comments.
    """
    filed = archives(record, thread)
    chain: list[Filed] = []
    wanted = record.archive.id if record.archive else ""
    while wanted and wanted in filed:
        chain.append(filed[wanted])
        wanted = filed[wanted].prev_id
    entries: list[Entry] = []
    texts: dict[str, Text] = {}
    for part in reversed(chain):
        entries += part.entries
        texts |= part.texts
    return History((*entries, *record.entries), {**texts, **record.texts}, whole=not wanted)


def links(past: History, thread: Thread) -> dict[int, str]:
    """Where the evidence of each entry is, by its number: the comment it was decided of, else the issue."""
    urls = {comment.id: comment.url for comment in thread.comments}
    return {entry.n: urls.get(entry.source.partition("@")[0], thread.url) for entry in past.entries}
