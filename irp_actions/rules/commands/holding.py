"""Holding: a role comes into somebody's hands, or is nobody's any more (RO, HO-6)."""

from __future__ import annotations

from dataclasses import replace

from irp_actions.rules.commands.table import noted, told
from irp_actions.values.incident import Handoff, Held, Incident
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
        incident = told(incident, entry, "unheld", role, held.login)
    return incident


def _moved_on(handoff: Handoff, role: str, login: str) -> bool:
    """Whether a ceremony lost its point: the role is with somebody else before its sitrep came."""
    waits = handoff.accepted_at is not None and handoff.sitrep_at is None
    return waits and handoff.role == role and handoff.incoming.lower() != login.lower()
