"""Rate limits are counted for everyone, told in every answer, and enforced when the weather says so.

Sources: "Rate limits for the REST API", "Rate limits and query limits for the GraphQL API".
"""

import math
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from irp_actions.edges.standin.clock import Clock
from irp_actions.edges.standin.world.callers import Caller

# Requests an hour, and for GraphQL points an hour.
PERSON_LIMIT = 5_000
TOKEN_LIMIT = 1_000
_HOUR = timedelta(hours=1)
# GitHub gives no number for all of them: about 80 requests a minute that make content.
_MINUTE = timedelta(minutes=1)


@dataclass(slots=True)
class _Window:
    reset: datetime
    used: int = 0


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left of one hour.

    Attributes:
        resource: `core` for REST, `graphql` for points.
        reset_at: When the hour ends.
    """

    resource: str
    limit: int
    used: int
    reset_at: datetime

    @property
    def remaining(self) -> int:
        """How much may still be used."""
        return max(0, self.limit - self.used)

    @property
    def reset(self) -> int:
        """When the hour ends, as seconds of the Unix epoch."""
        return int(self.reset_at.timestamp())

    def headers(self) -> tuple[tuple[str, str], ...]:
        """The five `X-RateLimit-*` headers."""
        values = {
            "Limit": self.limit,
            "Remaining": self.remaining,
            "Reset": self.reset,
            "Used": min(self.used, self.limit),
            "Resource": self.resource,
        }
        return tuple((f"X-RateLimit-{name}", str(value)) for name, value in values.items())


class Limits:
    """Counts what everyone used in the current hour of the stand-in's clock.

    Args:
        clock: The clock that says when an hour is over.
    """

    def __init__(self, clock: Clock) -> None:
        self.enforced: int | None = None
        self.writes: int | None = None
        self._clock = clock
        self._windows: dict[tuple[int, str], _Window] = {}
        self._lock = threading.Lock()

    def spend(self, caller: Caller, resource: str, points: int) -> Allowance:
        """Count a request and say what is left."""
        with self._lock:
            window = self._window(caller, resource)
            window.used += points
            return self._allowance(caller, resource, window)

    def look(self, caller: Caller, resource: str) -> Allowance:
        """Say what is left without counting."""
        with self._lock:
            return self._allowance(caller, resource, self._window(caller, resource))

    def is_exhausted(self, allowance: Allowance) -> bool:
        """Whether a request that was just counted went over a limit that is enforced."""
        return self.enforced is not None and allowance.used > allowance.limit

    def overrun(self, caller: Caller) -> int:
        """Count a write; the seconds until the next may come if that was one too many for the minute, or else 0.

        This is the secondary rate limit, over REST and GraphQL together. A write that is refused is not counted.
        """
        with self._lock:
            window = self._window(caller, "writes", _MINUTE)
            if self.writes is None or window.used < self.writes:
                window.used += 1
                return 0
            return math.ceil((window.reset - self._clock.now()).total_seconds())

    def _window(self, caller: Caller, resource: str, length: timedelta | None = None) -> _Window:
        key = (caller.user.id, resource)
        now = self._clock.now()
        if key not in self._windows or self._windows[key].reset <= now:
            self._windows[key] = _Window(now + (length or _HOUR))
        return self._windows[key]

    def _allowance(self, caller: Caller, resource: str, window: _Window) -> Allowance:
        limit = self.enforced or (TOKEN_LIMIT if caller.is_token else PERSON_LIMIT)
        return Allowance(resource, limit, window.used, window.reset)
