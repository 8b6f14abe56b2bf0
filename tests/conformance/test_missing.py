"""What cannot be checked for want of a program or package is said, in the table and at the end of the tests."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools import npm
from tools.conformance.stamps import ROOT

EXAMPLE = ("tests/conformance/clients/test_same_world.py", "-k", "gh or octokit or all_clients")
GH = "gh is not installed (Debian: apt-get install gh)"
NODE = "Node.js is not installed; with it and npm, `make conformance` does the rest"
LIFE = "an incident's whole life over TLS, and limits"
LOOKS = "looks at each other's incidents, title to last comment"


def without_programs(*flags: str) -> subprocess.CompletedProcess[str]:
    """What the tests say where neither gh nor Node is on the `PATH`."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *flags, *EXAMPLE]
    environment = {**os.environ, "PATH": ""}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=300)


def test_what_is_missing_is_skipped_with_what_was_left_out() -> None:
    """Each sentence says what was not checked, by whom, and what would help."""
    done = without_programs()
    assert done.returncode == 0, done.stdout
    told = [line.partition(": ")[2] for line in done.stdout.splitlines() if line.startswith("SKIPPED")]
    assert set(told) == {
        f"not checked: {LIFE} (gh): {GH}",
        f"not checked: {LIFE} (@octokit/rest): {NODE}",
        f"not checked: {LOOKS} (all four clients): {GH}",
    }


def test_what_is_missing_fails_make_conformance_and_has_a_row_in_its_table() -> None:
    """A row with nothing in it, and why."""
    done = without_programs("--conformance")
    assert done.returncode == 1, done.stdout
    rows = {" ".join(line.split()) for line in done.stdout.splitlines()}
    assert {
        f"gh {LIFE} 0 0 not checked: {GH}",
        f"@octokit/rest {LIFE} 0 0 not checked: {NODE}",
        f"all four clients {LOOKS} 0 0 not checked: {GH}",
    } <= rows


def test_an_old_install_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever npm left behind has to be what the lock says now."""
    monkeypatch.setattr(npm, "INSTALLED", tmp_path)
    lock, there = tmp_path / "package-lock.json", tmp_path / "odd" / "node_modules" / ".package-lock.json"
    lock.write_text(json.dumps({"packages": {"": {}, "node_modules/odd": {"integrity": "sha512-new"}}}))
    with pytest.raises(npm.NotInstalledError, match=r"package-lock\.json names is not installed; `make conformance`"):
        npm.installed("odd", lock)
    there.parent.mkdir(parents=True)
    there.write_text(json.dumps({"packages": {"node_modules/odd": {"integrity": "sha512-old"}}}))
    with pytest.raises(npm.NotInstalledError, match=r"odd is not what .*; `make conformance` installs it"):
        npm.installed("odd", lock)
    there.write_text(json.dumps({"packages": {"node_modules/odd": {"integrity": "sha512-new"}}}))
    assert npm.installed("odd", lock) == tmp_path / "odd"
