"""The seam with the Actions engine: what it is asked, when, and how its refusals are answered."""

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from standin_client import REPO, Person

from irp_actions.edges.standin.actions.errors import NotDispatchable, WorkflowDisabled, WorkflowNotFound
from irp_actions.edges.standin.clock import stamp
from irp_actions.edges.standin.engine import NoEngine
from irp_actions.edges.standin.events import Event
from irp_actions.edges.standin.standin import StandIn

WORKFLOW = {"id": 5, "name": "Sweep", "path": ".github/workflows/sweep.yml", "state": "active"}
REFUSALS = {"disabled.yml": WorkflowDisabled, "unknown.yml": WorkflowNotFound, "plain.yml": NotDispatchable}


@dataclass
class Recorder(NoEngine):
    """An engine with one workflow, due every half hour, that writes down what it is asked."""

    host: StandIn
    asked: list[str] = field(default_factory=list)
    delivered: list[Event] = field(default_factory=list)

    def deliver(self, event: Event) -> None:
        """The world must be free for others: the engine's own threads read it."""
        assert not self.host.world.lock._is_owned()  # type: ignore[attr-defined]
        self.delivered.append(event)

    def dispatch(
        self, workflow: str, ref: str, inputs: Mapping[str, str], actor: str, *, payload: Mapping[str, Any]
    ) -> None:
        """Refuse by name, else note."""
        assert payload["sender"]["login"] == actor
        if workflow in REFUSALS:
            raise REFUSALS[workflow](f"{workflow} will not run")
        self.asked.append(f"{actor} runs {workflow} on {ref} with {dict(inputs)}")

    def set_enabled(self, workflow: str, enabled: bool) -> None:
        """Note."""
        if workflow in REFUSALS:
            raise REFUSALS[workflow](workflow)
        self.asked.append(f"{workflow} {enabled}")

    def workflows(self) -> list[dict[str, Any]]:
        """One."""
        return [WORKFLOW]

    def next_cron(self, after: datetime, until: datetime) -> datetime | None:
        """Every half hour."""
        due = after.replace(minute=0, second=0) + timedelta(minutes=30 if after.minute < 30 else 60)
        return due if due <= until else None

    def fire_cron(self, at: datetime, *, payload: Mapping[str, Any]) -> None:
        """The clock must stand at the schedule's own time."""
        assert payload["repository"]["full_name"] == REPO
        self.asked.append(f"cron {stamp(at)} at {stamp(self.host.now())}")

    def settle(self, timeout_seconds: float) -> bool:
        """Note; a wait of no time is in vain."""
        self.asked.append("settle")
        return timeout_seconds > 0

    def runs(self) -> list[dict[str, Any]]:
        """One of each kind."""
        common = {"workflow": "Sweep", "number": None, "log": ""}
        return [
            {"id": 1, "event": "schedule", "verdict": "success", "evicted": False, **common},
            {"id": 2, "event": "issues", "verdict": "pending", "evicted": False, **common},
        ]


@pytest.fixture
def gh(checkout: Path) -> Iterator[StandIn]:
    """A stand-in whose engine writes down what it is asked."""
    start = "2026-03-02T03:10:00Z"
    with StandIn(REPO, checkout, start, engine_of=lambda _checkout, host: Recorder(host)) as standin:
        yield standin


def asked(gh: StandIn) -> list[str]:
    """What the engine was asked."""
    assert isinstance(gh.engine, Recorder)
    return gh.engine.asked


def test_events_reach_the_engine_while_the_world_is_free(gh: StandIn, owner: Person) -> None:
    """In the order they happened."""
    owner.open(labels=["bug"])
    assert isinstance(gh.engine, Recorder)
    assert [event.action for event in gh.engine.delivered] == ["opened", "labeled"]


def test_an_advance_fires_each_schedule_at_its_own_time(gh: StandIn, owner: Person) -> None:
    """And waits for its runs before time goes on."""
    owner.told("POST", "clock", {"advance": "PT1H"})
    assert [call for call in asked(gh) if call != "settle"] == [
        "cron 2026-03-02T03:30:00Z at 2026-03-02T03:30:00Z",
        "cron 2026-03-02T04:00:00Z at 2026-03-02T04:00:00Z",
    ]
    places = [place for place, call in enumerate(asked(gh)) if call != "settle"]
    assert all(asked(gh)[place - 1] == asked(gh)[place + 1] == "settle" for place in places)
    assert owner.told("GET", "clock")["now"] == "2026-03-02T04:10:00Z"


def test_settling_takes_as_long_as_the_caller_allows(owner: Person) -> None:
    """504 when it was not enough."""
    assert owner.told("POST", "settle") == {"settled": True}
    assert owner.control("POST", "settle", {"timeout_seconds": 0}).status_code == 504


def test_a_workflow_is_run_by_hand(gh: StandIn, owner: Person, somebody: Callable[[str], Person]) -> None:
    """By people who can write and by jobs that may."""
    path = "~/actions/workflows/sweep.yml/dispatches"
    body = {"ref": "main", "inputs": {"issue": 7, "loud": True}}
    owner.send("POST", path, body)
    somebody(gh.mint_token(1, {"actions": "write"})).send("POST", path, {"ref": "main"})
    assert asked(gh) == [
        "acme runs sweep.yml on main with {'issue': '7', 'loud': 'true'}",
        "github-actions[bot] runs sweep.yml on main with {}",
    ]
    assert owner.call("POST", path, {}).status_code == 422
    assert owner.call("POST", path, {"ref": "main", "inputs": {str(n): n for n in range(26)}}).status_code == 422


@pytest.mark.parametrize(("workflow", "status"), [("disabled.yml", 422), ("unknown.yml", 404), ("plain.yml", 422)])
def test_the_engines_refusals_are_githubs(owner: Person, workflow: str, status: int) -> None:
    """A disabled workflow is 422, an unknown one 404."""
    assert owner.call("POST", f"~/actions/workflows/{workflow}/dispatches", {"ref": "main"}).status_code == status


@pytest.mark.behaviour(
    "described",
    "the OpenAPI description; that a job's own token may do it is practice",
    "doctor:switched_workflow",
)
def test_workflows_are_listed_switched_and_read(gh: StandIn, owner: Person) -> None:
    """By file name or id."""
    assert owner.get("~/actions/workflows")["total_count"] == 1
    assert owner.get("~/actions/workflows/5") == owner.get("~/actions/workflows/sweep.yml")
    assert owner.call("GET", "~/actions/workflows/6").status_code == 404
    owner.send("PUT", "~/actions/workflows/sweep.yml/disable")
    owner.send("PUT", "~/actions/workflows/5/enable")
    assert asked(gh) == ["sweep.yml False", "5 True"]
    assert owner.call("PUT", "~/actions/workflows/unknown.yml/enable").status_code == 404


def test_runs_are_listed_the_latest_first(owner: Person) -> None:
    """Filtered by event and status."""
    runs = owner.get("~/actions/runs")["workflow_runs"]
    assert [(run["id"], run["status"], run["conclusion"]) for run in runs] == [
        (2, "pending", None),
        (1, "completed", "success"),
    ]
    assert owner.get("~/actions/runs?event=issues")["total_count"] == 1
    assert owner.get("~/actions/runs?status=success")["total_count"] == 1
    assert owner.get("~/actions/workflows/sweep.yml/runs")["total_count"] == 2
    assert [run["id"] for run in owner.told("GET", "runs")] == [1, 2]


def test_a_job_token_ends_with_its_job(gh: StandIn, somebody: Callable[[str], Person]) -> None:
    """Minted, it may do what it was given; revoked, nothing."""
    token = gh.mint_token(1, {"issues": "write"})
    job = somebody(token)
    assert job.call("GET", "~/issues").status_code == 200
    gh.revoke_token(token)
    assert job.call("GET", "~/issues").status_code == 401


@dataclass
class Alarm(NoEngine):
    """An engine with one schedule, due as soon as anybody looks."""

    fired: threading.Event = field(default_factory=threading.Event)

    def next_cron(self, after: datetime, until: datetime) -> datetime | None:
        """Once."""
        return None if self.fired.is_set() else until

    def fire_cron(self, at: datetime, *, payload: Mapping[str, Any]) -> None:
        """Tell that it went off."""
        self.fired.set()


def test_on_a_real_clock_schedules_fire_by_themselves(checkout: Path) -> None:
    """Within seconds of falling due."""
    alarm = Alarm()
    with StandIn(REPO, checkout, engine_of=lambda _checkout, _host: alarm):
        assert alarm.fired.wait(30)
