"""Ranges of hours as people type them, in the policy's zone, over midnight and over changes of the clocks."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from irp_actions.rules.times import Implausible, read_range

WRITTEN = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def spelled(text: str, zone: str = "UTC", written: datetime = WRITTEN, *, past: bool = False) -> str | None:
    """The range as UTC, or nothing."""
    ends, _ = read_range(text, written, zone, past=past)
    return f"{ends[0]:%d %H:%M}-{ends[1]:%d %H:%M}" if ends else None


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("15:00-18:00", "02 15:00-02 18:00"),
        ("15:00 - 18:00", "02 15:00-02 18:00"),
        ("15:00\u201318:00", "02 15:00-02 18:00"),
        ("15-18", "02 15:00-02 18:00"),
        ("15:00 to 18:00", "02 15:00-02 18:00"),
        ("15:00 until 18:30", "02 15:00-02 18:30"),
        ("22:00-01:00", "02 22:00-03 01:00"),
        ("21:00-24:00", "02 21:00-03 00:00"),
        ("11:00-13:00", "02 11:00-02 13:00"),
        ("09:00-12:00", "02 09:00-02 12:00"),
        ("05:00-08:01", "02 05:00-02 08:01"),
        ("05:00-08:00", "03 05:00-03 08:00"),
        ("tomorrow 15:00-18:00", "03 15:00-03 18:00"),
        ("today 09:00-10:00", "02 09:00-02 10:00"),
        ("yesterday 22:00-01:00", "01 22:00-02 01:00"),
        ("2026-03-07 09:00-12:00", "07 09:00-07 12:00"),
        ("15:00-18:00 UTC", "02 15:00-02 18:00"),
    ],
)
def test_the_hours_that_come_are_meant(text: str, meant: str) -> None:
    """RE-9: a shift is the next that has not ended, or the one that ended less than four hours ago."""
    assert spelled(text) == meant


@pytest.mark.parametrize(
    ("hour", "meant"), [(0, "01 22:00-02 01:00"), (2, "01 22:00-02 01:00"), (6, "02 22:00-03 01:00")]
)
def test_hours_over_midnight_are_meant_of_the_night_that_is(hour: int, meant: str) -> None:
    """RE-9: at half past midnight the shift since ten runs, and two hours later it was."""
    assert spelled("22:00-01:00", written=WRITTEN.replace(hour=hour, minute=30)) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [("02:41-03:52", "02 02:41-02 03:52"), ("22:00-01:00", "01 22:00-02 01:00"), ("13:00-14:00", "01 13:00-01 14:00")],
)
def test_the_hours_that_were_are_meant_of_what_was_checked(text: str, meant: str) -> None:
    """RE-1: logs are of the past."""
    assert spelled(text, past=True) == meant


def test_hours_are_local_and_the_zone_can_be_named() -> None:
    """RE-9: the team's own clock, unless UTC is said."""
    assert spelled("09:00-12:00", "America/New_York") == "02 14:00-02 17:00"
    assert spelled("15:00-18:00 UTC", "America/New_York") == "02 15:00-02 18:00"


def test_a_shift_over_a_change_of_the_clocks_is_an_hour_shorter_or_longer() -> None:
    """RE-9: by the hours on the wall."""
    spring = datetime(2026, 3, 8, 2, 0, tzinfo=UTC)
    assert spelled("23:00-04:00", "America/New_York", spring) == "08 04:00-08 08:00"
    autumn = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)
    assert spelled("23:00-04:00", "America/New_York", autumn) == "01 03:00-01 09:00"


@pytest.mark.parametrize("text", ["25:00-26:00", "09:75-10:00", "24:30-25:00", "2026-02-31 09:00-12:00"])
def test_hours_that_are_none_are_implausible(text: str) -> None:
    """RE-9: they are asked about."""
    with pytest.raises(Implausible):
        read_range(text, WRITTEN, "UTC")


@pytest.mark.parametrize("text", ["tonight", "2026-03-07", "", "from 9", "09:00", "10.0.0.1-10.0.0.9", "9-12-2026"])
def test_what_is_no_range_is_left_alone(text: str) -> None:
    """RE-9: the words go on to whoever wants them."""
    assert read_range(text, WRITTEN, "UTC") == (None, text)


def test_the_rest_of_the_words_is_given_back() -> None:
    """RE-9: without what parts it from the hours."""
    assert read_range("15:00-18:00, after a nap", WRITTEN, "UTC")[1] == "after a nap"
