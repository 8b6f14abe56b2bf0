"""How jobs are handed to act, seen with a small program in its place; the real one is held in `tests/conformance`."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from irp_actions.edges.standin.actions.runner.act import ActMissing, ActRunner, act_version, find_act
from irp_actions.edges.standin.actions.runner.satisfied import write_installers

NOTES = """
arguments = dict(zip(sys.argv[2::2], sys.argv[3::2]))
def read(name): return json.load(open(arguments[name]))
seen = {"argv": sys.argv[1:], "env": dict(os.environ)}
seen |= {"secrets": read("--secret-file"), "told": read("--env-file"), "event": read("--eventpath")}
json.dump(seen, open(%r, "w"))
"""

Stand = Callable[[str], None]


@pytest.fixture
def act(repository: Any, tmp_path: Path) -> Stand:
    """Puts a program of some Python lines in the place of act."""

    def put(code: str) -> None:
        program = tmp_path / "act"
        program.write_text(f"#!{sys.executable}\nimport json, os, sys, time\n{code}", encoding="utf-8")
        program.chmod(0o755)
        repository.options = {"runner": ActRunner(program), "secrets": {"KEY": "k3y"}}

    return put


def told(**fields: Any) -> str:
    """A line of Python that says something as act does."""
    return f"print({json.dumps(fields)!r})\n"


def test_act_is_given_the_file_the_event_and_the_secrets_in_files(act: Stand, repository: Any, tmp_path: Path) -> None:
    """Whoever lists processes sees no secret, and no variable carries one into steps that did not ask for it."""
    act(NOTES % str(tmp_path / "seen.json") + told(msg="done", jobResult="success"))
    repository.job("- run: echo")
    assert repository.run()["verdict"] == "success"
    seen = json.loads((tmp_path / "seen.json").read_text())
    assert seen["argv"][0] == "issues"
    assert [Path(each).name for each in seen["argv"]].count("ci.yml") == 1
    assert "ubuntu-latest=-self-hosted" in seen["argv"]
    assert seen["secrets"] == {"KEY": "k3y", "GITHUB_TOKEN": "ghs_0000"}
    assert "k3y" not in f"{seen['argv']}{seen['env']}{seen['told']}"
    assert "ghs_0000" not in f"{seen['argv']}{seen['env']}{seen['told']}"
    assert seen["told"]["GITHUB_API_URL"] == repository.host.api_url
    assert seen["event"]["issue"]["number"] == 7


@pytest.mark.parametrize(
    ("code", "verdict", "said"),
    [
        (told(msg=" ok ") + told(msg="a k3y", raw_output=True) + told(jobResult="success"), "success", "      a ***\n"),
        (told(msg="no", jobResult="failure") + "sys.exit(1)", "failure", "    no\n"),
        ("print('not JSON'); sys.exit(1)", "failure", "    not JSON\n"),
        ("", "failure", "act would not run this job, though its `if:` holds for the stand-in"),
    ],
)
def test_what_act_says_is_the_verdict_and_the_log(
    code: str, verdict: str, said: str, act: Stand, repository: Any
) -> None:
    """A job that act skips is no success: the two would disagree about its condition."""
    act(code)
    repository.job("- run: echo")
    run = repository.run()
    assert run["verdict"] == verdict
    assert said in run["log"]


def test_a_job_that_takes_too_long_is_ended_from_outside(act: Stand, repository: Any) -> None:
    """Act itself does not look at the limit."""
    act("time.sleep(60)")
    repository.job("- run: echo", job="timeout-minutes: 0.005")
    run = repository.run()
    assert run["verdict"] == "cancelled"
    assert "The job has exceeded its maximum execution time." in run["log"]


def test_a_job_that_needs_another_is_refused(act: Stand, repository: Any) -> None:
    """Act would run that one again."""
    act(told(jobResult="success"))
    repository.write("""
        on: issues
        jobs:
          one: {runs-on: ubuntu-latest, steps: [{run: echo}]}
          two: {runs-on: ubuntu-latest, needs: one, steps: [{run: echo}]}
    """)
    run = repository.run()
    assert run["verdict"] == "failure"
    assert "act would run the jobs that this one needs once more" in run["log"]


def test_act_is_what_was_built_or_else_on_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What `make act` built comes first; without either it is missing."""
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    with pytest.raises(ActMissing, match="`make act`"):
        find_act(tmp_path)
    for folder in (tmp_path / "path", tmp_path / "build" / "conformance" / "bin"):
        folder.mkdir(parents=True)
        (folder / "act").write_text("#!/bin/sh\necho act version 1.2.3\n")
        (folder / "act").chmod(0o755)
        assert find_act(tmp_path) == folder / "act"
    assert act_version(tmp_path / "path" / "act") == "1.2.3"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-m", "pip", "install", "--require-hashes", "-r", "none.txt"], "satisfied by the environment"),
        (["-m", "pip", "installer"], "unknown command"),
        (["-c", "print('a  b')"], "a  b\n"),
    ],
)
def test_an_installer_is_itself_but_for_installing(arguments: list[str], said: str, tmp_path: Path) -> None:
    """`python -m pip install` has nothing to do; any other Python runs."""
    write_installers(tmp_path, str(Path(sys.executable).parent))
    ended = subprocess.run([tmp_path / "python", *arguments], capture_output=True, text=True, check=False)
    assert said in ended.stdout + ended.stderr
