"""What a run costs in requests, counted from the stand-in's log (the budgets of docs/budgets.md)."""

from __future__ import annotations

from irp_actions.edges.reconcile import sweep
from tests.e2e.town import Town

READS = {"Incident", "Sweep", "Older", "ById", "Editors"}


def counted(here: Town) -> tuple[int, int, int]:
    """Reads, writes and permission questions since the last count."""
    operations = [request["operation"] for request in here.requests()]
    reads = sum(operation in READS for operation in operations)
    asked = sum("/permission" in operation for operation in operations)
    return reads, len(operations) - reads - asked, asked


def test_a_command_of_the_roster_costs_one_read_and_one_write(here: Town) -> None:
    """A command by somebody on the roster."""
    here.report()
    here.say("ben", "on it")
    here.requests()
    here.say("ben", "/confirm high")
    assert counted(here) == (1, 1, 0)


def test_somebody_else_s_command_costs_one_question_more(here: Town) -> None:
    """A command by somebody with write access who is not on the roster."""
    here.report()
    here.say("ben", "on it")
    here.requests()
    here.say("dee", "/severity medium")
    assert counted(here) == (1, 1, 1)


def test_an_ordinary_comment_costs_one_read(here: Town) -> None:
    """Chatter during an incident is read and recorded later, together with the next call."""
    here.report()
    here.say("ben", "on it")
    here.requests()
    here.say("ben", "looking at the logs")
    here.say("rae", "thank you!")
    assert counted(here) == (2, 0, 0)


def test_nothing_to_do_costs_one_read(here: Town) -> None:
    """A run of an issue that is as it should be."""
    here.report()
    here.requests()
    here.rest("ana", "POST", "/actions/workflows/incident.yml/dispatches", ref="main", inputs={"number": "1"})
    here.settle()
    assert counted(here) == (1, 0, 0)


def test_a_sweep_with_nothing_due_reads_once_for_fifty(here: Town) -> None:
    """Sixty open incidents are two reads and no write."""
    here.reported(60)
    here.requests()
    with here.door() as door:
        assert len(list(sweep(door, here.desk, here.github.now()))) == 60
    assert counted(here) == (2, 0, 0)


def test_a_sweep_asks_once_whether_the_watch_runs(here: Town) -> None:
    """And reads once more if this machine is wrong about the time, as it is on a simulated clock."""
    here.report()
    here.requests()
    here.rest("ana", "POST", "/actions/workflows/sweep.yml/dispatches", ref="main")
    here.settle()
    runs = "GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs"
    assert [request["operation"] for request in here.requests()] == ["Sweep", "Sweep", runs]
