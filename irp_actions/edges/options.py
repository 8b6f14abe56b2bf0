"""What commands that talk to GitHub have in common: their options, and how they end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from irp_actions.edges.origin import repository
from irp_actions.values.shape import parse_time

DONE, OURS, THEIRS = 0, 1, 2
"""Exit codes: all is done; something of ours or GitHub's failed; a person has to put something right."""


@dataclass(frozen=True, slots=True)
class Target:
    """Which repository on which GitHub, and by whose token."""

    repo: str
    token: str
    api_url: str
    graphql_url: str


def targeted(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options every command has that talks to GitHub; in a workflow they come from the environment."""
    options = [
        click.option(
            "--repo",
            envvar="GITHUB_REPOSITORY",
            callback=_repository,
            help="OWNER/NAME; that of git's origin if it is left out. [env: GITHUB_REPOSITORY]",
        ),
        click.option("--token", envvar="GITHUB_TOKEN", required=True, help="A token. [env: GITHUB_TOKEN]"),
        click.option("--api-url", envvar="GITHUB_API_URL", default="https://api.github.com", show_default=True),
        click.option("--graphql-url", envvar="GITHUB_GRAPHQL_URL", default="", help="Derived from --api-url if empty."),
    ]
    for option in reversed(options):
        function = option(function)
    return function


def _repository(_: click.Context, __: click.Parameter, given: str | None) -> str:
    """The repository that was named, or else the one whose checkout this is."""
    found = given or repository(Path.cwd())
    if not found:
        raise click.UsageError(
            "which repository? Name it with --repo OWNER/NAME or GITHUB_REPOSITORY, or run this in a checkout whose "
            "git remote origin is on github.com"
        )
    return found


class Moment(click.ParamType[datetime]):
    """A moment in ISO 8601 with its zone."""

    name = "ISO-8601"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read it, or say how to write it."""
        try:
            return value if isinstance(value, datetime) else parse_time(value)
        except ValueError as wrong:
            self.fail(f"{wrong}; write it like 2026-03-02T03:12:00Z", param, ctx)
