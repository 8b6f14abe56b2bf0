"""The rules by which GitHub starts runs, from the program's side: whatever starts, waits, is lost or is run again.

Reminders that come late or never are in `test_watch.py`, lost and doubled events in `test_settles.py`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import requests
import yaml

from irp_actions.edges.standin.weather import USUAL
from tests.e2e.town import PEOPLE, POLICY, Town, town, workflow_edited


def started_by(here: Town, event: str) -> list[Any]:
    """The runs that an event started."""
    return [run for run in here.runs() if run["event"] == event]


def again(here: Town, run: Any, who: str = "ana") -> Any:
    """Somebody runs a run again; its latest attempt."""
    here.rest(who, "POST", f"/actions/runs/{run['id']}/rerun")
    here.settle()
    return next(found for found in reversed(here.runs()) if found["id"] == run["id"])


def refused(here: Town, who: str, method: str, path: str, **body: Any) -> int:
    """The status of a request that is to be refused."""
    with pytest.raises(requests.HTTPError) as error:
        here.rest(who, method, path, **body)
    return error.value.response.status_code


# No run for what a job's token does


def test_what_the_program_writes_starts_nothing(here: Town) -> None:
    """Its comments, labels and edits are events that GitHub keeps from workflows; the dispatch of the watch is not."""
    here.report()
    here.say("ben", "/confirm high")
    assert len(here.comments()) > 1
    assert [run["event"] for run in here.runs()] == ["issues", "issues", "workflow_dispatch", "issue_comment"]


def test_what_the_program_starts_is_started(here: Town) -> None:
    """Its own dispatch is the one thing it can start: here the watch, by the run of the report."""
    here.report()
    watch = started_by(here, "workflow_dispatch")
    assert [(run["workflow"], run["actor"]) for run in watch] == [("watch.yml", "github-actions[bot]")]


# Groups


def test_a_run_that_a_newer_one_evicts_loses_nothing(here: Town) -> None:
    """Three comments while one run goes on: the second run is evicted, and the third hears all three."""
    here.report()
    for text in ("on it", "/confirm high", "/sitrep looking"):
        here.say("ben", text, settle=False)
    here.settle()
    assert here.incident().severity == "high"
    assert [entry.call for entry in here.record().entries][-2:] == ["confirm", "sitrep"]


def test_with_a_queue_every_run_has_its_turn_and_says_it_once(tmp_path: Path) -> None:
    """`queue: max` in the workflow file: none is evicted, and the issue is the same."""
    with town(tmp_path) as here:
        old = "group: irp-writer\n  cancel-in-progress: false"
        workflow_edited(tmp_path, "incident.yml", old, "group: irp-writer\n  queue: max")
        here.report()
        for text in ("on it", "/confirm high", "/sitrep looking"):
            here.say("ben", text, settle=False)
        here.settle()
        assert not any(run["evicted"] for run in here.runs())
        calls = [entry.call for entry in here.record().entries]
        assert (calls.count("confirm"), calls.count("sitrep")) == (1, 1)


def test_no_two_workflows_write_at_once(here: Town) -> None:
    """A group spans workflows: while a sweep goes on, the run of a comment waits, and gives way to that of the net."""
    here.report()
    before = len(here.runs())

    def writers() -> list[str]:
        return [run["verdict"] for run in here.runs()[before:] if run["workflow"] != "watch.yml"]

    here.weather(cron_drop=1.0)
    sweeps = "python -m irp_actions sweep"
    workflow_edited(here.checkout, "sweep.yml", f"- run: {sweeps}", f"- run: sleep 60 && {sweeps}")
    here.rest("ana", "POST", "/actions/workflows/sweep.yml/dispatches", ref="main")
    here.settle()
    here.say("ben", "/confirm high")
    assert writers() == ["running", "pending"]
    here.rest("ana", "POST", "/actions/workflows/net.yml/dispatches", ref="main")
    here.settle()
    assert writers() == ["running", "cancelled", "pending"]
    assert here.incident().severity != "high"
    here.advance("PT1M")
    assert writers()[:3] == ["success", "cancelled", "success"]
    assert [entry.call for entry in here.record().entries].count("confirm") == 1


# The default branch, and no other


def test_a_workflow_of_another_branch_cannot_be_asked_for(here: Town) -> None:
    """The stand-in has one branch, and a dispatch that names another is refused."""
    path = "/actions/workflows/incident.yml/dispatches"
    assert refused(here, "ana", "POST", path, ref="mine", inputs={"number": "1"}) == 422


# Re-runs


def test_a_run_that_is_run_again_does_nothing_twice(here: Town) -> None:
    """Every run there was, the report's and each command's: not one write, and the issue is as it was."""
    here.report()
    here.say("ben", "on it")
    here.say("ben", "/confirm high the key was used")
    here.say("rae", "/close")
    before, count = here.picture(), len(here.comments())
    here.requests()
    for run in [*started_by(here, "issues"), *started_by(here, "issue_comment")]:
        assert again(here, run)["verdict"] == "success"
    assert {request["operation"] for request in here.requests()} == {"Incident"}
    assert (here.picture(), len(here.comments())) == (before, count)


def test_a_run_that_failed_is_made_up_for_by_running_it_again(here: Town) -> None:
    """Somebody who sees a red run does what anybody would."""
    here.weather(error_rate=1.0, statuses=(500,))
    number = here.report()
    here.weather(error_rate=0.0)
    failed = started_by(here, "issues")[0]
    assert (failed["verdict"], here.comments(number)) == ("failure", [])
    assert again(here, failed)["verdict"] == "success"
    assert here.picture(number)["boards"] == 1


def test_whoever_runs_a_run_again_gives_it_no_authority(here: Town) -> None:
    """An outsider's command stays refused, though a responder runs its run again; and outsiders run none."""
    here.report()
    here.say("ben", "on it")
    here.say("out", "/close")
    run = started_by(here, "issue_comment")[-1]
    entry = here.record().entries[-1]
    assert (entry.call, entry.verdict) == ("close", "refused")
    latest = again(here, run)
    assert (latest["actor"], latest["triggering_actor"]) == ("out", "ana")
    assert here.issue()["state"] == "open"
    assert refused(here, "out", "POST", f"/actions/runs/{run['id']}/rerun") == 403


def test_a_run_of_before_brings_no_policy_of_before_back(here: Town) -> None:
    """It would else be a way around a protected branch: whoever may write may run anything again for a month."""
    here.report()
    here.say("ben", "on it")
    old, first = started_by(here, "issue_comment")[-1], here.incident().policy
    policy = here.checkout / ".github" / "irp.yml"
    policy.write_text(yaml.safe_dump({**POLICY, "people": {"on_call": ["cat"]}}))
    here.say("cat", "/confirm high")
    pinned = here.incident().policy
    assert pinned != first
    assert again(here, old)["verdict"] == "success"
    assert here.incident().policy == pinned


def test_a_run_about_what_is_gone_is_run_again_in_peace(here: Town) -> None:
    """The comment was deleted, the incident closed: nothing is said and nothing fails."""
    here.report()
    made = here.say("ben", "on it")
    here.rest("ben", "DELETE", f"/issues/comments/{made['id']}")
    here.settle()
    run = started_by(here, "issue_comment")[0]
    before = here.picture()
    assert again(here, run)["verdict"] == "success"
    assert here.picture() == before


# What opening an issue tells


def test_a_report_with_labels_is_two_events_and_one_answer(here: Town) -> None:
    """`opened` and `labeled` arrive together; the second run finds all done."""
    here.report()
    assert [run["verdict"] for run in started_by(here, "issues")] == ["success", "success"]
    assert here.picture()["boards"] == 1


def test_a_reader_s_report_without_the_form_is_taken_up_when_somebody_labels_it(here: Town) -> None:
    """Labels that a reader gives are dropped without a word, so it is no incident until somebody says so."""
    made = here.rest("rae", "POST", "/issues", title="Odd mail", body="A link", labels=["irp"])
    here.settle()
    assert made["labels"] == []
    assert here.comments() == []
    here.rest("ben", "POST", f"/issues/{made['number']}/labels", labels=["irp"])
    here.settle()
    assert here.picture(made["number"])["boards"] == 1


def test_an_association_that_misleads_is_not_believed(tmp_path: Path) -> None:
    """A private member with write access is shown as `NONE`, and commands all the same; access is asked for."""
    with town(tmp_path) as here:
        here.control("PUT", "users/dee", permission=PEOPLE["dee"], private_member=True)
        here.report()
        here.say("ben", "on it")
        assert here.say("dee", "/severity medium")["author_association"] in ("NONE", "CONTRIBUTOR")
        assert here.incident().severity == "medium"


# Too long, switched off, late


def test_a_body_that_is_too_long_is_refused_to_people_and_never_sent_by_the_program(here: Town) -> None:
    """A comment of more than 65,536 characters is a 422 to whoever sends it; a record as long goes in parts."""
    here.report()
    assert refused(here, "ben", "POST", "/issues/1/comments", body="x" * 65_537) == 422
    for _ in range(3):
        here.say("ben", "/note " + "a long story " * 4_000)
    assert all(run["verdict"] == "success" for run in here.runs() if run["workflow"] == "incident.yml")
    assert max(len(comment["body"]) for comment in here.comments()) <= 65_536


def test_a_workflow_that_is_switched_off_starts_for_nothing_and_what_was_missed_is_made_up_for(here: Town) -> None:
    """A dispatch is a 422 and events are lost; the net hears of it, and once it is on again so does any comment."""
    here.report()
    here.rest("ana", "PUT", "/actions/workflows/incident.yml/disable")
    here.say("ben", "/confirm high")
    path = "/actions/workflows/incident.yml/dispatches"
    assert refused(here, "ana", "POST", path, ref="main", inputs={"number": "1"}) == 422
    assert here.incident().severity != "high"
    here.rest("ana", "PUT", "/actions/workflows/incident.yml/enable")
    here.say("cat", "reading along")
    assert here.incident().severity == "high"


def test_the_frequent_sweep_is_off_at_rest_and_on_while_there_is_an_incident(here: Town) -> None:
    """The program switches it, with the job's own token."""

    def state() -> str:
        workflow = here.rest("ana", "GET", "/actions/workflows/sweep.yml")
        return str(workflow["state"])

    here.advance("PT10M")
    assert state() == "disabled_manually"
    here.report()
    assert state() == "active"


def test_with_schedules_late_and_dropped_the_reminder_is_on_time(here: Town) -> None:
    """The watch keeps it; nothing of a schedule is needed while minutes count."""
    here.weather(**USUAL)
    here.report()
    assert here.notes() == []
    here.advance("PT9M")
    assert here.notes() == []
    here.advance("PT1M")
    assert "@ben" in here.notes()[0]
    assert not started_by(here, "schedule")
