"""A schedule is five POSIX cron fields and a time zone; it knows when it is due.

Source: "Events that trigger workflows", `schedule`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from irp_actions.edges.standin.actions.errors import ActionsError

_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = dict(zip(_MONTH_NAMES, range(1, 13), strict=True))
_DAYS = {"sun": 0, "mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6}

# A leap day that falls on one weekday comes again after 28 years at most, 40 across a century.
_LONGEST_WAIT_DAYS = 366 * 41

_EXPECTED = "Invalid cron expression. Expected format: '* * * * *' (minute hour day month weekday)"


class ScheduleError(ActionsError):
    """A cron expression or a time zone is not one that GitHub takes."""


@dataclass(frozen=True)
class _Field:
    """One of the five fields: its range, and the names that stand for its numbers."""

    least: int
    most: int
    names: Mapping[str, int]

    def values(self, text: str) -> frozenset[int]:
        """Return the numbers that a field's text means.

        Raises:
            ValueError: The text is not one of the forms that are documented.
        """
        return frozenset(number for part in text.split(",") for number in self._part(part))

    def _part(self, text: str) -> range:
        span, slash, step_text = text.partition("/")
        step = self._number(step_text) if slash else 1
        if step < 1:
            raise ValueError(text)
        first, dash, last = span.partition("-")
        if span == "*":
            low, high = self.least, self.most
        elif dash:
            low, high = self._in_range(first), self._in_range(last)
        else:
            low = self._in_range(first)
            high = self.most if slash else low
        if low > high:
            raise ValueError(text)
        return range(low, high + 1, step)

    def _in_range(self, text: str) -> int:
        number = self.names[text.lower()] if text.lower() in self.names else self._number(text)
        if not self.least <= number <= self.most:
            raise ValueError(text)
        return number

    @staticmethod
    def _number(text: str) -> int:
        if not (text.isascii() and text.isdigit()):
            raise ValueError(text)
        return int(text)


_FIELDS = (_Field(0, 59, {}), _Field(0, 23, {}), _Field(1, 31, {}), _Field(1, 12, _MONTHS), _Field(0, 6, _DAYS))


@dataclass(frozen=True)
class Schedule:
    """One entry of `on.schedule`.

    Attributes:
        cron: The five fields as written, which is what the event carries.
        zone: The IANA name of its time zone.
    """

    cron: str
    zone: str
    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]

    @classmethod
    def parse(cls, cron: str, zone: str = "UTC") -> "Schedule":
        """Return the schedule that a cron expression stands for.

        Args:
            cron: Minute, hour, day of the month, month, day of the week.
            zone: An IANA time zone.

        Raises:
            ScheduleError: The expression is not POSIX cron, or there is no such time zone.
        """
        try:
            values = [field.values(text) for field, text in zip(_FIELDS, cron.split(), strict=True)]
        except ValueError as error:
            raise ScheduleError(_EXPECTED) from error
        try:
            ZoneInfo(zone)
        except (KeyError, ValueError, OSError) as error:
            raise ScheduleError(f"Invalid timezone '{zone}'") from error
        return cls(cron, zone, *values)

    def is_due(self, at: datetime) -> bool:
        """Return whether it is due exactly at a moment (UTC)."""
        return at in _due_times(self, at.astimezone(ZoneInfo(self.zone)).date())

    def next_after(self, after: datetime) -> datetime | None:
        """Return the first due time (UTC) later than a moment (UTC); `None` for a day that no calendar has."""
        start = after.astimezone(ZoneInfo(self.zone)).date()
        for offset in range(_LONGEST_WAIT_DAYS):
            day = start + timedelta(days=offset)
            if not self._falls_on(day):
                continue
            for due in _due_times(self, day):
                if due > after:
                    return due
        return None

    def _falls_on(self, day: date) -> bool:
        if day.month not in self.months:
            return False
        in_month, in_week = day.day in self.days, day.isoweekday() % 7 in self.weekdays
        _, _, day_text, _, weekday_text = self.cron.split()
        # POSIX: if both are restricted, either is enough.
        if "*" in (day_text, weekday_text):
            return in_month and in_week
        return in_month or in_week

    def times(self, day: date) -> Iterator[datetime]:
        """Yield the due times (UTC) of one local day, unordered and with repetitions."""
        if not self._falls_on(day):
            return
        zone = ZoneInfo(self.zone)
        every_hour = len(self.hours) == 24
        for hour in self.hours:
            for minute in self.minutes:
                yield from _moments(datetime.combine(day, time(hour, minute), zone), both=every_hour)


@lru_cache(maxsize=1024)
def _due_times(schedule: Schedule, day: date) -> tuple[datetime, ...]:
    return tuple(sorted(set(schedule.times(day))))


def _moments(local: datetime, *, both: bool) -> Iterator[datetime]:
    """Yield the moments (UTC) that a local time means across a change of the clocks.

    A time that is skipped advances to the next valid one: documented. A time that comes twice is due at the
    first of them, unless the schedule is due every hour: not documented, and what cron does everywhere else.
    """
    first, second = local.replace(fold=0), local.replace(fold=1)
    before, after = first.utcoffset(), second.utcoffset()
    if before == after or before is None or after is None:
        yield local.astimezone(UTC)
    elif before > after:
        yield first.astimezone(UTC)
        if both:
            yield second.astimezone(UTC)
    else:
        yield _end_of_gap(local, after - before)


def _end_of_gap(local: datetime, width: timedelta) -> datetime:
    """Return the moment (UTC) at which the gap ends that swallowed a local time."""
    zone = local.tzinfo
    low = local.replace(fold=1).astimezone(UTC)
    high = low + width
    old = low.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // 2
        if middle.astimezone(zone).utcoffset() == old:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)
