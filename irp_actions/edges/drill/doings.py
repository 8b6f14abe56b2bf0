"""The table of what an issue's timeline tells beside comments: labels, assignees, closings, each in a few words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

_Item = Mapping[str, Any]


def phrases(items: Iterable[_Item]) -> str:
    """What one person did in one moment, such as ``sets `severity: high`; removes `severity: unknown` ``.

    Args:
        items: Events of the timeline ("Issue event types"). Those that no reader of the page would miss say nothing.
    """
    told: dict[str, dict[str, None]] = {}
    for item in items:
        if item["event"] in _DOINGS:
            verb, what = _DOINGS[item["event"]]
            told.setdefault(verb, {})[what(item)] = None
    return "; ".join(f"{verb} {', '.join(whats)}".strip() for verb, whats in told.items())


def _reason(item: _Item) -> str:
    return str(item.get("state_reason") or "completed").replace("_", " ")


_DOINGS: Mapping[str, tuple[str, Callable[[_Item], str]]] = {
    "labeled": ("sets", lambda item: f"`{item['label']['name']}`"),
    "unlabeled": ("removes", lambda item: f"`{item['label']['name']}`"),
    "assigned": ("assigns", lambda item: str(item["assignee"]["login"])),
    "unassigned": ("unassigns", lambda item: str(item["assignee"]["login"])),
    "closed": ("closes it as", _reason),
    "reopened": ("opens it again", lambda _: ""),
    "renamed": ("renames it to", lambda item: f"*{item['rename']['to']}*"),
    "locked": ("locks the conversation", lambda _: ""),
    "unlocked": ("unlocks the conversation", lambda _: ""),
}
"""The verb of each kind of event, and what it was done to."""
