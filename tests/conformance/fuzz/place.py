"""A repository in which every kind of thing is there to be asked for."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

from irp_actions.edges.standin.actions import Actions
from irp_actions.edges.standin.saving import restore, saved
from irp_actions.edges.standin.standin import StandIn

OWNER, NAME = "acme", "security-incidents"
# Its one job is skipped: nothing has to run.
_WORKFLOW = """on: workflow_dispatch
jobs:
  wait:
    if: false
    runs-on: ubuntu-latest
    steps: [{run: "true"}]
"""


class Place:
    """What is there.

    Attributes:
        standin: The embedded GitHub.
        session: The owner's connection to it.
        names: What stands for the braces in paths: of each the first is there, and the last is not.
    """

    def __init__(self, standin: StandIn) -> None:
        self.standin = standin
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {OWNER}"
        self._repository = f"{standin.api_url}/repos/{OWNER}/{NAME}"
        self._control("users/ben", {"permission": "write"})
        issue = self._send("issues", {"title": "Odd login", "labels": ["bug"], "assignees": ["ben"]})
        self._send("issues", {"title": "Odd mail"})
        comment = self._send("issues/1/comments", {"body": "Look"})
        reactions = [
            self._send(f"issues/{path}/reactions", {"content": "eyes"}) for path in ("1", f"comments/{comment['id']}")
        ]
        event = self._read("issues/1/events")[0]
        self._send("actions/workflows/wait.yml/dispatches", {"ref": "main"})
        run = self._read("actions/runs")["workflow_runs"][0]
        self.names: dict[str, list[str]] = {
            "owner": [OWNER],
            "repo": [NAME],
            "issue_number": [str(issue["number"]), "2", "77"],
            "comment_id": [str(comment["id"]), "77"],
            "reaction_id": [*(str(each["id"]) for each in reactions), "77"],
            "event_id": [str(event["id"]), "77"],
            "name": ["bug", "good first issue", "nothing"],
            "assignee": ["ben", "nobody-at-all"],
            "username": ["ben", "nobody-at-all"],
            "path": ["policy.yml", "nothing"],
            "workflow_id": ["wait.yml", "nothing.yml"],
            "run_id": [str(run["id"]), "77"],
        }
        self._beginning = saved(standin.world)

    def restore(self) -> None:
        """Let everything be as it was in the beginning."""
        world = self.standin.world
        with world.lock:
            restore(world, self._beginning)

    def _send(self, path: str, body: Any) -> Any:
        response = self.session.post(f"{self._repository}/{path}", json=body, timeout=10)
        assert response.ok, response.text
        return response.json() if response.content else None

    def _read(self, path: str) -> Any:
        return self.session.get(f"{self._repository}/{path}", timeout=10).json()

    def _control(self, path: str, body: Any) -> None:
        self.session.put(f"{self.standin.server_url}/_standin/{path}", json=body, timeout=10).raise_for_status()


@contextmanager
def place(folder: Path) -> Iterator[Place]:
    """The repository, for as long as it is asked."""
    workflows = folder / ".github" / "workflows"
    workflows.mkdir(parents=True)
    (workflows / "wait.yml").write_text(_WORKFLOW, encoding="utf-8")
    (folder / "policy.yml").write_text("severities: [low, high]\n", encoding="utf-8")
    with StandIn(f"{OWNER}/{NAME}", folder, "2026-03-02T03:10:00Z", engine_of=Actions) as standin:
        made = Place(standin)
        try:
            yield made
        finally:
            made.session.close()
