"""Schedules fire late or never, as the weather has it, and jobs that sleep keep their own time."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from standin_client import REPO, Person

from irp_actions.edges.standin.standin import StandIn
from irp_actions.edges.standin.weather import USUAL

SCHEDULED = """
on: {schedule: [{cron: "*/10 * * * *"}], workflow_dispatch: }
jobs: {tick: {runs-on: ubuntu-latest, steps: [{run: 'true'}]}}
"""
SLEEPY = """
on: workflow_dispatch
jobs: {watch: {runs-on: ubuntu-latest, steps: [{run: "sleep 20m; echo woken"}]}}
"""


@pytest.fixture
def gh(tmp_path: Path) -> Iterator[StandIn]:
    """A stand-in with a schedule of ten minutes and a job that sleeps."""
    workflows = tmp_path / ".github" / "workflows"
    workflows.mkdir(parents=True)
    (workflows / "tick.yml").write_text(SCHEDULED)
    (workflows / "watch.yml").write_text(SLEEPY)
    with StandIn(REPO, tmp_path, "2026-03-02T03:10:00Z") as standin:
        yield standin


def starts(owner: Person) -> list[str]:
    """When each scheduled run began."""
    runs = [run for run in owner.told("GET", "runs") if run["event"] == "schedule"]
    return [run["log"].split("started 2026-03-02T")[1][:5] for run in runs]


def runs_of(owner: Person, workflow: str) -> list[Any]:
    """The runs of one workflow."""
    return [run for run in owner.told("GET", "runs") if run["workflow"] == workflow]


@pytest.mark.behaviour("measured", "schedules 3 to 7 hours late, and `*/5` every one to three hours", "repository")
def test_a_schedule_comes_as_late_as_the_weather_says(owner: Person) -> None:
    """What was due before the weather changed comes as it was to come."""
    owner.told("POST", "weather", {"cron_delay": 25})
    owner.told("POST", "clock", {"advance": "PT40M"})
    assert starts(owner) == ["03:45"]
    owner.told("POST", "weather", {"cron_delay": 0})
    owner.told("POST", "clock", {"advance": "PT20M"})
    assert starts(owner) == ["03:45", "03:55", "04:00", "04:05", "04:10"]


@pytest.mark.behaviour("documented", "Events that trigger workflows: schedule")
def test_dropped_firings_never_come(owner: Person) -> None:
    """All of them, or a share that only the seed decides."""
    owner.told("POST", "weather", {"cron_drop": 1.0})
    owner.told("POST", "clock", {"advance": "PT2H"})
    assert starts(owner) == []
    owner.told("POST", "weather", {"cron_drop": 0.5})
    owner.told("POST", "clock", {"advance": "PT2H"})
    assert 2 <= len(starts(owner)) <= 10


def test_the_usual_weather_is_githubs_own(gh: StandIn) -> None:
    """A schedule of five minutes fires about once in two hours, and hours late."""
    gh.weather.change(USUAL)
    day = [gh.now().replace(hour=hour, minute=minute) for hour in range(24) for minute in range(0, 60, 5)]
    delays = [delay for moment in day if (delay := gh.weather.delay_of(moment)) is not None]
    assert 6 <= len(delays) <= 24
    assert {delay.total_seconds() for delay in delays} == {264 * 60}


def test_a_sleeping_job_wakes_between_two_schedules(owner: Person) -> None:
    """At its own time, which is told by whatever it does then; and settling does not wait for it."""
    owner.send("POST", "~/actions/workflows/watch.yml/dispatches", {"ref": "main"})
    owner.told("POST", "settle")
    owner.told("POST", "clock", {"advance": "PT19M"})
    assert runs_of(owner, "watch.yml")[0]["verdict"] == "running"
    owner.told("POST", "clock", {"advance": "PT1M"})
    (run,) = runs_of(owner, "watch.yml")
    assert (run["verdict"], "    woken\n" in run["log"]) == ("success", True)


def test_time_does_not_pass_before_those_at_work_are_done(owner: Person) -> None:
    """A job that has just been started falls asleep at the time of its start, whenever the clock is moved."""
    owner.send("POST", "~/actions/workflows/watch.yml/dispatches", {"ref": "main"})
    owner.told("POST", "clock", {"advance": "PT20M"})
    assert runs_of(owner, "watch.yml")[0]["verdict"] == "success"


def test_a_run_is_cancelled_by_hand(owner: Person, reader: Person) -> None:
    """By who may run workflows; a run that has ended is 409, one that never was 404."""
    owner.send("POST", "~/actions/workflows/watch.yml/dispatches", {"ref": "main"})
    owner.told("POST", "settle")
    (run,) = owner.get("~/actions/workflows/watch.yml/runs")["workflow_runs"]
    assert run["status"] == "in_progress"
    cancel = f"~/actions/runs/{run['id']}/cancel"
    assert reader.call("POST", cancel).status_code == 403
    assert owner.call("POST", cancel).status_code == 202
    owner.told("POST", "settle")
    assert owner.get("~/actions/runs")["workflow_runs"][0]["conclusion"] == "cancelled"
    assert owner.call("POST", cancel).status_code == 409
    assert owner.call("POST", "~/actions/runs/1/cancel").status_code == 404
