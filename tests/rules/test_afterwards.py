"""Afterwards: who writes when it is closed, and is not of the team, reaches somebody; thanks reach nobody (CL-5)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from irp_actions.rules.afterwards import is_thanks
from tests.model import PACKAGED, Model, opened, policy_with

AGAIN = "The same page asks for the card number a second time, for another customer"
MAILED = """Thanks!

On Fri, Mar 14, 2025 at 3:10 AM irp-actions <notifications@github.com> wrote:
This was a planned change, and nothing was lost. Whoever sees it again may simply answer here, and somebody looks.
"""
DRILL = "Ok, I will call her back. Thank you for the quick answer!"


def harmless(**model: object) -> Model:
    """An event that ben called a false alarm, two minutes after rae reported it."""
    found = opened(**model)
    found.told("ben", "looking")
    found.told("ben", "/false-alarm planned change")
    return found


def mentions(said: str) -> bool:
    """Whether the commander is called back."""
    return "@ben, rae wrote here after it was closed. Is it the same again? `/reopen` and why" in said


def test_who_was_told_to_just_write_here_is_heard() -> None:
    """AS-2, law 3: one comment that mentions the last commander; not a second one until somebody answers."""
    model = harmless()
    assert mentions(model.told("rae", AGAIN, after=30))
    assert model.run().changes == ()
    assert model.told("rae", "hello? is anybody there?", after=30) == ""
    assert model.told("ben", "I see it", after=1) == ""
    assert mentions(model.told("rae", "And a third one just now", after=30))


def test_it_is_heard_after_a_report_too() -> None:
    """CL-5: whatever it was closed as."""
    model = opened()
    model.told("ben", "/confirm low\n/close")
    assert mentions(model.told("rae", AGAIN, after=600))


def test_without_a_commander_the_first_on_call_is_told() -> None:
    """Law 3: somebody always is, and where nobody is known, whoever reads it."""
    model = harmless()
    model.told("ben", "/leave")
    assert "@ana, rae wrote here" in model.told("rae", AGAIN, after=30)
    model = harmless(policy=policy_with(()), writers=frozenset({"ben"}))
    model.told("ben", "/leave")
    assert "\nrae wrote here after it was closed" in model.told("rae", AGAIN, after=30)


@pytest.mark.parametrize("after", [1, 600])
@pytest.mark.parametrize("words", [DRILL, "Thanks again!", "thank you", "> mail\n> of yours\nThanks, ben!", MAILED])
def test_thanks_are_nobodys_business(words: str, after: float) -> None:
    """Law 2: a false alarm costs its reporter, and the team, nothing more."""
    model = harmless()
    assert model.told("rae", words, after=after) == ""
    assert model.incident.brought is None


def test_a_short_word_right_after_the_closing_is_an_acknowledgement() -> None:
    """Law 2: *Ok, good night* needs no thanks in it; hours later it would."""
    model = harmless()
    assert model.told("rae", "Ok, good night") == ""
    assert mentions(model.told("rae", "It does it", after=60))


@pytest.mark.parametrize("words", ["It happened again!", "ok but now it asks for a PIN", "And the other page?"])
def test_that_it_goes_on_is_heard_at_once_however_short(words: str) -> None:
    """Law 3: also a minute after the closing, also with thanks."""
    assert mentions(harmless().told("rae", f"Thanks. {words}"))


def test_who_talks_with_somebody_of_the_team_needs_no_call() -> None:
    """Law 2: somebody wrote after the closing and reads what is answered; their silence ends that."""
    model = harmless()
    model.told("ben", "the bank confirms it, too", after=30)
    assert model.told("rae", AGAIN, after=5) == ""
    assert mentions(model.told("rae", AGAIN, after=11))


def test_after_a_fortnight_plain_words_are_only_kept() -> None:
    """CL-5: `quiet: heard_after` of the policy."""
    model = harmless()
    model.wait(14 * 24 * 60)
    assert model.told("rae", AGAIN) == ""


@pytest.mark.parametrize("after", [1, 20 * 24 * 60])
def test_a_request_to_open_it_again_is_refused_and_brought_to_the_team(after: float) -> None:
    """CL-5, law 3: in one comment, and at any time; asked twice, the team is not told twice."""
    model = harmless()
    said = model.told("rae", "/reopen", after=after)
    assert "Only the team can reopen this, and they are told that you wrote" in said
    assert mentions(said)
    assert not model.issue.is_open
    assert not mentions(model.told("rae", "/reopen please"))


def test_opening_it_again_by_hand_is_brought_to_the_team() -> None:
    """CL-5: closed again by the program, and not in silence."""
    model = harmless()
    model.wait(1)
    model.reopen_by_hand("rae")
    assert mentions(model.heard())
    assert not model.issue.is_open


def test_a_command_after_the_closing_is_brought_and_a_question_is_not() -> None:
    """Law 3: who calls for help, or notes what happened, means it; who asks what is going on is answered."""
    model = harmless()
    assert not mentions(model.told("rae", "/brief", after=30))
    assert mentions(model.told("rae", "/page", after=1))
    model = harmless()
    assert mentions(model.told("rae", "03:45 it asked for the number once more", after=45))


def test_bots_and_the_team_are_not_brought_to_the_team() -> None:
    """Law 2: of the team nobody need be told, and programs write all the time."""
    model = harmless()
    assert model.told("cat", AGAIN, after=30) == ""
    assert model.told("siem[bot]", AGAIN, after=30) == ""


def test_what_was_brought_is_not_reacted_to() -> None:
    """RO-4: it is a word like any other."""
    model = harmless()
    comment = model.say("rae", AGAIN, after=30)
    model.run()
    found = model.issue.comment(comment.id)
    assert found
    assert found.reactions == frozenset()


def test_opening_it_again_ends_the_question() -> None:
    """CL-5: and the silence after it is asked about by the clocks."""
    model = harmless()
    model.told("rae", AGAIN, after=30)
    model.told("cat", "/reopen it is the same")
    assert model.incident.brought is None
    assert model.incident.is_active


def test_without_words_for_thanks_only_length_and_time_tell() -> None:
    """Law 3: an organisation that empties the lists hears everything but what is short and soon."""
    words = replace(PACKAGED.words, thanks=(), again=())
    assert not is_thanks("thank you", words, soon=False)
    assert is_thanks("thank you", words, soon=True)
