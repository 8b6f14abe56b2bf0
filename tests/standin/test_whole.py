"""The whole: a person writes, the checkout's own workflow runs, and its job answers through the same doors."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from standin_client import REPO, Person

from irp_actions.edges.standin.standin import StandIn

ANSWER = """
on:
  issue_comment:
    types: [created]
  workflow_dispatch:
  schedule:
    - cron: "0 * * * *"
permissions: {}
jobs:
  answer:
    runs-on: ubuntu-latest
    permissions:
      issues: write
    steps:
      - uses: actions/checkout@v5
      - run: python answer.py
        env:
          GITHUB_TOKEN: ${{ github.token }}
          NUMBER: ${{ github.event.issue.number || 1 }}
          WHAT: ${{ github.event_name }} of ${{ github.event.repository.full_name }}
"""
PROGRAM = """
import json, os, urllib.request
url = f"{os.environ['GITHUB_API_URL']}/repos/{os.environ['GITHUB_REPOSITORY']}/issues/{os.environ['NUMBER']}/comments"
headers = {"Authorization": f"Bearer {os.environ['GITHUB_TOKEN']}"}
body = json.dumps({"body": f"seen: {os.environ['WHAT']}"}).encode()
with urllib.request.urlopen(urllib.request.Request(url, body, headers)) as response:
    print(response.status, response.headers["Date"])
"""


@pytest.fixture
def gh(tmp_path: Path) -> Iterator[StandIn]:
    """A stand-in with its own engine and a workflow that answers comments."""
    workflows = tmp_path / ".github" / "workflows"
    workflows.mkdir(parents=True)
    (workflows / "answer.yml").write_text(ANSWER)
    (tmp_path / "answer.py").write_text(PROGRAM)
    with StandIn(REPO, tmp_path, "2026-03-02T03:10:00Z") as standin:
        yield standin


def bodies(person: Person) -> list[str]:
    """The comments on the first issue."""
    return [comment["body"] for comment in person.get("~/issues/1/comments")]


def test_a_comment_starts_a_job_that_answers_once(owner: Person) -> None:
    """The job's own comment starts nothing; the run is listed with its log."""
    owner.open()
    owner.comment("hello?")
    owner.told("POST", "settle")
    assert bodies(owner) == ["hello?", f"seen: issue_comment of {REPO}"]
    runs = owner.told("GET", "runs")
    assert [(run["event"], run["number"], run["verdict"], run["evicted"]) for run in runs] == [
        ("issue_comment", 1, "success", False)
    ]
    assert "201 Mon, 02 Mar 2026 03:10:00 GMT" in runs[0]["log"]
    assert owner.get("~/actions/runs")["workflow_runs"][0]["conclusion"] == "success"
    assert owner.get("~/actions/workflows")["workflows"][0]["path"] == ".github/workflows/answer.yml"


def test_a_schedule_and_a_hand_start_it_too(owner: Person) -> None:
    """At the hour, at the time of the schedule; and whenever somebody asks."""
    owner.open()
    owner.told("POST", "clock", {"advance": "PT2H"})
    owner.send("POST", "~/actions/workflows/answer.yml/dispatches", {"ref": "main"})
    owner.told("POST", "settle")
    assert bodies(owner) == [f"seen: {name} of {REPO}" for name in ("schedule", "schedule", "workflow_dispatch")]
    dates = [comment["created_at"] for comment in owner.get("~/issues/1/comments")]
    assert dates == ["2026-03-02T04:00:00Z", "2026-03-02T05:00:00Z", "2026-03-02T05:10:00Z"]


def test_a_run_is_run_again_over_rest(owner: Person, writer: Person) -> None:
    """By people with write access: one run, two attempts, the first one's time, and who asked for the second."""
    owner.open()
    owner.comment("hello?")
    owner.told("POST", "settle")
    run = owner.get("~/actions/runs")["workflow_runs"][0]
    assert (run["run_attempt"], run["previous_attempt_url"]) == (1, None)
    owner.told("POST", "clock", {"advance": "PT20M"})
    assert writer.send("POST", f"~/actions/runs/{run['id']}/rerun") == {}
    owner.told("POST", "settle")
    assert bodies(owner) == ["hello?", *[f"seen: issue_comment of {REPO}"] * 2]
    (latest,) = owner.get("~/actions/runs?event=issue_comment")["workflow_runs"]
    assert latest == owner.get(f"~/actions/runs/{run['id']}")
    assert (latest["run_attempt"], latest["run_number"]) == (2, run["run_number"])
    assert (latest["actor"]["login"], latest["triggering_actor"]["login"]) == ("acme", "wim")
    assert (latest["created_at"], latest["run_started_at"]) == ("2026-03-02T03:10:00Z", "2026-03-02T03:30:00Z")
    assert [attempt["attempt"] for attempt in owner.told("GET", "runs")] == [1, 2]


def test_not_every_run_is_run_again_for_everybody(owner: Person, reader: Person) -> None:
    """403 without write access, and after a month; 404 if there is no such run."""
    owner.open()
    owner.comment("hello?")
    owner.told("POST", "settle")
    path = f"~/actions/runs/{owner.get('~/actions/runs')['workflow_runs'][0]['id']}/rerun"
    assert reader.call("POST", path).status_code == 403
    owner.send("PUT", "~/actions/workflows/answer.yml/disable")
    owner.told("POST", "clock", {"advance": "P31D"})
    late = owner.call("POST", path)
    assert (late.status_code, late.json()["message"].rpartition("because ")[2]) == (
        403,
        "it was created over a month ago",
    )
    for missing in ("~/actions/runs/1", "~/actions/runs/mine"):
        assert owner.call("GET", missing).status_code == 404
        assert owner.call("POST", f"{missing}/rerun").status_code == 404


def test_a_disabled_workflow_sleeps(owner: Person) -> None:
    """It ignores comments, and asking by hand is 422."""
    owner.open()
    owner.send("PUT", "~/actions/workflows/answer.yml/disable")
    owner.comment("hello?")
    path = "~/actions/workflows/answer.yml/dispatches"
    assert owner.call("POST", path, {"ref": "main"}).status_code == 422
    owner.told("POST", "settle")
    assert bodies(owner) == ["hello?"]
    assert owner.get("~/actions/workflows/answer.yml")["state"] == "disabled_manually"
    twice = owner.call("PUT", "~/actions/workflows/answer.yml/disable")
    assert (twice.status_code, twice.json()["message"]) == (403, "Unable to disable a workflow that is not active.")
    for _ in range(2):
        owner.send("PUT", "~/actions/workflows/answer.yml/enable")
