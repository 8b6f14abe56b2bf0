"""Leaving: whoever goes says so, an empty chair is seen by everybody, and the next person is asked (HO-6, HO-7)."""

from __future__ import annotations

from tests.model import confirmed, opened, policy_with
from tests.passing import mentioned


def test_leaving_empties_the_chair_and_asks_the_next_person_at_once() -> None:
    """HO-6: the role is nobody's, in red on the board and in the header, and the next on the roster is asked."""
    model = confirmed(by="ana")
    said = model.told("ana", "/leave my train goes")
    assert model.incident.holder("ic") is None
    assert "🔴 **nobody**: ana left at 03:12 UTC" in model.board
    assert "commander 🔴 **nobody**" in model.issue.body
    assert said.partition("\n")[2].startswith(
        "@ben\nIncident, severity high, confirmed, not contained: **Odd mail**\n"
        "**Nobody is in command.** ana left at 03:12 UTC"
    )


def test_leaving_is_recorded_at_any_time() -> None:
    """HO-6: a fact is never refused, before anything is known as little as after closing."""
    model = opened()
    model.told("cat", "/leave")
    assert model.entry("leave").verdict == "accepted"
    model = confirmed(by="ana")
    model.told("ana", "/close")
    assert "😕" not in model.told("ana", "/leave good night")
    assert model.entry("leave").verdict == "accepted"


def test_an_empty_chair_is_taken_by_whoever_takes_it() -> None:
    """HO-6, HO-7: nobody is deposed, so nobody has to be asked first; a sitrep is due a quarter of an hour later."""
    model = confirmed(by="ana")
    model.told("ana", "/leave")
    model.told("cat", "/take ic", after=3)
    assert model.incident.holder("ic") == "cat"
    assert model.incident.roles["ic"].how == "assumed"
    assert not model.incident.unheld
    due = next(clock.due for clock in model.incident.clocks if clock.rule == "HO-7")
    assert due == model.incident.roles["ic"].since.replace(minute=30)
    model.told("cat", "/sitrep ana left, I have it, logs are next")
    assert not any(clock.rule == "HO-7" for clock in model.incident.clocks)


def test_an_empty_chair_goes_on_calling() -> None:
    """HO-6: ten minutes later everyone but the one who left is asked, and every hour from then on."""
    model = confirmed(by="ana")
    model.told("ana", "/leave")
    model.wait(10)
    assert "@ben @cat\n" in model.heard()
    model.wait(61)
    assert "@ben @cat\n" in model.heard()


def test_who_left_is_neither_asked_nor_listed() -> None:
    """HO-6: the board names those who are called, whoever is on it first; one command takes the chair, everywhere."""
    model = confirmed(by="ana")
    model.told("cat", "/join")
    said = model.told("ana", "/leave my train goes")
    assert mentioned(said) == ["cat"]
    assert "**Nobody is in command.** ana left" in said
    assert "| Somebody to take command | cat, then ben |" in model.board
    assert "🔴 **Nobody is in command: ana left.** `/take ic` makes you commander." in model.board
    assert "`/ic` takes" not in model.board


def test_news_tell_how_a_role_became_nobody_s() -> None:
    """HO-6: somebody who said that they leave is not called gone."""
    model = confirmed(by="ana")
    model.told("ana", "/take co")
    model.told("ana", "/leave co too much")
    assert "communications officer **nobody** (ana left)" in model.told("ben", "/sev hgh")


def test_who_is_on_it_stands_in_before_who_is_not() -> None:
    """CO-6: in the place of whoever was asked and did not answer, somebody who is awake."""
    model = confirmed(by="ana")
    model.told("cat", "/join")
    model.wait(16)
    model.run()
    model.told("cat", "going on")
    model.wait(16)
    assert model.heard().partition("\n")[2].startswith("@cat\n")


def test_the_deputy_is_the_first_to_be_asked() -> None:
    """HO-6: who agreed to take over is asked before the roster."""
    model = confirmed(by="ana")
    model.told("cat", "/take deputy")
    said = model.told("ana", "/leave")
    assert mentioned(said) == ["cat"]
    assert "**Nobody is in command.**" in said


def test_the_only_responder_leaves() -> None:
    """HO-6: with nobody else at work the roster is asked; with nobody else at all even the one who left is."""
    model = confirmed(by="ana")
    assert "@ben" in model.told("ana", "/leave")
    assert not model.incident.responders
    model = confirmed(by="wes", writers=frozenset({"wes"}), policy=policy_with(on_call=()))
    assert "@wes" in model.told("wes", "/leave")


def test_who_leaves_comes_back_with_any_word() -> None:
    """HO-6: coming back needs no command."""
    model = confirmed(by="ana")
    model.told("ana", "/leave")
    model.told("ana", "forgot my keys, still here")
    assert not model.incident.left
    assert "ana" in model.incident.responders


def test_one_role_can_be_left_and_another_kept() -> None:
    """HO-6: the commander falls back on themselves for what nobody does any more (RO-3)."""
    model = confirmed(by="ana")
    model.told("ana", "/take co")
    said = model.told("ana", "/leave co too much")
    assert (model.incident.holder("ic"), model.incident.holder("co")) == ("ana", None)
    assert "🔴 **nobody**: ana left" in model.board
    assert not said
    assert not any(clock.rule == "HO-6" for clock in model.incident.clocks)


def test_an_offer_to_somebody_who_leaves_is_declined() -> None:
    """HO-2, HO-6: the outgoing person is not left waiting for an answer."""
    model = confirmed(by="ana")
    model.told("ana", "/handoff ic @ben all quiet")
    model.told("ben", "/leave cannot")
    (offer,) = model.incident.handoffs
    assert offer.declined_at is not None
    assert model.incident.holder("ic") == "ana"


def test_a_holder_who_lost_access_holds_no_more() -> None:
    """HO-6: their first refused command tells; the chair is empty, and somebody else can take it at once."""
    model = confirmed(by="wes", writers=frozenset({"wes"}))
    model.writers = frozenset()
    said = model.told("wes", "/sitrep still reading logs")
    assert "for the team" in said
    assert model.incident.holder("ic") is None
    assert "wes lost access at 03:12 UTC" in model.board
    assert "**Nobody is in command.** wes lost access" in said
    model.told("cat", "/take ic")
    assert model.incident.holder("ic") == "cat"


def test_an_edit_by_somebody_else_takes_no_role_away() -> None:
    """HO-6: a comment that another person edited before it was read says nothing about its author's access."""
    model = confirmed(by="ana")
    comment = model.say("ana", "/sev low")
    model.edit(comment, "/sev medium", by="cat")
    model.run()
    assert model.incident.holder("ic") == "ana"
