"""The report through HTTP and the shipping workflows: follow-ups are issues, and the command line prints it all."""

from __future__ import annotations

import csv
import json

import pytest
from click.testing import CliRunner

from irp_actions.cli import cli
from tests.e2e.town import JOB, REPO, Town


@pytest.fixture
def ended(here: Town) -> Town:
    """A confirmed incident that was closed with something left to be done."""
    here.report()
    here.say("ben", "/confirm high")
    here.say("ben", "/impact confidentiality from 203.0.113.7\n/public A key was used.")
    here.say("ben", "/action @cat scan; done when: it runs")
    here.say("ben", "/resolve")
    here.say("ben", "/close")
    return here


def printed(here: Town, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> str:
    """What a command prints, with a job's token."""
    monkeypatch.chdir(here.checkout)
    token = here.github.mint_token(1, JOB)
    target = ["--repo", REPO, "--token", token, "--api-url", here.github.api_url]
    result = CliRunner().invoke(cli, [*arguments, *target], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_what_is_left_becomes_a_real_issue_once(ended: Town) -> None:
    """CL-2: with label and owner, named in the report; further runs and sweeps open no other, and it is no incident."""
    follow_up = ended.issue(2)
    assert (follow_up["title"], follow_up["state"]) == ("scan", "open")
    assert [label["name"] for label in follow_up["labels"]] == ["follow-up"]
    assert [user["login"] for user in follow_up["assignees"]] == ["cat"]
    assert "| #2 |" in ended.notes()[-1]
    assert ended.issue()["state"] == "closed"
    ended.say("ben", "thank you all")
    ended.advance("PT2H")
    assert [issue["number"] for issue in ended.rest("ana", "GET", "/issues?state=all&direction=asc")] == [1, 2]
    assert ended.comments(2) == []


def test_the_report_is_printed_for_whom_it_is_asked(ended: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """CL-6, CL-7: whole, as data, or as a draft for outsiders."""
    assert "203.0.113.7" in printed(ended, monkeypatch, "report", "1")
    data = json.loads(printed(ended, monkeypatch, "report", "1", "--format", "json"))
    assert data["record"]["entries"][-1]["hash"] == data["record"]["head"]
    public = printed(ended, monkeypatch, "report", "1", "--variant", "public")
    assert "A key was used." in public
    assert "203.0.113.7" not in public


def test_figures_are_printed_as_csv(ended: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """CL-4, CL-8: a row for each closed incident; open ones, follow-ups and rehearsals have none."""
    rows = list(csv.DictReader(printed(ended, monkeypatch, "metrics").splitlines()))
    assert [(row["incident"], row["severity"]) for row in rows] == [("1", "high")]


def test_a_mark_is_checked_by_the_command_line(ended: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """CL-7: whoever was sent one has it checked."""
    last = ended.record().entries[-1]
    assert "BROKEN" not in printed(ended, monkeypatch, "verify", "1", "--mark", f"1.{last.n}.{last.hash[:16]}")
