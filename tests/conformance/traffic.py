"""Everything that crosses an embedded GitHub while a test runs is written down, and judged when the test is over."""

import json
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from irp_actions.edges.standin.actions import Actions
from irp_actions.edges.standin.courier import Courier
from irp_actions.edges.standin.events import Event
from irp_actions.edges.standin.service import Incoming, Outgoing, Service
from irp_actions.edges.standin.standin import StandIn
from tests.conformance import checker
from tests.conformance.checker import Fault

# Made by the engine itself, so that the courier never sees it.
_BY_ENGINE = "workflow_dispatch"


@dataclass
class Traffic:
    """What crossed and was not judged yet, and how much was.

    Attributes:
        checked: How many exchanges, queries and events were judged, by kind.
        mismatches: How many of them had a fault.
        seconds: How long the judging took.
    """

    checked: Counter[str] = field(default_factory=Counter)
    mismatches: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    _exchanges: deque[tuple[Incoming, Outgoing]] = field(default_factory=deque)
    _events: deque[Event] = field(default_factory=deque)

    def listen(self) -> None:
        """Hear of every exchange and event of every embedded GitHub in this process from now on."""
        answer, begin, start = Service.answer, Courier.__init__, Actions._start

        def heard(service: Service, incoming: Incoming) -> Outgoing:
            outgoing = answer(service, incoming)
            self._exchanges.append((incoming, outgoing))
            return outgoing

        def begun(courier: Courier, world: Any, weather: Any, listener: Callable[[Event], None]) -> None:
            def told(event: Event) -> None:
                self._events.append(event)
                listener(event)

            begin(courier, world, weather, told)

        def started(engine: Actions, file: Any, event: Event, *others: Any) -> None:
            # Tests of the engine alone bring hosts and payloads of their own.
            if event.name == _BY_ENGINE and isinstance(engine._host, StandIn):
                self._events.append(event)
            start(engine, file, event, *others)

        for owner, name, wrapper in (
            (Service, "answer", heard),
            (Courier, "__init__", begun),
            (Actions, "_start", started),
        ):
            setattr(owner, name, wrapper)

    def judge(self, *, strays: bool = False) -> list[Fault]:
        """The faults of all that crossed since this was last asked, each once.

        Args:
            strays: whether it was asked on purpose for what GitHub does not describe: that is no mismatch.
        """
        began = time.perf_counter()
        found: dict[Fault, None] = {}
        while self._exchanges:
            incoming, outgoing = self._exchanges.popleft()
            # Status 0 is no answer at all: the weather's doing.
            if outgoing.status:
                kind, faults = self._judged(incoming, outgoing)
                self._count(kind, [fault for fault in faults if not (strays and fault.side == "asked")])
                found.update(dict.fromkeys(faults))
        while self._events:
            event = self._events.popleft()
            faults = checker.event(event.name, event.payload)
            self._count("events", faults)
            found.update(dict.fromkeys(faults))
        self.seconds += time.perf_counter() - began
        return list(found)

    def _judged(self, incoming: Incoming, outgoing: Outgoing) -> tuple[str, list[Fault]]:
        kind = "queries" if incoming.path in checker.GRAPHQL_PATHS else "exchanges"
        if kind == "queries":
            return kind, _graphql(incoming.raw, outgoing)
        sent, came = incoming.raw, outgoing.body
        return kind, checker.exchange(incoming.method, incoming.target, outgoing.status, sent, came)

    def _count(self, kind: str, faults: list[Fault]) -> None:
        self.checked[kind] += 1
        self.mismatches[kind] += bool(faults)


def _graphql(raw: bytes, outgoing: Outgoing) -> list[Fault]:
    try:
        asked = json.loads(raw)
        faults = checker.query(str(asked["query"]), asked.get("variables"), asked.get("operationName"))
    except (ValueError, KeyError, TypeError, RecursionError):
        faults = [Fault("asked", "GraphQL", "is no JSON object with a query")]
    return [*faults, *checker.answered_query(outgoing.status, outgoing.body)]
