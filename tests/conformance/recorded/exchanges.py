"""Recorded exchanges of operations that the embedded GitHub serves, wherever they were recorded."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from irp_actions.edges.standin.rest.api import ROUTES
from irp_actions.edges.standin.rest.routes import Router
from tests.conformance import checker
from tools.conformance.keys import SINCE
from tools.conformance.packages import Package
from tools.conformance.recordings import recordings

PYGITHUB, OCTOKIT = "PyGithub's recordings", "@octokit/fixtures"
_ROUTER = Router(ROUTES)
_BY_ID = "/repositories/"
_API = "https://api.github.com"
_SCENARIOS = "scenarios/api.github.com"
# What shortening by hand left, if it left anything.
_CUT = "…"
# A repository given by its id has this name in what is read of either source.
_UNNAMED = "/repos/octocat/Hello-World"


@dataclass(frozen=True)
class Exchange:
    """One exchange with the real GitHub.

    Attributes:
        source: Where it was recorded.
        file: In which file, or as part of which scenario; exchanges of one file belong together.
        year: When; 0 if it does not say.
        path: Without its query; a repository that was given by id has a name.
        headers: Of the answer, named in lower case.
        accept: The media type that was asked for, where it is known.
    """

    source: str
    file: str
    year: int
    method: str
    path: str
    query: str
    status: int
    request: Any
    body: Any
    headers: Mapping[str, str]
    accept: str = ""

    @cached_property
    def _found(self) -> tuple[str, Mapping[str, str]]:
        found = _ROUTER.find(self.method, self.path)
        return (found[0].operation, found[1]) if found else ("", {})

    @property
    def operation(self) -> str:
        """The embedded GitHub's operation of this method and path, or nothing."""
        return self._found[0]

    @property
    def parameters(self) -> Mapping[str, str]:
        """What stood in the path's places."""
        return self._found[1]

    @property
    def asked(self) -> dict[str, str]:
        """The query by names."""
        return dict(parse_qsl(self.query, keep_blank_values=True))

    @property
    def is_recent(self) -> bool:
        """Whether it says how GitHub's bodies are today."""
        return self.year >= SINCE

    @property
    def is_cut(self) -> bool:
        """Whether its authors shortened it by hand."""
        is_empty = self.body is None and self.status == 200
        return is_empty or _CUT in json.dumps(self.body, ensure_ascii=False)

    @property
    def name(self) -> str:
        """How it is called in what is said about it."""
        return f"{self.file}: {self.method} {self.path}{'?' if self.query else ''}{self.query}"

    @cached_property
    def strays(self) -> list[str]:
        """What of the request GitHub does not describe any more."""
        target = f"{self.path}?{self.query}" if self.query else self.path
        sent = b"" if self.request is None else json.dumps(self.request).encode()
        faults = checker.exchange(self.method, target, 200, sent, b"")
        return [fault.what for fault in faults if fault.side == "asked"]


def of_pygithub(package: Package) -> list[Exchange]:
    """Everything that PyGithub recorded over REST, or GraphQL."""
    return [
        Exchange(
            PYGITHUB,
            each.file.removesuffix(".txt"),
            each.year,
            each.method,
            each.path,
            each.query,
            each.status,
            each.request,
            each.body,
            each.headers,
        )
        for each in recordings(package)
    ]


def of_octokit(package: Path) -> list[Exchange]:
    """Everything of the scenarios as they were recorded, before anything in them was made uniform."""
    files = sorted((package / _SCENARIOS).glob("*/raw-fixture.json"))
    return [exchange for file in files for exchange in _scenario(file)]


def _scenario(file: Path) -> Iterator[Exchange]:
    for each in json.loads(file.read_text(encoding="utf-8")):
        if not each["scope"].startswith(_API):
            continue
        path, _, query = each["path"].partition("?")
        if path.startswith(_BY_ID):
            rest = path.removeprefix(_BY_ID).partition("/")[2]
            path = f"{_UNNAMED}/{rest}" if rest else _UNNAMED
        raw = each["rawHeaders"]
        headers = {name.lower(): value for name, value in zip(raw[::2], raw[1::2], strict=True)}
        yield Exchange(
            source=OCTOKIT,
            file=file.parent.name,
            year=parsedate_to_datetime(headers["date"]).year if "date" in headers else 0,
            method=each["method"].upper(),
            path=path,
            query=urlencode(parse_qsl(query)),
            status=each["status"],
            request=each["body"] or None,
            body=each["response"] if each["response"] != "" else None,
            headers=headers,
            accept=each.get("reqheaders", {}).get("accept", ""),
        )
