"""One HTTP POST to a channel: no redirects, no look at the answer's body, and no word of the address in any error."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import requests
from requests.exceptions import ConnectionError as NoConnection
from requests.exceptions import RequestException, SSLError, Timeout

from irp_actions.edges.channels.letters import Letter

CONNECT, ANSWER = 3.05, 5.0
"""Seconds to wait for a connection, and for each part of an answer."""


_LITTLE = 4_096
"""Bytes of an answer's body that are read at most."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The status and how long the server asks to wait; or, with status 0, why there was no answer."""

    status: int = 0
    why: str = ""
    asked: float | None = None

    @property
    def taken(self) -> bool:
        """Whether the message arrived for certain."""
        return 200 <= self.status < 300


class Carrier:
    """Posts letters over connections that are kept while a run lasts; proxies of the environment are used."""

    def __init__(self, connect: float = CONNECT, answer: float = ANSWER) -> None:
        """Nothing is sent yet.

        Args:
            connect: seconds to wait for a connection.
            answer: seconds to wait for an answer.
        """
        self._session = requests.Session()
        self._session.auth = _as_it_is
        self._timeout = (connect, answer)

    def post(self, letter: Letter) -> Answer:
        """Post one letter, once."""
        try:
            with self._session.post(
                letter.url,
                data=letter.body,
                headers={"User-Agent": "irp-actions", **letter.headers},
                timeout=self._timeout,
                allow_redirects=False,  # a signed message goes where it was meant to go, or nowhere
                stream=True,
            ) as answer:
                found = Answer(answer.status_code, asked=_asked(answer.headers.get("Retry-After", "")))
                with suppress(RequestException):  # a little of the body, unseen, so that the connection stays of use
                    next(answer.iter_content(_LITTLE), b"")
                return found
        except RequestException as error:
            return Answer(why=_why(error))


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """No credentials but the letter's own: without this, those of a `.netrc` would be added."""
    return request


def _why(error: RequestException) -> str:
    """What went wrong, in a word; the error itself may name the address."""
    kinds = ((Timeout, "timeout"), (SSLError, "tls"), (NoConnection, "connection"))
    return next((word for kind, word in kinds if isinstance(error, kind)), "address")


def _asked(header: str) -> float | None:
    """Seconds of a `Retry-After`, which is a number or a date (RFC 9110)."""
    if header.strip().isdigit():
        return float(header)
    try:
        return (parsedate_to_datetime(header) - datetime.now(UTC)).total_seconds()
    except (TypeError, ValueError):
        return None
