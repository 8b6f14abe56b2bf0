"""`irp drill`: play a scenario, show it as it grows, and end with what it cost."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import NoReturn
from zoneinfo import ZoneInfo

import click
from rich.console import Console

from irp_actions.edges.drill.checkout import NoCheckout, find_checkout
from irp_actions.edges.drill.client import Answered
from irp_actions.edges.drill.pages import Page, PlainPage, TerminalPage
from irp_actions.edges.drill.player import Stuck, play
from irp_actions.edges.drill.scenario import PACKAGED, BrokenScenario, Scenario, load, packaged
from irp_actions.edges.policy_file import PolicyError, examples, overlaid, policy_of
from irp_actions.edges.standin.actions.runner.act import ActMissing, ActRunner, find_act
from irp_actions.edges.yaml_file import read_yaml
from irp_actions.values.policy import Policy

FIRST = "leaked-credential"
"""What is played when nothing is named."""

FAILED, BROKEN = 1, 2

OWN, ACT = "own", "act"
"""The runners."""


@click.command("drill")
@click.argument("scenario", default=FIRST)
@click.option(
    "--policy", metavar="NAME|FILE", help="Play it under another policy; its people, zone and contacts stay its own."
)
@click.option("--list", "listing", is_flag=True, help="List the scenarios instead.")
@click.option(
    "--transcript",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write what is shown to this file as well, as Markdown.",
)
@click.option(
    "--runner",
    type=click.Choice([OWN, ACT]),
    default=OWN,
    show_default=True,
    help="What runs the workflows: the embedded GitHub itself, or nektos/act (see docs/act.md).",
)
def drill_command(scenario: str, policy: str | None, listing: bool, transcript: Path | None, runner: str) -> None:
    """Play SCENARIO on an embedded GitHub with the workflows of this checkout.

    SCENARIO is a name of the list, or a file of your own. Time, people and GitHub are
    simulated; the workflows, the forms and the program are the real ones.

    \b
    Example: irp drill leaked-credential --policy cloud-gov --transcript drill.md
    """
    if listing:
        for path in packaged():
            click.echo(f"{path.stem:<20} {_read(path).title}")
        return
    path = _path(scenario)
    played = _under(policy, _read(path)) if policy else _read(path)
    try:
        checkout = find_checkout(Path.cwd())
        jobs = ActRunner(find_act(checkout)) if runner == ACT else None
    except (NoCheckout, ActMissing) as error:
        raise click.ClickException(str(error)) from error
    with ExitStack() as stack:
        out = stack.enter_context(transcript.open("w", encoding="utf-8")) if transcript else None

        def pages_for(policy: Policy) -> Sequence[Page]:
            zone = ZoneInfo(policy.zone)
            screen = _screen(zone)
            return (screen, PlainPage(out, zone)) if out else (screen,)

        try:
            tally = play(played, checkout, pages_for, jobs)
        except PolicyError as error:
            _give_up(f"the scenario's policy is broken:\n{error}")
        except Stuck as error:
            _give_up(f"{path.name}:{error.line}: {error}")
        except Answered as error:
            _give_up(f"the embedded GitHub could not go on: {error}")
    sys.exit(FAILED if tally.failed else 0)


def _screen(zone: ZoneInfo) -> Page:
    """Colour on a terminal, plain text anywhere else."""
    console = Console(highlight=False)
    return TerminalPage(console, zone) if console.is_terminal else PlainPage(sys.stdout, zone)


def _path(name: str) -> Path:
    """The file that a name or a path means."""
    own = PACKAGED / f"{name}.yml"
    if own.is_file():
        return own
    if Path(name).suffix in (".yml", ".yaml") and Path(name).is_file():
        return Path(name)
    known = ", ".join(path.stem for path in packaged())
    raise click.BadParameter(f"{name!r} is neither one of {known}, nor a .yml file", param_hint="SCENARIO")


def _read(path: Path) -> Scenario:
    try:
        return load(path)
    except BrokenScenario as error:
        _give_up(str(error))


def _under(name: str, scenario: Scenario) -> Scenario:
    """The scenario under another policy: one that comes with the program, or a file."""
    known = {path.stem: path for path in examples()}
    path = known.get(name, Path(name))
    if not path.is_file():
        wrong = f"{name!r} is neither one of {', '.join(known)}, nor a file"
        raise click.BadParameter(wrong, param_hint="--policy")
    sheet = read_yaml(path.read_text(encoding="utf-8"), str(path))
    try:
        policy_of(sheet)
    except PolicyError as error:
        _give_up(str(error))
    return replace(scenario, policy=overlaid(sheet.data or {}, scenario.policy))


def _give_up(message: str) -> NoReturn:
    """Say what is wrong with the scenario, and exit."""
    click.echo(message, err=True)
    sys.exit(BROKEN)
