"""Which repository a checkout is of, so that nobody has to type it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from irp_actions.cli import cli
from irp_actions.edges.options import Target
from irp_actions.edges.origin import named_by, repository


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/acme/incidents.git",
        "https://github.com/acme/incidents",
        "https://www.github.com/acme/incidents/",
        "https://x-access-token:abc@github.com/acme/incidents",
        "git@github.com:acme/incidents.git",
        "ssh://git@github.com/acme/incidents.git",
        "ssh://git@ssh.github.com:443/acme/incidents.git",
    ],
)
def test_an_address_on_github_names_a_repository(url: str) -> None:
    """However it was cloned."""
    assert named_by(url) == "acme/incidents"


@pytest.mark.parametrize(
    "url",
    [
        *(
            "",
            "../incidents",
            "/srv/git/acme/incidents.git",
            "https://gitlab.com/acme/incidents",
            "https://github.com/acme",
        ),
        *("https://github.com.example.org/acme/incidents", "https://example.org/github.com/acme/incidents"),
        *("git@example.org:acme/incidents.git", "https://github.com/acme/incidents/tree/main"),
    ],
)
def test_any_other_address_names_none(url: str) -> None:
    """It is asked for instead of being guessed."""
    assert named_by(url) == ""


def test_the_remote_of_a_checkout_is_asked_of_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without git, and a machine without it, have none."""
    assert repository(tmp_path) == ""
    for words in (["init", "-q"], ["remote", "add", "origin", "git@github.com:acme/incidents.git"]):
        subprocess.run(["git", "-C", str(tmp_path), *words], check=True)
    assert repository(tmp_path) == "acme/incidents"
    monkeypatch.setenv("PATH", "")
    assert repository(tmp_path) == ""


def test_without_any_repository_the_command_says_how_to_name_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line, with all the ways."""
    monkeypatch.delenv("GITHUB_REPOSITORY", raising=False)
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(cli, ["verify", "12", "--token", "t"])
    assert result.exit_code == 2
    assert "--repo OWNER/NAME or GITHUB_REPOSITORY" in " ".join(result.output.split())


def test_in_a_checkout_nothing_has_to_be_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The repository of the checkout is the one that is asked for."""
    for words in (["init", "-q"], ["remote", "add", "origin", "https://github.com/acme/incidents"]):
        subprocess.run(["git", "-C", str(tmp_path), *words], check=True)
    monkeypatch.delenv("GITHUB_REPOSITORY", raising=False)
    monkeypatch.chdir(tmp_path)
    asked: list[str] = []

    def read(_number: int, target: Target) -> None:
        asked.append(target.repo)
        raise SystemExit

    monkeypatch.setattr("irp_actions.cli._read_whole", read)
    CliRunner().invoke(cli, ["verify", "12", "--token", "t"])
    assert asked == ["acme/incidents"]
