"""A repository with workflow files, a host that is a plain dataclass, and the engine between them."""

import textwrap
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from irp_actions.edges.standin.actions import Actions
from irp_actions.edges.standin.doubts import Doubts
from irp_actions.edges.standin.events import Event

DEADLINE_SECONDS = 60


@dataclass
class FakeHost:
    """The rest of an embedded GitHub, which only remembers what it was asked."""

    repo: str = "acme/security-incidents"
    api_url: str = "http://127.0.0.1:1"
    graphql_url: str = "http://127.0.0.1:1/graphql"
    server_url: str = "http://127.0.0.1:1"
    simulated: bool = False
    doubts: Doubts = field(default_factory=Doubts)
    time: datetime = datetime(2026, 3, 2, 3, 10, tzinfo=UTC)
    minted: list[tuple[int, dict[str, str], str]] = field(default_factory=list)
    revoked: list[str] = field(default_factory=list)

    def now(self) -> datetime:
        """The time that was set."""
        return self.time

    def happened(self, event: Event) -> None:
        """Nobody looks on."""

    def mint_token(self, run_id: int, permissions: Mapping[str, str]) -> str:
        """A token nobody else has."""
        token = f"ghs_{len(self.minted):04}"
        self.minted.append((run_id, dict(permissions), token))
        return token

    def revoke_token(self, token: str) -> None:
        """Note it."""
        self.revoked.append(token)


class Repository:
    """A checkout with workflows, and what happens in it."""

    def __init__(self, checkout: Path) -> None:
        self.checkout = checkout
        self.folder = checkout / ".github" / "workflows"
        self.folder.mkdir(parents=True)
        self.host = FakeHost()
        self.options: dict[str, Any] = {}
        self._actions: Actions | None = None

    @property
    def actions(self) -> Actions:
        """The engine, made when first asked for."""
        if self._actions is None:
            self._actions = Actions(self.checkout, self.host, **self.options)
        return self._actions

    def write(self, text: str, file: str = "ci.yml") -> None:
        """Write a workflow file."""
        (self.folder / file).write_text(textwrap.dedent(text), encoding="utf-8")

    def job(self, steps: str, *, on: str = "issues", top: str = "", job: str = "", file: str = "ci.yml") -> None:
        """Write a workflow of one job from its parts, each of which is YAML of its own."""
        self.write(
            f"on: {on}\n{textwrap.dedent(top)}\njobs:\n  one:\n    runs-on: ubuntu-latest\n"
            f"{textwrap.indent(textwrap.dedent(job), '    ')}\n    steps:\n"
            f"{textwrap.indent(textwrap.dedent(steps), '      ')}",
            file,
        )

    def happens(self, name: str = "issues", action: str | None = "opened", **about: Any) -> None:
        """Deliver an event about issue 7, caused by ben unless told otherwise."""
        payload = {"action": action, "issue": {"number": 7, "title": "Leak"}, **about.pop("payload", {})}
        event = {"actor": "ben", "number": 7, "by_token": False} | about
        self.actions.deliver(Event(name, action, payload, **event))

    def settled(self) -> list[dict[str, Any]]:
        """Wait until everything has its verdict; return the runs."""
        assert self.actions.settle(DEADLINE_SECONDS), self.actions.runs()
        return self.actions.runs()

    def run(self, name: str = "issues", action: str | None = "opened", **about: Any) -> dict[str, Any]:
        """Deliver an event and return the one run that it starts."""
        before = len(self.actions.runs())
        self.happens(name, action, **about)
        (run,) = self.settled()[before:]
        return run

    def close(self) -> None:
        """End the engine."""
        if self._actions:
            self._actions.close()


@pytest.fixture
def repository(tmp_path: Path) -> Iterator[Repository]:
    """An empty repository, whose engine is closed at the end."""
    repository = Repository(tmp_path / "checkout")
    yield repository
    repository.close()


@pytest.fixture
def wait_for() -> Callable[[Callable[[], bool]], None]:
    """A function that polls until something is so, and fails if it never is."""

    def wait(condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + DEADLINE_SECONDS
        while not condition():
            assert time.monotonic() < deadline, "it never came to that"
            time.sleep(0.01)

    return wait


class Gate:
    """A file that steps wait for, so that a test decides how long a job runs.

    Attributes:
        step: A step that says it has come, and waits.
        reached: The file by which it says so.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.reached = path.with_name("reached")
        self.step = f"- run: touch '{self.reached}'; while [ ! -e '{path}' ]; do sleep 0.02; done"

    def open(self) -> None:
        """Let the steps go on."""
        self.path.touch()


@pytest.fixture
def gate(tmp_path: Path) -> Gate:
    """A closed gate."""
    return Gate(tmp_path / "gate")
