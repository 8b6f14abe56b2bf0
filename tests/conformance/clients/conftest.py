"""An embedded GitHub that speaks TLS, and the clients that this machine has."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

import pytest

from irp_actions.edges.standin.engine import NoEngine
from irp_actions.edges.standin.server import Listening
from irp_actions.edges.standin.standin import StandIn
from tests.certificates import Certificates, issued
from tests.conformance.clients.gh_cli import Gh
from tests.conformance.clients.github3_py import Github3
from tests.conformance.clients.githubkit_py import Githubkit
from tests.conformance.clients.octokit_js import Octokit
from tests.conformance.clients.place import Place
from tests.conformance.clients.story import REPO, Client, MissingClientError
from tests.conformance.missing import left_out
from tests.conformance.table import Row
from tools.npm import NotInstalledError

CLIENTS: dict[str, Callable[[Place], Client]] = {
    "gh": Gh,
    "github3.py": Github3,
    "githubkit": Githubkit,
    "@octokit/rest": Octokit,
}


class Begin(Protocol):
    """Starts a client."""

    def __call__(self, name: str, row: Row | None = None) -> Client:
        """Start a client by name; without it, this row of the table stays empty."""


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """An authority that only these clients trust."""
    return issued(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def place(tmp_path: Path, certificates: Certificates) -> Iterator[Place]:
    """An embedded GitHub on the real clock, by which clients wait."""
    listening = Listening(tls=certificates.context)
    checkout, home = tmp_path / "checkout", tmp_path / "home"
    checkout.mkdir()
    home.mkdir()
    with StandIn(REPO, checkout, listening=listening, engine_of=lambda _checkout, _host: NoEngine()) as standin:
        yield Place(standin, certificates.authority, home)


@pytest.fixture
def begin(place: Place, request: pytest.FixtureRequest) -> Iterator[Begin]:
    """Starts clients; one that is missing skips the test, or fails it where nothing may be missing."""
    with ExitStack() as stack:

        def start(name: str, row: Row | None = None) -> Client:
            try:
                client = CLIENTS[name](place)
            except (MissingClientError, NotInstalledError) as missing:
                left_out(request.config, missing, row or Row(name, "an incident's whole life over TLS, and limits", 0))
            stack.callback(client.leave)
            return client

        yield start
