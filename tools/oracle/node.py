"""GitHub's packages answer in a Node process of their own, one line of JSON for each line asked."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from tools import npm

HERE = Path(__file__).resolve().parent
LOCK = HERE / "package-lock.json"


class OracleError(Exception):
    """Node ended while it was asked."""


class Oracle:
    """A running Node with GitHub's packages.

    Raises:
        NotInstalledError: It cannot run here.
        OracleError: It ends while it is asked.
    """

    def __init__(self) -> None:
        command = [npm.node(), str(HERE / "ask.mjs"), str(npm.installed("oracle", LOCK))]
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
    return {package.rpartition("node_modules/")[2]: entry["version"] for package, entry in npm.locked(LOCK).items()}


def sources() -> list[dict[str, str]]:
    """GitHub's own packages as they are noted beside what they said; `integrity` is the registry's."""
    return [
        {
            "package": f"npm {package.removeprefix('node_modules/')}",
            "version": entry["version"],
            "license": entry["license"],
            "integrity": entry["integrity"],
        }
        for package, entry in npm.locked(LOCK).items()
        if "@actions/" in package
    ]
