"""GitHub's packages answer in a Node process of their own, one line of JSON for each line asked."""

import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from tools.conformance.stamps import ROOT

HERE = Path(__file__).resolve().parent
INSTALLED = ROOT / "build" / "conformance" / "oracle"
LOCK = HERE / "package-lock.json"


class OracleError(Exception):
    """Node, or the packages in it, are not here or not the locked ones."""


class Oracle:
    """A running Node with GitHub's packages.

    Raises:
        OracleError: It cannot run here, or ends while it is asked.
    """

    def __init__(self) -> None:
        node = shutil.which("node")
        if node is None:
            raise OracleError("there is no Node on this machine")
        _check_packages()
        command = [node, str(HERE / "ask.mjs"), str(INSTALLED)]
        self._process = subprocess.Popen(  # noqa: S603 - our own script, by a fixed name
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def __enter__(self) -> "Oracle":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()

    def ask(self, question: Mapping[str, Any]) -> dict[str, Any]:
        """Return what GitHub's packages say; the questions are listed in `ask.mjs`."""
        to, back = self._process.stdin, self._process.stdout
        if to is None or back is None:
            raise OracleError("Node has no pipes")
        to.write(json.dumps(question) + "\n")
        to.flush()
        line = back.readline()
        if not line:
            raise OracleError(f"Node ended, and this was asked: {question}")
        answer: dict[str, Any] = json.loads(line)
        return answer


def locked() -> dict[str, str]:
    """Every package that answers, with its version, as the lock has them."""
    return {package.rpartition("node_modules/")[2]: entry["version"] for package, entry in _entries(LOCK).items()}


def sources() -> list[dict[str, str]]:
    """GitHub's own packages as they are noted beside what they said; `integrity` is the registry's."""
    return [
        {
            "package": f"npm {package.removeprefix('node_modules/')}",
            "version": entry["version"],
            "license": entry["license"],
            "integrity": entry["integrity"],
        }
        for package, entry in _entries(LOCK).items()
        if "@actions/" in package
    ]


def _entries(lock: Path) -> dict[str, Any]:
    packages: dict[str, Any] = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    return {name: entry for name, entry in packages.items() if name}


def _check_packages() -> None:
    installed = INSTALLED / "node_modules" / ".package-lock.json"
    if not installed.is_file():
        raise OracleError("GitHub's packages are not installed")
    here = {name: entry["integrity"] for name, entry in _entries(installed).items()}
    if here != {name: entry["integrity"] for name, entry in _entries(LOCK).items()}:
        raise OracleError("GitHub's packages are not those of tools/oracle/package-lock.json")
