"""A run is one workflow started by one event; it is what the scheduler moves from pending to a verdict."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from irp_actions.edges.standin.actions.catalogue import id_of, path_of
from irp_actions.edges.standin.actions.expressions import Value
from irp_actions.edges.standin.actions.scheduling.cancellation import Cancellation
from irp_actions.edges.standin.actions.scheduling.log import Log
from irp_actions.edges.standin.actions.workflow import Job, Workflow
from irp_actions.edges.standin.events import Event


class Verdict(StrEnum):
    """What a run or a job has come to."""

    PENDING = "pending"
    RUNNING = "running"
    SUCCESS = "success"
    FAILURE = "failure"
    CANCELLED = "cancelled"
    SKIPPED = "skipped"

    @property
    def is_final(self) -> bool:
        """Return whether it will not change any more."""
        return self not in (Verdict.PENDING, Verdict.RUNNING)


@dataclass(frozen=True)
class JobResult:
    """What is left of a job when it has ended.

    Attributes:
        verdict: A final one.
        outputs: Its outputs by name.
    """

    verdict: Verdict
    outputs: Mapping[str, str] = field(default_factory=dict)


@dataclass(eq=False)
class JobRun:
    """One job of one run, mutable and guarded by the engine's lock.

    Attributes:
        verdict: `PENDING` until it is handed to a runner.
        decided: Whether its `if:` was asked.
        group: The concurrency group it holds or waits for; empty for none.
    """

    run: "Run"
    workflow: Workflow
    job: Job
    log: Log = field(default_factory=lambda: Log("  "))
    cancellation: Cancellation = field(default_factory=Cancellation)
    verdict: Verdict = Verdict.PENDING
    outputs: Mapping[str, str] = field(default_factory=dict)
    decided: bool = False
    group: str = ""


@dataclass(eq=False)
class Run:
    """One run, mutable and guarded by the engine's lock.

    Attributes:
        id: Unique in the repository, never reused.
        file: The workflow file's name.
        workflow: What the file says; `None` if it is broken.
        event: What started it.
        contexts: The contexts known before any job starts: `github`, `inputs`, `vars`.
        attempt: Counted from 1; each is a run of its own with the id of the first.
        group: The workflow-level concurrency group it holds or waits for; empty for none.
        evicted: Whether a newer claimant took its place, or that of one of its jobs, in a queue.
        cancelling: Whether it was told to stop while it ran.
        began_at: When it was started (UTC).
        ended_at: When it got its verdict (UTC), as soon as the engine has looked.
    """

    id: int
    file: str
    workflow: Workflow | None
    event: Event
    contexts: Mapping[str, Value]
    attempt: int = 1
    head: Log = field(default_factory=Log)
    tail: Log = field(default_factory=Log)
    jobs: dict[str, JobRun] = field(default_factory=dict)
    verdict: Verdict = Verdict.PENDING
    group: str = ""
    evicted: bool = False
    cancelling: bool = False
    began_at: datetime | None = None
    ended_at: datetime | None = None

    def describe(self) -> dict[str, Any]:
        """Return the run as the engine lists it."""
        github: Any = self.contexts["github"]
        return {
            "id": self.id,
            "attempt": self.attempt,
            "workflow": self.file,
            "workflow_id": id_of(self.file),
            "path": path_of(self.file),
            "event": self.event.name,
            "number": self.event.number,
            "title": (self.event.payload.get("issue") or {}).get("title"),
            "actor": github["actor"],
            "triggering_actor": github["triggering_actor"],
            "run_number": int(github["run_number"]),
            "sha": github["sha"],
            "verdict": str(self.verdict),
            "evicted": self.evicted,
            "log": self.text(),
            "at": _spelt(self.began_at),
            "ended_at": _spelt(self.ended_at),
        }

    def text(self) -> str:
        """Return the log: what started the run, each job in the file's order, and the verdict."""
        lines = list(self.head.lines)
        for job_run in self.jobs.values():
            lines.append(f"job {job_run.job.id}: {job_run.verdict}")
            lines.extend(job_run.log.lines)
        lines.extend(self.tail.lines)
        return "\n".join(lines) + "\n"


def _spelt(moment: datetime | None) -> str | None:
    return None if moment is None else f"{moment:%Y-%m-%dT%H:%M:%SZ}"
