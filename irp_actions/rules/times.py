"""Reads the times that tired people type, and always gives back an absolute one."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from irp_actions.rules.zones import ForeignZone, Spoken, zone_at

_UNIT = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_COUNT = r"(?:\d{1,4}|(?:half\s+an|an?)(?=\s))"
_PIECE = re.compile(
    rf"({_COUNT})\s*(s(?:ec(?:ond)?s?)?|m(?:in(?:ute)?s?)?|h(?:(?:ou)?rs?)?|d(?:ays?)?|w(?:eeks?|ks?)?)(?![a-z])", re.I
)
_AGO = re.compile(rf"((?:{_PIECE.pattern}[\s,]*(?:and\s+)?)+)(a\s+half\s+)?ago\b", re.IGNORECASE)
_SOME_AGO = re.compile(rf"{_COUNT}\s*(?:fortnight|month|year|night|weekend)s?\s+ago\b", re.IGNORECASE)
_LEAD = re.compile(r"(?:(?:at|since|around|about)\s+)?", re.IGNORECASE)
_CLOCK = re.compile(
    r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?!\d)(?:\s*([ap])\.?m\b\.?)?|"  # 03:12, 3:12:05 pm
    r"(\d{1,2})\s*([ap])\.?m\b\.?|"  # 3am
    r"(0\d)([0-5]\d)(?!(?!Z\b)\w|-\d|[.,:]\d)|"  # 0312
    r"(1\d|2[1-3])([0-5]\d)(?=[ \t]*(?:$|\n|(?:UTC|GMT|Z)\b))",  # 1512, but neither a count nor a year
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"(?:(today|tomorrow|yesterday|\d{4}-\d{2}-\d{2})\s+)?(\d{1,2})(?::(\d{2}))?\s*(?:[-\u2013\u2014]|to\b|until\b)\s*"
    r"(\d{1,2})(?::(\d{2}))?(?![\d:-])(?:\s*(UTC|Z)\b)?",
    re.IGNORECASE,
)
_DAYS = {"today": 0, "tomorrow": 1, "yesterday": -1}
_NOW = re.compile(r"now\b", re.IGNORECASE)
_YEAR = re.compile(r"20[0-5]\d\s*$")
_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]|$)", re.IGNORECASE)
_NAMED_DAY = re.compile(r"(today|tomorrow|yesterday)\b(?!['\u2019])[ \t,]*", re.IGNORECASE)
_WEEKDAY = re.compile(
    r"(?:on\s+)?(last\s+)?(mon|tue(?:s)?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b(?!['\u2019])[ \t,]*", re.I
)
_DAY_MONTH = re.compile(rf"(?:on\s+)?(\d{{1,2}})(?:st|nd|rd|th)?\.?\s+{_MONTH}(?:,?\s+(\d{{4}})\b)?[ \t,]*", re.I)
_MONTH_DAY = re.compile(rf"(?:on\s+)?{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(\d{{4}})\b(?!:))?[ \t,]*", re.I)
_UNSAID = Spoken()
_LATER = re.compile(r"[ \t]+(?=yesterday\b(?!['\u2019])|on[ \t])", re.IGNORECASE)
_AHEAD = timedelta(minutes=5)
"""How far in the future a time may be: people's watches differ."""

_OLDEST = timedelta(days=3653)
"""How far in the past a time may be."""

_NOTED_LATE = timedelta(hours=4)
"""How long after its end a range of hours is still the one that was, noted late, and not the next day's."""


class Implausible(ValueError):  # noqa: N818 - it is refused, not an error
    """A time that is none, or lies in the future or beyond memory."""


class Unplaced(Implausible):
    """A time of a zone that cannot be told; the text is the time without it."""

    def __init__(self, typed: str, zone: str) -> None:
        super().__init__(typed)
        self.zone = zone


@dataclass(frozen=True, slots=True)
class _Day:
    """A day as it was named: which one it is, and which one it was before if that is still to come."""

    of: Callable[[date], date]
    before: Callable[[date], date] | None = None
    dated: bool = False


_TODAY = _Day(lambda today: today, lambda day: day - timedelta(days=1))


def read_time(text: str, written_at: datetime, zone: str) -> tuple[datetime | None, str]:
    """Read a time at the beginning of a text.

    Understood are `now`, `10 min ago`, `1h30m ago`, `03:12`, `3am`, `0312`, `since 03:12`, `yesterday 22:40`,
    `monday 10:00`, `1 March 22:00` and `2026-03-02 03:12`, optionally with a zone; without one the time is in the
    policy's zone. A time of day without a date means its latest occurrence before the comment was written.

    Args:
        text: what was typed.
        written_at: when the comment was written (UTC).
        zone: the policy's IANA zone.

    Returns:
        The moment (UTC) and the rest of the text; None and the whole text when it begins with no time.

    Raises:
        Implausible: the text begins with a time that cannot be meant, or with yesterday and no time of day.
        Unplaced: the time is of a zone that its abbreviation does not tell.
    """
    found = _NOW.match(text)
    moment, end = (written_at, found.end()) if found else _ago(text, written_at) or (None, 0)
    if moment is None:
        moment, end = _told(text, written_at, ZoneInfo(zone))
    if moment is None:
        return None, text
    if not written_at - _OLDEST <= moment <= written_at + _AHEAD:
        raise Implausible(text[:end].strip())
    return moment, text[end:].lstrip(" \t,:;-")


def read_range(
    text: str, written_at: datetime, zone: str, *, past: bool = False
) -> tuple[tuple[datetime, datetime] | None, str]:
    """Read a range of times of day at the beginning of a text, such as `09:00-12:00` or `22:00-01:00`.

    Args:
        text: what was typed.
        written_at: when the comment was written (UTC).
        zone: the policy's IANA zone, in which times are meant unless `UTC` follows.
        past: whether what was is meant and not what will be: the latest such range that has begun,
            instead of the first that has not ended, or only lately.

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
        days = (0,) if found[1] is not None else (-1, 0) if past else (-1, 0, 1)
        ranges = [_between(first + timedelta(days=day), found, here) for day in days]
        if past:
            begin, end = next((one for one in reversed(ranges) if one[0] <= written_at + _AHEAD), ranges[0])
        else:
            begin, end = next((one for one in ranges if one[1] > written_at - _NOTED_LATE), ranges[-1])
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


def _ago(text: str, written_at: datetime) -> tuple[datetime, int] | None:
    """The moment that is some time ago, and where its words end."""
    found = _AGO.match(text)
    if found is None:
        some = _SOME_AGO.match(text)
        if some:  # months, fortnights: nobody can tell how many days
            raise Implausible(some[0])
        return None
    spans = [_span(*piece) for piece in _PIECE.findall(found[1])]
    half = _span("half", _PIECE.findall(found[1])[-1][1]) if found[4] else timedelta()
    try:
        return written_at - sum(spans, half), found.end()
    except OverflowError as none:
        raise Implausible(found[0]) from none


def _span(count: str, unit: str) -> timedelta:
    first = count.lower()[:1]
    number = 0.5 if first == "h" else 1 if first == "a" else int(count)
    return timedelta(**{_UNIT[unit[0].lower()]: number})


def _told(text: str, written_at: datetime, home: ZoneInfo) -> tuple[datetime | None, int]:
    """The moment that a text begins with, by day and time of day, and where that ends; None and 0 without one."""
    day, begins = _day_at(text, _after(_LEAD, text, 0))
    if _YEAR.match(text, begins) and day is _TODAY:
        raise Implausible(text.strip())  # 2026 is a year to one and half past eight to another
    clock = _CLOCK.match(text, _after(_LEAD, text, begins))
    if clock is None:
        return _undated(text, day, begins)
    end = clock.end()
    try:
        spoken, end = zone_at(text, end, dated=day.dated)
        later = _LATER.match(text, end) if day is _TODAY else None
        day, end = _day_at(text, later.end()) if later else (day, end)
        here = spoken.zone or home
        date_of, wall = day.of(written_at.astimezone(here).date()), _wall(clock)
        if not day.dated:
            wall = wall.replace(second=0)
        if day.before and _latest(date_of, wall, here, written_at) > written_at + _AHEAD:
            date_of = day.before(date_of)
        return _latest(date_of, wall, here, written_at, spoken), end
    except ForeignZone as foreign:
        raise Unplaced(text[: clock.end()].strip(), foreign.name) from foreign
    except (ValueError, OverflowError) as none:  # such as 25:99
        raise Implausible(text[:end].strip()) from none


def _undated(text: str, day: _Day, begins: int) -> tuple[None, int]:
    """No time; a day without a time of day is asked about where it stands alone, and yesterday in any case."""
    named = _NAMED_DAY.match(text)
    word = named[1].lower() if named else ""
    alone = not text[begins:].partition("\n")[0].strip(" .,:;-")
    if word == "yesterday" or (alone and day is not _TODAY and not day.dated and word != "today"):
        raise Implausible(text[:begins].strip())
    return None, 0


def _after(pattern: re.Pattern[str], text: str, place: int) -> int:
    found = pattern.match(text, place)
    return found.end() if found else place


def _day_at(text: str, place: int) -> tuple[_Day, int]:
    """The day named at a place of a text, and where its name ends; today when none is."""
    for pattern, meaning in _NAMES_OF_DAYS:
        found = pattern.match(text, place)
        if found:
            return meaning(found), found.end()
    return _TODAY, place


def _weekday(found: re.Match[str]) -> _Day:
    """The last day of that name, which may be today."""
    wanted = _WEEK.index(found[2][:3].lower())
    nearest = 1 if found[1] else 0

    def of(today: date) -> date:
        back = (today.weekday() - wanted) % 7
        return today - timedelta(days=back if back >= nearest else 7)

    return _Day(of, lambda day: day - timedelta(days=7))


def _of_month(day: str, month: str, year: str | None) -> _Day:
    """A day of a month; without its year the last one there was."""
    number = _MONTHS.index(month[:3].lower()) + 1
    if year:
        return _Day(lambda _: date(int(year), number, int(day)))
    return _Day(lambda today: date(today.year, number, int(day)), lambda known: known.replace(year=known.year - 1))


_NAMES_OF_DAYS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], _Day]], ...] = (
    (_DATE, lambda found: _Day(lambda _: date.fromisoformat(found[1]), dated=True)),
    (_NAMED_DAY, lambda found: _Day(lambda today: today + timedelta(days=_DAYS[found[1].lower()]))),
    (_WEEKDAY, _weekday),
    (_DAY_MONTH, lambda found: _of_month(found[1], found[2], found[3])),
    (_MONTH_DAY, lambda found: _of_month(found[2], found[1], found[3])),
)


def _wall(found: re.Match[str]) -> time:
    """The time of day as the clock on the wall shows it."""
    if found[5]:
        return time(hour_of(int(found[5]), found[6]))
    if found[1]:
        return time(hour_of(int(found[1]), found[4]), int(found[2]), int(found[3] or 0))
    return time(int(found[7] or found[9]), int(found[8] or found[10]))


def _latest(day: date, wall: time, here: tzinfo, written_at: datetime, spoken: Spoken = _UNSAID) -> datetime:
    """The moment (UTC) of a local time; of one that comes twice the later that has come, or the one that was named.

    Raises:
        ForeignZone: the clocks there do not go by the name that was said.
    """
    first, second = (datetime.combine(day, wall.replace(fold=fold), here) for fold in (0, 1))
    skipped = first.astimezone(UTC) > second.astimezone(UTC)
    meant = [local.astimezone(UTC) for local in ((first,) if skipped else (first, second)) if spoken.holds(local)]
    if not meant:
        raise ForeignZone(spoken.name)
    return max((moment for moment in meant if moment <= written_at), default=min(meant))


def hour_of(hour: int, half: str | None) -> int:
    """The hour of the day, where `8 pm` and `12 am` may have been meant.

    Args:
        hour: as written.
        half: `a` or `p`, or nothing where the day has 24 hours.

    Raises:
        ValueError: `13 pm` is no time.
    """
    if half is None:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError(f"{hour} {half}m is no time")
    return hour % 12 + (12 if half.lower() == "p" else 0)
