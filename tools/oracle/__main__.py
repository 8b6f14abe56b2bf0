"""Asks GitHub's packages and writes what they answer to `tests/conformance/oracle`.

Usage: python -m tools.oracle

`make oracle` installs the packages first. Tests say when the answers are stale.
"""

import json
from collections.abc import Mapping
from typing import Any

from tools.oracle.data import DATA, asked
from tools.oracle.node import Oracle


def _written(value: Any, depth: int = 3) -> str:
    """JSON with a line for each entry of the upper levels, so that a change is seen where it is."""
    if not isinstance(value, dict) or not depth or not value:
        return json.dumps(value, ensure_ascii=False)
    lines = (f"{json.dumps(key, ensure_ascii=False)}: {_written(inner, depth - 1)}" for key, inner in value.items())
    return "{\n" + ",\n".join(lines) + "\n}"


def main() -> None:
    """Write the answers."""
    DATA.mkdir(exist_ok=True)
    with Oracle() as oracle:
        files: Mapping[str, Any] = asked(oracle)
    for name, content in files.items():
        (DATA / name).write_text(_written(content) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
