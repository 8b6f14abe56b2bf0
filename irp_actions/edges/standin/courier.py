"""The courier brings what happened to the one listener, in order, and never while the world is locked."""

import threading
from collections import deque

from irp_actions.edges.standin.events import Event, Listener
from irp_actions.edges.standin.weather import Weather
from irp_actions.edges.standin.world.world import World

_KEPT = 1_000


class Courier:
    """Empties the world's outbox.

    Args:
        world: Where events wait.
        weather: Loses some and doubles some.
        listener: Where they go.
    """

    def __init__(self, world: World, weather: Weather, listener: Listener) -> None:
        self.delivered: deque[Event] = deque(maxlen=_KEPT)
        self._world = world
        self._weather = weather
        self._listener = listener
        self._lock = threading.Lock()

    def deliver(self) -> None:
        """Deliver what waits; two threads at once keep the order of the outbox."""
        with self._lock:
            while (event := self._next()) is not None:
                for _ in range(self._weather.copies()):
                    self.delivered.append(event)
                    self._listener(event)

    def _next(self) -> Event | None:
        with self._world.lock:
            return self._world.outbox.popleft() if self._world.outbox else None
