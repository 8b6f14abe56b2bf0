"""The journal holds one line for every request that is not control, so that requests can be counted."""

import threading
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """One request and what became of it.

    Attributes:
        at: When, by the stand-in's clock, ISO 8601.
        user: The login it acted as; `None` if nobody known asked.
        operation: `METHOD /template` for REST; for GraphQL the query's name or the mutation's fields joined by `+`.
        status: The answer's status; 0 if there was none.
        bytes: The length of the answer's body.
        sent: The length of the request's body.
    """

    at: str
    user: str | None
    method: str
    path: str
    operation: str
    status: int
    bytes: int
    sent: int


class Journal:
    """The requests so far, the oldest first."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._lock = threading.Lock()

    def write(self, entry: Entry) -> None:
        """Add a line."""
        with self._lock:
            self._entries.append(entry)

    def read(self) -> list[dict[str, Any]]:
        """All lines."""
        with self._lock:
            return [asdict(entry) for entry in self._entries]

    def clear(self) -> None:
        """Begin anew."""
        with self._lock:
            self._entries.clear()
