"""The stand-in's clock is the only time there is: the real one, or one that stands still until it is told."""

from datetime import UTC, datetime, timedelta


class Clock:
    """A clock in UTC with whole seconds, as GitHub's timestamps have.

    Args:
        start: Where a simulated clock begins (with a time zone); `None` for the real clock.
    """

    def __init__(self, start: datetime | None = None) -> None:
        self._simulated = None if start is None else _whole(start)

    @property
    def is_simulated(self) -> bool:
        """Whether the clock stands still until it is told."""
        return self._simulated is not None

    def now(self) -> datetime:
        """The time, in UTC, in whole seconds."""
        return self._simulated or _whole(datetime.now(UTC))

    def set(self, moment: datetime) -> None:
        """Move a simulated clock forward.

        Args:
            moment: The new time, with a time zone.

        Raises:
            ValueError: The clock is the real one, or `moment` is in its past: nobody's history runs backwards.
        """
        if self._simulated is None:
            raise ValueError("the real clock cannot be set; start the stand-in with a simulated one")
        if _whole(moment) < self._simulated:
            raise ValueError(f"the clock stands at {stamp(self._simulated)} and only goes forward")
        self._simulated = _whole(moment)


def stamp(moment: datetime) -> str:
    """A moment as GitHub writes it in JSON: ISO 8601, whole seconds, `Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def optional_stamp(moment: datetime | None) -> str | None:
    """As `stamp`, where there may be no moment."""
    return None if moment is None else stamp(moment)


def moment_of(text: str) -> datetime:
    """Read an ISO 8601 moment; one without a time zone is UTC.

    Raises:
        ValueError: The text is no moment.
    """
    moment = datetime.fromisoformat(text)
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError as error:
        raise ValueError(f"{text!r} is before or after all calendars") from error


def duration_of(text: str) -> timedelta:
    """Read an ISO 8601 duration of weeks, days, hours, minutes and seconds, such as `PT1H30M` or `P1DT2H`.

    Months and years are not read: their length depends on where they start.

    Raises:
        ValueError: The text is no such duration.
    """
    days, separator, clock = text.removeprefix("P").partition("T")
    parts = _amounts(days, {"W": "weeks", "D": "days"}) | _amounts(
        clock, {"H": "hours", "M": "minutes", "S": "seconds"}
    )
    if not text.startswith("P") or not parts or (separator and not clock):
        raise ValueError(f"{text!r} is no ISO 8601 duration such as PT1H")
    return timedelta(**parts)


def _amounts(text: str, units: dict[str, str]) -> dict[str, float]:
    amounts: dict[str, float] = {}
    digits = ""
    for character in text:
        if character.isdecimal() or character == ".":
            digits += character
        elif character in units and digits and units[character] not in amounts:
            amounts[units[character]] = float(digits)
            digits = ""
        else:
            raise ValueError(f"{text!r} is no part of an ISO 8601 duration")
    if digits:
        raise ValueError(f"{text!r} ends without a unit")
    return amounts


def _whole(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
