"""The timekeeper fires schedules and wakes sleepers, as a simulated clock is moved over them or the real one comes by.

How late a schedule fires, and whether it does at all, is the weather's.
"""

import heapq
import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from irp_actions.edges.standin.clock import Clock
from irp_actions.edges.standin.engine import Engine
from irp_actions.edges.standin.weather import Weather

# How long runs may take to settle at each moment, and how often the real clock is looked at, in seconds.
SETTLING_SECONDS = 600.0
_LOOK_SECONDS = 1.0


class Timekeeper:
    """Moves the clock and lets everything on the way happen at its own time.

    Args:
        clock: The clock.
        engine: What knows the schedules and the sleepers.
        weather: What delays and drops the firings of schedules.
        payload: Makes what the payload of every event has, repository and sender.
    """

    def __init__(
        self, clock: Clock, engine: Engine, weather: Weather, payload: Callable[[], Mapping[str, Any]]
    ) -> None:
        self._clock = clock
        self._engine = engine
        self._weather = weather
        self._payload = payload
        # Firings on their way: when each comes, and at which moment it was due.
        self._late: list[tuple[datetime, datetime]] = []
        self._moving = threading.Lock()
        self._stopped = threading.Event()
        self._ticker: threading.Thread | None = None

    def advance(self, until: datetime) -> None:
        """Move a simulated clock, stopping wherever something is due until all runs have settled.

        Nothing moves before all that runs now has settled as well: time does not pass over people's heads.

        Raises:
            ValueError: The clock is real, or `until` is in its past.
            TimeoutError: Runs did not settle.
        """
        with self._moving:
            if not self._clock.is_simulated or until < self._clock.now():
                self._clock.set(until)
            self._settle()
            while (moment := self._next(until)) is not None:
                due = self._engine.next_cron(self._clock.now(), moment)
                self._clock.set(moment)
                if due is not None:
                    self._post(due)
                self._fire(moment)
                self._engine.wake()
                self._settle()
            self._clock.set(until)

    def start(self) -> None:
        """On a real clock, begin to fire schedules as they fall due."""
        if not self._clock.is_simulated:
            self._ticker = threading.Thread(target=self._tick, name="standin-timekeeper", daemon=True)
            self._ticker.start()

    def stop(self) -> None:
        """Fire no more."""
        self._stopped.set()
        if self._ticker is not None:
            self._ticker.join()

    def _next(self, until: datetime) -> datetime | None:
        """The next moment up to `until` at which a schedule is due, a late one fires, or somebody wakes."""
        late = self._late[0][0] if self._late else None
        now = self._clock.now()
        known = (self._engine.next_cron(now, until), self._engine.next_wake(until), late)
        return min((max(moment, now) for moment in known if moment is not None and moment <= until), default=None)

    def _post(self, due: datetime) -> None:
        """Send a firing on its way, unless the weather swallows it."""
        delay = self._weather.delay_of(due)
        if delay is not None:
            heapq.heappush(self._late, (due + delay, due))

    def _fire(self, now: datetime) -> None:
        """Fire what has arrived; those who sleep wake only when its runs have settled, and find its work done."""
        while self._late and self._late[0][0] <= now:
            _, due = heapq.heappop(self._late)
            self._engine.fire_cron(due, payload=self._payload())
            if self._clock.is_simulated:
                self._settle()

    def _settle(self) -> None:
        if not self._engine.settle(SETTLING_SECONDS):
            raise TimeoutError(f"the runs of {self._clock.now().isoformat()} did not settle")

    def _tick(self) -> None:
        seen = self._clock.now()
        while not self._stopped.wait(_LOOK_SECONDS):
            now = self._clock.now()
            while (due := self._engine.next_cron(seen, now)) is not None:
                self._post(due)
                self._fire(now)
                seen = due
            self._fire(now)
            seen = now
