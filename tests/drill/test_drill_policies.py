"""Both sources' policies through the shipping workflows: a whole drill each, in its own words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import Drill

from tests.rules.test_vocabulary import GUIDE, OTHERS, PROCEDURE


@pytest.mark.parametrize(
    ("scenario", "policy"), [("leaked-credential", PROCEDURE), ("phishing-weekend", GUIDE)], ids=["CA", "CG"]
)
def test_a_drill_is_played_to_its_end_in_an_example_s_words(scenario: str, policy: Path, drill: Drill) -> None:
    """CL-1, CL-8: by name, as the README says; no run fails, the report is the last word, no foreign word is said."""
    result = drill(scenario, "--policy", policy.stem)
    assert result.exit_code == 0
    assert "; none failed |" in result.output
    ours = "\n".join(re.findall(r"^\*\*[0-9:]+\*\* \*\*irp\*\* .*\n\n((?:>.*\n)+)", result.output, re.MULTILINE))
    assert re.findall(OTHERS[policy], ours) == []
    shown = "Ready for QA" if policy == PROCEDURE else "resolved"
    assert f"`status: {shown}`" in result.output
    assert "closes it as completed" in result.output
