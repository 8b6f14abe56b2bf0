"""A witness is shown all that crosses an embedded GitHub; the one there is writes it down for others to judge.

Each line of the file that `IRP_TRAFFIC` names is an object of JSON: a request with its answer, or an event with its
payload. Several processes may write to one file. No credential of a request is in it; what people wrote is.
"""

import json
import os
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from irp_actions.edges.standin.events import Event

VARIABLE = "IRP_TRAFFIC"


class Witness(Protocol):
    """Is shown things in the order in which they happen; called from several threads."""

    def exchanged(self, method: str, target: str, request: bytes, status: int, answer: bytes) -> None:
        """A request was answered; the status is 0 if it got no answer at all."""

    def happened(self, event: Event) -> None:
        """An event was told to the Actions engine, or made by it."""


class Nobody:
    """Looks away."""

    def exchanged(self, method: str, target: str, request: bytes, status: int, answer: bytes) -> None:
        """Nothing is kept."""

    def happened(self, event: Event) -> None:
        """Nothing is kept."""


class Scribe:
    """Appends lines to a file.

    Args:
        path: The file; it is made if it is not there.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()

    def exchanged(self, method: str, target: str, request: bytes, status: int, answer: bytes) -> None:
        """Write down a request and its answer."""
        texts = {"request": _text(request), "answer": _text(answer)}
        self._write({"method": method, "target": target, "status": status, **texts})

    def happened(self, event: Event) -> None:
        """Write down an event."""
        self._write({"event": event.name, "payload": event.payload})

    def _write(self, line: Mapping[str, Any]) -> None:
        # One call each, at the end of the file: lines of several processes do not get into each other.
        raw = f"{json.dumps(line)}\n".encode()
        with self._lock, self._path.open("ab", buffering=0) as file:
            file.write(raw)


def witness_of(environment: Mapping[str, str] = os.environ) -> Witness:
    """Return who is to be shown what crosses.

    Args:
        environment: The variables of the process, of which `IRP_TRAFFIC` may name a file.
    """
    path = environment.get(VARIABLE)
    return Scribe(Path(path)) if path else Nobody()


def _text(raw: bytes) -> str:
    """Bytes that are no text survive as lone surrogates."""
    return raw.decode("utf-8", "surrogateescape")
