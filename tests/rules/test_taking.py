"""Taking a role: nobody is stuck with an absent commander, and nobody is deposed by a typo (HO-7, RO-3)."""

from __future__ import annotations

from tests.model import confirmed, opened


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
    assert "you hold ic already" in model.told("ben", "/take ic really")
    assert "you hold ic already" in model.told("ben", "/ic")


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
    assert "ic is with ben" in model.told("cat", "/ic")
    assert model.incident.holder("ic") == "ben"
