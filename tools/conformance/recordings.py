"""The exchanges with the real GitHub that PyGithub recorded for its own tests, read out of its source distribution.

They are LGPL and stay where they are: what is kept of them is facts, such as which keys an answer always has.
"""

import ast
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any

from tools.conformance.packages import Package

_FOLDER = "tests/ReplayData/"
# Ten lines and an empty one for each exchange.
_LINES = 10
_BY_ID = re.compile(r"^/repositories/\d+")
# PyGithub's authors shortened some recordings by hand; what they took out left this, or nothing.
_CUT = "…"


@dataclass(frozen=True)
class Recording:
    """One exchange.

    Attributes:
        file: Where it is recorded.
        year: When; 0 if it does not say.
        path: Without its query; a repository that was given by id has a name.
        body: What was answered; `None` if that was nothing.
        headers: Of the answer, named in lower case.
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

    @property
    def is_cut(self) -> bool:
        """Whether its authors shortened it."""
        is_empty = self.body is None and self.status == 200
        return is_empty or _CUT in json.dumps(self.body, ensure_ascii=False)


def named(path: str) -> str:
    """A path in which the repository has a name, if it was given by its id."""
    return _BY_ID.sub("/repos/octocat/Hello-World", path)


def year_of(headers: Mapping[str, str]) -> int:
    """When an answer was given; 0 if it does not say. The headers are named in lower case."""
    return parsedate_to_datetime(headers["date"]).year if "date" in headers else 0


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
        told = {name.lower(): value for name, value in ast.literal_eval(headers)}
        return Recording(
            file=file,
            year=year_of(told),
            method=method,
            path=named(path),
            query=query,
            status=int(status),
            request=_json(request),
            body=_json(body),
            headers=told,
        )
    except (ValueError, SyntaxError):
        return None


def _json(text: str) -> Any:
    return None if text.strip() in ("", "None") else json.loads(text)
