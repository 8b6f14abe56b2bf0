"""Jobs sleep in simulated time: their `sleep` ends when the clock was moved so far, and not before."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from irp_actions.edges.standin.actions.engine import MOST_JOBS
from irp_actions.edges.standin.actions.runner import sleep
from irp_actions.edges.standin.actions.runner.sleep import seconds_of

Wait = Callable[[Callable[[], bool]], None]


@pytest.fixture
def simulated(repository: Any) -> Iterator[Any]:
    """A repository whose host's clock stands still until a test moves it."""
    repository.host.simulated = True
    return repository


def moved(repository: Any, seconds: float) -> None:
    """Move the clock to the next waking, at most so far; everything settles."""
    until = repository.host.time + timedelta(seconds=seconds)
    while (moment := repository.actions.next_wake(until)) is not None:
        repository.host.time = max(moment, repository.host.time)
        repository.actions.wake()
        assert repository.actions.settle(60), repository.actions.runs()
    repository.host.time = until


def verdicts(repository: Any) -> list[str]:
    """What the runs have come to."""
    return [run["verdict"] for run in repository.actions.runs()]


def test_a_job_sleeps_until_the_clock_was_moved_so_far(simulated: Any) -> None:
    """It is settled while it sleeps, wakes at its own time, and may sleep again."""
    simulated.job("- run: sleep 5m; echo woken; sleep 1h; echo again")
    simulated.happens()
    assert "    woken\n" not in simulated.settled()[0]["log"]
    moved(simulated, 299)
    assert "    woken\n" not in simulated.settled()[0]["log"]
    moved(simulated, 1)
    assert "    woken\n" in simulated.settled()[0]["log"]
    assert verdicts(simulated) == ["running"]
    moved(simulated, 3600)
    assert verdicts(simulated) == ["success"]


def test_sleepers_wake_in_the_order_of_their_times(simulated: Any, tmp_path: Path) -> None:
    """Each at its own, whatever the order in which they fell asleep."""
    for seconds in (30, 10, 20):
        simulated.job(f"- run: sleep {seconds}; echo {seconds} >> {tmp_path}/woken", file=f"{seconds}.yml")
    simulated.happens()
    simulated.settled()
    moved(simulated, 60)
    assert (tmp_path / "woken").read_text().split() == ["10", "20", "30"]


def test_who_waits_for_a_sleeper_is_settled_too(simulated: Any) -> None:
    """The next of its concurrency group starts when it has ended."""
    simulated.job("- run: sleep 60", top="concurrency: watch")
    simulated.happens()
    simulated.happens()
    simulated.settled()
    assert verdicts(simulated) == ["running", "pending"]
    moved(simulated, 60)
    assert verdicts(simulated) == ["success", "running"]


def test_sleepers_take_no_runner_away(simulated: Any) -> None:
    """However many sleep, others work."""
    for place in range(MOST_JOBS):
        simulated.job("- run: sleep 60", file=f"{place}.yml")
    simulated.happens()
    simulated.settled()
    simulated.job("- run: 'true'", on="issue_comment", file="other.yml")
    simulated.happens("issue_comment", "created")
    assert [run["verdict"] for run in simulated.settled()][-1] == "success"


def test_the_limit_of_a_job_counts_what_it_slept(simulated: Any) -> None:
    """It is ended at its limit, not when its sleep would be over."""
    simulated.job("- run: sleep 50m; sleep 50m; echo late", job="timeout-minutes: 60")
    simulated.happens()
    simulated.settled()
    moved(simulated, 59 * 60)
    assert verdicts(simulated) == ["running"]
    moved(simulated, 60)
    assert verdicts(simulated) == ["cancelled"]
    assert "error: The job has exceeded its maximum execution time." in simulated.settled()[0]["log"]


def test_the_limit_of_a_step_counts_what_it_slept(simulated: Any) -> None:
    """The job goes on after it."""
    simulated.job("- {run: sleep 2h, timeout-minutes: 10, continue-on-error: true}\n- run: sleep 3h; echo after")
    simulated.happens()
    simulated.settled()
    moved(simulated, 10 * 60)
    assert "The step has timed out after 10 minutes." in simulated.settled()[0]["log"]
    moved(simulated, 3 * 3600)
    assert "    after\n" in simulated.settled()[0]["log"]


def test_a_sleeper_that_is_cancelled_wakes_to_its_end(simulated: Any) -> None:
    """No clock has to move for that; its `always()` steps may sleep again."""
    simulated.job("- run: sleep 600\n- {run: sleep 60; echo cleaned, if: always()}")
    simulated.happens()
    run = simulated.settled()[0]
    simulated.actions.cancel(run["id"], "ana")
    assert verdicts(simulated) == ["running"]
    assert "The operation was canceled." in simulated.settled()[0]["log"]
    moved(simulated, 60)
    log = simulated.settled()[0]["log"]
    assert "    cleaned\n" in log
    assert log.endswith("error: The run was canceled by @ana.\n")
    assert verdicts(simulated) == ["cancelled"]


def test_a_sleep_that_is_killed_is_over(simulated: Any, tmp_path: Path, wait_for: Wait) -> None:
    """Whatever else happens in the job, a dead process does not sleep."""
    simulated.job(f"- run: sleep 600 & echo $! > {tmp_path}/pid; wait $! || echo killed")
    simulated.happens()
    simulated.settled()
    wait_for(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text().strip() != "")
    os.kill(int((tmp_path / "pid").read_text()), signal.SIGKILL)
    wait_for(lambda: verdicts(simulated) == ["success"])
    assert "killed" in simulated.settled()[0]["log"]
    assert simulated.actions.next_wake(simulated.host.time + timedelta(days=1)) is None


def test_closing_ends_those_who_sleep(simulated: Any) -> None:
    """At once, and their folder goes with them."""
    simulated.job("- run: command -v sleep; sleep infinity")
    simulated.happens()
    place = simulated.settled()[0]["log"].split("irp-sleep-")[1].split("/")[0]
    simulated.actions.close()
    assert verdicts(simulated) == ["cancelled"]
    assert not list(Path("/tmp").glob(f"irp-sleep-{place}*"))


def test_on_a_real_clock_sleep_is_the_machines_own(repository: Any) -> None:
    """Time passes by itself there."""
    repository.job("- run: command -v sleep; sleep 0.01")
    run = repository.run()
    assert run["verdict"] == "success"
    assert "irp-sleep-" not in run["log"]


@pytest.mark.parametrize(
    ("texts", "seconds"),
    [(["5"], 5), (["0.5"], 0.5), ([".5m"], 30), (["1h", "2m", "3s"], 3723), (["2d"], 172_800), (["inf"], float("inf"))],
)
def test_durations_are_read_as_gnu_sleep_reads_them(texts: list[str], seconds: float) -> None:
    """A number, a unit, and the sum of several."""
    assert seconds_of(texts) == seconds


@pytest.mark.parametrize(("words", "told"), [("5x", "invalid time interval '5x'"), ("", "missing operand")])
def test_a_wrong_duration_fails_the_step(simulated: Any, words: str, told: str) -> None:
    """In the words of GNU `sleep`."""
    simulated.job(f"- run: sleep {words}")
    run = simulated.run()
    assert run["verdict"] == "failure"
    assert f"sleep: {told}" in run["log"]


def test_a_sleep_of_no_time_is_over_at_once(simulated: Any) -> None:
    """Nobody has to move the clock for it."""
    simulated.job("- run: sleep 0")
    assert simulated.run()["verdict"] == "success"


def test_a_sleep_without_its_stand_in_fails(tmp_path: Path) -> None:
    """It does not wait for a clock that nobody moves any more."""
    command = [sys.executable, "-I", "-S", str(sleep.__file__), str(tmp_path / "nobody"), "job", "5"]
    assert subprocess.run(command, capture_output=True, check=False).returncode != 0
