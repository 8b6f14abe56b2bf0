"""Ticked boxes: `/done` by whoever ticked them, where GitHub lets that be known (RE-2)."""

from __future__ import annotations

from irp_actions.rules.ticks import ticked, toggled
from tests.model import Model, opened
from tests.rules.working import at_work


def tick(model: Model, id: str, by: str, mark: str = "x") -> None:
    """Somebody ticks, or unticks, the box of an item on the board as it stands."""
    body = model.head.body
    old = "[x]" if mark == " " else "[ ]"
    assert f"- {old} **{id}**" in body
    model.edit(model.head, body.replace(f"- {old} **{id}**", f"- [{mark}] **{id}**"), by=by)


def two() -> Model:
    """Two items are open."""
    model = at_work()
    model.told("ana", "/todo @cat look at the logs")
    model.wait(1)
    return model


def test_a_ticked_box_is_done_by_whoever_ticked_it() -> None:
    """RE-2: quietly, and not as drift."""
    model = two()
    tick(model, "T1", by="cat")
    assert model.heard() == ""
    done = model.incident.work.items[0].done
    assert done is not None
    assert done.by == "cat"
    assert model.incident.drifted == 0
    assert "- [x] **T1** rotate the key — cat; verify" in model.board
    assert model.entry("done").marks == ("by-hand", "implied")
    assert model.run().changes == ()


def test_several_boxes_ticked_by_one_person_are_all_done() -> None:
    """RE-2: one edit or two."""
    model = two()
    tick(model, "T1", by="cat")
    tick(model, "T2", by="cat")
    model.run()
    assert [item.done.by for item in model.incident.work.items if item.done] == ["cat", "cat"]
    assert model.run().changes == ()


def test_a_box_that_is_unticked_is_open_again() -> None:
    """RE-2: the same as `/done T1 no`."""
    model = two()
    tick(model, "T1", by="cat")
    model.run()
    model.wait(1)
    tick(model, "T1", by="ben", mark=" ")
    model.run()
    assert model.incident.work.items[0].open
    assert "- [ ] **T1**" in model.board


def test_a_box_ticked_and_unticked_before_anyone_read_it_says_nothing() -> None:
    """RE-2: nothing differs."""
    model = two()
    tick(model, "T1", by="cat")
    tick(model, "T1", by="cat", mark=" ")
    assert toggled(model.located.head or model.head) == ()
    model.run()
    assert model.incident.work.items[0].open


def test_boxes_ticked_by_two_people_credit_nobody() -> None:
    """RE-2: it is shown, with what to type."""
    model = two()
    tick(model, "T1", by="cat")
    tick(model, "T2", by="ana")
    model.run()
    assert model.incident.work.open_now == model.incident.work.items
    assert model.incident.drifted == 1
    assert "I cannot tell who is to be credited: `/done T1` says it" in model.board
    assert "- [ ] **T1**" in model.board


def test_any_other_edit_of_the_board_is_drift_even_with_a_tick() -> None:
    """RE-2: a tick says one thing, and an edit may say anything."""
    model = two()
    body = model.head.body.replace("- [ ] **T1** rotate", "- [x] **T1** do not rotate")
    model.edit(model.head, body, by="cat")
    model.run()
    assert model.incident.work.items[0].open
    assert "this comment, edited by cat" in model.board


def test_an_edit_of_the_record_below_the_board_lends_a_tick_nothing() -> None:
    """RE-2: the hidden part has to be as we wrote it."""
    model = two()
    body = model.head.body.replace("- [ ] **T1**", "- [x] **T1**").replace('"roster"', '"outsider"')
    model.edit(model.head, body, by="cat")
    model.run()
    assert model.incident.work.items[0].open
    assert model.incident.drifted == 1


def test_a_tick_counts_by_the_authority_of_whoever_ticked() -> None:
    """RE-2: of somebody without access it is refused, and the box is put back."""
    model = two()
    tick(model, "T1", by="zoe")
    assert "`/done` is for the team" in model.heard()
    assert model.incident.work.items[0].open
    assert "- [ ] **T1**" in model.board
    assert model.run().changes == ()


def test_a_tick_of_somebody_with_write_access_counts() -> None:
    """RE-2: GitHub is asked about them."""
    model = at_work(writers=frozenset({"wes"}))
    model.wait(1)
    tick(model, "T1", by="wes")
    model.run()
    done = model.incident.work.items[0].done
    assert done is not None
    assert (done.by, model.entry("done").by.standing) == ("wes", "responder")


def test_a_tick_whose_author_github_cannot_judge_is_shown() -> None:
    """RE-2: the board is written anew and the tick with it, so it says what to type."""
    model = at_work(writers=frozenset({"wes"}))
    model.wait(1)
    tick(model, "T1", by="wes")
    model.unreachable = frozenset({"wes"})
    assert model.run().code == 1
    assert model.incident.work.items[0].open
    assert "`/done T1` says it" in model.board


def test_without_a_history_that_reaches_back_to_us_nobody_is_credited() -> None:
    """RE-2: whoever purged the revision leaves nothing to compare with."""
    model = two()
    assert ticked(model.head) is None
    assert toggled(model.head) == ()


def test_a_board_without_items_has_nothing_to_tick() -> None:
    """RE-2: an edit of it is what it was."""
    model = opened()
    model.told("ben", "on it")
    model.wait(1)
    model.edit(model.head, "- [x] **T1** mine\n" + model.head.body, by="cat")
    model.run()
    assert model.incident.drifted == 1
