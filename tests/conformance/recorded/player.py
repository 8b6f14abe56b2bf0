"""A server on the loopback interface that plays recorded answers: to each request what was recorded for it."""

import json
from collections import defaultdict, deque
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlsplit

from irp_actions.edges.github.door import Door
from irp_actions.edges.github.wire import Wire
from tests.conformance.recorded.exchanges import Exchange
from tests.served import Asked, Given, Served

Target = tuple[str, tuple[tuple[str, str], ...]]
_API = "https://api.github.com"
# What is between two ends of a connection, and not of the answer; HTTP allows no others twice.
_OF_THE_WAY = frozenset(
    {"connection", "content-encoding", "content-length", "keep-alive", "server", "status", "transfer-encoding"}
)
_BODILESS = (204, 205, 304)


def _plain(target: str) -> Target:
    """A target in whatever order its query was written."""
    parts = urlsplit(target)
    return parts.path, tuple(sorted(parse_qsl(parts.query)))


class Player(Served):
    """Plays exchanges by the method and target of a request; several of one in their order, the last again and again.

    What nothing was recorded for is answered with 599, which no client takes for an answer.
    """

    def __init__(self, exchanges: Iterable[tuple[str, Exchange]]) -> None:
        """Nothing is played yet.

        Args:
            exchanges: each with the target it shall be found at.
        """
        self.asked: list[Asked] = []
        self.slept: list[float] = []
        self._parts: dict[tuple[str, Target], deque[Exchange]] = defaultdict(deque)
        for target, exchange in exchanges:
            self._parts[exchange.method, _plain(target)].append(exchange)

    def answer(self, asked: Asked) -> Given:
        """What was recorded for a request."""
        self.asked.append(asked)
        exchange = self.part(asked.method, asked.target)
        return Given(599) if exchange is None else self.played(exchange)

    def part(self, method: str, target: str) -> Exchange | None:
        """The next that was recorded for a request."""
        waiting = self._parts.get((method, _plain(target)))
        if not waiting:
            return None
        return waiting.popleft() if len(waiting) > 1 else waiting[0]

    def played(self, exchange: Exchange) -> Given:
        """Status, headers and body as they were, but that what was at GitHub is here."""
        headers = {name: value for name, value in exchange.headers.items() if name not in _OF_THE_WAY}
        if headers.get("location", "").startswith(_API):
            parts = urlsplit(headers["location"])
            headers["location"] = f"{self.url}{parts.path}" + (f"?{parts.query}" if parts.query else "")
        body = b"" if exchange.body is None or exchange.status in _BODILESS else json.dumps(exchange.body).encode()
        return Given(exchange.status, headers, body)

    @property
    def wire(self) -> Wire:
        """A connection that does not really wait."""
        return Wire(self.url, "a token", f"{self.url}/graphql", self.slept.append)

    def door(self, repository: str) -> Door:
        """A door of a repository."""
        return Door(self.wire, repository, {"severity: high": "b60205"})
