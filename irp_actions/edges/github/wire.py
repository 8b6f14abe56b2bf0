"""The wire: requests to GitHub by PyGithub, retried when they only read, never when they write.

This is the only module that imports the client. Its own retries are off: they would send a batch of
mutations twice when an applied one is answered with an error. Its pacing is off too: a run sends two or
three requests. It is not told of redirections, because it would lose the query on its way to the new address.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import urlsplit

from github import Auth, Github
from github.Requester import HTTPRequestsConnectionClass, HTTPSRequestsConnectionClass, RequestsResponse
from requests.exceptions import RequestException

from irp_actions.edges.trouble import Forbidden, Unavailable, WriteFailed

TRIES = 4
"""How often a read is tried in all."""

PATIENCE = 60.0
"""Seconds that a run waits at most for GitHub's word on when to try again."""

TIMEOUT = 15
"""Seconds that GitHub may take to answer."""

HOPS = 3
"""How often GitHub may say that something is elsewhere before it is believed to be nowhere."""

_MOVED = (302, 307, 308)
_PORTS = {"http": 80, "https": 443}


class _Plain(HTTPRequestsConnectionClass):
    """A connection whose redirections are left to us."""

    def getresponse(self) -> RequestsResponse:
        """The answer to the request before."""
        return _unfollowed(super().getresponse())


class _Secure(HTTPSRequestsConnectionClass):
    """The same over TLS."""

    def getresponse(self) -> RequestsResponse:
        """The answer to the request before."""
        return _unfollowed(super().getresponse())


def _unfollowed(response: RequestsResponse) -> RequestsResponse:
    """Say 308 for 301, which is all that the client looks for; GitHub means the same by both."""
    response.status = 308 if response.status == 301 else response.status
    return response


@dataclass(frozen=True, slots=True)
class Answer:
    """What GitHub answered: the status, the headers in lower case, the JSON, and the server's time (UTC)."""

    status: int
    headers: Mapping[str, str]
    data: Any
    at: datetime


class Wire:
    """One connection to one repository's GitHub."""

    def __init__(self, api_url: str, token: str, graphql_url: str = "", sleep: Callable[[float], None] = time.sleep):
        """Prepare the client; nothing is sent yet.

        Args:
            api_url: such as `https://api.github.com`, from `GITHUB_API_URL`.
            token: the job's token, or anybody's.
            graphql_url: from `GITHUB_GRAPHQL_URL`; derived from `api_url` when empty.
            sleep: waits between tries, for a number of seconds.
        """
        client = Github(
            auth=Auth.Token(token),
            base_url=api_url.rstrip("/"),
            lazy=True,
            retry=None,
            seconds_between_requests=None,
            seconds_between_writes=None,
            user_agent="irp-actions",
            per_page=100,
        )
        self._requester = client.requester
        self._graphql = urlsplit(graphql_url).path or self._requester.graphql_url
        self._sleep = sleep
        self._home = _authority(api_url)
        scheme, host, port = self._home
        self._connection = (_Secure if scheme == "https" else _Plain)(host, port, timeout=TIMEOUT)

    def ask(self, document: str, name: str, variables: Mapping[str, Any]) -> Answer:
        """Send a GraphQL query; it only reads, so it is tried again.

        Args:
            document: the file of `edges/github/` it stands in, without its ending.
            name: which query of that file.
            variables: its variables.

        Raises:
            Unavailable: GitHub could not be asked.
            Forbidden: the token may not read this.
        """
        body = {"query": document_of(document), "operationName": name, "variables": dict(variables)}
        answer = self._read("POST", self._graphql, body)
        told = answer.data if isinstance(answer.data, dict) else {}
        errors = told.get("errors") or []
        if any(error.get("type") == "RATE_LIMITED" for error in errors):
            raise Unavailable(f"{name}: {errors[0].get('message')}")
        if any(error.get("type") == "FORBIDDEN" for error in errors):
            raise Forbidden(f"{name}: {errors[0].get('message')}")
        if told.get("data") is None:
            raise Unavailable(f"{name}: {errors[0].get('message') if errors else 'no data'}")
        return answer

    def get(self, path: str) -> Answer:
        """Send a REST GET; it is tried again. A 404 is an answer.

        Raises:
            Unavailable: GitHub could not be asked.
            Forbidden: 401 or 403.
        """
        return self._read("GET", path, None)

    def tell(self, query: str, variables: Mapping[str, Any]) -> Answer:
        """Send mutations, once.

        Raises:
            WriteFailed: it is not known whether they were applied.
            Forbidden: the token may not write at all.
        """
        answer = self._write("POST", self._graphql, {"query": query, "variables": dict(variables)})
        if not isinstance(answer.data, dict):
            raise WriteFailed(f"POST {self._graphql}: an answer that says nothing")
        return answer

    def send(self, method: str, path: str, body: Any = None) -> Answer:
        """Send a REST write, once. A 4xx other than 401 and 403 is an answer.

        Raises:
            WriteFailed: it is not known whether it was applied.
            Forbidden: the token may not do it.
        """
        return self._write(method, path, body)

    def _read(self, method: str, path: str, body: Any) -> Answer:
        waits = _waits()
        while True:
            try:
                answer = self._once(method, path, body)
                failed = _passing_failure(answer)
            except RequestException as error:
                answer, failed = None, f"{type(error).__name__}"
            if answer is not None and not failed:
                return _permitted(answer, path)
            wait = next(waits, None)
            asked = _asked_to_wait(answer) if answer else None
            if wait is None or (asked is not None and asked > PATIENCE):
                raise Unavailable(f"{method} {path}: {failed}")
            self._sleep(asked if asked is not None else wait)

    def _write(self, method: str, path: str, body: Any) -> Answer:
        try:
            answer = self._once(method, path, body)
        except RequestException as error:
            raise WriteFailed(f"{method} {path}: {type(error).__name__}") from error
        failed = _passing_failure(answer)
        if failed:
            self._sleep(min(_asked_to_wait(answer) or 1.0, PATIENCE))  # so that the next look is worth it
            raise WriteFailed(f"{method} {path}: {failed}")
        return _permitted(answer, path)

    def _once(self, method: str, path: str, body: Any) -> Answer:
        for _ in range(HOPS):
            status, headers, output = self._requester.requestJson(method, path, input=body, cnx=self._connection)
            location = str(headers.get("location", ""))
            # Elsewhere than at GitHub's API nobody is shown the token.
            if status not in _MOVED or _authority(location) != self._home or (status == 302 and method != "GET"):
                break
            path = location
        try:
            data = json.loads(output) if output else None
        except ValueError:
            data = {"message": output[:200]}
        date = headers.get("date")
        at = parsedate_to_datetime(str(date)) if date else datetime.now(UTC)
        return Answer(status, {key: str(value) for key, value in headers.items()}, data, at)


@cache
def document_of(name: str) -> str:
    """A GraphQL document of this folder with just the fragments it uses."""
    folder = resources.files("irp_actions.edges.github")
    text = folder.joinpath(f"{name}.graphql").read_text(encoding="utf-8")
    pieces = folder.joinpath("fragments.graphql").read_text(encoding="utf-8").split("fragment ")[1:]
    known = {piece.split()[0]: f"fragment {piece.strip()}" for piece in pieces}
    used: dict[str, str] = {}
    waiting = [text]
    while waiting:
        source = waiting.pop()
        for fragment, body in known.items():
            if f"...{fragment}" in source and fragment not in used:
                used[fragment] = body
                waiting.append(body)
    return "\n\n".join([text, *used.values()])


def _authority(url: str) -> tuple[str, str, int]:
    """Scheme, host and port of an address."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname or "", parts.port or _PORTS.get(parts.scheme, 0)


def _waits() -> Iterator[float]:
    """Seconds before each further try: 1, 2, 4."""
    return (2.0**n for n in range(TRIES - 1))


def _passing_failure(answer: Answer) -> str:
    """Why the answer is no answer, when it may be one later."""
    message = str((answer.data or {}).get("message", "")) if isinstance(answer.data, dict) else ""
    # The words for the secondary limit were others before; that one may come again was always said.
    later = "rate limit" in message.lower() or "retry-after" in answer.headers
    limited = answer.status == 429 or (answer.status == 403 and later)
    if limited or answer.status >= 500:
        return f"{answer.status} {message}".strip()
    return ""


def _asked_to_wait(answer: Answer) -> float | None:
    """Seconds that GitHub asks to wait, if it does (docs: "Best practices for using the REST API")."""
    if "retry-after" in answer.headers:
        try:
            return float(answer.headers["retry-after"])
        except ValueError:
            return None
    if answer.headers.get("x-ratelimit-remaining") == "0" and "x-ratelimit-reset" in answer.headers:
        return max(0.0, float(answer.headers["x-ratelimit-reset"]) - answer.at.timestamp())
    return None


def _permitted(answer: Answer, path: str) -> Answer:
    if answer.status in (401, 403):
        raise Forbidden(f"{path}: {answer.status} {(answer.data or {}).get('message', '')}")
    return answer
