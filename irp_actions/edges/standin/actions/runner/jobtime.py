"""A job's own time is what it worked by the wall clock and slept by a simulated one; its limits are counted in it."""

import math
import time
from pathlib import Path


class JobTime:
    """One job's time.

    Attributes:
        path: Folders that come first on the `PATH` of its steps, for programs that know the simulated clock.
        slept: Seconds that its steps have slept by a simulated clock.
        limit: The `now()` at which the process that runs has had its time; whoever moves the clock stops there.
    """

    def __init__(self, path: tuple[Path, ...] = ()) -> None:
        self.path = path
        self.slept = 0.0
        self.limit = math.inf

    def now(self) -> float:
        """The job's time in seconds, from no beginning in particular."""
        return time.monotonic() + self.slept
