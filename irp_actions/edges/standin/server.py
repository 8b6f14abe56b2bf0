"""The socket: a threaded HTTP/1.1 server on loopback that keeps connections open.

Nagle's algorithm is off and answers leave in one write; without either, a request takes 40 ms.
"""

import socket
import ssl
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from irp_actions.edges.standin.clock import Clock
from irp_actions.edges.standin.service import Incoming, Outgoing

Answerer = Callable[[Incoming], Outgoing]
_BUFFER = 1 << 16
# A body of the largest text, every character of it escaped, is a hundredth of this.
_LARGEST_BODY = 1 << 26


@dataclass(frozen=True, slots=True)
class Listening:
    """Where and how a server is reached.

    Attributes:
        port: The port on 127.0.0.1; 0 for any that is free.
        tls: With which certificate it speaks TLS, if it does.
    """

    port: int = 0
    tls: ssl.SSLContext | None = None


class LoopbackServer(ThreadingHTTPServer):
    """Serves one answerer on 127.0.0.1.

    Args:
        listening: Where and how it is reached.
        answerer: What answers requests.
        clock: Whose time the `Date` header tells.
    """

    daemon_threads = False
    request_queue_size = 128

    def __init__(self, listening: Listening, answerer: Answerer, clock: Clock) -> None:
        self.answerer = answerer
        self.clock = clock
        self.tls = listening.tls
        self._open: set[socket.socket] = set()
        self._open_lock = threading.Lock()
        self._thread: threading.Thread | None = None
        super().__init__(("127.0.0.1", listening.port), _Handler)

    @property
    def origin(self) -> str:
        """Scheme and authority of the server."""
        return f"{self.scheme}://127.0.0.1:{self.server_address[1]}"

    @property
    def scheme(self) -> str:
        """How its addresses begin."""
        return "http" if self.tls is None else "https"

    def start(self) -> None:
        """Serve in a thread of its own."""
        self._thread = threading.Thread(target=self.serve_forever, args=(0.05,), name="standin-server", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop serving: end open connections, and wait for the threads behind them."""
        if self._thread is not None:
            self.shutdown()
            self._thread.join()
        with self._open_lock:
            for connection in self._open:
                _hang_up(connection)
        self.server_close()

    def get_request(self) -> tuple[socket.socket, Any]:
        """Accept a connection; the handshake is left to its own thread, where a slow client holds up nobody."""
        connection, address = super().get_request()
        if self.tls is not None:
            connection = self.tls.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        return connection, address

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remember an open connection, so that it can be ended."""
        with self._open_lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Forget a connection that ends."""
        with self._open_lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up, or does not trust the certificate, is nothing to report; anything else is."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError | ssl.SSLError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """Reads one request after another off a connection."""

    server: LoopbackServer
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = _BUFFER

    def _serve(self) -> None:
        length = self.headers.get("Content-Length", "0")
        if not length.isdecimal() or "Transfer-Encoding" in self.headers:
            self.send_error(411)
            return
        if int(length) > _LARGEST_BODY:
            self.send_error(413)
            return
        incoming = Incoming(
            method=self.command,
            target=self.path,
            origin=self._origin(),
            authorization=self.headers.get("Authorization"),
            raw=self.rfile.read(int(length)),
            accept=self.headers.get("Accept", ""),
            version=self.headers.get("X-GitHub-Api-Version", ""),
            known=self.headers.get("If-None-Match", ""),
        )
        self._send(self.server.answerer(incoming))

    def __getattr__(self, name: str) -> Any:
        """`http.server` asks for `do_GET` and the like: whatever the method, GitHub's own words answer it."""
        if name.startswith("do_"):
            return self._serve
        raise AttributeError(name)

    def _origin(self) -> str:
        """Scheme and authority as the client wrote them."""
        named = self.headers.get("Host")
        return f"{self.server.scheme}://{named}" if named else self.server.origin

    def _send(self, outgoing: Outgoing) -> None:
        if outgoing.status == 0:
            self.close_connection = True
            return
        self.send_response(outgoing.status)
        for name, value in outgoing.headers:
            self.send_header(name, value)
        if outgoing.status not in (204, 304):
            self.send_header("Content-Length", str(len(outgoing.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(outgoing.body)

    def date_time_string(self, timestamp: float | None = None) -> str:
        """The `Date` header tells the stand-in's time: it is how its clients learn what time it is."""
        return format_datetime(self.server.clock.now(), usegmt=True)

    def version_string(self) -> str:
        """The `Server` header of the real thing."""
        return "github.com"

    def log_message(self, format: str, *args: Any) -> None:
        """The journal keeps what matters."""


def _hang_up(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        # The client was quicker.
        return
