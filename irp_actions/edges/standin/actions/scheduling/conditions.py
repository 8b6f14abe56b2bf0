"""Whether a job runs is asked of the jobs before it: the `needs` context and the status functions of `jobs.*.if`.

Source: "Evaluate expressions in workflows and actions", Status check functions; "Contexts reference", `needs`.
"""

from collections.abc import Iterable, Mapping, Sequence

from irp_actions.edges.standin.actions.expressions import Function, Scope, Value
from irp_actions.edges.standin.actions.expressions.values import to_text
from irp_actions.edges.standin.actions.scheduling.run import JobRun, Verdict

# What these contexts hold for a job without a matrix.
_SINGLE_JOB: Mapping[str, Value] = {
    "strategy": {"fail-fast": True, "job-index": 0, "job-total": 1, "max-parallel": 1},
    "matrix": None,
}


def needs_context(job_run: JobRun) -> dict[str, Value]:
    """Return result and outputs of each job that this one directly needs."""
    return {
        need: {
            "result": str(job_run.run.jobs[need].verdict),
            "outputs": dict(job_run.run.jobs[need].outputs),
        }
        for need in job_run.job.needs
    }


def job_scope(job_run: JobRun) -> Scope:
    """Return what a job's `if:`, `concurrency:` and other properties are evaluated against."""
    contexts = {**job_run.run.contexts, **_SINGLE_JOB, "needs": needs_context(job_run)}
    return Scope(contexts, _status_functions(job_run))


def _status_functions(job_run: JobRun) -> Mapping[str, Function]:
    run = job_run.run
    ancestors = job_run.workflow.ancestors[job_run.job.id]

    def verdicts(names: Sequence[Value]) -> Iterable[Verdict]:
        asked = [to_text(name) for name in names] or ancestors
        return (run.jobs[name].verdict for name in asked if name in run.jobs)

    return {
        "always": lambda _: True,
        "cancelled": lambda _: run.cancelling,
        # A skipped or cancelled ancestor, however far up, is no success.
        "success": lambda names: not run.cancelling and all(each is Verdict.SUCCESS for each in verdicts(names)),
        "failure": lambda names: any(each is Verdict.FAILURE for each in verdicts(names)),
    }
