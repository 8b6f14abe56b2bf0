"""A record decided anew: with its board lost, what people wrote and what we reacted lead to the same decisions."""

from __future__ import annotations

from tests.model import BOT, Model, confirmed


def without_board(model: Model) -> Model:
    """Somebody deleted the first reply, and everything is decided anew."""
    model.delete(model.head, by="cat")
    model.run()
    return model


def test_a_handoff_that_was_accepted_stays_accepted() -> None:
    """Its comment is found again, and not posted twice."""
    model = confirmed()
    model.told("ben", "/handoff @cat night shift")
    model.told("cat", "/accept")
    notes = [comment.id for comment in model.ours]
    without_board(model)
    assert model.incident.holder("ic") == "cat"
    assert [comment.id for comment in model.ours] == notes
    assert model.run().changes == ()


def test_refusals_are_not_answered_again() -> None:
    """The thread shows that they were."""
    model = confirmed()
    model.told("ben", "/sev hgh")
    model.told("zoe", "/close")
    without_board(model)
    assert len(model.ours) == 2
    assert model.incident.status == "confirmed"


def test_a_yes_to_an_offer_that_is_gone_moves_nothing() -> None:
    """It takes its old verdict; there is only nothing left that it could do."""
    model = confirmed()
    offer = model.say("ben", "/handoff @cat night shift")
    model.run()
    model.told("cat", "/accept")
    model.delete(offer, by="ben")
    without_board(model)
    assert model.entry("accept").verdict == "accepted"
    assert model.incident.holder("ic") == "ben"


def test_a_no_to_an_offer_that_is_gone_changes_nothing() -> None:
    """As with a yes."""
    model = confirmed()
    offer = model.say("ben", "/handoff @cat night shift")
    model.run()
    model.told("cat", "/decline")
    model.delete(offer, by="ben")
    without_board(model)
    assert model.entry("decline").verdict == "accepted"
    assert model.incident.handoffs == ()


def test_a_command_that_was_taken_does_not_depose_anybody_later() -> None:
    """`/ic` was right when the chair was empty; now somebody sits in it."""
    model = confirmed(by="ben")
    first = next(comment for comment in model.issue.comments if comment.author != BOT)
    model.told("ben", "/handoff @cat go")
    model.told("cat", "/ic")
    offer = [comment for comment in model.issue.comments if comment.author != BOT][1]
    model.delete(offer, by="ben")
    without_board(model)
    assert first in model.issue.comments or model.incident.holder("ic") == "ben"
    assert model.entry("ic").verdict == "accepted"
    assert model.incident.holder("ic") == "ben"


def test_a_closed_incident_stays_closed_with_its_one_report() -> None:
    """The final comment is known by when it was closed."""
    model = confirmed()
    model.told("ben", "/close done")
    without_board(model)
    assert not model.issue.is_open
    assert sum("# Incident report" in comment.body for comment in model.ours) == 1


def test_reminders_that_were_posted_are_not_posted_again() -> None:
    """Their keys name the rule, the due time and the rung."""
    model = confirmed()
    model.wait(31)
    model.run()
    before = [comment.id for comment in model.ours]
    without_board(model)
    assert [comment.id for comment in model.ours] == before
