"""Originals: of which issue another one is a duplicate, as GitHub has it and not only as somebody typed it (IN-12)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from irp_actions.rules.commands import COMMANDS
from irp_actions.rules.grammar import Refused, bind
from irp_actions.rules.naming import resolve
from irp_actions.rules.slash import Call
from irp_actions.rules.sources import Source
from irp_actions.values.incident import DUPLICATE, Incident
from irp_actions.values.other import Other
from irp_actions.values.policy import Policy
from irp_actions.values.shape import spell_time


def numbers(calls: Iterable[Call], policy: Policy, source: Source) -> Iterator[int]:
    """The issues that these calls name as the original."""
    for call in calls:
        name, text = resolve(call, policy)
        if name == "duplicate":
            try:
                yield bind(COMMANDS[name].usage, text, policy, source.at).args["number"]
            except Refused:
                continue


def traced(number: int, own: int, others: Mapping[int, Other | None]) -> dict[str, Any]:
    """The arguments of a `/duplicate`, with what the issue that it names is, followed once to what that one is of.

    Args:
        number: the issue named.
        own: this issue.
        others: what GitHub said of issues; nothing is pinned of one that it was not asked about.
    """
    named = others.get(number)
    if named is None:
        return {"number": number}
    further = others.get(named.duplicate_of) if named.status == DUPLICATE and named.duplicate_of != own else None
    if further is None or further.status == DUPLICATE:
        return {"number": number, **_pinned(named)}
    return {"number": named.duplicate_of, "named": number, **_pinned(further)}


def told_of(incident: Incident) -> dict[str, Any]:
    """What the original's record is told of a duplicate: who reported it and when, and who said that it is one."""
    opened, closing = incident.opened, incident.closing
    at = {"at": spell_time(opened.at)} if opened else {}
    return {"reporter": incident.reporter, **at, **({"by": closing.by} if closing else {})}


def _pinned(other: Other) -> dict[str, Any]:
    of = {"of": other.duplicate_of} if other.duplicate_of else {}
    return {"is": other.status, **of, **({"over": spell_time(other.over_at)} if other.over_at else {})}
