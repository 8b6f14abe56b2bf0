"""Parties: which of them are concerned, since when, and what each is still owed (CO-4, CO-5, CO-8, IN-14).

The policy says who is told on what occasion; a person can name anybody with `/tell`, and say with `/told` that
somebody was told, whether the policy knows them or not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import get_args

from irp_actions.values.fact import Fact
from irp_actions.values.incident import CONFIRMED, DUPLICATE, FALSE_ALARM, INVESTIGATING, RESOLVED, Incident, Running
from irp_actions.values.parties import Party, Phase
from irp_actions.values.policy import Tables

AWARE, NAMED, ALWAYS, CUSTOMERS, CONTINGENCY = "aware", "named", "always", "customers", "contingency"


@dataclass(frozen=True, slots=True)
class Owed:
    """Something a party is to be told: who, why, and by when (UTC) where a clock runs for it."""

    key: str
    name: str
    why: str
    """`first`, `daily`, `page`, `report` (the rules with clocks), `process`, `asked` or `over`."""
    due: datetime | None = None


def party_of(tables: Tables, key: str) -> Party:
    """The party as the policy has it now; one that it does not have is told as somebody names it, and as the public."""
    return tables.parties.get(key) or Party(key, when="named", public=True)


def name_of(incident: Incident, key: str) -> str:
    """What a party is called."""
    if key in incident.tables.parties:
        return incident.tables.parties[key].name
    marks = (incident.outside.told.get(key), incident.outside.named.get(key))
    return next((mark.detail for mark in marks if mark is not None and mark.detail), key)


def entitled(title: str, clock: Running, incident: Incident) -> str:
    """What a running clock is called: its title, and whom it is about if that is a party or somebody to be relieved."""
    if clock.rule == "RE-9":
        return f"{title}: {clock.about.rpartition(':')[0]}"
    return f"{title}: {name_of(incident, clock.about)}" if clock.rule in WHY else title


WHY = {"IN-9": "first", "CO-2": "daily", "CO-7": "page", "CO-8": "report"}
"""The clocks that run for a party each, and what that party is owed by them."""


def concerned(incident: Incident) -> tuple[str, ...]:
    """CO-4: who is to be told of it now, by key: those of the policy in its order, then those named by a person."""
    if incident.status in (FALSE_ALARM, DUPLICATE):
        return ()
    listed = [key for key, party in incident.tables.parties.items() if _is_concerned(incident, key, party)]
    return tuple(dict.fromkeys([*listed, *incident.outside.named]))


def concerned_since(incident: Incident, key: str) -> datetime | None:
    """Since when (UTC) the time to tell a party runs: since the team was aware (IN-9), or the occasion (CO-7)."""
    occasion = party_of(incident.tables, key).when
    outside = incident.outside
    if occasion not in (ALWAYS, NAMED):
        mark = outside.occasions.get(occasion) or outside.named.get(key)
        return mark.at if mark else None
    return aware_since(incident)


def aware_since(incident: Incident) -> datetime | None:
    """IN-9: since when (UTC) the team knows of it: since somebody says they were aware, else since they answered."""
    aware = incident.outside.occasions.get(AWARE) or incident.acknowledged
    return aware.at if aware else None


def known_since(incident: Incident) -> datetime | None:
    """CL-6: since when (UTC) anybody of ours knows of it, as those outside are told: since it was reported at least."""
    aware = incident.outside.occasions.get(AWARE) or incident.opened
    return aware.at if aware else None


def over_since(incident: Incident) -> datetime | None:
    """CO-5: since when (UTC) it is over, so that everyone who was told of it is to hear that too."""
    if incident.resolved is not None:
        return incident.resolved.at
    return incident.closing.at if incident.closing is not None and incident.status != DUPLICATE else None


def owed(incident: Incident) -> tuple[Owed, ...]:
    """CO-8: who outside is still to be told something, each once: first those with a time, the soonest first."""
    timed = [
        Owed(clock.about, name_of(incident, clock.about), WHY[clock.rule], clock.due)
        for clock in incident.clocks
        if clock.rule in WHY
    ]
    found: dict[str, Owed] = {}
    for item in (*sorted(timed, key=lambda item: (item.due, item.key)), *_untold(incident), *_over(incident)):
        found.setdefault(item.key, item)
    return tuple(found.values())


def _untold(incident: Incident) -> Iterator[Owed]:
    """Those concerned who were never told, or whom somebody named again since."""
    for key in concerned(incident):
        told, named = incident.outside.told.get(key), incident.outside.named.get(key)
        if told is None or (named is not None and named.n > told.n):
            party = party_of(incident.tables, key)
            why = "process" if party.starts_process else "asked" if named else "first"
            yield Owed(key, name_of(incident, key), why)


def _over(incident: Incident) -> Iterator[Owed]:
    """CO-5: those who were told of it and do not know yet that it is over."""
    over, outside = over_since(incident), incident.outside
    for key, mark in outside.told.items() if over else ():
        in_one_breath = bool(outside.ended_in) and outside.told_in.get(key) == outside.ended_in
        if over and mark.at < over and not in_one_breath:
            yield Owed(key, name_of(incident, key), "over")


def _is_concerned(incident: Incident, key: str, party: Party) -> bool:
    if party.when == NAMED:
        return key in incident.outside.named
    if party.when != ALWAYS and party.when not in incident.outside.occasions:
        return False
    if party.severities and incident.tables.acts_as(incident.severity) not in party.severities:
        return False
    return incident.acknowledged is not None and _phase(incident) >= get_args(Phase).index(party.phase)


def _phase(incident: Incident) -> int:
    """How far it has come; closed is as far as resolved."""
    reached = INVESTIGATING if incident.confirmed is None else CONFIRMED
    return get_args(Phase).index(RESOLVED if over_since(incident) else reached)


def everybody(incident: Incident) -> dict[str, Fact | None]:
    """All who are concerned or were ever told, and when they were told last."""
    return {key: incident.outside.told.get(key) for key in (*concerned(incident), *incident.outside.told)}
