"""`irp standin`: serve an embedded GitHub until told to stop."""

import json
import re
import signal
import ssl
import threading
from pathlib import Path

import click

from irp_actions.edges.standin.clock import moment_of
from irp_actions.edges.standin.server import Listening
from irp_actions.edges.standin.standin import REAL_CLOCK, StandIn

_REPOSITORY = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9._-]{1,100}")


@click.command("standin")
@click.option(
    "--repo", required=True, metavar="OWNER/NAME", help="The repository it holds; OWNER is its administrator."
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="The port on 127.0.0.1; any free one by default."
)
@click.option(
    "--state",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Remember everything in this file: loaded at the start, saved at the end.",
)
@click.option(
    "--clock", default=REAL_CLOCK, metavar="real|ISO-8601", help="The real clock, or where a simulated one begins."
)
@click.option(
    "--tls",
    nargs=2,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="CERTIFICATE KEY",
    help="Serve HTTPS and nothing else, with these two PEM files.",
)
def standin_command(repo: str, port: int, state: Path | None, clock: str, tls: tuple[Path, Path] | None) -> None:
    """Serve an embedded GitHub that runs this folder's workflow files.

    When it is ready it prints one line of JSON with its addresses. It serves until it gets SIGTERM.

    Example: irp standin --repo acme/security-incidents --clock 2026-03-02T03:10:00Z
    """
    if not _REPOSITORY.fullmatch(repo):
        raise click.BadParameter("must be OWNER/NAME", param_hint="--repo")
    try:
        if clock != REAL_CLOCK:
            moment_of(clock)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--clock") from error
    listening = Listening(port, _context(tls) if tls else None)
    try:
        standin = StandIn(repo, Path.cwd(), clock, listening)
    except OSError as error:
        raise click.ClickException(f"port {port} cannot be listened on: {error.strerror}") from error
    serve(standin, state)


def _context(files: tuple[Path, Path]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        # Without a password of ours, OpenSSL would ask for one on the terminal.
        context.load_cert_chain(*files, password="")
    except ssl.SSLError as error:
        raise click.BadParameter(f"must be a certificate and its key: {error}", param_hint="--tls") from error
    return context


def serve(standin: StandIn, state: Path | None) -> None:
    """Serve until SIGTERM or SIGINT, then save the state.

    Args:
        standin: What to serve.
        state: The state file, or `None` to remember nothing.
    """
    told = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told.set())
    if state is not None:
        try:
            standin.load(state)
        except (ValueError, KeyError) as error:
            raise click.ClickException(f"{state} cannot be read: {error}") from error
    with standin:
        addresses = {
            "api_url": standin.api_url,
            "graphql_url": standin.graphql_url,
            "server_url": standin.server_url,
            "repo": standin.repo,
        }
        click.echo(json.dumps(addresses))
        told.wait()
    if state is not None:
        standin.save(state)
