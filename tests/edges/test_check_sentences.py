"""A repository's own sentences: said instead of the packaged ones, and checked before anybody relies on them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from irp_actions.edges.checks import examine
from irp_actions.edges.policy_file import OVERLAY, examples
from irp_actions.edges.sentences import FOLDER, read_sentences
from irp_actions.rules.words import speak
from tests.model import opened

PACKAGED = Path(__file__).parents[2] / "irp_actions" / "templates"


@pytest.fixture(autouse=True)
def quiet_again() -> Iterator[None]:
    """What one test says its own way, the next does not."""
    yield
    speak({})


def written(root: Path, **sentences: str) -> Path:
    """A checkout with sentences of its own."""
    (root / FOLDER).mkdir(parents=True, exist_ok=True)
    for name, text in sentences.items():
        (root / FOLDER / f"{name}.md.j2").write_text(text, encoding="utf-8")
    return root


def errors(root: Path) -> list[str]:
    """What is wrong with them."""
    return [str(fault).removeprefix(f"{FOLDER}/") for fault in examine(root).findings.errors]


@pytest.mark.parametrize("path", [None, *examples()], ids=lambda path: path.stem if path else "packaged")
def test_the_packaged_sentences_are_good_as_one_s_own(tmp_path: Path, path: Path | None) -> None:
    """Whoever copies them to change a word begins without a mistake, by whichever policy."""
    (tmp_path / OVERLAY).parent.mkdir()
    (tmp_path / OVERLAY).write_text(path.read_text(encoding="utf-8") if path else "", encoding="utf-8")
    written(tmp_path, **{path.name.removesuffix(".md.j2"): path.read_text() for path in PACKAGED.iterdir()})
    assert errors(tmp_path) == []


def test_a_sentence_of_one_s_own_is_said(tmp_path: Path) -> None:
    """A team may speak its own language; what is not in its folder stays as packaged."""
    written(tmp_path, header="> **{{ 'Vorfall' if not incident.is_event else 'Ereignis' }}**, {{ incident.severity }}")
    assert errors(tmp_path) == []
    own, faults = read_sentences(tmp_path)
    speak(own)
    model = opened()
    assert faults == []
    assert "> **Ereignis**, unknown" in model.issue.body
    assert "Take a breath" in model.board


def test_a_part_that_others_use_can_be_one_s_own_too(tmp_path: Path) -> None:
    """Times and names are said in one place."""
    text = (PACKAGED / "parts.md.j2").read_text().replace("{{ login | line }}", "*{{ login | line }}*")
    speak(read_sentences(written(tmp_path, parts=text))[0])
    assert "commander **nobody**" in opened().issue.body
    assert "| **Reported by** | *rae*" in opened().board


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        (
            "header",
            "> status\n> {{ incident.statsu }}",
            "header.md.j2:2:15: 'irp_actions.values.incident.Incident object' has no attribute 'statsu'",
        ),
        ("header", "{{ severity }}", "header.md.j2:1:4: 'severity' is undefined"),
        ("header", "x\n{% if incident %}", "header.md.j2:2:1: Unexpected end of template."),
        ("header", "{{ incident.status | nicely }}", "header.md.j2:1:22: No filter named 'nicely'."),
        ("refusals", "{# none #}", "refusals.md.j2:1:1: "),
        ("header", "{{ incident.__class__.__mro__ }}", "header.md.j2:1:13: access to attribute '__class__'"),
        ("reminder", "{{ title }}", "reminder.md.j2:1:1: this repeats what people typed as it stands; put it through"),
        ("haeder", "x", "haeder.md.j2:1:1: no sentence is called haeder.md.j2; did you mean header.md.j2?"),
        ("q", "x", "q.md.j2:1:1: no sentence is called q.md.j2; "),
    ],
)
def test_what_cannot_be_said_is_told_beforehand_with_its_place(
    tmp_path: Path, name: str, text: str, message: str
) -> None:
    """On a rehearsed conversation, not in the middle of an incident."""
    found = errors(written(tmp_path, **{name: text}))
    assert any(error.startswith(message) for error in found), found


def test_every_mistake_in_every_sentence_is_told_at_once(tmp_path: Path) -> None:
    """In the order of the files."""
    found = errors(written(tmp_path, board="{{ nope }}", header="{{ nope }}", thanks="{% for %}"))
    assert [error.split(".")[0] for error in found] == ["board", "header", "thanks"]


def test_a_sentence_in_another_encoding_is_a_mistake(tmp_path: Path) -> None:
    """Not a traceback."""
    (tmp_path / FOLDER).mkdir(parents=True)
    (tmp_path / FOLDER / "header.md.j2").write_bytes(b"\xff")
    assert errors(tmp_path) == ["header.md.j2:1:1: not UTF-8: invalid start byte"]


def test_a_sentence_that_fails_is_replaced_by_the_packaged_one(tmp_path: Path) -> None:
    """Law 3: a broken template is no silence at ten past three."""
    speak(read_sentences(written(tmp_path, board="{{ nope }}", header="{{ 1 / 0 }}", refusals="{# none #}"))[0])
    model = opened()
    assert "Take a breath" in model.board
    assert "severity **unknown**" in model.issue.body
    assert "is no severity. Type one of" in model.told("ben", "/sev hgh")
