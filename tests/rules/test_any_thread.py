"""Whatever happens to an issue: a run makes GitHub agree with what was written, and the next finds nothing to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from random import Random

import pytest

from irp_actions.rules.chain import faults
from irp_actions.rules.header import prose
from irp_actions.values.changes import Amend, FileArchive, OpenBoard, Remove, WriteRecord
from tests.doings import ANYTHING, IN_TIME, Doing
from tests.model import BOT, Loss, Model
from tests.restraint import crowded
from tests.threads import decided_when, played, tried

SHARES, THREADS = 8, 255
"""Workers take a share each; together more than two thousand threads."""

FEW = 40
"""How many threads a share plays that are played several times over."""

Noted = Callable[[str, object], None]


@pytest.mark.parametrize("share", range(SHARES))
def test_a_second_run_finds_nothing_left_now_or_until_something_is_due(share: int, record_property: Noted) -> None:
    """Apply the diff, look again: nothing; and nothing at any moment before the next due time."""

    def holds(doings: Sequence[Doing]) -> None:
        model = played(doings)
        wakes_at = model.run().wakes_at
        assert model.run().changes == ()
        until = (wakes_at or model.now + timedelta(days=40)) - timedelta(seconds=1)
        for moment in (model.now + (until - model.now) / 3, until):
            model.now = max(model.now, moment)
            assert model.run().changes == (), wakes_at
        _is_sound(model)
        _lets_people_be(model, doings)
        assert crowded(model) == []

    record_property("threads", tried(share, THREADS, ANYTHING, holds))


@pytest.mark.parametrize("share", range(100, 103))
def test_runs_that_were_dropped_change_nothing_of_what_is_decided(share: int, record_property: Noted) -> None:
    """One run after everything decides what a run after each doing decides."""

    def holds(doings: Sequence[Doing]) -> None:
        each = decided_when(doings, lambda model, _: _ran(model))
        last = decided_when(doings, lambda _, __: None)
        some = decided_when(doings, lambda model, place: _ran(model) if place % 3 else None)
        assert last == each
        assert some == each

    record_property("threads", tried(share, FEW, IN_TIME, holds))


@pytest.mark.parametrize("share", range(200, 203))
def test_batches_that_were_lost_in_part_change_nothing_of_what_is_decided(share: int, record_property: Noted) -> None:
    """Whichever mutations or answers GitHub loses, the next runs come to the same decisions and say nothing twice."""

    def holds(doings: Sequence[Doing]) -> None:
        chance = Random(repr(doings))
        losses = [[_loss(chance) for _ in range(chance.randrange(4))] for _ in doings]

        def run(model: Model, place: int) -> None:
            model.weather = list(losses[place])
            _ran(model)
            model.weather = []

        assert decided_when(doings, run) == decided_when(doings, lambda model, _: _ran(model))

    record_property("threads", tried(share, FEW, IN_TIME, holds))


@pytest.mark.parametrize("share", range(300, 302))
def test_two_runs_at_once_end_in_the_same_issue(share: int, record_property: Noted) -> None:
    """One reads, the other reads and writes, the first one writes what is stale: the next look puts it right."""

    def holds(doings: Sequence[Doing]) -> None:
        models: list[Model] = []

        def run(model: Model, _: int) -> None:
            models.append(model)
            model.meanwhile = model.run
            _ran(model)

        twice = decided_when(doings, run)
        assert twice == decided_when(doings, lambda model, _: _ran(model))
        assert len(models[-1].said_keys) == len(set(models[-1].said_keys))
        assert models[-1].run().changes == ()

    record_property("threads", tried(share, FEW, IN_TIME, holds))


def _ran(model: Model) -> None:
    model.run()


def _loss(chance: Random) -> Loss | None:
    some = frozenset(place for place in range(6) if chance.random() < 0.4)
    return chance.choice([None, Loss(), Loss(some), Loss(some), Loss(frozenset({0})), Loss(delayed=True)])


def _is_sound(model: Model) -> None:
    """What must be so at any time: the chain is whole, no note stands twice, and the record goes first."""
    record = model.record
    assert faults(record.entries, record.texts, record.base_hash, model.desk.seal) == []
    assert len(model.said_keys) == len(set(model.said_keys))
    for batch in model.batches:
        firsts = [change for change in batch if isinstance(change, WriteRecord | OpenBoard | FileArchive)]
        assert all(batch[0] is change for change in firsts)


def _lets_people_be(model: Model, doings: Sequence[Doing]) -> None:
    """Comments of people, their labels and their prose are as people left them."""
    ours = {comment.id for comment in model.issue.comments if comment.author == BOT}
    gone = {"I_1"} | {comment.id for comment in model.issue.comments}
    for batch in model.batches:
        for change in batch:
            if isinstance(change, Amend | WriteRecord | Remove):
                assert change.comment in ours or change.comment not in gone
    if not any(doing.kind == "unlabel" for doing in doings):
        assert "customer" in model.issue.labels
    wrote = [revision.body for revision in model.issue.revisions if revision.editor != BOT]
    assert prose(model.issue.body) == prose(wrote[0])
