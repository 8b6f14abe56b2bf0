"""Which runs start, in what order, and which are evicted: decided without a single process."""

import textwrap
from itertools import count

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from irp_actions.edges.standin.actions.scheduling import JobResult, JobRun, Run, Scheduler, Verdict
from irp_actions.edges.standin.actions.workflow import read_workflow
from irp_actions.edges.standin.events import Event

_IDS = count(1)


def start(scheduler: Scheduler, text: str, *, number: int = 7, file: str = "ci.yml") -> Run:
    """Add a run of a workflow, of which only what follows `on:` is given."""
    event = Event("issues", "opened", {"issue": {"number": number}}, "ben", number, by_token=False)
    run = Run(
        id=next(_IDS),
        file=file,
        workflow=read_workflow("on: issues\n" + textwrap.dedent(text), file),
        event=event,
        contexts={"github": {"event": event.payload, "workflow": file}, "inputs": {}, "vars": {}},
    )
    scheduler.add(run)
    return run


def finish(scheduler: Scheduler, job_run: JobRun, verdict: Verdict = Verdict.SUCCESS, **outputs: str) -> None:
    """Let a job end."""
    scheduler.finish(job_run, JobResult(verdict, outputs))


def take(scheduler: Scheduler) -> JobRun:
    """Return the next job, of which there must be one."""
    job_run = scheduler.take()
    assert job_run is not None
    return job_run


def verdicts(*runs: Run) -> list[str]:
    """Return the runs' verdicts as words, the evicted ones marked."""
    return [f"{run.verdict}{' (evicted)' if run.evicted else ''}" for run in runs]


GROUPED = """
    concurrency: {group: irp}
    jobs: {one: {runs-on: x, if: "github.event.issue.number != 13"}}
"""
QUEUED = GROUPED.replace("group: irp", "group: irp, queue: max")
CANCELLING = GROUPED.replace("group: irp", "group: irp, cancel-in-progress: true")


@pytest.mark.behaviour("documented", "Control the concurrency of workflows and jobs")
def test_a_newer_pending_run_evicts_the_older() -> None:
    """One runs, one waits; of three that come meanwhile the last is left."""
    scheduler = Scheduler()
    runs = [start(scheduler, GROUPED) for _ in range(4)]
    assert verdicts(*runs) == ["running", "cancelled (evicted)", "cancelled (evicted)", "pending"]
    finish(scheduler, take(scheduler))
    assert verdicts(runs[0], runs[3]) == ["success", "running"]
    finish(scheduler, take(scheduler))
    assert scheduler.settled
    assert "Canceling since a higher priority waiting request for irp exists" in runs[1].text()


@pytest.mark.behaviour("documented", "Control the concurrency of workflows and jobs")
def test_groups_span_workflows_and_their_names_do_not_regard_case() -> None:
    """A sweep evicts a pending command run."""
    scheduler = Scheduler()
    running = start(scheduler, GROUPED.replace("irp", "Irp"), file="incident.yml")
    command = start(scheduler, GROUPED, file="incident.yml")
    sweep = start(scheduler, GROUPED.replace("irp", "IRP"), file="sweep.yml")
    assert verdicts(running, command, sweep) == ["running", "cancelled (evicted)", "pending"]


def test_a_group_can_be_an_expression() -> None:
    """Runs about different issues do not wait for each other."""
    text = GROUPED.replace("{group: irp}", "irp-${{ github.event.issue.number }}")
    scheduler = Scheduler()
    runs = [start(scheduler, text, number=number) for number in (7, 8, 7)]
    assert verdicts(*runs) == ["running", "running", "pending"]


@pytest.mark.behaviour("inferred", "the group is of the workflow, and `if:` of a job", "doctor:skipped_runs")
def test_the_group_is_taken_before_any_if_is_asked() -> None:
    """So a run that would skip everything still evicts one that would not."""
    scheduler = Scheduler()
    running, command, chatter = (start(scheduler, GROUPED, number=number) for number in (7, 7, 13))
    assert verdicts(running, command, chatter) == ["running", "cancelled (evicted)", "pending"]
    finish(scheduler, take(scheduler))
    assert verdicts(chatter) == ["skipped"]


@pytest.mark.behaviour("documented", "the changelog of 2026-05-07 and the schema of workflow files")
def test_queue_max_keeps_a_hundred_in_their_order() -> None:
    """The hundred and first is cancelled."""
    scheduler = Scheduler()
    runs = [start(scheduler, QUEUED) for _ in range(102)]
    assert verdicts(runs[0], runs[1], runs[100], runs[101]) == ["running", "pending", "pending", "cancelled (evicted)"]
    order = []
    while job_run := scheduler.take():
        order.append(job_run.run)
        finish(scheduler, job_run)
    assert order == runs[:101]
    assert scheduler.settled


def test_a_single_newcomer_empties_a_long_queue() -> None:
    """What waits is decided by the newcomer's own `queue`."""
    scheduler = Scheduler()
    runs = [start(scheduler, QUEUED) for _ in range(4)]
    last = start(scheduler, GROUPED)
    assert verdicts(*runs, last) == ["running", *["cancelled (evicted)"] * 3, "pending"]


@pytest.mark.behaviour("documented", "Control the concurrency of workflows and jobs")
def test_cancel_in_progress_stops_the_running_one_too() -> None:
    """The newcomer starts when the other has stopped."""
    scheduler = Scheduler()
    first = start(scheduler, GROUPED)
    job_run = take(scheduler)
    second = start(scheduler, CANCELLING)
    assert job_run.cancellation.requested
    assert verdicts(first, second) == ["running", "pending"]
    finish(scheduler, job_run, Verdict.CANCELLED)
    assert verdicts(first, second) == ["cancelled", "running"]


def test_cancel_in_progress_can_be_an_expression() -> None:
    """Here it is false."""
    scheduler = Scheduler()
    start(scheduler, GROUPED)
    job_run = take(scheduler)
    start(scheduler, GROUPED.replace("irp", "irp, cancel-in-progress: '${{ github.event.issue.number == 8 }}'"))
    assert not job_run.cancellation.requested


def test_a_running_run_whose_job_has_no_runner_yet_is_cancelled_at_once() -> None:
    """Nothing has to stop."""
    scheduler = Scheduler()
    first, second = start(scheduler, GROUPED), start(scheduler, CANCELLING)
    assert verdicts(first, second) == ["cancelled", "running"]
    assert take(scheduler).run is second
    assert scheduler.take() is None


@pytest.mark.behaviour("inferred", "a job that is skipped needs no runner", "repository")
def test_jobs_have_groups_of_their_own_after_their_if() -> None:
    """A skipped job claims nothing."""
    text = """
        jobs:
          one: {runs-on: x, concurrency: deploy, if: "github.event.issue.number != 13"}
    """
    scheduler = Scheduler()
    first = start(scheduler, text)
    second = start(scheduler, text)
    skipped = start(scheduler, text, number=13)
    third = start(scheduler, text)
    assert verdicts(first, second, skipped, third) == ["running", "cancelled (evicted)", "skipped", "running"]
    finish(scheduler, take(scheduler))
    assert take(scheduler).run is third


def test_jobs_of_one_run_push_each_other_out_too() -> None:
    """The second stops the first before that has a runner."""
    job = "{runs-on: x, concurrency: {group: irp, cancel-in-progress: true}}"
    scheduler = Scheduler()
    run = start(scheduler, f"jobs: {{a: {job}, b: {job}}}")
    only = take(scheduler)
    assert (only.job.id, run.jobs["a"].verdict, scheduler.take()) == ("b", "cancelled", None)


def test_a_job_that_waits_for_the_group_of_its_own_run_is_cancelled() -> None:
    """It would wait for ever."""
    scheduler = Scheduler()
    run = start(scheduler, "concurrency: irp\njobs: {one: {runs-on: x, concurrency: irp}}")
    assert verdicts(run) == ["cancelled"]
    assert "deadlock" in run.text()


NEEDS = """
    jobs:
      last: {runs-on: x, needs: [middle], %s}
      middle: {runs-on: x, needs: first}
      first: {runs-on: x}
"""


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("", "skipped"),
        ("if: always()", "pending"),
        ("if: failure()", "pending"),
        ("if: success()", "skipped"),
        ("if: cancelled()", "skipped"),
        ("if: needs.middle.result == 'skipped'", "skipped"),
        ("if: always() && needs.middle.result == 'skipped'", "pending"),
        ("if: failure('middle')", "skipped"),
    ],
)
def test_a_job_after_a_failure_runs_only_if_it_says_so(condition: str, expected: str) -> None:
    """The failure of any ancestor counts, not only of those it names."""
    scheduler = Scheduler()
    run = start(scheduler, NEEDS % condition)
    finish(scheduler, take(scheduler), Verdict.FAILURE)
    assert (run.jobs["middle"].verdict, run.jobs["last"].verdict) == (Verdict.SKIPPED, expected)
    while job_run := scheduler.take():
        finish(scheduler, job_run)
    assert verdicts(run) == ["failure"]


def test_outputs_reach_the_jobs_that_need_them() -> None:
    """And no others."""
    scheduler = Scheduler()
    run = start(
        scheduler,
        """
        jobs:
          a: {runs-on: x}
          b: {runs-on: x, needs: a, if: needs.a.outputs.go == 'yes'}
          c: {runs-on: x, needs: b, if: needs.a.outputs.go == 'yes'}
        """,
    )
    finish(scheduler, take(scheduler), go="yes")
    finish(scheduler, take(scheduler))
    assert [job_run.verdict for job_run in run.jobs.values()] == ["success", "success", "skipped"]
    assert verdicts(run) == ["success"]


def test_a_cancelled_run_still_runs_what_says_always() -> None:
    """What waits for a runner is cancelled, what runs is asked to stop, the rest is decided by its `if:`."""
    scheduler = Scheduler()
    run = start(
        scheduler,
        """
        concurrency: irp
        jobs:
          a: {runs-on: x}
          b: {runs-on: x, needs: a}
          c: {runs-on: x, needs: a, if: cancelled()}
        """,
    )
    running = take(scheduler)
    start(scheduler, CANCELLING)
    finish(scheduler, running, Verdict.CANCELLED)
    cleanup = take(scheduler)
    assert (cleanup.job.id, run.jobs["b"].verdict) == ("c", "cancelled")
    finish(scheduler, cleanup)
    assert verdicts(run) == ["cancelled"]


def test_after_a_cancellation_even_a_success_leads_to_nothing_more() -> None:
    """The job had ended before it could be stopped."""
    scheduler = Scheduler()
    run = start(scheduler, "concurrency: irp\njobs: {a: {runs-on: x}, b: {runs-on: x, needs: a}}")
    running = take(scheduler)
    start(scheduler, CANCELLING)
    finish(scheduler, running)
    assert (run.jobs["a"].verdict, run.jobs["b"].verdict, run.verdict) == ("success", "cancelled", "cancelled")


def test_a_job_may_fail_without_failing_the_run() -> None:
    """With `continue-on-error`, which can be an expression."""
    scheduler = Scheduler()
    run = start(scheduler, "jobs: {a: {runs-on: x, continue-on-error: '${{ github.event.issue.number == 7 }}'}}")
    finish(scheduler, take(scheduler), Verdict.FAILURE)
    assert verdicts(run) == ["success"]
    assert "continue-on-error" in run.text()


def test_a_job_whose_forgiveness_has_no_value_fails() -> None:
    """In doubt it is a failure."""
    scheduler = Scheduler()
    run = start(scheduler, "jobs: {a: {runs-on: x, continue-on-error: '${{ github.workflow }}'}}")
    finish(scheduler, take(scheduler), Verdict.FAILURE)
    assert verdicts(run) == ["failure"]
    assert "error: Unexpected value 'ci.yml'" in run.text()


@pytest.mark.parametrize(
    "text",
    [
        "concurrency: '${{ fromJSON(github.workflow) }}'\njobs: {a: {runs-on: x}}",
        "jobs: {a: {runs-on: x, if: fromJSON(github.workflow)}}",
        "jobs: {a: {runs-on: x, concurrency: '${{ github }}'}}",
    ],
)
def test_an_expression_without_a_value_fails_the_run(text: str) -> None:
    """The log says which."""
    run = start(Scheduler(), text)
    assert verdicts(run) == ["failure"]
    assert "error: " in run.text()


def test_everything_can_be_cancelled() -> None:
    """What runs is killed, what waits is over, `always()` or not."""
    scheduler = Scheduler()
    runs = [start(scheduler, GROUPED), start(scheduler, GROUPED)]
    runs.append(start(scheduler, NEEDS % "if: always()"))
    running = take(scheduler)
    scheduler.cancel_everything()
    assert running.cancellation.killed
    finish(scheduler, running, Verdict.CANCELLED)
    assert verdicts(*runs) == ["cancelled"] * 3
    assert scheduler.take() is None


class SchedulerMachine(RuleBasedStateMachine):
    """Runs come and jobs end in any order; the laws of groups hold throughout."""

    def __init__(self) -> None:
        super().__init__()
        self.scheduler = Scheduler()
        self.running: list[JobRun] = []

    @rule(text=st.sampled_from([GROUPED, QUEUED, CANCELLING]), number=st.sampled_from([7, 13]))
    def happens(self, text: str, number: int) -> None:
        """A run comes."""
        start(self.scheduler, text, number=number)

    @rule()
    def takes(self) -> None:
        """A runner is free."""
        job_run = self.scheduler.take()
        if job_run:
            self.running.append(job_run)

    @precondition(lambda self: self.running)
    @rule(verdict=st.sampled_from([Verdict.SUCCESS, Verdict.FAILURE, Verdict.CANCELLED]))
    def ends(self, verdict: Verdict) -> None:
        """A job ends."""
        finish(self.scheduler, self.running.pop(), verdict)

    @invariant()
    def one_holds_the_group(self) -> None:
        """Never two at a time."""
        assert sum(run.verdict is Verdict.RUNNING for run in self.scheduler.runs) <= 1

    @invariant()
    def nobody_waits_for_nobody(self) -> None:
        """A free group is given away at once."""
        verdicts = {run.verdict for run in self.scheduler.runs}
        assert Verdict.PENDING not in verdicts or Verdict.RUNNING in verdicts

    @invariant()
    def runs_end_in_the_order_they_came(self) -> None:
        """First in, first out, for all that are not evicted."""
        waiting = [run.verdict.is_final for run in self.scheduler.runs if not run.evicted]
        assert waiting == sorted(waiting, reverse=True)

    def teardown(self) -> None:
        """Whatever happened, it comes to an end."""
        while self.running or (job_run := self.scheduler.take()):
            finish(self.scheduler, self.running.pop() if self.running else job_run)
        assert self.scheduler.settled


TestSchedulerMachine = SchedulerMachine.TestCase
TestSchedulerMachine.settings = settings(max_examples=100, stateful_step_count=30, deadline=None)
