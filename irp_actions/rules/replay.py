"""Replays the record: the incident is what its entries add up to, from pinned facts alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from irp_actions.rules.clocks import Stopped, wind
from irp_actions.rules.commands import COMMANDS, FACTS
from irp_actions.rules.commands.facts import pinned_tables
from irp_actions.rules.commands.roles import held_by
from irp_actions.rules.commands.table import noted
from irp_actions.values.incident import IC, Fact, Incident
from irp_actions.values.record import ACCEPTED, Entry, Record


@dataclass(frozen=True, slots=True)
class Step:
    """What one entry did: the incident after it, and the clocks it stopped."""

    entry: Entry
    incident: Incident
    stopped: tuple[Stopped, ...]


def replay(record: Record) -> Incident:
    """The incident a record adds up to.

    Args:
        record: the head; its base is the fold of what was archived.
    """
    incident = record.base or blank(record.entries)
    for taken in steps(incident, record.entries):
        incident = taken.incident
    return incident


def blank(entries: tuple[Entry, ...]) -> Incident:
    """The incident before anything happened; the first entry of every record pins its tables."""
    return Incident(tables=pinned_tables(entries[0]))


def steps(incident: Incident, entries: Iterable[Entry]) -> Iterable[Step]:
    """Every step from an incident on."""
    for entry in entries:
        taken = step(incident, entry)
        incident = taken.incident
        yield taken


def step(incident: Incident, entry: Entry) -> Step:
    """The incident after one more entry.

    Entries of older programs fold alike: what was accepted is never judged again here.
    """
    after = _heard(incident, entry)
    if entry.verdict == ACCEPTED:
        known = COMMANDS.get(entry.call)
        apply = known.apply if known else FACTS.get(entry.call)
        after = apply(after, entry) if apply else after
    after, stopped = wind(incident, after, entry)
    return Step(entry, after, stopped)


def _heard(incident: Incident, entry: Entry) -> Incident:
    """Any act of a responder is a sign of life; the first one's is the acknowledgement (IN-4, IN-7, RO-7)."""
    if not entry.by.responds or entry.call in ("open", "edited", "deleted"):
        return incident
    login = entry.by.login
    word = Fact(entry.at, login, entry.n)
    known = login.lower() in {responder.lower() for responder in incident.responders}
    heard = replace(
        incident,
        # What was recorded late never makes the last word older.
        word=word if incident.word is None or incident.word.at <= entry.at else incident.word,
        asked={who: at for who, at in incident.asked.items() if who != login.lower() or at > entry.at},
        responders=incident.responders if known else (*incident.responders, login),
    )
    if heard.acknowledged is None and heard.is_active:
        heard = replace(heard, acknowledged=noted(entry))
        if heard.holder(IC) is None:
            heard = held_by(heard, entry, IC, login, "first responder")
    return heard
