"""The two sides: each answers the same requests of the same people in a private repository of the same name."""

import json
import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from irp_actions.edges.standin.engine import NoEngine
from irp_actions.edges.standin.standin import StandIn
from irp_actions.edges.standin.world.world import DEFAULT_LABELS
from tools import npm

OWNER, NAME = "acme", "security-incidents"
REPOSITORY = f"/repos/{OWNER}/{NAME}"
# Who may what, in the words with which collaborators are added; `ned` is none.
ROLES = {"wim": "push", "tia": "triage", "ria": "pull"}
PEOPLE = (OWNER, *ROLES, "ned")
_WORDS = {"push": "write", "triage": "triage", "pull": "read"}
_HERE = Path(__file__).parent
_LOCK = _HERE / "package-lock.json"
_SCRIPT = _HERE / "serve.mjs"


@dataclass(slots=True)
class Side:
    """One of the two.

    Attributes:
        name: How it is called in what is said of it.
        url: Where it is.
        known: What was learned from its answers and stands in later paths, by name.
    """

    name: str
    url: str
    session: requests.Session
    known: dict[str, str] = field(default_factory=dict)

    def ask(self, who: str, method: str, path: str, body: Any = None) -> requests.Response:
        """Ask; `~` stands for the repository, and braces for what is known."""
        address = self.url + path.replace("~", REPOSITORY, 1).format(**self.known)
        headers = {"Authorization": f"Bearer {who}"} if who else {}
        return self.session.request(method, address, json=body, headers=headers, timeout=20)


@contextmanager
def ours(folder: Path) -> Iterator[Side]:
    """The embedded GitHub, on the real clock as the other one."""
    with (
        StandIn(f"{OWNER}/{NAME}", folder, engine_of=lambda _checkout, _host: NoEngine()) as standin,
        requests.Session() as session,
    ):
        side = Side("ours", standin.api_url, session)
        for login in PEOPLE[1:]:
            role = _WORDS.get(ROLES.get(login, ""), "none")
            side.ask("", "PUT", f"/_standin/users/{login}", {"permission": role}).raise_for_status()
        yield side


@contextmanager
def theirs() -> Iterator[Side]:
    """emulate, in a process of its own.

    Raises:
        NotInstalledError: Node or the package is not here, or not the locked one.
    """
    node, installed = npm.node(), npm.installed("emulate", _LOCK)
    place = {"port": _free_port(), "owner": OWNER, "name": NAME, "people": PEOPLE}
    with (
        subprocess.Popen(
            # Given as text, the script finds its packages in the folder it runs in.
            [node, "--input-type=module", "--eval", _SCRIPT.read_text(encoding="utf-8")],
            cwd=installed,
            env={**os.environ, "PLACE": json.dumps(place)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as process,
        requests.Session() as session,
    ):
        assert process.stdout is not None
        side = Side("emulate", json.loads(process.stdout.readline())["url"], session)
        for login, permission in ROLES.items():
            path = f"~/collaborators/{login}"
            side.ask(OWNER, "PUT", path, {"permission": permission}).raise_for_status()
        # A new repository has these on GitHub and here, and there none.
        for name, color, description in DEFAULT_LABELS:
            label = {"name": name, "color": color, "description": description}
            side.ask(OWNER, "POST", "~/labels", label).raise_for_status()
        yield side


def version() -> str:
    """The version that is wanted."""
    wanted: str = npm.locked(_LOCK)["node_modules/emulate"]["version"]
    return wanted


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
