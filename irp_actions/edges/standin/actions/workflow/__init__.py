"""Workflow files, from YAML to frozen values: triggers, schedules, permissions, jobs, steps."""

from irp_actions.edges.standin.actions.workflow.cron import Schedule
from irp_actions.edges.standin.actions.workflow.model import Concurrency, Job, Step, Workflow
from irp_actions.edges.standin.actions.workflow.reader import read_outline, read_workflow
from irp_actions.edges.standin.actions.workflow.triggers import Triggers

__all__ = [
    "Concurrency",
    "Job",
    "Schedule",
    "Step",
    "Triggers",
    "Workflow",
    "read_outline",
    "read_workflow",
]
