"""GitHub Actions inside the embedded GitHub: it runs the repository's own workflow files under GitHub's rules.

`expressions` evaluates `${{ }}`; `workflow` reads files; `scheduling` decides what starts, in what order; `runner`
executes a job's steps; `Actions` ties them together. Nothing here knows any program that a workflow runs.
"""

from irp_actions.edges.standin.actions.engine import Actions
from irp_actions.edges.standin.actions.errors import (
    ActionsError,
    ExpressionError,
    NotDispatchable,
    RunCompleted,
    RunNotFound,
    WorkflowDisabled,
    WorkflowError,
    WorkflowNotFound,
)
from irp_actions.edges.standin.actions.host import Host
from irp_actions.edges.standin.actions.runner import JobOrder, JobRunner

__all__ = [
    "Actions",
    "ActionsError",
    "ExpressionError",
    "Host",
    "JobOrder",
    "JobRunner",
    "NotDispatchable",
    "RunCompleted",
    "RunNotFound",
    "WorkflowDisabled",
    "WorkflowError",
    "WorkflowNotFound",
]
