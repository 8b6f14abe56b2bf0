"""A cancellation is how a running job learns that it has to stop, politely or at once."""

import threading


class Cancellation:
    """One job's way out, set by the scheduler's thread and read by the job's own."""

    def __init__(self) -> None:
        self._requested = threading.Event()
        self._killed = threading.Event()

    def request(self) -> None:
        """Ask the job to stop: its steps with `always()` or `cancelled()` still run."""
        self._requested.set()

    def kill(self) -> None:
        """End the job at once; nothing more of it runs."""
        self._killed.set()
        self._requested.set()

    @property
    def requested(self) -> bool:
        """Return whether the job has to stop."""
        return self._requested.is_set()

    @property
    def killed(self) -> bool:
        """Return whether the job has to end at once."""
        return self._killed.is_set()
