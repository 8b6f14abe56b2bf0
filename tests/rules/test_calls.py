"""Deciding, inputs: commands, labels, form answers, ticks, plain words, closing and re-opening are all calls."""

from __future__ import annotations

from dataclasses import replace

import pytest

from irp_actions.values.policy import People
from tests.model import Model, confirmed, opened, policy_with


def test_a_slash_command_is_a_call() -> None:
    """AS-3: the usual way."""
    model = opened()
    model.told("ben", "/confirm high the key was used from abroad")
    entry = model.entry("confirm")
    assert (entry.verdict, entry.args) == ("accepted", {"severity": "high"})
    assert model.record.text_of(entry.n) == "the key was used from abroad"


def test_several_commands_of_one_comment_are_several_calls_in_order() -> None:
    """Each is judged by the state that the one before has left."""
    model = opened()
    model.told("ben", "/confirm\n/sev medium\nbecause nothing was read\n/handoff @cat you are fresh\n/sitrep later")
    assert [e.call for e in model.entries[2:]] == ["confirm", "severity", "handoff", "sitrep"]
    assert {e.source for e in model.entries[2:]} == {model.entries[2].source}
    assert model.record.text_of(model.entry("severity").n) == "because nothing was read"
    assert model.incident.handoffs[0].incoming == "cat"


def test_a_plain_comment_of_a_roster_member_is_a_sign_of_life() -> None:
    """Any word acknowledges, and the first to say one is in command (IN-4, IN-7)."""
    model = opened()
    model.told("ben", "phone in hand, reading")
    assert model.incident.acknowledged is not None
    assert model.incident.holder("ic") == "ben"
    assert model.incident.responders == ("ben",)


@pytest.mark.parametrize(
    ("label", "state"),
    [
        ("severity: high", ("investigating", "high")),
        ("severity: medium", ("investigating", "medium")),
        ("status: confirmed", ("confirmed", "unknown")),
        ("status: resolved", ("resolved", "unknown")),
        ("status: false alarm", ("false-alarm", "unknown")),
    ],
)
def test_a_state_label_set_by_a_person_says_the_same_as_the_command(label: str, state: tuple[str, str]) -> None:
    """AS-3, AS-5: the label picker on a phone is a fine way to command."""
    model = opened()
    model.wait(1)
    model.label(label, by="ben")
    model.run()
    assert (model.incident.status, model.incident.severity) == state
    assert "by-hand" in model.entries[-1].marks
    assert model.incident.holder("ic") == "ben"


def test_the_label_closed_closes_as_the_command_does() -> None:
    """Once nobody has to be at work any more."""
    model = confirmed()
    model.told("ben", "/resolve")
    model.label("status: closed", by="ben")
    model.run()
    assert not model.issue.is_open
    assert "# Incident report" in model.ours[-1].body


def test_a_state_label_is_replaced_not_doubled() -> None:
    """Whoever adds the new one need not take the old one away."""
    model = confirmed("high")
    model.label("severity: low", by="cat")
    model.run()
    assert {label for label in model.issue.labels if label.startswith("severity")} == {"severity: low"}


def test_a_state_label_set_at_creation_by_a_person_counts() -> None:
    """A label set while opening fires like any other."""
    model = Model()
    model.open("ben")
    model.label("severity: high", by="ben")
    model.run()
    assert model.incident.severity == "high"


def test_a_label_of_somebody_elses_is_no_call() -> None:
    """Only `severity:` and `status:` are ours."""
    model = confirmed()
    entries = len(model.entries)
    model.label("team: blue", by="ben")
    assert model.run().changes == ()
    assert len(model.entries) == entries
    assert "team: blue" in model.issue.labels


def test_closing_by_hand_after_the_end_posts_the_report() -> None:
    """The same as `/close` (CL-5)."""
    model = confirmed()
    model.told("ben", "/resolve")
    model.close_by_hand("ben")
    assert "# Incident report" in model.heard()
    assert model.incident.status == "closed"
    assert not model.issue.is_open


def test_closing_as_not_planned_while_investigating_is_a_false_alarm() -> None:
    """What GitHub's menu means by it (AS-2)."""
    model = opened()
    model.told("ben", "on it")
    model.close_by_hand("ben", "NOT_PLANNED")
    assert "False alarm. Thank you" in model.heard()
    assert model.incident.status == "false-alarm"


def test_closing_as_a_duplicate_is_taken_at_its_word() -> None:
    """IN-12: nobody has to be at work on a copy."""
    model = opened()
    model.told("ben", "on it")
    model.close_by_hand("ben", "DUPLICATE")
    model.run()
    assert model.incident.status == "duplicate"
    assert not model.issue.is_open


def test_closing_by_hand_by_somebody_who_may_not_is_undone() -> None:
    """CL-5: the reporter may close on GitHub; here that is refused, once, with the reason."""
    model = confirmed()
    model.told("ben", "/resolve")
    model.close_by_hand("rae")
    said = model.heard()
    assert model.issue.is_open
    assert "@rae" in said
    assert "Only the team can close this" in said
    assert model.run().changes == ()


def test_reopening_by_hand_takes_it_up_again() -> None:
    """CL-5: the same as `/reopen`."""
    model = confirmed()
    model.told("ben", "/resolve\n/close")
    assert not model.issue.is_open
    model.reopen_by_hand("cat")
    model.run()
    assert model.incident.status == "confirmed"
    assert model.issue.is_open


def test_reopening_by_hand_by_a_stranger_is_undone() -> None:
    """CL-5: closed stays closed until the team says otherwise."""
    model = confirmed()
    model.told("ben", "/resolve\n/close")
    model.reopen_by_hand("rae")
    model.run()
    assert not model.issue.is_open
    assert model.entry("reopen").verdict == "refused"


def test_an_issue_that_was_closed_and_opened_again_between_two_runs_is_open() -> None:
    """Each deed is decided once, in its order, whatever the state was when the run was late."""
    model = opened()
    model.told("ben", "on it")
    model.say("cat", "/false-alarm", after=0)
    model.close_by_hand("ben", "NOT_PLANNED")
    model.reopen_by_hand("cat")
    model.run()
    assert model.incident.status == "investigating"
    assert model.run().changes == ()
    assert model.issue.is_open


def test_a_second_closing_by_hand_of_what_is_closing_already_says_nothing_new() -> None:
    """CL-5: it is read once and never again, whatever happens after it."""
    model = opened()
    model.wait(1)
    model.close_by_hand("ana")
    model.run()
    assert model.issue.is_open  # CL-5: re-opened once
    model.close_by_hand("ana")
    model.reopen_by_hand("ana")
    model.run()
    assert model.run().changes == ()


def test_a_bare_ic_fills_a_chair_that_an_acknowledging_bot_left_empty() -> None:
    """IN-4: a trusted bot's acknowledgement commands nothing."""
    model = Model(replace(policy_with(), people=People(on_call=("ben",), bots=("siem",))))
    model.open()
    model.told("siem[bot]", "/ack")
    assert model.incident.holder("ic") is None
    model.told("ben", "/ic")
    assert model.incident.roles["ic"].how == "assumed"


def test_a_line_that_only_looks_like_a_time_is_words() -> None:
    """RO-4: nobody typed a command, so nobody is told off."""
    model = confirmed()
    assert model.told("ben", "99:99 bottles of beer") == ""
    model.told("ben", "/sitrep fine")
    assert "timeline" not in [entry.call for entry in model.entries]


def test_a_role_typed_as_a_command_is_answered_with_how_roles_are_given() -> None:
    """HO-1: `/co @cat` is not `/handoff co @cat`."""
    model = confirmed()
    assert "co" in model.told("ben", "/comms @cat")
    assert model.incident.handoffs == ()
