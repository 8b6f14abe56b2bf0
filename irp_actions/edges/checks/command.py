"""`irp check`: say what is wrong with a checkout, and what its policy would change for every open incident."""

from __future__ import annotations

import secrets
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from irp_actions import __version__
from irp_actions.edges.actions import annotate, summarize
from irp_actions.edges.checks import examine
from irp_actions.edges.checks.phone import show_phone
from irp_actions.edges.desk import Desk
from irp_actions.edges.forecast import block, forecasts
from irp_actions.edges.github import Door
from irp_actions.edges.github.wire import Wire
from irp_actions.edges.options import DONE, OURS, THEIRS, Moment, Target
from irp_actions.edges.sentences import take_on
from irp_actions.rules.chain import Seal
from irp_actions.values.policy import Policy


@click.command("check")
@click.argument("root", type=click.Path(exists=True, file_okay=False, path_type=Path), default=".")
@click.option("--against", metavar="OWNER/NAME", help="Show what would change for every open incident there.")
@click.option("--fix", is_flag=True, help="First write the policy's number to call into the forms (IN-1).")
@click.option("--now", type=Moment(), help="Pretend that it is this time; the server's time otherwise.")
@click.option("--token", envvar="GITHUB_TOKEN", default="", help="A token that may read it. [env: GITHUB_TOKEN]")
@click.option("--api-url", envvar="GITHUB_API_URL", default="https://api.github.com", show_default=True)
@click.option("--graphql-url", envvar="GITHUB_GRAPHQL_URL", default="", help="Derived from --api-url if empty.")
def check_command(root: Path, against: str | None, fix: bool, now: datetime | None, **target: str) -> None:
    """Check the policy and the issue forms of a checkout: every mistake with its file, line and column.

    With --against, every open incident of a repository is then played under the policy, and what would change is
    printed: labels, due times, comments. Nothing is written.

    \b
    Example: irp check --against acme/security-incidents
    """
    checked = examine(root)
    if fix and checked.policy is not None:
        for path in show_phone(root, checked.policy):
            click.echo(f"{path.relative_to(root)}: the number to call is that of the policy now")
        checked = examine(root)
    for kind, faults in (("error", checked.findings.errors), ("warning", checked.findings.warnings)):
        for fault in faults:
            annotate(kind, fault.message, fault.file, fault.line, fault.column)
    policy = checked.policy
    if policy is None or checked.findings.errors:
        sys.exit(THEIRS)
    click.echo(f"the policy is good ({policy.digest}); {len(policy.people.on_call)} on call, zone {policy.zone}")
    if against:
        if not target["token"]:
            raise click.UsageError("--against needs a token: --token, or GITHUB_TOKEN")
        take_on(root)
        sys.exit(_forecast(Target(against, **target), policy, now))


def _forecast(target: Target, policy: Policy, now: datetime | None) -> int:
    """Print what would become of every open incident; the exit code says whether all could be told."""
    door = Door(Wire(target.api_url, target.token, target.graphql_url), target.repo, {})
    desk = Desk(policy, Seal(b"", secrets.token_bytes(32)), __version__, now)
    looked_at = changed = 0
    code = DONE
    for forecast in forecasts(door, desk, now or datetime.now(UTC)):
        text = block(forecast, policy)
        click.echo(f"\n{text}")
        summarize(f"{text}\n")
        looked_at, changed = looked_at + 1, changed + forecast.changes
        code = OURS if forecast.trouble else code
    click.echo(f"\n{looked_at} open, {changed} would change; nothing was written")
    return code
