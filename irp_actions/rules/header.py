"""The header (RO-5): our block on top of the issue's body, between two hidden marks; the rest is its author's prose."""

from __future__ import annotations

import re

from irp_actions.rules.slash import tidy
from irp_actions.values.thread import Person, Revision, Thread

_BLOCK = re.compile(r"<!-- irp:header(?: board=([\w=-]+))? -->.*?<!-- /irp:header -->\n*", re.DOTALL)
_STRAY = re.compile(r"<!-- /?irp:header(?: board=[\w=-]+)? -->\n*")

BODY_LIMIT = 60_000
"""Characters; a longer body may be dropped by GitHub without a word, so no block is added to one."""


def prose(body: str) -> str:
    """The body as people wrote it, without our block or any copy of its marks."""
    return _STRAY.sub("", _BLOCK.sub("", tidy(body))).strip()


def block(body: str) -> str:
    """Our block as it stands in the body, or nothing."""
    found = _BLOCK.search(tidy(body))
    return found[0].strip() if found else ""


def board_hint(body: str) -> str | None:
    """The node id of the board that the block names: only a hint, for anybody could have typed it."""
    found = _BLOCK.search(tidy(body))
    return found[1] if found else None


def with_block(text: str, board: str, body: str) -> str:
    """The body with our block at its top.

    Args:
        text: what the block shows.
        board: node id of the first reply, which holds the record.
        body: the prose, or a body with an older block.

    Returns:
        The prose alone when there is no room for a block.
    """
    written = f"<!-- irp:header board={board} -->\n{text.strip()}\n<!-- /irp:header -->\n\n{prose(body)}"
    return written if len(written) <= BODY_LIMIT else prose(body)


def prose_kept(thread: Thread, writer: Person) -> str:
    """The prose that people wanted last.

    If our own write was the last one and overwrote an edit made between our read and our write, the
    newest text by a person is what the prose has to become again.
    """
    if not thread.revisions or thread.revisions[0].editor != writer:
        return prose(thread.body)
    # The text of a revision that somebody purged is empty; an empty body is not what anybody wrote.
    theirs = (prose(revision.body) for revision in thread.revisions if revision.editor != writer)
    return next((text for text in theirs if text), prose(thread.body))


def touched_by(thread: Thread, writer: Person) -> Revision | None:
    """The revision in which a person changed our block, if the newest revision is one."""
    if len(thread.revisions) < 2 or thread.revisions[0].editor == writer:
        return None
    newest = thread.revisions[0]
    ours = next((revision for revision in thread.revisions if revision.editor == writer), None)
    return newest if ours and block(ours.body) and block(ours.body) != block(newest.body) else None
