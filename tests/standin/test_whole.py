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
