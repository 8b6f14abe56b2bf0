"""`irp doctor`: every examination in both outcomes over real HTTP, and nothing is left behind whatever fails."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from signal import SIGINT, SIGTERM, Signals
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from requests.exceptions import ConnectionError as Lost

from irp_actions.cli import cli
from irp_actions.edges.doctor.command import doctor_command
from irp_actions.edges.doctor.examination import EXAMINATIONS, NO, OPEN, YES, Finding
from irp_actions.edges.doctor.patient import Names, Patient
from irp_actions.edges.github.wire import Answer, Wire
from irp_actions.edges.standin.actions import Actions
from irp_actions.edges.standin.doubts import Doubts
from irp_actions.edges.trouble import Unavailable
from tests.e2e.town import JOB, REPO, ROOT, Town, workflow_edited

PAGE = ROOT / "docs" / "doctor.md"
NAMES = Names("sweep.yml", "incident.yml", "irp")
assert doctor_command.name == "doctor"  # and every examination is registered


@contextmanager
def patient(here: Town, wire: type[Wire] = Wire, **permissions: str) -> Iterator[Patient]:
    """The repository as a job's token has it."""
    token = here.github.mint_token(1, {**JOB, **permissions})
    with Patient(wire(here.github.api_url, token, here.github.graphql_url, lambda _: None), REPO, NAMES) as made:
        yield made


def finding(here: Town, name: str, **permissions: str) -> Finding:
    """What one examination finds; nothing is left of it."""
    with patient(here, **permissions) as made:
        found = EXAMINATIONS[name].made(made)
    assert made.left == []
    assert left_behind(here) == []
    return found


def left_behind(here: Town) -> list[str]:
    """What a person would still find of a doctor."""
    trials = [issue for issue in here.github.world.issues.values() if "irp doctor" in (issue.body or "")]
    comments = [comment for issue in trials for comment in issue.comments]
    found = [f"#{i.number} is open" for i in trials if (i.state, i.state_reason) != ("closed", "not_planned")]
    found += [f"#{issue.number} is pinned" for issue in trials if issue.pinned]
    found += [f"#{issue.number} is still too long" for issue in trials if len(issue.body or "") > 1000]
    found += [f"comment {comment.id} is pinned" for comment in comments if comment.pinned_at]
    found += [f"comment {comment.id} is hidden" for comment in comments if comment.minimized]
    return found


def doctor(here: Town, *options: str, token: str = "") -> Result:
    """The command."""
    urls = ("--api-url", here.github.api_url, "--graphql-url", here.github.graphql_url)
    given = token or here.github.mint_token(1, JOB)
    return CliRunner().invoke(
        cli, ["doctor", "--repo", REPO, "--token", given, *urls, *options], catch_exceptions=False
    )


def switch(here: Town, *, enabled: bool) -> None:
    """Somebody sees to it that the sweep is enabled, or is not."""
    path = "/actions/workflows/sweep.yml"
    here.rest("acme", "PUT", f"{path}/enable")
    if not enabled:
        here.rest("acme", "PUT", f"{path}/disable")


def row(result: Result, question: str) -> str:
    """The row of a question in the table."""
    return next(line for line in result.output.splitlines() if line.startswith("| ") and question in line)


DOUBTFUL = [
    ("own_comments", "job_is_author", True),
    ("edit_history", "job_reads_edits", True),
    ("edit_history", "edits_are_whole", True),
    ("hidden_comment", "job_may_minimize", True),
    ("pinned_comment", "job_may_pin_comments", True),
    ("pinned_issue", "job_may_pin_issues", True),
    ("switched_workflow", "job_may_enable", True),
    ("closed_as_duplicate", "closed_as_duplicate_is_told", True),
    ("long_bodies", "long_bodies_are_refused", True),
    ("form_labels", "form_labels_are_told", True),
]
"""Examinations, the doubt each is about, and which value of it is a yes."""


@pytest.mark.parametrize(("name", "doubt", "good"), DOUBTFUL)
def test_an_examination_tells_one_outcome_from_the_other(here: Town, name: str, doubt: str, good: bool) -> None:
    """And leaves nothing behind in either."""
    for value in (True, False):
        here.control("PUT", "doubts", **{doubt: value})
        if name == "form_labels":
            here.report(title=f"Odd mail {value}")
        assert finding(here, name).answer == (YES if value is good else NO), value


@pytest.mark.parametrize("name", sorted(EXAMINATIONS))
def test_an_examination_that_may_not_begin_cannot_tell(here: Town, name: str) -> None:
    """A token without permissions finds nothing out, and gets no traceback."""
    found = finding(here, name, actions="none", issues="none")
    assert found.answer == OPEN
    assert "Resource not accessible by integration" in found.trouble


@pytest.mark.parametrize("name", sorted(EXAMINATIONS))
def test_an_examination_during_an_outage_cannot_tell(here: Town, name: str) -> None:
    """Reads are tried again, and then it is told."""
    here.weather(error_rate=1.0, statuses=[502])
    with patient(here) as made:
        found = EXAMINATIONS[name].made(made)
    assert found.answer == OPEN
    assert "502" in found.trouble


def test_a_workflow_is_left_as_it_was_found(here: Town) -> None:
    """Enabled or disabled, and a token that may not enable does not disable either."""
    path = "/actions/workflows/sweep.yml"
    for enabled, state in ((True, "active"), (False, "disabled_manually")):
        switch(here, enabled=enabled)
        for allowed in (True, False):
            here.control("PUT", "doubts", job_may_enable=allowed)
            found = finding(here, "switched_workflow")
            assert (found.answer, found.seen["active"]) == (YES if allowed else NO, enabled)
            assert here.rest("acme", "GET", path)["state"] == state


def test_a_refusal_that_is_about_the_state_tells_nothing_of_the_token(here: Town) -> None:
    """Should GitHub not enable what is enabled, then it is not disabled either, for it might stay so."""

    class Strict(Wire):
        def _once(self, method: str, path: str, body: Any) -> Answer:
            answer = super()._once(method, path, body)
            message = {"message": "Unable to enable a workflow that is not disabled."}
            return replace(answer, status=403, data=message) if path.endswith("/enable") else answer

    switch(here, enabled=True)
    here.requests()
    with patient(here, Strict) as made:
        found = EXAMINATIONS["switched_workflow"].made(made)
    assert (found.answer, "not disabled" in found.trouble) == (OPEN, True)
    assert not [request for request in here.requests() if request["path"].endswith("/disable")]


def test_three_pinned_issues_leave_no_room_to_tell(here: Town) -> None:
    """That is no answer about the token, and none of the three is taken down."""
    for number in (1, 2, 3):
        made = here.rest("ana", "POST", "/issues", title=f"Kept {number}")
        here.github.world.issues[made["number"]].pinned = True
    result = doctor(here)
    assert result.exit_code == 0, result.output  # or every run would be red, for as long as they are pinned
    assert "| **cannot tell** | Three issues are pinned" in row(result, "pin an issue")
    assert "unpin one and run `irp doctor` again" in result.output
    assert left_behind(here) == []
    assert sum(issue.pinned for issue in here.github.world.issues.values()) == 3


def test_without_a_form_sent_its_labels_cannot_be_told(here: Town) -> None:
    """Neither from a label that was put on later; and the seen says what would help."""
    assert finding(here, "form_labels") == Finding(OPEN)
    here.rest("ana", "POST", "/issues", title="Odd")
    here.advance("PT5M")
    here.rest("ana", "POST", "/issues/1/labels", labels=["irp"])
    here.settle()
    assert finding(here, "form_labels").answer == OPEN


def test_the_labels_of_a_form_are_told_with_their_author_and_runs(here: Town) -> None:
    """Two runs, for `opened` and `labeled`, whatever else was sent at the same time."""
    here.report(title="Another mail")
    number = here.report()
    assert finding(here, "form_labels") == Finding(YES, {"number": number, "runs": 2, "by": "rae", "own": True})


def test_a_form_of_ones_own_tells_of_its_labels_to_one_s_own_token(here: Town) -> None:
    """Only what the program labelled tells nothing."""
    here.report("ana")
    result = doctor(here, token="ana")
    assert "| **yes** | #1: `labeled` at the opening, by its author; 2 runs started. |" in row(
        result, "label of a form"
    )


def test_a_form_with_a_label_more_tells_nothing_for_that_starts_a_run_too(here: Town) -> None:
    """So the advice is to send one without, and the answer is taken from that one then."""
    here.rest("ana", "POST", "/issues", title="A rehearsal", labels=["irp", "drill"])
    here.settle()
    result = doctor(here)
    assert "| **cannot tell** | No issue was opened with our label, and no other, yet. |" in row(
        result, "label of a form"
    )
    assert "send the form once without any label of your own" in result.output
    number = here.report()
    assert finding(here, "form_labels").seen["number"] == number


def test_a_form_that_was_sent_twice_at_once_tells_nothing(here: Town) -> None:
    """By who clicked twice: the runs of both are called alike."""
    here.report()
    here.report()
    assert finding(here, "form_labels") == Finding(OPEN)


def test_a_run_is_called_like_the_issue_it_is_about(here: Town) -> None:
    """And like its workflow where it is about none."""
    here.report()
    here.rest("acme", "POST", "/actions/workflows/net.yml/dispatches", ref="main")
    here.settle()
    runs = here.rest("ana", "GET", "/actions/runs")["workflow_runs"]
    assert {(run["event"], run["display_title"]) for run in runs} >= {
        ("issues", "Odd mail"),
        ("workflow_dispatch", "net.yml"),
    }


@pytest.fixture
def waiting(here: Town) -> Town:
    """A writer that goes on, and one that waits for it."""
    here.weather(cron_drop=1.0)
    workflow_edited(here.checkout, "sweep.yml", "      - run: python -m irp_actions sweep", "      - run: sleep 600")
    here.rest("acme", "POST", "/actions/workflows/sweep.yml/dispatches", ref="main")
    here.advance("PT1M")
    here.rest("ana", "POST", "/issues", title="Somebody else's")
    here.advance("PT1M")
    return here


@pytest.mark.parametrize(("before", "answer"), [(True, YES), (False, NO)])
def test_a_skipped_run_pushes_out_a_waiting_one_or_does_not(waiting: Town, before: bool, answer: str) -> None:
    """A comment on a pull request, while a run waits for the sweep."""
    waiting.control("PUT", "doubts", group_before_if=before)
    pull = waiting.control("POST", "pulls", user="dee", title="A change")["number"]
    waiting.say("dee", "what of this?", pull)
    waiting.advance("PT20M")
    assert [run["evicted"] for run in waiting.runs() if run["number"] == 1] == [before]
    assert finding(waiting, "skipped_runs").answer == answer


def test_without_a_skipped_run_nothing_is_told_of_the_group(waiting: Town) -> None:
    """Nor with one that met nobody who waited."""
    waiting.advance("PT20M")
    assert finding(waiting, "skipped_runs") == Finding(OPEN, {"count": 0})
    pull = waiting.control("POST", "pulls", user="dee", title="A change")["number"]
    waiting.say("dee", "what of this?", pull)
    waiting.advance("PT20M")
    assert finding(waiting, "skipped_runs") == Finding(OPEN, {"count": 1})


def test_the_command_prints_a_table_and_what_it_means(here: Town) -> None:
    """All is well: a row for each, and a paragraph only where something follows."""
    here.report()
    result = doctor(here)
    assert result.exit_code == 0, result.output
    for each in EXAMINATIONS.values():
        assert each.question in result.output
    assert "| **yes** | A comment was pinned and taken down again. |" in row(result, "pin a comment")
    assert (
        "**Is a body that is too long for an issue refused, over REST and GraphQL? No.** GitHub says" in result.output
    )
    assert "This tells of this token only" not in result.output
    assert "**May the token pin a comment" not in result.output
    assert result.output.rstrip().endswith("Tried in #2, which is closed.")
    assert "\n\n\n" not in result.output


def test_what_is_refused_is_said_with_what_to_do(here: Town) -> None:
    """It is a finding, so the exit code is that of a command that did what it was asked."""
    here.control("PUT", "doubts", job_may_enable=False, job_may_pin_comments=False, job_is_author=False)
    result = doctor(here)
    assert result.exit_code == 0
    assert "403 Resource not accessible by integration" in row(result, "enable and disable")
    assert "remove `IRP_FREQUENT_SWEEP`" in result.output
    assert "The board is not pinned." in result.output
    assert "Do not use it with this token." in result.output


def test_every_finding_has_its_words(here: Town) -> None:
    """In whichever outcome: nothing is undefined, and no row is empty."""
    here.report()
    names = here.control("GET", "doubts")
    for value in (True, False):
        here.control("PUT", "doubts", **dict.fromkeys(names, value))
        here.report()
        result = doctor(here)
        rows = [line for line in result.output.splitlines() if re.match(r"\| .*\? \| \*\*", line)]
        assert len(rows) == len(EXAMINATIONS)
        assert [line for line in rows if len(line.split(" | ")[2].strip(" |")) < 10] == []


def test_another_s_token_is_told_to_be_another_s(here: Town) -> None:
    """What counts is the job's own."""
    here.requests()
    result = doctor(here, token="ana")
    assert "> **This tells of this token only.**" in result.output
    assert "What GitHub does for ana in acme/security-incidents" in result.output
    assert left_behind(here) == []
    here.settle()
    assert [run["workflow"] for run in here.runs()] == ["incident.yml"] * 7
    assert "seven runs" in PAGE.read_text(encoding="utf-8")
    assert not [r for r in here.requests() if r["method"] != "GET" and r["path"] != "/graphql"]  # no run touched it


def test_a_token_that_may_do_nothing_is_told_so(here: Town) -> None:
    """Exit code 1: nothing was examined."""
    result = doctor(here, token=here.github.mint_token(1, {}))
    assert result.exit_code == 1
    assert "No trial issue was opened." in result.output
    assert result.output.count("**cannot tell**") == len(EXAMINATIONS)


def test_it_runs_from_the_shipping_workflow(here: Town) -> None:
    """With the job's own token and no more permissions than the file gives."""
    here.report()
    before = len(mailed(here))
    here.rest("acme", "POST", "/actions/workflows/doctor.yml/dispatches", ref="main")
    here.settle()
    run, last = here.runs()[-2:]
    assert (run["workflow"], run["verdict"]) == ("doctor.yml", "success"), run["log"]
    assert (last["workflow"], last["event"], last["verdict"]) == ("net.yml", "workflow_dispatch", "success")
    assert "What GitHub does for github-actions in acme/security-incidents" in run["log"]
    said, summary = run["log"].split("summary:")
    for text in (said, summary):
        assert text.count("**cannot tell**") == 1  # of skipped runs there are none
    assert left_behind(here) == []
    trial = here.issue(2)
    assert (trial["state_reason"], trial["labels"]) == ("not_planned", [])
    assert mailed(here)[before:] == [(2, deed) for deed in ("opened", "created", "closed", "reopened", "closed")]
    assert "five mails" in PAGE.read_text(encoding="utf-8")


def mailed(here: Town) -> list[tuple[int, str]]:
    """What whoever watches the repository was mailed: about which issue, and why."""
    events = [event for event in here.control("GET", "events") if event["name"] in ("issues", "issue_comment")]
    reasons = ("opened", "created", "closed", "reopened")
    return [(event["number"], event["action"]) for event in events if event["action"] in reasons]


@pytest.fixture
def busy(here: Town) -> Town:
    """A repository in which the sweep is at work for ten minutes, and no schedule comes."""
    here.weather(cron_drop=1.0)
    workflow_edited(here.checkout, "sweep.yml", "      - run: python -m irp_actions sweep", "      - run: sleep 600")
    here.rest("acme", "POST", "/actions/workflows/sweep.yml/dispatches", ref="main")
    here.advance("PT1M")
    return here


def test_a_waiting_run_that_the_doctor_pushes_out_is_made_up_for(busy: Town) -> None:
    """The report waits for the sweep, and its run gives way; the doctor starts the net when it has ended."""
    number = busy.report()
    busy.rest("acme", "POST", "/actions/workflows/doctor.yml/dispatches", ref="main")
    busy.advance("PT20M")
    assert {run["workflow"] for run in busy.runs() if run["evicted"]} == {"incident.yml"}
    assert {run["workflow"] for run in busy.runs() if run["verdict"] == "success"} >= {"doctor.yml", "net.yml"}
    assert busy.board(number)


def test_it_is_made_up_for_when_the_doctor_is_cancelled(here: Town) -> None:
    """The last step is made in any case; and the net enables the sweep again, if the doctor was killed meanwhile."""
    here.weather(cron_drop=1.0)
    here.report()
    count = len(here.runs())
    workflow_edited(here.checkout, "doctor.yml", "exec python -m irp_actions doctor", "sleep 600")
    here.rest("acme", "POST", "/actions/workflows/doctor.yml/dispatches", ref="main")
    here.advance("PT1M")
    switch(here, enabled=False)
    here.rest("acme", "POST", f"/actions/runs/{here.runs()[count]['id']}/cancel")
    here.settle()
    found = [(run["workflow"], run["verdict"]) for run in here.runs()[count:]]
    assert found[:2] == [("doctor.yml", "cancelled"), ("net.yml", "success")]
    assert here.rest("acme", "GET", "/actions/workflows/sweep.yml")["state"] == "active"


# Whatever fails


class Breaking(Wire):
    """A wire on which one request is lost, before or after GitHub has done it."""

    at = 0
    done = False
    count = 0

    def _once(self, method: str, path: str, body: Any) -> Answer:
        cls = type(self)
        is_write = method != "GET" and not (isinstance(body, dict) and "operationName" in body)
        cls.count += is_write
        if not is_write or cls.count != cls.at:
            return super()._once(method, path, body)
        if cls.done:
            super()._once(method, path, body)
        raise Lost


def breaking(at: int, done: bool) -> type[Breaking]:
    """A wire that loses its write number `at`."""
    return type("Lossy", (Breaking,), {"at": at, "done": done})


def made_all(here: Town, wire: type[Wire]) -> Patient:
    """All examinations, by a patient who may be left in a bad state."""
    with patient(here, wire) as made:
        for each in EXAMINATIONS.values():
            each.made(made)
    return made


@pytest.mark.parametrize("done", [True, False], ids=["done", "not done"])
@pytest.mark.parametrize("enabled", [True, False], ids=["enabled", "disabled"])
def test_whichever_write_is_lost_nothing_is_left_behind(here: Town, done: bool, enabled: bool) -> None:
    """One after the other, whether GitHub did it or not."""
    path = "/actions/workflows/sweep.yml"
    switch(here, enabled=enabled)
    probe = breaking(0, done)
    made_all(here, probe)
    assert probe.count > 12
    for at in range(1, probe.count + 1):
        made = made_all(here, breaking(at, done))
        # That the list of issues does not show it proves nothing.
        left = ["unknown"] if at == 1 and not done else []
        assert (at, made.left, left_behind(here)) == (at, left, [])
        assert (at, here.rest("acme", "GET", path)["state"] == "active") == (at, enabled)


def test_a_person_who_stops_it_leaves_nothing_behind(here: Town) -> None:
    """Ctrl-C, in the middle of something."""

    class Stopped(Wire):
        def _once(self, method: str, path: str, body: Any) -> Answer:
            answer = super()._once(method, path, body)
            if path.endswith("/disable"):
                raise KeyboardInterrupt
            return answer

    switch(here, enabled=True)
    with pytest.raises(KeyboardInterrupt):
        made_all(here, Stopped)
    assert left_behind(here) == []
    assert here.rest("acme", "GET", "/actions/workflows/sweep.yml")["state"] == "active"


@pytest.mark.parametrize("signals", [(SIGINT,), (SIGTERM,), (SIGINT, SIGTERM)], ids=["INT", "TERM", "both"])
def test_a_run_that_is_cancelled_leaves_nothing_behind(
    here: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, signals: tuple[Signals, ...]
) -> None:
    """GitHub signals the step's shell alone: once the sweep is off, and again as it is switched on."""
    switch(here, enabled=True)
    switched: list[bool] = []
    once = Actions.set_enabled

    def signalling(engine: Actions, workflow: str | int, enabled: bool) -> None:
        once(engine, workflow, enabled)
        switched.append(enabled)
        if switched[1:2] == [False] and len(switched) - 2 < len(signals):
            process.send_signal(signals[len(switched) - 2])

    monkeypatch.setattr(Actions, "set_enabled", signalling)
    process = step_started(here, tmp_path)
    said, _ = process.communicate(timeout=60)
    assert (process.returncode, switched, left_behind(here)) == (1, [True, False, True], [])
    assert here.rest("acme", "GET", "/actions/workflows/sweep.yml")["state"] == "active"
    assert "**It was stopped** before it had asked everything." in said
    assert "| May the token pin a comment" in said  # what was found so far is not lost
    assert "Tried in #1, which is closed." in said


def step_started(here: Town, folder: Path) -> subprocess.Popen[str]:
    """The doctor's own step of the shipping workflow, as GitHub starts it."""
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "doctor.yml").read_text(encoding="utf-8"))
    runs = [step.get("run", "") for step in workflow["jobs"]["doctor"]["steps"]]
    script = folder / "step.sh"
    script.write_text(next(run for run in runs if "irp_actions doctor" in run), encoding="utf-8")
    given = {
        "GITHUB_REPOSITORY": REPO,
        "GITHUB_TOKEN": here.github.mint_token(1, JOB),
        "GITHUB_API_URL": here.github.api_url,
        "GITHUB_GRAPHQL_URL": here.github.graphql_url,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
    }
    return subprocess.Popen(
        ["bash", "-e", str(script)], cwd=ROOT, env={**os.environ, **given}, stdout=subprocess.PIPE, text=True
    )


def test_a_trial_issue_that_nobody_knew_of_is_found_in_the_end(here: Town) -> None:
    """It was opened, the answer was lost, and GitHub could not be asked for it at once."""
    trouble = ["opening", "looking", "looking"]

    class Cut(Wire):
        def _once(self, method: str, path: str, body: Any) -> Answer:
            answer = super()._once(method, path, body)
            if method == "POST" and path.endswith("/issues") and "opening" in trouble:
                trouble.remove("opening")
                raise Lost
            if method == "GET" and "/issues?" in path and "looking" in trouble:
                trouble.remove("looking")
                return replace(answer, status=404, data={"message": "Not Found"})
            return answer

    # Neither the looking at once nor the first one in the end is answered.
    with patient(here, Cut) as made:
        assert EXAMINATIONS["edit_history"].made(made).answer == OPEN
    assert trouble == []
    assert (made.number, made.left, left_behind(here)) == (1, [], [])
    assert here.issue()["state_reason"] == "not_planned"


def goes_down(monkeypatch: pytest.MonkeyPatch, at: Callable[[str, Any], bool], *, answers: bool) -> None:
    """GitHub does one write more, by its path and body, says so or does not, and then nothing at all."""
    once: Callable[..., Answer] = Wire._once
    down = []

    def until_then(wire: Wire, method: str, path: str, body: Any) -> Answer:
        if down:
            raise Lost
        answer = once(wire, method, path, body)
        if method == "POST" and isinstance(body, dict) and at(path, body):
            down.append(True)
            if not answers:
                raise Lost
        return answer

    monkeypatch.setattr(Wire, "_once", until_then)
    monkeypatch.setattr("irp_actions.edges.github.wire._waits", lambda: iter(()))


def test_a_trial_issue_of_which_nothing_is_known_is_said(here: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """When GitHub goes down as it is opened."""
    goes_down(monkeypatch, lambda path, _: path.endswith("/issues"), answers=False)
    result = doctor(here)
    assert result.exit_code == 1
    assert "It is not known whether a trial issue was opened." in result.output
    assert "No trial issue was opened" not in result.output


def test_a_trial_issue_that_the_list_does_not_show_yet_is_not_denied(
    here: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was opened, the answer was lost, and the list of issues lags."""
    once: Callable[..., Answer] = Wire._once

    def lagging(wire: Wire, method: str, path: str, body: Any) -> Answer:
        answer = once(wire, method, path, body)
        if method == "POST" and path.endswith("/issues"):
            raise Lost
        return replace(answer, data=[]) if "/issues?" in path else answer

    monkeypatch.setattr(Wire, "_once", lagging)
    result = doctor(here)
    assert result.exit_code == 1
    assert "It is not known whether a trial issue was opened." in result.output
    assert "No trial issue was opened" not in result.output
    assert len(here.github.world.issues) == 1


ODD: dict[str, Callable[[str, Any], bool]] = {
    "the trial issue is null": lambda name, _: name == "Trial",
    "the comment is null": lambda name, _: name in ("Own", "Editors"),
    "the viewer is null": lambda name, _: name == "Whose",
    "all is null": lambda *_: True,
}


def without(data: Any) -> Any:
    """The same answer, with null in the place of whatever was asked for."""
    if "repository" in data:
        return {"repository": dict.fromkeys(data["repository"] or {})}
    return {name: [None] * len(value) if isinstance(value, list) else None for name, value in data.items()}


@pytest.mark.parametrize("odd", ODD)
def test_an_answer_nobody_expected_loses_no_finding(here: Town, monkeypatch: pytest.MonkeyPatch, odd: str) -> None:
    """The report comes in any case, with every question and with what may be left behind; and what can is put back."""
    asked: Callable[..., Answer] = Wire.ask

    def ask(wire: Wire, document: str, name: str, variables: Any) -> Answer:
        answer = asked(wire, document, name, variables)
        return replace(answer, data={"data": without(answer.data["data"])}) if ODD[odd](name, variables) else answer

    monkeypatch.setattr(Wire, "ask", ask)
    result = doctor(here)
    assert result.exit_code == (0 if odd == "the viewer is null" else 1)
    for each in EXAMINATIONS.values():
        assert f"| {each.question} |" in result.output
    assert "| **yes** |" in row(result, "enable and disable")
    assert left_behind(here) == []


def test_an_answer_of_nothing_to_the_opening_opens_no_second_one(here: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor a second comment; the issue is found again and closed."""
    once: Callable[..., Answer] = Wire._once

    def nothing(wire: Wire, method: str, path: str, body: Any) -> Answer:
        answer = once(wire, method, path, body)
        return replace(answer, data=None) if method == "POST" and path.endswith("/issues") else answer

    monkeypatch.setattr(Wire, "_once", nothing)
    result = doctor(here)
    assert result.exit_code == 1
    assert result.output.rstrip().endswith("Tried in #1, which is closed.")
    assert (len(here.github.world.issues), left_behind(here)) == (1, [])


@pytest.mark.parametrize("lost", [0, 1, 2])
def test_a_long_text_that_was_taken_is_put_back_as_often_as_it_takes(here: Town, lost: int) -> None:
    """Should GitHub take it after all; and when it cannot be put back, that is said."""
    tries: list[int] = []

    class Taking(Wire):
        def _once(self, method: str, path: str, body: Any) -> Answer:
            if method == "PATCH" and isinstance(body, dict) and len(body.get("body", "")) > 1000:
                return super()._once(method, path, {"body": "x" * 2000})
            if method == "PATCH" and isinstance(body, dict) and "irp doctor" in body.get("body", ""):
                tries.append(1)
                if len(tries) <= lost:
                    raise Lost
            return super()._once(method, path, body)

    with patient(here, Taking) as made:
        found = EXAMINATIONS["long_bodies"].made(made)
    assert (found.answer, found.seen["rest"], made.left, left_behind(here)) == (NO, "taken", [], [])
    assert len(tries) == lost + 1


def test_a_long_text_that_stays_is_said(here: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was taken, and cannot be put back."""
    once: Callable[..., Answer] = Wire._once

    def taking(wire: Wire, method: str, path: str, body: Any) -> Answer:
        if method == "PATCH" and isinstance(body, dict) and len(body.get("body", "")) > 1000:
            return once(wire, method, path, {"body": "x" * 2000})
        if method == "PATCH" and isinstance(body, dict) and "irp doctor" in body.get("body", ""):
            raise Lost
        return once(wire, method, path, body)

    monkeypatch.setattr(Wire, "_once", taking)
    result = doctor(here)
    assert result.exit_code == 1
    assert "The trial issue #1 may still have a text that is too long, which does no harm." in result.output


def test_what_cannot_be_put_back_is_said(here: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """GitHub goes down in the middle: a person is told what to do by hand, and the exit code is 1."""
    goes_down(monkeypatch, lambda _, body: "pinIssue" in body.get("query", ""), answers=True)
    result = doctor(here)
    assert result.exit_code == 1
    assert "The trial issue #1 could not be closed. Close it by hand." in result.output
    assert "The trial issue #1 may still be pinned. Look, and unpin it by hand." in result.output
    assert "not put back: pinned_issue, body, trial" in result.stderr


def test_trouble_in_reading_is_no_traceback(here: Town) -> None:
    """What was written cannot be read back yet."""

    class Blind(Wire):
        def ask(self, document: str, name: str, variables: Any) -> Answer:
            raise Unavailable(f"{name}: not now")

    with patient(here, Blind) as made:
        found = {name: each.made(made) for name, each in EXAMINATIONS.items()}
    told = {name: each.answer for name, each in found.items() if not each.trouble}
    assert told == {"pinned_comment": YES, "switched_workflow": YES, "skipped_runs": OPEN}
    assert {each.answer for each in found.values() if each.trouble} == {OPEN}
    assert left_behind(here) == []


def test_the_page_has_every_question() -> None:
    """In the order in which they are asked."""
    text = PAGE.read_text(encoding="utf-8")
    rows = [line.split(" | ")[0].removeprefix("| ") for line in text.splitlines() if "? | " in line]
    assert rows == [each.question for each in EXAMINATIONS.values()]


def test_every_doubt_is_examined() -> None:
    """What can be set to either outcome is what the doctor asks about."""
    assert {doubt for _, doubt, _ in DOUBTFUL} | {"group_before_if"} == set(Doubts().shown())
