"""Writing, losses: the record goes first, nothing is sent twice, and what was lost is found by looking again."""

from __future__ import annotations

import pytest

from irp_actions.values.changes import React, Say, WriteRecord
from tests.model import BOT, Loss, Model, confirmed, opened

RECORD_ALONE = Loss(frozenset({0}))
NEVER_ARRIVED = Loss(delayed=True)
ANSWER_ALONE = Loss()


def reactions(model: Model, place: int) -> frozenset[str]:
    """Our reactions on one of the people's comments."""
    theirs = [comment for comment in model.issue.comments if comment.author != BOT]
    return theirs[place].reactions


def test_the_record_is_the_first_change_of_every_batch() -> None:
    """If it is lost, nothing after it counts."""
    model = confirmed()
    model.told("ben", "/handoff @cat go\n/sev hgh\n/close")
    model.told("cat", "/accept")
    for batch in model.batches[1:]:
        places = [place for place, change in enumerate(batch) if isinstance(change, WriteRecord)]
        assert places in ([0], [])
    assert any(isinstance(change, WriteRecord) for batch in model.batches for change in batch)


def test_a_batch_that_fails_is_looked_at_again_and_never_sent_again_blindly() -> None:
    """An applied write that was answered with 502 is found to be there."""
    model = opened()
    model.weather = [ANSWER_ALONE]
    model.say("ben", "/sev hgh")
    outcome = model.run()
    assert outcome.code == 0
    assert "bad weather" in outcome.said
    assert len(model.ours) == 1
    assert len(model.batches) == 3  # the opening's two, and the one that was answered with an error


def test_a_batch_that_never_arrived_is_made_anew() -> None:
    """By the same run, from a fresh look."""
    model = opened()
    model.weather = [NEVER_ARRIVED]
    model.say("ben", "/confirm high")
    assert model.run().code == 0
    assert model.incident.severity == "high"


def test_weather_that_stays_bad_ends_the_run_with_one() -> None:
    """What was not done is never called done; the next run does it."""
    model = opened()
    model.weather = [NEVER_ARRIVED] * 9
    model.say("ben", "/confirm high")
    outcome = model.run()
    assert outcome.code == 1
    assert "The next run goes on" in outcome.said
    assert len(model.batches) == 2 + 3
    model.weather = []
    assert model.run().code == 0
    assert model.incident.severity == "high"


def test_an_accepted_call_whose_record_was_lost_is_accepted_again() -> None:
    """It carries our reaction, so it takes that verdict, though permission or state changed meanwhile."""
    model = opened(writers=frozenset({"wes"}))
    model.weather = [RECORD_ALONE, NEVER_ARRIVED, NEVER_ARRIVED]
    model.told("wes", "/confirm high")
    assert model.incident.status == "investigating"
    assert reactions(model, 0) == {"THUMBS_UP"}
    model.writers = frozenset()
    model.weather = []
    model.run()
    assert model.incident.severity == "high"
    assert "recovered" in model.entry("confirm").marks
    assert "THUMBS_UP" in reactions(model, 0)
    assert "CONFUSED" not in reactions(model, 0)


def test_a_refused_call_whose_record_was_lost_is_refused_again() -> None:
    """Whoever came onto the roster a minute later was told no, and types it again."""
    model = confirmed()
    model.weather = [RECORD_ALONE, NEVER_ARRIVED, NEVER_ARRIVED]
    model.told("zoe", "/resolve")
    assert reactions(model, 1) == {"CONFUSED"}
    model.writers = frozenset({"zoe"})
    model.weather = []
    model.run()
    assert model.incident.status == "confirmed"
    assert model.entry("resolve").verdict == "refused"
    assert reactions(model, 1) == {"CONFUSED"}


def test_a_question_whose_record_was_lost_is_answered_once_and_stays_accepted() -> None:
    """Our reaction was a yes."""
    model = confirmed()
    model.weather = [RECORD_ALONE, NEVER_ARRIVED, NEVER_ARRIVED]
    model.told("cat", "/brief")
    model.weather = []
    model.run()
    assert model.entry("brief").verdict == "seen"
    assert reactions(model, 1) == {"THUMBS_UP"}
    assert len(model.ours) == 1


def test_an_outsider_who_asked_something_is_no_responder_because_the_record_was_lost() -> None:
    """A reaction to a question that anybody may ask says nothing of authority."""
    model = opened()
    model.weather = [RECORD_ALONE, NEVER_ARRIVED, NEVER_ARRIVED]
    model.told("rae", "/brief")
    model.weather = []
    model.run()
    assert model.incident.holder("ic") is None
    assert model.incident.acknowledged is None
    assert model.entry("brief").by.standing == "outsider"


def test_a_comment_accepted_in_part_is_judged_anew_by_who_may_what() -> None:
    """A `confused` on several calls says that one was refused, not which; authority is asked again."""
    model = opened(writers=frozenset({"wes"}))
    model.weather = [RECORD_ALONE, NEVER_ARRIVED, NEVER_ARRIVED]
    model.told("wes", "/confirm high\n/accept")
    model.weather = []
    model.run()
    verdicts = {entry.call: entry.verdict for entry in model.entries}
    assert (verdicts["confirm"], verdicts["accept"]) == ("accepted", "refused")
    assert model.incident.severity == "high"


def test_a_note_that_was_lost_is_posted_by_the_next_look() -> None:
    """The record believes it was said; the thread shows that it was not."""
    model = confirmed()
    batch = _dry(model, "cat", "/sev hgh")
    place = next(n for n, change in enumerate(batch) if isinstance(change, Say))
    model.weather = [Loss(frozenset({place})), NEVER_ARRIVED, NEVER_ARRIVED]
    model.run()
    assert model.ours == []
    model.weather = []
    model.run()
    assert [key.split(":")[0] for key in model.said_keys] == ["re"]
    assert model.run().changes == ()


def test_a_reaction_that_was_lost_is_put_by_the_next_look() -> None:
    """What GitHub shows is compared, not what was sent."""
    model = opened()
    batch = _dry(model, "ben", "/confirm high")
    place = next(n for n, change in enumerate(batch) if isinstance(change, React))
    model.weather = [Loss(frozenset({place}))]
    model.run()
    assert reactions(model, 0) == {"THUMBS_UP"}


def test_the_cursor_passes_a_call_only_after_its_effects_were_read_back() -> None:
    """A reaction or reply still unseen keeps the call within the run's sight."""
    model = opened()
    model.told("ben", "/ack", after=20)
    refused = model.say("ben", "/sev hgh", after=20)
    accepted = model.say("cat", "/sev high", after=20)
    model.run()
    assert model.record.cursor == refused.at
    following = model.say("ben", "/sitrep fine", after=20)
    model.run()
    assert model.record.cursor == following.at > accepted.at


@pytest.mark.parametrize("loss", [RECORD_ALONE, NEVER_ARRIVED, ANSWER_ALONE], ids=["record", "all", "answer"])
def test_a_handoff_is_offered_once_whatever_was_lost(loss: Loss) -> None:
    """One ceremony is one comment."""
    model = confirmed()
    model.weather = [loss]
    model.told("ben", "/handoff @cat night shift")
    model.run()
    assert len([key for key in model.said_keys if key.startswith("handoff")]) == 1
    assert model.incident.handoffs[0].incoming == "cat"


def test_an_opening_whose_answer_was_lost_leaves_one_board() -> None:
    """The first reply was posted, only nobody was told."""
    model = Model()
    model.weather = [ANSWER_ALONE]
    model.open()
    model.run()
    assert sum("irp:record" in comment.body for comment in model.issue.comments) == 1


def _dry(model: Model, login: str, text: str) -> tuple[object, ...]:
    """What a run would do about a comment, without doing it."""
    model.say(login, text)
    model.weather = [NEVER_ARRIVED] * 3
    model.run()
    model.weather = []
    return model.batches.pop()
