"""The table counts what crossed in every process: an empty one would look like a clean one."""

import re
import subprocess
import sys

import pytest

from tools.conformance.stamps import ROOT

EXAMPLE = "tests/standin/test_rest_labels.py"


@pytest.mark.parametrize("workers", [(), ("-n", "1")], ids=["alone", "a worker"])
def test_what_crossed_is_counted_wherever_it_did(workers: tuple[str, ...]) -> None:
    """In the process that prints the table, or in another."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--conformance", *workers, EXAMPLE]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    counted = re.search(r"^@octokit/openapi +requests with their answers +(\d+) ", done.stdout, re.MULTILINE)
    assert counted is not None, done.stdout
    assert int(counted[1]) > 10
