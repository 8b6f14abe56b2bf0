"""Reads the times to come that people type: `14:00`, `in 90 min`, `tomorrow 09:00`, always as an absolute one."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from irp_actions.rules.times import Implausible, Unplaced, hour_of
from irp_actions.rules.zones import Spoken, zone_at

_UNIT = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_IN = re.compile(
    r"(?:in\s+)?((?:(?:\d{1,4}|(?:half\s+an|an?)(?=\s))\s*(?:m|min|mins|minutes?|h|hrs?|hours?|d|days?|w|weeks?)(?![a-z])[\s,]*(?:and\s+)?)+)"
    r"(?!\s*ago\b)",
    re.IGNORECASE,
)
_PIECE = re.compile(r"(\d{1,4}|(?:half\s+an|an?)(?=\s))\s*([mhdw])[a-z]*", re.IGNORECASE)
_DATED = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[T ]+(?:at\s+)?(\d{1,2}:\d{2})(?::\d{2})?\s*(Z\b|UTC\b|[+-]\d{2}:?\d{2}\b)?)?",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?!(?:UTC|Z)\b)(?:(today|tonight|tomorrow|(?:next\s+)?(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)\b,?\s*)?"
    r"(?:(?:at\s+)?(?:(\d{1,2}):(\d{2})(?::\d{2})?(?!\d)(?:\s*([ap])\.?m\b\.?)?|(\d{1,2})\s*([ap])\.?m\b\.?|(noon|midnight)\b))?"
    r"(?:\s*(UTC|Z)\b(?![+-]\d))?",
    re.IGNORECASE,
)
_MORNING = time(9)
"""What a day without a time of day means."""

_FURTHEST = timedelta(days=366)


def read_future(text: str, written_at: datetime, zone: str) -> tuple[datetime | None, str]:
    """Read a time to come at the beginning of a text.

    Understood are `14:00`, `2 pm`, `tomorrow 09:00`, `monday`, `in 90 min`, `2 h`, `1h30m`, `half an hour` and
    `2026-03-02 14:00`, optionally with a zone or an offset; without one the time is in the policy's zone. A bare
    time of day means its next occurrence; a day alone means nine in the morning.

    Args:
        text: what was typed.
        written_at: when the comment was written (UTC).
        zone: the policy's IANA zone.

    Returns:
        The moment (UTC) and the rest of the text; None and the whole text when it begins with no time.

    Raises:
        Implausible: the text begins with a time that is none, has passed, or is too far away.
        Unplaced: the time is of a zone that its abbreviation does not tell.
    """
    for pattern, meaning in _FORMS:
        found = pattern.match(text)
        if not found or not found[0].strip():
            continue
        try:
            spoken, end = zone_at(text, found.end()) if meaning is not _in else (Spoken(), found.end())
            moment = meaning(found, written_at, spoken.zone or ZoneInfo(zone)).astimezone(UTC)
        except (ValueError, OverflowError) as none:  # such as 25:99
            raise Implausible(found[0].strip()) from none
        if not written_at < moment <= written_at + _FURTHEST:
            raise Implausible(found[0].strip())
        if not spoken.holds(moment.astimezone(ZoneInfo(zone))):
            raise Unplaced(found[0].strip(), spoken.name)
        return moment, text[end:].lstrip(" \t,:;-")
    return None, text


def _in(found: re.Match[str], written_at: datetime, _: tzinfo) -> datetime:
    ahead = timedelta()
    for count, unit in _PIECE.findall(found[1]):
        number = 0.5 if count.lower().startswith("half") else 1 if count.lower().startswith("a") else int(count)
        ahead += timedelta(**{_UNIT[unit.lower()]: number})
    return written_at + ahead


def _dated(found: re.Match[str], _: datetime, zone: tzinfo) -> datetime:
    day = date.fromisoformat(found[1])
    if found[2] is None:
        return datetime.combine(day, _MORNING, zone)
    clock = time.fromisoformat(found[2].zfill(5))
    offset = (found[3] or "").upper()
    if offset in ("Z", "UTC"):
        return datetime.combine(day, clock, UTC)
    if offset:
        return datetime.fromisoformat(f"{day}T{clock}{offset}")
    return datetime.combine(day, clock, zone)


def _clock(found: re.Match[str], written_at: datetime, zone: tzinfo) -> datetime:
    here = UTC if found[8] else zone
    named = (found[1] or "").lower().removeprefix("next").strip()
    today = written_at.astimezone(here).date()
    clock = _time_of_day(found)
    if named == "tomorrow":
        return _on(today + timedelta(days=1), clock, here)
    if named[:3] in _DAYS:
        ahead = (_DAYS.index(named[:3]) - today.weekday()) % 7
        first = _on(today + timedelta(days=ahead), clock, here)
        return first if first > written_at else _on(today + timedelta(days=ahead + 7), clock, here)
    comings = [_on(today, clock, here, fold) for fold in (0, 1)]
    comings += [] if named else [_on(today + timedelta(days=1), clock, here)]
    return next((moment for moment in comings if moment > written_at), comings[0])


def _time_of_day(found: re.Match[str]) -> time:
    if found[7]:
        return time(12) if found[7].lower() == "noon" else time(0)
    if found[5]:
        return time(hour_of(int(found[5]), found[6]))
    if found[2]:
        return time(hour_of(int(found[2]), found[4]), int(found[3]))
    return time(20) if (found[1] or "").lower() == "tonight" else _MORNING


def _on(day: date, clock: time, zone: tzinfo, fold: int = 0) -> datetime:
    """A local time as a moment (UTC): of a time that comes twice the one asked for, of one that is skipped a later."""
    return datetime.combine(day, clock.replace(fold=fold), zone).astimezone(UTC)


_Meaning = Callable[[re.Match[str], datetime, tzinfo], datetime]
_FORMS: tuple[tuple[re.Pattern[str], _Meaning], ...] = (
    (_DATED, _dated),
    (_IN, _in),
    (_CLOCK, _clock),
)
