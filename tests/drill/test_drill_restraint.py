"""Restraint, counted over all drills from what their golden transcripts say that they cost (law 2)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from irp_actions.edges.drill.scenario import packaged

GOLDEN = Path(__file__).parent / "golden"


def tally(name: str) -> tuple[int, int]:
    """Comments of the program, and of people those with a call."""
    told = (GOLDEN / f"{name}.md").read_text(encoding="utf-8")
    calls = re.search(r"^\| Comments of people \| \d+, (\d+) of them with a call \|$", told, re.MULTILINE)
    ours = re.search(r"^\| Comments of the program \| (\d+) \|$", told, re.MULTILINE)
    assert calls
    assert ours
    return int(ours[1]), int(calls[1])


def test_the_program_says_half_as_much_as_people_call_for() -> None:
    """Law 2: at most one comment of the program for every two of people that carry a call, over all drills."""
    counted = [tally(path.stem) for path in packaged()]
    ours, calls = (sum(column) for column in zip(*counted, strict=True))
    assert len(counted) >= 8
    assert ours * 2 <= calls, f"{ours} comments of the program for {calls} with a call"


@pytest.mark.parametrize(("name", "most"), [("phishing-weekend", 12), ("false-alarm", 2)])
def test_a_drill_costs_no_more_than_it_has_to(name: str, most: int) -> None:
    """Law 2: three days with four reports and two handoffs, and a false alarm."""
    assert tally(name)[0] <= most


def test_a_false_alarm_costs_its_reporter_at_most_five_notifications() -> None:
    """AS-2, law 2: and the last comment is in plain words."""
    told = (GOLDEN / "false-alarm.md").read_text(encoding="utf-8")
    notified = re.search(
        r"^\| Notifications to the reporter, of their own issue \| (\d+) to gus \|$", told, re.MULTILINE
    )
    assert notified
    assert int(notified[1]) <= 5
    last = told[told.rindex("**irp** comments") :].partition("\n**")[0]
    assert "Thank you, @gus" in last
    assert not re.search(r"severity|incident commander|sitrep|`/", last)
