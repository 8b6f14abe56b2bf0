"""Clocks, reminders: the right people, rung after rung, no more often than people can bear, and never nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest

from irp_actions.rules.asks import people_asked
from irp_actions.values.incident import Incident, Running
from irp_actions.values.policy import Ask, People
from tests.model import PACKAGED, START, Model, confirmed, opened, policy_with
from tests.passing import mentioned


def due(model: Model, rule: str) -> float:
    """Minutes from the opening until a running clock is due."""
    clock = next(clock for clock in model.incident.clocks if clock.rule == rule)
    return (clock.due - START).total_seconds() / 60


def test_the_first_of_the_roster_is_asked_with_the_opening_itself() -> None:
    """Nobody waits ten minutes for the first call (IN-7)."""
    assert "@ana has been asked" in opened().board


def test_rung_after_rung_asks_the_second_the_third_and_everyone() -> None:
    """IN-7: at ten, fifteen and twenty minutes, until somebody answers."""
    model = opened()
    asked = []
    for _ in range(30):
        model.wait(1)
        said = model.heard()
        if said:
            asked.append(((model.now - START).total_seconds() / 60, mentioned(said)))
    assert asked == [(10, ["ben"]), (15, ["cat"]), (20, ["ana", "ben", "cat"])]


def test_an_answer_stops_the_ladder() -> None:
    """IN-7: any word of the team, not only `/ack`."""
    model = opened()
    model.wait(10)
    model.run()
    model.told("cat", "here")
    model.wait(10)
    assert model.heard() == ""
    assert "IN-7" not in [clock.rule for clock in model.incident.clocks]


@pytest.mark.parametrize("login", ["rae", "zoe", "renovate[bot]"])
def test_the_words_of_others_do_not_stop_the_ladder(login: str) -> None:
    """IN-7: the reporter's own comment answers nothing."""
    model = opened()
    model.told(login, "anybody there?", after=9)
    model.wait(1)
    assert mentioned(model.heard()) == ["ben"]


def test_somebody_is_asked_again_for_as_long_as_nobody_answers() -> None:
    """IN-7: a silent tool at 03:10 is the worst failure there is (law 3)."""
    model = opened()
    model.wait(25)
    model.run()
    for _ in range(3):
        model.wait(61)
        assert mentioned(model.heard()) == ["ana", "ben", "cat"]


def test_hours_without_a_run_are_caught_up_with_one_comment() -> None:
    """CO-6: one for all rungs that fell due, asking everybody whom they would have asked."""
    model = opened()
    model.wait(300)
    said = model.heard()
    assert len(model.ours) == 1
    assert set(mentioned(said)) == {"ana", "ben", "cat"}
    assert "an answer was due by 03:20 UTC" in said
    assert model.heard() == ""


def test_a_catch_up_says_how_late_it_is() -> None:
    """CO-6: the newest due rung speaks, with the absolute time and the distance."""
    model = confirmed()
    model.wait(240)
    said = model.heard()
    assert len(model.ours) == 1
    assert "First sitrep after confirmation:** due 03:26 UTC, 3 h 45 min ago" in said


def test_a_reminder_at_its_time_does_not_speak_of_lateness() -> None:
    """CO-6: nobody is blamed for a minute."""
    model = confirmed()
    model.wait(15)
    said = model.heard()
    assert "First sitrep after confirmation:** due 03:26 UTC. " in said


def test_the_first_sitrep_is_asked_of_the_commander_then_of_the_deputy() -> None:
    """AS-8: loud at fifteen minutes, the deputy at thirty."""
    model = confirmed()
    model.told("cat", "/take deputy")
    assert mentioned(model.told("ben", "looking", after=14)) == ["ben"]
    assert mentioned(model.told("ben", "still looking", after=15)) == ["cat"]


def test_without_a_deputy_the_next_of_the_roster_is_asked() -> None:
    """AS-8: the one after whom the clock asks."""
    model = confirmed()
    model.told("ben", "looking", after=15)
    model.told("ben", "still looking", after=15)
    assert mentioned(model.ours[-1].body) == ["cat"]


def test_the_communications_officer_writes_the_sitreps_if_there_is_one() -> None:
    """RO-3: else it is the commander's duty."""
    model = confirmed()
    assert [clock.asks for clock in model.incident.clocks if clock.rule == "AS-8"] == ["ben"]
    model.told("cat", "/take co")
    assert [clock.asks for clock in model.incident.clocks if clock.rule == "AS-8"] == ["cat"]


def test_silence_is_asked_about_after_half_an_hour_or_after_twenty_minutes_alone() -> None:
    """RO-7: with nobody beside you, sooner."""
    model = confirmed()
    assert due(model, "RO-7") == 21
    model.told("cat", "here too")
    assert due(model, "RO-7") == 32


def test_every_human_word_of_the_team_starts_the_silence_anew() -> None:
    """RO-7: a sitrep, a command, a plain word; here what the record shows at once."""
    model = confirmed()
    for minutes in (10, 10, 10):
        model.told("ben", "/ack still here", after=minutes)
    assert due(model, "RO-7") == 31 + 20


def test_silence_asks_the_commander_then_the_next_then_everyone() -> None:
    """RO-7: each rung ten minutes after the other; the first goes along with the call for help a minute before it.

    Whoever was asked and is silent since is not woken a second time within the quiet.
    """
    model = confirmed()
    model.told("ben", "/sitrep fine")
    asked = []
    for _ in range(45):
        model.wait(1)
        said = model.heard()
        if "No word from the team" in said:
            asked.append(((model.now - START).total_seconds() / 60, mentioned(said)))
    assert asked == [(21, ["cat", "ben"]), (36, ["cat", "ana"])]


def test_silence_does_not_matter_at_medium_or_low() -> None:
    """RO-7: business goes on at its own pace."""
    assert "RO-7" not in [clock.rule for clock in confirmed("medium").incident.clocks]


def test_the_cadence_asks_for_a_sitrep_an_hour_after_the_last() -> None:
    """CO-1 at high and unknown: the commander, then the deputy, then everyone, then it stops."""
    model = confirmed()
    model.told("ben", "/sitrep one")
    assert due(model, "CO-1") == 62
    asked = []
    for _ in range(120):
        model.wait(1)
        if model.now.minute % 10 == 0:
            model.say("cat", "on it", after=0)
        said = model.heard()
        if "Next sitrep" in said:
            asked.append(((model.now - START).total_seconds() / 60, mentioned(said)))
    assert asked == [(62, ["ben"]), (77, ["cat"]), (92, ["ana", "ben", "cat"])]


def test_a_sitrep_in_time_is_not_asked_for() -> None:
    """CO-6: no nagging for what was done (law 2)."""
    model = confirmed()
    model.told("cat", "here too")
    for _ in range(6):
        model.told("ben", "/sitrep all quiet", after=14)
        assert model.heard() == ""
    assert model.ours == []


def test_reminders_that_can_wait_keep_a_quiet_of_fifteen_minutes() -> None:
    """CO-6: at most one new comment in a quarter of an hour, duties merged."""
    model = confirmed()
    assert "First sitrep" not in model.told("cat", "/sev hgh", after=7)
    model.wait(9)
    assert model.heard() == ""  # due since 03:26, but we spoke at 03:18
    model.told("ben", "here", after=2)
    assert len(model.ours) == 1
    model.wait(4)
    assert "First sitrep" in model.heard()


def test_what_is_due_soon_is_said_with_an_answer_rather_than_too_late() -> None:
    """Law 2: within half of the quiet that follows it; whoever is asked so early has not been silent yet (HO-7)."""
    model = confirmed()
    model.told("cat", "here too", after=7)
    assert "First sitrep after confirmation:** due 03:26 UTC, in 7 min" in model.told("cat", "/sev hgh")
    assert model.entry("asked").args["who"] == []
    assert list(model.entry("asked").args["of"]) == ["ben"]
    model.wait(12)
    assert model.heard() == ""


def test_waking_somebody_does_not_wait_for_the_quiet() -> None:
    """IN-7: it is worth a second comment."""
    model = opened()
    model.told("rae", "/close", after=9)
    model.wait(1)
    assert "Nobody has answered" in model.heard()


def test_the_end_of_the_quiet_is_a_time_to_wake() -> None:
    """CO-6: a reminder that was held back is said when the quiet ends, though nothing else happens then."""
    model = confirmed()
    model.told("cat", "/sev hgh", after=7)
    model.wait(9)
    wakes_at = model.run().wakes_at
    assert wakes_at == START + timedelta(minutes=23)
    model.now = wakes_at
    assert "First sitrep" in model.heard()


def test_without_any_roster_the_reminder_says_so() -> None:
    """IN-7: then nobody can be called, and a person has to do it."""
    model = Model(PACKAGED)
    model.open()
    model.run()
    model.wait(10)
    assert "no one is named under `people: on_call:`" in model.heard()


@pytest.mark.parametrize(
    ("ask", "asks", "expected"),
    [
        ("asked", "ben", ("ben",)),
        ("asked", "", ("ana", "ben", "cat")),
        ("second", "", ("ben",)),
        ("third", "", ("cat",)),
        ("next", "ana", ("ben",)),
        ("next", "ANA", ("ben",)),
        ("next", "cat", ("ana",)),
        ("next", "zoe", ("ana",)),
        ("deputy", "ana", ("ben",)),
        ("everyone", "ana", ("ana", "ben", "cat")),
    ],
)
def test_each_word_of_a_rung_names_people(ask: Ask, asks: str, expected: tuple[str, ...]) -> None:
    """Never nobody while anyone is known at all."""
    clock = Running("CO-1", "", START, START, asks)
    assert people_asked(Incident(policy_with().tables()), People(("ana", "ben", "cat")), clock, ask) == expected


@pytest.mark.parametrize("ask", ["second", "third", "next", "deputy", "everyone"])
def test_a_roster_of_one_is_asked_at_every_rung(ask: Ask) -> None:
    """Rather the same person again than no one."""
    clock = Running("IN-7", "", START, START, "")
    assert people_asked(Incident(policy_with().tables()), People(("ana",)), clock, ask) == ("ana",)
