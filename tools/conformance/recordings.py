"""The exchanges with the real GitHub that PyGithub recorded for its own tests, read out of its source distribution.

They are LGPL and stay where they are: what is kept of them is facts, such as which keys an answer always has.
"""

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any

from tools.conformance.packages import Package

_FOLDER = "tests/ReplayData/"
# Ten lines and an empty one for each exchange.
_LINES = 10
_REPOSITORY = re.compile(r"^/repositories/\d+")


@dataclass(frozen=True, slots=True)
class Recording:
    """One exchange.

    Attributes:
        file: Where it is recorded.
        year: When; 0 if it does not say.
        path: Without its query; a repository that was given by id has a name.
        body: What was answered; `None` if that was nothing.
    """

    file: str
    year: int
    method: str
    path: str
    query: str
    status: int
    request: Any
    body: Any
    headers: dict[str, str]


def recordings(package: Package) -> Iterator[Recording]:
    """Every exchange with api.github.com whose bodies are JSON or empty."""
    for name, text in package.texts(_FOLDER):
        lines = text.split("\n")
        for start in range(0, len(lines) - _LINES + 1, _LINES + 1):
            recording = _read(name.removeprefix(_FOLDER), lines[start : start + _LINES])
            if recording is not None:
                yield recording


def _read(file: str, lines: list[str]) -> Recording | None:
    scheme, method, host, _, target, _, request, status, headers, body = lines
    if scheme != "https" or host != "api.github.com" or not status.isdecimal():
        return None
    path, _, query = target.partition("?")
    try:
        named = {name.lower(): value for name, value in ast.literal_eval(headers)}
        return Recording(
            file=file,
            year=parsedate_to_datetime(named["date"]).year if "date" in named else 0,
            method=method,
            path=_REPOSITORY.sub("/repos/octocat/Hello-World", path),
            query=query,
            status=int(status),
            request=_json(request),
            body=_json(body),
            headers=named,
        )
    except (ValueError, SyntaxError):
        return None


def _json(text: str) -> Any:
    return None if text.strip() in ("", "None") else json.loads(text)
