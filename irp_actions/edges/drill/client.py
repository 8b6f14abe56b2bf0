"""One keep-alive HTTP connection to the embedded GitHub, used by everybody in a drill under their own name."""

from __future__ import annotations

import http.client
import json
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

WAITS_SECONDS = 900.0
"""How long one answer may take: the clock is moved, and workflow runs settled, while somebody waits for it."""

ATTEMPTS = 20
"""How often somebody presses the button again when bad weather eats a request."""

LARGEST_PAGE = 100
"""Entries on the largest page of a list ("Using pagination in the REST API")."""


class NotAllowed(Exception):  # noqa: N818 - an answer, not an error
    """GitHub answered 403: this person may not do that."""


class Answered(Exception):  # noqa: N818 - an answer, not an error
    """GitHub answered with anything else than was hoped for."""

    def __init__(self, asked: str, status: int, message: str) -> None:
        super().__init__(f"{asked} was answered {status}: {message}")


class Client:
    """Speaks JSON with one server; a context manager that hangs up at its end.

    Args:
        origin: The server, such as `http://127.0.0.1:8080`.
    """

    def __init__(self, origin: str) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(origin).netloc, timeout=WAITS_SECONDS)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def ask(self, method: str, path: str, body: Any = None, who: str = "") -> Any:
        """One request and the JSON of its answer; server errors are tried again, as people do.

        Args:
            method: The HTTP method.
            path: The path with its query.
            body: What is sent as JSON; nothing if `None`.
            who: The login that acts; nobody for control calls.

        Raises:
            NotAllowed: This person may not do that.
            Answered: Any other answer that is not a success.
        """
        status, text = 0, ""
        for _ in range(ATTEMPTS):
            status, text = self._once(method, path, body, who)
            if not _is_passing(status, text):
                break
        if status == http.HTTPStatus.FORBIDDEN:
            raise NotAllowed(_message(text))
        if not http.HTTPStatus.OK <= status < http.HTTPStatus.MULTIPLE_CHOICES:
            raise Answered(f"{method} {path}", status, _message(text))
        return json.loads(text) if text else None

    def pages(self, path: str, who: str) -> list[Any]:
        """Every entry of a list, page after page.

        Args:
            path: The list, without `page` and `per_page`.
            who: The login that reads.
        """
        found: list[Any] = []
        joint = "&" if "?" in path else "?"
        while len(found) % LARGEST_PAGE == 0:
            number = len(found) // LARGEST_PAGE + 1
            page = self.ask("GET", f"{path}{joint}per_page={LARGEST_PAGE}&page={number}", who=who)
            found += page
            if not page:
                break
        return found

    def _once(self, method: str, path: str, body: Any, who: str) -> tuple[int, str]:
        """Status and text of one answer; status 0 when the connection was closed without one."""
        headers = {"Content-Type": "application/json", "Accept": "application/vnd.github+json"}
        if who:
            headers["Authorization"] = f"Bearer {who}"
        try:
            self._connection.request(method, path, None if body is None else json.dumps(body), headers)
            with self._connection.getresponse() as response:
                return response.status, response.read().decode()
        except (http.client.RemoteDisconnected, ConnectionError):
            self._connection.close()
            return 0, ""


def _is_passing(status: int, text: str) -> bool:
    """Whether the same request may go through if it is made again ("Best practices for using the REST API")."""
    if status == http.HTTPStatus.FORBIDDEN:
        return "rate limit" in text
    return status in (0, http.HTTPStatus.TOO_MANY_REQUESTS) or status >= http.HTTPStatus.INTERNAL_SERVER_ERROR


def _message(text: str) -> str:
    """What an error's body says, with what is wrong with which field."""
    try:
        told = json.loads(text)
    except ValueError:
        return text or "no answer"
    details = [str(error.get("message") or error) for error in told.get("errors", ()) if isinstance(error, dict)]
    return "; ".join([str(told.get("message", text)), *details])
