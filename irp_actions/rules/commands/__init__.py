"""Every call there is, by chapter of the process; importing this package fills the table."""

# The order of the chapters is the order of the help: what is needed first comes first.
# ruff: isort: off
from irp_actions.rules.commands import intake
from irp_actions.rules.commands import assess
from irp_actions.rules.commands import communicate
from irp_actions.rules.commands import respond
from irp_actions.rules.commands import remediate
from irp_actions.rules.commands import disruption
from irp_actions.rules.commands import preserve
from irp_actions.rules.commands import decisions
from irp_actions.rules.commands import shifts
from irp_actions.rules.commands import calls
from irp_actions.rules.commands import roles
from irp_actions.rules.commands import learn
from irp_actions.rules.commands import afterwards
from irp_actions.rules.commands import facts
from irp_actions.rules.commands.table import COMMANDS, FACTS, Command

__all__ = [
    "COMMANDS", "FACTS", "Command", "afterwards", "assess", "calls", "communicate", "decisions", "disruption", "facts",
    "intake", "learn", "preserve", "remediate", "respond", "roles", "shifts",
]  # fmt: skip
