"""What the board shows of the team's work, put together from the incident and the texts the record still has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from irp_actions.rules.permission import MAY_ACT, consultation, deciders, leave
from irp_actions.rules.shifts import on_next, on_now, plan_of
from irp_actions.values.incident import Incident
from irp_actions.values.work import Disruption

Said = Callable[[int], str | None]
"""The free text of an entry, unless it was withheld, purged or archived."""

_PART = re.compile(r"\s*(because|why|instead of|authority|present)[ \t]*:[ \t]*(.*)", re.IGNORECASE)
_NAMES = {name: name for name in ("because", "authority", "present")} | {"why": "because", "instead of": "instead"}
_BECAUSE = re.compile(r",?\s+because\s+(?!of\b)", re.IGNORECASE)
_URL = re.compile(r"<?(https?://[^\s<>()\[\]|`\"'\\]+)>?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """A link as somebody gave it: what it leads to, and its address; only `https` is shown as a link (RE-10)."""

    what: str
    url: str

    @property
    def secure(self) -> bool:
        """Whether it may be followed with a tap."""
        return self.url.lower().startswith("https://")


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision in its parts, as its author told them; what was not told is empty (AS-9)."""

    what: str
    because: str = ""
    instead: str = ""
    authority: str = ""
    present: str = ""


@dataclass(frozen=True, slots=True)
class Planned:
    """A disruption as the board shows it: what the team may do about it now, and until when others may answer."""

    plan: Disruption
    leave: str
    may_act: bool
    due: datetime | None
    deciders: tuple[str, ...]


def work_values(incident: Incident, said: Said, now: datetime) -> dict[str, object]:
    """The values that `board_work` needs beside the incident.

    Args:
        incident: what the record adds up to.
        said: looks up what people wrote.
        now: the moment the board is for (UTC).
    """
    return {
        "now": now,
        "planned": [planned(incident, plan, now) for plan in incident.work.disruptions if plan.pending or plan.untold],
        "outcomes": Counter(lead.result.detail for lead in incident.work.leads if lead.result),
        "links": links(incident, said),
        "decided": decided(incident, said),
        "plan": plan_of(incident),
        "on_now": on_now(incident, now),
        "on_next": on_next(incident, now),
    }


def planned(incident: Incident, plan: Disruption, now: datetime) -> Planned:
    """One disruption as it stands at a moment (UTC)."""
    given = leave(incident, plan, now)
    clock = consultation(incident, plan)
    asked = deciders(incident, plan, incident.tables.people.on_call)
    return Planned(plan, given, given in MAY_ACT, clock.due if clock else None, asked)


def decided(incident: Incident, said: Said) -> Decided | None:
    """The last decision in its parts; nothing when there is none, or its words are gone."""
    text = said(incident.work.decisions[-1].n) if incident.work.decisions else None
    return read_decision(text) if text else None


def read_decision(text: str) -> Decided:
    """What was decided, and what stands with it: in lines such as `instead of: paying`, and after a `because`."""
    parts: dict[str, list[str]] = {"what": []}
    name = "what"
    for row in text.split("\n"):
        begun = _PART.fullmatch(row)
        name = _NAMES[begun[1].lower()] if begun else name
        parts.setdefault(name, []).append((begun[2] if begun else row).strip())
    told = {key: " ".join(filter(None, rows)) for key, rows in parts.items()}
    if "because" not in told:
        told["what"], _, told["because"] = _halves(told["what"])
    return Decided(**told)


def _halves(text: str) -> tuple[str, str, str]:
    """What stands before the first `because`, the word itself, and what stands after it; `because of` needs no line."""
    found = _BECAUSE.search(text)
    return (text[: found.start()], found[0], text[found.end() :]) if found else (text, "", "")


def links(incident: Incident, said: Said) -> tuple[Link, ...]:
    """The links people gave, the last one of each name; one whose text is gone is not shown."""
    found: dict[str, Link] = {}
    for fact in incident.work.links:
        text = said(fact.n)
        if text:
            given = read_link(text)
            found.pop(given.what.lower(), None)
            found[given.what.lower()] = given
    return tuple(found.values())


def read_link(text: str) -> Link:
    """What a link leads to, and its address; without an address it is a place in words, such as a safe."""
    found = _URL.search(text)
    if found is None:
        return Link(text.strip(), "")
    url = found[1].rstrip(".,;:!?")
    what = f"{text[: found.start()]} {text[found.end() :]}".strip(" \n:-\u2013\u2014()<>[]")
    return Link(what or url.split("/")[2], url)
