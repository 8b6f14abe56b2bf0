"""Holding: a role comes into somebody's hands or is nobody's any more, and what was over is taken up again (RO, HO)."""

from __future__ import annotations

from dataclasses import replace

from irp_actions.rules.commands.table import noted, told, without_offers
from irp_actions.values.incident import IC, Handoff, Held, Incident
from irp_actions.values.record import Entry


def held_by(incident: Incident, entry: Entry, role: str, login: str, how: str) -> Incident:
    """The incident with a role in somebody's hands; whoever held it joins the former holders."""
    before = incident.holder(role)
    roles = {**incident.roles, role: Held(login, entry.at, entry.n, how)}
    ordered = {name: roles[name] for name in incident.tables.roles if name in roles}
    still = {held.login.lower() for held in ordered.values()}
    former = {**incident.former, **({before: entry.n} if before else {})}
    changed = replace(
        incident,
        roles=ordered,
        handoffs=tuple(replace(h, lapsed=True) if _moved_on(h, role, login) else h for h in incident.handoffs),
        former={who: n for who, n in former.items() if who.lower() not in still},
        unheld={name: fact for name, fact in incident.unheld.items() if name != role},
    )
    return told(changed, entry, "role", role, login, how)


def vacated(incident: Incident, entry: Entry, roles: tuple[str, ...], why: str) -> Incident:
    """The incident without a holder for these roles: they are unheld, which is shown until somebody has them (HO-6)."""
    for role in roles:
        held = incident.roles[role]
        others = {name: other for name, other in incident.roles.items() if name != role}
        gone = held.login.lower() not in {other.login.lower() for other in others.values()}
        incident = replace(
            incident,
            roles=others,
            unheld={**incident.unheld, role: replace(noted(entry, why), by=held.login)},
            handoffs=tuple(replace(h, lapsed=True) if _moved_on(h, role, "") else h for h in incident.handoffs),
            former={**incident.former, **({held.login: entry.n} if gone else {})},
        )
        incident = told(incident, entry, "unheld", role, held.login, why)
    return incident


def _moved_on(handoff: Handoff, role: str, login: str) -> bool:
    """Whether a ceremony lost its point: the role is with somebody else before its sitrep came."""
    waits = handoff.accepted_at is not None and handoff.sitrep_at is None
    return waits and handoff.role == role and handoff.incoming.lower() != login.lower()


def taken_up(incident: Incident, entry: Entry) -> Incident:
    """The incident active again: whoever takes it up is in command, and only who acts from now on is on it.

    Those who worked on it before are asleep or at other work until they say a word. A program that takes it up
    commands nothing: then the chair is empty, and somebody is called (HO-6).
    """
    author, before = entry.by.login, incident.holder(IC)
    here = (author,) if entry.by.responds else ()
    worked = dict.fromkeys((*incident.rested, *incident.responders))
    changes = before is not None and before.lower() != author.lower()
    fresh = replace(
        incident,
        closing=None,
        resolved=None,
        reopened_for=None,
        duplicate_of=0,
        brought=None,
        word=noted(entry),
        reopened=noted(entry, before if before and changes else ""),
        responders=here,
        rested=tuple(login for login in worked if login.lower() != author.lower() or not here),
        asked={},
        called=(),
        handoffs=without_offers(incident, entry, IC),
        work=replace(incident.work, long=None),
        acknowledged=incident.acknowledged or (noted(entry) if here else None),
    )
    if here:
        return held_by(fresh, entry, IC, author, "reopened") if changes or before is None else fresh
    return vacated(fresh, entry, (IC,), "was off") if before else fresh
