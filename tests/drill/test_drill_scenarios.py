"""A scenario file is understood as it is meant, and everything wrong with one is said at once, with its line."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from irp_actions.edges.drill.deeds import Comment, Form, Scene
from irp_actions.edges.drill.scenario import BrokenScenario, Person, load, packaged

HEAD = """\
title: A title
about: What it is about.
starts: 2026-03-02T03:10:00-05:00
people: {ana: {permission: write}}
steps:
"""


def written(folder: Path, steps: str, head: str = HEAD) -> Path:
    """A scenario file with these steps."""
    path = folder / "play.yml"
    path.write_text(head + steps, encoding="utf-8")
    return path


def test_steps_are_understood_by_their_keys(tmp_path: Path) -> None:
    """A time after the start, an absolute one, and none at all, which is that of the step above."""
    steps = """\
  - {at: 0m, name: report, who: ana, form: team.yml, title: It burns}
  - {at: 1h05m, who: ana, says: on it}
  - {scene: Night.}
  - {at: "2026-03-02T10:00:00Z", who: ana, says: /close, on: report}
"""
    scenario = load(written(tmp_path, steps))
    assert [
        Form("ana", "team.yml", "It burns"),
        Comment("ana", "on it"),
        Scene("Night."),
        Comment("ana", "/close", "report"),
    ] == [step.deed for step in scenario.steps]
    assert [
        datetime(2026, 3, 2, 8, 10, tzinfo=UTC),
        datetime(2026, 3, 2, 9, 15, tzinfo=UTC),
        datetime(2026, 3, 2, 9, 15, tzinfo=UTC),
        datetime(2026, 3, 2, 10, 0, tzinfo=UTC),
    ] == [step.at for step in scenario.steps]
    assert [step.line for step in scenario.steps] == [6, 7, 8, 9]
    assert {"ana": Person("write")} == scenario.people


def test_words_stay_words(tmp_path: Path) -> None:
    """YAML's old habits of reading Yes as true and 03:10 as 190 would put other words into people's mouths."""
    steps = (
        "  - {who: ana, form: report.yml, title: T, answers: {what: 03:10, ongoing: Yes, when: 08, listening: No}}\n"
    )
    answers = load(written(tmp_path, steps)).steps[0].deed.answers  # type: ignore[attr-defined]
    assert answers == {"what": "03:10", "ongoing": "Yes", "when": "08", "listening": "No"}


@pytest.mark.parametrize(
    ("step", "complaint"),
    [
        ("{at: 1m, who: ana, syas: x}", "6:5: a step has exactly one of scene,"),
        ("{at: 1m, who: ana, says: x, scene: y}", "this one has says and scene"),
        ("{at: 1m}", "this one has only at"),
        ("{at: 1m, who: ana, says: x, loudly: true}", "6:33: unknown key 'loudly'; known keys: who, says, on"),
        ("{at: soon, who: ana, says: x}", "6:6: 'soon' is no time; write how long after the start it is, like 1h05m"),
        ("{at: 1x, who: ana, says: x}", "6:6: '1x' is no time"),
        ("{at: 2026-03-02, who: ana, says: x}", "6:6: '2026-03-02' is no time"),
        ("{at: 2020-01-01T00:00:00Z, who: ana, says: x}", "6:6: is before the step above it"),
        ("{at: 1m, who: bob, says: x}", "6:14: 'bob' is none of the people: ana"),
        ("{at: 1m, who: ana, deletes: note}", "6:24: no step before this one has the name 'note'"),
        ("{at: 1m, who: ana, closes: wontfix}", "6:24: 'wontfix' is not one of completed, not_planned, duplicate"),
        ("{at: 1m, says: x}", "6:5: 'who' is missing"),
        ("[1m, ana]", "6:5: expected keys and values"),
    ],
)
def test_a_wrong_step_is_named_with_its_place(step: str, complaint: str, tmp_path: Path) -> None:
    """Line, column, and what would be right."""
    with pytest.raises(BrokenScenario) as caught:
        load(written(tmp_path, f"  - {step}\n"))
    assert complaint in str(caught.value)


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    """Nobody mends a file one error at a time."""
    steps = "  - {at: 1m, who: bob, says: x}\n  - {at: 2m, who: ana, says: y, on: nothing}\n  - {at: 1m, scene: z}\n"
    with pytest.raises(BrokenScenario) as caught:
        load(written(tmp_path, steps))
    assert [fault.line for fault in caught.value.faults] == [6, 7, 8]


@pytest.mark.parametrize(
    ("head", "complaint"),
    [
        (HEAD.replace("title:", "titel:"), "unknown key 'titel'; did you mean 'title'?"),
        (HEAD.replace("write", "owner"), "4:16: 'owner' is not one of admin, maintain, write, triage, read, none"),
        (HEAD.replace("-05:00", ""), "3:1: '2026-03-02T03:10:00' does not say its time zone"),
        ("title: 'A title\n", "play.yml:3:1: found unexpected end of stream"),
        ("", "play.yml:1:1: expected keys and values"),
    ],
)
def test_a_wrong_head_is_named_with_its_place(head: str, complaint: str, tmp_path: Path) -> None:
    """The same holds above the steps, and for what is no YAML at all."""
    with pytest.raises(BrokenScenario) as caught:
        load(written(tmp_path, "\n" if head else "", head))
    assert complaint in str(caught.value)


@pytest.mark.parametrize("path", packaged(), ids=lambda path: path.stem)
def test_a_packaged_scenario_is_whole(path: Path) -> None:
    """It can be read, says what it is about in a few words, and begins with a form."""
    scenario = load(path)
    assert len(scenario.about.split()) <= 60
    assert any(isinstance(step.deed, Form) for step in scenario.steps[:2])
