"""A receiver on the loopback interface, as a pager's or a chat's server is: it answers as told and remembers all."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.served import Asked, Given, Served


@dataclass(frozen=True)
class Answer:
    """What the receiver does with one request: answers, hangs until it is shut down, or hangs up."""

    status: int = 202
    headers: Mapping[str, str] = field(default_factory=dict)
    hangs: bool = False
    hangs_up: bool = False


class Receiver(Served):
    """Gives its answers in order, the last one again and again; they can be replaced at any time."""

    def __init__(self, *answers: Answer) -> None:
        """Nothing is served yet; without answers, everything is accepted."""
        self.answers = list(answers or [Answer()])
        self.received: list[Asked] = []
        self._lock = threading.Lock()
        self._over = threading.Event()

    def answer(self, asked: Asked) -> Given | None:
        """What the next answer says."""
        answer = self.take(asked)
        if answer.hangs:
            self._over.wait()
        return None if answer.hangs or answer.hangs_up else Given(answer.status, answer.headers, b"{}")

    def __exit__(self, *_: object) -> None:
        """Stop serving, and let go of whoever still waits."""
        self._over.set()
        super().__exit__()

    def take(self, request: Asked) -> Answer:
        """The answer to a request."""
        with self._lock:
            self.received.append(request)
            return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    @property
    def url(self) -> str:
        """Where it is."""
        return f"{super().url}/v2/enqueue"

    @property
    def events(self) -> list[tuple[str, str]]:
        """What a pager was asked to do, and to which alert."""
        return [(request.data["event_action"], request.data["dedup_key"]) for request in self.received]

    @property
    def types(self) -> list[str]:
        """What a webhook was told."""
        return [request.data["type"] for request in self.received]
