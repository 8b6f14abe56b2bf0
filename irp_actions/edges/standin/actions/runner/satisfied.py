"""Steps that only fetch or install are satisfied by the environment that the stand-in runs in: two tables.

Python is the one that runs, and what a lock file would install is installed. What is checked out depends on the commit,
and is the session's.
"""

import platform
import re
import shlex
import shutil
import sys
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

_NO_OUTPUTS: Callable[[], Mapping[str, str]] = dict

CHECKOUT = "actions/checkout"

# Each action that is satisfied, with the outputs that later steps may ask it for.
_ACTIONS: Mapping[str, Callable[[], Mapping[str, str]]] = {
    "actions/setup-python": lambda: {
        "python-version": platform.python_version(),
        "python-path": sys.executable,
        "cache-hit": "false",
    },
    "actions/cache": lambda: {"cache-hit": "false"},
    "actions/cache/restore": lambda: {"cache-hit": "false"},
    "actions/cache/save": _NO_OUTPUTS,
}

# The start of each command that only fetches or installs. `uv run` and `pipx run` are not among them.
_INSTALLERS = (
    ("pip", "install"),
    ("python", "-m", "pip", "install"),
    ("pipx", "install"),
    ("uv", "sync"),
    ("uv", "venv"),
    ("uv", "pip", "install"),
    ("uv", "pip", "sync"),
    ("uv", "tool", "install"),
    ("uv", "python", "install"),
    ("apt-get",),
)

# How a program that installs looks where a job cannot be asked beforehand what it would do.
_SHIM = """#!/bin/sh
case "$* " in
{patterns}) echo "satisfied by the environment the stand-in runs in: {program} $*"; exit 0 ;;
esac
exec {real} "$@"
"""

_SEPARATORS = frozenset({";", "&&"})
_ASSIGNMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*=.*", re.DOTALL)
_VERSION_SUFFIX = re.compile(r"\A(python|pip)3?(\.\d+)?\Z")


def satisfied_action(uses: str) -> Mapping[str, str] | None:
    """Return the outputs of an action that is satisfied, or `None` if it is not one of them.

    Args:
        uses: The action as a step names it, with its `@ref`.
    """
    outputs = _ACTIONS.get(uses.partition("@")[0].lower())
    return outputs() if outputs else None


def only_installs(script: str) -> bool:
    """Return whether every command of a script fetches or installs and nothing else.

    A script that is more than a plain list of commands is not taken apart: it is run.
    """
    commands = _commands(script)
    if commands is None:
        return False
    doing = [command for command in commands if command[0] != "set"]
    return bool(doing) and all(_installs(command) for command in doing)


def write_installers(folder: Path, path: str) -> None:
    """Write the programs of the table, which are themselves but for what they would install: that is there.

    Args:
        folder: Where they go; it comes first on the `PATH` of steps.
        path: Where the real ones are.
    """
    programs: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for program, *words in _INSTALLERS:
        programs[program].append(tuple(words))
    for program, starts in programs.items():
        real = shutil.which(program, path=path)
        if real is not None:
            patterns = "|".join(shlex.quote("".join(f"{word} " for word in words)) + "*" for words in starts)
            shim = folder / program
            shim.write_text(_SHIM.format(patterns=patterns, program=program, real=shlex.quote(real)), encoding="utf-8")
            shim.chmod(0o755)


def _commands(script: str) -> list[list[str]] | None:
    """Return the words of each command, or `None` if the shell would have more to do than run them in turn."""
    commands: list[list[str]] = []
    for line in script.replace("\\\n", " ").splitlines():
        lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
        lexer.whitespace_split = True
        try:
            words = list(lexer)
        except ValueError:
            return None
        command: list[str] = []
        for word in [*words, ";"]:
            if word in _SEPARATORS:
                commands.append(command)
                command = []
            elif set(word) <= set("();<>|&") or "`" in word:
                return None
            else:
                command.append(word)
    return [command for command in commands if command]


def _installs(command: Sequence[str]) -> bool:
    words = list(command)
    while words and (words[0] == "sudo" or _ASSIGNMENT.fullmatch(words[0])):
        words.pop(0)
    if not words:
        return False
    words[0] = _VERSION_SUFFIX.sub(r"\1", words[0].rpartition("/")[2])
    return any(tuple(words[: len(start)]) == start for start in _INSTALLERS)
