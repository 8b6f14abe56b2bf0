"""Parties outside the team, as a policy of the kind that both source documents describe would name them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import time, timedelta
from typing import Any

from irp_actions.values.parties import Party
from irp_actions.values.policy import Policy
from tests.model import Model, confirmed, policy_with

HOUR = timedelta(hours=1)
PARTIES: Mapping[str, Party] = {
    "cert": Party(
        "national CERT", aliases=("us-cert",), within=HOUR, severities=("high",), owner="co", contact="the form"
    ),
    "isso": Party("the ISSO", aliases=("jab",), daily=time(16), after_action=timedelta(days=7)),
    "customers": Party(
        "customers", when="customers", within=timedelta(minutes=15), every=HOUR, through="the product owner"
    ),
    "parent": Party("GSA IR", phase="investigating", starts_process=True, owner="cat"),
    "legal": Party("legal", when="named"),
    "readers": Party("the readers", here=True, daily=time(16)),
}


def policy_telling(*keys: str, zone: str = "America/New_York", **parties: Party) -> Policy:
    """The packaged policy with some of the parties, or others.

    Args:
        keys: of `PARTIES`.
        zone: an IANA zone.
        parties: others, or the same made different.
    """
    told = {key: PARTIES[key] for key in keys} | parties
    policy = policy_with(zone=zone, parties=told)
    return replace(policy, digest=f"{zone} {sorted(told)}")


def telling(*keys: str, severity: str = "high", **more: Any) -> Model:
    """An incident that ben commands, under a policy with these parties, one minute after its opening at 22:10 local."""
    return confirmed(severity, policy=policy_telling(*keys, **more))


def due(model: Model, rule: str, about: str = "") -> str | None:
    """When a clock is due, as local day and time; None when it does not run."""
    tables = model.incident.tables
    found = [c.due for c in model.incident.clocks if c.rule == rule and about in ("", c.about)]
    return f"{tables.local(found[0]):%d %H:%M}" if found else None


def passing(model: Model, minutes: int, text: str = "") -> list[tuple[str, str]]:
    """Minutes pass with a run in each: the local time and the words of every comment with this text in it.

    The team goes on talking, so that nobody is asked for a sign of life.
    """
    said = []
    for minute in range(minutes):
        model.wait(1)
        if minute % 9 == 8:
            model.say("cat", "working on it", after=0)
        heard = model.heard()
        if heard and text in heard:
            said.append((f"{model.incident.tables.local(model.now):%H:%M}", heard))
    return said
