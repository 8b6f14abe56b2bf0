"""A drill as its command plays it, in this repository's own checkout."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from irp_actions.edges.drill.command import drill_command

ROOT = Path(__file__).parents[2]

Drill = Callable[..., Result]


@pytest.fixture
def drill(monkeypatch: pytest.MonkeyPatch) -> Drill:
    """Runs `irp drill` with some arguments, from the top of the checkout unless told otherwise."""

    def run(*arguments: str | Path, folder: Path = ROOT) -> Result:
        monkeypatch.chdir(folder)
        return CliRunner().invoke(drill_command, [str(argument) for argument in arguments], prog_name="irp drill")

    return run


@pytest.fixture
def short(tmp_path: Path) -> Path:
    """A scenario of one form and one word."""
    path = tmp_path / "short.yml"
    path.write_text(SHORT, encoding="utf-8")
    return path


SHORT = """\
title: Short
about: One form and one word.
starts: 2026-03-02T12:00:00Z
policy: {people: {on_call: [ana]}}
people: {ana: {permission: write}, rae: {permission: read}}
steps:
  - {at: 0m, who: rae, form: report.yml, title: Odd mail, answers: {what: A strange mail.}}
  - {at: 1m, who: ana, says: on it}
"""
