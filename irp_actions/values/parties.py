"""A party is somebody outside the team who has to be told: on what occasion, how soon, how often, by whom."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Literal

Occasion = Literal["always", "customers", "exposure", "contingency", "named"]
"""What makes a party concerned; `named` is only when somebody names them with `/tell`."""

Phase = Literal["investigating", "confirmed", "resolved"]
_AFFECTED = ("customers", "exposure")
"""The occasions on which those are told whom it hit, rather than those who help."""

PLACES = ("number", "title", "status", "severity", "contained", "commander", "sitrep", "waiting", "link")
"""What the words for a party may leave to be filled in, such as `{title}`."""

_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PLACE = re.compile(r"\{([^{}]*)\}")


def key_of(name: str) -> str:
    """What a party is known by: its name in lower case, with hyphens; a key is its own."""
    return "-".join(re.findall(r"[a-z0-9]+", name.lower()))


@dataclass(frozen=True, slots=True)
class Party:
    """One outside party, as the policy names it (CO-4, CO-8)."""

    name: str
    aliases: tuple[str, ...] = ()
    when: Occasion = "always"
    phase: Phase = "confirmed"
    """The status from which on they are told."""
    severities: tuple[Literal["high", "medium", "low"], ...] = ()
    """The severities, by how they act, at which they are told; all of them if none is named."""
    within: timedelta | None = None
    """How soon they are to be told: after becoming aware (IN-9), or after the occasion (CO-7)."""
    daily: time | None = None
    """The local time by which they are told every calendar day while it is open (CO-2)."""
    every: timedelta | None = None
    """How often they are told while a contingency is on (CO-7)."""
    after_action: timedelta | None = None
    """How soon after closing they are to have the report (CO-8)."""
    starts_process: bool = False
    """Whether telling them starts a process of their own, beside ours (IN-14)."""
    owner: str = ""
    """Who of the team tells them: a role or a login; else the communications officer, or the commander."""
    through: str = ""
    """Who outside the team passes it on, in words, such as `the product owner`."""
    contact: str = ""
    """Where and how, in words; never shown in a public repository."""
    here: bool = False
    """Whether they follow the issue itself, so that what is posted here reaches them."""
    channels: tuple[str, ...] = ()
    """The channels whose messages reach them."""
    public: bool | None = None
    """Whether they are outside the confidence of the team; where nobody says so, `is_public` knows."""
    says: str = ""
    """The words they are told, where those are not the usual ones; `{title}` and the like are filled in."""

    def __post_init__(self) -> None:
        """Refuse a party without a name, times that cannot be kept, and places that nothing fills."""
        if not self.name.strip():
            raise ValueError("a party needs a name")
        for spelled, span in (("within", self.within), ("every", self.every), ("after_action", self.after_action)):
            if span is not None and span < timedelta(minutes=5):
                raise ValueError(f"{spelled} must be at least 5m")
        if self.public and self.here:
            raise ValueError("whoever follows the issue reads all of it: a party is either `here` or `public`")
        unknown = [place for place in _PLACE.findall(self.says) if place not in PLACES]
        if unknown:
            known = ", ".join(f"{{{place}}}" for place in PLACES)
            raise ValueError(f"{{{unknown[0]}}} in `says` is filled in by nothing; known are {known}")

    @property
    def is_public(self) -> bool:
        """Whether their ready text has no names, severity, sitrep or link (CL-6): so for those whom it hit."""
        if self.public is None:
            return self.when in _AFFECTED and not self.here
        return self.public

    def filled(self, values: dict[str, str]) -> str:
        """Its own words with their places filled.

        Args:
            values: what stands for each of `PLACES`.
        """
        return _PLACE.sub(lambda place: values[place[1]], self.says)


def is_key(key: str) -> bool:
    """Whether a key can name a party in commands and in the record."""
    return _KEY.fullmatch(key) is not None
