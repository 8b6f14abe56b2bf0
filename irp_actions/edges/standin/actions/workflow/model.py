"""A workflow file as values: what runs when, read once and never changed."""

from collections.abc import Mapping
from dataclasses import dataclass

from irp_actions.edges.standin.actions.expressions import Condition, Template
from irp_actions.edges.standin.actions.workflow.permissions import DEFAULT, Permissions
from irp_actions.edges.standin.actions.workflow.triggers import Triggers

Templates = Mapping[str, Template]

DEFAULT_TIMEOUT_MINUTES = 360.0


@dataclass(frozen=True)
class Concurrency:
    """A `concurrency:`.

    Attributes:
        group: The group's name.
        cancel_in_progress: Whether who comes later cancels who runs.
        queue: `single` or `max`.
    """

    group: Template
    cancel_in_progress: Template | None
    queue: str


@dataclass(frozen=True)
class RunDefaults:
    """A `defaults.run:`."""

    shell: Template | None = None
    working_directory: Template | None = None

    def over(self, outer: "RunDefaults") -> "RunDefaults":
        """Return these defaults with the gaps filled from those one level up."""
        return RunDefaults(self.shell or outer.shell, self.working_directory or outer.working_directory)


@dataclass(frozen=True)
class Step:
    """One step of a job: it runs a script, or uses an action.

    Attributes:
        id: Its name in the `steps` context; empty if nothing can refer to it.
        run: The script, or `None`.
        uses: The action as written, or `None`.
        inputs: What the action is given, `with:`.
    """

    id: str
    name: Template | None
    condition: Condition
    env: Templates
    run: Template | None
    uses: str | None
    inputs: Templates
    shell: Template | None
    working_directory: Template | None
    continue_on_error: Template | None
    timeout_minutes: Template | None

    @property
    def label(self) -> str:
        """Return what the step is called where its name cannot be evaluated."""
        if self.name:
            return self.name.source
        if self.run:
            return f"Run {self.run.source.strip().splitlines()[0] if self.run.source.strip() else ''}".strip()
        return f"Run {self.uses}"


@dataclass(frozen=True)
class Job:
    """One job.

    Attributes:
        id: Its key under `jobs:`.
        needs: The ids of the jobs it waits for.
        permissions: What its token may do.
        runs_on: The labels of the runner it asks for, which the stand-in only notes.
    """

    id: str
    name: Template | None
    needs: tuple[str, ...]
    condition: Condition
    permissions: Permissions
    concurrency: Concurrency | None
    env: Templates
    defaults: RunDefaults
    runs_on: str
    environment: str
    outputs: Templates
    continue_on_error: Template | None
    timeout_minutes: Template | None
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Workflow:
    """One workflow file.

    Attributes:
        path: Relative to the repository.
        name: What it calls itself; its path if it does not.
        ancestors: For each job, every job it directly or indirectly needs.
    """

    path: str
    name: str
    triggers: Triggers
    concurrency: Concurrency | None
    env: Templates
    jobs: Mapping[str, Job]
    ancestors: Mapping[str, frozenset[str]]


__all__ = ["DEFAULT", "Concurrency", "Job", "Permissions", "RunDefaults", "Step", "Templates", "Workflow"]
