"""One incident, reported twice: two records over HTTP, each written by its own runs of the shipping workflows."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.e2e.town import Town


def by_command(here: Town) -> None:
    """A responder says of which."""
    here.say("ben", "/duplicate #1 the same mail", number=2)


def by_hand(here: Town) -> None:
    """A responder uses GitHub's own button, is asked of which, and says it."""
    here.rest("ben", "PATCH", "/issues/2", state="closed", state_reason="duplicate")
    here.settle()
    assert "Thank you, @out. This is known already." in here.notes(2)[-1]
    assert "ben, of which one? `/duplicate #12` notes it." in here.notes(2)[-1]
    assert here.incident(1).duplicates == {}
    here.advance("PT1M")
    here.say("ben", "/duplicate #1 the same mail", number=2)


@pytest.mark.parametrize("closed", [by_command, by_hand])
def test_a_report_that_is_known_goes_on_in_the_other_record(here: Town, closed: Callable[[Town], None]) -> None:
    """IN-12: it is closed with an answer, the other one's board and record name it, and its reporter hears the end."""
    here.report("rae")
    here.advance("PT1M")
    assert here.report("out", title="A mail that looks odd") == 2
    assert "Reports of the 24 hours before this one" in here.board(2)
    here.say("ben", "on it")
    closed(here)

    issue, second = here.issue(2), here.incident(2)
    assert (issue["state"], issue["state_reason"]) == ("closed", "duplicate")
    assert "status: duplicate" in {label["name"] for label in issue["labels"]}
    assert "Duplicate of **#1**" in issue["body"]
    assert "Thank you, @out. This is the same as #1, where people are at work on it." in here.notes(2)[-1]
    assert "you will be told there when it is over" in here.notes(2)[-1]
    assert (second.duplicate_of, second.passed_on, second.clocks) == (1, True, ())

    assert "| **Also reported by** | out (#2) |" in here.board(1)
    heard = [entry for entry in here.record(1).entries if entry.call == "reported-too"]
    told = {"number": 2, "reporter": "out", "at": here.issue(2)["created_at"], "by": "ben"}
    assert [(entry.by.standing, entry.args) for entry in heard] == [("program", told)]
    assert here.issue(1)["state"] == "open"
    assert here.notes(1) == []

    here.advance("PT1M")
    here.say("ben", "/false-alarm a newsletter")
    assert "@out: you reported this too (#2). It turned out to be no security problem." in here.notes(1)[-1]
    assert here.issue(1)["state"] == "closed"
    assert len([entry for entry in here.record(1).entries if entry.call == "reported-too"]) == 1
    assert "failure" not in {run["verdict"] for run in here.runs()}
