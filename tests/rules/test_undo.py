"""Taking back: a slip is undone by its author within minutes, and nothing of it is lost from the record."""

from __future__ import annotations

import pytest

from tests.model import confirmed, opened


def test_a_slip_is_taken_back() -> None:
    """AS-5: the severity is as before, and so is the clock that the slip had touched."""
    model = confirmed("high")
    model.told("ben", "/sitrep reading logs")
    before = model.incident
    model.told("ben", "/sev low wrong window")
    assert model.incident.severity == "low"
    model.told("ben", "/undo")
    assert (model.incident.severity, model.incident.clocks[0].due) == ("high", before.clocks[0].due)
    assert [e.call for e in model.entries][-2:] == ["severity", "undo"]


def test_undoing_says_what_it_took_back_and_what_is_so_now() -> None:
    """AS-5: it is rare, does not say it by itself, and those who read by mail have to know."""
    model = opened()
    model.told("ben", "/confirm high it is real")
    said = model.told("ben", "/undo")
    assert "Taken back: `/confirm high it is real`. Now: investigating, severity unknown." in said
    assert model.run().changes == ()


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("/contained 03:05 key off", "/contained 03:05 UTC key off"),
        ("03:05 key off", "/timeline 03:05 UTC key off"),
        ("/impact availability, customers", "/impact availability, customers"),
        ("/wait until 05:00 for the vendor", "/wait 2026-03-02 05:00 UTC the vendor"),
        ("/todo @cat look", "/todo @\u200bcat look"),
    ],
)
def test_what_is_taken_back_is_named_as_it_was_typed(typed: str, named: str) -> None:
    """AS-5: from the record, whatever the command takes, and mentioning nobody."""
    model = confirmed("high")
    model.told("ben", typed)
    assert f"Taken back: `{named}`." in model.told("ben", "/undo")


def test_a_timeline_entry_is_taken_back_and_not_the_call_before_it() -> None:
    """AS-5, RO-4: the last call is the last call, whatever it is."""
    model = confirmed("high")
    model.told("ben", "/timeline 02:00 wrong")
    model.told("ben", "/undo")
    assert model.incident.status == "confirmed"
    assert model.entry("undo").args["what"] == "timeline"


def test_a_question_is_skipped_and_what_is_taken_back_is_named() -> None:
    """AS-5: a question changed nothing."""
    model = confirmed("high")
    model.told("ben", "/brief")
    assert "Taken back: `/confirm high`." in model.told("ben", "/undo")


def test_what_is_withheld_is_not_repeated_by_taking_it_back() -> None:
    """AS-5, IN-11: the text that was not kept cannot be named."""
    model = confirmed("high")
    model.told("ben", "/contained 03:05 password: hunter2hunter2")
    assert "hunter2" not in model.told("ben", "/undo")
    assert model.incident.contained is None


def test_an_offer_that_was_taken_back_says_so_and_so_does_the_answer_to_it() -> None:
    """HO-8, AS-5: nobody is told any more that it is theirs."""
    model = confirmed()
    model.told("ben", "/handoff ic @cat night shift")
    model.told("ben", "/undo")
    assert "Withdrawn by ben at 03:13 UTC; ben is incident commander." in model.ours[0].body
    assert "@cat" not in model.ours[0].body
    assert "HO-2" not in [clock.rule for clock in model.incident.clocks]
    assert "ben took back the offer of ic at 03:13 UTC" in model.told("cat", "/accept")
    assert model.incident.holder("ic") == "ben"


def test_an_offer_that_nobody_could_read_leaves_no_comment() -> None:
    """HO-8: taken back in the next line, and offered to somebody else in the one after that."""
    model = confirmed()
    model.told("ben", "/handoff ic @cat\n/undo\n/handoff ic @ana you are awake")
    (ceremony,) = [comment.body for comment in model.ours if "**Handoff" in comment.body]
    assert "ben → ana" in ceremony
    model.told("ana", "/accept")
    assert model.incident.holder("ic") == "ana"


def test_an_offer_taken_back_in_the_next_line_is_not_announced() -> None:
    """HO-8: nobody could read of it; the one comment names what was taken back."""
    model = confirmed()
    model.told("ben", "/handoff ic @cat\n/undo")
    assert len(model.ours) == 1
    assert "Taken back: `/handoff ic" in model.ours[0].body
    assert model.run().changes == ()


def test_an_acceptance_is_taken_back_while_nothing_was_built_on_it() -> None:
    """AS-5, HO-2, HO-3: the role, the ceremony's comment and the assignees go back; the offer is over."""
    model = confirmed()
    model.told("ben", "/handoff ic @cat go")
    model.told("cat", "/accept")
    said = model.told("cat", "/undo")
    assert "Taken back: `/accept`." in said
    assert "Incident commander: ben." in said
    assert model.incident.holder("ic") == "ben"
    assert model.issue.assignees == {"ben"}
    assert "Taken back by cat at 03:14 UTC; ben is incident commander." in model.ours[0].body
    assert "you gave ic back at 03:14 UTC" in model.told("cat", "/accept")
    model.told("ben", "/handoff ic @cat again")
    model.told("cat", "/accept")
    assert model.issue.assignees == {"cat"}


def test_an_answered_offer_is_not_taken_back() -> None:
    """HO-2: the new commander would lose the command without a word; they give it back themselves."""
    model = confirmed()
    model.told("ben", "/handoff ic @cat go")
    model.told("cat", "/accept")
    said = model.told("ben", "/undo")
    assert "cat has accepted" in said
    assert "`/handoff ic @ben`" in said
    assert model.incident.holder("ic") == "cat"


def test_a_declined_offer_is_not_taken_back() -> None:
    """HO-2: it is over already."""
    model = confirmed()
    model.told("ben", "/handoff ic @cat go")
    model.told("cat", "/decline")
    assert "cat has answered it already" in model.told("ben", "/undo")


def test_after_a_sitrep_of_the_new_commander_the_command_stays() -> None:
    """HO-4: others have read who is in command."""
    model = confirmed()
    model.told("ben", "/handoff ic @cat go")
    model.told("cat", "/accept\n/sitrep I have it, ben goes to bed")
    assert "post another that corrects it" in model.told("cat", "/undo")
    assert model.incident.holder("ic") == "cat"


def test_a_role_whose_last_holder_left_is_not_given_back() -> None:
    """HO-6: the chair would be empty."""
    model = confirmed()
    model.told("ben", "/handoff ic @cat go")
    model.told("cat", "/accept")
    model.told("ben", "/leave")
    assert "or left. To hand ic on: `/handoff ic @who`" in model.told("cat", "/undo")
    assert model.incident.holder("ic") == "cat"


def test_a_role_that_went_on_is_not_given_back() -> None:
    """HO-2: somebody else accepted it since."""
    model = confirmed()
    model.told("ben", "/handoff ic @cat go")
    model.told("cat", "/accept", after=0.1)
    model.told("cat", "/handoff ic @ana you know it", after=0.1)
    model.told("ana", "/accept", after=0.1)
    assert "ana has accepted" in model.told("cat", "/undo", after=0.1)
    assert model.incident.holder("ic") == "ana"


def test_a_role_that_was_taken_is_given_back() -> None:
    """AS-5, HO-7: it is nobody's again, and nobody is assigned for it."""
    model = confirmed()
    model.told("cat", "/take co")
    assert model.issue.assignees == {"ben", "cat"}
    assert "Communications officer: nobody." in model.told("cat", "/undo")
    assert model.issue.assignees == {"ben"}


def test_a_role_that_is_with_somebody_else_by_now_is_not_given_back() -> None:
    """HO-7: what others did with it stands."""
    model = confirmed()
    model.told("cat", "/take co")
    model.told("ana", "/take scribe")
    model.told("ben", "/leave", after=0.1)
    model.told("ana", "/ic", after=0.1)
    model.told("ana", "/handoff ic @ben are you back?", after=0.1)
    model.told("ben", "/accept", after=0.1)
    assert "ben has accepted" in model.told("ana", "/undo", after=0.1)
    assert model.incident.holder("ic") == "ben"


def test_only_the_last_own_call_is_taken_back() -> None:
    """AS-5: what others decided in between stays."""
    model = confirmed("high")
    model.told("ben", "/contained 03:11")
    model.told("cat", "/take co")
    model.told("ben", "/undo")
    assert model.incident.contained is None
    assert model.incident.holder("co") == "cat"


def test_undo_twice_takes_back_two_calls() -> None:
    """AS-5: the call before the last one is the last one now."""
    model = confirmed("high")
    model.told("ben", "/sev medium")
    model.told("ben", "/sev low")
    model.told("ben", "/undo")
    model.told("ben", "/undo")
    assert model.incident.severity == "high"


def test_an_older_call_is_not_taken_back() -> None:
    """AS-5: after ten minutes others rely on it; the answer says what to type instead."""
    model = confirmed("high")
    assert "no call of yours from the last 10 minutes" in model.told("ben", "/undo", after=11)
    assert model.incident.confirmed is not None


def test_a_call_of_somebody_else_is_not_taken_back() -> None:
    """AS-5: one's own slips only."""
    model = confirmed("high")
    assert "no call of yours" in model.told("cat", "/undo")


def test_what_others_were_told_is_not_taken_back() -> None:
    """AS-5: a sitrep is corrected by another one, a closing is undone by opening again."""
    model = confirmed("high")
    model.told("ben", "/sitrep all is lost")
    assert "post another that corrects it" in model.told("ben", "/undo")
    model.told("ben", "/close")
    assert "`/reopen` opens it again" in model.told("ben", "/undo")


def test_a_label_set_by_hand_is_taken_back() -> None:
    """AS-5: a call is a call, however it was made; the label follows."""
    model = confirmed("high")
    model.label("severity: low", by="ben")
    model.run()
    assert model.incident.severity == "low"
    model.told("ben", "/undo")
    assert "severity: high" in model.issue.labels


def test_undoing_within_one_comment() -> None:
    """AS-5: changed one's mind in the next line."""
    model = confirmed("high")
    model.told("ben", "/sev low\n/undo")
    assert model.incident.severity == "high"


def test_what_was_taken_back_stays_so_when_entries_are_filed() -> None:
    """AS-5: the fold of the archive leaves it out, wherever the undoing itself stands."""
    model = confirmed("high")
    model.told("ben", "/sev low")
    model.told("ben", "/undo")
    for place in range(60):
        model.told("ben", f"/timeline 03:11 {place} " + "x" * 900)
    assert model.record.archive is not None
    assert model.incident.severity == "high"


def test_nothing_to_take_back() -> None:
    """AS-5: plain words are no call."""
    model = opened()
    model.told("ben", "hello")
    assert "no call of yours" in model.told("ben", "/undo")
