"""What the board says of the findings: what it touches, what follows, and what was told after the report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from irp_actions.rules.followups import Task, TextOf
from irp_actions.rules.report.claims import claims
from irp_actions.rules.report.shapes import Claim
from irp_actions.values.incident import Incident
from irp_actions.values.policy import Policy


@dataclass(frozen=True, slots=True)
class Aside:
    """The findings as far as a tired person on a phone needs them."""

    impacts: tuple[str, ...]
    tasks: tuple[Task, ...]
    retro: str
    later: tuple[tuple[str, Claim], ...]
    """What was told after the report, which stays as it was posted: the name of each fact, and what was told."""


def aside(incident: Incident, policy: Policy, text_of: TextOf) -> Aside:
    """What the board says of the findings.

    Args:
        incident: what the record adds up to.
        policy: has the terms' names of today.
        text_of: gives the free text of an entry, unless it was withheld or purged.
    """
    found = claims(incident, policy, text_of, {})
    told = incident.findings
    after: list[tuple[str, Claim | None]] = [("discovery", found.discovery), ("cause", found.cause)]
    for name in ("threats", "impacts", "scope", "whys", "lessons"):
        after += [(name, claim) for claim in getattr(found, name)]
    for name, one in (("started", told.started), ("aware", told.aware)):
        after += [(name, Claim("", text_of(one.n) or "", one.by, one.at, one.happened_at, one.n))] if one else []
    if incident.contained:
        fact = incident.contained
        after.append(("contained", Claim("", text_of(fact.n) or "", fact.by, fact.at, fact.at, fact.n)))
    return Aside(
        impacts=tuple(dict.fromkeys(claim.what for claim in found.impacts)),
        tasks=found.tasks if incident.closing else (),
        retro=found.retro,
        later=tuple(_later(incident, after)),
    )


def _later(incident: Incident, told: list[tuple[str, Claim | None]]) -> Iterator[tuple[str, Claim]]:
    if incident.closing is not None:
        yield from sorted(
            ((name, claim) for name, claim in told if claim is not None and claim.n > incident.closing.n),
            key=lambda pair: pair[1].n,
        )
