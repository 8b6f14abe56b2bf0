"""What GitHub Actions gives a job and takes from it: the environment, annotations, the job summary."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import click


def annotate(kind: str, message: str, file: str = "", line: int = 0, column: int = 0) -> None:
    """Print an error, warning or notice where people look for it.

    In a workflow it is a workflow command, which GitHub shows at the file's line; elsewhere a plain line.

    Args:
        kind: `error`, `warning` or `notice`.
        message: what is wrong; it may hold what people typed, so it is escaped.
        file: the file it is about.
        line: counted from 1.
        column: counted from 1.
    """
    place = f"{file}:{line}:{column}: " if file else ""
    if os.environ.get("GITHUB_ACTIONS") != "true":
        click.echo(f"{kind}: {place}{message}", err=True)
        return
    at = f" file={file},line={line},col={column}" if file else ""
    click.echo(f"::{kind}{at}::{_escaped(message)}")


def summarize(text: str) -> None:
    """Add Markdown to the job's summary, where there is one."""
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if path:
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(text + "\n")


def secret(name: str, environment: Mapping[str, str] = os.environ) -> bytes:
    """A secret from the environment; empty when it is not set."""
    return environment.get(name, "").encode()


def _escaped(message: str) -> str:
    """Escaped as the toolkit does, so that no text becomes a workflow command of its own."""
    return message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
