"""Being stopped: by Ctrl-C, or by GitHub when a run is cancelled or has had its time.

GitHub sends SIGINT, after 7.5 seconds SIGTERM, and after 2.5 more it kills ("Workflow cancellation reference").
"""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager

TICK = 0.2
"""Seconds after which somebody who sleeps looks whether he is to stop."""


class Stop:
    """Whether it is to stop: it does between two requests, and not while something is put back."""

    def __init__(self) -> None:
        self._is_wanted = False
        self._held = 0

    @contextmanager
    def heard(self) -> Iterator[None]:
        """Listen to the signals; the second one says nothing new."""
        before = {number: signal.signal(number, self._want) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    @contextmanager
    def held(self) -> Iterator[None]:
        """What is begun here is finished first."""
        self._held += 1
        try:
            yield
        finally:
            self._held -= 1

    def look(self) -> None:
        """Stop here if it is to stop.

        Raises:
            KeyboardInterrupt: it is.
        """
        if self._is_wanted and not self._held:
            raise KeyboardInterrupt

    def sleep(self, seconds: float) -> None:
        """Wait, unless it is to stop."""
        while seconds > 0:
            self.look()
            time.sleep(min(seconds, TICK))
            seconds -= TICK

    def _want(self, *_: object) -> None:
        self._is_wanted = True
