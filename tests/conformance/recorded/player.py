"""A server on the loopback interface that plays recorded answers: to each request what was recorded for it."""

import json
import threading
from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from irp_actions.edges.github.door import Door
from irp_actions.edges.github.wire import Wire
from tests.conformance.recorded.exchanges import Exchange

Target = tuple[str, tuple[tuple[str, str], ...]]
_API = "https://api.github.com"
# What is between two ends of a connection, and not of the answer; HTTP allows no others twice.
_OF_THE_WAY = frozenset(
    {"connection", "content-encoding", "content-length", "keep-alive", "server", "status", "transfer-encoding"}
)
_BODILESS = (204, 205, 304)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that was made."""

    method: str
    target: str
    body: Any


def _plain(target: str) -> Target:
    """A target in whatever order its query was written."""
    parts = urlsplit(target)
    return parts.path, tuple(sorted(parse_qsl(parts.query)))


class Player:
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

    def __enter__(self) -> Self:
        """Play on a free port."""
        player = self

        class Handler(BaseHTTPRequestHandler):
            """Looks every request up."""

            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True
            wbufsize = 1 << 16

            def answer(self) -> None:
                """Play what was recorded."""
                text = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                player.asked.append(Asked(self.command, self.path, json.loads(text) if text else None))
                exchange = player.part(self.command, self.path)
                status, headers, body = (599, {}, b"") if exchange is None else player.played(exchange)
                self.send_response_only(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                if status not in (204, 304):
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer  # noqa: N815 - the names http.server looks for

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        """Stop."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def part(self, method: str, target: str) -> Exchange | None:
        """The next that was recorded for a request."""
        waiting = self._parts.get((method, _plain(target)))
        if not waiting:
            return None
        return waiting.popleft() if len(waiting) > 1 else waiting[0]

    def played(self, exchange: Exchange) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body as they were, but that what was at GitHub is here."""
        headers = {name: value for name, value in exchange.headers.items() if name not in _OF_THE_WAY}
        if headers.get("location", "").startswith(_API):
            parts = urlsplit(headers["location"])
            headers["location"] = f"{self.url}{parts.path}" + (f"?{parts.query}" if parts.query else "")
        body = b"" if exchange.body is None or exchange.status in _BODILESS else json.dumps(exchange.body).encode()
        return exchange.status, headers, body

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def wire(self) -> Wire:
        """A connection that does not really wait."""
        return Wire(self.url, "a token", f"{self.url}/graphql", self.slept.append)

    def door(self, repository: str) -> Door:
        """A door of a repository."""
        return Door(self.wire, repository, {"severity: high": "b60205"})
