"""The stand-in: a GitHub with a memory on a loopback port, for drills and tests."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from irp_actions.edges.standin import witness
from irp_actions.edges.standin.actions import Actions
from irp_actions.edges.standin.clock import Clock, moment_of
from irp_actions.edges.standin.control import PREFIX, Control
from irp_actions.edges.standin.courier import Courier
from irp_actions.edges.standin.doubts import Doubts
from irp_actions.edges.standin.engine import Engine
from irp_actions.edges.standin.events import Event
from irp_actions.edges.standin.limits import Limits
from irp_actions.edges.standin.payloads.webhooks import envelope
from irp_actions.edges.standin.saving import restore, saved
from irp_actions.edges.standin.server import Listening, LoopbackServer
from irp_actions.edges.standin.service import Incoming, Outgoing, Service
from irp_actions.edges.standin.timekeeper import Timekeeper
from irp_actions.edges.standin.urls import Urls
from irp_actions.edges.standin.weather import Weather
from irp_actions.edges.standin.world.callers import Caller, Tokens
from irp_actions.edges.standin.world.world import World

REAL_CLOCK = "real"
FREE_PORT = Listening()
EngineOf = Callable[[Path, "StandIn"], Engine]


class StandIn:
    """One embedded GitHub with one repository; a context manager that serves while it is open.

    It is also the host of its Actions engine: what the engine may ask of the rest is here.

    Args:
        repo: `OWNER/NAME`; the owner's login is its administrator.
        checkout: The folder with the files of the default branch: workflows, forms, contents.
        clock: `real`, or where a simulated clock begins, in ISO 8601.
        listening: Where and how it is reached: by default without TLS, on any port that is free.
        engine_of: Makes the Actions engine; the package's own runs the checkout's workflow files.
    """

    def __init__(
        self,
        repo: str,
        checkout: Path,
        clock: str = REAL_CLOCK,
        listening: Listening = FREE_PORT,
        engine_of: EngineOf = Actions,
    ) -> None:
        self.repo = repo
        self.clock = Clock(None if clock == REAL_CLOCK else moment_of(clock))
        self.world = World(repo, self.clock, checkout)
        self.tokens = Tokens()
        self.weather = Weather()
        self.server = LoopbackServer(listening, self._answer, self.clock)
        self.world.home = Urls(self.api_url, self.server_url, repo)
        self._witness = witness.witness_of()
        self.engine = engine_of(checkout, self)
        courier = Courier(self.world, self.weather, self._deliver)
        limits = Limits(self.clock)
        self.service = Service(self.world, self.engine, self.tokens, limits, self.weather, courier, self._witness)
        self.timekeeper = Timekeeper(self.clock, self.engine, self.weather, self._payload)
        self._control = Control(self.service, self.timekeeper)

    @property
    def api_url(self) -> str:
        """The root of the REST API, as in `GITHUB_API_URL`."""
        return self.server.origin

    @property
    def graphql_url(self) -> str:
        """The GraphQL API, as in `GITHUB_GRAPHQL_URL`."""
        return f"{self.server.origin}/graphql"

    @property
    def server_url(self) -> str:
        """The site, as in `GITHUB_SERVER_URL`."""
        return self.server.origin

    @property
    def simulated(self) -> bool:
        """Whether the clock stands still until it is told."""
        return self.clock.is_simulated

    @property
    def doubts(self) -> Doubts:
        """How GitHub is taken to be where no document says."""
        return self.world.doubts

    def now(self) -> datetime:
        """The time, in UTC."""
        return self.clock.now()

    def mint_token(self, run_id: int, permissions: Mapping[str, str]) -> str:
        """A token for a job, with the permissions of its `permissions:`; the run does not matter to it."""
        with self.world.lock:
            return self.tokens.mint(permissions)

    def revoke_token(self, token: str) -> None:
        """End a job's token."""
        with self.world.lock:
            self.tokens.revoke(token)

    def happened(self, event: Event) -> None:
        """Show an event to whoever looks on."""
        self._witness.happened(event)

    def load(self, path: Path) -> None:
        """Remember what a state file holds; one that does not exist yet is an empty memory.

        Raises:
            ValueError: The file is no state of this repository.
        """
        if path.exists():
            with self.world.lock:
                restore(self.world, json.loads(path.read_text(encoding="utf-8")))

    def save(self, path: Path) -> None:
        """Write what is remembered to a state file, whole or not at all."""
        with self.world.lock:
            text = json.dumps(saved(self.world))
        draft = path.with_name(f"{path.name}.new")
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)

    def start(self) -> None:
        """Begin to serve."""
        self.server.start()
        self.timekeeper.start()

    def stop(self) -> None:
        """Stop serving and end what runs."""
        self.timekeeper.stop()
        self.engine.close()
        self.server.stop()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _payload(self) -> Mapping[str, Any]:
        """Schedules are the owner's: nobody else causes them."""
        with self.world.lock:
            return envelope(self.world, Caller(self.world.owner))

    def _deliver(self, event: Event) -> None:
        self.happened(event)
        self.engine.deliver(event)

    def _answer(self, incoming: Incoming) -> Outgoing:
        is_control = incoming.path.startswith(PREFIX)
        return self._control.answer(incoming) if is_control else self.service.answer(incoming)
