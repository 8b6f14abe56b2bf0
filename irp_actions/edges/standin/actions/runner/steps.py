"""The built-in runner executes a job's steps one after the other, each script as a real process.

Source: "Workflow syntax", `jobs.<job_id>`.
"""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from irp_actions.edges.standin.actions.errors import ExpressionError
from irp_actions.edges.standin.actions.runner.commands import annotation
from irp_actions.edges.standin.actions.runner.order import JobOrder
from irp_actions.edges.standin.actions.runner.session import Session
from irp_actions.edges.standin.actions.runner.step import run_step
from irp_actions.edges.standin.actions.scheduling import JobResult, Verdict
from irp_actions.edges.standin.actions.workflow.model import DEFAULT_TIMEOUT_MINUTES


class StepsRunner:
    """Runs jobs on the machine it is on.

    Args:
        environment: Variables that every step's process gets beside those of Actions.
    """

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        self._environment = dict(environment or {})

    def run(self, order: JobOrder) -> JobResult:
        """Execute a job to its end; its folder and whatever it left running go with it."""
        with tempfile.TemporaryDirectory(prefix="irp-standin-job-", ignore_cleanup_errors=True) as folder:
            session = Session(order, Path(folder), self._environment)
            try:
                return _run_job(session)
            except ExpressionError as error:
                session.log.add(annotation("error", str(error)))
                return JobResult(Verdict.FAILURE)
            finally:
                session.clean_up()


def _run_job(session: Session) -> JobResult:
    job, cancellation = session.order.job, session.order.cancellation
    limit = job.timeout_minutes
    minutes = limit.number(session.scope()) if limit else DEFAULT_TIMEOUT_MINUTES
    session.deadline = session.order.time.now() + minutes * 60
    session.set_env()
    for number, step in enumerate(job.steps, start=1):
        if cancellation.requested:
            session.cancel()
        if cancellation.killed:
            break
        run_step(session, step, number)
    outputs = {} if cancellation.killed else _outputs(session)
    return JobResult(session.status, outputs)


def _outputs(session: Session) -> Mapping[str, str]:
    """Return the job's outputs; one that would give a secret away stays behind, as on GitHub."""
    outputs: dict[str, str] = {}
    for name, value in session.evaluate(session.order.job.outputs).items():
        if session.log.masked(value) == value:
            outputs[name] = value
            session.log.add(f"output {name}={value}")
        else:
            session.log.add(annotation("warning", f"Skip output '{name}' since it may contain secret."))
    return outputs
