"""Deciding, edits: a decision once taken is pinned; later edits and deletions are shown as drift, never obeyed."""

from __future__ import annotations

import pytest

from tests.model import Model, confirmed, opened


def test_an_undecided_comment_that_its_author_edited_is_obeyed_as_it_stands() -> None:
    """Nothing was decided by the first wording, so there is nothing to pin."""
    model = opened()
    comment = model.say("ben", "/confirm hihg")
    model.edit(comment, "/confirm high", by="ben")
    model.run()
    assert model.incident.severity == "high"
    assert "edited" in model.entry("confirm").marks


def test_an_undecided_comment_that_somebody_else_edited_is_refused_with_the_line_to_paste() -> None:
    """Nobody's rights are lent to whoever fixes a typo in their comment."""
    model = opened(writers=frozenset({"wes"}))
    comment = model.say("ben", "/confirm low")
    model.edit(comment, "/confirm high it is `bad`", by="wes")
    said = model.heard()
    assert model.entry("confirm").verdict == "refused"
    assert model.incident.severity == "unknown"
    assert "@ben" in said
    assert "/confirm high it is" in said


def test_a_comment_that_its_author_edited_last_but_another_before_is_refused() -> None:
    """Every editor has to be its author, not only the newest."""
    model = opened()
    comment = model.say("ben", "hello")
    model.edit(comment, "/confirm high", by="zoe")
    model.edit(comment, "/confirm high!", by="ben")
    model.run()
    assert model.entry("confirm").verdict == "refused"


def test_an_outsiders_comment_is_not_obeyed_because_a_responder_edited_it() -> None:
    """Acting for the editor is a known hole: the author's standing counts, and only theirs."""
    model = opened()
    comment = model.say("zoe", "/confirm low typo")
    model.edit(comment, "/confirm high", by="ben")
    model.run()
    assert model.entry("confirm").verdict == "refused"
    assert model.incident.status == "investigating"


def test_while_github_does_not_tell_the_editors_nothing_is_decided() -> None:
    """Exit 1, and the next run asks again."""
    model = opened()
    comment = model.say("ben", "/confirm high")
    model.edit(comment, "/confirm low", by="ben")
    model.unreachable = frozenset({"*"})
    assert model.run().code == 1
    assert model.incident.status == "investigating"
    model.unreachable = frozenset()
    assert model.run().code == 0
    assert model.incident.severity == "low"


@pytest.mark.parametrize("editor", ["ben", "wes"])
def test_an_edit_after_the_decision_changes_nothing_and_is_shown(editor: str) -> None:
    """CL-7: whoever edits: the decision stands, the board names the drift, the record notes the new digest."""
    model = opened(writers=frozenset({"wes"}))
    comment = model.say("ben", "/confirm high")
    model.run()
    model.wait(1)
    model.edit(comment, "/confirm low", by=editor)
    model.run()
    assert model.incident.severity == "high"
    assert model.entry("edited").by.login == editor
    assert f"edited by {editor}" in model.board
    assert model.run().changes == ()


def test_a_command_added_by_an_edit_is_answered_with_the_line_to_paste() -> None:
    """Edits are not commands; the author learns it once, with what to do."""
    model = opened()
    comment = model.say("ben", "looking")
    model.run()
    model.wait(1)
    model.edit(comment, "looking\n/confirm high", by="ben")
    said = model.heard()
    assert "@ben" in said
    assert "`/confirm high`" in said
    assert model.incident.status == "investigating"
    assert model.heard() == ""


def test_plain_words_mended_after_they_were_read_need_no_word() -> None:
    """CL-7: a typo is nobody's business; it is on the board, and nobody is mailed."""
    model = opened()
    comment = model.say("ben", "lokking")
    model.run()
    model.wait(1)
    model.edit(comment, "looking", by="ben")
    assert model.heard() == ""
    assert model.incident.drifted == 1


def test_each_further_edit_is_noted_once() -> None:
    """CL-7: every new text has a digest of its own."""
    model = confirmed()
    comment = model.say("ben", "/sitrep one")
    model.run()
    for text in ("/sitrep two", "/sitrep three"):
        model.wait(1)
        model.edit(comment, text, by="ben")
        model.run()
        model.run()
    assert [entry.call for entry in model.entries].count("edited") == 2
    assert model.incident.drifted == 2


def test_an_edit_that_was_taken_back_before_anyone_read_it_is_no_drift() -> None:
    """The text is what was recorded: nothing to show."""
    model = opened()
    comment = model.say("ben", "/confirm high")
    model.run()
    model.edit(comment, "/confirm low", by="ben")
    model.edit(comment, "/confirm high", by="ben")
    model.run()
    assert model.incident.drifted == 0


def test_a_comment_deleted_before_it_was_decided_was_never_said() -> None:
    """What nobody can read is not obeyed; the deletion stands in the record."""
    model = opened()
    comment = model.say("ben", "/confirm high")
    model.delete(comment, by="ben")
    model.run()
    assert model.incident.status == "investigating"
    assert model.entry("deleted").args["of"] == "ben"


def test_a_comment_deleted_after_it_was_decided_still_counts() -> None:
    """CL-7: its decision stands, and the board says that it is gone."""
    model = opened()
    comment = model.say("ben", "/confirm high")
    model.run()
    model.wait(1)
    model.delete(comment, by="cat")
    model.run()
    assert model.incident.severity == "high"
    assert "deleted by cat" in model.board
    assert model.run().changes == ()


def test_an_edit_is_no_sign_of_life() -> None:
    """Tidying up old words does not answer whoever asks."""
    model = opened()
    comment = model.say("ben", "hello")
    model.run()
    word = model.incident.word
    model.wait(9)
    model.edit(comment, "hello!", by="ben")
    model.run()
    assert model.incident.word == word


def test_the_board_names_the_last_few_changes_and_the_record_has_all() -> None:
    """CL-7: a vandal cannot make the board endless."""
    model = opened()
    comments = [model.say("ben", f"note {place}") for place in range(9)]
    model.run()
    model.wait(1)
    for comment in comments:
        model.edit(comment, "rewritten", by="zoe")
    model.run()
    assert model.incident.drifted == 9
    assert len(model.incident.drift) == 5
    assert model.board.count("edited by zoe") == 5


def test_an_opening_body_edited_by_another_before_it_was_decided_lends_nobody_authority() -> None:
    """A tick that somebody else made in a roster member's form is not that member's word."""
    model = Model()
    model.open("ben", body="### What is going on?\n\nOdd.\n\n### Are you on it?\n\n- [ ] I am handling this now\n")
    model.edit_body(model.issue.body.replace("[ ]", "[x]"), by="zoe")
    model.run()
    assert model.incident.holder("ic") is None
