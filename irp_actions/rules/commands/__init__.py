"""Every call there is, by chapter of the process; importing this package fills the table."""

from irp_actions.rules.commands import assess, facts, intake, respond, roles
from irp_actions.rules.commands.table import COMMANDS, FACTS, Command

__all__ = ["COMMANDS", "FACTS", "Command", "assess", "facts", "intake", "respond", "roles"]
