"""Whoever a test needs to be answered by: a server on the loopback interface, over real HTTP."""

from __future__ import annotations

import json
import sys
import threading
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

_BODILESS = (204, 304)


@dataclass(frozen=True)
class Asked:
    """One request."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def data(self) -> Any:
        """Its JSON; `None` if it has no body."""
        return json.loads(self.body) if self.body else None


@dataclass(frozen=True)
class Given:
    """One answer."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


class Served(ABC):
    """Serves on a free port while it is open."""

    @abstractmethod
    def answer(self, asked: Asked) -> Given | None:
        """The answer to a request, or nothing: then the connection is closed without one. Called from many threads."""

    def __enter__(self) -> Self:
        """Begin to serve."""
        served = self

        class Handler(BaseHTTPRequestHandler):
            """Hands every request on."""

            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True
            wbufsize = 1 << 16

            def handled(self) -> None:
                """Send what is answered."""
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                given = served.answer(Asked(self.command, self.path, dict(self.headers.items()), body))
                if given is None:
                    self.close_connection = True
                    return
                self.send_response_only(given.status)
                for name, value in given.headers.items():
                    self.send_header(name, value)
                if given.status not in _BODILESS:
                    self.send_header("Content-Length", str(len(given.body)))
                self.end_headers()
                self.wfile.write(given.body)

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = handled  # noqa: N815 - the names http.server looks for

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        self._server = _Server(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """That a client hangs up is part of the game; anything else is not."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)
