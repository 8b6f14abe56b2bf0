"""The calendar in use: local times come once a day, days off are off, nights are quiet, whatever the zone does."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from irp_actions.rules.calendar import (
    comes_at,
    is_quiet,
    is_working_day,
    next_morning,
    next_slot,
    next_working_moment,
    quiet_until,
)
from irp_actions.values.calendar import Calendar, Hours
from irp_actions.values.policy import Tables
from tests.model import PACKAGED, policy_with

NEW_YORK = "America/New_York"
NIGHT = Hours(time(18), time(8, 30))
WEEK = ("mon", "tue", "wed", "thu", "fri")
SLOTS = (time(10), time(16))


def tables(zone: str = "UTC", **calendar: object) -> Tables:
    """The packaged tables in a zone, with what else differs in the calendar."""
    changed = replace(PACKAGED.calendar, **calendar)  # type: ignore[arg-type]
    return policy_with(zone=zone, calendar=changed).tables()


def local(zone: str, *at: int) -> datetime:
    """A local time in UTC; where it comes twice, the first."""
    return datetime(*at, tzinfo=ZoneInfo(zone)).astimezone(UTC)  # type: ignore[misc,arg-type]


def shown(moment: datetime, zone: str) -> str:
    """A moment as the wall shows it in a zone."""
    return f"{moment.astimezone(ZoneInfo(zone)):%a %Y-%m-%d %H:%M %Z}"


# Slots


def test_the_next_slot_is_the_first_one_left_today() -> None:
    """CO-1: at medium ten and four o'clock; one that is reached this minute has passed."""
    zone = tables(NEW_YORK)
    monday = local(NEW_YORK, 2026, 3, 2, 9, 59)
    assert shown(next_slot(zone, monday, SLOTS), NEW_YORK) == "Mon 2026-03-02 10:00 EST"
    assert shown(next_slot(zone, monday + timedelta(minutes=1), SLOTS), NEW_YORK) == "Mon 2026-03-02 16:00 EST"
    assert shown(next_slot(zone, local(NEW_YORK, 2026, 3, 2, 16), SLOTS), NEW_YORK) == "Tue 2026-03-03 10:00 EST"


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ((2026, 3, 6, 16, 0), "Mon 2026-03-09 16:00 EDT"),  # a weekend, and the clocks change in it
        ((2026, 10, 30, 16, 0), "Mon 2026-11-02 16:00 EST"),
        ((2026, 11, 25, 16, 0), "Fri 2026-11-27 16:00 EST"),  # Thanksgiving
        ((2026, 7, 2, 16, 0), "Mon 2026-07-06 16:00 EDT"),  # the fourth is a Saturday: Friday is given instead
        ((2026, 12, 31, 16, 0), "Mon 2027-01-04 16:00 EST"),
        ((2027, 12, 30, 16, 0), "Mon 2028-01-03 16:00 EST"),  # new year's day is a Saturday: its Friday is last year's
        ((2028, 2, 28, 16, 0), "Tue 2028-02-29 16:00 EST"),  # a leap day
        ((2028, 2, 29, 16, 0), "Wed 2028-03-01 16:00 EST"),
        ((2027, 2, 26, 16, 0), "Mon 2027-03-01 16:00 EST"),
    ],
)
def test_days_off_have_no_slots(after: tuple[int, ...], expected: str) -> None:
    """CO-1: weekends and federal holidays, also those given on another day."""
    assert shown(next_slot(tables(NEW_YORK), local(NEW_YORK, *after), (time(16),)), NEW_YORK) == expected


@pytest.mark.parametrize(
    ("zone", "slot", "after", "expected"),
    [
        # 02:00 becomes 03:00; 02:00 becomes 01:00.
        (NEW_YORK, time(2, 30), (2026, 3, 7, 12), ["2026-03-08 03:00 EDT", "2026-03-09 02:30 EDT"]),
        (NEW_YORK, time(1, 30), (2026, 10, 31, 12), ["2026-11-01 01:30 EDT", "2026-11-02 01:30 EST"]),
        # Lord Howe moves by half an hour: 02:00 becomes 02:30; 02:00 becomes 01:30.
        ("Australia/Lord_Howe", time(2, 15), (2026, 10, 3, 12), ["2026-10-04 02:30 +11", "2026-10-05 02:15 +11"]),
        ("Australia/Lord_Howe", time(1, 45), (2026, 4, 4, 12), ["2026-04-05 01:45 +11", "2026-04-06 01:45 +1030"]),
        # Dublin calls its winter time the saving; 01:00 becomes 02:00; 02:00 becomes 01:00.
        ("Europe/Dublin", time(1, 30), (2026, 3, 28, 12), ["2026-03-29 02:00 IST", "2026-03-30 01:30 IST"]),
        ("Europe/Dublin", time(1, 30), (2026, 10, 24, 12), ["2026-10-25 01:30 IST", "2026-10-26 01:30 GMT"]),
        # In Cairo and Nuuk midnight itself is skipped, in Nuuk on the evening before.
        ("Africa/Cairo", time(0), (2026, 4, 23, 12), ["2026-04-24 01:00 EEST", "2026-04-25 00:00 EEST"]),
        ("America/Nuuk", time(23, 30), (2026, 3, 28, 12), ["2026-03-29 00:00 -01", "2026-03-29 23:30 -01"]),
        ("Asia/Kathmandu", time(2, 30), (2026, 3, 7, 12), ["2026-03-08 02:30 +0545", "2026-03-09 02:30 +0545"]),
    ],
)
def test_a_slot_comes_once_a_day_though_the_clocks_change(
    zone: str, slot: time, after: tuple[int, ...], expected: list[str]
) -> None:
    """CO-1: one that is skipped comes with the change, one that is repeated comes the first time."""
    every_day = tables(zone, country="", working_days=(*WEEK, "sat", "sun"))
    first = next_slot(every_day, local(zone, *after), (slot,))
    second = next_slot(every_day, first, (slot,))
    assert [shown(moment, zone)[4:] for moment in (first, second)] == expected


def test_sixty_days_have_a_slot_for_each_working_day() -> None:
    """CO-1: none is lost and none comes twice in an incident over a change of the clocks and three holidays."""
    zone = tables(NEW_YORK)
    moment, end = local(NEW_YORK, 2026, 10, 5), local(NEW_YORK, 2026, 12, 4)
    days = []
    while (moment := next_slot(zone, moment, SLOTS)) < end:
        days.append(shown(moment, NEW_YORK))
    assert len(days) == len(set(days)) == 2 * (44 - 3)  # Columbus, Veterans and Thanksgiving Day
    assert [day[15:20] for day in days] == ["10:00", "16:00"] * 41


# Days


def test_another_country_has_other_days_off() -> None:
    """CO-1: Corpus Christi is a day off in Bavaria and a Thursday in Berlin."""
    corpus_christi, fourth_of_july = date(2026, 6, 4), date(2025, 7, 4)
    assert not is_working_day(tables(country="DE", subdivision="BY"), corpus_christi)
    assert is_working_day(tables(country="DE", subdivision="BE"), corpus_christi)
    assert is_working_day(tables(country="DE"), fourth_of_july)
    assert not is_working_day(tables(), fourth_of_july)
    assert is_working_day(tables(country=""), fourth_of_july)


def test_a_week_can_begin_on_sunday() -> None:
    """CO-1: the working days are the policy's."""
    zone = tables(country="IL", working_days=("sun", "mon", "tue", "wed", "thu"))
    assert [is_working_day(zone, date(2026, 3, 1) + timedelta(days=days)) for days in range(7)] == [True] * 5 + [
        False
    ] * 2


def test_an_organisation_adds_and_removes_days_off() -> None:
    """CO-1: the office is closed on Christmas Eve, and one Saturday and one holiday are worked."""
    zone = tables(
        holidays={date(2026, 12, 24): "the office is closed"}, working=(date(2026, 12, 19), date(2026, 11, 11))
    )
    assert not is_working_day(zone, date(2026, 12, 24))
    assert is_working_day(zone, date(2026, 12, 19))
    assert is_working_day(zone, date(2026, 11, 11))


def test_a_place_that_is_no_longer_known_has_no_holidays() -> None:
    """CL-7: a record that pinned it still folds."""
    assert is_working_day(tables(country="ZZ"), date(2026, 12, 25))
    assert is_working_day(tables(country="DE", subdivision="ZZ"), date(2026, 12, 25))


def test_without_a_calendar_every_hour_is_worked() -> None:
    """CL-7: records from before there were calendars fold as they did."""
    zone = policy_with(calendar=Calendar()).tables()
    christmas = datetime(2026, 12, 25, 3, tzinfo=UTC)
    assert is_working_day(zone, christmas.date())
    assert not is_quiet(zone, christmas)
    assert quiet_until(zone, christmas) == next_working_moment(zone, christmas) == christmas
    assert next_morning(zone, christmas) == christmas.replace(hour=0) + timedelta(days=1)


# Quiet hours


@pytest.mark.parametrize(
    ("at", "until"),
    [
        ((2026, 3, 2, 8, 29), "Mon 2026-03-02 08:30 EST"),
        ((2026, 3, 2, 18, 0), "Tue 2026-03-03 08:30 EST"),
        ((2026, 3, 3, 0, 0), "Tue 2026-03-03 08:30 EST"),
        ((2026, 3, 6, 18, 0), "Mon 2026-03-09 08:30 EDT"),  # a weekend with a change of the clocks
        ((2026, 3, 7, 12, 0), "Mon 2026-03-09 08:30 EDT"),
        ((2026, 3, 9, 0, 10), "Mon 2026-03-09 08:30 EDT"),
        ((2026, 11, 26, 12, 0), "Fri 2026-11-27 08:30 EST"),  # Thanksgiving
        ((2026, 12, 31, 23, 59), "Mon 2027-01-04 08:30 EST"),
    ],
)
def test_quiet_hours_end_in_the_morning_of_the_next_working_day(at: tuple[int, ...], until: str) -> None:
    """CO-6: 18:00 to 08:30, and days off throughout."""
    moment = local(NEW_YORK, *at)
    assert is_quiet(tables(NEW_YORK), moment)
    assert shown(quiet_until(tables(NEW_YORK), moment), NEW_YORK) == until


@pytest.mark.parametrize("at", [(2026, 3, 2, 8, 30), (2026, 3, 2, 12), (2026, 3, 2, 17, 59), (2026, 3, 9, 8, 30)])
def test_the_day_is_not_quiet(at: tuple[int, ...]) -> None:
    """CO-6: from the minute at which the quiet ends to the one before it begins."""
    moment = local(NEW_YORK, *at)
    assert not is_quiet(tables(NEW_YORK), moment)
    assert quiet_until(tables(NEW_YORK), moment) == moment


def test_quiet_hours_need_not_cross_midnight() -> None:
    """CO-6: a shop that works at night rests at noon; its day off ends at midnight."""
    zone = tables(quiet_hours=Hours(time(12), time(14)))
    assert not is_quiet(zone, datetime(2026, 3, 2, 3, tzinfo=UTC))
    assert quiet_until(zone, datetime(2026, 3, 2, 13, tzinfo=UTC)) == datetime(2026, 3, 2, 14, tzinfo=UTC)
    assert quiet_until(zone, datetime(2026, 3, 7, 13, tzinfo=UTC)) == datetime(2026, 3, 9, tzinfo=UTC)


def test_quiet_hours_that_end_in_a_repeated_hour_end_once() -> None:
    """CO-6: the wall shows 01:10 again, and nobody is told again."""
    zone = tables(NEW_YORK, working_days=(*WEEK, "sat", "sun"), quiet_hours=Hours(time(22), time(1, 30)))
    ends = quiet_until(zone, local(NEW_YORK, 2026, 11, 1, 1, 10))
    assert shown(ends, NEW_YORK) == "Sun 2026-11-01 01:30 EDT"
    again = ends + timedelta(minutes=40)
    assert shown(again, NEW_YORK) == "Sun 2026-11-01 01:10 EST"
    assert not is_quiet(zone, again)


def test_where_nothing_is_quiet_the_morning_is_when_work_begins() -> None:
    """HO-2: somebody has to answer at some time."""
    zone = tables(quiet_hours=None)
    assert next_morning(zone, datetime(2026, 3, 6, 12, tzinfo=UTC)) == datetime(2026, 3, 9, 9, tzinfo=UTC)


# Working hours


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ((2026, 3, 2, 8, 59), "Mon 2026-03-02 09:00 EST"),
        ((2026, 3, 2, 9, 0), "Mon 2026-03-02 09:00 EST"),
        ((2026, 3, 2, 16, 59), "Mon 2026-03-02 16:59 EST"),
        ((2026, 3, 2, 17, 0), "Tue 2026-03-03 09:00 EST"),
        ((2026, 3, 6, 17, 0), "Mon 2026-03-09 09:00 EDT"),
    ],
)
def test_work_goes_on_in_the_working_hours(at: tuple[int, ...], expected: str) -> None:
    """RE-8: at medium and low, business hours."""
    assert shown(next_working_moment(tables(NEW_YORK), local(NEW_YORK, *at)), NEW_YORK) == expected


def test_a_night_shift_belongs_to_the_day_on_which_it_begins() -> None:
    """RE-8: Friday's ends on Saturday morning, Sunday's is not worked."""
    zone = tables(working_hours=Hours(time(22), time(6)))
    saturday = datetime(2026, 3, 7, 5, tzinfo=UTC)
    assert next_working_moment(zone, saturday) == saturday
    assert next_working_moment(zone, saturday + timedelta(hours=1)) == datetime(2026, 3, 9, 22, tzinfo=UTC)


def test_a_whole_day_of_work_begins_at_midnight() -> None:
    """RE-8: without working hours the next working day is what counts."""
    zone = tables(working_hours=None)
    assert next_working_moment(zone, datetime(2026, 3, 7, 5, tzinfo=UTC)) == datetime(2026, 3, 9, tzinfo=UTC)


# The same by walking from minute to minute

ZONES = (
    NEW_YORK,
    "Australia/Lord_Howe",
    "Europe/Dublin",
    "Africa/Cairo",
    "America/Nuuk",
    "Asia/Kathmandu",
    "America/St_Johns",
    "Pacific/Chatham",
    "UTC",
)
MINUTE = timedelta(minutes=1)
CHANGES = [datetime(2026, month, day, tzinfo=UTC) for month, day in ((3, 8), (3, 29), (4, 4), (4, 23), (9, 26))]
CHANGES += [datetime(2026, 10, 4, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)]
CHANGES += [datetime(2028, 2, 29, tzinfo=UTC), datetime(2027, 12, 31, tzinfo=UTC)]
"""Days at which the clocks of some of these zones change, a leap day and a year's end."""


@cache
def walls(zone: str, middle: datetime) -> tuple[tuple[datetime, datetime], ...]:
    """Every minute of ten days around a moment, and what the wall shows then."""
    minutes = (middle + MINUTE * place for place in range(-3 * 1440, 7 * 1440))
    return tuple((minute, minute.astimezone(ZoneInfo(zone)).replace(tzinfo=None)) for minute in minutes)


def walked(zone: str, middle: datetime, day: date, clock: time) -> datetime:
    """The first minute of these days at which the wall shows a time, or has passed it."""
    nominal = datetime.combine(day, clock)
    return next(minute for minute, wall in walls(zone, middle) if wall >= nominal)


def walked_days(middle: datetime) -> list[date]:
    """The local dates that lie well within the walk."""
    return [(middle + timedelta(days=days)).date() for days in range(-1, 6)]


times = st.builds(lambda minutes: time(minutes // 60, minutes % 60), st.integers(0, 1439))
early = st.builds(lambda minutes: time(minutes // 60, minutes % 60), st.integers(0, 200))
clocks = st.one_of(times, early)
moments = st.builds(
    lambda change, minutes: (change, change + MINUTE * minutes), st.sampled_from(CHANGES), st.integers(-720, 2160)
)
weeks = st.sampled_from((WEEK, (*WEEK, "sat", "sun"), ("sun", "tue")))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(ZONES), moments, clocks)
def test_a_time_comes_when_a_walk_from_minute_to_minute_meets_it(
    zone: str, moment: tuple[datetime, datetime], clock: time
) -> None:
    """CO-1: in every zone, on every day."""
    middle, at = moment
    assert comes_at(tables(zone), at.date(), clock) == walked(zone, middle, at.date(), clock)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(ZONES), moments, st.lists(clocks, min_size=1, max_size=3), weeks)
def test_the_next_slot_is_the_one_that_a_walk_meets_first(
    zone: str, moment: tuple[datetime, datetime], slots: list[time], week: tuple[str, ...]
) -> None:
    """CO-1: whatever the slots, the week and the zone."""
    middle, after = moment
    found = tables(zone, country="", working_days=week)
    days = [day for day in walked_days(middle) if is_working_day(found, day)]
    met = sorted(walked(zone, middle, day, slot) for day in days for slot in slots)
    assert next_slot(found, after, slots) == next(minute for minute in met if minute > after)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(ZONES), moments, clocks, clocks, weeks)
def test_the_quiet_is_what_a_walk_finds_quiet(
    zone: str, moment: tuple[datetime, datetime], start: time, end: time, week: tuple[str, ...]
) -> None:
    """CO-6: from the first time the wall shows the beginning to the first time it shows the end, and days off."""
    if start == end:
        return
    middle, at = moment
    found = tables(zone, country="", working_days=week, quiet_hours=Hours(start, end))
    spans = [
        (walked(zone, middle, day, start), walked(zone, middle, day + timedelta(days=end < start), end))
        for day in walked_days(middle)
    ]

    def quiet(minute: datetime, wall: datetime) -> bool:
        return not is_working_day(found, wall.date()) or any(begins <= minute < ends for begins, ends in spans)

    later = [(minute, quiet(minute, wall)) for minute, wall in walls(zone, middle) if minute >= at]
    assert is_quiet(found, at) == later[0][1]
    assert quiet_until(found, at) == next(minute for minute, is_so in later if not is_so)


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(ZONES), st.datetimes(datetime(2026, 1, 1), datetime(2032, 1, 1)), clocks)
def test_every_slot_of_sixty_days_comes_once(zone: str, start: datetime, slot: time) -> None:
    """CO-1: sixty days have sixty of them, none earlier than the one before."""
    every_day = tables(zone, country="", working_days=(*WEEK, "sat", "sun"))
    moment = start.replace(tzinfo=UTC)
    first = every_day.local(moment).date()
    came = []
    for _ in range(60):
        moment = next_slot(every_day, moment, (slot,))
        came.append(moment)
    assert came == sorted(set(came))
    nominal = [comes_at(every_day, first + timedelta(days=days), slot) for days in range(62)]
    assert came == [moment for moment in nominal if moment > start.replace(tzinfo=UTC)][:60]
