"""Clocks of those outside the team: the first notice, the daily word, the status page, the report at the end.

Each runs once for every party it concerns; how long it runs is the party's own number in the policy.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from irp_actions.rules.calendar import comes_at
from irp_actions.rules.clocks.communicate import speaker
from irp_actions.rules.clocks.table import Start, clock
from irp_actions.rules.parties import CONTINGENCY, CUSTOMERS, concerned, concerned_since, party_of
from irp_actions.rules.waiting import standing
from irp_actions.values.incident import CLOSED, CONFIRMED, Incident, Running
from irp_actions.values.parties import Party

TOLD = ("told", "sitrep", "stated")
"""The calls by which somebody outside is told."""

_DO = "Tell them, then `/told {party}` and how"
_DAY = timedelta(days=1)


def stated_for(incident: Incident, clock: Running) -> Mapping[str, Any] | None:
    """CO-2: what the program states itself at the due time: to those who follow the issue, under a standing wait."""
    wait = standing(incident, clock.due)
    if wait is None or not party_of(incident.tables, clock.about).here:
        return None
    return {"party": [clock.about], "wait": wait.n}


@clock("IN-9", met_by=TOLD, do=_DO)
def first_notice(incident: Incident) -> Iterator[Start]:
    """First notice outside."""
    for key, party, since in _never_told(incident):
        if party.when != CUSTOMERS and party.within is not None:
            yield Start(since, teller(incident, party), about=key, due=since + party.within)


@clock("CO-2", met_by=TOLD, do=_DO, then="stated", then_with=stated_for, then_at_due=False)
def daily_word(incident: Incident) -> Iterator[Start]:
    """Daily word outside."""
    confirmed = incident.confirmed
    if incident.status != CONFIRMED or not incident.is_active or confirmed is None:
        return
    for key in concerned(incident):
        party, told = party_of(incident.tables, key), incident.outside.told.get(key)
        if party.daily is not None:
            since = max(confirmed.at, told.at) if told else confirmed.at
            yield Start(since, teller(incident, party), about=key, due=_daily_due(incident, party, since))


@clock("CO-7", met_by=TOLD, do=_DO)
def status_page(incident: Incident) -> Iterator[Start]:
    """Word while customers are affected."""
    for key, party, since in _never_told(incident):
        if party.when == CUSTOMERS:
            due = since + party.within if party.within is not None else None
            yield Start(since, teller(incident, party), about=key, due=due)
    contingency = incident.outside.occasions.get(CONTINGENCY)
    for key in concerned(incident) if contingency and incident.is_active else ():
        party, told = party_of(incident.tables, key), incident.outside.told.get(key)
        if contingency and party.every is not None and told is not None:
            since = max(told.at, contingency.at)
            yield Start(since, teller(incident, party), about=key, due=since + party.every)


@clock("CO-8", met_by=TOLD, do="Send them the report, then `/told {party}` and how")
def after_action(incident: Incident) -> Iterator[Start]:
    """Report to those outside."""
    closing = incident.closing
    if closing is None or incident.status != CLOSED:
        return
    for key in concerned(incident):
        party, told = party_of(incident.tables, key), incident.outside.told.get(key)
        if party.after_action is not None and (told is None or told.at < closing.at):
            yield Start(closing.at, teller(incident, party), about=key, due=closing.at + party.after_action)


def teller(incident: Incident, party: Party) -> str:
    """Who of the team tells a party: whom the policy names, else who writes the sitreps (RO-3)."""
    if party.owner in incident.tables.roles:
        return incident.holder(party.owner) or speaker(incident)
    return party.owner or speaker(incident)


def _never_told(incident: Incident) -> Iterator[tuple[str, Party, datetime]]:
    """The concerned who were never told, and since when their time runs; what is over is not new any more."""
    if incident.closing is not None:
        return
    for key in concerned(incident):
        since = concerned_since(incident, key)
        if key not in incident.outside.told and since is not None:
            yield key, party_of(incident.tables, key), since


def _daily_due(incident: Incident, party: Party, since: datetime) -> datetime:
    """CO-2: the party's time of day on the day after they were told last; at first, the next that leaves time enough.

    Calendar days of the policy's zone, worked or not, whatever the clocks on the wall do.
    """
    clock = party.daily
    assert clock is not None  # noqa: S101 - asked only of parties that have one
    tables = incident.tables
    day = tables.local(since).date()
    confirmed = incident.confirmed
    if confirmed is not None and since > confirmed.at:
        return comes_at(tables, day + _DAY, clock)
    soonest = since + tables.quiet.replan
    while (due := comes_at(tables, day, clock)) < soonest:
        day += _DAY
    return due
