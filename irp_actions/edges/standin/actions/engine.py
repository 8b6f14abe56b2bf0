"""The engine starts the repository's workflows on events and crons and has their jobs run, a few at a time."""

import threading
from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from irp_actions.edges.standin.actions import contexts
from irp_actions.edges.standin.actions.catalogue import Catalogue, WorkflowFile
from irp_actions.edges.standin.actions.commits import DEFAULT_BRANCH, Commits
from irp_actions.edges.standin.actions.contexts import Identity
from irp_actions.edges.standin.actions.errors import (
    NotDispatchable,
    NotRerunnable,
    RunCompleted,
    RunNotFound,
    WorkflowDisabled,
)
from irp_actions.edges.standin.actions.executor import Executor
from irp_actions.edges.standin.actions.expressions import Value
from irp_actions.edges.standin.actions.host import Host
from irp_actions.edges.standin.actions.runner import JobRunner, StepsRunner
from irp_actions.edges.standin.actions.runner.commands import annotation
from irp_actions.edges.standin.actions.scheduling import JobRun, Run, Scheduler
from irp_actions.edges.standin.actions.sleepers import Sleepers
from irp_actions.edges.standin.actions.workflow import Schedule
from irp_actions.edges.standin.actions.workflow.inputs import resolve_inputs, type_inputs
from irp_actions.edges.standin.actions.workflow.triggers import DISPATCH, REPOSITORY_DISPATCH, SCHEDULE
from irp_actions.edges.standin.events import Event

# Like GitHub's own run ids: too large to be taken for any other number of the stand-in.
_FIRST_RUN_ID = 19_000_000_001

# "You can re-run a workflow … for up to 30 days after the initial run", and 50 times.
_RERUN_FOR = timedelta(days=30)
_MOST_RERUNS = 50

# Jobs that run at the same time, those that sleep not counted; the rest wait for a runner.
MOST_JOBS = 8


class Actions:
    """GitHub Actions for one repository.

    Every method may be called from any thread. Jobs run in threads of the engine, which call the host.

    Args:
        checkout: The repository's folder; its workflow files are read afresh at each event.
        host: The rest of the embedded GitHub.
        secrets: The `secrets` context, `GITHUB_TOKEN` excepted.
        variables: The `vars` context.
        environment: Variables that every step's process gets beside those of Actions.
        runner: What executes jobs; by default the built-in runner.
    """

    def __init__(  # noqa: PLR0913 - all but two are options, and named where they are given
        self,
        checkout: Path,
        host: Host,
        *,
        secrets: Mapping[str, str] | None = None,
        variables: Mapping[str, str] | None = None,
        environment: Mapping[str, str] | None = None,
        runner: JobRunner | None = None,
    ) -> None:
        self._host = host
        self._variables = dict(variables or {})
        self._catalogue = Catalogue(checkout)
        self._commits = Commits(checkout)
        self._scheduler = Scheduler()
        self._run_ids = count(_FIRST_RUN_ID)
        self._run_numbers: Counter[str] = Counter()
        self._threads: set[threading.Thread] = set()
        self._going: list[Run] = []
        self._closed = False
        # Guards everything above. A condition, because `settle` waits for what jobs do to it.
        self._lock = threading.Condition()
        self._sleepers = Sleepers(host, self._lock, self._pump)
        self._executor = Executor(
            host, runner or StepsRunner(environment), self._commits, secrets or {}, self._sleepers
        )

    def deliver(self, event: Event) -> None:
        """Start every enabled workflow that listens to an event, and return at once.

        Args:
            event: What happened. Caused by a job token, it starts nothing unless it is a `repository_dispatch`;
                a `workflow_dispatch` names its workflow and goes through `dispatch`.
        """
        if event.name == DISPATCH or (event.by_token and event.name != REPOSITORY_DISPATCH):
            return
        started_at = self._host.now()
        with self._lock:
            for file in self._catalogue.enabled_files():
                if _listens(file, event):
                    self._start(file, event, started_at)

    def dispatch(
        self,
        workflow: str | int,
        ref: str,
        inputs: Mapping[str, str],
        actor: str,
        *,
        payload: Mapping[str, Any] | None = None,
    ) -> None:
        """Start one workflow by hand (REST "Create a workflow dispatch event").

        Args:
            workflow: Its file name, path or id.
            ref: The default branch, with or without `refs/heads/`; the checkout has no other.
            inputs: What its `workflow_dispatch` asks for.
            actor: Who starts it.
            payload: Members of the event's payload that the host knows better, such as `repository` and `sender`.

        Raises:
            WorkflowNotFound: There is no such workflow.
            WorkflowDisabled: It is disabled.
            NotDispatchable: It has no `workflow_dispatch`, the ref does not exist, or the inputs are wrong.
        """
        started_at = self._host.now()
        with self._lock:
            file = self._catalogue.find(workflow)
            if not self._catalogue.is_enabled(file):
                raise WorkflowDisabled("Cannot trigger a 'workflow_dispatch' on a disabled workflow")
            if file.workflow is None or not file.workflow.triggers.dispatchable:
                raise NotDispatchable("Workflow does not have 'workflow_dispatch' trigger")
            if ref.removeprefix("refs/heads/") != DEFAULT_BRANCH:
                raise NotDispatchable(f"No ref found for: {ref}")
            values = resolve_inputs(file.workflow.triggers.inputs, inputs)
            body = contexts.dispatch_payload(self._host, file.path, values, actor) | dict(payload or {})
            event = Event(DISPATCH, None, body, actor, number=None, by_token=False)
            self._host.happened(event)
            self._start(file, event, started_at, type_inputs(file.workflow.triggers.inputs, values))

    def set_enabled(self, workflow: str | int, enabled: bool) -> None:
        """Let a workflow listen to its triggers, or to none of them.

        Args:
            workflow: Its file name, path or id.
            enabled: Whether it listens.

        Raises:
            WorkflowNotFound: There is no such workflow.
        """
        with self._lock:
            self._catalogue.set_enabled(workflow, enabled)

    def workflows(self) -> list[dict[str, Any]]:
        """Return id, name, path and state of every workflow, in the order of their files."""
        with self._lock:
            return [
                {
                    "id": file.id,
                    "name": file.name,
                    "path": file.path,
                    "state": "active" if self._catalogue.is_enabled(file) else "disabled_manually",
                }
                for file in self._catalogue.files()
            ]

    def next_cron(self, after: datetime, until: datetime) -> datetime | None:
        """Return when the next schedule of an enabled workflow is due.

        Args:
            after: The moment (UTC) it must be later than.
            until: The last moment (UTC) of interest.
        """
        with self._lock:
            schedules = [each for file in self._catalogue.enabled_files() for each in _schedules(file)]
        due = [moment for each in schedules if (moment := each.next_after(after)) is not None]
        return min((moment for moment in due if moment <= until), default=None)

    def fire_cron(self, at: datetime, *, payload: Mapping[str, Any] | None = None) -> None:
        """Start a run for every schedule of an enabled workflow that is due exactly at a moment.

        Args:
            at: The moment (UTC).
            payload: Members of the event's payload that the host knows better, such as `repository`.
        """
        started_at = self._host.now()
        actor = self._host.repo.partition("/")[0]
        with self._lock:
            for file in self._catalogue.enabled_files():
                for schedule in _schedules(file):
                    if schedule.is_due(at):
                        body = contexts.schedule_payload(self._host, schedule.cron) | dict(payload or {})
                        event = Event(SCHEDULE, None, body, actor, number=None, by_token=False)
                        self._host.happened(event)
                        self._start(file, event, started_at)

    def next_wake(self, until: datetime) -> datetime | None:
        """Return when the next sleeping job wakes, or has slept its time limit away.

        Args:
            until: The last moment (UTC) of interest.
        """
        with self._lock:
            moment = self._sleepers.next_wake()
        return moment if moment is not None and moment <= until else None

    def wake(self) -> None:
        """Wake every job that has slept long enough by the host's clock."""
        with self._lock:
            self._sleepers.wake(self._host.now())

    def cancel(self, run_id: int, actor: str) -> None:
        """Stop a run as somebody does who presses the button (REST "Cancel a workflow run").

        Args:
            run_id: Its id.
            actor: Who presses it.

        Raises:
            RunNotFound: There is no such run.
            RunCompleted: It has ended already.
        """
        with self._lock:
            run = self._latest_attempt(run_id)
            if run.verdict.is_final:
                raise RunCompleted("Cannot cancel a workflow run that is completed.")
            run.tail.add(annotation("error", f"The run was canceled by @{actor}."))
            self._scheduler.cancel(run)
            self._pump()

    def rerun(self, run_id: int, actor: str) -> None:
        """Run a run again, as somebody does who presses the button (REST "Re-run a workflow").

        The event, the commit and the workflow file are those of the first attempt. Source: "Re-running workflows and
        jobs".

        Args:
            run_id: Its id.
            actor: Who presses it; the run's actor remains who caused the event.

        Raises:
            RunNotFound: There is no such run.
            NotRerunnable: It goes on, was started too long ago or too often, or has no workflow that listens.
        """
        started_at = self._host.now()
        with self._lock:
            before = self._latest_attempt(run_id)
            first = next(run for run in self._scheduler.runs if run.id == run_id)
            if not before.verdict.is_final:
                raise NotRerunnable("This workflow is already running")
            if first.began_at is None or started_at - first.began_at > _RERUN_FOR:
                raise NotRerunnable("Unable to retry this workflow run because it was created over a month ago")
            if before.workflow is None or not self._catalogue.listens(before.file) or before.attempt > _MOST_RERUNS:
                raise NotRerunnable("This workflow run cannot be retried")
            run = Run(
                id=before.id,
                file=before.file,
                workflow=before.workflow,
                event=before.event,
                contexts=contexts.rerun_contexts(before.contexts, before.attempt + 1, actor),
                attempt=before.attempt + 1,
            )
            run.head.add(f"run {run.id}, attempt {run.attempt}: started again by {actor}")
            self._begin(run, started_at)

    def settle(self, timeout_seconds: float) -> bool:
        """Wait until no run is pending or running, except those asleep and those that wait for them.

        Args:
            timeout_seconds: How long to wait, by the wall clock.

        Returns:
            Whether it came to that in time.
        """
        with self._lock:
            return self._lock.wait_for(lambda: self._scheduler.at_rest(self._sleepers.asleep), timeout_seconds)

    def runs(self) -> list[dict[str, Any]]:
        """Return what every attempt of every run was about and came to, with its log, the oldest first."""
        with self._lock:
            return [run.describe() for run in self._scheduler.runs]

    def close(self) -> None:
        """Kill what runs, cancel what waits, and end the engine's threads; what is delivered later starts nothing."""
        with self._lock:
            self._closed = True
            self._scheduler.cancel_everything()
            threads = list(self._threads)
            self._lock.notify_all()
        for thread in threads:
            thread.join()
        self._sleepers.close()

    def _start(
        self,
        file: WorkflowFile,
        event: Event,
        started_at: datetime,
        inputs: Mapping[str, Value] | None = None,
    ) -> None:
        """Make a run and hand it to the scheduler; the lock is held."""
        if self._closed:
            return
        self._run_numbers[file.file] += 1
        identity = Identity(next(self._run_ids), self._run_numbers[file.file], self._commits.tip())
        github = contexts.github_context(self._host, event, file, identity)
        run = Run(
            id=identity.run_id,
            file=file.file,
            workflow=file.workflow,
            event=event,
            contexts={"github": github, "inputs": dict(inputs or {}), "vars": dict(self._variables)},
        )
        run.head.add(_headline(file, event, identity))
        if file.error:
            run.tail.add(annotation("error", f"Invalid workflow file: {file.error}"))
        self._begin(run, started_at)

    def _begin(self, run: Run, at: datetime) -> None:
        """Hand a run to the scheduler; the lock is held."""
        run.began_at = at
        run.head.add(f"started {at:%Y-%m-%dT%H:%M:%SZ}")
        self._going.append(run)
        self._scheduler.add(run, group_first=self._host.doubts.group_before_if)
        self._pump()

    def _latest_attempt(self, run_id: int) -> Run:
        for run in reversed(self._scheduler.runs):
            if run.id == run_id:
                return run
        raise RunNotFound(str(run_id))

    def _pump(self) -> None:
        """Note what has ended, and give every free runner the job that has waited longest; the lock is held."""
        for run in [run for run in self._going if run.verdict.is_final]:
            run.ended_at = self._host.now()
            self._going.remove(run)
        while not self._closed and len(self._threads) - self._sleepers.jobs_asleep < MOST_JOBS:
            job_run = self._scheduler.take()
            if job_run is None:
                break
            thread = threading.Thread(target=self._execute, args=(job_run,), name=f"job-{job_run.run.id}", daemon=True)
            self._threads.add(thread)
            thread.start()
        self._lock.notify_all()

    def _execute(self, job_run: JobRun) -> None:
        """Run one job in its own thread."""
        result = self._executor.execute(job_run)
        with self._lock:
            self._threads.discard(threading.current_thread())
            self._sleepers.forget(job_run)
            self._scheduler.finish(job_run, result)
            self._pump()


def _listens(file: WorkflowFile, event: Event) -> bool:
    """Return whether an event starts a workflow; a file too broken to tell fails on every event."""
    return file.triggers is None or file.triggers.match(event)


def _schedules(file: WorkflowFile) -> tuple[Schedule, ...]:
    return file.triggers.schedules if file.triggers else ()


def _headline(file: WorkflowFile, event: Event, identity: Identity) -> str:
    """Return what was started, and by what."""
    happened = f"{event.name}.{event.action}" if event.action else event.name
    about = f" on #{event.number}" if event.number is not None else ""
    return f"run {identity.run_id} (#{identity.run_number} of {file.file}): {happened}{about} by {event.actor}"
