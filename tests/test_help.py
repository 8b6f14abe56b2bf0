"""`irp --help` lists every command, and loads none of the libraries that only drills need."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from irp_actions.cli import Commands, cli

HEAVY = ("rich", "graphql", "github", "jinja2", "requests")


def test_the_list_of_commands_loads_nothing_it_does_not_need() -> None:
    """Whoever only looks does not wait for a GitHub client, a terminal library and a GraphQL engine."""
    code = (
        "import sys; from irp_actions.cli import cli; cli(['--help'], standalone_mode=False);"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_every_command_has_its_line() -> None:
    """The extra ones too."""
    output = CliRunner().invoke(cli, ["--help"]).output
    for name in (*cli.commands, *Commands.extra):  # type: ignore[attr-defined]
        assert f"\n  {name} " in output


@pytest.mark.parametrize("name", Commands.extra)
def test_an_extra_command_is_what_its_line_says(name: str) -> None:
    """Its line stands apart from it only so that it need not be loaded."""
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert command.name == name
    summary = Commands.extra[name][1]
    assert summary.split()[0] == (command.help or "").split()[0]
