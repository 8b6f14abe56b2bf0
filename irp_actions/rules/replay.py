"""Replays the record: the incident is what its entries add up to, from pinned facts alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from irp_actions.rules.clocks import Stopped, wind
from irp_actions.rules.commands import COMMANDS, FACTS
from irp_actions.rules.commands.calls import still_waiting
from irp_actions.rules.commands.communicate import noticed
from irp_actions.rules.commands.facts import pinned_tables
from irp_actions.rules.commands.holding import held_by, vacated
from irp_actions.rules.commands.table import noted
from irp_actions.values.incident import IC, Fact, Incident
from irp_actions.values.record import ACCEPTED, SEEN, Entry, Record


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


def undone(entries: Iterable[Entry]) -> frozenset[int]:
    """The numbers of the entries that their authors took back; they fold as if they had only been words."""
    return frozenset(entry.args["n"] for entry in entries if entry.call == "undo" and entry.verdict == ACCEPTED)


def blank(entries: tuple[Entry, ...]) -> Incident:
    """The incident before anything happened; the first entry of every record pins its tables."""
    return Incident(tables=pinned_tables(entries[0]))


def steps(incident: Incident, entries: tuple[Entry, ...], later: tuple[Entry, ...] = ()) -> Iterable[Step]:
    """Every step from an incident on.

    Args:
        incident: the incident before them.
        entries: in their order.
        later: entries after those, in which some of them may have been taken back.
    """
    taken_back = undone((*entries, *later))
    for entry in entries:
        if entry.n in taken_back:
            taken = step(incident, replace(entry, verdict=SEEN))
            taken = replace(taken, incident=_numbers_kept(taken.incident, entry))
        else:
            taken = step(incident, entry)
        incident = taken.incident
        yield taken


def _numbers_kept(incident: Incident, entry: Entry) -> Incident:
    """The incident with the numbers used that an entry gave before it was taken back: T3 stays T3 for everybody."""
    known = COMMANDS.get(entry.call)
    if known is None:
        return incident
    return replace(incident, work=replace(incident.work, made=known.apply(incident, entry).work.made))


def step(incident: Incident, entry: Entry) -> Step:
    """The incident after one more entry.

    Entries of older programs fold alike: what was accepted is never judged again here.
    """
    after = _heard(incident, entry)
    if entry.verdict == ACCEPTED:
        known = COMMANDS.get(entry.call)
        apply = known.apply if known else FACTS.get(entry.call)
        after = apply(after, entry) if apply else after
        after = noticed(after, entry)
    after, stopped = wind(incident, after, entry)
    return Step(entry, after, stopped)


def _heard(incident: Incident, entry: Entry) -> Incident:
    """Any act of a responder is a sign of life; the first one's is the acknowledgement (IN-4, IN-7, RO-7)."""
    login = entry.by.login
    if "lost-access" in entry.marks:
        return vacated(incident, entry, incident.roles_of(login), "lost access")
    if not entry.by.responds or entry.call in ("open", "template", "edited", "deleted"):
        return incident
    word = Fact(entry.at, login, entry.n)
    known = login.lower() in {responder.lower() for responder in incident.responders}
    heard = replace(
        incident,
        # What was recorded late never makes the last word older.
        word=word if incident.word is None or incident.word.at <= entry.at else incident.word,
        asked={who: at for who, at in incident.asked.items() if who != login.lower() or at > entry.at},
        called=still_waiting(incident, login),
        responders=incident.responders if known else (*incident.responders, login),
        left=tuple(other for other in incident.left if other.lower() != login.lower()),
        rested=tuple(other for other in incident.rested if other.lower() != login.lower()),
    )
    if heard.acknowledged is None and heard.is_active:
        heard = replace(heard, acknowledged=noted(entry))
        if heard.holder(IC) is None:
            heard = held_by(heard, entry, IC, login, "first responder")
    return heard
