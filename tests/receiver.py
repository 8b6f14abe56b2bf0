"""A receiver on the loopback interface, as a pager's or a chat's server is: it answers as told and remembers all."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


@dataclass(frozen=True)
class Answer:
    """What the receiver does with one request: answers, hangs until it is shut down, or hangs up."""

    status: int = 202
    headers: Mapping[str, str] = field(default_factory=dict)
    hangs: bool = False
    hangs_up: bool = False


@dataclass(frozen=True)
class Received:
    """One request that came in."""

    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def data(self) -> Any:
        """Its JSON."""
        return json.loads(self.body)


class _Server(ThreadingHTTPServer):
    """Takes it as it comes when a client lets go."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Print nothing: that a client hangs up is part of the game."""


class Receiver:
    """Gives its answers in order, the last one again and again; they can be replaced at any time."""

    def __init__(self, *answers: Answer) -> None:
        """Nothing is served yet; without answers, everything is accepted."""
        self.answers = list(answers or [Answer()])
        self.received: list[Received] = []
        self._lock = threading.Lock()
        self._over = threading.Event()

    def __enter__(self) -> Self:
        """Serve on a free port."""
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            """Hands every request to the receiver."""

            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                """Take the next answer."""
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                answer = receiver.take(Received(self.path, dict(self.headers.items()), body))
                if answer.hangs:
                    receiver._over.wait()
                if answer.hangs or answer.hangs_up:
                    self.close_connection = True
                    return
                self.send_response_only(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"{}")

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        self._server = _Server(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop serving, and let go of whoever still waits."""
        self._over.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def take(self, request: Received) -> Answer:
        """The answer to a request."""
        with self._lock:
            self.received.append(request)
            return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v2/enqueue"

    @property
    def events(self) -> list[tuple[str, str]]:
        """What a pager was asked to do, and to which alert."""
        return [(request.data["event_action"], request.data["dedup_key"]) for request in self.received]

    @property
    def types(self) -> list[str]:
        """What a webhook was told."""
        return [request.data["type"] for request in self.received]
