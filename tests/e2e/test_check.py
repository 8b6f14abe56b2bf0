"""`irp check`: what is wrong with a checkout, and what its policy would change for every open incident."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from irp_actions.cli import cli
from irp_actions.edges.policy_file import EXAMPLES, OVERLAY, overlaid
from tests.e2e.town import POLICY, REPO, Town, town


def check(here: Town, *options: str) -> Result:
    """The command, as somebody runs it who may read the repository."""
    urls = ("--api-url", here.github.api_url, "--graphql-url", here.github.graphql_url)
    arguments = ["check", str(here.checkout), "--against", REPO, "--token", "ana", *urls, *options]
    return CliRunner().invoke(cli, arguments, catch_exceptions=False)


def decides(here: Town, **over: object) -> None:
    """The checkout's policy changes, on a branch that nobody has merged."""
    text = yaml.safe_dump(overlaid(POLICY, over))
    (here.checkout / OVERLAY).write_text(text, encoding="utf-8")


def told(result: Result, number: int) -> str:
    """The block of one incident."""
    start = result.output.index(f"### #{number} ")
    return result.output[start:].partition("\n### ")[0].partition("\n\n2 open")[0]


def test_each_open_incident_is_told_what_would_change_and_nothing_is_written(here: Town) -> None:
    """Labels, due times and what would be said at once, in a block each; what is closed is left out."""
    here.report(title="First")
    here.say("ben", "/confirm high\n/sitrep looking", 1)
    here.report(title="Second")
    here.report(title="Nothing")
    here.say("ben", "/false-alarm", 3)
    here.requests()
    decides(
        here,
        severities={"high": {"sitrep_every": "40m"}},
        statuses={"confirmed": {"shown": "it is real"}},
        clocks={"IN-7": {"allowed": "20m"}},
    )
    pictures = [here.picture(number) for number in (1, 2, 3)]
    result = check(here, "--now", "2026-03-02T03:11:00Z")
    assert result.exit_code == 0
    assert "- Labels: sets `status: it is real`; removes `status: confirmed`" in told(result, 1)
    assert "- Next sitrep: due Mon 02 Mar 03:50 UTC instead of Mon 02 Mar 04:10 UTC" in told(result, 1)
    assert "Nothing changes." in told(result, 2)  # what is due stays due when a clock becomes looser
    assert "### #3" not in result.output
    assert "2 open, 1 would change; nothing was written" in result.output
    assert [here.picture(number) for number in (1, 2, 3)] == pictures
    asked = here.control("GET", "requests")
    assert {(r["method"], r["path"]) for r in asked if r["user"] == "ana" and r["method"] != "GET"} == {
        ("POST", "/graphql")
    }


def test_a_comment_that_the_policy_would_bring_at_once_is_shown(here: Town) -> None:
    """Before it mails everybody at the moment of merging."""
    here.report()
    here.say("ben", "on it")
    assert "Nothing changes." in check(here, "--now", "2026-03-02T03:35:00Z").output  # due, but by either policy
    decides(here, clocks={"RO-7": {"rungs": [{"after": "0m", "ask": "asked"}, {"after": "1m", "ask": "everyone"}]}})
    result = check(here, "--now", "2026-03-02T03:35:00Z")
    said = result.output.partition("- Comments at once, which mails everybody:\n\n")[2]
    assert "> @\u200bben @\u200bana @\u200bcat\n" in said
    assert "> **Is anybody still on this?**" in said


def test_a_sealed_record_is_forecast_without_its_key(tmp_path: Path) -> None:
    """Where the check runs, no secret is."""
    with town(tmp_path) as here:
        for name in ("incident.yml", "sweep.yml", "net.yml"):
            path = here.checkout / ".github" / "workflows" / name
            path.write_text(path.read_text().replace("${{ secrets.IRP_RECORD_KEY }}", "a long random text"))
        here.report()
        assert '"sealed": true' in here.comments()[0]["body"]
        decides(here, statuses={"investigating": {"shown": "being looked at"}})
        result = check(here)
        assert "sets `status: being looked at`" in result.output
        assert result.exit_code == 0


def test_a_report_that_no_run_has_seen_yet_is_looked_at_too(here: Town) -> None:
    """Its labels and its first comment are still to come, under either policy."""
    here.weather(drop_events=1.0)
    here.report()
    result = check(here)
    assert "Nothing changes." in told(result, 1)


def test_a_broken_policy_is_not_tried(here: Town) -> None:
    """Exit code 2, with its mistakes, and GitHub is not asked."""
    here.report()
    here.control("DELETE", "requests")
    (here.checkout / OVERLAY).write_text("zoen: UTC\n", encoding="utf-8")
    result = check(here)
    assert "error: .github/irp.yml:1:1: unknown key 'zoen'; did you mean 'zone'?" in result.output
    assert result.exit_code == 2
    assert not [r for r in here.control("GET", "requests") if r["user"] == "ana"]


def test_without_a_token_it_says_what_it_needs(here: Town) -> None:
    """Rather than an answer of GitHub's."""
    result = CliRunner().invoke(cli, ["check", str(here.checkout), "--against", REPO], env={"GITHUB_TOKEN": ""})
    assert "--against needs a token" in result.output
    assert result.exit_code == 2


def test_a_repository_that_the_token_does_not_see_is_told(here: Town) -> None:
    """One line, no traceback."""
    urls = ("--api-url", here.github.api_url, "--graphql-url", here.github.graphql_url)
    result = CliRunner().invoke(cli, ["check", str(here.checkout), "--against", "acme/none", "--token", "ana", *urls])
    assert type(result.exception).__name__ == "Forbidden"


@pytest.mark.parametrize("kind", ["error", "warning"])
def test_in_a_workflow_mistakes_are_annotations(here: Town, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """At their line, where a reviewer looks."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    (here.checkout / OVERLAY).write_text("people: {on_call: []}\nquiet: {replan: 12:30}\n", encoding="utf-8")
    output = CliRunner().invoke(cli, ["check", str(here.checkout)]).output
    lines = {
        "error": "::error file=.github/irp.yml,line=2,col=9::750 is not a duration; write it like 90m, 1h30m or 7d; "
        "YAML reads 12:30 as the number 750, counting in sixties",
        "warning": "::warning file=.github/irp.yml,line=1,col=10::nobody is on call",
    }
    assert lines[kind] in output


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yml")), ids=lambda path: path.stem)
def test_an_example_policy_can_be_copied_and_checked(here: Town, path: Path) -> None:
    """All that is missing is people."""
    (here.checkout / OVERLAY).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    result = CliRunner().invoke(cli, ["check", str(here.checkout)])
    assert result.exit_code == 0
    assert "warning: .github/irp.yml:7:3: nobody is on call" in result.output


def test_a_repository_s_own_sentence_is_said_by_its_workflows(tmp_path: Path) -> None:
    """And a broken one is shown in the log and not missed on the issue."""
    with town(tmp_path) as here:
        folder = here.checkout / ".github" / "irp" / "templates"
        folder.mkdir(parents=True)
        (folder / "header.md.j2").write_text("> Vorfall, Schwere {{ incident.severity }}\n", encoding="utf-8")
        (folder / "board.md.j2").write_text("{% if %}", encoding="utf-8")
        here.report()
        assert "> Vorfall, Schwere unknown" in here.issue()["body"]
        assert "Take a breath" in here.board()
        assert "warning: .github/irp/templates/board.md.j2:1: Expected an expression" in here.runs()[-1]["log"]
