"""The checkout whose workflows and forms a drill plays with, copied to where the drill may write its own policy."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from irp_actions.edges.policy_file import OVERLAY

FOLDERS = (Path(".github/workflows"), Path(".github/ISSUE_TEMPLATE"))
"""What a drill takes from the checkout: all that GitHub would read there."""


class NoCheckout(Exception):  # noqa: N818 - a state of affairs
    """There is no repository around the current folder that a drill could be played in."""


def find_checkout(start: Path) -> Path:
    """The nearest folder, upwards from `start`, that has workflows and issue forms.

    Raises:
        NoCheckout: There is none.
    """
    for folder in (start, *start.parents):
        if all((folder / part).is_dir() for part in FOLDERS):
            return folder
    wanted = " and ".join(str(part) for part in FOLDERS)
    raise NoCheckout(
        f"there is no {wanted} in {start} or above it; a drill plays a repository's own workflows, so run it in a"
        " checkout of irp-actions, or of the repository where you use it"
    )


def copy_checkout(origin: Path, to: Path, policy: Mapping[str, Any]) -> None:
    """Copy what a drill takes, and write the scenario's policy in place of the repository's own.

    Args:
        origin: The checkout.
        to: An empty folder.
        policy: What the scenario's organisation decided differently from the packaged policy.
    """
    for part in FOLDERS:
        shutil.copytree(origin / part, to / part)
    text = yaml.safe_dump(dict(policy), sort_keys=False, allow_unicode=True) if policy else ""
    (to / OVERLAY).write_text(text, encoding="utf-8")
