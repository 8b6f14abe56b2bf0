"""How a job's steps are executed: the order, the seam for other runners, and the built-in runner."""

from irp_actions.edges.standin.actions.runner.order import JobOrder, JobRunner
from irp_actions.edges.standin.actions.runner.steps import StepsRunner

__all__ = ["JobOrder", "JobRunner", "StepsRunner"]
