"""Writing: a run writes for two minutes at most, so that two runs never overlap for long."""

from __future__ import annotations

from irp_actions.edges.reconcile import DONE, OURS, WRITING
from irp_actions.values.changes import Change
from irp_actions.values.thread import Thread
from tests.model import Model


class Slow(Model):
    """A GitHub that takes a minute and a half for every batch."""

    def apply(self, thread: Thread, changes: tuple[Change, ...]) -> None:
        """Make the changes, slowly."""
        super().apply(thread, changes)
        self.wait(1.5)


def test_a_run_that_takes_too_long_leaves_the_rest_to_the_next() -> None:
    """A flood needs many looks; a slow GitHub gets two minutes of them, and the next run goes on."""
    assert WRITING.total_seconds() == 120
    model = Slow()
    model.open()
    for _ in range(12):
        model.say("ben", "\n".join("/timeline 03:10 " + "x" * 400 for _ in range(20)), after=0)
    started = model.now
    first = model.run()
    assert first.code == OURS
    assert "two minutes are over" in first.said
    assert (model.now - started).total_seconds() <= 120 + 90
    for _ in range(30):
        if model.run().code == DONE:
            break
    assert model.run().code == DONE
    assert len([entry for entry in model.entries if entry.call == "timeline"]) > 0
    assert model.incident.holder("ic") == "ben"
