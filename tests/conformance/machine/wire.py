"""The embedded GitHub over HTTP, as several people and jobs use it at once."""

import http.client
import json
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from irp_actions.edges.standin.engine import NoEngine
from irp_actions.edges.standin.events import Event
from irp_actions.edges.standin.saving import saved
from irp_actions.edges.standin.standin import StandIn
from tests.conformance.machine.model import OWNER, START, TOKENS

REPO = f"{OWNER}/security-incidents"
_NEXT = re.compile(r'<([^>]+)>; rel="next"')
Answer = tuple[int, Any]


class _Listener(NoEngine):
    """Keeps what is told."""

    def __init__(self) -> None:
        self.heard: list[Event] = []

    def deliver(self, event: Event) -> None:
        self.heard.append(event)


class Wire:
    """One embedded GitHub and one connection to it.

    Attributes:
        heard: Every event that was told, in order.
    """

    def __init__(self) -> None:
        self._stack = ExitStack()
        folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory()))
        listener = _Listener()
        self.heard = listener.heard
        self._standin = StandIn(REPO, folder, START.isoformat(), engine_of=lambda _checkout, _host: listener)
        self._stack.enter_context(self._standin)
        self._tokens = {name: self._standin.mint_token(1, {"issues": access}) for name, access in TOKENS.items()}
        host, port = self._standin.server.server_address[:2]
        self._connection = http.client.HTTPConnection(str(host), port, timeout=30)
        self._stack.callback(self._connection.close)

    def close(self) -> None:
        """End it all."""
        self._stack.close()

    def state(self) -> dict[str, Any]:
        """All that is remembered."""
        return saved(self._standin.world)

    def ask(self, who: str, method: str, path: str, body: Any = None) -> Answer:
        """Ask the REST API; `~` stands for the repository."""
        status, value, _ = self._send(who, method, path.replace("~", f"/repos/{REPO}", 1), body)
        return status, value

    def get(self, path: str) -> Any:
        """Read as the owner what must be there."""
        status, value = self.ask(OWNER, "GET", path)
        assert status == 200, (path, status, value)
        return value

    def listed(self, path: str) -> list[Any]:
        """Every page of a list, as `Link` leads from one to the next."""
        return [item for page in self._pages(path.replace("~", f"/repos/{REPO}", 1)) for item in page]

    def query(self, who: str, text: str, variables: Mapping[str, Any]) -> Any:
        """Ask GraphQL; the whole answer."""
        status, value, _ = self._send(who, "POST", "/graphql", {"query": text, "variables": variables})
        assert status == 200, value
        return value

    def control(self, method: str, path: str, body: Any) -> None:
        """Call the embedded GitHub's own control."""
        status, value, _ = self._send(OWNER, method, f"/_standin/{path}", body)
        assert status == 200, value

    def _pages(self, path: str) -> Iterator[list[Any]]:
        following: str | None = path
        while following is not None:
            status, value, link = self._send(OWNER, "GET", following, None)
            assert status == 200, (following, status, value)
            assert value or following == path, f"{following} is an empty page"
            yield value
            found = _NEXT.search(link)
            parts = urlsplit(found[1]) if found else None
            following = f"{parts.path}?{parts.query}" if parts else None

    def _send(self, who: str, method: str, path: str, body: Any) -> tuple[int, Any, str]:
        raw = None if body is None else json.dumps(body)
        headers = {"Authorization": f"Bearer {self._tokens.get(who, who)}"}
        self._connection.request(method, path, raw, headers)
        response = self._connection.getresponse()
        content = response.read()
        return response.status, json.loads(content) if content else None, response.headers.get("Link", "")
