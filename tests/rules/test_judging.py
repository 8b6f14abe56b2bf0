"""The first five minutes: somebody takes it on, and somebody judges it (IN-4, IN-8)."""

from __future__ import annotations

from irp_actions.rules.sources import RECORD_LABEL
from tests.model import REPORT_FORM, Model, confirmed, opened

TEAM_FORM = "### What is going on?\n\nA strange mail.\n\n### Are you on it?\n\n- [{}] I am handling this now\n"


def test_incident_or_false_alarm_is_asked_on_the_board_only() -> None:
    """IN-8: five minutes from the acknowledgement, and no comment of its own when they are over."""
    model = opened()
    model.told("ben", "/ack")
    assert "| 03:16 UTC | Incident or false alarm? | ben |" in model.board
    model.wait(6)
    assert not model.heard()


def test_the_question_goes_along_with_what_is_said_anyway() -> None:
    """IN-8: folded into the next comment, as long as it is open."""
    model = opened()
    model.told("ben", "/ack")
    assert "is it an incident (`/confirm`) or a false alarm" not in model.told("ben", "/sev hgh")
    assert "is it an incident (`/confirm`) or a false alarm" in model.told("ben", "/sev hgh", after=6)
    model.told("ben", "/confirm high")
    assert "is it an incident" not in model.told("ben", "/sev hgh", after=6)


def test_a_tick_after_the_opening_is_an_acknowledgement_of_who_ticked() -> None:
    """IN-4: the edit history says who it was."""
    model = Model()
    model.open(body=TEAM_FORM.format(" "))
    model.run()
    model.wait(2)
    model.edit_body(model.issue.body.replace("- [ ] I am", "- [x] I am"), by="cat")
    model.run()
    assert model.incident.holder("ic") == "cat"
    assert model.entry("ack").by.login == "cat"


def test_a_tick_by_somebody_outside_the_team_is_no_acknowledgement() -> None:
    """IN-4: the first roster member, not whoever can edit."""
    model = Model()
    model.open(body=TEAM_FORM.format(" "))
    model.run()
    model.wait(2)
    model.edit_body(model.issue.body.replace("- [ ] I am", "- [x] I am"), by="rae")
    model.run()
    assert model.incident.acknowledged is None


def test_what_stands_in_an_old_issue_is_not_obeyed_when_it_becomes_a_record() -> None:
    """IN-2: commands count from the label on; what was written before was written to nobody."""
    model = Model()
    model.open(body="an old issue", labels=())
    model.say("ben", "/close\nlet us close this")
    model.say("ben", "talk", after=60)
    model.label(RECORD_LABEL, by="ben")
    model.wait(1)
    model.run()
    assert model.issue.is_open
    assert [entry.call for entry in model.entries if entry.by.login == "ben"] == ["word", "word"]
    model.told("ben", "/close")
    assert not model.issue.is_open


def test_a_form_counts_from_its_opening() -> None:
    """IN-1: a label that was set late, or again, takes nothing away from a report that came by a form."""
    model = Model()
    model.open(body=REPORT_FORM, labels=())
    model.say("ben", "/confirm high")
    model.label(RECORD_LABEL, by="ben")
    model.run()
    assert model.incident.severity == "high"


def test_closed_and_opened_again_between_two_runs_needs_no_answer() -> None:
    """CL-5: nothing is left of it to be said."""
    model = confirmed("high")
    model.close_by_hand("ben")
    model.wait(1)
    model.reopen_by_hand("ben")
    assert not model.heard()
    assert model.issue.is_open
