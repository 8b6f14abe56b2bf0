"""Law 2, counted: what the program says over whole drills, against what people call for."""

from __future__ import annotations

from pathlib import Path

import pytest

from irp_actions.edges.policy_file import examples
from irp_actions.values.thread import Comment
from tests.model import BOT, confirmed
from tests.restraint import crowded
from tests.screenplay import SCENARIOS, play


@pytest.mark.parametrize("policy", [None, *examples()], ids=lambda path: path.stem if path else "packaged")
@pytest.mark.parametrize("name", SCENARIOS)
def test_no_two_comments_of_a_drill_could_have_been_one(name: str, policy: Path | None) -> None:
    """Law 2: at most one in a quarter of an hour, but for answers and for whoever has to be woken."""
    assert [_shown(*pair) for pair in crowded(play(name, policy))] == []


def test_comments_that_could_have_been_one_are_noticed() -> None:
    """The measure itself: a reminder a minute after another comment is found, an answer to somebody is not."""
    model = confirmed()
    model.told("cat", "/sev hgh")
    assert crowded(model) == []
    model.wait(1)
    model.add_comment(BOT, "<!-- irp:note AS-8:20260302T0326Z:0 -->\nDue.")
    assert len(crowded(model)) == 1


def _shown(earlier: Comment, later: Comment) -> str:
    return f"{earlier.at:%H:%M} {earlier.body[:120]} / {later.at:%H:%M} {later.body[:120]}"
