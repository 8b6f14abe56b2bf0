"""@octokit/rest, GitHub's own library for JavaScript, in a process of its own."""

import json
import subprocess
from pathlib import Path
from typing import Any

from tests.conformance.clients.place import Place
from tests.conformance.clients.story import NAME, OWNER, Seen
from tools import npm

SCRIPT = Path(__file__).parent / "octokit" / "client.mjs"
LOCK = SCRIPT.with_name("package-lock.json")


class Octokit:
    """@octokit/rest, told what to do line by line."""

    def __init__(self, place: Place) -> None:
        node, installed = npm.node(), npm.installed("octokit", LOCK)
        self.version = f"@octokit/rest {npm.locked(LOCK)['node_modules/@octokit/rest']['version']}"
        where = {"baseUrl": place.api, "token": "acme", "owner": OWNER, "repo": NAME}
        self._process = subprocess.Popen(
            # Given as text, the script finds its packages in the folder it runs in.
            [node, "--input-type=module", "--eval", SCRIPT.read_text(encoding="utf-8")],
            cwd=installed,
            env=place.environment(NODE_EXTRA_CA_CERTS=str(place.authority), PLACE=json.dumps(where)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def ask(self, act: str, **given: Any) -> Any:
        """What an act comes to."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"act": act, **given}) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        assert "error" not in answer, f"{act}: {answer['error']}"
        return answer["value"]

    def open(self, title: str, body: str, label: str) -> int:
        number: int = self.ask("open", title=title, body=body, label=label)
        return number

    def label(self, number: int, name: str) -> None:
        self.ask("label", issue_number=number, name=name)

    def unlabel(self, number: int, name: str) -> None:
        self.ask("unlabel", issue_number=number, name=name)

    def comment(self, number: int, body: str) -> None:
        self.ask("comment", issue_number=number, body=body)

    def amend(self, number: int, body: str) -> None:
        self.ask("amend", issue_number=number, body=body)

    def edit(self, number: int, title: str, body: str) -> None:
        self.ask("update", issue_number=number, title=title, body=body)

    def close(self, number: int) -> None:
        self.ask("update", issue_number=number, state="closed", state_reason="not_planned")

    def reopen(self, number: int) -> None:
        self.ask("update", issue_number=number, state="open")

    def look(self, number: int) -> Seen:
        seen = self.ask("look", issue_number=number)
        labels, comments = tuple(sorted(seen.pop("labels"))), tuple(map(tuple, seen.pop("comments")))
        return Seen(**seen, labels=labels, comments=comments)

    def numbers(self, state: str) -> list[int]:
        found: list[int] = self.ask("numbers", state=state)
        return found

    def limits(self) -> tuple[int, int, int]:
        core = self.ask("limits")
        return core["limit"], core["remaining"], core["reset"]

    def leave(self) -> None:
        # At the end of what it is told, the process ends.
        self._process.communicate(timeout=60)
