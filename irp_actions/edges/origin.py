"""Tells which repository on GitHub a checkout is of, by its remote `origin`."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

_GITHUB = re.compile(
    r"(?:https?://(?:[^\s/@]+@)?(?:www\.)?github\.com/|(?:ssh://)?git@(?:ssh\.)?github\.com(?::\d+/|[:/]))"
    r"([A-Za-z0-9](?:[A-Za-z0-9_-]{0,38})/[\w.-]+?)(?:\.git)?/?"
)
_PATIENCE = 10
"""Seconds that git may take to read a file."""


def repository(checkout: Path) -> str:
    """The repository as `owner/name`; empty where there is no git, no remote, or one that is not on github.com.

    Args:
        checkout: a folder in it.
    """
    command = ["git", "-C", str(checkout), "remote", "get-url", "origin"]
    try:
        said = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE, check=False)  # noqa: S603 - git itself
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return named_by(said.stdout.strip())


def named_by(url: str) -> str:
    """The repository on github.com that a remote's address names as `owner/name`; empty if it names none."""
    found = _GITHUB.fullmatch(url)
    return found[1] if found else ""
