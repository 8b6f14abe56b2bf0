"""Schedules fall due as POSIX cron and GitHub's notes on time zones say."""

from datetime import UTC, datetime, timedelta

import pytest
from croniter import croniter
from hypothesis import given, settings
from hypothesis import strategies as st

from irp_actions.edges.standin.actions.workflow import Schedule
from irp_actions.edges.standin.actions.workflow.cron import ScheduleError


def utc(text: str) -> datetime:
    """Return a moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("cron", "zone", "after", "due"),
    [
        ("*/30 * * * *", "UTC", "2026-03-02T03:10", "2026-03-02T03:30"),
        ("*/30 * * * *", "UTC", "2026-03-02T03:30", "2026-03-02T04:00"),
        ("30 5,17 * * *", "UTC", "2026-03-02T06:00", "2026-03-02T17:30"),
        ("0 9 * * MON-FRI", "UTC", "2026-03-06T10:00", "2026-03-09T09:00"),
        ("0 0 1 jan *", "UTC", "2026-03-02T00:00", "2027-01-01T00:00"),
        ("0 0 29 2 *", "UTC", "2026-03-02T00:00", "2028-02-29T00:00"),
        ("20/15 * * * *", "UTC", "2026-03-02T00:00", "2026-03-02T00:20"),
        ("0 0-20/10 * * *", "UTC", "2026-03-02T00:00", "2026-03-02T10:00"),
        # both days restricted: either is enough
        ("0 0 13 * 5", "UTC", "2026-03-02T00:00", "2026-03-06T00:00"),
        ("0 0 * * 0", "UTC", "2026-03-02T00:00", "2026-03-08T00:00"),
        # a time zone east and west of UTC, and across its change of the clocks
        ("0 9 * * *", "Asia/Tokyo", "2026-03-02T03:10", "2026-03-03T00:00"),
        ("0 9 * * *", "America/New_York", "2026-03-07T15:00", "2026-03-08T13:00"),
        # 02:30 does not exist: it advances to 03:00, as documented
        ("30 2 * * *", "America/New_York", "2026-03-08T00:00", "2026-03-08T07:00"),
        ("30 2 * * *", "Europe/Berlin", "2026-03-29T00:00", "2026-03-29T01:00"),
        # 02:30 comes twice: the first of them, unless due every hour
        ("30 2 * * *", "Europe/Berlin", "2026-10-25T00:00", "2026-10-25T00:30"),
        ("30 2 * * *", "Europe/Berlin", "2026-10-25T00:30", "2026-10-26T01:30"),
        ("30 * * * *", "Europe/Berlin", "2026-10-25T00:30", "2026-10-25T01:30"),
    ],
)
def test_a_schedule_is_next_due_when_its_fields_and_zone_say(cron: str, zone: str, after: str, due: str) -> None:
    """Given and answered in UTC."""
    schedule = Schedule.parse(cron, zone)
    assert schedule.next_after(utc(after)) == utc(due)
    assert schedule.is_due(utc(due))
    assert not schedule.is_due(utc(due) + timedelta(seconds=1))


def test_a_schedule_is_not_due_on_other_days() -> None:
    """Whatever the hour."""
    assert not Schedule.parse("0 9 * * MON").is_due(utc("2026-03-03T09:00"))


def test_a_day_that_no_calendar_has_is_never_due() -> None:
    """The 30th of February."""
    assert Schedule.parse("0 0 30 2 *").next_after(utc("2026-03-02T00:00")) is None


@pytest.mark.parametrize(
    "cron",
    [
        *("", "* * * *", "* * * * * *", "@daily", "a * * * *", "-1 * * * *", "* * L * *"),
        *("60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * * 7"),
        *("*/0 * * * *", "5-1 * * * *", "1,,2 * * * *", "1/ * * * *"),
    ],
)
def test_what_is_not_posix_cron_is_refused(cron: str) -> None:
    """GitHub takes neither seconds nor nicknames nor a seventh weekday."""
    with pytest.raises(ScheduleError, match="Invalid cron expression"):
        Schedule.parse(cron)


@pytest.mark.parametrize("zone", ["Mars/Base", "../etc", ""])
def test_an_unknown_time_zone_is_refused(zone: str) -> None:
    """Names are those of the IANA database."""
    with pytest.raises(ScheduleError, match="Invalid timezone"):
        Schedule.parse("0 0 * * *", zone)


def _field(least: int, most: int) -> st.SearchStrategy[str]:
    number = st.integers(least, most)
    steps = st.integers(1, most).map(lambda step: f"*/{step}")
    # Of a span such as `2-2` croniter makes a `*`: a fault of its own.
    pairs = st.tuples(number, number).filter(lambda pair: pair[0] < pair[1])
    spans = pairs.map(lambda pair: f"{pair[0]}-{pair[1]}")
    lists = st.lists(number, min_size=1, max_size=3).map(lambda numbers: ",".join(map(str, numbers)))
    return st.one_of(st.just("*"), number.map(str), steps, spans, lists)


@settings(max_examples=200, deadline=None)
@given(
    fields=st.tuples(_field(0, 59), _field(0, 23), _field(1, 28), _field(1, 12), st.just("*")),
    after=st.datetimes(datetime(2025, 1, 1), datetime(2030, 1, 1)),
)
def test_in_utc_it_agrees_with_another_cron(fields: tuple[str, ...], after: datetime) -> None:
    """Croniter, which nobody here wrote."""
    cron = " ".join(fields)
    moment = after.replace(tzinfo=UTC)
    assert Schedule.parse(cron).next_after(moment) == croniter(cron, moment).get_next(datetime)
