"""What the stand-in asks of its Actions engine, and an engine for when there is none.

The real one is the package `actions`; it fulfils this protocol without knowing it.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from irp_actions.edges.standin.actions.errors import RunNotFound, WorkflowNotFound
from irp_actions.edges.standin.events import Event


class Engine(Protocol):
    """Starts workflow runs; none of its methods may be called while the world is locked."""

    def deliver(self, event: Event) -> None:
        """Start whatever the event starts; returns at once."""

    def dispatch(
        self, workflow: str, ref: str, inputs: Mapping[str, str], actor: str, *, payload: Mapping[str, Any]
    ) -> None:
        """Run a workflow by hand; raises the engine's `WorkflowNotFound`, `WorkflowDisabled`, `NotDispatchable`.

        Args:
            workflow: Its file name or id.
            ref: The branch.
            inputs: What its `workflow_dispatch` asks for.
            actor: The login of who runs it.
            payload: What every payload has: repository and sender.
        """

    def set_enabled(self, workflow: str, enabled: bool) -> None:
        """Enable or disable a workflow."""

    def workflows(self) -> list[dict[str, Any]]:
        """The workflows of the checkout: `id`, `name`, `path`, `state`."""

    def next_cron(self, after: datetime, until: datetime) -> datetime | None:
        """The first time in (after, until] at which a schedule falls due."""

    def fire_cron(self, at: datetime, *, payload: Mapping[str, Any]) -> None:
        """Start every schedule that falls due at this time; `payload` as for `dispatch`."""

    def settle(self, timeout_seconds: float) -> bool:
        """Wait until no run is pending or running but those asleep; whether that happened in time."""

    def next_wake(self, until: datetime) -> datetime | None:
        """When the next sleeping job wakes, if that is not after `until`."""

    def wake(self) -> None:
        """Wake every job that has slept long enough."""

    def cancel(self, run_id: int, actor: str) -> None:
        """Stop a run; raises the engine's `RunNotFound`, `RunCompleted`."""

    def rerun(self, run_id: int, actor: str) -> None:
        """Run a run again; raises the engine's `RunNotFound`, `NotRerunnable`."""

    def runs(self) -> list[dict[str, Any]]:
        """Every attempt of every run: `id`, `attempt`, `workflow`, `event`, `number`, `verdict`, `evicted`, `log`, …"""

    def close(self) -> None:
        """Stop every run."""


class NoEngine:
    """A repository without workflows: events start nothing."""

    def deliver(self, event: Event) -> None:
        """Nothing starts."""

    def dispatch(
        self, workflow: str, ref: str, inputs: Mapping[str, str], actor: str, *, payload: Mapping[str, Any]
    ) -> None:
        """There is no workflow to run."""
        raise WorkflowNotFound(workflow)

    def set_enabled(self, workflow: str, enabled: bool) -> None:
        """There is no workflow to switch."""
        raise WorkflowNotFound(workflow)

    def workflows(self) -> list[dict[str, Any]]:
        """No workflows."""
        return []

    def next_cron(self, after: datetime, until: datetime) -> datetime | None:
        """No schedules."""
        return None

    def fire_cron(self, at: datetime, *, payload: Mapping[str, Any]) -> None:
        """Nothing falls due."""

    def settle(self, timeout_seconds: float) -> bool:
        """Nothing runs."""
        return True

    def next_wake(self, until: datetime) -> datetime | None:
        """Nobody sleeps."""
        return None

    def wake(self) -> None:
        """Nobody to wake."""

    def cancel(self, run_id: int, actor: str) -> None:
        """There is no run to stop."""
        raise RunNotFound(str(run_id))

    def rerun(self, run_id: int, actor: str) -> None:
        """There is no run to run again."""
        raise RunNotFound(str(run_id))

    def runs(self) -> list[dict[str, Any]]:
        """No runs."""
        return []

    def close(self) -> None:
        """Nothing to stop."""
