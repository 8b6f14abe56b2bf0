"""The grammar, times: whatever tired people type becomes an absolute moment, or is no time at all."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from irp_actions.rules.times import Implausible, read_time

WRITTEN = datetime(2026, 3, 2, 3, 10, 30, tzinfo=UTC)
NEW_YORK = "America/New_York"


def at(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """A moment of March 2026."""
    return datetime(2026, 3, day, hour, minute, second, tzinfo=UTC)


TIMES = [
    ("now", "UTC", at(2, 3, 10, 30), ""),
    ("Now, really", "UTC", at(2, 3, 10, 30), "really"),
    ("10 min ago", "UTC", at(2, 3, 0, 30), ""),
    ("10min ago key revoked", "UTC", at(2, 3, 0, 30), "key revoked"),
    ("2 hours ago: odd login", "UTC", at(2, 1, 10, 30), "odd login"),
    ("1 day ago", "UTC", at(1, 3, 10, 30), ""),
    ("90s ago", "UTC", at(2, 3, 9), ""),
    ("03:05", "UTC", at(2, 3, 5), ""),
    ("3:05 key revoked", "UTC", at(2, 3, 5), "key revoked"),
    ("03:05 - key revoked", "UTC", at(2, 3, 5), "key revoked"),
    ("at 03:05", "UTC", at(2, 3, 5), ""),
    ("03:15", "UTC", at(2, 3, 15), ""),
    ("03:16", "UTC", at(1, 3, 16), ""),
    ("3:05 am", "UTC", at(2, 3, 5), ""),
    ("10:40pm seen", "UTC", at(1, 22, 40), "seen"),
    ("12:30 am", "UTC", at(2, 0, 30), ""),
    ("12:30 pm", "UTC", at(1, 12, 30), ""),
    ("22:40", "UTC", at(1, 22, 40), ""),
    ("yesterday 22:40", "UTC", at(1, 22, 40), ""),
    ("Yesterday at 02:00", "UTC", at(1, 2, 0), ""),
    ("today 03:00", "UTC", at(2, 3, 0), ""),
    ("22:05", NEW_YORK, at(2, 3, 5), ""),
    ("03:05", NEW_YORK, at(1, 8, 5), ""),
    ("03:05 UTC", NEW_YORK, at(2, 3, 5), ""),
    ("03:05Z", NEW_YORK, at(2, 3, 5), ""),
    ("yesterday 22:40", NEW_YORK, at(1, 3, 40), ""),
    ("2026-03-01 22:40", "UTC", at(1, 22, 40), ""),
    ("2026-03-01T22:40:05Z seen", "UTC", at(1, 22, 40, 5), "seen"),
    ("2026-03-01 22:40 UTC", NEW_YORK, at(1, 22, 40), ""),
    ("2026-03-01 22:40+01:00", "UTC", at(1, 21, 40), ""),
    ("2026-03-01 21:40 -0500", "UTC", at(2, 2, 40), ""),
    ("2:05:59 seen", "UTC", at(2, 2, 5), "seen"),
    ("2026-03-01 9:05", "UTC", at(1, 9, 5), ""),
    ("2026-03-01 17:40", NEW_YORK, at(1, 22, 40), ""),
]


@pytest.mark.parametrize(("text", "zone", "moment", "rest"), TIMES)
def test_a_time_at_the_beginning_becomes_an_absolute_moment(text: str, zone: str, moment: datetime, rest: str) -> None:
    """A bare clock time is its latest occurrence; without a zone it is the policy's."""
    assert read_time(text, WRITTEN, zone) == (moment, rest)


@pytest.mark.parametrize(
    "text",
    ["", "key revoked", "nowhere", "10 min", "ago", "99999 days ago", "10:5", "1:234", "v1.2:30", "2026-03-01"],
)
def test_what_is_no_time_is_left_as_text(text: str) -> None:
    """Nothing is guessed."""
    assert read_time(text, WRITTEN, "UTC") == (None, text)


@pytest.mark.parametrize(
    "text",
    [
        "25:00",
        "12:60 odd",
        "13:05 pm",
        "0:05 am",
        "2026-13-01 10:00",
        "2026-02-30 10:00",
        "9999 days ago",
        "0001-01-01 00:00",
        "9999-12-31 23:59",
        "2026-03-03 03:16",
        "2015-01-01 10:00",
    ],
)
@pytest.mark.parametrize("zone", ["UTC", NEW_YORK, "Pacific/Kiritimati"])
def test_a_time_that_cannot_be_meant_is_refused(text: str, zone: str) -> None:
    """None at all, in the future, or beyond memory: it must not become the time of a fact."""
    with pytest.raises(Implausible):
        read_time(text, WRITTEN, zone)


def test_a_time_that_the_clock_skipped_or_had_twice_is_still_one_moment() -> None:
    """The night of the change to summer time and back."""
    written = datetime(2026, 3, 8, 12, 0, tzinfo=UTC)
    moment, _ = read_time("02:30", written, NEW_YORK)
    assert moment is not None
    assert moment.tzinfo is UTC
    written = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
    moment, _ = read_time("01:30", written, NEW_YORK)
    assert moment == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
