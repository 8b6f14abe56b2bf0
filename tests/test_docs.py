"""What the documents say is so: tables come from the program, and the examples of CONTRIBUTING really work."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from irp_actions.cli import cli
from irp_actions.rules.clocks import CLOCKS
from irp_actions.rules.commands import COMMANDS

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("name", ["commands", "clocks"])
def test_the_readme_s_tables_are_the_program_s(name: str) -> None:
    """The tables between the marks are what `irp commands` and `irp clocks` print (UPDATE_GOLDEN=1 writes them)."""
    readme = ROOT / "README.md"
    printed = CliRunner().invoke(cli, [name], catch_exceptions=False).output.strip()
    block = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
    text = readme.read_text()
    wanted = block.sub(lambda match: f"{match[1]}{printed}\n{match[2]}", text)
    if os.environ.get("UPDATE_GOLDEN"):
        readme.write_text(wanted)
    assert text == wanted


def diffs() -> list[str]:
    """The diffs that CONTRIBUTING shows."""
    return re.findall(r"```diff\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text(), re.DOTALL)


def applied(diff: str, folder: Path, code: str) -> str:
    """What `code` prints when the program has the diff."""
    shutil.copytree(ROOT / "irp_actions", folder / "irp_actions", ignore=shutil.ignore_patterns("__pycache__"))
    subprocess.run(["git", "apply", "-"], input=diff, text=True, check=True, cwd=folder)
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=folder)
    return found.stdout


def test_a_command_is_one_entry(tmp_path: Path) -> None:
    """The diff that adds `/thank` is all it takes: it is in the help and is accepted."""
    diff = diffs()[0]
    assert len([row for row in diff.splitlines() if row.startswith("+") and row.strip("+ ")]) <= 6
    code = (
        "from irp_actions.rules.commands import COMMANDS; from irp_actions.rules.naming import resolve;"
        "from irp_actions.rules.slash import calls;"
        "print(COMMANDS['thank'].summary); print(resolve(calls('/thank the provider')[0]))"
    )
    assert "thank" not in COMMANDS
    assert applied(diff, tmp_path, code) == ("Thank somebody who is not of the team\n('thank', 'the provider')\n")


def test_a_clock_is_one_entry_and_its_numbers(tmp_path: Path) -> None:
    """The diff that adds a clock to AS-7 is all it takes: the table of clocks has it, with its time."""
    diff = diffs()[1]
    assert len([row for row in diff.splitlines() if row.startswith("+") and row.strip("+ ")]) <= 9
    code = "from irp_actions.cli import cli; cli(['clocks'], standalone_mode=False)"
    assert "AS-7" not in CLOCKS
    assert "| AS-7 | Is the contingency plan needed? | 1 h | nobody |" in applied(diff, tmp_path, code)


def test_every_file_the_documents_name_is_there() -> None:
    """Paths in backticks or links that look like files of this repository exist."""
    for document in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]:
        text = document.read_text()
        paths = re.findall(r"\]\((?!http)([\w./-]+)\)", text) + re.findall(
            r"`((?:irp_actions|tests|docs)/[\w./-]+)`", text
        )
        for path in paths:
            assert (document.parent / path).exists() or (ROOT / path).exists(), f"{document.name} names {path}"
