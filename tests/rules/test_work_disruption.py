"""Disruption: at high act at once, at medium ask for an hour, at low only once they have agreed (RE-4)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from irp_actions.rules.commands import FACTS
from irp_actions.values.policy import Policy
from tests.model import Model, confirmed, opened, policy_with
from tests.rules.working import at_work


def decided_by(*logins: str) -> Policy:
    """The policy with people who decide."""
    policy = policy_with()
    return replace(policy, people=replace(policy.people, deciders=logins))


def planned(severity: str, *deciders: str) -> Model:
    """Ben commands and plans to stop the API."""
    model = confirmed(severity, policy=decided_by(*deciders)) if deciders else confirmed(severity)
    model.told("ben", "/sitrep confirmed")
    model.wait(20)
    model.told("ben", "/disrupt stop the API")
    return model


def consultations(model: Model) -> list[str]:
    """The comments that ask those who decide."""
    return [comment.body for comment in model.ours if "plans to disrupt a service" in comment.body]


def test_at_high_the_team_acts_at_once() -> None:
    """RE-4: nobody is asked, and people are told afterwards."""
    model = planned("high", "dee")
    assert consultations(model) == []
    assert "**D1, disruption:** stop the API. **Act now**, tell people afterwards" in model.board
    model.told("ben", "/disrupted 03:33")
    assert "**tell those it hits**, then `/notified D1`" in model.board
    model.told("ben", "/notified status page and the product owner")
    assert "D1" not in model.board
    one = model.incident.work.disruptions[0]
    assert one.notified is not None
    assert one.leave == "at-once"


def test_while_nobody_knows_the_severity_it_acts_as_high() -> None:
    """RE-4: containment comes first."""
    model = opened()
    model.told("ben", "/disrupt cut it off the network")
    assert "**Act now**" in model.board


def test_at_medium_those_who_decide_are_asked_in_one_comment() -> None:
    """RE-4: with the hour they have, and what to type."""
    model = planned("medium", "dee", "eli")
    (asked,) = consultations(model)
    assert "@dee @eli" in asked
    assert "stop the API" in asked
    assert "`/agree D1`, or `/object D1` and why" in asked
    assert "If none of you answers by 04:33 UTC, the team acts without you." in asked
    assert "Waiting for dee or eli until 04:33 UTC; nobody answers: act then." in model.board
    assert "| 04:33 UTC | Answer of those who decide | dee |" in model.board
    assert model.run().changes == ()


def test_after_an_hour_without_an_answer_the_team_acts() -> None:
    """RE-4: in words on the board at its time, noted in the record, and said with the next comment."""
    model = planned("medium", "dee")
    model.wait(59.9)
    model.run()
    assert "Waiting for dee" in model.board
    model.wait(0.1)
    assert model.heard() == ""
    assert "Nobody who decides could be reached: **act now**" in model.board
    assert model.entry("unreached").args == {"disruption": "D1"}
    assert "Nobody who decides on D1 could be reached in time. The team may act now." in model.told("cat", "/brief")
    model.told("ben", "/disrupted")
    assert model.incident.work.disruptions[0].leave == "unreached"


def test_the_program_is_awake_when_the_hour_is_over() -> None:
    """RE-4: the clock's due time is the next thing that happens by itself."""
    model = planned("medium", "dee")
    model.wait(20)
    wakes_at = model.run().wakes_at
    assert wakes_at is not None
    assert f"{wakes_at:%H:%M}" == "04:33"


def test_an_agreement_ends_the_waiting() -> None:
    """RE-4: of anybody who decides, on the roster or not."""
    model = planned("medium", "dee")
    assert model.told("dee", "/agree D1 but tell payroll") == ""
    assert "dee agreed: **act now**" in model.board
    assert all(clock.rule != "RE-4" for clock in model.incident.clocks)
    model.told("ben", "/disrupted D1")
    assert model.incident.work.disruptions[0].leave == "agreed"


def test_an_objection_is_shown_with_its_reason_and_no_hour_makes_it_go_away() -> None:
    """RE-4: the last word of those who decide counts."""
    model = planned("medium", "dee")
    model.told("dee", "/object D1 payroll runs until noon")
    assert "dee objects: payroll runs until noon. **Do not act** before you agree" in model.board
    model.wait(90)
    model.run()
    assert "dee objects" in model.board
    model.told("dee", "/agree")
    assert "dee agreed: **act now**" in model.board


def test_an_objection_needs_its_reason() -> None:
    """RE-4: it is a decision with its why."""
    model = planned("medium", "dee")
    assert "Something is missing" in model.told("dee", "/object D1")


def test_at_low_nothing_happens_before_somebody_agrees() -> None:
    """RE-4: and no hour changes that."""
    model = planned("low", "dee")
    (asked,) = consultations(model)
    assert "At low severity the team does not act until you agree" in asked
    model.wait(200)
    model.run()
    assert "**Do not act** before dee agrees (`/agree D1`)" in model.board
    model.told("dee", "/agree")
    assert "dee agreed: **act now**" in model.board


def test_only_those_who_decide_agree() -> None:
    """RE-4: where the policy names them, the team's own wish is not enough."""
    model = planned("medium", "dee", "eli")
    for typed in ("/agree", "/object D1 no"):
        assert "dee, eli decide on disruptions here" in model.told("cat", typed)
    assert model.incident.work.disruptions[0].agreed is None


def test_where_nobody_is_named_any_responder_but_the_proposer_decides() -> None:
    """RE-4: two pairs of eyes at least."""
    model = planned("low")
    assert "somebody else of the team has to `/agree`" in model.told("ben", "/agree")
    assert "`/agree` is for the team" in model.told("zoe", "/agree")
    model.told("ben", "/object D1 after all")  # one may always think better of it
    assert "ben objects" in model.board
    model.told("cat", "/agree")
    assert "cat agreed" in model.board


def test_somebody_with_write_access_decides_where_nobody_is_named() -> None:
    """RE-4: GitHub is asked about them."""
    model = confirmed("low", writers=frozenset({"wes"}))
    model.told("ben", "/disrupt stop the API")
    model.told("wes", "/agree")
    agreed = model.incident.work.disruptions[0].agreed
    assert agreed is not None
    assert agreed.by == "wes"


def test_where_nobody_is_named_the_others_of_the_team_are_asked() -> None:
    """RE-4: all but the proposer."""
    (asked,) = consultations(planned("medium"))
    assert "@ana @cat" in asked


def test_alone_nobody_can_be_asked_and_the_hour_still_passes() -> None:
    """RE-4, IN-5: no comment to nobody; the board says until when to wait."""
    model = confirmed("medium", policy=policy_with(on_call=("ben",)))
    model.told("ben", "/disrupt stop the API")
    assert consultations(model) == []
    assert "Waiting for anybody who decides until" in model.board
    model.wait(60)
    model.run()
    assert "**act now**" in model.board


def test_raising_the_severity_gives_leave_at_once() -> None:
    """AS-5, RE-4: the plan is looked at anew."""
    model = planned("medium", "dee")
    model.told("ben", "/severity high")
    assert "**Act now**" in model.board
    assert all(clock.rule != "RE-4" for clock in model.incident.clocks)


def test_lowering_the_severity_asks_for_leave() -> None:
    """AS-5, RE-4: from high to medium they are asked, and have their whole hour."""
    model = planned("high", "dee")
    model.wait(70)
    model.told("ben", "/severity medium")
    (asked,) = consultations(model)
    assert "by 05:44 UTC" in asked
    model.wait(60)
    model.run()
    assert "**act now**" in model.board
    model.told("ben", "/severity low")
    assert "**Do not act** before dee agrees" in model.board
    model.told("ben", "/severity medium")
    assert "Waiting for dee until" in model.board
    assert len(consultations(model)) == 1


def test_acting_without_leave_is_recorded_and_mentioned() -> None:
    """RE-4: a fact is never refused."""
    model = planned("medium", "dee")
    assert model.told("ben", "/disrupted 03:33") == ""
    assert "without the agreement it needed" in model.board
    assert model.incident.work.disruptions[0].leave == "waits"
    assert "D1 was done without the agreement it needed" in model.told("cat", "/brief")


def test_a_disruption_that_nobody_planned_is_a_fact_all_the_same() -> None:
    """RE-4: containment comes before paperwork."""
    model = confirmed("high")
    model.told("ben", "/disrupted 03:05 API off")
    one = model.incident.work.disruptions[0]
    assert one.done is not None
    assert f"{one.done.at:%H:%M}" == "03:05"
    assert "API off. Done at 03:05 UTC; **tell those it hits**" in model.board


def test_a_plan_that_is_given_up_leaves_the_board() -> None:
    """RE-4: `/disrupted D1 no`."""
    model = planned("medium", "dee")
    model.told("ben", "/disrupted D1 no, the provider blocked it")
    assert "D1" not in model.board
    assert all(clock.rule != "RE-4" for clock in model.incident.clocks)
    assert model.incident.work.disruptions[0].dropped is not None


def test_which_disruption_is_meant_is_asked_where_it_is_not_plain() -> None:
    """RE-4: of two, or of none."""
    model = planned("low", "dee")
    model.told("ben", "/disrupt stop mail too")
    assert "Which one? `/agree D1`, or another of D1, D2" in model.told("dee", "/agree")
    assert "No disruption is planned" in confirmed("low").told("cat", "/agree")
    assert "No disruption is planned" in confirmed("low").told("cat", "/object not now")
    assert "No disruption is planned" in confirmed("high").told("cat", "/notified")
    for who, typed in (
        ("ben", "/disrupted D7"),
        ("dee", "/agree D7"),
        ("dee", "/object D7 no"),
        ("ben", "/notified D7"),
    ):
        assert "There is no D7; there are D1, D2" in model.told(who, typed)
    for who, typed in (
        ("dee", "/object D1 D2"),
        ("dee", "/agree D1 D2"),
        ("ben", "/disrupted D1 D2"),
        ("ben", "/notified D1, D2"),
    ):
        assert "One at a time" in model.told(who, typed)
    model.told("ben", "/disrupted D1\n/disrupted D2")
    assert "Which one? `/notified D1`, or another of D1, D2" in model.told("ben", "/notified")


def test_a_notice_given_late_is_still_recorded() -> None:
    """RE-4: after everything is closed."""
    model = at_work()
    model.told("ben", "/disrupted D1\n/resolve\n/close")
    model.told("ben", "/notified D1 03:20 the status page")
    notified = model.incident.work.disruptions[0].notified
    assert notified is not None


def test_nobody_is_asked_once_it_is_over() -> None:
    """RE-4: a plan nobody took back asks nobody in their sleep."""
    model = confirmed("medium")
    model.told("ben", "/disrupt stop the API\n/resolve")
    assert consultations(model) == []
    assert all(clock.rule != "RE-4" for clock in model.incident.clocks)


def test_the_hour_of_a_disruption_that_fell_out_of_the_head_is_nobody_s() -> None:
    """RE-4: the entry stands, and changes nothing."""
    model = planned("medium", "dee")
    model.wait(60)
    model.run()
    incident = confirmed("medium").incident
    assert FACTS["unreached"](incident, model.entry("unreached")) == incident


def test_only_so_many_disruptions_stay_in_the_head() -> None:
    """RE-4: those that are over go first."""
    model = planned("high")
    model.told("ben", "/disrupt second\n/disrupted D2\n/notified D2")
    for place in range(7):
        model.told("ben", f"/disrupt number {place}")
    ids = [one.id for one in model.incident.work.disruptions]
    assert (len(ids), "D1" in ids, "D2" in ids) == (8, True, False)


@pytest.mark.parametrize("severity", ["medium", "low"])
def test_the_consultation_is_never_posted_twice(severity: str) -> None:
    """RE-4: whatever else is said, and however long it takes."""
    model = planned(severity, "dee")
    for minutes in (5, 30, 300, 3000):
        model.wait(minutes)
        model.told("ben", "still waiting")
    assert len(consultations(model)) == 1


def test_a_text_withheld_is_not_repeated_to_those_who_decide() -> None:
    """IN-11, RE-4: what leaked once does not leak twice."""
    model = confirmed("medium", policy=decided_by("dee"))
    model.told("ben", "/disrupt stop it, the password: hunter2hunter2")
    assert all("hunter2" not in body for body in consultations(model))
    assert "(words withheld" in model.board
