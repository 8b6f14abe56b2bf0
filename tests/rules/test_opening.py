"""Deciding, openings: which issues are records at all, and what their forms and labels say by themselves."""

from __future__ import annotations

import pytest

from tests.model import BOT, Model

TEAM_FORM = "### What is going on?\n\nToken in a log.\n\n### Are you on it?\n\n- [{}] I am handling this now\n"


def test_opening_alone_is_no_acknowledgement() -> None:
    """IN-4: even a roster member who reports has not said yet that they are on it."""
    model = Model()
    model.open("ben")
    model.run()
    assert model.incident.acknowledged is None
    assert model.incident.holder("ic") is None


def test_the_tick_of_the_team_form_is_an_acknowledgement() -> None:
    """IN-1, IN-4: one line and a tick, and the record has a commander."""
    model = Model()
    model.open("ben", body=TEAM_FORM.format("x"))
    model.run()
    assert model.incident.holder("ic") == "ben"
    assert model.incident.form == "team"


def test_a_box_that_was_not_ticked_is_none() -> None:
    """The form's question alone answers nothing."""
    model = Model()
    model.open("ben", body=TEAM_FORM.format(" "))
    model.run()
    assert model.incident.acknowledged is None


def test_a_tick_by_somebody_who_may_not_act_is_refused() -> None:
    """IN-4: authority is the same for every kind of call."""
    model = Model()
    model.open("zoe", body=TEAM_FORM.format("x"))
    model.run()
    assert model.incident.acknowledged is None
    assert model.entry("ack").verdict == "refused"


@pytest.mark.parametrize("body", ["Nothing of ours", "### Something else\n\nentirely\n"])
def test_an_issue_that_is_no_record_is_left_alone(body: str) -> None:
    """Neither our label nor one of our forms: not a word, not a label."""
    model = Model()
    model.open("rae", body=body, labels=("bug",))
    model.say("ben", "/confirm high")
    outcome = model.run()
    assert (outcome.code, outcome.changes) == (0, ())
    assert "no incident record" in outcome.said


def test_a_body_of_our_form_makes_a_record_without_the_label() -> None:
    """IN-1: GitHub drops labels of people who may not set them; the program adds what is missing."""
    model = Model()
    model.open(labels=())
    model.run()
    assert model.issue.labels == {"irp", "status: investigating", "severity: unknown"}


def test_the_label_alone_makes_a_record() -> None:
    """A pasted text is as good as a form."""
    model = Model()
    model.open(body="The mail server sends spam.")
    model.run()
    assert model.incident.form == ""
    assert model.incident.opened is not None


def test_the_label_drill_marks_a_rehearsal() -> None:
    """CL-8: nobody shall take it for real."""
    model = Model()
    model.open(labels=("irp", "drill"))
    model.run()
    assert model.incident.drill
    assert "Drill." in model.board
    assert "drill" in model.issue.labels


def test_an_issue_that_the_programs_own_identity_opened_is_a_record_like_any_other() -> None:
    """A workflow that turns alerts into issues uses the same token."""
    model = Model()
    model.create(BOT, "Alert: odd login", "From the monitor.", ("irp",))
    model.run()
    assert model.incident.opened is not None
    assert model.incident.acknowledged is None
    model.wait(10)
    assert "Nobody has answered" in model.heard()
    model.told("ben", "/confirm high")
    assert model.incident.severity == "high"


def test_an_issue_that_a_bot_opened_is_acknowledged_by_a_person() -> None:
    """A program's alert is not a person's answer."""
    model = Model()
    model.open("siem[bot]")
    model.run()
    assert model.incident.reporter == "siem"
    assert model.incident.acknowledged is None
