"""An order is everything a runner needs to execute one job, and all that it may know of the engine.

Whatever satisfies `JobRunner` can stand in the place of the built-in runner.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from irp_actions.edges.standin.actions.commits import Commits
from irp_actions.edges.standin.actions.expressions import Value
from irp_actions.edges.standin.actions.runner.jobtime import JobTime
from irp_actions.edges.standin.actions.scheduling import Cancellation, JobResult, Log
from irp_actions.edges.standin.actions.workflow import Job, Workflow
from irp_actions.edges.standin.events import Event


@dataclass(frozen=True)
class JobOrder:
    """One job to execute.

    Attributes:
        workflow: The workflow it belongs to.
        job: The job.
        event: What started the run.
        contexts: `github`, `inputs`, `vars`, `secrets`, `needs`, `strategy` and `matrix`, as they are for this job.
        token: The job's token; it is worthless once the job has ended.
        commits: Where `actions/checkout` gets files from.
        log: Where the runner writes what happens.
        cancellation: How the runner learns that it has to stop.
        time: The time by which its limits are counted, and where its steps find a `sleep` that knows it.
    """

    workflow: Workflow
    job: Job
    event: Event
    contexts: Mapping[str, Value]
    token: str
    commits: Commits
    log: Log
    cancellation: Cancellation
    time: JobTime = field(default_factory=JobTime)


class JobRunner(Protocol):
    """Executes jobs; called from several threads at once."""

    def run(self, order: JobOrder) -> JobResult:
        """Execute a job to its end and return what is left of it."""
