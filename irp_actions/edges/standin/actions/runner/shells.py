"""How a script is run depends on `shell:`: one table.

Source: "Workflow syntax", `jobs.<job_id>.steps[*].shell`.
"""

import shlex
from collections.abc import Sequence
from pathlib import Path

from irp_actions.edges.standin.actions.errors import ActionsError

_PLACE = "{0}"

# An explicit `bash` fails on the first failure inside a pipe as well; the default does not.
_SHELLS = {
    "": ("bash", "-e", _PLACE),
    "bash": ("bash", "--noprofile", "--norc", "-eo", "pipefail", _PLACE),
    "sh": ("sh", "-e", _PLACE),
    "python": ("python", _PLACE),
}


class ShellError(ActionsError):
    """The stand-in does not have a shell that a step asks for."""


def shell_command(shell: str, script: Path) -> Sequence[str]:
    """Return the arguments that run a script.

    Args:
        shell: What `shell:` says; empty for nothing.
        script: The file that holds the script.

    Raises:
        ShellError: The shell is neither known nor a command with `{0}` in it.
    """
    template = _SHELLS.get(shell) or tuple(shlex.split(shell))
    if not any(_PLACE in word for word in template):
        raise ShellError(f"The stand-in does not have the shell '{shell}'")
    return [word.replace(_PLACE, str(script)) for word in template]
