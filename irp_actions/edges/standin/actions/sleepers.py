"""Jobs may sleep in simulated time: a `sleep` of their steps ends when the clock was moved so far, not sooner or later.

Each job finds a `sleep` of the stand-in's own first on its `PATH`, which says over a socket for how long it sleeps and
is told when that is over. A process that waits in any other way is at work, by the wall clock. A job of which one
process sleeps is taken to be asleep, whatever others do in its background.
"""

import math
import os
import selectors
import shlex
import shutil
import socket
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from irp_actions.edges.standin.actions.host import Host
from irp_actions.edges.standin.actions.runner import sleep
from irp_actions.edges.standin.actions.runner.jobtime import JobTime
from irp_actions.edges.standin.actions.scheduling import JobRun

# More than anybody's message has: a job's name and a number of seconds.
_CHUNK = 256
_SECOND = timedelta(seconds=1)


@dataclass(eq=False)
class _Bed:
    """One job, and since when the clock counts for it (UTC) because it sleeps."""

    time: JobTime
    since: datetime | None = None

    def count(self, now: datetime, *, on: bool) -> None:
        """Count what was slept so far; and go on counting, or not."""
        if self.since is not None:
            self.time.slept += (now - self.since).total_seconds()
        self.since = now if on else None


@dataclass(frozen=True, eq=False)
class _Sleeper:
    """One `sleep` that waits, until when (UTC), and whether its job was already told to stop when it began."""

    job: JobRun
    until: datetime
    stopping: bool


class Sleepers:
    """All processes that sleep in the jobs of one engine.

    Args:
        host: Whose clock counts; on a real one there is nothing to do here.
        lock: The engine's, which guards everything here too.
        changed: Called, with the lock held, when a job fell asleep or a sleeper went away by itself.
    """

    def __init__(self, host: Host, lock: threading.Condition, changed: Callable[[], None]) -> None:
        self._host = host
        self._lock = lock
        self._changed = changed
        self._jobs: dict[str, JobRun] = {}
        self._beds: dict[JobRun, _Bed] = {}
        self._sleepers: dict[socket.socket, _Sleeper] = {}
        self._porter: _Porter | None = None

    def bed(self, job_run: JobRun) -> JobTime:
        """Make ready for a job to sleep; returns its time, which knows where its `sleep` is."""
        with self._lock:
            if not self._host.simulated:
                return JobTime()
            if self._porter is None:
                self._porter = _Porter(self._heard)
            name = f"{job_run.run.id}-{job_run.run.attempt}-{job_run.job.id}"
            self._jobs[name] = job_run
            self._beds[job_run] = _Bed(JobTime((self._porter.folder_for(name),)))
            return self._beds[job_run].time

    def asleep(self, job_run: JobRun) -> bool:
        """Whether a job waits for the clock; one that was told to stop meanwhile is about to wake. The lock is held."""
        told = job_run.cancellation.requested
        return any(each.job is job_run and each.stopping == told for each in self._sleepers.values())

    @property
    def jobs_asleep(self) -> int:
        """How many jobs wait for the clock; the lock is held."""
        return sum(self.asleep(job_run) for job_run in self._beds)

    def next_wake(self) -> datetime | None:
        """When (UTC) the first sleeper wakes, or has its job's time behind it; the lock is held."""
        return min((self._ends(sleeper) for sleeper in self._sleepers.values()), default=None)

    def wake(self, now: datetime) -> None:
        """End every sleep whose time has come by now (UTC); the lock is held.

        A job whose own time is over is only counted as awake: its runner sees what time it is, and ends it.
        """
        due = [(self._ends(sleeper), place) for place, sleeper in self._sleepers.items()]
        for place in [place for ends, place in sorted(due, key=lambda pair: pair[0]) if ends <= now]:
            sleeper = self._sleepers.pop(place)
            self._count(sleeper.job)
            if sleeper.until <= now:
                _tell(place)

    def forget(self, job_run: JobRun) -> None:
        """A job has ended; the lock is held."""
        self._beds.pop(job_run, None)
        self._sleepers = {place: sleeper for place, sleeper in self._sleepers.items() if sleeper.job is not job_run}

    def close(self) -> None:
        """Listen no more; the lock is not held, so that whoever is heard just now can be done with."""
        if self._porter is not None:
            self._porter.close()
            self._porter = None

    def _heard(self, place: socket.socket, message: str) -> None:
        """Somebody goes to sleep, or hangs up with an empty message."""
        with self._lock:
            if not message:
                sleeper = self._sleepers.pop(place, None)
                if sleeper is not None:
                    self._count(sleeper.job)
                    self._changed()
                return
            name, _, seconds = message.partition(" ")
            job_run, now = self._jobs[name], self._host.now()
            if job_run not in self._beds:
                return
            until = _later(now, float(seconds))
            if until <= now:
                _tell(place)
                return
            self._sleepers[place] = _Sleeper(job_run, until, job_run.cancellation.requested)
            self._count(job_run)
            self._changed()

    def _count(self, job_run: JobRun) -> None:
        bed = self._beds.get(job_run)
        if bed is not None:
            bed.count(self._host.now(), on=any(sleeper.job is job_run for sleeper in self._sleepers.values()))

    def _ends(self, sleeper: _Sleeper) -> datetime:
        bed = self._beds[sleeper.job]
        began = bed.since or self._host.now()
        return min(sleeper.until, max(began + _SECOND, _later(began, bed.time.limit - bed.time.now())))


class _Porter:
    """Sits at the socket: hears who goes to sleep and who hangs up, in a thread of its own.

    Args:
        heard: Called with a connection and what came over it; with an empty text once it is hung up.
    """

    def __init__(self, heard: Callable[[socket.socket, str], None]) -> None:
        self._heard = heard
        self._folder = Path(tempfile.mkdtemp(prefix="irp-sleep-"))
        self._door = socket.socket(socket.AF_UNIX)
        self._door.bind(str(self._folder / "door"))
        self._door.listen(64)
        self._bell, self._rope = socket.socketpair()
        self._thread = threading.Thread(target=self._listen, name="standin-sleepers", daemon=True)
        self._thread.start()

    def folder_for(self, job: str) -> Path:
        """A folder with a `sleep` that knows whose it is."""
        folder = self._folder / job
        folder.mkdir()
        words = [sys.executable, "-I", "-S", str(sleep.__file__), str(self._folder / "door"), job]
        program = folder / "sleep"
        program.write_text(f'#!/bin/sh\nexec {shlex.join(words)} "$@"\n', encoding="utf-8")
        program.chmod(0o755)
        return folder

    def close(self) -> None:
        """Hang up on everybody."""
        os.write(self._rope.fileno(), b".")
        self._thread.join()
        for each in (self._door, self._bell, self._rope):
            each.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _listen(self) -> None:
        with selectors.DefaultSelector() as selector:
            for each in (self._door, self._bell):
                selector.register(each, selectors.EVENT_READ)
            connections: set[socket.socket] = set()
            while True:
                ready = [key.fileobj for key, _ in selector.select()]
                if self._bell in ready:
                    break
                for place in ready:
                    if place is self._door:
                        connection, _ = self._door.accept()
                        selector.register(connection, selectors.EVENT_READ)
                        connections.add(connection)
                    elif isinstance(place, socket.socket):
                        message = _read(place)
                        self._heard(place, message)
                        if not message:
                            selector.unregister(place)
                            connections.remove(place)
                            place.close()
            for connection in connections:
                connection.close()


def _read(place: socket.socket) -> str:
    """What came: one whole message, for a few bytes arrive as they were sent; empty if there will be no more."""
    try:
        return place.recv(_CHUNK).decode()
    except OSError:
        return ""


def _tell(place: socket.socket) -> None:
    """Tell a sleeper that its time has come; one that was killed meanwhile need not know."""
    try:
        place.sendall(b".")
    except OSError:
        return


def _later(moment: datetime, seconds: float) -> datetime:
    """So many seconds after a moment, on the next whole second: the clock has no others."""
    try:
        return moment + timedelta(seconds=math.ceil(seconds))
    except OverflowError:
        return datetime.max.replace(tzinfo=moment.tzinfo)
