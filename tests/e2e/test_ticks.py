"""A ticked box on the board: the stand-in's edit history says who it was, and the shipping workflow hears of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from irp_actions.rules.tail import has_tail
from tests.e2e.town import Town, town


def board(here: Town) -> Any:
    """The first reply as REST shows it."""
    return next(comment for comment in here.comments() if has_tail(comment["body"]))


def tick(here: Town, who: str, id: str) -> None:
    """Somebody ticks a box as GitHub's page does: by editing our comment."""
    found = board(here)
    body = found["body"].replace(f"- [ ] **{id}**", f"- [x] **{id}**")
    assert body != found["body"]
    here.rest(who, "PATCH", f"/issues/comments/{found['id']}", body=body)


def test_a_ticked_box_is_done_by_whoever_ticked_it(tmp_path: Path) -> None:
    """RE-2: and boxes ticked by two people between two runs credit nobody."""
    with town(tmp_path) as here:
        here.report()
        here.say("ben", "/confirm high\n/todo @cat rotate the key\n/todo @cat read the logs\n/todo @dee call payroll")
        here.advance("PT1M")
        tick(here, "cat", "T1")
        here.settle()
        items = here.incident().work.items
        assert [(item.id, item.done.by) for item in items if item.done] == [("T1", "cat")]
        assert "- [x] **T1** rotate the key — cat; verify" in here.board()
        assert here.notes() == []
        here.advance("PT1M")
        here.weather(drop_events=1.0)
        tick(here, "cat", "T2")
        tick(here, "dee", "T3")
        here.weather(drop_events=0.0)
        here.say("ben", "how is it going?")
        assert [item.id for item in here.incident().work.items if item.done] == ["T1"]
        assert "I cannot tell who is to be credited" in here.board()
        assert "- [ ] **T2** read the logs" in here.board()
