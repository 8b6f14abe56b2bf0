"""The host is the rest of the embedded GitHub, as far as its Actions engine needs to know it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from irp_actions.edges.standin.doubts import Doubts
from irp_actions.edges.standin.events import Event


class Host(Protocol):
    """One repository on one server with one clock.

    The engine calls these methods from its worker threads, and some of them under its own lock: none may call it back.
    """

    @property
    def repo(self) -> str:
        """The repository as `owner/name`."""

    @property
    def api_url(self) -> str:
        """Where its REST API answers, without a trailing slash."""

    @property
    def graphql_url(self) -> str:
        """Where its GraphQL API answers."""

    @property
    def server_url(self) -> str:
        """Where its pages would be."""

    @property
    def simulated(self) -> bool:
        """Whether its clock stands still until somebody moves it."""

    @property
    def doubts(self) -> Doubts:
        """How it is taken to be where no document says."""

    def now(self) -> datetime:
        """Return the time of the host's clock, in UTC, simulated or real."""

    def happened(self, event: Event) -> None:
        """Hear of an event that the engine made itself.

        Args:
            event: A `workflow_dispatch` or a `schedule`; every other one comes from the host.
        """

    def mint_token(self, run_id: int, permissions: Mapping[str, str]) -> str:
        """Return a new job token.

        Args:
            run_id: The run whose job will use it.
            permissions: Scope to `read` or `write`, as in a workflow's `permissions:`. A scope that is
                missing is `none`; `metadata: read` is always there.
        """

    def revoke_token(self, token: str) -> None:
        """Make a job token worthless, because its job has ended."""
