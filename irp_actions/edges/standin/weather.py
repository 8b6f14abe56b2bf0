"""The weather is how badly the stand-in behaves: lost and doubled events, failing and slow requests, all by a seed."""

import random
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any


@dataclass(frozen=True, slots=True)
class Forecast:
    """What can be asked of the weather; the default is a fine day.

    Attributes:
        seed: Starts the random numbers anew, so that bad weather can be repeated.
        drop_events: The share of events that reach nobody, 0 to 1.
        duplicate_events: The share of events that arrive twice, 0 to 1.
        error_rate: The share of requests answered with an error before anything is done, 0 to 1.
        statuses: The errors to choose from; 0 closes the connection without an answer.
        latency_ms: How long each request takes longer, in milliseconds.
        apply_then_fail: How many of the next writes are done and yet answered with 502.
        rate_limit: Requests (for GraphQL: points) an hour that are enforced on everyone; 0 for none.
        write_limit: Writes a minute that are enforced on everyone, by the secondary rate limit; 0 for none.
        cron_delay: How much later each firing of a schedule comes, in minutes.
        cron_drop: The share of firings that never come, 0 to 1.
    """

    seed: int = 0
    drop_events: float = 0.0
    duplicate_events: float = 0.0
    error_rate: float = 0.0
    statuses: tuple[int, ...] = (500, 502, 503)
    latency_ms: float = 0.0
    apply_then_fail: int = 0
    rate_limit: int = 0
    write_limit: int = 0
    cron_delay: float = 0.0
    cron_drop: float = 0.0


# GitHub as people have measured it: a schedule of five minutes fires once in one to three hours, and 3 to 7 hours late,
# 4.4 in the median. It drops as much of an hourly schedule here, which is harsher than what was measured.
USUAL: Mapping[str, float] = {"cron_delay": 264.0, "cron_drop": 23 / 24}


class Weather:
    """The weather now, safe to ask from many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._forecast = Forecast()
        self._random = random.Random(self._forecast.seed)  # noqa: S311 - nothing here is a secret

    @property
    def forecast(self) -> Forecast:
        """What is asked of the weather now."""
        return self._forecast

    def change(self, wanted: Mapping[str, Any]) -> dict[str, Any]:
        """Replace the given keys only; returns all of them.

        Raises:
            ValueError: A key is unknown, or its value will not do.
        """
        changes = {name: _checked(name, value) for name, value in wanted.items()}
        with self._lock:
            self._forecast = replace(self._forecast, **changes)
            if "seed" in changes:
                self._random = random.Random(self._forecast.seed)  # noqa: S311 - as above
            return asdict(self._forecast)

    def copies(self) -> int:
        """How often the next event arrives: 0, 1 or 2 times."""
        with self._lock:
            if self._chance(self._forecast.drop_events):
                return 0
            return 2 if self._chance(self._forecast.duplicate_events) else 1

    def delay_of(self, due: datetime) -> timedelta | None:
        """How late the firing comes that is due at a moment (UTC), or `None` if it never does.

        It depends on the seed and the moment alone, so that the same night can be played again with other people in it.
        """
        forecast = self._forecast
        chance = random.Random(f"{forecast.seed} {due.timestamp()}").random()  # noqa: S311 - as below
        return None if chance < forecast.cron_drop else timedelta(minutes=forecast.cron_delay)

    def failure(self) -> int | None:
        """The status the next request fails with, or `None` if it may go on."""
        with self._lock:
            is_failing = self._forecast.statuses and self._chance(self._forecast.error_rate)
            return self._random.choice(self._forecast.statuses) if is_failing else None

    def loses_answer(self) -> bool:
        """Whether the write that was just done is answered with 502; counts down."""
        with self._lock:
            left = self._forecast.apply_then_fail
            self._forecast = replace(self._forecast, apply_then_fail=max(0, left - 1))
            return left > 0

    def _chance(self, share: float) -> bool:
        """No random number is drawn on a fine day, so that adding rain does not change the wind."""
        return share > 0 and self._random.random() < share


_SHARES = ("drop_events", "duplicate_events", "error_rate", "cron_drop")
_COUNTS = ("seed", "apply_then_fail", "rate_limit", "write_limit")


def _checked(name: str, value: Any) -> Any:
    if name not in {field.name for field in fields(Forecast)}:
        raise ValueError(f"the weather knows no {name!r}")
    if name == "statuses":
        return _statuses(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{name} must be a number")
    if name in _SHARES and not 0 <= value <= 1:
        raise ValueError(f"{name} must be between 0 and 1")
    if name in _COUNTS and not isinstance(value, int):
        raise ValueError(f"{name} must be a whole number")
    if value < 0:
        raise ValueError(f"{name} must not be negative")
    return value


def _statuses(value: Any) -> tuple[int, ...]:
    if not isinstance(value, list) or not all(_is_error(status) for status in value):
        raise ValueError("statuses must be a list of HTTP statuses from 400 to 599, or 0 for no answer")
    return tuple(value)


def _is_error(status: object) -> bool:
    return isinstance(status, int) and (status == 0 or 400 <= status <= 599)
