"""GitHub fails in every way it is known to; nothing is done twice, and nothing undone is called done."""

from __future__ import annotations

from pathlib import Path

import pytest

from irp_actions.edges.reconcile import DONE, OURS, reconcile
from tests.e2e.town import Town, town, workflow_edited


def test_a_write_applied_but_answered_502_is_not_done_again(here: Town) -> None:
    """The batch was applied; the next look sees that, and nothing is posted twice."""
    here.report()
    here.weather(drop_events=1.0)
    here.say("ben", "/sev hgh")
    here.weather(apply_then_fail=1)
    with here.door() as door:
        outcome = reconcile(door, 1, here.desk, here.github.now())
    assert outcome.code == DONE
    assert "looked again" in outcome.said
    assert [note for note in here.notes() if "hgh" in note] == here.notes()
    assert len(here.notes()) == 1


def test_the_opening_answered_502_leaves_one_board(here: Town) -> None:
    """Even the very first write is found again."""
    here.weather(apply_then_fail=1)
    here.report()
    assert here.picture()["boards"] == 1
    assert "Thank you" in here.board()


@pytest.mark.parametrize("status", [500, 502, 503, 429])
def test_reads_that_fail_for_a_while_are_tried_again(here: Town, status: int) -> None:
    """Half of all answers are errors; reads are repeated, and what is not done in this run is done in the next."""
    here.report()
    here.weather(seed=3, error_rate=0.5, statuses=[status])
    with here.door() as door:
        codes = set()
        here.weather(error_rate=0.0)
        here.say("ben", "/confirm high", settle=False)
        here.settle()
        here.weather(seed=3, error_rate=0.5, statuses=[status])
        for _ in range(6):
            try:
                codes.add(reconcile(door, 1, here.desk, here.github.now()).code)
            except Exception as error:
                codes.add(type(error).__name__)
        here.weather(error_rate=0.0)
        assert reconcile(door, 1, here.desk, here.github.now()).code == DONE
    assert here.incident().severity == "high"
    assert codes


def test_when_nobody_can_say_who_may_act_nothing_is_decided(here: Town) -> None:
    """A command by somebody who is not on the roster, while the permission call fails: neither yes nor no."""
    here.report()
    here.say("ben", "on it")
    here.weather(drop_events=1.0)
    here.say("dee", "/confirm high")
    with here.door() as door:
        original = door.standing
        door.standing = lambda login: None  # type: ignore[method-assign]
        outcome = reconcile(door, 1, here.desk, here.github.now())
        assert outcome.code == OURS
        assert "dee" in outcome.said
        assert here.incident().severity == "unknown"
        door.standing = original  # type: ignore[method-assign]
        assert reconcile(door, 1, here.desk, here.github.now()).code == DONE
    assert here.incident().severity == "high"


def test_a_token_without_permission_fails_plainly(tmp_path: Path) -> None:
    """The job may only read: the run is red, says why, and nothing is written."""
    with town(tmp_path) as here:
        workflow_edited(tmp_path, "incident.yml", "issues: write", "issues: read ")
        here.report()
        run = here.runs()[-1]
        assert run["verdict"] == "failure"
        assert "the token may not do this" in run["log"]
        assert here.comments() == []


def test_a_broken_policy_keeps_the_pinned_one(here: Town) -> None:
    """The run is red with file and line, and the incident goes on by the numbers pinned in its record."""
    here.report()
    (here.checkout / ".github" / "irp.yml").write_text("people:\n  on_cal: [ana]\n")
    here.say("dee", "/confirm high")
    run = here.runs()[-1]
    assert run["verdict"] == "failure"
    assert "irp.yml" in run["log"]
    assert "did you mean 'on_call'" in run["log"]
    (here.checkout / ".github" / "irp.yml").unlink()
    assert here.incident().severity == "high"


def test_a_missing_policy_is_the_packaged_one(tmp_path: Path) -> None:
    """Without a roster, whoever has write access responds."""
    with town(tmp_path, policy={}) as here:
        here.report()
        here.say("dee", "I have it")
        assert here.incident().holder("ic") == "dee"


def test_pull_requests_are_nobody_s_incident(here: Town) -> None:
    """A command on a pull request starts no job, and a run by hand says so and does nothing."""
    number = here.control("POST", "pulls", user="ben", title="Fix", body="### What looks wrong?\n\nx")["number"]
    here.say("ben", "/confirm high", number)
    assert {run["verdict"] for run in here.runs()} <= {"skipped"}
    with here.door() as door:
        assert reconcile(door, number, here.desk, here.github.now()).changes == ()


def test_other_issues_are_left_alone(here: Town) -> None:
    """An issue without our label and not from our form gets nothing, whatever is written there."""
    number = here.rest("ben", "POST", "/issues", title="Buy milk", body="please")["number"]
    here.say("ben", "/confirm high", number)
    assert all(c["user"]["login"] == "ben" for c in here.comments(number))
    assert here.issue(number)["labels"] == []
