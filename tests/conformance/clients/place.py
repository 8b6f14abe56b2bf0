"""Where a client finds the embedded GitHub, and what it has to trust."""

import os
from dataclasses import dataclass
from pathlib import Path

import requests

from irp_actions.edges.standin.standin import StandIn


@dataclass(frozen=True, slots=True)
class Place:
    """An embedded GitHub that speaks TLS.

    Attributes:
        authority: Who signed its certificate.
        home: A folder of the client's own.
    """

    standin: StandIn
    authority: Path
    home: Path

    @property
    def server(self) -> str:
        """The site, by a name and not a number."""
        return self.standin.server_url.replace("127.0.0.1", "localhost")

    @property
    def api(self) -> str:
        """The REST API as a GitHub Enterprise Server has it."""
        return f"{self.server}/api/v3"

    def weather(self, **wanted: int) -> None:
        """Change the weather."""
        url = f"{self.server}/_standin/weather"
        requests.post(url, json=wanted, verify=str(self.authority), timeout=30).raise_for_status()

    def environment(self, **variables: str) -> dict[str, str]:
        """What a program gets to know: nothing of whoever runs the tests."""
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
        return {**kept, "HOME": str(self.home), **variables}
