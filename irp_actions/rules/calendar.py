"""The calendar in use: when a local time comes, which days are worked, and which moments are quiet.

Moments are UTC, times of day are local. A time of day *comes* at the first moment of its date at which the
clock on the wall shows it or has passed it: one that a change of clocks skips comes with the change, one that
the change repeats comes once. So all that is due daily is due exactly once a day, whatever the zone does.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import count
from zoneinfo import ZoneInfo

from irp_actions.values.calendar import DAYS, Calendar, Hours
from irp_actions.values.policy import Tables

_MIDNIGHT = time()
_DAY = timedelta(days=1)


def comes_at(tables: Tables, day: date, clock: time) -> datetime:
    """The moment (UTC) at which a local time of day comes on a date.

    Args:
        tables: say the zone.
        day: the local date.
        clock: the local time of day.
    """
    zone = ZoneInfo(tables.zone)
    nominal = datetime.combine(day, clock)
    first = nominal.replace(tzinfo=zone).astimezone(UTC)
    if _on_the_wall(first, zone) == nominal:
        return first
    # Skipped. PEP 495: the two readings of a time that does not exist lie on both sides of the change.
    before = nominal.replace(tzinfo=zone, fold=1).astimezone(UTC)
    seconds = range(int((first - before).total_seconds()) + 1)
    passed = bisect_left(seconds, True, key=lambda s: _on_the_wall(before + timedelta(seconds=s), zone) >= nominal)
    return before + timedelta(seconds=passed)


def is_working_day(tables: Tables, day: date) -> bool:
    """Whether a local date is worked: a day of the working week that is no holiday, or one named as worked."""
    calendar = tables.calendar
    if day in calendar.working:
        return True
    if DAYS[day.weekday()] not in calendar.working_days or day in calendar.holidays:
        return False
    return day not in _public_holidays(calendar.country, calendar.subdivision, day.year)


def is_quiet(tables: Tables, moment: datetime, *, days_off: bool = True) -> bool:
    """CO-6: whether a moment (UTC) is in the quiet hours or on a day that is not worked.

    Without quiet hours nothing is quiet, not even a Sunday: then somebody is always at work.

    Args:
        tables: say the zone, the quiet hours and the calendar.
        moment: UTC.
        days_off: whether days that are not worked are quiet; for what is due every calendar day they are not (CO-2).
    """
    quiet = tables.calendar.quiet_hours
    if quiet is None:
        return False
    today = tables.local(moment).date()
    return (days_off and not is_working_day(tables, today)) or any(
        start <= moment < end for start, end in _spans(tables, quiet, (today - _DAY, today))
    )


def quiet_until(tables: Tables, moment: datetime, *, days_off: bool = True) -> datetime:
    """CO-6: the first moment (UTC) from this one on that is not quiet; the moment itself if it is not.

    The arguments are those of `is_quiet`.
    """
    if not is_quiet(tables, moment, days_off=days_off):
        return moment
    ends = {_MIDNIGHT, *((tables.calendar.quiet_hours.end,) if tables.calendar.quiet_hours else ())}
    slots = slots_after(tables, moment, ends, days_off=not days_off)
    return next(end for end in slots if not is_quiet(tables, end, days_off=days_off))


def slots_after(
    tables: Tables, after: datetime, slots: Iterable[time], *, days_off: bool = False
) -> Iterator[datetime]:
    """CO-1: the moments (UTC) after another, in order and without end, at which these times come on working days.

    Args:
        tables: say the zone and the calendar.
        after: the moment (UTC) before which nothing is looked for; a slot at this very moment has passed.
        slots: local times of day.
        days_off: whether they come on days off too (CO-2).
    """
    ordered = sorted(slots)
    days = (day for day in _days_from(tables.local(after).date()) if days_off or is_working_day(tables, day))
    return (moment for day in days for slot in ordered if (moment := comes_at(tables, day, slot)) > after)


def next_slot(tables: Tables, after: datetime, slots: Iterable[time]) -> datetime:
    """CO-1: the first of the slots after a moment (UTC); `slots` must name at least one."""
    return next(slots_after(tables, after, slots))


def next_morning(tables: Tables, after: datetime) -> datetime:
    """HO-2: the end (UTC) of the next quiet hours that end on a working day.

    Where no hour is quiet it is the beginning of the working hours, or else of the day.
    """
    calendar = tables.calendar
    hours = calendar.working_hours
    begins = calendar.quiet_hours.end if calendar.quiet_hours else hours.start if hours else _MIDNIGHT
    return next_slot(tables, after, (begins,))


def next_working_moment(tables: Tables, moment: datetime) -> datetime:
    """RE-8: the first moment (UTC) from this one on in the working hours of a working day."""
    hours = tables.calendar.working_hours
    today = tables.local(moment).date()
    if hours is None:
        return moment if is_working_day(tables, today) else next_slot(tables, moment, (_MIDNIGHT,))
    days = (day for day in _days_from(today - _DAY) if is_working_day(tables, day))
    return next(max(start, moment) for start, end in _spans(tables, hours, days) if max(start, moment) < end)


def _spans(tables: Tables, hours: Hours, days: Iterable[date]) -> Iterator[tuple[datetime, datetime]]:
    """When daily hours begin and end (UTC) on some dates; the end may be on the date after."""
    over_midnight = _DAY if hours.end < hours.start else timedelta()
    for day in days:
        yield comes_at(tables, day, hours.start), comes_at(tables, day + over_midnight, hours.end)


def _days_from(day: date) -> Iterator[date]:
    """Every date from one on."""
    return (day + timedelta(days=days) for days in count())


def _on_the_wall(moment: datetime, zone: ZoneInfo) -> datetime:
    """What the clock on the wall shows at a moment (UTC)."""
    return moment.astimezone(zone).replace(tzinfo=None)


@lru_cache(maxsize=64)
def _public_holidays(country: str, subdivision: str, year: int) -> frozenset[date]:
    """The days off that a country gives; none for one that is not known (any more): an old record still folds."""
    if not country:
        return frozenset()
    from holidays import country_holidays  # noqa: PLC0415 - takes longer than most runs, and few need it

    try:
        return frozenset(country_holidays(country, subdiv=subdivision or None, years=year))
    except NotImplementedError:
        return frozenset()


def unknown_place(calendar: Calendar) -> tuple[str, str] | None:
    """Which key of the calendar names no place whose holidays are known, and what to write there instead.

    Only a policy file is checked by it: what a record has pinned was known when it was pinned.

    Returns:
        The key and a message, or None where all is well.
    """
    from holidays import country_holidays, list_supported_countries  # noqa: PLC0415 - as above

    country, part = calendar.country, calendar.subdivision
    if not country:
        return None
    countries = list_supported_countries()
    if country not in countries:
        return "country", f"of {country!r} no holidays are known; write a code such as US, DE or GB, or '' for none"
    try:
        country_holidays(country, subdiv=part or None)
    except NotImplementedError:
        parts = ", ".join(countries[country]) or "none, so leave it empty"
        return "subdivision", f"{part!r} is no part of {country} with holidays of its own; known are {parts}"
    return None
