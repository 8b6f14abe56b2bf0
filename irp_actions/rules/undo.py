"""Taking back: a slip of the thumb is undone by its author, within minutes, and both the slip and its undoing stay."""

from __future__ import annotations

from collections.abc import Iterable

from irp_actions.rules.commands import COMMANDS
from irp_actions.rules.grammar import Refused
from irp_actions.rules.replay import undone
from irp_actions.values.policy import Quiet
from irp_actions.values.record import ACCEPTED, Entry


def taken_back(entries: Iterable[Entry], undo: Entry, quiet: Quiet) -> Entry:
    """The call that an `/undo` means: its author's last one that is not taken back yet.

    What was said by hand (a label, a tick) counts like what was typed. Nobody undoes what others decided.

    Args:
        entries: the record's newest entries, in order.
        undo: the entry of the `/undo`.
        quiet: how long a call can be taken back.

    Raises:
        Refused: there is none, it is too long ago, or something else takes it back.
    """
    known = tuple(entries)
    gone = undone(known)
    own = (
        entry
        for entry in reversed(known)
        if entry.by.id == undo.by.id and entry.verdict == ACCEPTED and entry.call in COMMANDS
    )
    last = next((entry for entry in own if entry.n not in gone and entry.call not in ("undo", "timeline")), None)
    if last is None or last.at < undo.at - quiet.undo_within:
        raise Refused("nothing_to_undo", minutes=int(quiet.undo_within.total_seconds() // 60))
    if COMMANDS[last.call].final:
        raise Refused("cannot_undo", call=last.call)
    return last
