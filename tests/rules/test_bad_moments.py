"""The right call at the wrong moment: each has one answer, authority is refused with what to type, a fact never."""

from __future__ import annotations

import pytest

from tests.model import Model, confirmed, opened

STATES = {
    "opened": (),
    "acknowledged": (("ben", "/ack"),),
    "confirmed high": (("ben", "/confirm high"),),
    "confirmed low": (("ben", "/confirm low"),),
    "resolved": (("ben", "/confirm high"), ("ben", "/resolve")),
    "closed": (("ben", "/confirm high"), ("ben", "/close")),
    "false alarm": (("ben", "/false-alarm"),),
    "duplicate": (("ben", "/duplicate #7"),),
}
"""How an issue comes into each state."""

URGENT = ("opened", "acknowledged", "confirmed high")


def brought_to(state: str) -> Model:
    """A model in this state."""
    model = opened()
    model.beside(7, opened())
    for login, text in STATES[state]:
        model.told(login, text)
    return model


@pytest.mark.parametrize("reason", ["COMPLETED", "NOT_PLANNED", "DUPLICATE"])
@pytest.mark.parametrize("state", STATES)
def test_closing_by_hand_has_one_answer_in_every_state(state: str, reason: str) -> None:
    """CL-5, IN-12: kept open once while urgent and active; unconfirmed, as GitHub's reason says."""
    model = brought_to(state)
    was_open = model.issue.is_open
    model.wait(1)
    if was_open:
        model.close_by_hand("ben", reason)
    model.run()
    false_alarm = reason == "NOT_PLANNED" and state in ("opened", "acknowledged")
    duplicate = reason == "DUPLICATE" and state in ("opened", "acknowledged")
    kept = was_open and state in URGENT and not duplicate and not false_alarm
    assert model.issue.is_open == kept
    assert model.run().changes == ()
    if kept:
        model.wait(1)
        model.close_by_hand("ben", reason)
        model.run()
        assert not model.issue.is_open
        assert model.run().changes == ()


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("fact", ["/contained 03:11", "/timeline 03:11 saw it", "/leave", "03:11 saw it", "/undo"])
def test_a_fact_is_never_refused(state: str, fact: str) -> None:
    """CL-4, HO-6, RO-4: what happened is recorded at any stage; only taking back needs something to take back."""
    model = brought_to(state)
    model.told("ben", fact)
    verdicts = {entry.verdict for entry in model.entries if entry.source == model.entries[-1].source}
    if fact != "/undo":
        assert "refused" not in verdicts


def test_containment_before_confirmation_and_before_the_start_is_recorded() -> None:
    """CL-4: the first is a fact like any other, the second impossible and still what somebody said."""
    model = opened()
    model.told("ben", "/contained 2026-03-02 01:00")
    assert model.incident.contained is not None
    assert model.incident.contained.at < model.issue.at
    assert model.incident.confirmed is None


def test_a_severity_change_in_the_middle_of_a_handoff_changes_nothing_of_it() -> None:
    """AS-5, HO-2: the offer stands, its answer stays due when it was, and the incoming person can still say yes."""
    model = confirmed("high", by="ana")
    model.told("ana", "/handoff ic @ben all quiet")
    due = next(clock.due for clock in model.incident.clocks if clock.rule == "HO-2")
    model.told("ana", "/sev low")
    assert next(clock.due for clock in model.incident.clocks if clock.rule == "HO-2") == due
    model.told("ben", "/accept")
    assert model.incident.holder("ic") == "ben"


def test_two_offers_of_two_roles_are_answered_one_by_one() -> None:
    """HO-2: `/accept` alone takes the older one, `/accept co` the one it names."""
    model = confirmed("high", by="ana")
    model.told("ana", "/take co")
    model.told("ana", "/handoff ic @ben one")
    model.told("ana", "/handoff co @ben two")
    model.told("ben", "/accept co")
    assert (model.incident.holder("ic"), model.incident.holder("co")) == ("ana", "ben")
    model.told("ben", "/accept")
    assert model.incident.holder("ic") == "ben"


@pytest.mark.parametrize("state", ["closed", "false alarm", "duplicate"])
def test_an_accept_after_closing_is_told_that_there_is_nothing_to_accept(state: str) -> None:
    """HO-2: nothing is offered to anybody any more, and opening it again would not change that."""
    model = brought_to(state)
    assert "No role is offered to you, and this is closed." in model.told("cat", "/accept")


def test_reopening_after_the_report_takes_it_up_with_its_roles() -> None:
    """CL-5: the commander is still in command, and the report that was posted stays where it is."""
    model = brought_to("closed")
    before = model.ours
    said = model.told("ben", "/reopen it is back")
    assert "Taken up again by ben" in said
    assert model.issue.is_open
    assert model.incident.holder("ic") == "ben"
    assert model.ours[:-1] == before


@pytest.mark.parametrize("state", STATES)
def test_the_state_of_things_fits_on_a_screen(state: str) -> None:
    """IN-13: what, now, next, who and what is asked of whom, in under twenty lines."""
    model = brought_to(state)
    said = model.told("zoe", "/brief")
    for heading in ("**What.**", "**Now.**", "**Next.**", "**Who.**", "**Asked of whom.**"):
        assert heading in said
    assert len([row for row in said.split("\n") if row.strip()]) < 20


def test_the_state_of_things_names_an_empty_chair() -> None:
    """HO-6: whoever arrives sees first that nobody is in command."""
    model = confirmed(by="ana")
    model.told("ana", "/leave")
    assert "🔴 nobody is in command (ana left)" in model.told("zoe", "/brief")
