"""Taken up again: whoever re-opens it commands, everybody is told once, and what ran before is over (CL-5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from irp_actions.rules.shifts import reliefs
from irp_actions.values.incident import Running
from irp_actions.values.policy import People
from tests.model import Model, confirmed, policy_with

NIGHT = 16 * 60
"""Minutes after which nobody of the day is awake any more."""


def closed(severity: str = "high", **model: Any) -> Model:
    """Ben commanded, cat helped, and it was closed; they are asleep now."""
    found = confirmed(severity, **model)
    found.told("cat", "/join")
    found.told("ben", "/sitrep all quiet\n/resolve the key is off\n/close")
    found.wait(NIGHT)
    return found


def clock(model: Model, rule: str) -> Running:
    """The running clock of a rule."""
    return next(clock for clock in model.incident.clocks if clock.rule == rule)


def test_whoever_reopens_it_is_in_command() -> None:
    """CL-5, IN-4: like the first responder; who commanded before does not, and is assigned no more."""
    model = closed()
    model.told("ana", "/reopen the key is used again")
    held = model.incident.roles["ic"]
    assert (held.login, held.how) == ("ana", "reopened")
    assert "ben" in model.incident.former
    assert model.issue.assignees == {"ana"}


@pytest.mark.parametrize("severity", ["high", "low"])
def test_everybody_is_told_in_one_comment_and_the_old_commander_by_name(severity: str) -> None:
    """CL-5: who, when, why, how bad, and who is in command now; nothing of it a second time."""
    model = closed(severity)
    said = model.told("ana", "/reopen the key is used again")
    assert said.partition("\n")[2] == (
        "**Taken up again by ana at 19:14 UTC:** the key is used again. "
        f"Severity {severity}; ana is in command. @ben was in command before."
    )
    assert model.run().changes == ()


def test_what_else_changed_meanwhile_is_news_of_that_comment() -> None:
    """CL-5: only what it says itself is not said twice."""
    model = closed()
    said = model.told("ana", "/reopen the key is used again\n/contained 19:12 it is off")
    assert "<sub>Since my last comment: **contained** since 19:12 UTC (ana, 19:14 UTC).</sub>" in said


def test_reopening_by_hand_is_the_same() -> None:
    """CL-5: only the reason is missing."""
    model = closed()
    model.reopen_by_hand("ana")
    assert "**Taken up again by ana at 19:13 UTC.** Severity high; ana is in command." in model.heard()
    assert model.incident.holder("ic") == "ana"


def test_a_confirmation_of_what_was_resolved_takes_it_up_again() -> None:
    """CL-5, AS-3: it is active again, whatever word that was said with."""
    model = confirmed()
    model.told("ben", "/resolve done")
    said = model.told("ana", "/confirm high it is back", after=NIGHT)
    assert "**Taken up again by ana" in said
    assert model.incident.holder("ic") == "ana"


def test_a_commander_who_reopens_it_stays_in_command() -> None:
    """CL-5: nobody else was in command before who has to be told."""
    model = closed()
    since = model.incident.roles["ic"].since
    said = model.told("ben", "/reopen it is back")
    assert "ben is in command." in said
    assert "before" not in said
    assert model.incident.roles["ic"].since == since


def test_who_holds_another_role_and_rests_is_told_too() -> None:
    """CL-5, RO-3: they will be asked for their part, so they hear of it."""
    model = confirmed()
    model.told("cat", "/take co")
    model.told("ben", "/resolve\n/close")
    said = model.told("ana", "/reopen again", after=NIGHT)
    assert "@ben was in command before. @cat is still communications officer." in said


def test_an_offer_of_the_command_ends_with_it() -> None:
    """CL-5, HO-2: nobody accepts a command from somebody who has it no more."""
    model = confirmed()
    model.told("ben", "/handoff ic @cat night shift\n/resolve")
    model.told("ana", "/reopen again", after=NIGHT)
    assert model.incident.handoffs[-1].withdrawn


@pytest.mark.parametrize("who", ["rae", "zoe"])
def test_somebody_from_outside_does_not_take_it_up(who: str) -> None:
    """CL-5: they are told who can, and it stays closed."""
    model = closed()
    assert "Only the team can reopen this" in model.told(who, "/reopen it is back")
    model.reopen_by_hand(who)
    model.run()
    assert not model.issue.is_open
    assert model.incident.reopened is None


def test_a_program_that_takes_it_up_leaves_the_chair_empty() -> None:
    """CL-5, HO-6: nobody commands who does not know of it; somebody is called at once."""
    people = People(on_call=("ana", "ben", "cat"), bots=("siem",))
    model = closed(policy=replace(policy_with(), people=people))
    said = model.told("siem[bot]", "/reopen the same alert")
    assert model.incident.holder("ic") is None
    assert model.incident.responders == ()
    assert "**Taken up again by siem at 19:14 UTC:** the same alert. Severity high. 🔴 Nobody is in command" in said
    assert "**Nobody is in command.** ben was off" in said


def test_only_who_acts_after_it_is_on_it() -> None:
    """RO-1: those of the day are asleep until they say a word, and are named again in the end."""
    model = closed()
    model.told("ana", "/reopen the key is used again")
    assert model.incident.responders == ("ana",)
    assert "| **Working on it** | ana |" in model.board
    model.told("cat", "awake")
    assert model.incident.responders == ("ana", "cat")
    assert model.incident.rested == ("ben",)
    model.told("ana", "/close it was the same key")
    assert "| **Worked on it** | ben, ana, cat |" in model.board


def test_one_person_alone_with_it_is_helped_after_twenty_minutes() -> None:
    """RO-1, RO-7: counted from the re-opening, whoever helped before it."""
    model = closed()
    model.told("ana", "/reopen the key is used again")
    for rule in ("RO-1", "RO-7"):
        assert (clock(model, rule).since, clock(model, rule).due) == (model.now, model.now + timedelta(minutes=20))
    model.wait(20)
    assert "**ana has been alone with this since 19:14 UTC.**" in model.heard()


def test_being_left_alone_is_counted_from_then_after_a_re_opening_too() -> None:
    """RO-1: whoever helped before the re-opening, and left, does not make company."""
    model = closed()
    model.told("ana", "/reopen the key is used again")
    model.told("cat", "awake", after=5)
    model.told("cat", "/leave", after=30)
    assert clock(model, "RO-1").since == model.now


def test_what_was_contained_is_asked_about_when_it_comes_back() -> None:
    """RE-3, CL-5: nobody takes an old containment for a new one."""
    model = confirmed()
    model.told("ben", "/contained\n/resolve\n/close")
    said = model.told("ben", "/reopen the key is used again")
    assert "It still stands as contained since 03:12 UTC: `/contained no` if it is not." in said
    assert "contained since" not in model.told("cat", "/contained no")
    assert model.incident.contained is None


def test_somebody_else_s_word_ends_being_alone() -> None:
    """RO-1: also of somebody who helped before."""
    model = closed()
    model.told("ana", "/reopen the key is used again")
    model.told("cat", "awake")
    assert all(clock.rule != "RO-1" for clock in model.incident.clocks)


def test_a_helper_from_before_who_is_not_on_the_roster_is_still_known() -> None:
    """RO-1, IN-4: their plain word counts, though nobody asks GitHub about it."""
    model = confirmed(writers=frozenset({"wes"}))
    model.told("wes", "/join")
    model.told("ben", "/resolve\n/close")
    model.told("ana", "/reopen again", after=NIGHT)
    model.told("wes", "on my way")
    assert model.incident.responders == ("ana", "wes")


def test_who_was_asked_before_it_has_not_been_silent_since() -> None:
    """HO-7: the questions of the day are over."""
    model = confirmed()
    model.wait(31)
    model.run()
    assert model.incident.asked
    model.told("ana", "/close")
    model.told("ben", "/reopen again", after=NIGHT)
    assert not model.incident.asked


def test_a_long_remediation_begins_anew() -> None:
    """RE-8: three hours after it was taken up again, and not half an hour because of yesterday."""
    model = closed()
    model.told("ana", "/reopen the key is used again")
    assert clock(model, "RE-8").due == model.now + timedelta(hours=3)
    for _ in range(12):
        model.told("ana", "/sitrep going on", after=10)
    assert "This will take longer" not in "".join(comment.body for comment in model.ours)


def test_what_took_long_before_does_not_take_long_at_once() -> None:
    """RE-8: that nobody had made a plan was of the day."""
    model = confirmed()
    for _ in range(13):
        model.told("ben", "/sitrep going on", after=15)
    assert model.incident.work.long is not None
    model.told("ben", "/close")
    model.told("ana", "/reopen again", after=NIGHT)
    assert model.incident.work.long is None
    assert "**Plan:**" not in model.board


def test_a_long_shift_begins_with_the_reopening() -> None:
    """RE-9: whoever held the command before, and rested, has not worked all the while."""
    model = confirmed()
    model.told("ben", "/plan continuous\n/shift @cat 03:00-06:00\n/resolve\n/close")
    model.told("ben", "/reopen again", after=NIGHT)
    assert [(c.asks, c.due - model.now) for c in model.incident.clocks if c.rule == "RE-9"] == [
        ("ben", timedelta(hours=3))
    ]


def test_a_commander_who_was_not_heard_of_is_not_relieved() -> None:
    """RE-9: of somebody who is not there nobody can say how long they have been on."""
    model = confirmed()
    model.told("ben", "/plan continuous\n/resolve\n/close")
    model.told("ana", "/reopen again", after=NIGHT)
    incident = model.incident
    assert {clock.asks for clock in incident.clocks if clock.rule == "RE-9"} == {"ana"}
    gone = replace(incident, responders=())
    assert not list(reliefs(gone))


def test_the_first_word_of_anybody_acknowledges_it() -> None:
    """IN-7: of what a program had closed before anybody answered."""
    people = People(on_call=("ana", "ben"), bots=("siem",))
    model = Model(replace(policy_with(), people=people))
    model.open()
    model.told("siem[bot]", "/close it went away")
    assert model.incident.acknowledged is None
    model.told("ana", "/reopen it did not")
    assert model.incident.acknowledged is not None
    assert model.incident.holder("ic") == "ana"
