"""Everything that crosses an embedded GitHub while a test runs is kept, and judged when the test is over.

One in this process shows it at once; one that a test starts as a command inherits `IRP_TRAFFIC` and writes it down.
"""

import json
import os
import tempfile
import time
from collections import Counter, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from irp_actions.edges.standin import witness
from irp_actions.edges.standin.events import Event
from irp_actions.edges.standin.witness import VARIABLE, Witness
from tests.conformance import checker
from tests.conformance.checker import Fault

# No webhook: GitHub does not describe what it hands to workflows at a time of day.
_UNDESCRIBED = "schedule"


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its answer; status 0 is none at all."""

    method: str
    target: str
    request: bytes
    status: int
    answer: bytes


@dataclass(frozen=True, slots=True)
class Happening:
    """An event by its name, and what it was told with."""

    name: str
    payload: dict[str, Any]


@dataclass
class Traffic:
    """What crossed and was not judged yet, and how much was; a witness.

    Attributes:
        checked: How many exchanges, queries and events were judged, by kind.
        mismatches: How many of them had a fault.
        seconds: How long the judging took.
    """

    checked: Counter[str] = field(default_factory=Counter)
    mismatches: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    _crossed: deque[Exchange | Happening] = field(default_factory=deque)
    _path: Path | None = None
    _read: int = 0

    def listen(self) -> None:
        """Be shown what crosses every embedded GitHub of this process, and of those it starts, from now on."""
        witness.witness_of = self._in_their_place
        number, name = tempfile.mkstemp(prefix="irp-traffic-", suffix=".jsonl")
        os.close(number)
        self._path = Path(name)
        os.environ[VARIABLE] = name

    def close(self) -> None:
        """Remove what was written."""
        if self._path is not None:
            self._path.unlink()
            self._path = None
            del os.environ[VARIABLE]

    def exchanged(self, method: str, target: str, request: bytes, status: int, answer: bytes) -> None:
        """Keep a request and its answer."""
        self._crossed.append(Exchange(method, target, request, status, answer))

    def happened(self, event: Event) -> None:
        """Keep an event."""
        self._crossed.append(Happening(event.name, event.payload))

    def judge(self, *, strays: bool = False) -> list[Fault]:
        """The faults of all that crossed since this was last asked, each once.

        Args:
            strays: whether it was asked on purpose for what GitHub does not describe: that is no mismatch.
        """
        began = time.perf_counter()
        self._crossed.extend(map(read, self._lines()))
        found: dict[Fault, None] = {}
        while self._crossed:
            kind, faults = judged(self._crossed.popleft())
            if kind:
                self.checked[kind] += 1
                self.mismatches[kind] += any(not (strays and fault.side == "asked") for fault in faults)
            found.update(dict.fromkeys(faults))
        self.seconds += time.perf_counter() - began
        return list(found)

    def _in_their_place(self, environment: Mapping[str, str] = os.environ) -> Witness:
        return self

    def _lines(self) -> Iterator[bytes]:
        """What was written since; a line that is still being written is left for later."""
        if self._path is None:
            return
        with self._path.open("rb") as file:
            file.seek(self._read)
            for line in file:
                if not line.endswith(b"\n"):
                    return
                self._read += len(line)
                yield line


def read(line: bytes | str) -> Exchange | Happening:
    """What a line tells of."""
    told = json.loads(line)
    if "event" in told:
        return Happening(told["event"], told["payload"])
    request, answer = (told[side].encode("utf-8", "surrogateescape") for side in ("request", "answer"))
    return Exchange(told["method"], told["target"], request, told["status"], answer)


def judged(crossed: Exchange | Happening) -> tuple[str, list[Fault]]:
    """What kind of thing it is, empty if there is nothing to be judged, and what is wrong with it."""
    if isinstance(crossed, Happening):
        if crossed.name == _UNDESCRIBED:
            return "", []
        return "events", checker.event(crossed.name, crossed.payload)
    if not crossed.status:
        return "", []
    if crossed.target.partition("?")[0] in checker.GRAPHQL_PATHS:
        return "queries", _graphql(crossed)
    faults = checker.exchange(crossed.method, crossed.target, crossed.status, crossed.request, crossed.answer)
    return "exchanges", faults


def _graphql(crossed: Exchange) -> list[Fault]:
    try:
        asked = json.loads(crossed.request)
        faults = checker.query(str(asked["query"]), asked.get("variables"), asked.get("operationName"))
    except (ValueError, KeyError, TypeError, RecursionError):
        faults = [Fault("asked", "GraphQL", "is no JSON object with a query")]
    return [*faults, *checker.answered_query(crossed.status, crossed.answer)]
