"""The recipients ledger: who outside was told what, when, by which way and by whom (CO-5)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from irp_actions.rules.parties import name_of
from irp_actions.rules.replay import Step
from irp_actions.values.incident import Incident
from irp_actions.values.parties import key_of
from irp_actions.values.record import ACCEPTED, Entry

_SITREP = re.compile(r"\bsit-?rep\b(?:\s+(?:of|at|from))?(?:\s+(\d{1,2}:\d{2}))?", re.IGNORECASE)
_WAYS = {"sitrep": "here", "stated": "here"}
"""By which way a call itself reaches those outside."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One line of the ledger; `at` is when they were told (UTC), entry `n` is the evidence."""

    at: datetime
    key: str
    name: str
    by: str
    way: str
    """`mail`, `phone` and so on, `here`, or a channel's name; empty when nobody said."""
    text: str | None
    """What they were told, word for word; None when it was withheld or purged."""
    n: int
    sitrep: int = 0
    """The entry of the sitrep that it was, where it was one."""


def ledger(taken: Iterable[Step], text_of: Callable[[int], str | None]) -> tuple[Telling, ...]:
    """Every telling that the record knows of, in the order in which they were recorded.

    Args:
        taken: every step of the incident, from its first entry.
        text_of: the free text of an entry.
    """
    found: list[Telling] = []
    sitreps: list[Entry] = []
    for step in taken:
        entry = step.entry
        if entry.verdict != ACCEPTED:
            continue
        if entry.call == "sitrep":
            sitreps.append(entry)
        text = text_of(entry.n)
        sitrep = _sitrep_meant(entry, text, sitreps, step.incident)
        for key, name in reached(entry, step.incident).items():
            found.append(
                Telling(
                    at=entry.happened_at or entry.at,
                    key=key,
                    name=name,
                    by=entry.by.login,
                    way=str(entry.args.get("by") or entry.args.get("channel") or _WAYS.get(entry.call, "")),
                    text=text_of(sitrep) if sitrep else text,
                    n=entry.n,
                    sitrep=sitrep,
                )
            )
    return tuple(found)


def never_told(incident: Incident, told: Iterable[Telling]) -> Iterator[str]:
    """The names of those who were to be told by the end and never were."""
    known = {telling.key for telling in told}
    everyone = (*incident.outside.named, *(clock.about for clock in incident.clocks if clock.rule == "IN-9"))
    yield from (name_of(incident, key) for key in dict.fromkeys(everyone) if key not in known)


def reached(entry: Entry, incident: Incident) -> Mapping[str, str]:
    """Whom an entry reached: those it marked, and those it names though they were told something newer before."""
    marked = {key: name_of(incident, key) for key, mark in incident.outside.told.items() if mark.n == entry.n}
    named = {key_of(name): name for name in entry.args.get("party", ())} if entry.call in ("told", "stated") else {}
    named = {key: name_of(incident, key) for key in named if key in incident.outside.told}
    return marked | named


def _sitrep_meant(entry: Entry, text: str | None, sitreps: list[Entry], incident: Incident) -> int:
    """The sitrep that was passed on: the entry itself, or the one its words name, by its time or as the last."""
    if entry.call == "sitrep":
        return entry.n
    named = _SITREP.search(text or "") if entry.call == "told" else None
    if named is None or not sitreps:
        return 0
    at = (named[1] or "").zfill(5)
    same = [one for one in sitreps if at in (f"{incident.tables.local(one.at):%H:%M}", f"{one.at:%H:%M}")]
    return (same or sitreps)[-1].n
