"""The engine: events and crons start workflow files, whose steps are real processes."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from irp_actions.edges.standin.actions import (
    Actions,
    JobOrder,
    NotDispatchable,
    WorkflowDisabled,
    WorkflowNotFound,
)
from irp_actions.edges.standin.actions.scheduling import JobResult, Verdict
from irp_actions.edges.standin.events import Event

Wait = Callable[[Callable[[], bool]], None]


def verdicts(runs: list[dict[str, Any]]) -> list[str]:
    """Return the runs' verdicts, the evicted ones marked."""
    return [f"{run['verdict']}{' (evicted)' if run['evicted'] else ''}" for run in runs]


def test_an_event_runs_the_workflows_that_listen_to_it(repository: Any) -> None:
    """In the order of their files, and no others."""
    repository.job("- run: echo b", file="b.yml")
    repository.job("- run: echo a", file="a.yaml")
    repository.job("- run: echo c", file="c.yml", on="issue_comment")
    repository.job("- run: echo d", file="d.txt")
    repository.happens()
    runs = repository.settled()
    assert [(run["workflow"], run["event"], run["number"], run["verdict"]) for run in runs] == [
        ("a.yaml", "issues", 7, "success"),
        ("b.yml", "issues", 7, "success"),
    ]
    assert runs[0]["id"] < runs[1]["id"]


@pytest.mark.behaviour("documented", "Triggering a workflow")
def test_events_of_a_job_token_start_nothing_but_dispatches(repository: Any) -> None:
    """Otherwise every comment of the program would wake it."""
    repository.job("- run: 'true'", on="[issues, repository_dispatch]")
    repository.happens(by_token=True)
    repository.happens("repository_dispatch", "tick", by_token=True)
    assert [run["event"] for run in repository.settled()] == ["repository_dispatch"]


def test_a_pending_run_is_evicted_across_workflows(repository: Any, gate: Any, wait_for: Wait) -> None:
    """The sweep takes the place of the pending command, not of the running one."""
    repository.job(gate.step, file="incident.yml", top="concurrency: irp")
    repository.job("- run: 'true'", on="issue_comment", file="sweep.yml", top="concurrency: {group: IRP}")
    repository.happens()
    repository.happens()
    repository.happens("issue_comment", "created")
    wait_for(lambda: verdicts(repository.actions.runs()) == ["running", "cancelled (evicted)", "pending"])
    gate.open()
    assert verdicts(repository.settled()) == ["success", "cancelled (evicted)", "success"]


def test_cancel_in_progress_ends_the_running_process(repository: Any, gate: Any, wait_for: Wait) -> None:
    """Its `always()` steps still run."""
    repository.job(
        f"{gate.step}\n- {{run: sleep 0.3; echo cleaning, if: always()}}",
        top="concurrency: {group: irp, cancel-in-progress: true}",
    )
    repository.happens()
    wait_for(gate.reached.exists)
    repository.happens()
    wait_for(lambda: verdicts(repository.actions.runs()) == ["cancelled", "running"])
    gate.open()
    first, _ = repository.settled()
    assert "error: The operation was canceled." in first["log"]
    assert "    cleaning\n" in first["log"]


def test_runs_without_a_group_run_side_by_side(repository: Any, tmp_path: Path) -> None:
    """Each waits for the other, so one after the other they would never end."""
    for mine, other in (("a", "b"), ("b", "a")):
        script = f"touch {tmp_path}/{mine}; while [ ! -e {tmp_path}/{other} ]; do sleep 0.02; done"
        repository.job(f"- run: {script}", file=f"{mine}.yml")
    repository.happens()
    assert verdicts(repository.settled()) == ["success", "success"]


def test_a_broken_file_fails_on_its_events_and_the_others_go_on(repository: Any) -> None:
    """With the parse error in its log; where not even `on:` can be read, on every event."""
    repository.write("on: issues\njobs:\n  one:\n    runs_on: x\n", "broken.yml")
    repository.write("on: {issue_comment: }\njobs: 7\n", "elsewhere.yml")
    repository.job("- run: 'true'", file="good.yml")
    repository.write(":\n\t", "hopeless.yml")
    repository.happens()
    broken, good, hopeless = repository.settled()
    assert [broken["verdict"], good["verdict"], hopeless["verdict"]] == ["failure", "success", "failure"]
    assert (
        "error: Invalid workflow file: .github/workflows/broken.yml (Line: 4, Col: 5): Unexpected value 'runs_on'"
        in broken["log"]
    )
    assert repository.actions.workflows()[0]["name"] == ".github/workflows/broken.yml"


DISPATCHABLE = """
    {workflow_dispatch: {inputs: {
        number: {type: number, required: true},
        level: {type: choice, options: [high, low], default: low},
        dry: {type: boolean},
        note: {},
    }}}
"""


def test_a_dispatch_runs_one_workflow_with_its_inputs(repository: Any) -> None:
    """Typed in `inputs`, strings in the payload, defaults filled in."""
    repository.job("- run: test ${{ inputs.number }} = 7", on=DISPATCHABLE.strip())
    repository.job("- run: 'true'", on="workflow_dispatch", file="other.yml")
    repository.job(
        """
        - run: |
            echo '${{ toJSON(inputs) }}'
            echo '${{ toJSON(github.event.inputs) }}'
            test "$GITHUB_EVENT_NAME $GITHUB_ACTOR" = "workflow_dispatch ada"
        """,
        on=DISPATCHABLE.strip(),
        file="shown.yml",
    )
    (shown,) = (each for each in repository.actions.workflows() if each["path"].endswith("shown.yml"))
    repository.actions.dispatch("ci.yml", "main", {"number": "7"}, "ada")
    repository.actions.dispatch(str(shown["id"]), "refs/heads/main", {"number": "7", "dry": "true"}, "ada")
    ci, run = repository.settled()
    assert verdicts([ci, run]) == ["success", "success"], run["log"]
    assert '"number": 7,' in run["log"]
    assert '"number": "7",' in run["log"]
    assert '"dry": true,' in run["log"]
    assert '"level": "low",' in run["log"]


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (("none.yml", "main", {}), WorkflowNotFound, "none.yml"),
        (("plain.yml", "main", {}), NotDispatchable, "Workflow does not have 'workflow_dispatch' trigger"),
        (("broken.yml", "main", {}), NotDispatchable, "Workflow does not have 'workflow_dispatch' trigger"),
        (("ci.yml", "next", {"number": "7"}), NotDispatchable, "No ref found for: next"),
        (("ci.yml", "main", {}), NotDispatchable, "Required input 'number' not provided"),
        (("ci.yml", "main", {"number": "x"}), NotDispatchable, "Provided value 'x' for input 'number'"),
        (("ci.yml", "main", {"number": "7", "level": "mad"}), NotDispatchable, "not in the list of allowed values"),
        (("ci.yml", "main", {"number": "7", "what": "x"}), NotDispatchable, 'Unexpected inputs provided: ["what"]'),
    ],
)
def test_a_dispatch_that_cannot_be_is_refused(
    repository: Any, call: tuple[str, str, dict[str, str]], error: type[Exception], message: str
) -> None:
    """And starts nothing."""
    repository.job("- run: 'true'", on=DISPATCHABLE.strip())
    repository.job("- run: 'true'", file="plain.yml")
    repository.write("on: workflow_dispatch\njobs: 7", "broken.yml")
    with pytest.raises(error) as refused:
        repository.actions.dispatch(*call, "ada")
    assert message in str(refused.value)
    assert repository.settled() == []


@pytest.mark.behaviour("measured", "a third party: dispatching it answers 422", "repository")
def test_a_disabled_workflow_ignores_everything(repository: Any) -> None:
    """Events, crons and dispatches, until it is enabled again."""
    repository.job("- run: 'true'", on="{issues: , workflow_dispatch: , schedule: [{cron: '*/5 * * * *'}]}")
    (listed,) = repository.actions.workflows()
    assert listed | {"id": 0} == {
        "id": 0,
        "name": listed["path"],
        "path": ".github/workflows/ci.yml",
        "state": "active",
    }
    repository.actions.set_enabled(listed["id"], False)
    assert repository.actions.workflows()[0]["state"] == "disabled_manually"
    now = repository.host.time
    repository.happens()
    repository.actions.fire_cron(now)
    assert repository.actions.next_cron(now, now + timedelta(days=1)) is None
    with pytest.raises(WorkflowDisabled, match="on a disabled workflow"):
        repository.actions.dispatch("ci.yml", "main", {}, "ada")
    assert repository.settled() == []
    repository.actions.set_enabled("ci.yml", True)
    assert repository.run()["verdict"] == "success"
    with pytest.raises(WorkflowNotFound):
        repository.actions.set_enabled("none.yml", True)


def test_crons_are_found_and_fired_at_their_times(repository: Any) -> None:
    """Each schedule that is due starts a run that knows its cron."""
    repository.job(
        "- run: echo 'fired ${{ github.event.schedule }} ${{ github.event_name }}'",
        on="{schedule: [{cron: '*/30 * * * *'}, {cron: '0 13 * * *', timezone: Asia/Tokyo}]}",
    )
    start = datetime(2026, 3, 2, 3, 10, tzinfo=UTC)
    actions = repository.actions
    assert actions.next_cron(start, start + timedelta(minutes=19)) is None
    first = actions.next_cron(start, start + timedelta(minutes=20))
    assert first == datetime(2026, 3, 2, 3, 30, tzinfo=UTC)
    second = actions.next_cron(first, start + timedelta(days=1))
    assert second == datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
    actions.fire_cron(start)
    actions.fire_cron(first)
    actions.fire_cron(second)
    runs = repository.settled()
    fired = [line.strip() for run in runs for line in run["log"].splitlines() if line.startswith("    fired")]
    assert fired == ["fired */30 * * * * schedule", "fired */30 * * * * schedule", "fired 0 13 * * * schedule"]


def test_workflow_files_are_read_afresh(repository: Any) -> None:
    """A change counts from the next event on; without a folder nothing starts."""
    repository.job("- run: echo one")
    assert "    one\n" in repository.run()["log"]
    repository.job("- run: echo two")
    assert "    two\n" in repository.run()["log"]
    (repository.folder / "ci.yml").unlink()
    repository.folder.rmdir()
    repository.happens()
    assert len(repository.settled()) == 2


def test_closing_kills_what_runs_and_cancels_what_waits(repository: Any, gate: Any, wait_for: Wait) -> None:
    """No thread and no folder is left, and later events start nothing."""
    repository.job(
        f"{gate.step}\n- {{run: echo cleaning, if: always()}}",
        top="concurrency: irp",
    )
    repository.happens()
    repository.happens()
    wait_for(gate.reached.exists)
    repository.close()
    repository.happens()
    runs = repository.settled()
    assert verdicts(runs) == ["cancelled", "cancelled"]
    assert "    cleaning\n" not in runs[0]["log"]
    assert not any(thread.name.startswith("job-") for thread in threading.enumerate())
    assert repository.host.revoked == ["ghs_0000"]


def test_settling_gives_up_after_its_time(repository: Any, gate: Any) -> None:
    """And says so."""
    repository.job(gate.step)
    repository.happens()
    assert not repository.actions.settle(0.01)
    gate.open()
    assert repository.actions.settle(60)


class RecordingRunner:
    """A runner of another make, which only notes its orders; the second it cannot carry out."""

    def __init__(self) -> None:
        self.orders: list[JobOrder] = []

    def run(self, order: JobOrder) -> JobResult:
        """Note the order."""
        self.orders.append(order)
        if len(self.orders) > 1:
            raise RuntimeError("out of order")
        return JobResult(Verdict.SUCCESS, {"a": "1"})


def test_another_runner_can_take_the_place_of_the_built_in(repository: Any) -> None:
    """What it lacks or breaks is the fault of that job alone."""
    runner = RecordingRunner()
    repository.job("- run: exit 1")
    actions = Actions(repository.checkout, repository.host, runner=runner)
    for number in (7, 8):
        actions.deliver(Event("issues", "opened", {"issue": {"number": number}}, "ben", number, by_token=False))
        assert actions.settle(60)
    first, second = actions.runs()
    actions.close()
    assert (first["verdict"], second["verdict"]) == ("success", "failure")
    assert "RuntimeError: out of order" in second["log"]
    order = runner.orders[0]
    assert (order.workflow.path, order.job.id, order.event.number) == (".github/workflows/ci.yml", "one", 7)
    assert sorted(order.contexts) == ["github", "inputs", "matrix", "needs", "secrets", "strategy", "vars"]
    assert repository.host.revoked == ["ghs_0000", "ghs_0001"]
