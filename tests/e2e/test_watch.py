"""Somebody is woken on time though GitHub's schedules come hours late, and whatever of the watch is lost comes back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from irp_actions.edges.policy_file import load_policy
from irp_actions.edges.reconcile import DONE, OURS
from irp_actions.edges.watch import GRACE, Watch, Workflows
from irp_actions.values.policy import Watching
from tests.e2e.town import POLICY, ROOT, Town, town, workflow_edited

LATE = {"cron_delay": 240}
"""Every schedule comes four hours late."""


@pytest.fixture
def late(here: Town) -> Town:
    """A fresh repository on a bad night."""
    here.weather(**LATE)
    return here


def watches(here: Town) -> list[str]:
    """What the watches have come to so far."""
    return [run["verdict"] for run in here.runs() if run["workflow"] == "watch.yml"]


def asked_at(here: Town, number: int = 1) -> list[str]:
    """The minute of each note, and whom it is for."""
    notes = [c for c in here.comments(number) if c["user"]["login"] == "github-actions[bot]"][1:]
    return [f"{note['created_at'][11:16]} {note['body'].splitlines()[1]}" for note in notes]


def cancelled(here: Town) -> None:
    """Somebody stops the watch."""
    run = here.rest("ana", "GET", "/actions/workflows/watch.yml/runs")["workflow_runs"][0]
    here.rest("ana", "POST", f"/actions/runs/{run['id']}/cancel")
    here.settle()


def test_nobody_comments_and_within_twelve_minutes_a_second_person_is_asked_by_name(late: Town) -> None:
    """IN-7: with schedules four hours late, each rung is climbed at its minute, until everyone has been asked."""
    late.report()
    late.advance("PT12M")
    assert asked_at(late) == ["03:20 @ben"]
    late.advance("PT10M")
    assert asked_at(late) == ["03:20 @ben", "03:25 @cat", "03:30 @ana @ben @cat"]
    assert {run["event"] for run in late.runs()} == {"issues", "workflow_dispatch"}


def test_it_ends_when_minutes_no_longer_count_and_begins_again_when_they_do(late: Town) -> None:
    """IN-7, AS-5: answered and medium needs no watch; raised to high it does."""
    late.report()
    late.say("ben", "/ack")
    late.advance("PT5M")
    assert watches(late) == ["running"]  # the severity is unknown
    late.say("ben", "/severity medium")
    late.advance("PT5M")
    assert watches(late) == ["success"]
    late.say("ben", "/severity high")
    assert watches(late) == ["success", "running"]


def test_it_hands_over_to_itself_and_nothing_is_late(tmp_path: Path) -> None:
    """IN-7: nobody answers; a second watch takes the place of the first one, and everyone is asked at the minute."""
    with town(tmp_path, POLICY | {"watch": {"handover": "40m"}}) as here:
        here.weather(**LATE)
        here.report()
        here.advance("PT1H25M")
        assert watches(here) == ["success", "success", "running"]
        first, second, _ = (run["log"] for run in here.runs() if run["workflow"] == "watch.yml")
        assert "another watch goes on" in first
        assert "started 2026-03-02T03:50:00Z" in second
        assert asked_at(here) == ["03:20 @ben", "03:25 @cat", "03:30 @ana @ben @cat", "04:30 @ana @ben @cat"]


def test_it_hands_over_before_its_job_may_be_ended() -> None:
    """GitHub gives a job six hours; the workflow a little less, and the policy at most ten minutes less than that."""
    text = (ROOT / ".github" / "workflows" / "watch.yml").read_text()
    limit = timedelta(minutes=yaml.safe_load(text)["jobs"]["watch"]["timeout-minutes"])
    assert load_policy(Path("/nowhere")).watch.handover + GRACE < limit < timedelta(hours=6)
    with pytest.raises(ValueError, match="handover must be longer than look"):
        Watching(timedelta(minutes=5), timedelta(minutes=2), timedelta(hours=1), limit - GRACE + timedelta(minutes=1))


def test_a_lost_watch_is_started_again_by_the_next_sweep(here: Town) -> None:
    """IN-7: somebody cancels it, or its machine dies."""
    here.report()
    cancelled(here)
    assert watches(here) == ["cancelled"]
    here.advance("PT5M")
    assert watches(here) == ["cancelled", "running"]


def test_a_lost_watch_is_started_again_by_whoever_finds_something_overdue(late: Town) -> None:
    """IN-7: no sweep comes, but the reporter writes another word, which needs no answer of its own."""
    late.report()
    cancelled(late)
    late.advance("PT14M")
    late.say("rae", "is anybody there?")
    assert watches(late) == ["cancelled"]  # four minutes are not enough to tell
    late.advance("PT6M")
    assert asked_at(late) == ["03:24 @ben"]
    late.say("rae", "hello?")
    assert watches(late) == ["cancelled", "running"]
    late.advance("PT1H30M")
    assert asked_at(late)[-1].endswith("@ana @ben @cat")


def test_a_run_asks_for_the_watch_only_when_something_is_overdue(late: Town) -> None:
    """Words that put off a reminder are recorded later, and count all the same."""
    late.report()
    late.say("ben", "on it")
    for minute in range(5):
        late.advance("PT10M")
        late.say("cat", f"line {minute}")
    late.say("ben", "/severity high")
    asked = [request for request in late.requests() if request["operation"].endswith("/runs")]
    assert asked == []


def opened_unheard(here: Town, number: int = 1) -> None:
    """A report whose event is lost, in a repository at rest."""
    here.weather(drop_events=1.0)
    here.report(title=f"Odd mail {number}")
    here.weather(drop_events=0.0)
    assert here.comments(number) == []


def at_rest(here: Town) -> None:
    """Nothing was open, so the frequent sweep is off."""
    here.rest("ana", "PUT", "/actions/workflows/sweep.yml/disable")


def test_a_report_whose_event_is_lost_is_found_by_the_hourly_net(here: Town) -> None:
    """IN-7: on a good day within the hour; from then on the watch keeps time."""
    at_rest(here)
    opened_unheard(here)
    here.advance("PT7M")
    assert "Thank you" in here.board()
    assert watches(here) == ["running"]


def test_a_report_whose_event_is_lost_is_found_by_a_timer_outside(late: Town) -> None:
    """IN-7: on a bad night a `repository_dispatch` from outside bounds how long that takes."""
    at_rest(late)
    opened_unheard(late)
    late.advance("PT5M")
    late.rest("ana", "POST", "/dispatches", event_type="irp")
    late.settle()
    assert "Thank you" in late.board()
    late.advance("PT6M")
    assert asked_at(late) == ["03:20 @ben"]


def test_a_report_whose_event_is_lost_is_found_by_a_watch_that_goes_on_anyway(late: Town) -> None:
    """IN-7: within five minutes."""
    late.report()
    opened_unheard(late, 2)
    late.advance("PT5M")
    assert "Thank you" in late.board(2)


def test_a_comment_whose_event_is_lost_is_heard_by_the_watch(late: Town) -> None:
    """IN-7: it looks at least every five minutes, and starts a run for whatever one would do."""
    late.report()
    late.weather(drop_events=1.0)
    late.say("ben", "/confirm high")
    late.weather(drop_events=0.0)
    late.advance("PT5M")
    assert late.incident().status == "confirmed"


def test_what_falls_due_together_is_one_run(late: Town) -> None:
    """Two dispatches at once, and a third evicts the second: so one run looks after all."""
    late.report()
    late.report(title="Another one")
    before = len(late.runs())
    late.advance("PT12M")
    assert asked_at(late) == ["03:20 @ben"]
    assert asked_at(late, 2) == ["03:20 @ben"]
    assert [run["workflow"] for run in late.runs()[before:]] == ["incident.yml"]


def test_a_look_is_one_read_for_fifty_incidents(late: Town) -> None:
    """The budget: whatever is open, and no write."""
    late.reported(50)
    late.weather(drop_events=1.0)
    late.rest("ana", "POST", "/actions/workflows/watch.yml/dispatches", ref="main")
    late.settle()
    late.requests()
    late.advance("PT5M")
    assert [request["operation"] for request in late.requests()] == ["Sweep"]


def test_a_token_that_may_not_start_runs_fails_plainly(tmp_path: Path) -> None:
    """The run is red and says what to do."""
    with town(tmp_path) as here:
        here.weather(**LATE)
        here.report()
        cancelled(here)
        workflow_edited(tmp_path, "watch.yml", "actions: write", "actions: read")
        here.rest("ana", "POST", "/actions/workflows/watch.yml/dispatches", ref="main")
        here.advance("PT12M")
        run = here.runs()[-1]
        assert run["verdict"] == "failure"
        assert "a watch needs actions: write, contents: read and issues: read" in run["log"]


def test_a_missing_watch_is_named_and_nothing_else_fails(tmp_path: Path) -> None:
    """Somebody who does not want to pay for it disables it; the sweep goes on."""
    with town(tmp_path) as here:
        here.rest("ana", "PUT", "/actions/workflows/watch.yml/disable")
        here.report()
        run = here.runs()[0]
        assert run["verdict"] == "success"
        assert "watch.yml is missing or disabled" in run["log"]
        here.advance("PT10M")
        assert asked_at(here) == ["03:20 @ben"]


@dataclass
class Log:
    """What a watch tells, and what happens when it does."""

    lines: list[str] = field(default_factory=list)
    then: Callable[[], None] = lambda: None

    def __call__(self, line: str) -> None:
        """Take one line."""
        self.lines.append(line)
        self.then()

    def count(self, words: str) -> int:
        """How many lines have these words."""
        return sum(words in line for line in self.lines)


def watched(here: Town, log: Log, span: timedelta) -> int | None:
    """A watch in this process, whose waiting moves the clock; None when it still goes on after so long."""
    end = here.github.now() + span

    def wait(pause: timedelta) -> None:
        if here.github.now() >= end:
            raise TimeoutError
        here.advance(f"PT{int(pause.total_seconds())}S")

    files = Workflows("incident.yml", "watch.yml", "main")
    with here.door() as door:
        try:
            return Watch(door, here.desk, files, here.github.now(), log, wait).keep()
        except TimeoutError:
            return None


@pytest.fixture
def alone(late: Town) -> Town:
    """One report, and no watch but a test's own."""
    late.rest("ana", "PUT", "/actions/workflows/watch.yml/disable")
    late.report()
    return late


def test_what_a_run_cannot_settle_is_not_tried_again_and_again(alone: Town) -> None:
    """IN-7: no run is ever started; it is tried again after 2, 4, 8 minutes, and when something more falls due."""
    alone.rest("ana", "PUT", "/actions/workflows/incident.yml/disable")
    log = Log()
    assert watched(alone, log, timedelta(hours=2)) is None
    assert log.count("incident.yml for #1 could not be started: is it there, and enabled?") == log.count("incident.yml")
    tried = [line[:5] for line in log.lines if "incident.yml" in line]
    second, third, everyone = ["03:20", "03:22"], ["03:25", "03:27"], ["03:30", "03:32", "03:36", "03:44", "04:00"]
    again = ["04:30", "04:32", "04:36", "04:44", "05:00"]
    assert tried == [*second, *third, *everyone, *again]


def test_trouble_with_github_is_waited_out(alone: Town) -> None:
    """IN-7: for seven minutes nothing can be read; it asks every minute, and then does what fell due meanwhile."""
    log = Log()
    alone.advance("PT6M")
    alone.weather(error_rate=1.0)
    log.then = lambda: alone.weather(error_rate=0.0) if log.count("trying again") == 7 else None
    assert watched(alone, log, timedelta(minutes=8)) is None
    assert asked_at(alone) == ["03:23 @ben"]
    assert log.count("trying again") == 7


def test_lasting_trouble_is_left_to_another_machine(alone: Town) -> None:
    """IN-7: after ten failures in a row it starts its successor, and goes on trying until that can be done."""
    alone.rest("ana", "PUT", "/actions/workflows/watch.yml/enable")
    alone.weather(error_rate=1.0)
    log = Log()
    log.then = lambda: alone.weather(error_rate=0.0) if log.count("trying again") == 12 else None
    assert watched(alone, log, timedelta(hours=1)) == DONE
    assert log.count("may not have been started") == 2
    assert log.lines[-1] == "another watch goes on"
    alone.settle()
    assert watches(alone) == ["running"]


def test_a_successor_that_cannot_be_started_is_said_with_the_exit_code(alone: Town) -> None:
    """IN-7: the run is red, so that somebody hears of it, and the next sweep starts another."""
    (alone.checkout / ".github" / "irp.yml").write_text(yaml.safe_dump(POLICY | {"watch": {"handover": "40m"}}))
    log = Log()
    assert watched(alone, log, timedelta(hours=1)) == OURS
    assert log.lines[-2:] == [
        "watch.yml could not be started: is it enabled?",
        "no other watch could be started; the next sweep starts one",
    ]
