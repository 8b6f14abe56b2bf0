"""Measures what docs/budgets.md promises: `python -m benchmarks [--quick]`."""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from irp_actions.edges.github import Door
from irp_actions.edges.reconcile import Outcome, reconcile, sweep
from tests.e2e.town import JOB, REPO, Town, town

QUICK = "--quick" in sys.argv
REPEATS = 3 if QUICK else 9
COMMENTS = 500 if QUICK else 5_000
INCIDENTS = 200 if QUICK else 1_000
STARTS = {
    "python -c pass": "pass",
    "importing all that a run needs": "import irp_actions.cli, irp_actions.edges.github, irp_actions.edges.reconcile",
    "irp --help": "from irp_actions.cli import cli; cli(['--help'], standalone_mode=False)",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    work: str
    requests: str
    kilobytes: str
    milliseconds: str


def main() -> None:
    """Measure everything and print one table."""
    rows: list[Row] = []
    for latency in (0, 50):
        with fresh() as here:
            here.report()
            here.say("ben", "on it")
            here.weather(latency_ms=latency, drop_events=1.0)
            rows.append(commands(here, f"one command, latency {latency} ms", "ben"))
            rows.append(one(here, f"nothing to do, latency {latency} ms"))
    with fresh() as here:
        here.report()
        here.say("ben", "on it")
        here.weather(drop_events=1.0)
        rows.append(commands(here, "one command, not on the roster", "dee"))
        for workflow in ("sweep.yml", "net.yml"):  # time will pass, and only the runs below are to be counted
            here.rest("ana", "PUT", f"/actions/workflows/{workflow}/disable")
        crowd(here, 200)
        rows.append(commands(here, "one command, 200 comments", "ben"))
        crowd(here, COMMENTS)
        rows.append(commands(here, f"one command, {COMMENTS:,} comments", "ben"))
    with fresh() as here:
        for count in (INCIDENTS // 10, INCIDENTS):
            here.reported(count - swept(here))
            rows.append(sweeps(here, f"sweep of {count:,} incidents, nothing due"))
            rows.append(Row(f"`irp sweep` of {count:,}, its peak memory", f"{memory_of_a_sweep(here)} MB", "", ""))
            rows.append(Row(f"`irp watch` of {count:,}, its peak memory", f"{memory_of_a_watch(here)} MB", "", ""))
    for work, code in STARTS.items():
        rows.append(Row(work, "", "", f"{started(code):.0f}"))
    show(rows)


@contextmanager
def fresh() -> Iterator[Town]:
    """A fresh repository in a folder that goes away."""
    with tempfile.TemporaryDirectory() as folder, town(Path(folder)) as here:
        yield here


def commands(here: Town, work: str, who: str) -> Row:
    """One command and the run that obeys it, repeated; severities alternate so that each changes something."""

    def speak(place: int) -> None:
        here.say(who, f"/severity {('high', 'medium')[place % 2]}", settle=False)

    return measured(here, work, speak, lambda door: [reconcile(door, 1, here.desk, here.github.now())])


def one(here: Town, work: str) -> Row:
    """A run that finds everything as it should be."""
    return measured(here, work, None, lambda door: [reconcile(door, 1, here.desk, here.github.now())])


def sweeps(here: Town, work: str) -> Row:
    """A sweep over everything."""
    return measured(here, work, None, lambda door: sweep(door, here.desk, here.github.now()))


def measured(
    here: Town, work: str, before: Callable[[int], None] | None, run: Callable[[Door], Iterable[Outcome]]
) -> Row:
    """One line: what the median run cost, each after `before`; without it, nothing must be there to do."""
    took, used = [], []
    with here.door() as door:
        for place in range(REPEATS):
            if before is not None:
                before(place)
            here.requests()
            begun = time.perf_counter()
            changed = sum(len(outcome.changes) for outcome in run(door))
            took.append(time.perf_counter() - begun)
            used.append(here.requests())
            assert bool(changed) == (before is not None), f"{work}: {changed} changes"  # noqa: S101
    return row(work, took, used)


def memory_of_a_sweep(here: Town) -> int:
    """The peak memory of a real `irp sweep`, in MB."""
    token = here.github.mint_token(1, JOB)
    environment = {"GITHUB_TOKEN": token, "GITHUB_REPOSITORY": REPO, "GITHUB_API_URL": here.github.api_url}
    command = [sys.executable, "-m", "irp_actions", "sweep"]
    swept = subprocess.Popen(command, cwd=here.checkout, env=os.environ | environment, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(swept.pid, 0)
    swept.returncode = os.waitstatus_to_exitcode(status)
    assert swept.returncode == 0, "the sweep failed"  # noqa: S101
    return used.ru_maxrss // 1024


def memory_of_a_watch(here: Town) -> int:
    """The peak memory of a real `irp watch` after its first look, in MB."""
    token = here.github.mint_token(1, JOB)
    environment = {"GITHUB_TOKEN": token, "GITHUB_REPOSITORY": REPO, "GITHUB_API_URL": here.github.api_url}
    command = [sys.executable, "-m", "irp_actions", "watch", "--ref", "main"]
    watch = subprocess.Popen(
        command, cwd=here.checkout, env=os.environ | environment, stdout=subprocess.PIPE, start_new_session=True
    )
    assert watch.stdout  # noqa: S101
    with watch.stdout:
        line = watch.stdout.readline()
        os.killpg(watch.pid, signal.SIGTERM)
    _, status, used = os.wait4(watch.pid, 0)
    watch.returncode = os.waitstatus_to_exitcode(status)
    assert b"nothing is due" in line, line  # noqa: S101
    return used.ru_maxrss // 1024


def swept(here: Town) -> int:
    """How many incidents there are."""
    issues = here.rest("ana", "GET", "/issues?per_page=1&state=all")
    return int(issues[0]["number"]) if issues else 0


def crowd(here: Town, count: int) -> None:
    """Comments until the issue has so many, each read by a run now and then, as in a long incident."""
    with here.door() as door:
        have = int(here.issue()["comments"])
        for place in range(have, count):
            here.say("cat", f"{place}: still looking at the logs of the gateway, nothing new so far", settle=False)
            if place % 15 == 0:
                here.control("POST", "clock", advance="PT2M")
                reconcile(door, 1, here.desk, here.github.now())
        reconcile(door, 1, here.desk, here.github.now())


def started(code: str) -> float:
    """Milliseconds from starting Python to the end of `code`, the median of several."""
    times = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - begun)
    return statistics.median(times) * 1000


def row(work: str, took: list[float], used: list[list[dict[str, int]]]) -> Row:
    """One line: what the median run cost."""
    last = used[-1]
    names = " + ".join(str(request["operation"]).replace("/repos/{owner}/{repo}", "…") for request in last)
    size = sum(request["bytes"] + request["sent"] for request in last) / 1000
    return Row(work, f"{len(last)}: {shortened(names)}", f"{size:.0f}", f"{statistics.median(took) * 1000:.0f}")


def shortened(names: str) -> str:
    """Operation names that fit a table."""
    return names if len(names) <= 90 else names[:89] + "…"


def show(rows: list[Row]) -> None:
    """Print the table."""
    print("| work | requests | kB | ms, median |\n|---|---|---|---|")
    for found in rows:
        print(f"| {found.work} | {found.requests} | {found.kilobytes} | {found.milliseconds} |")


if __name__ == "__main__":
    main()
