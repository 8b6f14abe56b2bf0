"""Taking a role: nobody is stuck with an absent commander, and nobody is deposed by a typo (HO-7, RO-3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from irp_actions.rules.commands.roles import take
from irp_actions.rules.prompts import remarks
from tests.model import Model, confirmed, opened


def silent() -> Model:
    """Ben commands, was asked whether he is still there, and has given no sign for ten minutes."""
    model = confirmed()
    model.told("ana", "/join")
    model.wait(31)
    model.run()
    model.wait(11)
    return model


def test_a_role_is_not_taken_from_somebody_who_was_not_asked() -> None:
    """HO-7: silence that nobody broke is no absence."""
    model = confirmed()
    said = model.told("cat", "/take ic he is slow")
    assert model.incident.holder("ic") == "ben"
    assert "10 minutes after its holder was asked" in said


def test_a_role_is_taken_from_a_holder_who_was_asked_and_stayed_silent() -> None:
    """HO-7: nobody is stuck with an absent commander; it is recorded as assumed without handoff."""
    model = confirmed()
    model.wait(20)
    model.run()
    assert "ben" in model.incident.asked
    model.told("cat", "/take ic too early", after=9)
    assert model.incident.holder("ic") == "ben"
    model.told("cat", "/take ic ben does not answer", after=1)
    assert model.incident.holder("ic") == "cat"
    assert model.incident.roles["ic"].how == "assumed"
    assert "assumed without handoff" in model.told("cat", "/sev hgh")


def test_a_sign_of_life_keeps_the_role() -> None:
    """HO-7: any word from the holder after being asked."""
    model = confirmed()
    model.wait(20)
    model.run()
    model.told("ben", "sorry, on the phone")
    model.told("cat", "/take ic ben does not answer", after=15)
    assert model.incident.holder("ic") == "ben"


def test_a_word_before_being_asked_is_no_answer_to_it() -> None:
    """HO-7: only what was said after the question counts."""
    model = confirmed()
    model.told("ben", "/sitrep busy")
    model.wait(20)
    model.run()
    model.told("cat", "/take ic silent", after=10)
    assert model.incident.holder("ic") == "cat"


def test_a_role_that_nobody_holds_can_be_taken_at_once() -> None:
    """HO-7: an empty chair needs no permission."""
    model = opened()
    model.told("cat", "/take scribe")
    assert model.incident.holder("scribe") == "cat"


def test_taking_what_is_yours_is_refused() -> None:
    """HO-2, HO-7: nothing would change."""
    model = confirmed()
    assert "You are incident commander already" in model.told("ben", "/take ic really")
    assert "You are incident commander already" in model.told("ben", "/ic")


def test_a_reason_told_later_is_taken_as_the_reason() -> None:
    """HO-7: law 1, the fact is recorded; the role stays since when it was taken, and nobody is told no."""
    model = silent()
    model.told("cat", "/take ic")
    taken = model.incident.roles["ic"]
    assert "already" not in model.told("cat", "/take ic ben does not answer")
    held = model.incident.roles["ic"]
    assert (held.since, held.n, held.how) == (taken.since, taken.n, "assumed")
    assert held.why == model.entry("take").n
    assert model.record.text_of(held.why) == "ben does not answer"


def test_taking_without_saying_why_is_mentioned_in_the_next_comment() -> None:
    """HO-7: once, never in a comment of its own, and not to somebody who has said why meanwhile."""
    model = silent()
    assert "without saying why" not in model.told("cat", "/take ic")
    assert "cat took the command without saying why: `/take ic` and why." in model.told("cat", "/sev hgh")
    assert "without saying why" not in model.told("cat", "/sev hgh")
    model = silent()
    model.told("cat", "/take ic")
    model.told("cat", "/take ic ben does not answer")
    assert "without saying why" not in model.told("cat", "/sev hgh")


def test_another_role_is_named() -> None:
    """HO-7: of every role that was somebody's."""
    model = confirmed()
    model.told("ana", "/take co")
    incident = replace(model.incident, asked={"ana": model.now - timedelta(minutes=20)})
    flagged = take(incident, replace(model.entry("take"), by=replace(model.entry("take").by, login="cat")))
    said = remarks(flagged, model.record)
    assert said == "cat became communications officer without saying why: `/take co` and why."


def test_an_empty_chair_needs_no_reason() -> None:
    """HO-6, HO-7: that nobody has it is the reason."""
    model = opened()
    model.told("cat", "/take scribe")
    assert "without saying why" not in model.told("cat", "/sev hgh")


def test_a_taken_role_withdraws_an_unanswered_offer_of_it() -> None:
    """HO-7: the ceremony ends without an acceptance."""
    model = confirmed()
    model.told("ben", "/handoff ic @cat night shift")
    model.wait(25)
    model.run()
    model.told("ana", "/take ic both are silent", after=11)
    assert model.incident.holder("ic") == "ana"
    assert model.incident.handoffs[-1].withdrawn


def test_ic_alone_fills_an_empty_chair_and_never_a_taken_one() -> None:
    """IN-4: a typo does not depose anyone."""
    model = confirmed()
    assert "The incident commander is ben" in model.told("cat", "/ic")
    assert model.incident.holder("ic") == "ben"
