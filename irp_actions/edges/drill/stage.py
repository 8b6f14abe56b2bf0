"""The stage is where a scenario is played: the embedded GitHub, its people, and what steps have made there so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from irp_actions.edges.drill.beats import Beat, By
from irp_actions.edges.drill.client import Client
from irp_actions.edges.drill.watch import Watch

CONTROL = "/_standin"


@dataclass(slots=True)
class Stage:
    """What a step can do: act as somebody, or pull the strings behind the scene.

    Attributes:
        client: The connection.
        repo: `OWNER/NAME`.
        watch: What was seen so far.
        show: Takes what is to be shown now.
        now: The drill's time (UTC).
        made: The API path of what each named step made.
    """

    client: Client
    repo: str
    watch: Watch
    show: Callable[[Beat], None]
    now: datetime
    made: dict[str, str] = field(default_factory=dict)

    def act(self, who: str, method: str, path: str, body: Any = None) -> Any:
        """One request of the REST API, by one person.

        Args:
            who: The login.
            method: The HTTP method.
            path: An absolute path, or one below the repository.
            body: What is sent.

        Raises:
            NotAllowed: This person may not do that.
            Answered: GitHub would not have it.
        """
        return self.client.ask(method, path if path.startswith("/repos/") else f"/repos/{self.repo}/{path}", body, who)

    def control(self, method: str, path: str, body: Any = None) -> Any:
        """One control call of the embedded GitHub; `path` is below `/_standin/`."""
        return self.client.ask(method, f"{CONTROL}/{path}", body)

    def path_of(self, name: str) -> str:
        """The API path of what a named step made.

        Raises:
            LookupError: It made nothing, because GitHub did not allow it.
        """
        if name not in self.made:
            raise LookupError(f"{name!r} made nothing")
        return self.made[name]

    def issue(self, name: str) -> str:
        """The API path of the issue that a named form opened; without a name, of the first.

        Raises:
            LookupError: There is none.
        """
        if name:
            return self.path_of(name)
        if not self.watch.issues():
            raise LookupError("no issue was opened yet")
        return f"/repos/{self.repo}/issues/{self.watch.issues()[0]}"

    def number(self, name: str) -> int:
        """The number of the issue that a named form opened; without a name, of the first."""
        return int(self.issue(name).rpartition("/")[2])

    def tell(self, head: str, text: str = "", by: By = By.NARRATOR) -> None:
        """Show something at once."""
        self.show(Beat(self.now, by, head, text))
