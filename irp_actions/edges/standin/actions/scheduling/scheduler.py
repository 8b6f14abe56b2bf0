"""The scheduler decides which runs and jobs start, in what order, and which are evicted; it executes nothing.

It has no threads, no clock and no lock: the engine calls it under its own. Sources: "Control the concurrency of
workflows and jobs", "Workflow syntax" (`needs`, `if`), "Workflow cancellation reference".
"""

from collections import deque
from collections.abc import Callable

from irp_actions.edges.standin.actions.errors import ExpressionError
from irp_actions.edges.standin.actions.expressions import Scope
from irp_actions.edges.standin.actions.scheduling.conditions import job_scope
from irp_actions.edges.standin.actions.scheduling.groups import Groups
from irp_actions.edges.standin.actions.scheduling.log import Log
from irp_actions.edges.standin.actions.scheduling.run import JobResult, JobRun, Run, Verdict
from irp_actions.edges.standin.actions.workflow import Concurrency, Workflow

Claimant = Run | JobRun

# A run's verdict is the first of these that one of its jobs has.
_WORST_FIRST = (Verdict.FAILURE, Verdict.CANCELLED, Verdict.SUCCESS, Verdict.SKIPPED)


class Scheduler:
    """The state of all runs: who waits, who may start, who is done.

    Every public method leaves nothing undone: what it changes may let others start or end, and those are
    worked off from two queues before it returns, so that long chains need no deep recursion.
    """

    def __init__(self) -> None:
        self.runs: list[Run] = []
        self._groups: Groups[Claimant] = Groups()
        self._granted: deque[Claimant] = deque()
        self._changed: deque[Run] = deque()
        self._ready: deque[JobRun] = deque()
        self._running: set[JobRun] = set()

    @property
    def settled(self) -> bool:
        """Return whether every run has its verdict."""
        return all(run.verdict.is_final for run in reversed(self.runs))

    def at_rest(self, asleep: Callable[[JobRun], bool]) -> bool:
        """Return whether nothing goes on but jobs that are asleep; whoever waits then waits for one of those."""
        return not self._ready and all(asleep(job_run) for job_run in self._running)

    def add(self, run: Run, *, group_first: bool = True) -> None:
        """Take in a new run, which claims its workflow-level group before any `if:` is asked.

        Args:
            run: The run.
            group_first: Or else a run of which every job would be skipped claims none; no document says.
        """
        self.runs.append(run)
        if run.workflow is None:
            run.verdict = Verdict.FAILURE
            return
        try:
            skipped = not group_first and _skips(run, run.workflow)
            self._claim(run, None if skipped else run.workflow.concurrency, Scope(run.contexts))
        except ExpressionError as error:
            run.head.add(f"error: {error}")
            run.verdict = Verdict.FAILURE
        self._work_off()

    def take(self) -> JobRun | None:
        """Return the job that has waited longest for a runner, now running, or `None`."""
        if not self._ready:
            return None
        job_run = self._ready.popleft()
        job_run.verdict = Verdict.RUNNING
        self._running.add(job_run)
        return job_run

    def finish(self, job_run: JobRun, result: JobResult) -> None:
        """Take in what a runner made of a job."""
        self._running.discard(job_run)
        verdict, forgiving = result.verdict, job_run.job.continue_on_error
        try:
            if verdict is Verdict.FAILURE and forgiving and forgiving.flag(job_scope(job_run)):
                job_run.log.add("the job failed, and the run goes on: continue-on-error")
                verdict = Verdict.SUCCESS
        except ExpressionError as error:
            job_run.log.add(f"error: {error}")
        self._end(job_run, verdict, result)
        self._work_off()

    def cancel(self, run: Run) -> None:
        """End what of a run has not started, and ask what runs to stop."""
        self._cancel(run)
        self._work_off()

    def cancel_everything(self) -> None:
        """End whatever has not started, and kill what runs."""
        for run in self.runs:
            if run.verdict.is_final:
                continue
            for job_run in run.jobs.values():
                job_run.decided = True
                job_run.cancellation.kill()
            self._cancel(run)
        self._work_off()

    # Claims

    def _claim(self, claimant: Claimant, concurrency: Concurrency | None, scope: Scope) -> None:
        """Claim a group, if there is one to claim, and deal with whoever that pushes out."""
        name = concurrency.group.text(scope) if concurrency else ""
        if concurrency is None or not name:
            self._granted.append(claimant)
            return
        if isinstance(claimant, JobRun) and self._groups.holder(name) is claimant.run:
            claimant.log.add(
                f"Canceling since a deadlock for concurrency group '{name}' was detected between "
                f"'top level workflow' and '{claimant.job.id}'"
            )
            self._end(claimant, Verdict.CANCELLED)
            return
        cancel = concurrency.cancel_in_progress
        admission = self._groups.claim(
            name,
            claimant,
            queue=concurrency.queue,
            cancel_in_progress=cancel.flag(scope) if cancel else False,
        )
        claimant.group = name
        if admission.granted:
            self._granted.append(claimant)
        for loser in admission.evicted:
            self._evict(loser)
        if admission.cancelled:
            _log_of(admission.cancelled).add(_outranked(name))
            self._cancel(admission.cancelled)

    def _evict(self, claimant: Claimant) -> None:
        """Cancel a claimant that has already lost its place in the queue."""
        _log_of(claimant).add(_outranked(claimant.group))
        claimant.group = ""
        run = claimant.run if isinstance(claimant, JobRun) else claimant
        run.evicted = True
        self._cancel(claimant)

    def _leave_group(self, claimant: Claimant) -> None:
        if not claimant.group:
            return
        heir = self._groups.leave(claimant.group, claimant)
        claimant.group = ""
        if heir is not None:
            self._granted.append(heir)

    # Progress

    def _work_off(self) -> None:
        while self._granted or self._changed:
            if self._granted:
                self._start(self._granted.popleft())
            else:
                self._advance(self._changed.popleft())

    def _start(self, claimant: Claimant) -> None:
        """Let a claimant go on that has its group, if it was not cancelled meanwhile."""
        if claimant.verdict.is_final:
            return
        if isinstance(claimant, JobRun):
            self._ready.append(claimant)
            return
        claimant.verdict = Verdict.RUNNING
        workflow = claimant.workflow
        if workflow:
            claimant.jobs = {name: JobRun(claimant, workflow, job) for name, job in workflow.jobs.items()}
        self._changed.append(claimant)

    def _advance(self, run: Run) -> None:
        """Decide every job whose needs have ended, and the run once all of them have."""
        if run.verdict.is_final:
            return
        for job_run in run.jobs.values():
            if not job_run.decided and all(run.jobs[need].verdict.is_final for need in job_run.job.needs):
                self._decide(job_run)
        verdicts = {job_run.verdict for job_run in run.jobs.values()}
        if all(verdict.is_final for verdict in verdicts):
            run.verdict = next(verdict for verdict in _WORST_FIRST if verdict in verdicts)
            self._leave_group(run)

    def _decide(self, job_run: JobRun) -> None:
        """Ask a job's `if:`, and let it claim its group if it is to run."""
        job_run.decided = True
        scope = job_scope(job_run)
        try:
            if job_run.job.condition.holds(scope):
                self._claim(job_run, job_run.job.concurrency, scope)
                return
        except ExpressionError as error:
            job_run.log.add(f"error: {error}")
            self._end(job_run, Verdict.FAILURE)
            return
        job_run.log.add(f"not met: if: {job_run.job.condition.source.strip() or 'success()'}")
        self._end(job_run, Verdict.CANCELLED if job_run.run.cancelling else Verdict.SKIPPED)

    def _end(self, job_run: JobRun, verdict: Verdict, result: JobResult | None = None) -> None:
        job_run.verdict = verdict
        job_run.outputs = result.outputs if result else {}
        self._leave_group(job_run)
        self._changed.append(job_run.run)

    # Cancelling

    def _cancel(self, claimant: Claimant) -> None:
        """Cancel a run or a job that has no verdict yet: what waits is over, what runs is asked to stop."""
        if isinstance(claimant, JobRun):
            self._cancel_job(claimant)
        elif claimant.verdict is Verdict.PENDING:
            claimant.verdict = Verdict.CANCELLED
            self._leave_group(claimant)
        else:
            claimant.cancelling = True
            for job_run in claimant.jobs.values():
                # A job that is not decided yet may still run: its `if:` can be `always()`.
                if job_run.decided and not job_run.verdict.is_final:
                    self._cancel_job(job_run)
            self._changed.append(claimant)

    def _cancel_job(self, job_run: JobRun) -> None:
        if job_run.verdict is Verdict.RUNNING:
            job_run.cancellation.request()
            return
        if job_run in self._ready:
            self._ready.remove(job_run)
        self._end(job_run, Verdict.CANCELLED)


def _skips(run: Run, workflow: Workflow) -> bool:
    """Whether no job of a run would run that waits for no other."""
    firsts = [JobRun(run, workflow, job) for job in workflow.jobs.values() if not job.needs]
    return not any(job_run.job.condition.holds(job_scope(job_run)) for job_run in firsts)


def _log_of(claimant: Claimant) -> Log:
    return claimant.log if isinstance(claimant, JobRun) else claimant.tail


def _outranked(group: str) -> str:
    return f"Canceling since a higher priority waiting request for {group} exists"
