"""Puts things into the team's hands and takes them out: numbers, bounds, and what is worth a remark."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol, TypeVar

from irp_actions.values.incident import IC, Fact, Incident
from irp_actions.values.record import Entry
from irp_actions.values.work import Work

KEPT = {"L": 20, "T": 40, "D": 8, "E": 20}
"""How many of each letter the head keeps; the finished ones fall out first, then the oldest."""

FLAGS_KEPT = 5
"""How many remarks wait for the next comment."""


class Thing(Protocol):
    """Whatever has a number that people can type."""

    @property
    def id(self) -> str:
        """Such as `T2`."""


T = TypeVar("T", bound=Thing)


def numbered(work: Work, letter: str) -> tuple[str, Work]:
    """The next number of a letter, and the work that has used it."""
    count = work.made.get(letter, 0) + 1
    return f"{letter}{count}", replace(work, made={**work.made, letter: count})


def found(things: Iterable[T], id: object) -> T | None:
    """The thing with this number, if it is still at hand."""
    return next((thing for thing in things if thing.id == id), None)


def placed(things: tuple[T, ...], thing: T, finished: Iterable[T] = ()) -> tuple[T, ...]:
    """The things with one added or changed; of too many, the first finished one falls out, else the oldest.

    Args:
        things: in the order of their numbers.
        thing: the new or changed one.
        finished: those that may fall out first.
    """
    if found(things, thing.id) is not None:
        return tuple(thing if known.id == thing.id else known for known in things)
    if len(things) >= KEPT[thing.id[0]]:
        gone = next(iter(finished), things[0])
        things = tuple(known for known in things if known.id != gone.id)
    return (*things, thing)


def flagged(incident: Incident, entry: Entry, *words: str) -> Incident:
    """The incident with a remark for the next comment that goes out anyway; the template has its words."""
    flag = Fact(entry.at, entry.by.login, entry.n, " ".join(words))
    return replace(incident, work=replace(incident.work, flags=(*incident.work.flags, flag)[-FLAGS_KEPT:]))


def took(incident: Incident, entry: Entry, login: str) -> Incident:
    """The incident after somebody took or did an item: of the commander that is mentioned once (RO-2)."""
    commands = bool(login) and login.lower() == (incident.holder(IC) or "").lower()
    if not commands or incident.work.coached or len(incident.present) < 2:
        return incident
    return flagged(replace(incident, work=replace(incident.work, coached=True)), entry, "took", login)
