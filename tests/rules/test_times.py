"""The grammar, times: whatever tired people type becomes an absolute moment, or is no time at all."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from time import perf_counter

import pytest

from irp_actions.rules.times import Implausible, Unplaced, read_time

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
    ("1h30m ago", "UTC", at(2, 1, 40, 30), ""),
    ("1 hour 30 minutes ago key revoked", "UTC", at(2, 1, 40, 30), "key revoked"),
    ("1 hour and 30 min ago", "UTC", at(2, 1, 40, 30), ""),
    ("half an hour ago", "UTC", at(2, 2, 40, 30), ""),
    ("an hour ago", "UTC", at(2, 2, 10, 30), ""),
    ("an hour and a half ago", "UTC", at(2, 1, 40, 30), ""),
    ("since 02:12", "UTC", at(2, 2, 12), ""),
    ("around 02:12 keys off", "UTC", at(2, 2, 12), "keys off"),
    ("about 02:12", "UTC", at(2, 2, 12), ""),
    ("at 02:12", "UTC", at(2, 2, 12), ""),
    ("3am", "UTC", at(2, 3), ""),
    ("3 am keys off", "UTC", at(2, 3), "keys off"),
    ("10pm", "UTC", at(1, 22), ""),
    ("0212", "UTC", at(2, 2, 12), ""),
    ("0212 keys off", "UTC", at(2, 2, 12), "keys off"),
    ("0212Z", NEW_YORK, at(2, 2, 12), ""),
    ("1512", "UTC", at(1, 15, 12), ""),
    ("1512 UTC keys off", "UTC", at(1, 15, 12), "keys off"),
    ("monday 02:00", "UTC", at(2, 2), ""),
    ("Mon 10:00", "UTC", datetime(2026, 2, 23, 10, tzinfo=UTC), ""),
    ("last monday 02:00", "UTC", datetime(2026, 2, 23, 2, tzinfo=UTC), ""),
    ("on Sunday at 22:00 odd login", "UTC", at(1, 22), "odd login"),
    ("since yesterday 22:40", "UTC", at(1, 22, 40), ""),
    ("22:40 yesterday", "UTC", at(1, 22, 40), ""),
    ("22:40 on sunday keys off", "UTC", at(1, 22, 40), "keys off"),
    ("02:40 on call", "UTC", at(2, 2, 40), "on call"),
    ("1 Mar 22:00", "UTC", at(1, 22), ""),
    ("2 March 03:00 x", "UTC", at(2, 3), "x"),
    ("2 March 22:00", "UTC", datetime(2025, 3, 2, 22, tzinfo=UTC), ""),
    ("Mar 1 22:00", "UTC", at(1, 22), ""),
    ("March 1st, 2026 at 22:00", "UTC", at(1, 22), ""),
    ("24 Dec 18:00", "UTC", datetime(2025, 12, 24, 18, tzinfo=UTC), ""),
    ("2026-03-01 10pm", "UTC", at(1, 22), ""),
    ("02:12 UTC+2", "UTC", at(2, 0, 12), ""),
    ("02:12 UTC-05:30 x", "UTC", at(1, 7, 42), "x"),
    ("02:12 GMT", NEW_YORK, at(2, 2, 12), ""),
    ("02:12 +02:00 x", "UTC", at(2, 0, 12), "x"),
    ("21:12 -0500", "UTC", at(2, 2, 12), ""),
    ("02:12 - 0500", "UTC", at(2, 2, 12), "0500"),
    ("2026-03-02 02:12 UTC+2", "UTC", at(2, 0, 12), ""),
    ("22:05 EST x", NEW_YORK, at(2, 3, 5), "x"),
    ("22:05 ET", NEW_YORK, at(2, 3, 5), ""),
    ("02:12 DNS changed", "UTC", at(2, 2, 12), "DNS changed"),
    ("02:12 met the vendor", "UTC", at(2, 2, 12), "met the vendor"),
]


@pytest.mark.parametrize(("text", "zone", "moment", "rest"), TIMES)
def test_a_time_at_the_beginning_becomes_an_absolute_moment(text: str, zone: str, moment: datetime, rest: str) -> None:
    """A bare clock time is its latest occurrence; without a zone it is the policy's."""
    assert read_time(text, WRITTEN, zone) == (moment, rest)


@pytest.mark.parametrize(
    "text",
    [
        *("", "key revoked", "nowhere", "10 min", "ago", "99999 days ago", "10:5", "1:234", "v1.2:30", "2026-03-01"),
        *("15 minutes", "about 40 hosts", "around the clock", "at the desk", "half the hosts", "a week", "3 hosts ago"),
        *("1200 hosts", "1512 keys off", "2026 keys", "0212-0300", "3 amps", "may 5 hosts", "mon ami", "sunny"),
        *("today", "yesterday's backup", "monday's deployment", "tomorrow we meet", "monday the vendor called"),
    ],
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
        "tomorrow 05:00",
        "31 Feb 10:00",
        "2 months ago",
        "yesterday",
        "yesterday by the vendor",
        "monday",
        "1 Mar",
        "2026",
        "02:12 UTC+15",
        "9999 weeks ago and more",
        "9999 weeks " * 12 + "ago",
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
    assert moment == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("01:45", 345),
        ("01:45 EDT", 345),
        ("01:20", 380),
        ("01:20 EDT", 320),
        ("01:20 EST", 380),
        ("2026-11-01 01:20 EDT", 320),
        ("01:33", 333),
        ("23:00 EDT", 180),
    ],
)
def test_a_time_that_comes_twice_is_the_later_that_has_come_or_the_one_named(typed: str, minutes: int) -> None:
    """CL-4: half past six UTC, half past one in New York for the second time that night."""
    written = datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
    assert read_time(typed, written, NEW_YORK) == (datetime(2026, 11, 1, tzinfo=UTC) + timedelta(minutes=minutes), "")


@pytest.mark.parametrize(
    ("typed", "zone", "clock", "name"),
    [
        ("02:12 EST", "UTC", "02:12", "EST"),
        ("02:12 cet keys off", "UTC", "02:12", "CET"),
        ("2026-03-02 02:12 EST", "UTC", "2026-03-02 02:12", "EST"),
        ("10:40pm CST", NEW_YORK, "10:40pm", "CST"),
        ("02:12 EDT", NEW_YORK, "02:12", "EDT"),
    ],
)
def test_a_zone_that_nobody_here_goes_by_is_asked_about(typed: str, zone: str, clock: str, name: str) -> None:
    """CL-4: an abbreviation is never dropped; in March New York has no summer time."""
    with pytest.raises(Unplaced) as asked:
        read_time(typed, WRITTEN, zone)
    assert (str(asked.value), asked.value.zone) == (clock, name)


@pytest.mark.parametrize("unit", ["1h", "a ", "an ", "1 h ", "0", "mon ", "at ", "1 mar ", "and ", " ", "02:12 "])
def test_sixty_thousand_characters_are_no_work(unit: str) -> None:
    """CL-4: nothing goes back and forth."""
    begun = perf_counter()
    for text in ((unit * 60_000)[:60_000], "1h" + (unit * 60_000)[:60_000]):
        with suppress(Implausible):
            read_time(text, WRITTEN, "UTC")
    assert perf_counter() - begun < 1
