"""The timekeeper fires schedules: as a simulated clock is moved over them, or as the real clock reaches them."""

import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from irp_actions.edges.standin.clock import Clock
from irp_actions.edges.standin.engine import Engine

# How long runs may take to settle at each schedule, and how often the real clock is looked at, in seconds.
SETTLING_SECONDS = 600.0
_LOOK_SECONDS = 1.0


class Timekeeper:
    """Moves the clock and lets every schedule on the way fire at its own time.

    Args:
        clock: The clock.
        engine: What knows the schedules.
        payload: Makes what the payload of every event has, repository and sender.
    """

    def __init__(self, clock: Clock, engine: Engine, payload: Callable[[], Mapping[str, Any]]) -> None:
        self._clock = clock
        self._engine = engine
        self._payload = payload
        self._moving = threading.Lock()
        self._stopped = threading.Event()
        self._ticker: threading.Thread | None = None

    def advance(self, until: datetime) -> None:
        """Move a simulated clock, stopping at each schedule until its runs have settled.

        Raises:
            ValueError: The clock is real, or `until` is in its past.
            TimeoutError: Runs did not settle.
        """
        with self._moving:
            if not self._clock.is_simulated or until < self._clock.now():
                self._clock.set(until)
            while (due := self._engine.next_cron(self._clock.now(), until)) is not None:
                self._clock.set(due)
                self._engine.fire_cron(due, payload=self._payload())
                if not self._engine.settle(SETTLING_SECONDS):
                    raise TimeoutError(f"the runs of {due.isoformat()} did not settle")
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

    def _tick(self) -> None:
        seen = self._clock.now()
        while not self._stopped.wait(_LOOK_SECONDS):
            now = self._clock.now()
            while (due := self._engine.next_cron(seen, now)) is not None:
                self._engine.fire_cron(due, payload=self._payload())
                seen = due
            seen = now
