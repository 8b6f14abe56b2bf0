"""Which thing a call is about: the one it names, or the only one it can mean."""

from __future__ import annotations

from typing import TypeVar

from irp_actions.rules.commands.hand import found
from irp_actions.values.incident import Incident
from irp_actions.values.record import Entry
from irp_actions.values.work import Disruption, Evidence, Item

T = TypeVar("T")


def item_done(incident: Incident, entry: Entry) -> Item | None:
    """What `/done` is about: the item named, or its author's only open one."""
    if entry.args.get("todo"):
        return found(incident.work.items, entry.args["todo"])
    author = entry.by.login.lower()
    return _only(tuple(item for item in incident.work.items if item.open and item.who.lower() == author))


def item_verified(incident: Incident, entry: Entry) -> Item | None:
    """What `/verify` is about: the item named, or the only one that was done and not verified."""
    if entry.args.get("todo"):
        return found(incident.work.items, entry.args["todo"])
    return _only(incident.work.unverified)


def disruption_weighed(incident: Incident, entry: Entry) -> Disruption | None:
    """What `/agree` and `/object` are about: the disruption named, or the only one planned."""
    if entry.args.get("disruption"):
        return found(incident.work.disruptions, entry.args["disruption"])
    return _only(tuple(one for one in incident.work.disruptions if one.pending))


def disruption_notified(incident: Incident, entry: Entry) -> Disruption | None:
    """What `/notified` is about: the disruption named, or the only one nobody was told of yet."""
    if entry.args.get("disruption"):
        return found(incident.work.disruptions, entry.args["disruption"])
    untold = tuple(one for one in incident.work.disruptions if one.untold)
    return _only(untold) or (None if untold else _only(incident.work.disruptions))


def evidence_moved(incident: Incident, entry: Entry) -> Evidence | None:
    """What `/custody` is about: the evidence named, or the only one there is."""
    if entry.args.get("evidence"):
        return found(incident.work.evidence, entry.args["evidence"])
    return _only(incident.work.evidence)


def _only(things: tuple[T, ...]) -> T | None:
    return things[0] if len(things) == 1 else None
