"""The watch is one job that sleeps until the next thing is due, starts the run that does it, and looks again (IN-7).

GitHub fires schedules hours late, so a job that waits is the only timer in reach that keeps its minute. It writes to no
issue: what it starts is the same run that a comment starts. It lasts shorter than GitHub lets a job last and starts its
successor, which waits in the same concurrency group until its turn.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from irp_actions.edges.desk import Desk
from irp_actions.edges.github import Door
from irp_actions.edges.reconcile import DONE, OURS, sweep
from irp_actions.edges.trouble import Forbidden, Unavailable, WriteFailed
from irp_actions.rules.watching import Known, Sight, plan
from irp_actions.values.changes import Change, Say, Tell

PAUSE = timedelta(minutes=1)
"""How long it waits when GitHub cannot be asked."""

TRIES = 10
"""After so many failures in a row another job is to try: the trouble may be with this machine."""

GRACE = timedelta(minutes=10)
"""How long after its time it goes on trying to start its successor before GitHub would end it anyway."""


@dataclass(frozen=True, slots=True)
class Workflows:
    """The workflow files that it starts, and the branch they are taken from."""

    incident: str
    watch: str
    ref: str


def sleep(span: timedelta) -> None:
    """Wait, by the operating system's own `sleep`: a process of its own, so that a simulated runner can make it pass.

    Raises:
        CalledProcessError: it ended before its time.
    """
    subprocess.run(["sleep", str(int(span.total_seconds()))], check=True)  # noqa: S603, S607 - whichever the runner has


@dataclass(slots=True)
class Watch:
    """One watch, from its first look to its successor.

    Attributes:
        door: The repository.
        desk: What is judged by: the numbers pinned in the records, which go on when a newer policy than this job's is
            there.
        workflows: What it starts.
        now: The time (UTC): this machine's at first, and GitHub's from the first look on.
        tell: Takes a line for the log.
        wait: Lets time pass.
    """

    door: Door
    desk: Desk
    workflows: Workflows
    now: datetime
    tell: Callable[[str], None]
    wait: Callable[[timedelta], None] = sleep
    _began: datetime | None = None
    _known: Mapping[int, Known] = field(default_factory=dict)
    _failures: int = 0

    def keep(self) -> int:
        """Watch until nothing is left to be watched, or until a successor does.

        Returns:
            The exit code.

        Raises:
            Forbidden: the token may not do what a watch does.
        """
        started = self.now
        while True:
            look_at = self._next_look()
            if look_at is None:
                self.tell("nothing is to be watched any more")
                return DONE
            ends_at = (self._began or started) + self.desk.policy.watch.handover
            if self._failures < TRIES and self.now < ends_at:
                self._wait_until(min(look_at, ends_at))
            elif self._hand_over():
                return DONE
            elif self.now < ends_at + GRACE:
                self._wait_until(self.now + PAUSE)
            else:
                self.tell("no other watch could be started; the next sweep starts one")
                return OURS

    def _next_look(self) -> datetime | None:
        """Look, start runs for what is due, and say when to look again (UTC); None when nothing is to be watched.

        Raises:
            Forbidden: the token may not read, or not start runs.
        """
        try:
            sights = list(self._sights())
        except Unavailable as trouble:
            self._failures += 1
            self.tell(f"{trouble}; trying again in a minute")
            return self.now + PAUSE
        self._failures = 0
        found = plan(sights, self._known, self.now, self.desk.policy.watch)
        self._known = found.known
        started = self._started(found.due) if found.due else "nothing is due"
        watched = ", ".join(f"#{number}" for number in found.watched) or "none"
        self.tell(f"{self.now:%H:%M:%S} UTC: watched: {watched}; {started}; next look {found.look_at:%H:%M:%S}")
        return found.look_at if found.watched else None

    def _wait_until(self, moment: datetime) -> None:
        self.wait(moment - self.now)
        self.now = moment

    def _sights(self) -> Iterator[Sight]:
        for outcome in sweep(self.door, replace(self.desk, pinned_only=True), self.now, dry_run=True):
            if outcome.at is not None:
                self._began = self._began or outcome.at
                self.now = outcome.at
            elif outcome.code != DONE:
                self.tell(outcome.said)
            seen = outcome.watched if outcome.at is not None or outcome.code == DONE else None
            due = frozenset(name for change in outcome.changes for name in _names(change))
            yield Sight(outcome.number, due, seen, outcome.wakes_at)

    def _started(self, due: tuple[int, ...]) -> str:
        """Start a run for what is due, and say so: one for all when several are due, for a third evicts the second."""
        inputs = {"number": str(due[0])} if len(due) == 1 else {}
        what = f"{self.workflows.incident} for {', '.join(f'#{number}' for number in due)}"
        try:
            done = self.door.dispatch(self.workflows.incident, self.workflows.ref, **inputs)
        except WriteFailed as failure:
            return f"{what} may not have been started: {failure}"
        return f"started {what}" if done else f"{what} could not be started: is it there, and enabled?"

    def _hand_over(self) -> bool:
        """Start the successor; whether that is known to have gone well."""
        try:
            done = self.door.dispatch(self.workflows.watch, self.workflows.ref)
        except WriteFailed as failure:
            self.tell(f"another watch may not have been started: {failure}")
            return False
        self.tell("another watch goes on" if done else f"{self.workflows.watch} could not be started: is it enabled?")
        return done


def _names(change: Change) -> tuple[str, ...]:
    """What a change is called until it is made: a note by its keys, a message by its id, anything else by its kind."""
    if isinstance(change, Say):
        return change.keys
    return (change.message.id,) if isinstance(change, Tell) else (type(change).__name__,)


def start_watch(door: Door, workflow: str, ref: str, *, ask: bool) -> str:
    """See to it that a watch runs.

    Args:
        door: the repository.
        workflow: the file of the watch.
        ref: the branch whose file is run.
        ask: whether one may be running already; without it one more is started, which then waits for its turn and finds
            nothing to do.

    Returns:
        What went wrong; empty when one runs.
    """
    try:
        if (ask and door.is_running(workflow)) or door.dispatch(workflow, ref):
            return ""
    except (Forbidden, Unavailable, WriteFailed) as trouble:
        return f"{workflow} could not be started: {trouble}; the token needs actions: write"
    return f"{workflow} is missing or disabled: without it reminders come as late as GitHub's schedules"
