"""However runs are repeated, lost or mixed up, the issue ends the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.town import Town, town, workflow_edited

Scene = list[tuple[str, str]]

SCENE: Scene = [
    ("ben", "on it"),
    ("ben", "/sev hgh"),
    ("ben", "/confirm high the key was used"),
    ("rae", "/close"),
    ("ben", "/handoff ic @cat logs are being read"),
    ("cat", "/accept"),
    ("cat", "/sitrep key revoked\n/contained 03:12"),
]


def play(
    here: Town, before: Callable[[int], None] = lambda _: None, after: Callable[[int], None] = lambda _: None
) -> None:
    """Everyone says their lines, a minute apart."""
    before(-1)
    here.report()
    after(-1)
    for place, (who, text) in enumerate(SCENE):
        here.advance("PT1M")
        before(place)
        here.say(who, text)
        after(place)


def dispatched(here: Town, number: int = 1) -> None:
    """One more run for the issue."""
    here.rest("ana", "POST", "/actions/workflows/incident.yml/dispatches", ref="main", inputs={"number": str(number)})
    here.settle()


@pytest.fixture(scope="module")
def baseline(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The issue as it ends when nothing goes wrong."""
    with town(tmp_path_factory.mktemp("baseline")) as here:
        play(here)
        dispatched(here)
        return here.picture()


def test_the_scene_does_what_it_says(baseline: dict[str, Any]) -> None:
    """The baseline is worth comparing with: decisions, refusals, a handoff."""
    assert baseline["labels"] == ["irp", "severity: high", "status: confirmed"]
    assert ("/sev hgh", "severity", "refused") in baseline["entries"]
    assert ("/accept", "accept", "accepted") in baseline["entries"]
    assert baseline["assignees"] == ["cat"]


def test_running_every_run_twice_changes_nothing(tmp_path: Path, baseline: dict[str, Any]) -> None:
    """Each event is followed by a second run of the same issue."""
    with town(tmp_path) as here:
        play(here, after=lambda _: dispatched(here))
        assert here.picture() == baseline


@pytest.mark.parametrize("lost", range(-1, len(SCENE)))
def test_a_lost_run_is_made_up_for_by_the_next(tmp_path: Path, baseline: dict[str, Any], lost: int) -> None:
    """Any one event never arrives; a later run finds what was written."""
    with town(tmp_path) as here:
        play(
            here,
            before=lambda place: here.weather(drop_events=1.0 if place == lost else 0.0),
            after=lambda place: here.weather(drop_events=0.0),
        )
        dispatched(here)
        assert here.picture() == baseline


def test_two_runs_at_once_end_in_the_same_issue(tmp_path: Path, baseline: dict[str, Any]) -> None:
    """Every event starts two runs and nothing keeps them apart; the last looks put right what met."""
    with town(tmp_path) as here:
        for name in ("incident.yml", "sweep.yml", "net.yml"):
            workflow_edited(tmp_path, name, "group: irp-writer", "group: alone-${{ github.run_id }}")
        here.weather(duplicate_events=1.0)
        play(here)
        here.weather(duplicate_events=0.0)
        dispatched(here)
        dispatched(here)
        assert here.picture() == baseline


def test_evicted_runs_are_made_up_for_by_whoever_runs(tmp_path: Path, baseline: dict[str, Any]) -> None:
    """Comments come faster than runs, so that waiting runs are replaced; nothing that was written is lost."""
    with town(tmp_path) as here:
        here.report()
        for who, text in SCENE:
            here.say(who, text, settle=False)
        here.settle()
        dispatched(here)
        picture = here.picture()
        assert any(run["evicted"] for run in here.runs())
        assert picture["entries"] == baseline["entries"]
        assert picture["labels"] == baseline["labels"]
