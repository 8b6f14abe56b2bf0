"""`irp standin`: one line when it is ready, a state file at the end."""

import json
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import requests
from click.testing import CliRunner

from irp_actions.edges.standin.command import standin_command

PROGRAM = "from irp_actions.edges.standin.command import standin_command; standin_command()"


def serve(folder: Path, *options: str) -> "subprocess.Popen[str]":
    """Start the command in a folder of its own."""
    command = [sys.executable, "-c", PROGRAM, "--repo", "acme/security-incidents", *options]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_it_serves_until_it_is_told_to_stop_and_remembers(tmp_path: Path) -> None:
    """The addresses work, SIGTERM ends it with 0, and the next one knows the issue."""
    options = ("--state", str(tmp_path / "state.json"), "--clock", "2026-03-02T03:10:00Z")
    for title, number in (("first", 1), ("second", 2)):
        with serve(tmp_path, *options) as process:
            assert process.stdout is not None
            ready = json.loads(process.stdout.readline())
            assert set(ready) == {"api_url", "graphql_url", "server_url", "repo"}
            url = f"{ready['api_url']}/repos/{ready['repo']}/issues"
            opened = requests.post(url, json={"title": title}, headers={"Authorization": "Bearer acme"}, timeout=30)
            assert (opened.status_code, opened.json()["number"]) == (201, number)
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=60) == 0


@pytest.mark.parametrize("options", [["--repo", "nonsense"], ["--repo", "a/b", "--clock", "noon"], []])
def test_nonsense_is_refused_before_anything_starts(options: list[str]) -> None:
    """With click's usage message and exit code 2."""
    assert CliRunner().invoke(standin_command, options).exit_code == 2


def test_a_port_that_is_taken_is_said_plainly() -> None:
    """One line and exit code 1, no traceback."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = CliRunner().invoke(standin_command, ["--repo", "a/b", "--port", str(port)])
    assert result.exit_code == 1
    assert result.output == f"Error: port {port} cannot be listened on: Address already in use\n"


def test_a_state_that_cannot_be_read_is_said_plainly(tmp_path: Path) -> None:
    """One line and exit code 1, no traceback."""
    state = tmp_path / "state.json"
    state.write_text("{}")
    with serve(tmp_path, "--state", str(state)) as process:
        assert process.wait(timeout=60) == 1
        assert process.stderr is not None
        assert (
            process.stderr.read()
            == f"Error: {state} cannot be read: this state has format None, and this stand-in reads 1\n"
        )
