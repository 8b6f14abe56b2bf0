"""The page that says what no schema holds is what the tests say of themselves."""

import os
from pathlib import Path

import pytest

from tests.conformance.table import Row, record
from tools.ledger import KINDS, PAGE, ledger, page

_MARKED = """import pytest


@pytest.mark.behaviour({mark})
def test_{name}() -> None:
    pass
"""


def test_the_page_is_what_the_tests_say() -> None:
    """UPDATE_GOLDEN=1 writes it."""
    lines = ledger()
    wanted = page(lines)
    if os.environ.get("UPDATE_GOLDEN"):
        PAGE.write_text(wanted, encoding="utf-8")
    unsure = sum(1 for line in lines if line.settles)
    record(
        Row(
            "the ledger of behaviour", "what no schema holds", len(lines), 0, f"{unsure} only a real repository settles"
        )
    )
    assert PAGE.read_text(encoding="utf-8") == wanted
    assert {line.kind for line in lines} == set(KINDS)


def test_what_is_not_sure_says_what_would_settle_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And a mark that says something else is refused."""
    monkeypatch.setattr("tools.ledger.ROOT", tmp_path)
    file = tmp_path / "test_it.py"
    file.write_text(_MARKED.format(mark='"measured", "somebody\'s clock", "doctor:long_bodies"', name="it_is_late"))
    assert [(line.sentence, line.source, line.settles) for line in ledger(tmp_path)] == [
        ("It is late", "somebody's clock", "doctor:long_bodies")
    ]
    for mark in (
        '"measured", "somebody\'s clock"',
        '"guessed", "nobody"',
        '"documented", "a page", "a dream"',
        '"measured", "a page", "doctor"',  # who does not say by which examination sends people nowhere
        '"measured", "a page", "doctor:horoscope"',
    ):
        file.write_text(_MARKED.format(mark=mark, name="it_is_late"))
        with pytest.raises(ValueError, match=r"test_it\.py"):
            ledger(tmp_path)
