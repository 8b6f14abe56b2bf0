"""A job is executed with a token of its own, which ends with it, and whatever goes wrong is its own fault alone."""

import traceback
from collections.abc import Mapping

from irp_actions.edges.standin.actions.commits import Commits
from irp_actions.edges.standin.actions.host import Host
from irp_actions.edges.standin.actions.runner import JobOrder, JobRunner
from irp_actions.edges.standin.actions.runner.commands import annotation
from irp_actions.edges.standin.actions.scheduling import JobResult, JobRun, Verdict
from irp_actions.edges.standin.actions.scheduling.conditions import job_scope
from irp_actions.edges.standin.actions.sleepers import Sleepers


class Executor:
    """Hands jobs to a runner; called from several threads at once.

    Args:
        host: Who mints and revokes tokens.
        runner: What executes jobs.
        commits: Where jobs check files out of.
        secrets: The `secrets` context, `GITHUB_TOKEN` excepted.
        sleepers: Makes each job ready to sleep in simulated time.
    """

    def __init__(
        self, host: Host, runner: JobRunner, commits: Commits, secrets: Mapping[str, str], sleepers: Sleepers
    ) -> None:
        self._host = host
        self._runner = runner
        self._commits = commits
        self._secrets = dict(secrets)
        self._sleepers = sleepers

    def execute(self, job_run: JobRun) -> JobResult:
        """Execute a job to its end; a fault of the host or of the runner is logged and fails the job."""
        try:
            token = self._host.mint_token(job_run.run.id, job_run.job.permissions)
            try:
                return self._runner.run(self._order(job_run, token))
            finally:
                self._host.revoke_token(token)
        except Exception:  # whatever it is, the jobs after this one are to have their turn
            job_run.log.add(annotation("error", f"The stand-in itself failed.\n{traceback.format_exc()}"))
            return JobResult(Verdict.FAILURE)

    def _order(self, job_run: JobRun, token: str) -> JobOrder:
        job, log = job_run.job, job_run.log
        for secret in (token, *self._secrets.values()):
            log.mask(secret)
        log.add(f"runs-on: {job.runs_on}{f', environment: {job.environment}' if job.environment else ''}")
        log.add("permissions: " + ", ".join(f"{scope}: {level}" for scope, level in sorted(job.permissions.items())))
        return JobOrder(
            workflow=job_run.workflow,
            job=job,
            event=job_run.run.event,
            contexts={**job_scope(job_run).contexts, "secrets": {**self._secrets, "GITHUB_TOKEN": token}},
            token=token,
            commits=self._commits,
            log=log,
            cancellation=job_run.cancellation,
            time=self._sleepers.bed(job_run),
        )
