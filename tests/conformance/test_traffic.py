"""What crosses an embedded GitHub is judged in whichever process it is."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from irp_actions.edges.standin import witness
from irp_actions.edges.standin.standin import StandIn
from irp_actions.edges.standin.witness import Scribe
from tests.conformance.__main__ import main
from tools.conformance.stamps import ROOT

# Its tests serve an embedded GitHub as a command, and no other.
EXAMPLE = "tests/standin/test_command.py"


def test_what_a_command_serves_is_judged_with_the_rest() -> None:
    """By the test that started it."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--conformance", EXAMPLE]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    counted = re.search(r"^@octokit/openapi +requests with their answers +(\d+) ", done.stdout, re.MULTILINE)
    assert counted is not None, done.stdout
    assert int(counted[1]) >= 2


def test_a_drill_by_hand_is_judged_by_hand(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every fault once, how much was judged, and an exit code."""
    path = tmp_path / "traffic.jsonl"
    monkeypatch.setattr(witness, "witness_of", lambda: Scribe(path))
    with StandIn("acme/security-incidents", tmp_path) as github:
        url = f"{github.api_url}/repos/acme/security-incidents/issues"
        requests.post(url, json={"title": "Odd mail"}, headers={"Authorization": "Bearer acme"}, timeout=30)
    assert main(path) == 0
    assert capsys.readouterr().out == "1 events, 1 exchanges; 0 faults\n"
    event, exchange = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    exchange["answer"] = json.dumps({**json.loads(exchange["answer"]), "number": "one"})
    del event["payload"]["issue"]["user"]
    for _ in range(2):
        path.write_text(f"{json.dumps(event)}\n{json.dumps(exchange)}\n", encoding="utf-8")
    assert main(path) == 1
    assert capsys.readouterr().out.count("\n") == 3


def test_no_credential_is_written_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever reads it can do nothing with it."""
    path = tmp_path / "traffic.jsonl"
    monkeypatch.setattr(witness, "witness_of", lambda: Scribe(path))
    with StandIn("acme/security-incidents", tmp_path) as github:
        token = github.mint_token(1, {"issues": "read"})
        requests.get(f"{github.api_url}/rate_limit", headers={"Authorization": f"Bearer {token}"}, timeout=30)
    told = path.read_text(encoding="utf-8")
    assert "/rate_limit" in told
    assert token not in told
