"""A session is what the steps of one job share: contexts, variables, path, status, and what they left running."""

import json
import shutil
import signal
from collections.abc import Mapping
from pathlib import Path

from irp_actions.edges.standin.actions.expressions import CaseSensitive, Function, Scope, Value
from irp_actions.edges.standin.actions.expressions.functions import hash_files
from irp_actions.edges.standin.actions.expressions.values import to_text
from irp_actions.edges.standin.actions.runner.environment import (
    default_variables,
    inherited_variables,
    runner_context,
    search_path,
)
from irp_actions.edges.standin.actions.runner.order import JobOrder
from irp_actions.edges.standin.actions.runner.process import signal_group
from irp_actions.edges.standin.actions.scheduling import Verdict
from irp_actions.edges.standin.actions.workflow.model import Templates

# Seconds that `always()` and `cancelled()` steps have together once a job was told to stop.
CANCEL_GRACE = 300.0


class Session:
    """The state of one job while its steps run.

    Args:
        order: The job.
        temp: Its own folder.
        extra: Variables that every step's process gets.

    Attributes:
        status: `SUCCESS`, `FAILURE` or `CANCELLED`: the `job.status` so far.
        deadline: The moment of the job's own time at which it has had its time.
        workspace: The folder its steps start in: empty until something is checked out.
    """

    def __init__(self, order: JobOrder, temp: Path, extra: Mapping[str, str]) -> None:
        self.order = order
        self.log = order.log
        self.temp = temp
        self.status = Verdict.SUCCESS
        self.deadline = float("inf")
        self.leftovers: list[int] = []
        self.workspace = temp / "_work" / "repository"
        self.workspace.mkdir(parents=True)
        self._extra = extra
        self._env: dict[str, str] = {}
        self._paths: list[str] = []
        self._steps: dict[str, Value] = {}
        self._runner = runner_context(temp)
        self._github = self._github_context()

    def set_env(self) -> None:
        """Evaluate the `env:` of the workflow, then that of the job.

        Raises:
            ExpressionError: One of them has no value.
        """
        self._env = self.evaluate(self.order.workflow.env)
        self._env |= self.evaluate(self.order.job.env)

    def evaluate(self, templates: Templates) -> dict[str, str]:
        """Return the strings that a mapping of templates stands for now.

        Raises:
            ExpressionError: One of them has no value.
        """
        scope = self.scope()
        return {name: template.text(scope) for name, template in templates.items()}

    def scope(self, step_env: Mapping[str, str] | None = None) -> Scope:
        """Return what the properties of a step are evaluated against.

        Args:
            step_env: The step's own `env:`, once that is known.
        """
        contexts: dict[str, Value] = {
            **self.order.contexts,
            "github": self._github,
            "env": CaseSensitive({**self._env, **(step_env or {})}),
            "job": {"status": str(self.status)},
            "runner": self._runner,
            "steps": self._steps,
        }
        return Scope(contexts, {**self._status_functions(), "hashfiles": hash_files})

    def variables(self, step_env: Mapping[str, str]) -> dict[str, str]:
        """Return the environment of a step's process, its environment files excepted."""
        chosen = {**inherited_variables(), **self._extra, **self._env, **step_env}
        first = [str(folder) for folder in self.order.time.path]
        path = search_path([*first, *self._paths], chosen.get("PATH"))
        return chosen | default_variables(self._github, self._runner) | {"PATH": path}

    def name_action(self, action: str) -> None:
        """Set `github.action`: the id of the step that runs now, or a number if it has none."""
        self._github = {**self._github, "action": action}

    def check_out(self, ref: str) -> str:
        """Empty the workspace, fill it with what the repository holds at a ref, and return the commit.

        Args:
            ref: As `actions/checkout` is given it; empty for the commit of the run.

        Raises:
            NoSuchRef: There is no such ref.
        """
        shutil.rmtree(self.workspace)
        self.workspace.mkdir()
        return self.order.commits.check_out(ref or to_text(self._github["sha"]), self.workspace)

    def export(self, variables: Mapping[str, str], paths: list[str]) -> None:
        """Take over what a step has set for the steps after it."""
        self._env |= variables
        self._paths = [*paths, *self._paths]

    def record(self, step_id: str, outcome: Verdict, conclusion: Verdict, outputs: Mapping[str, str]) -> None:
        """Enter a step into the `steps` context, and into the status of the job."""
        if step_id:
            self._steps = self._steps | {
                step_id: {"outputs": dict(outputs), "outcome": str(outcome), "conclusion": str(conclusion)}
            }
        if conclusion is Verdict.CANCELLED:
            self.cancel()
        elif conclusion is Verdict.FAILURE and self.status is Verdict.SUCCESS:
            self.status = Verdict.FAILURE

    def cancel(self) -> None:
        """Turn the job to cancelled; from now on only `always()` and `cancelled()` hold."""
        if self.status is not Verdict.CANCELLED:
            self.status = Verdict.CANCELLED
            self.deadline = self.order.time.now() + CANCEL_GRACE

    def clean_up(self) -> None:
        """End what the steps left running in the background."""
        for group in self.leftovers:
            signal_group(group, signal.SIGKILL)

    def _status_functions(self) -> Mapping[str, Function]:
        return {
            "always": lambda _: True,
            "success": lambda _: self.status is Verdict.SUCCESS,
            "failure": lambda _: self.status is Verdict.FAILURE,
            "cancelled": lambda _: self.status is Verdict.CANCELLED,
        }

    def _github_context(self) -> dict[str, Value]:
        """Return the `github` context with what only a running job has, and write the event's file."""
        event_path = self.temp / "_github_workflow" / "event.json"
        event_path.parent.mkdir(parents=True)
        event_path.write_text(json.dumps(self.order.event.payload, indent=2, ensure_ascii=False), encoding="utf-8")
        known = self.order.contexts["github"]
        return {
            **(known if isinstance(known, dict) else {}),
            "event_path": str(event_path),
            "job": self.order.job.id,
            "token": self.order.token,
            "workspace": str(self.workspace),
        }
