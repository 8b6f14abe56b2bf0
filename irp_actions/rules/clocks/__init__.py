"""Every clock there is, by chapter of the process; importing this package fills the table."""

# The order of the chapters is the order of the board.
# ruff: isort: off
from irp_actions.rules.clocks import intake
from irp_actions.rules.clocks import communicate
from irp_actions.rules.clocks import roles
from irp_actions.rules.clocks import outside
from irp_actions.rules.clocks import learn
from irp_actions.rules.clocks.ladder import Step, drafted_from, loud_from, steps
from irp_actions.rules.clocks import remediate
from irp_actions.rules.clocks.table import CLOCKS, Clock, Stopped
from irp_actions.rules.clocks.wind import next_due, wind

__all__ = [
    "CLOCKS", "Clock", "Step", "Stopped", "communicate", "drafted_from", "intake", "learn", "loud_from", "next_due",
    "outside", "remediate", "roles", "steps", "wind",
]  # fmt: skip
