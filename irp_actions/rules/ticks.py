"""Ticks: a box ticked on the board is `/done` by whoever ticked it, where the edit history tells who it was (RE-2).

Ticking a box edits our comment. When one person alone edited it since we wrote it, and nothing but boxes of things
to do differs, their edit is a deed like a label set by hand. Any other edit stays drift: it is undone and shown.
"""

from __future__ import annotations

import re

from irp_actions.rules.slash import Call, tidy
from irp_actions.values.thread import Comment, Deed

TICKED = "ticked"
"""The kind of deed that ticks are."""

_BOX = re.compile(r"^(\s*[-*] \[)([ xX])(\] \*\*(T\d+)\*\*)", re.MULTILINE)


def edit_id(comment: Comment) -> str:
    """Names one edit of a comment: ticks and drift of the same edit are the same source."""
    return f"{comment.id}@{comment.edited_at:%Y%m%dT%H%M%SZ}"


def toggled(comment: Comment) -> tuple[str, ...]:
    """The boxes that differ from what we wrote last, one that was unticked with a minus: `T1`, `-T2`.

    Nothing when anything else differs as well, or the edit history does not reach back to us.
    """
    if not comment.since_ours:
        return ()
    now, ours = tidy(comment.body).strip(), tidy(comment.since_ours[-1].body).strip()
    if _blank(now) != _blank(ours):
        return ()
    before = {id: _is_ticked(mark) for _, mark, _, id in _BOX.findall(ours)}
    after = {id: _is_ticked(mark) for _, mark, _, id in _BOX.findall(now)}
    return tuple(id if after[id] else f"-{id}" for id in before if after[id] != before[id])


def ticked(comment: Comment) -> Deed | None:
    """The deed of the one person who ticked boxes; nothing when several edited it and nobody can be credited.

    Args:
        comment: our first reply, with its history since we wrote it last.
    """
    boxes = toggled(comment)
    people = {revision.editor for revision in comment.since_ours[:-1]}
    if not boxes or len(people) != 1 or comment.edited_at is None:
        return None
    return Deed(edit_id(comment), TICKED, comment.edited_at, people.pop(), " ".join(boxes))


def ticked_calls(deed: Deed) -> tuple[Call, ...]:
    """What the ticks say: `/done T1`, and `/done T2 no` for a box that was unticked."""
    return tuple(_call(box) for box in deed.detail.split())


def _call(box: str) -> Call:
    id = box.removeprefix("-")
    text, typed = (id, f"ticking {id}") if box == id else (f"{id} no", f"unticking {id}")
    return Call("done", text, typed=typed, implied=True)


def _blank(text: str) -> str:
    return _BOX.sub(r"\1 \3", text)


def _is_ticked(mark: str) -> bool:
    return mark in "xX"
