"""What npm installed for the checks: it has to be what the lock says, or else something else would be checked."""

import json
import shutil
from pathlib import Path
from typing import Any

from tools.conformance.stamps import ROOT

INSTALLED = ROOT / "build" / "conformance"


class NotInstalledError(Exception):
    """Node or packages are not here, or not the locked ones; the message says what would help."""


def node() -> str:
    """The program in which the packages run.

    Raises:
        NotInstalledError: It is not on the `PATH`.
    """
    found = shutil.which("node")
    if found is None:
        raise NotInstalledError("Node.js is not installed; with it and npm, `make conformance` does the rest")
    return found


def locked(lock: Path) -> dict[str, Any]:
    """The packages of a lock, by the folders they are installed in."""
    packages: dict[str, Any] = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    return {folder: entry for folder, entry in packages.items() if folder}


def installed(name: str, lock: Path) -> Path:
    """The folder in which `make conformance` put exactly what a lock says.

    Args:
        name: What the folder is called.
        lock: The lock as it is in this repository.

    Raises:
        NotInstalledError: It holds nothing, or something else.
    """
    folder = INSTALLED / name
    there = folder / "node_modules" / ".package-lock.json"
    remedy = "`make conformance` installs it (needs npm)"
    if not there.is_file():
        raise NotInstalledError(f"what {_called(lock)} names is not installed; {remedy}")
    if _hashes(there) != _hashes(lock):
        raise NotInstalledError(f"{_called(folder)} is not what {_called(lock)} names; {remedy}")
    return folder


def _hashes(lock: Path) -> dict[str, str]:
    return {folder: entry["integrity"] for folder, entry in locked(lock).items()}


def _called(path: Path) -> str:
    return str(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path)
