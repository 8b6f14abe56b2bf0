"""Drills are read as prose: the whole conversation of each is a file, and a difference is for a person to judge.

`UPDATE_GOLDEN=1 pytest tests/drill` writes the files anew; read the difference before it is committed.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from conftest import Drill

from irp_actions.edges.drill.deeds import DEEDS
from irp_actions.edges.drill.scenario import load, packaged

HERE = Path(__file__).parent
GOLDEN = HERE / "golden"
EVERY_STEP = HERE / "scenarios" / "every-step.yml"


@pytest.mark.parametrize("path", [*packaged(), EVERY_STEP], ids=lambda path: path.stem)
def test_a_drill_reads_as_it_did(path: Path, drill: Drill, tmp_path: Path) -> None:
    """The transcript is the golden one to the letter, the screen shows the same when piped, and no run failed."""
    transcript = tmp_path / "transcript.md"
    result = drill(path, "--transcript", transcript)
    told = transcript.read_text(encoding="utf-8")
    golden = GOLDEN / f"{path.stem}.md"
    if os.environ.get("UPDATE_GOLDEN") == "1":
        golden.write_text(told, encoding="utf-8")
    assert golden.read_text(encoding="utf-8") == told
    assert told == result.output
    assert result.exit_code == 0


def test_every_kind_of_step_has_a_drill_that_takes_it() -> None:
    """A new entry in the table of steps needs a step in `every-step.yml`, so that its golden transcript shows it."""
    taken = {type(step.deed) for step in load(EVERY_STEP).steps}
    assert set(DEEDS.values()) == taken


def test_no_golden_transcript_is_left_behind() -> None:
    """Each file belongs to a scenario."""
    assert {path.stem for path in [*packaged(), EVERY_STEP]} == {path.stem for path in GOLDEN.glob("*.md")}
