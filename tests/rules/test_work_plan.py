"""A long remediation: after three hours a plan, under which nobody works longer than a shift (RE-8, RE-9)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from irp_actions.rules.prompts import prompts
from irp_actions.rules.shifts import commands_until, proposed
from irp_actions.values.fact import Fact
from irp_actions.values.work import BUSINESS_HOURS, CONTINUOUS
from tests.model import START, Model, confirmed, policy_with

LONG = "This will take longer"


def worked(severity: str = "high", hours: float = 3, **model: Any) -> Model:
    """Ben commands since 03:11, says something every quarter of an hour, and sends his sitreps."""
    found = confirmed(severity, **model)
    found.told("ben", "/sitrep confirmed")
    while found.now < START + timedelta(hours=hours):
        found.told("ben", "/sitrep going on", after=15)
    return found


def plans(model: Model) -> list[str]:
    """The comments that propose a plan."""
    return [comment.body for comment in model.ours if LONG in comment.body]


def test_after_three_hours_at_high_one_comment_has_everything_a_plan_needs() -> None:
    """RE-8: plan, shift table, handoff line and sitrep draft, ready to be sent back."""
    model = worked()
    (said,) = plans(model)
    assert "@ben" in said.split("```")[0]
    for row in ("/plan continuous", "/shift @ana 07:00-10:00", "/handoff ic @ana ", "/sitrep Confirmed"):
        assert f"\n{row}" in said.split("```")[1]
    assert "`/plan business-hours`" in said
    assert model.run().changes == ()


def test_the_plan_is_asked_for_once_however_long_it_takes() -> None:
    """RE-8: no nagging."""
    assert len(plans(worked(hours=8))) == 1


def test_the_proposed_table_begins_with_who_has_not_been_up() -> None:
    """RE-8, RE-9: then those who are on it; and a commander who is fresh is not asked to hand over."""
    model = confirmed()
    model.told("ana", "here")
    model.told("ben", "/sitrep confirmed")
    while model.now < START + timedelta(hours=2, minutes=50):
        model.told("ana", "going on", after=15)
        model.told("ben", "/sitrep going on")
    model.told("ben", "/handoff ic @ana all is quiet")
    model.told("ana", "/accept")
    for _ in range(2):
        model.told("ana", "/sitrep going on", after=15)
    (said,) = plans(model)
    assert [row.split()[1] for row in said.split("\n") if row.startswith("/shift")] == ["@cat", "@ana"] * 2
    assert "/handoff" not in said
    assert "/take" not in said


def test_after_a_re_opening_the_plan_counts_from_it() -> None:
    """RE-8, CL-5: it says when it was taken up again, not when it was confirmed on another day."""
    model = worked(hours=1)
    model.told("ben", "/close")
    model.told("ben", "/reopen it is back", after=600)
    at = f"{model.now:%H:%M}"
    for _ in range(13):
        model.told("ben", "/sitrep still at it", after=15)
    (said,) = plans(model)
    assert f"It was taken up again at {at} UTC" in said


def test_what_the_comment_proposes_can_be_sent_back_as_it_is() -> None:
    """RE-8: every line of it is obeyed."""
    model = worked()
    (said,) = plans(model)
    assert model.told("ben", said.split("```")[1]) == model.ours[-1].body  # the offer of the command
    refused = [entry for entry in model.entries if entry.verdict == "refused"]
    assert refused == []
    assert [shift.who for shift in model.incident.work.shifts] == ["ana", "cat", "ben", "ana"]
    assert model.incident.handoffs[0].incoming == "ana"


def test_the_clock_runs_on_the_board_until_a_plan_is_made() -> None:
    """RE-8: from confirmation; a plan in time meets it."""
    model = confirmed()
    assert "| 06:11 UTC | Plan for a long remediation | ben |" in model.board
    model.told("ben", "/plan business-hours nothing is read any more")
    assert "Plan for a long remediation" not in model.board
    assert "**Plan:** in business hours." in model.board


def test_a_plan_made_in_time_is_not_asked_for() -> None:
    """RE-8: what was done is not asked for again."""
    model = confirmed()
    model.told("ben", "/plan continuous\n/sitrep on it")
    for _ in range(16):
        model.told("ben", "/sitrep going on", after=15)
    assert plans(model) == []


@pytest.mark.parametrize("severity", ["medium", "low"])
def test_at_medium_and_low_business_hours_are_assumed_and_nobody_is_asked(severity: str) -> None:
    """RE-8: no prompt, no clock."""
    model = worked(severity, hours=4)
    assert plans(model) == []
    assert all(clock.rule != "RE-8" for clock in model.incident.clocks)
    assert "**Plan:**" not in model.board


def test_without_a_plan_it_goes_on_around_the_clock_at_high() -> None:
    """RE-8: the default is said, as a default."""
    assert "**Plan:** around the clock (until somebody says otherwise)." in worked().board


def test_raised_to_high_after_hours_the_plan_is_due_half_an_hour_later() -> None:
    """AS-5, RE-8: never overdue in hindsight."""
    model = worked("medium", hours=5)
    model.told("ben", "/severity high")
    due = next(clock.due for clock in model.incident.clocks if clock.rule == "RE-8")
    assert due == model.now + timedelta(minutes=30)


def test_the_plan_waits_for_the_quiet_to_pass_or_goes_with_what_is_said_anyway() -> None:
    """RE-8: never two comments within a quarter of an hour that could have been one."""
    model = confirmed()
    model.told("ben", "/sitrep confirmed")
    model.now = START + timedelta(hours=3) - timedelta(minutes=5)
    model.told("ben", "/sitrep\n/sitrep going on", after=0)  # the program speaks
    model.wait(7)
    model.run()
    assert plans(model) == []
    model.wait(9)
    model.run()
    assert len(plans(model)) == 1


def test_without_a_commander_the_first_of_the_roster_is_asked() -> None:
    """RE-8: nobody is left alone with it."""
    model = confirmed()
    long = Fact(model.now, "github-actions", 9)
    incident = replace(model.incident, roles={}, work=replace(model.incident.work, long=long))
    (note,) = prompts(incident, model.record, model.policy, model.issue, alone=False)
    assert note.asks == ("ana",)


def test_with_nobody_known_no_shifts_are_proposed() -> None:
    """RE-9: the table is for people there are."""
    incident = confirmed().incident
    assert proposed(incident, (), START) == ()
    assert [shift.who for shift in proposed(incident, ("zoe",), START)] == ["zoe"] * 4


def test_a_shift_is_meant_in_local_time_and_may_cross_midnight() -> None:
    """RE-9: the next time the hours come round."""
    model = confirmed(policy=policy_with(zone="America/New_York"))  # 22:11 there
    model.told("ben", "/shift @cat 23:00-01:30\n/shift 01:30-04:00 after a nap")
    first, second = model.incident.work.shifts
    assert (first.who, f"{first.start:%d %H:%M}", f"{first.end:%d %H:%M}") == ("cat", "02 04:00", "02 06:30")
    assert (second.who, f"{second.start:%d %H:%M}") == ("ben", "02 06:30")


def test_the_board_shows_who_is_on_and_who_is_next_at_its_time() -> None:
    """RE-9: it changes when the shift does, and the program is awake for it."""
    model = confirmed()
    model.told("ben", "/plan continuous\n/sitrep on it\n/shift @cat 03:30-04:00\n/shift @ana 04:00-07:00")
    assert "**Plan:** around the clock. Next: cat from 03:30 UTC." in model.board
    model.now = START + timedelta(minutes=20)
    model.run()
    assert "On now: cat until 04:00 UTC. Next: ana from 04:00 UTC." in model.board
    model.now = START + timedelta(minutes=50)
    model.told("ben", "still here", after=0)
    assert "On now: ana until 07:00 UTC." in model.board


def test_the_program_wakes_when_somebody_else_is_on() -> None:
    """RE-9: the board must not show yesterday's people."""
    model = confirmed()
    model.told("ben", "/shift @cat 03:20-03:22")
    wakes = model.run().wakes_at
    assert wakes == START + timedelta(minutes=10)


def test_a_shift_that_is_noted_late_is_of_today() -> None:
    """RE-9: that somebody was on is a fact; it does not become a plan for tomorrow."""
    model = confirmed(now=START.replace(hour=11))
    model.told("ben", "/plan continuous\n/shift @ben 08:00-11:00\n/shift @cat 11:00-14:00")
    first, second = model.incident.work.shifts
    assert (f"{first.end:%d %H:%M}", f"{second.start:%d %H:%M}") == ("02 11:00", "02 11:00")
    assert "On now: cat until 14:00 UTC." in model.board


def test_a_bare_shift_lists_them() -> None:
    """RE-9: those that are not over."""
    model = confirmed()
    assert "No shifts are planned" in model.told("ben", "/shift")
    model.told("ben", "/shift @cat 09:00-12:00")
    assert "| cat | 09:00 UTC | 12:00 UTC |" in model.told("ana", "/shift")


def test_a_shift_is_taken_back_and_put_right() -> None:
    """RE-9: the same beginning is the same shift."""
    model = confirmed()
    model.told("ben", "/shift @cat 09:00-12:00\n/shift @cat 09:00-11:00")
    assert [f"{shift.end:%H:%M}" for shift in model.incident.work.shifts] == ["11:00"]
    model.told("ben", "/shift @cat off")
    assert model.incident.work.shifts == ()


def test_a_shift_that_is_too_long_is_recorded_and_mentioned() -> None:
    """RE-9: never refused."""
    model = confirmed()
    assert model.told("ben", "/shift @cat 09:00-14:00") == ""
    assert "The shift of cat is longer than 3 h." in model.told("ana", "/brief")


@pytest.mark.parametrize("typed", ["/shift @cat", "/shift @cat tonight"])
def test_a_shift_needs_its_hours(typed: str) -> None:
    """RE-9: it is asked about."""
    assert "type it like `/shift @ben 09:00-12:00`" in confirmed().told("ben", typed)


def test_hours_that_are_none_are_asked_about() -> None:
    """RE-9: with how to type them."""
    assert "is no time of day to time of day" in confirmed().told("ben", "/shift @cat 25:00-26:00")


def test_a_commander_is_asked_to_hand_over_after_a_shift() -> None:
    """RE-9: the commander too, under a continuous plan."""
    model = confirmed()
    model.told("ben", "/plan continuous")
    assert "| 06:11 UTC | Relief of whoever has been on for long: ben | ben |" in model.board
    while model.now < START + timedelta(hours=3):
        model.told("ben", "/sitrep going on", after=15)
    said = "\n".join(comment.body for comment in model.ours)
    assert "**ben has been on long enough,** since 03:11 UTC, and nobody is planned to follow." in said


def test_nobody_is_timed_at_business_hours() -> None:
    """RE-9: only under a continuous plan."""
    model = confirmed()
    model.told("ben", "/plan business-hours\n/shift @cat 09:00-12:00")
    assert all(clock.rule != "RE-9" for clock in model.incident.clocks)


def test_a_commander_who_has_offered_the_command_is_not_asked_to() -> None:
    """RE-9: what was done is not asked for again."""
    model = confirmed()
    model.told("ben", "/plan continuous\n/handoff ic @cat go")
    assert all(clock.rule != "RE-9" for clock in model.incident.clocks)
    model.told("cat", "/accept")
    due = next(clock.due for clock in model.incident.clocks if clock.rule == "RE-9")
    assert due == model.now + timedelta(hours=3)


def test_whoever_s_shift_ends_the_table_is_to_be_relieved() -> None:
    """RE-9: the commander, or the next, is asked; a shift that somebody follows asks nobody."""
    model = confirmed()
    model.told("ben", "/plan continuous\n/shift @ben 03:00-06:00\n/shift @cat 06:00-09:00\n/shift @ana 09:00-12:00")
    due = {
        clock.about.partition(":")[0]: f"{clock.due:%H:%M}" for clock in model.incident.clocks if clock.rule == "RE-9"
    }
    assert due == {"ben": "06:00", "ana": "12:00"}
    assert all(clock.asks == "ben" for clock in model.incident.clocks if clock.rule == "RE-9")


def test_only_so_many_shifts_stay_in_the_head() -> None:
    """RE-9: those that end last."""
    model = confirmed()
    for day in range(3, 9):
        model.told(
            "ben", "\n".join(f"/shift @cat 2026-03-{day:02} {hour:02}:00-{hour + 3:02}:00" for hour in range(0, 15, 3))
        )
    assert len(model.incident.work.shifts) == 24
    assert f"{model.incident.work.shifts[-1].end:%d %H}" == "08 15"


def test_a_plan_changes_with_another_word() -> None:
    """RE-8: the last one holds."""
    model = confirmed()
    for plan in (CONTINUOUS, BUSINESS_HOURS, CONTINUOUS):
        model.told("ben", f"/plan {plan}")
        assert model.incident.work.plan is not None
        assert model.incident.work.plan.detail == plan
    assert "is none of the words it takes" in model.told("ben", "/plan sometimes")


def test_nobody_is_to_be_relieved_who_has_left() -> None:
    """RE-9, HO-6: the table ends with somebody who is still there."""
    model = confirmed()
    model.told("cat", "/join")
    model.told("ben", "/plan continuous\n/shift @ben 03:30-06:00\n/shift @cat 06:00-09:00")
    assert [clock.about.split(":")[0] for clock in model.incident.clocks if clock.rule == "RE-9"] == ["ben", "cat"]
    model.told("cat", "/leave")
    assert [clock.about.split(":")[0] for clock in model.incident.clocks if clock.rule == "RE-9"] == ["ben"]


def test_a_re_opening_begins_the_time_of_the_commander_anew() -> None:
    """RE-9, CL-5: also of one who was in command before it."""
    model = confirmed()
    assert commands_until(model.incident) == model.incident.roles["ic"].since + timedelta(hours=3)
    model.told("ben", "/close")
    model.told("ben", "/reopen it is back", after=600)
    assert commands_until(model.incident) == model.now + timedelta(hours=3)
    model.told("ben", "/leave")
    assert commands_until(model.incident) is None
