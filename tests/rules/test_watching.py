"""Watching: which incidents a waiting job waits for, what it starts, and when it looks again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from irp_actions.edges.reconcile import reconcile
from irp_actions.rules.watching import Known, Sight, is_watched, plan
from irp_actions.values.policy import Watching
from tests.model import PACKAGED, START, Model, confirmed, opened

TIMES = PACKAGED.watch
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("said", "watched"),
    [
        ((), True),
        (("/ack",), True),
        (("/ack", "/severity medium"), False),
        (("/confirm low",), False),
        (("/confirm high",), True),
        (("/confirm high", "/severity medium", "/severity high"), True),
        (("/confirm high", "/resolve"), False),
        (("/confirm high", "/close"), False),
        (("/false-alarm",), False),
    ],
)
def test_it_is_watched_while_minutes_count(said: tuple[str, ...], watched: bool) -> None:
    """IN-7: until it is acknowledged with a severity, and while it is active and acts as high."""
    model = opened()
    for text in said:
        model.told("ben", text)
    assert is_watched(model.incident) == watched


def test_a_severity_before_anybody_answers_does_not_end_it() -> None:
    """IN-7: somebody outside the roster may set it; still nobody of the team is there."""
    incident = replace(opened().incident, severity="medium", acknowledged=None)
    assert is_watched(incident)


def test_a_run_says_when_watching_begins_and_only_then() -> None:
    """IN-7, AS-5: at the opening, and when it is raised to high; not on every command in between."""
    model = Model()
    model.open()
    assert (model.run().newly_watched, model.run().newly_watched) == (True, False)
    model.say("ben", "/confirm medium")
    assert (outcome := model.run()).watched is False
    assert not outcome.newly_watched
    model.say("ben", "/severity high")
    assert model.run().newly_watched
    model.say("ben", "/sitrep all quiet")
    assert not model.run().newly_watched


def test_a_run_says_when_something_is_overdue() -> None:
    """IN-7: five minutes after a reminder was due and not said, there can be no watch; a little before there may be."""
    model = opened()
    model.wait(14)
    assert not _looked(model).overslept
    model.wait(1)
    assert _looked(model).overslept
    model.run()
    model.wait(4)
    assert not _looked(model).overslept


def test_words_that_are_not_recorded_yet_put_off_a_reminder() -> None:
    """RO-7: a plain word of the team is recorded with the next call, and nothing was overdue all the same."""
    model = confirmed()
    model.told("ben", "/sitrep we are reading the logs")
    model.told("cat", "me too", after=25)
    model.wait(25)
    assert not _looked(model).overslept
    model.say("cat", "still", after=11)
    assert _looked(model).overslept


def _looked(model: Model):  # type: ignore[no-untyped-def]
    return reconcile(model, 1, model.desk, model.now, dry_run=True)  # type: ignore[arg-type]


def sight(number: int = 1, due: str = "a", *, watched: bool | None = True, wakes_in: float | None = None) -> Sight:
    """One incident as a look at `START` finds it."""
    return Sight(number, frozenset(due.split()), watched, None if wakes_in is None else START + wakes_in * MINUTE)


def test_it_looks_again_when_the_next_thing_is_due() -> None:
    """IN-7: of any incident, watched or not."""
    found = plan([sight(1, due="", wakes_in=4), sight(2, due="", watched=False, wakes_in=3)], {}, START, TIMES)
    assert (found.due, found.look_at, found.watched) == ((), START + 3 * MINUTE, (1,))


def test_it_looks_at_least_every_few_minutes() -> None:
    """IN-7: a nearer clock may have been started meanwhile."""
    assert plan([sight(due="", wakes_in=30)], {}, START, TIMES).look_at == START + TIMES.look
    assert plan([], {}, START, TIMES).look_at == START + TIMES.look


def test_one_run_is_started_for_what_is_due_and_more_after_longer_and_longer() -> None:
    """IN-7: whatever stands in its way does not cost a run a minute."""
    known: dict[int, Known] = {}
    started = []
    now = START
    while now < START + timedelta(hours=4):
        found = plan([sight()], known, now, TIMES)
        known = dict(found.known)
        if found.due:
            started.append(int((now - START) / MINUTE))
        now = found.look_at
    assert started == [0, 2, 6, 14, 30, 62, 122, 182]


def test_something_more_that_falls_due_is_not_held_up_by_what_stands_in_the_way() -> None:
    """IN-7: the next rung is climbed at its minute, and tried as often as if nothing else were there."""
    stuck = {1: Known(True, sent_at=START - MINUTE, sent_for=frozenset("a"), tries=6)}
    assert plan([sight(due="a")], stuck, START, TIMES).due == ()
    found = plan([sight(due="a b")], stuck, START, TIMES)
    assert (found.due, found.look_at) == ((1,), START + TIMES.retry)
    assert plan([sight(due="a b")], found.known, START + MINUTE, TIMES).due == ()


def test_what_was_done_is_forgotten() -> None:
    """IN-7: the next thing that is due is tried at once."""
    done = plan(
        [sight(due="")], {1: Known(True, sent_at=START - MINUTE, sent_for=frozenset("a"), tries=4)}, START, TIMES
    )
    assert done.known == {1: Known(True)}
    assert plan([sight()], done.known, START, TIMES).due == (1,)


def test_what_could_not_be_read_is_watched_as_before() -> None:
    """IN-7: GitHub's trouble with one incident is no reason to leave it alone."""
    before = {1: Known(True, sent_at=START, sent_for=frozenset("a"), tries=2), 2: Known(False)}
    found = plan([sight(1, due="", watched=None), sight(2, due="", watched=None)], before, START, TIMES)
    assert found.watched == (1,)
    assert found.known[1].tries == 2


def test_numbers_that_would_never_let_go_are_refused() -> None:
    """A look a minute is the least; a job that waits longer than GitHub lets it is none."""
    with pytest.raises(ValueError, match="at least 1m"):
        Watching(timedelta(seconds=30), MINUTE, MINUTE, timedelta(hours=1))
    with pytest.raises(ValueError, match="at most 5h40m"):
        Watching(MINUTE, MINUTE, MINUTE, timedelta(hours=6))
