"""A step's process runs in a session of its own, is read line by line, and can be stopped as GitHub stops it.

Source: "Workflow cancellation reference" for the signals and the time between them.
"""

import contextlib
import os
import selectors
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

# How long a silent process goes unwatched, in seconds. Output and exit are seen at once.
_TICK = 0.1
_CHUNK = 65_536

# Seconds after the first request to stop, and what the process group is sent then.
_ESCALATION = ((0.0, signal.SIGINT), (7.5, signal.SIGTERM), (10.0, signal.SIGKILL))


class Ending(Enum):
    """Why a process is no more."""

    EXITED = auto()
    TIMED_OUT = auto()
    STOPPED = auto()


@dataclass(frozen=True)
class Watch:
    """What may end a process before it ends itself.

    Attributes:
        is_over: Whether it has had its time.
        stop: Whether it is to stop politely.
        kill: Whether it is to be gone at once.
    """

    is_over: Callable[[], bool]
    stop: Callable[[], bool]
    kill: Callable[[], bool]


@dataclass(frozen=True)
class Outcome:
    """How a process ended.

    Attributes:
        ending: Why.
        exit_code: What it returned; negative for a signal.
        group: The id of its process group if something of it is still running, else `None`.
    """

    ending: Ending
    exit_code: int
    group: int | None


def run_process(
    arguments: Sequence[str], *, cwd: Path, env: Mapping[str, str], on_line: Callable[[str], None], watch: Watch
) -> Outcome:
    """Run a process to its end.

    Args:
        arguments: The program and its arguments.
        cwd: The folder it starts in.
        env: Its whole environment.
        on_line: Called with each line of its output, standard error included, as it comes.
        watch: What may end it early.

    Raises:
        OSError: It cannot be started.
    """
    with subprocess.Popen(  # noqa: S603 - running the repository's own scripts is what a runner is for
        arguments,
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as process:
        stopper = _Stopper(process.pid, watch)
        _read_lines(process, on_line, stopper)
        while True:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_TICK)
                break
            stopper.look()
    return Outcome(stopper.ending, process.returncode, process.pid if signal_group(process.pid, 0) else None)


def signal_group(group: int, number: int) -> bool:
    """Send a signal to a process group; return whether anybody was there to get it."""
    try:
        os.killpg(group, number)
    except OSError:
        return False
    return True


class _Stopper:
    """Looks whether a process has to end, and sends the next signal when its time has come."""

    def __init__(self, group: int, watch: Watch) -> None:
        self.ending = Ending.EXITED
        self._group = group
        self._watch = watch
        self._since = 0.0
        self._signals = list(_ESCALATION)

    def look(self) -> None:
        now = time.monotonic()
        if self._watch.kill():
            self._signals.clear()
            self.ending = Ending.STOPPED
            signal_group(self._group, signal.SIGKILL)
            return
        if self.ending is Ending.EXITED:
            self.ending = self._due()
            self._since = now
        if self.ending is not Ending.EXITED and self._signals and now >= self._since + self._signals[0][0]:
            signal_group(self._group, self._signals.pop(0)[1])

    def _due(self) -> Ending:
        if self._watch.stop():
            return Ending.STOPPED
        return Ending.TIMED_OUT if self._watch.is_over() else Ending.EXITED


def _read_lines(process: subprocess.Popen[bytes], on_line: Callable[[str], None], stopper: _Stopper) -> None:
    """Hand on the output until there is no more, or until only something in the background could write more."""
    pipe = process.stdout
    if pipe is None:
        return
    rest = b""
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while True:
            if selector.select(_TICK):
                chunk = os.read(pipe.fileno(), _CHUNK)
                if not chunk:
                    break
                *lines, rest = (rest + chunk).split(b"\n")
                for line in lines:
                    on_line(_decoded(line))
            elif process.poll() is not None:
                break
            stopper.look()
    if rest:
        on_line(_decoded(rest))


def _decoded(line: bytes) -> str:
    return line.decode(errors="replace").rstrip("\r")
