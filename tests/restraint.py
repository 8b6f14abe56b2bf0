"""What a conversation cost its people: the comments of the program that could have been one (law 2)."""

from __future__ import annotations

from itertools import pairwise

from irp_actions.rules.clocks import CLOCKS
from irp_actions.rules.notes import keys_of
from irp_actions.values.policy import Tables
from irp_actions.values.thread import Comment
from tests.model import BOT, Model


def crowded(model: Model) -> list[tuple[Comment, Comment]]:
    """Pairs of our comments closer than the quiet between comments, of which the later could have been in the earlier.

    It could not if it answers somebody, is the stage of something a person began, or wakes somebody whose time had
    not come.
    """
    tables = model.incident.tables
    ours = [comment for comment in model.issue.comments if comment.author == BOT]
    close = [pair for pair in pairwise(ours) if pair[1].at - pair[0].at < tables.quiet.between_comments]
    notes = [(pair, keys_of(pair[1].body)) for pair in close]
    return [pair for pair, keys in notes if keys and all(_could_wait(key, tables) for key in keys)]


def _could_wait(key: str, tables: Tables) -> bool:
    rule, *_, place = key.split(":")
    if rule not in CLOCKS:
        return rule == "long"  # all others answer what a person did
    rungs = tables.clocks[rule].rungs
    return not rungs[min(int(place), len(rungs) - 1)].page
