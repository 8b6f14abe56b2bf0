"""Reads the times that tired people type, and always gives back an absolute one."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_UNIT = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_AGO = re.compile(r"(\d{1,4})\s*(s|m|h|d)[a-z]*\s+ago\b", re.IGNORECASE)
_CLOCK = re.compile(
    r"(?:(yesterday|today)\s+)?(?:at\s+)?(\d{1,2}):(\d{2})(?::\d{2})?(?!\d)(?:\s*([ap])\.?m\b\.?)?(?:\s*(UTC|Z)\b)?",
    re.IGNORECASE,
)
_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{1,2}:\d{2}(?::\d{2})?)\s*(Z|UTC|[+-]\d{2}:?\d{2})?\b", re.IGNORECASE)
_RANGE = re.compile(
    r"(?:(today|tomorrow|yesterday|\d{4}-\d{2}-\d{2})\s+)?(\d{1,2})(?::(\d{2}))?\s*(?:[-\u2013\u2014]|to\b|until\b)\s*"
    r"(\d{1,2})(?::(\d{2}))?(?![\d:-])(?:\s*(UTC|Z)\b)?",
    re.IGNORECASE,
)
_DAYS = {"today": 0, "tomorrow": 1, "yesterday": -1}
_NOW = re.compile(r"now\b", re.IGNORECASE)
_AHEAD = timedelta(minutes=5)
"""How far in the future a time may be: people's watches differ."""

_OLDEST = timedelta(days=3653)
"""How far in the past a time may be."""


class Implausible(ValueError):  # noqa: N818 - it is refused, not an error
    """A time that is none, or lies in the future or beyond memory."""


def read_time(text: str, written_at: datetime, zone: str) -> tuple[datetime | None, str]:
    """Read a time at the beginning of a text.

    Understood are `now`, `10 min ago`, `03:12`, `03:12 UTC`, `yesterday 22:40` and `2026-03-02 03:12`,
    optionally with a zone; without one the time is in the policy's zone. A bare clock time means its
    latest occurrence before the comment was written.

    Args:
        text: what was typed.
        written_at: when the comment was written (UTC).
        zone: the policy's IANA zone.

    Returns:
        The moment (UTC) and the rest of the text; None and the whole text when it begins with no time.

    Raises:
        Implausible: the text begins with a time that cannot be meant.
    """
    for pattern, meaning in _FORMS:
        found = pattern.match(text)
        if found:
            try:
                moment = meaning(found, written_at, ZoneInfo(zone)).astimezone(UTC)
            except (ValueError, OverflowError) as none:  # such as 25:99
                raise Implausible(found[0]) from none
            if not written_at - _OLDEST <= moment <= written_at + _AHEAD:
                raise Implausible(found[0])
            return moment, text[found.end() :].lstrip(" \t,:;-")
    return None, text


def read_range(
    text: str, written_at: datetime, zone: str, *, past: bool = False
) -> tuple[tuple[datetime, datetime] | None, str]:
    """Read a range of times of day at the beginning of a text, such as `09:00-12:00` or `22:00-01:00`.

    Args:
        text: what was typed.
        written_at: when the comment was written (UTC).
        zone: the policy's IANA zone, in which times are meant unless `UTC` follows.
        past: whether what was is meant and not what will be: the latest such range that has begun,
            instead of the first that has not ended.

    Returns:
        Beginning and end (UTC), and the rest of the text; None and the whole text when it begins with no range.

    Raises:
        Implausible: the text begins with a range that cannot be meant.
    """
    found = _RANGE.match(text)
    if found is None:
        return None, text
    here = ZoneInfo("UTC") if found[6] else ZoneInfo(zone)
    try:
        first = _day(found[1], written_at.astimezone(here))
        begin, end = _between(first, found, here)
        if found[1] is None and past and begin > written_at + _AHEAD:
            begin, end = _between(first - timedelta(days=1), found, here)
        elif found[1] is None and not past and end <= written_at:
            begin, end = _between(first + timedelta(days=1), found, here)
    except (ValueError, OverflowError) as none:  # such as 25:00-26:00
        raise Implausible(found[0]) from none
    return (begin, end), text[found.end() :].lstrip(" \t,:;-")


def _day(word: str | None, local: datetime) -> date:
    """The day a range begins on; today when none is named."""
    if word and word[0].isdigit():
        return date.fromisoformat(word)
    return local.date() + timedelta(days=_DAYS[(word or "today").lower()])


def _between(day: date, found: re.Match[str], here: ZoneInfo) -> tuple[datetime, datetime]:
    """Beginning and end (UTC) of a range that begins on a day; one that ends before it begins crosses midnight."""
    begin, end = _on(day, found[2], found[3], here), _on(day, found[4], found[5], here)
    return begin, end if end > begin else _on(day + timedelta(days=1), found[4], found[5], here)


def _on(day: date, hour: str, minute: str | None, here: ZoneInfo) -> datetime:
    if int(hour) == 24 and not int(minute or 0):  # midnight, as people write the end of a day
        day, hour = day + timedelta(days=1), "0"
    return datetime.combine(day, time(int(hour), int(minute or 0)), here).astimezone(UTC)


def _ago(found: re.Match[str], written_at: datetime, _: ZoneInfo) -> datetime:
    return written_at - timedelta(**{_UNIT[found[2].lower()]: int(found[1])})


def _dated(found: re.Match[str], _: datetime, zone: ZoneInfo) -> datetime:
    stamp = datetime.fromisoformat(f"{found[1]} {found[2].zfill(5)}")
    offset = (found[3] or "").upper()
    if offset in ("Z", "UTC"):
        return stamp.replace(tzinfo=UTC)
    if offset:
        return datetime.fromisoformat(f"{stamp.isoformat()}{offset}")
    return stamp.replace(tzinfo=zone)


def _clock(found: re.Match[str], written_at: datetime, zone: ZoneInfo) -> datetime:
    here = ZoneInfo("UTC") if found[5] else zone
    local = written_at.astimezone(here)
    moment = local.replace(hour=_hour(int(found[2]), found[4]), minute=int(found[3]), second=0, microsecond=0)
    day = (found[1] or "").lower()
    if day == "yesterday" or (not day and moment.astimezone(UTC) > written_at + _AHEAD):
        moment -= timedelta(days=1)
    return moment


def _hour(hour: int, half: str | None) -> int:
    """The hour of the day, where `8 pm` and `12 am` may have been meant."""
    if half is None:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError(f"{hour} {half}m is no time")
    return hour % 12 + (12 if half.lower() == "p" else 0)


_Meaning = Callable[[re.Match[str], datetime, ZoneInfo], datetime]
_FORMS: tuple[tuple[re.Pattern[str], _Meaning], ...] = (
    (_NOW, lambda _found, written_at, _zone: written_at),
    (_AGO, _ago),
    (_DATED, _dated),
    (_CLOCK, _clock),
)
