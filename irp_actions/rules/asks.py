"""Who is asked when a clock's rung is due."""

from __future__ import annotations

from irp_actions.rules.clocks import CLOCKS
from irp_actions.values.incident import DEPUTY, Incident, Running
from irp_actions.values.policy import Ask, People


def people_asked(incident: Incident, people: People, clock: Running, ask: Ask) -> tuple[str, ...]:
    """The logins a rung asks, each once; never nobody while anyone is known at all (law 3).

    In somebody's place those come first who are on it: they are awake. Nobody is asked to help themselves.

    Args:
        incident: knows the roles and the team.
        people: the roster, in the order in which it is called.
        clock: the running clock, which knows whom it asks first.
        ask: the rung's word.
    """
    gone = {login.lower() for login in incident.left}
    known = _once((*people.on_call, *incident.helpers, *incident.left))
    if CLOCKS[clock.rule].met_by_others:
        known = tuple(login for login in known if login.lower() != clock.asks.lower()) or known
    everyone = tuple(login for login in known if login.lower() not in gone) or known  # rather them than nobody
    roster = tuple(login for login in people.on_call if login.lower() not in gone or login == clock.asks)
    here = tuple(login for login in incident.present if login.lower() not in {*gone, clock.asks.lower()})
    wanted: tuple[str, ...] = ()
    if ask == "asked":
        wanted = (clock.asks,) if clock.asks else ()
    elif ask == "second":
        wanted = roster[1:2]
    elif ask == "third":
        wanted = roster[2:3]
    elif ask == "deputy":
        deputy = incident.holder(DEPUTY)
        wanted = (deputy,) if deputy else here[:1] or _next(roster, clock)
    elif ask == "next":
        wanted = here[:1] or _next(roster, clock)
    return wanted or everyone


def call_order(incident: Incident, people: People) -> tuple[str, ...]:
    """Who is called where nobody in particular is asked: the deputy, whoever is on it, then the rest of the roster.

    Args:
        incident: knows who is on it, and who left.
        people: the roster.
    """
    gone = {login.lower() for login in incident.left}
    deputy = incident.holder(DEPUTY)
    known = _once((*((deputy,) if deputy else ()), *incident.present, *people.on_call))
    return tuple(login for login in known if login.lower() not in gone)


def _next(roster: tuple[str, ...], clock: Running) -> tuple[str, ...]:
    """The next on the roster after the one the clock asks, the first after its last, and when that one is not on it."""
    names = [login.lower() for login in roster]
    if clock.asks.lower() not in names:
        return roster[:1]
    place = names.index(clock.asks.lower())
    return (*roster[place + 1 :], *roster[:place])[:1]


def _once(logins: tuple[str, ...]) -> tuple[str, ...]:
    seen: dict[str, str] = {}
    for login in logins:
        seen.setdefault(login.lower(), login)
    return tuple(seen.values())
