"""The `irp` command: reads the environment, calls the spine, and says what happened and how it ended."""

from __future__ import annotations

import csv
import importlib
import json
import os
import secrets
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import click

from irp_actions import __version__
from irp_actions.edges.actions import annotate, secret, summarize
from irp_actions.edges.options import DONE, OURS, THEIRS, Moment, Target, targeted
from irp_actions.edges.policy_file import PolicyError, load_policy
from irp_actions.edges.trouble import Forbidden, Trouble, Unavailable

if TYPE_CHECKING:
    from irp_actions.edges.desk import Desk
    from irp_actions.edges.github import Door
    from irp_actions.edges.reconcile import Outcome
    from irp_actions.values.policy import Policy, Rung

OTHERS = 5
"""How many other incidents a run looks after whose own runs seem to be lost."""


class Commands(click.Group):
    """The commands; some are loaded only when they are called, for what they need costs time or is not installed."""

    extra: ClassVar = {
        "check": ("irp_actions.edges.checks.command:check_command", "Check the policy, the forms and the sentences."),
        "doctor": ("irp_actions.edges.doctor.command:doctor_command", "Test on a repository what no document settles."),
        "drill": ("irp_actions.edges.drill.command:drill_command", "Play a scenario on an embedded GitHub."),
        "standin": ("irp_actions.edges.standin.command:standin_command", "Serve an embedded GitHub on this machine."),
    }
    """Where each is, and its line in the list of commands, which is read without loading it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every name, in order."""
        return sorted([*super().list_commands(ctx), *self.extra])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, loaded now if it is one of the extra ones."""
        if cmd_name not in self.extra:
            return super().get_command(ctx, cmd_name)
        module, _, name = self.extra[cmd_name][0].partition(":")
        try:
            found: click.Command = getattr(importlib.import_module(module), name)
        except ModuleNotFoundError as missing:
            return _unavailable(cmd_name, missing.name or "")
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, as click writes it, without loading the extra ones."""
        rows = [(name, self._summary(ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def _summary(self, ctx: click.Context, name: str) -> str:
        if name in self.extra:
            return str(self.extra[name][1])
        command = super().get_command(ctx, name)
        return command.get_short_help_str(80) if command else ""


def _unavailable(name: str, missing: str) -> click.Command:
    """Stands where a command would be whose libraries are not installed."""

    def refuse() -> None:
        raise click.ClickException(f"{missing} is not installed: pip install 'irp-actions[drill]'")

    return click.Command(name, callback=refuse, help=f"Not available here: {missing} is not installed.")


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="irp")
def cli() -> None:
    """Security incident response on GitHub issues: people write, irp makes GitHub agree with it."""


@cli.command()
@click.argument("number", type=int, required=False)
@targeted
@click.option("--dry-run", is_flag=True, help="Print what would change and change nothing.")
@click.option("--now", type=Moment(), help="Pretend that it is this time; the server's time otherwise.")
def reconcile(number: int | None, dry_run: bool, now: datetime | None, **target: str) -> None:
    """Bring incident NUMBER up to date, or all of them.

    \b
    Example: irp reconcile 12 --dry-run
    """
    from irp_actions.edges.reconcile import reconcile as settle
    from irp_actions.edges.reconcile import safely
    from irp_actions.edges.reconcile import sweep as settle_all

    door, desk = _door(Target(**target)), _desk(now)
    about = now or datetime.now(UTC)

    def outcomes() -> Iterable[Outcome]:
        if number is None:
            yield from settle_all(door, desk, about, dry_run=dry_run)
            return
        first = safely(number, lambda: settle(door, number, desk, about, dry_run=dry_run))
        yield first
        for other in first.others[:OTHERS]:
            yield safely(other, partial(settle, door, other, desk, about, dry_run=dry_run))

    ended = _told(outcomes, dry_run, desk)
    if ended.roused:
        _wake(door, True, dry_run)
    if ended.newly_watched or ended.overslept or (number is None and ended.watched):
        _start_watch(door, dry_run, ask=number is None or not ended.newly_watched)
    sys.exit(ended.code)


@cli.command()
@targeted
@click.option("--dry-run", is_flag=True, help="Print what would change and change nothing.")
@click.option("--now", type=Moment(), help="Pretend that it is this time; the server's time otherwise.")
def sweep(dry_run: bool, now: datetime | None, **target: str) -> None:
    """Bring every incident up to date that is open or was touched in the last fortnight.

    \b
    Example: irp sweep
    """
    from irp_actions.edges.reconcile import sweep as settle_all

    door, desk = _door(Target(**target)), _desk(now)
    ended = _told(lambda: settle_all(door, desk, now or datetime.now(UTC), dry_run=dry_run), dry_run, desk, many=True)
    if ended.active != (os.environ.get("GITHUB_WORKFLOW") == "sweep"):  # it runs already, or it rests already
        _wake(door, ended.active, dry_run)
    if ended.watched:
        _start_watch(door, dry_run, ask=True)
    sys.exit(ended.code)


@cli.command()
@targeted
@click.option("--ref", envvar="GITHUB_REF_NAME", required=True, help="The branch to start. [env: GITHUB_REF_NAME]")
@click.option("--incident", envvar="IRP_INCIDENT", default="incident.yml", show_default=True, help="What it starts.")
@click.option("--watch", "own", envvar="IRP_WATCH", default="watch.yml", show_default=True, help="Its own workflow.")
def watch(ref: str, incident: str, own: str, **target: str) -> None:
    """Wait while somebody may have to be woken: start a run of INCIDENT whenever something is due.

    It ends when nothing is unanswered, high or unknown any more, or by starting another WATCH after some hours.

    \b
    Example: irp watch --repo acme/security-incidents --ref main
    """
    from irp_actions.edges.watch import Watch, Workflows

    workflows = Workflows(incident, own, ref)
    kept = Watch(_door(Target(**target)), _desk(None), workflows, datetime.now(UTC), click.echo)
    try:
        sys.exit(kept.keep())
    except Forbidden as error:
        annotate(
            "error",
            f"the token may not do this: {error}; a watch needs actions: write, contents: read and issues: read",
        )
        sys.exit(OURS)


@cli.command()
def commands() -> None:
    """List every command, as the README's table shows them.

    \b
    Example: irp commands
    """
    from irp_actions.rules.commands import COMMANDS

    click.echo("| Command | What it does | Who | Also | Rules |\n|---|---|---|---|---|")
    for command in COMMANDS.values():
        also = ", ".join(f"`/{alias}`" for alias in command.aliases)
        rules = ", ".join(command.rules)
        usage = command.usage.replace("|", "\\|")  # the table is Markdown
        click.echo(f"| `{usage}` | {command.summary} | {command.may} | {also} | {rules} |")


@cli.command()
def clocks() -> None:
    """List every clock with its rule, the time allowed, and who is asked when.

    \b
    Example: irp clocks
    """
    from irp_actions.rules.clocks import CLOCKS
    from irp_actions.rules.words import span

    policy = _policy()
    click.echo("| Rule | What is due | Within | Then asked |\n|---|---|---|---|")
    for rule, clock in CLOCKS.items():
        times = policy.clocks[rule]
        within = span(times.allowed)
        if times.next_morning:
            within += f"; the next working morning at {' and '.join(times.next_morning)}"
        click.echo(f"| {rule} | {clock.title} | {within} | {', '.join(map(_asked, times.rungs)) or 'nobody'} |")


def _asked(rung: Rung) -> str:
    """Whom a rung asks, how long after the due time, and at which severities if not at all of them."""
    from irp_actions.rules.words import span

    late = f"+{span(rung.after)} " if rung.after else ""
    return f"{late}{rung.ask}{' at ' + ' and '.join(rung.at) if rung.at else ''}"


@cli.command()
@targeted
def labels(**target: str) -> None:
    """Create the labels that mark records, rehearsals and states; those that exist are left alone.

    \b
    Example: irp labels --repo acme/security-incidents
    """
    from irp_actions.rules.view import label_colours

    door = _door(Target(**target))
    for name, colour in label_colours(_policy()).items():
        click.echo(f"{'created' if door.create_label(name, colour) else 'there   '} {name}")


@cli.command()
@click.argument("number", type=int)
@targeted
@click.option("--format", "form", type=click.Choice(["md", "json"]), default="md", show_default=True)
@click.option(
    "--variant",
    type=click.Choice(["internal", "stakeholder", "public"]),
    default="internal",
    show_default=True,
    help="For whom. Those for outsiders are drafts that a person has to read first.",
)
def report(number: int, form: str, variant: str, **target: str) -> None:
    """Print the report of incident NUMBER as it would be now.

    With --format json it is complete: the report, every entry with all it was judged under, and the texts beside them.

    \b
    Example: irp report 12 --format json > report.json
    Example: irp report 12 --variant public
    """
    from irp_actions.rules.report import INTERNAL, export, markdown, outside
    from irp_actions.rules.report import report as gather

    if variant != INTERNAL and form == "json":
        raise click.UsageError("--format json is the whole record; a variant for outsiders has no such form")
    before, desk = _read_whole(number, Target(**target))
    if form == "json":
        click.echo(json.dumps(export(before.record, before.thread, desk.policy), indent=2))
        return
    found = gather(before.record, before.thread, desk.policy)
    click.echo(markdown(found, desk.policy) if variant == INTERNAL else outside(found, desk.policy, variant))


@cli.command()
@targeted
def metrics(**target: str) -> None:
    """Print one row of figures for each closed incident, as CSV. Rehearsals and false alarms are not counted.

    \b
    Example: irp metrics > incidents.csv
    """
    from irp_actions.edges.locate import ReadOnly, look
    from irp_actions.rules.report import report as gather
    from irp_actions.rules.report.table import COLUMNS, counts, row
    from irp_actions.rules.sources import RECORD_LABEL

    door, desk = _door(Target(**target)), _desk(None)
    table = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
    table.writeheader()
    for number in door.closed(RECORD_LABEL):
        try:
            before = look(door, number, desk, datetime.now(UTC))
        except ReadOnly as why:
            annotate("warning", str(why))
            continue
        if before is None:
            continue
        found = gather(before.record, before.thread, desk.policy)
        if counts(found):
            table.writerow(row(found))


@cli.command()
@click.argument("number", type=int)
@click.option("--mark", help="One that a sitrep to outsiders carried: has what was recorded by then been changed?")
@targeted
def verify(number: int, mark: str | None, **target: str) -> None:
    """Check the record of incident NUMBER: is the chain whole, does each comment still say what was recorded?

    Exit code 1 means that the chain is broken. Drift (edits and deletions after the fact) is listed and is no failure.

    \b
    Example: irp verify 12
    """
    from irp_actions.rules.verify import verify as examine

    before, desk = _read_whole(number, Target(**target))
    record = before.record
    findings = examine(record, before.thread, desk.seal_for(record), mark)
    word = "tamper-evident" if record.sealed else "consistent"
    broken = any(finding.broken for finding in findings)
    click.echo(f"#{number}: {'BROKEN' if broken else word}, {record.next_n - 1} entries, ending in {record.last_hash}")
    for finding in findings:
        click.echo(f"  {'broken' if finding.broken else 'drift '} {finding.what}")
    sys.exit(OURS if broken else DONE)


def _read_whole(number: int, target: Target) -> Any:
    """One incident with its record and all its comments, for those who only look."""
    from irp_actions.edges.locate import ReadOnly, look

    desk = _desk(None)
    try:
        before = look(_door(target), number, desk, datetime.now(UTC))
    except ReadOnly as why:
        raise click.ClickException(str(why)) from why
    if before is None:
        raise click.ClickException(f"#{number} is no incident record")
    return before, desk


def _policy() -> Policy:
    return load_policy(Path.cwd())


def _desk(now: datetime | None) -> Desk:
    """What is judged by. A broken policy is shown where it stands, and every record goes on by its pinned one."""
    from irp_actions.edges.channels import Post
    from irp_actions.edges.desk import Desk
    from irp_actions.edges.sentences import take_on
    from irp_actions.rules.chain import Seal

    take_on(Path.cwd())
    post = Post(os.environ)
    seal = Seal(secret("IRP_RECORD_KEY"), secrets.token_bytes(32))
    try:
        return Desk(_policy(), seal, __version__, now, post=post)
    except PolicyError as error:
        for fault in error.faults:
            annotate("error", fault.message, fault.file, fault.line, fault.column)
        annotate("warning", "the policy is broken: every record goes on by the numbers pinned in it")
        return Desk(error.rest or load_policy(Path(os.devnull)), seal, __version__, now, pinned_only=True, post=post)


def _door(target: Target) -> Door:
    from irp_actions.edges.github import Door
    from irp_actions.edges.github.wire import Wire
    from irp_actions.rules.view import label_colours

    try:
        colours = label_colours(_policy())
    except PolicyError:
        colours = {}
    return Door(Wire(target.api_url, target.token, target.graphql_url), target.repo, colours)


def _wake(door: Door, awake: bool, dry_run: bool) -> None:
    """Enable or disable the frequent sweep, where one is named."""
    workflow = os.environ.get("IRP_FREQUENT_SWEEP", "")
    if workflow and not dry_run and not door.wake(workflow, awake):
        annotate(
            "warning", f"{workflow} could not be {'enabled' if awake else 'disabled'}; the token needs actions: write"
        )


def _start_watch(door: Door, dry_run: bool, *, ask: bool) -> None:
    """Start the watch, where one is named; `ask` whether it runs already when that may well be so."""
    workflow, ref = os.environ.get("IRP_WATCH", ""), os.environ.get("GITHUB_REF_NAME", "")
    if workflow and ref and not dry_run:
        from irp_actions.edges.watch import start_watch

        trouble = start_watch(door, workflow, ref, ask=ask)
        if trouble:
            annotate("warning", trouble)


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended: the exit code, whether any clock runs only now, whether any may still run, and is watched."""

    code: int
    roused: bool
    active: bool
    watched: bool
    newly_watched: bool
    overslept: bool


def _told(outcomes: Callable[[], Iterable[Outcome]], dry_run: bool, desk: Desk, *, many: bool = False) -> Ended:
    """Print what each issue's run did, as it goes on; of many, only those where anything was done."""
    code = THEIRS if desk.pinned_only else DONE
    roused = active = watched = newly_watched = overslept = False
    looked_at = 0
    rows = ["| Incident | Changes |", "|---|---|"]
    try:
        for outcome in outcomes():
            roused |= outcome.roused
            active |= outcome.active or outcome.code != DONE  # what could not be read may well have a clock
            watched |= outcome.watched
            newly_watched |= outcome.newly_watched
            overslept |= outcome.overslept
            code = max(code, outcome.code)
            made = ", ".join(type(change).__name__ for change in outcome.changes) or "nothing to do"
            if outcome.changes:
                rows.append(f"| #{outcome.number} | {made} |")
            looked_at += 1
            if outcome.changes or not many:
                click.echo(f"#{outcome.number}: {'would do: ' if dry_run and outcome.changes else ''}{made}")
            if outcome.said:
                annotate("error" if outcome.code else "notice", outcome.said)
    except Forbidden as error:
        annotate("error", f"the token may not do this: {error}")
        code = max(code, OURS)
    except Unavailable as error:
        annotate("error", f"{error}. What was not done is done by the next run.")
        code = max(code, OURS)
    if many:
        click.echo(f"{looked_at} looked at, {len(rows) - 2} changed")
    summarize("\n".join(rows))
    return Ended(code, roused, active or code == OURS, watched, newly_watched, overslept)


def main() -> None:
    """Run the command line. Trouble with GitHub is one plain line; a traceback is always a fault of ours."""
    try:
        cli()
    except Trouble as trouble:
        annotate("error", str(trouble))
        sys.exit(OURS)


if __name__ == "__main__":
    main()
