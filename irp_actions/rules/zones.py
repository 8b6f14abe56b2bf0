"""Reads the zone that people type behind a time: `UTC`, `Z`, `UTC+2`, `+02:00`, `-0500`, or an abbreviation.

An abbreviation says where somebody is only to those who are there too: `CST` is Chicago's, Shanghai's and Havana's. So
it is taken where it is the policy's own at that moment, and asked about everywhere else (CL-4).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo

_ZONE = re.compile(
    r"\s*(?:UTC|GMT|Z)(?![A-Za-z0-9])(?:([+-])(\d{1,2})(?::?(\d{2}))?(?!\d))?|"  # UTC, UTC+2, GMT-05:30
    r"(?:\s*\+|\s+-|(?<=[0-9])(-))(\d{2}):?(\d{2})(?![\d:])|"  # +0200, -05:00; not in 03:12-05:00, a range
    r"\s*\b([A-Za-z]{2,4})\b(?!['\u2019-])",
    re.IGNORECASE,
)
_WORDS = frozenset(
    {"ADT", "ART", "AST", "CAT", "COT", "CT", "EAT", "ET", "IST", "MET", "MT", "PT", "WAT", "WEST", "WET"}
)
"""Names that are words too, in one language or another: they are zones only in capitals."""

_NAMES = _WORDS | {
    "ACDT", "ACST", "AEDT", "AEST", "AKDT", "AKST", "AWST", "BRT", "BST", "CDT", "CEST", "CET", "CLT", "CST", "EDT",
    "EEST", "EET", "EST", "HKT", "HST", "ICT", "IDT", "JST", "KST", "MDT", "MEST", "MESZ", "MEZ", "MSK", "MST", "MYT",
    "NDT", "NST", "NZDT", "NZST", "PDT", "PHT", "PKT", "PST", "SAST", "SGT", "TRT", "WIB",
}  # fmt: skip
"""What is taken for a zone behind a time; no other word in capitals is: `03:12 DNS changed`."""

_FURTHEST = 14
"""Hours between UTC and the zone that is furthest from it."""


class ForeignZone(ValueError):  # noqa: N818 - it is asked about, not an error
    """A zone that cannot be told from its abbreviation."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True, slots=True)
class Spoken:
    """What was said of the zone: one that needs no policy, an abbreviation, or nothing."""

    zone: tzinfo | None = None
    name: str = ""

    def holds(self, moment: datetime) -> bool:
        """Whether a local moment of the policy's zone can be meant: its clocks go by that name then.

        Who writes `ET` means whichever of EST and EDT it is.
        """
        own = (moment.tzname() or "").upper()
        return self.name in ("", own, f"{own[:1]}T" if len(own) == 3 else own)


def zone_at(text: str, place: int, *, dated: bool = False) -> tuple[Spoken, int]:
    """The zone that stands at a place of a text, right behind a time, and where it ends.

    Args:
        text: what was typed.
        place: where the time ends.
        dated: whether the time has a date: then `-05:00` close behind it is no range.

    Raises:
        ValueError: no place on Earth is that far off.
    """
    found = _ZONE.match(text, place)
    if found is None or (found[4] and not dated):
        return Spoken(), place
    if found[7]:
        name = found[7].upper()
        known = name in _NAMES and (name not in _WORDS or found[7].isupper())
        return (Spoken(name=name), found.end()) if known else (Spoken(), place)
    said = found[0].strip()
    sign = found[1] or said[0]
    hours, minutes = (found[2], found[3]) if found[2] else (found[5], found[6])
    if int(hours or 0) > _FURTHEST:
        raise ValueError(f"no clock is {said} off")
    offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    zone = timezone(-offset if sign == "-" else offset) if offset else UTC
    return Spoken(zone), found.end()
