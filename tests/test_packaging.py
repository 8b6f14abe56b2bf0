"""What a workflow installs is what the program needs there."""

from __future__ import annotations

import ast
import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
EXTRA = ("edges/standin", "edges/drill")
"""Rooms that no workflow enters."""

IMPORTED_AS = {"markdown-it-py": "markdown_it", "pygithub": "github", "pyyaml": "yaml"}


def locked(name: str) -> set[str]:
    """The import names of what a lock file installs."""
    rows = (ROOT / "requirements" / name).read_text().splitlines()
    packages = {row.split("==")[0].split("[")[0].lower() for row in rows if "==" in row and not row.startswith(" ")}
    return {IMPORTED_AS.get(package, package.replace("-", "_")) for package in packages}


def imported() -> dict[str, Path]:
    """The top-level modules that the program imports outside the extra rooms, and one file that does."""
    found: dict[str, Path] = {}
    for path in (ROOT / "irp_actions").rglob("*.py"):
        if path.relative_to(ROOT / "irp_actions").as_posix().startswith(EXTRA):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            found |= {name.split(".")[0]: path for name in names}
    return found


def test_a_workflow_installs_everything_the_program_imports() -> None:
    """Each import is Python's own, ours, or in the lock that the workflows install."""
    known = locked("run.txt") | set(sys.stdlib_module_names) | {"irp_actions", ""}
    assert {name: str(path) for name, path in imported().items() if name not in known} == {}


def test_lock_files_name_no_registry() -> None:
    """Names, versions and hashes only."""
    for path in (ROOT / "requirements").iterdir():
        text = path.read_text()
        assert "://" not in text, path.name
        assert "index" not in text, path.name


@pytest.mark.parametrize("folder", ["tests/conformance/clients/octokit", "tests/conformance/emulate", "tools/oracle"])
def test_what_npm_installs_is_locked_by_hash_and_names_no_registry(folder: str) -> None:
    """Each package has its hash, and none an address."""
    lock = json.loads((ROOT / folder / "package-lock.json").read_text())
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert {name for name, package in packages.items() if "integrity" not in package or "resolved" in package} == set()
    assert len(packages) > 3


def test_every_installed_package_is_locked_by_hash() -> None:
    """No line of a lock file comes without its hashes."""
    for name in ("run.txt", "drill.txt", "test.txt", "clients.txt", "fuzz.txt"):
        text = (ROOT / "requirements" / name).read_text().replace("\\\n", " ")
        for row in text.splitlines():
            if row.strip() and not row.strip().startswith("#"):
                assert "--hash=sha256:" in row, f"{name}: {row[:60]}"
