"""Replays the record: the incident is what its entries add up to, from pinned facts alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from irp_actions.rules.clocks import Stopped, wind
from irp_actions.rules.commands import COMMANDS, FACTS
from irp_actions.rules.commands.calls import still_waiting
from irp_actions.rules.commands.communicate import noticed
from irp_actions.rules.commands.facts import pinned_tables
from irp_actions.rules.commands.holding import held_by, vacated
from irp_actions.rules.commands.table import kept, noted
from irp_actions.values.incident import IC, Fact, Handoff, Incident
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


def undone(entries: Iterable[Entry]) -> Mapping[int, Entry]:
    """The undoings by the numbers of the entries that they take back, which fold as if they had only been words."""
    return {entry.args["n"]: entry for entry in entries if entry.call == "undo" and entry.verdict == ACCEPTED}


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
            taken = replace(taken, incident=_remains(taken.incident, entry, taken_back[entry.n]))
        else:
            taken = step(incident, entry)
        incident = taken.incident
        yield taken


def _remains(incident: Incident, entry: Entry, undo: Entry) -> Incident:
    """The incident with what an entry leaves behind though it was taken back.

    The numbers it gave are used, so that T3 stays T3 for everybody; and the ceremony that it began, or said yes to,
    is over, because its comment has to say so (HO-8).
    """
    known = COMMANDS.get(entry.call)
    if known is None:
        return incident
    meant = known.apply(incident, entry)
    handoffs = tuple(_ended(handoff, incident, undo) for handoff in meant.handoffs)
    work = replace(incident.work, made=meant.work.made)
    return _settled(replace(incident, work=work, handoffs=_touched(incident, handoffs)))


def _ended(handoff: Handoff, incident: Incident, undo: Entry) -> Handoff:
    """A ceremony as it is once the call that brought it so far was taken back: what it was before, and over."""
    before = next((known for known in incident.handoffs if known.n == handoff.n), None)
    over = replace(before or handoff, declined_at=undo.at, undone=noted(undo))
    return over if before is None or (before.pending and handoff.accepted_at is not None) else before


def _touched(incident: Incident, handoffs: tuple[Handoff, ...]) -> tuple[Handoff, ...]:
    """The ceremonies there were, with those that were taken back in their places."""
    now = {handoff.n: handoff for handoff in (*incident.handoffs, *handoffs)}
    return kept(tuple(now.values()))


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
    after = _settled(_counted(incident, after, entry))
    after, stopped = wind(incident, after, entry)
    return Step(entry, after, stopped)


def _settled(incident: Incident) -> Incident:
    """The incident with who held what when a ceremony was over: its comment says that, whoever has it later (HO-8)."""
    if all(handoff.holders is not None or not handoff.over for handoff in incident.handoffs):
        return incident
    now = {role: held.login for role, held in incident.roles.items()}
    settled = (replace(h, holders=now) if h.over and h.holders is None else h for h in incident.handoffs)
    return replace(incident, handoffs=tuple(settled))


def _counted(before: Incident, after: Incident, entry: Entry) -> Incident:
    """The incident with the time at which the last but one of the team left (RO-1)."""
    if len(before.present) > 1 and len(after.present) == 1:
        return replace(after, alone_since=entry.at)
    return after


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
        brought=None,
        responders=incident.responders if known else (*incident.responders, login),
        left=tuple(other for other in incident.left if other.lower() != login.lower()),
        rested=tuple(other for other in incident.rested if other.lower() != login.lower()),
    )
    if heard.acknowledged is None and heard.is_active:
        heard = replace(heard, acknowledged=noted(entry))
        if heard.holder(IC) is None:
            heard = held_by(heard, entry, IC, login, "first responder")
    return heard
