"""Taking back: a slip of the thumb is undone by its author, within minutes, and both the slip and its undoing stay."""

from __future__ import annotations

from collections.abc import Iterable

from irp_actions.rules.commands import COMMANDS
from irp_actions.rules.grammar import Refused, slots
from irp_actions.rules.replay import undone
from irp_actions.values.incident import Handoff, Incident
from irp_actions.values.record import ACCEPTED, Entry
from irp_actions.values.shape import parse_time

_OFFERS, _MOVES = ("handoff", "ic"), ("accept", "ic", "take")
"""The calls that offer a role, and those that move one; `/ic` does either."""


def taken_back(entries: Iterable[Entry], undo: Entry, incident: Incident) -> Entry:
    """The call that an `/undo` means: its author's last one that is not taken back yet, whatever it is.

    What was said by hand (a label, a tick) counts like what was typed; what was refused, asked or said in plain words
    changed nothing and is no call. Nobody undoes what others decided, or have built on.

    Args:
        entries: the record's newest entries, in order.
        undo: the entry of the `/undo`.
        incident: what they add up to; knows how long a call can be taken back.

    Raises:
        Refused: there is none, it is too long ago, others have gone on with it, or something else takes it back.
    """
    known = tuple(entries)
    gone = undone(known)
    own = (
        entry
        for entry in reversed(known)
        if entry.by.id == undo.by.id and entry.verdict == ACCEPTED and entry.call in COMMANDS
    )
    last = next((entry for entry in own if entry.n not in gone and entry.call != "undo"), None)
    within = incident.tables.quiet.undo_within
    if last is None or last.at < undo.at - within:
        raise Refused("nothing_to_undo", minutes=int(within.total_seconds() // 60))
    if COMMANDS[last.call].final:
        raise Refused("cannot_undo", call=last.call)
    refused = _built_on(incident, last)
    if refused is not None:
        raise refused
    return last


def moved(incident: Incident, entry: Entry) -> dict[str, str]:
    """The roles that a call moved and that are still where it put them, and in whose hands."""
    if entry.call not in _MOVES:
        return {}
    roles = incident.roles.items()
    return {role: held.login for role, held in roles if held.n == entry.n and held.how != "first responder"}


def _built_on(incident: Incident, entry: Entry) -> Refused | None:
    """HO-2, HO-6: a role does not go back by itself once somebody has answered, gone on with it, or left."""
    if entry.call in _OFFERS and entry.args.get("who"):
        offer = next((h for h in incident.handoffs if h.n == entry.n), None)
        return None if offer is None or offer.pending else _answered(entry, offer)
    if entry.call not in _MOVES:
        return None
    came_by = next((h for h in incident.handoffs if h.accepted_at == entry.at and _is(h.incoming, entry)), None)
    roles = moved(incident, entry)
    again = any(handoff.role in roles and handoff.n > entry.n for handoff in incident.handoffs)
    gone = {login.lower() for login in incident.left}
    left = came_by is not None and came_by.outgoing.lower() in gone
    if roles and not again and not left:
        return None
    role = came_by.role if came_by else str(entry.args.get("role", "ic"))
    return Refused("went_on", call=entry.call, role=role, who="" if left or came_by is None else came_by.outgoing)


def _is(login: str, entry: Entry) -> bool:
    return login.lower() == entry.by.login.lower()


def _answered(entry: Entry, offer: Handoff) -> Refused:
    accepted = offer.accepted_at is not None
    return Refused(
        "offer_answered", call=entry.call, role=offer.role, who=offer.incoming, by=entry.by.login, accepted=accepted
    )


def spelled(entry: Entry, text: str | None) -> str:
    """A recorded call as somebody would type it, from what the record has of it.

    Args:
        entry: the call.
        text: its free text, if the record has it still.
    """
    names = (slot.key for slot in slots(COMMANDS[entry.call].usage) if slot.name != "text")
    return " ".join(filter(None, [f"/{entry.call}", *(_spelled(name, entry) for name in names), text]))


def _spelled(name: str, entry: Entry) -> str:
    """One argument of a call as it is typed; nothing where it was left out."""
    if name == "when":
        return f"{entry.happened_at:%H:%M} UTC" if entry.happened_at else ""
    value = entry.args.get(name, "")
    if value and name in ("until", "moment"):
        return f"{parse_time(value):%Y-%m-%d %H:%M} UTC"
    shown = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return f"{_SIGNS.get(name, '')}{shown}" if shown else ""


_SIGNS = {"who": "@", "number": "#"}
"""What stands before an argument of this name."""
