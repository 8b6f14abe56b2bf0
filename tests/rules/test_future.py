"""Times to come: read as people type them, and always an absolute moment, whatever the clocks do that night."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from irp_actions.rules.future import read_future
from irp_actions.rules.times import Implausible, Unplaced

MONDAY = datetime(2026, 3, 2, 15, 10, tzinfo=UTC)
"""A Monday, ten past ten in New York."""

NEW_YORK = "America/New_York"


def spelled(text: str, zone: str = NEW_YORK, at: datetime = MONDAY) -> str | None:
    """The moment read, in UTC, and what is left."""
    moment, rest = read_future(text, at, zone)
    return f"{moment:%m-%d %H:%M}|{rest}" if moment else None


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("14:00 for the vendor", "03-02 19:00|for the vendor"),
        ("09:00 for the vendor", "03-03 14:00|for the vendor"),
        ("at 14:00", "03-02 19:00|"),
        ("2 pm, please", "03-02 19:00|please"),
        ("2:30 p.m. for it", "03-02 19:30|for it"),
        ("12 am", "03-03 05:00|"),
        ("noon", "03-02 17:00|"),
        ("midnight", "03-03 05:00|"),
        ("tonight", "03-03 01:00|"),
        ("today 16:00", "03-02 21:00|"),
        ("tomorrow 09:00 for AWS", "03-03 14:00|for AWS"),
        ("tomorrow for AWS", "03-03 14:00|for AWS"),
        ("tuesday for AWS", "03-03 14:00|for AWS"),
        ("next wed 10:00", "03-04 15:00|"),
        ("Monday 09:00", "03-09 13:00|"),
        ("monday 16:00", "03-02 21:00|"),
        ("90 min for the scan", "03-02 16:40|for the scan"),
        ("in 90 minutes", "03-02 16:40|"),
        ("2 h for the scan", "03-02 17:10|for the scan"),
        ("2h", "03-02 17:10|"),
        ("1h30m", "03-02 16:40|"),
        ("1 hour and 30 min", "03-02 16:40|"),
        ("an hour", "03-02 16:10|"),
        ("half an hour", "03-02 15:40|"),
        ("3 days", "03-05 15:10|"),
        ("a week", "03-09 15:10|"),
        ("2026-03-04 14:00 UTC for it", "03-04 14:00|for it"),
        ("2026-03-04 14:00", "03-04 19:00|"),
        ("2026-03-04T14:00+01:00", "03-04 13:00|"),
        ("2026-03-04", "03-04 14:00|"),
        ("17:00 UTC", "03-02 17:00|"),
        ("14:00 EST for the vendor", "03-02 19:00|for the vendor"),
        ("14:00 ET", "03-02 19:00|"),
        ("20:00 UTC+2 for it", "03-02 18:00|for it"),
        ("14:00 -06:00", "03-02 20:00|"),
    ],
)
def test_a_time_to_come_is_read_as_people_type_it(typed: str, expected: str) -> None:
    """CO-6: a bare time of day is its next occurrence, in the policy's zone."""
    assert spelled(typed) == expected


@pytest.mark.parametrize(
    "typed", ["for the vendor", "the vendor", "", "UTC", "a word from AWS", "2 sitreps", "10 min ago"]
)
def test_what_begins_with_no_time_to_come_is_left_alone(typed: str) -> None:
    """CO-6: then it is asked for, not guessed."""
    assert read_future(typed, MONDAY, NEW_YORK) == (None, typed)


@pytest.mark.parametrize(
    "typed", ["25:99", "14 pm", "2026-02-30", "2026-03-01 14:00", "today 09:00", "400 days", "9999 w", "0 min"]
)
def test_a_time_that_cannot_be_meant_is_refused(typed: str) -> None:
    """CO-6: none, passed, or more than a year away."""
    with pytest.raises(Implausible):
        read_future(typed, MONDAY, NEW_YORK)


@pytest.mark.parametrize("typed", ["14:00 PST", "tomorrow 09:00 EDT", "2026-03-04 14:00 CET for it"])
def test_a_time_to_come_of_a_foreign_zone_is_asked_about(typed: str) -> None:
    """CL-4: an abbreviation is never dropped."""
    with pytest.raises(Unplaced):
        read_future(typed, MONDAY, NEW_YORK)


def test_a_time_that_is_skipped_comes_with_the_hour_after() -> None:
    """CO-6: on 8 March at two the clocks of New York go to three."""
    night = datetime(2026, 3, 8, 6, 0, tzinfo=UTC)
    assert spelled("02:30", at=night) == "03-08 07:30|"


def test_a_time_that_comes_twice_is_the_first_that_is_still_to_come() -> None:
    """CO-6: on 1 November half past one comes twice in New York, an hour apart."""
    assert spelled("01:30", at=datetime(2026, 11, 1, 5, 0, tzinfo=UTC)) == "11-01 05:30|"
    assert spelled("01:30", at=datetime(2026, 11, 1, 5, 45, tzinfo=UTC)) == "11-01 06:30|"


def test_tomorrow_is_a_day_of_the_calendar_not_twenty_four_hours() -> None:
    """CO-6: over a change of clocks nine in the morning stays nine."""
    assert spelled("tomorrow 09:00", at=datetime(2026, 3, 7, 14, 0, tzinfo=UTC)) == "03-08 13:00|"
    assert spelled("tomorrow 09:00", "Australia/Lord_Howe", datetime(2026, 4, 4, 1, 0, tzinfo=UTC)) == "04-04 22:30|"


def test_a_leap_day_and_the_turn_of_the_year_are_days_like_others() -> None:
    """CO-6: 29 February 2028, and 31 December."""
    assert spelled("tomorrow 09:00", "UTC", datetime(2028, 2, 28, 10, 0, tzinfo=UTC)) == "02-29 09:00|"
    assert spelled("00:30", "UTC", datetime(2026, 12, 31, 23, 0, tzinfo=UTC)) == "01-01 00:30|"
