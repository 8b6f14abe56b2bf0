"""Which runs and jobs start, in what order: runs, groups, conditions and the scheduler that moves them."""

from irp_actions.edges.standin.actions.scheduling.cancellation import Cancellation
from irp_actions.edges.standin.actions.scheduling.log import Log
from irp_actions.edges.standin.actions.scheduling.run import JobResult, JobRun, Run, Verdict
from irp_actions.edges.standin.actions.scheduling.scheduler import Scheduler

__all__ = ["Cancellation", "JobResult", "JobRun", "Log", "Run", "Scheduler", "Verdict"]
