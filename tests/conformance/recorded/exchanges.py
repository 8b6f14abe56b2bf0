"""Recorded exchanges of operations that the embedded GitHub serves, wherever they were recorded."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

from irp_actions.edges.standin.rest.api import ROUTES
from irp_actions.edges.standin.rest.routes import Router
from tests.conformance import checker
from tools.conformance.keys import SINCE
from tools.conformance.packages import Package
from tools.conformance.recordings import Recording, named, recordings, year_of

PYGITHUB, OCTOKIT = "PyGithub's recordings", "@octokit/fixtures"
_ROUTER = Router(ROUTES)
_API = "https://api.github.com"
_SCENARIOS = "scenarios/api.github.com"


@dataclass(frozen=True)
class Exchange(Recording):
    """One exchange with the real GitHub; those of one file, or of one scenario, belong together.

    Attributes:
        source: Where it was recorded.
        accept: The media type that was asked for, where it is known.
    """

    source: str
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
        Exchange(**{**vars(each), "file": each.file.removesuffix(".txt")}, source=PYGITHUB)
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
        raw = each["rawHeaders"]
        headers = {name.lower(): value for name, value in zip(raw[::2], raw[1::2], strict=True)}
        yield Exchange(
            source=OCTOKIT,
            file=file.parent.name,
            year=year_of(headers),
            method=each["method"].upper(),
            path=named(path),
            query=urlencode(parse_qsl(query)),
            status=each["status"],
            request=each["body"] or None,
            body=each["response"] if each["response"] != "" else None,
            headers=headers,
            accept=each.get("reqheaders", {}).get("accept", ""),
        )
