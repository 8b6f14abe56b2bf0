"""GitHub's own command line, as Debian packages it: GraphQL for nearly everything."""

import json
import shutil
import subprocess
from typing import Any

from tests.conformance.clients.place import Place
from tests.conformance.clients.story import REPO, MissingClientError, Seen


class Gh:
    """`gh`, one process for each act."""

    def __init__(self, place: Place) -> None:
        program = shutil.which("gh")
        if program is None:
            raise MissingClientError("gh is not installed (Debian: apt-get install gh)")
        self._program = program
        host = place.server.removeprefix("https://")
        self._repo = f"{host}/{REPO}"
        self._environment = place.environment(
            GH_HOST=host,
            GH_ENTERPRISE_TOKEN="acme",
            GH_CONFIG_DIR=str(place.home),
            GH_PROMPT_DISABLED="1",
            GH_NO_UPDATE_NOTIFIER="1",
            NO_COLOR="1",
            SSL_CERT_FILE=str(place.authority),
        )
        self.version = f"gh {self.run('--version').split()[2]}"

    def run(self, *arguments: str) -> str:
        """What a command prints."""
        command = [self._program, *arguments]
        done = subprocess.run(command, env=self._environment, capture_output=True, text=True, check=False, timeout=60)
        assert done.returncode == 0, f"{arguments}: {done.stderr}"
        return done.stdout

    def open(self, title: str, body: str, label: str) -> int:
        address = self._issue("create", "--title", title, "--body", body, "--label", label)
        return int(address.strip().rpartition("/")[2])

    def label(self, number: int, name: str) -> None:
        self._issue("edit", str(number), "--add-label", name)

    def unlabel(self, number: int, name: str) -> None:
        self._issue("edit", str(number), "--remove-label", name)

    def comment(self, number: int, body: str) -> None:
        self._issue("comment", str(number), "--body", body)

    def amend(self, number: int, body: str) -> None:
        self._issue("comment", str(number), "--edit-last", "--body", body)

    def edit(self, number: int, title: str, body: str) -> None:
        self._issue("edit", str(number), "--title", title, "--body", body)

    def close(self, number: int) -> None:
        self._issue("close", str(number), "--reason", "not planned")

    def reopen(self, number: int) -> None:
        self._issue("reopen", str(number))

    def look(self, number: int) -> Seen:
        fields = "title,body,state,author,labels,comments"
        found: dict[str, Any] = json.loads(self._issue("view", str(number), "--json", fields))
        return Seen(
            title=found["title"],
            body=found["body"],
            state=found["state"].lower(),
            author=found["author"]["login"],
            labels=tuple(sorted(label["name"] for label in found["labels"])),
            comments=tuple((comment["author"]["login"], comment["body"]) for comment in found["comments"]),
        )

    def numbers(self, state: str) -> list[int]:
        found = self._issue("list", "--state", state, "--limit", "1000", "--json", "number")
        return [issue["number"] for issue in json.loads(found)]

    def limits(self) -> tuple[int, int, int]:
        core = json.loads(self.run("api", "rate_limit"))["resources"]["core"]
        return core["limit"], core["remaining"], core["reset"]

    def leave(self) -> None:
        return

    def _issue(self, *arguments: str) -> str:
        return self.run("issue", *arguments, "-R", self._repo)
