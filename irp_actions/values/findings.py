"""Findings are what is learned of an incident: how it was found, what it did, why it could, and what follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Told:
    """Something that somebody told in entry `n`. Its words stand beside the chain, where they can be purged."""

    n: int
    by: str
    at: datetime
    """When it was told (UTC)."""
    what: str = ""
    """A term of the policy, such as `customers`, or an ATT&CK id; empty where the words are all there is."""
    happened_at: datetime | None = None
    """When it is said to have happened (UTC)."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Something to be done after the incident, by whom, as entry `n` says; it becomes an issue of its own (CL-2)."""

    id: str
    """`A1` for an action of the retrospective; a deferred to-do keeps its own id. Never reused."""
    n: int
    who: str = ""
    words: str = ""
    """What it says where that came from a checklist of the policy; else the text of the entry does."""


@dataclass(frozen=True, slots=True)
class Retro:
    """The retrospective: planned for a moment (UTC), led by somebody, and held or not (CL-2)."""

    n: int
    at: datetime | None = None
    lead: str = ""
    held: bool = False


@dataclass(frozen=True, slots=True)
class Findings:
    """What the report says beyond what happened. Lists are bounded; what falls out of them is still in the entries."""

    discovery: Told | None = None
    started: Told | None = None
    """When the misuse began."""
    aware: Told | None = None
    """When somebody became aware of it, if that was not at the opening."""
    threats: tuple[Told, ...] = ()
    """VERIS actions and ATT&CK techniques, each once."""
    impacts: tuple[Told, ...] = ()
    """What it touched, each kind once (AS-6)."""
    scope: tuple[Told, ...] = ()
    """How far it went, each field once (CL-9)."""
    cause: Told | None = None
    whys: tuple[Told, ...] = ()
    """The answers to *why?*, each asking after the one before (CL-3)."""
    lessons: tuple[Told, ...] = ()
    statement: Told | None = None
    """What a person wrote for those outside (CL-6)."""
    actions: tuple[FollowUp, ...] = ()
    acted: int = 0
    """How many actions there ever were, so that no number is given twice."""
    issues: Mapping[str, int] = field(default_factory=dict)
    """The issue that each follow-up became."""
    retro: Retro | None = None
    drafted: datetime | None = None
    """Since when there is the present draft report (UTC)."""
    outdrafted: datetime | None = None
    """Since when there was the draft before it, of what was taken up again (UTC)."""
    concluded: tuple[Told, ...] = ()
    """The last closings that had a report, the present one last."""

    @property
    def quoted(self) -> frozenset[int]:
        """The entries whose words the draft report shows."""
        lists = (getattr(self, field.name) for field in fields(self))
        held = [item for found in lists for item in (found if isinstance(found, tuple) else (found,))]
        return frozenset(item.n for item in held if isinstance(item, Told | FollowUp | Retro))

    def has_impact(self, what: str) -> bool:
        """Whether this kind of impact was told and not taken back, such as `exposure` (RE-6) or `customers` (CO-7)."""
        return any(told.what == what for told in self.impacts)
