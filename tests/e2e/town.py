"""A repository on the stand-in with its people, the shipping workflows and forms; whatever is done goes over HTTP."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import requests
import yaml

from irp_actions.edges.desk import Desk
from irp_actions.edges.github import Door
from irp_actions.edges.github.wire import Wire
from irp_actions.edges.locate import look
from irp_actions.edges.policy_file import load_policy
from irp_actions.edges.reconcile import reconcile
from irp_actions.edges.standin.actions import Actions, JobRunner
from irp_actions.edges.standin.standin import StandIn
from irp_actions.rules.chain import Seal
from irp_actions.rules.replay import replay
from irp_actions.rules.tail import board_of, has_tail
from irp_actions.rules.view import label_colours
from irp_actions.values.incident import Incident
from irp_actions.values.record import Record

ROOT = Path(__file__).resolve().parents[2]
REPO = "acme/security-incidents"
JOB = {"actions": "write", "contents": "read", "issues": "write", "metadata": "read"}
POLICY = {"people": {"on_call": ["ana", "ben", "cat"]}}
PEOPLE = {"rae": "read", "ana": "write", "ben": "write", "cat": "write", "dee": "write", "out": "read"}


@dataclass
class Town:
    """One repository, as a test sees it."""

    github: StandIn
    checkout: Path
    session: requests.Session = field(default_factory=requests.Session)

    # What people do

    def rest(self, who: str, method: str, path: str, **body: Any) -> Any:
        """One REST request as somebody; the answer's JSON."""
        answer = self.session.request(
            method,
            f"{self.github.api_url}/repos/{REPO}{path}",
            json=body or None,
            headers={"Authorization": f"Bearer {who}"},
            timeout=30,
        )
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def control(self, method: str, path: str, **body: Any) -> Any:
        """One control request."""
        answer = self.session.request(method, f"{self.github.api_url}/_standin/{path}", json=body, timeout=120)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def report(self, who: str = "rae", title: str = "Odd mail", **answers: str) -> int:
        """Somebody sends the form; its run ends before this returns."""
        given = {"what": "A strange mail with a link.", **answers}
        number = self.control("POST", "forms/report.yml", user=who, title=title, answers=given)["number"]
        self.settle()
        return int(number)

    def say(self, who: str, text: str, number: int = 1, *, settle: bool = True) -> dict[str, Any]:
        """Somebody comments."""
        made: dict[str, Any] = self.rest(who, "POST", f"/issues/{number}/comments", body=text)
        if settle:
            self.settle()
        return made

    def advance(self, span: str) -> None:
        """Time passes (ISO 8601 duration); every schedule fires at its own time."""
        self.control("POST", "clock", advance=span)
        self.settle()

    def weather(self, **keys: Any) -> None:
        """Make GitHub misbehave."""
        self.control("POST", "weather", **keys)

    def settle(self) -> None:
        """Wait until no run is pending or running."""
        self.control("POST", "settle")

    def label(self) -> None:
        """Create the labels, as `irp labels` does when a repository is set up."""
        with self.door() as door:
            for name, colour in label_colours(load_policy(self.checkout)).items():
                door.create_label(name, colour)

    def reported(self, count: int) -> None:
        """Many reports whose first runs are over, without a process for each."""
        self.weather(drop_events=1.0)
        with self.door() as door:
            for place in range(count):
                answers = {"what": "A strange mail with a link."}
                made = self.control("POST", "forms/report.yml", user="rae", title=f"Odd mail {place}", answers=answers)
                reconcile(door, int(made["number"]), self.desk, self.github.now())
        self.weather(drop_events=0.0)

    # What is there

    def issue(self, number: int = 1) -> Any:
        """The issue as REST shows it."""
        return self.rest("ana", "GET", f"/issues/{number}")

    def comments(self, number: int = 1) -> list[Any]:
        """All comments."""
        found: list[Any] = []
        while True:
            page = self.rest("ana", "GET", f"/issues/{number}/comments?per_page=100&page={len(found) // 100 + 1}")
            found += page
            if len(page) < 100:
                return found

    def board(self, number: int = 1) -> str:
        """What people see of the first reply."""
        return next(board_of(c["body"]) for c in self.comments(number) if has_tail(c["body"]))

    def notes(self, number: int = 1) -> list[str]:
        """The program's comments but the board."""
        return [c["body"] for c in self.comments(number) if _ours(c) and not has_tail(c["body"])]

    def runs(self) -> list[Any]:
        """The workflow runs so far."""
        found: list[Any] = self.control("GET", "runs")
        return found

    def requests(self, *, forget: bool = True) -> list[Any]:
        """The program's requests since they were last forgotten."""
        found = [r for r in self.control("GET", "requests") if r["user"] == "github-actions[bot]"]
        if forget:
            self.control("DELETE", "requests")
        return found

    def record(self, number: int = 1) -> Record:
        """The record in the first reply."""
        with self.door() as door:
            before = look(door, number, self.desk, self.github.now())
            assert before
            return before.record

    def incident(self, number: int = 1) -> Incident:
        """What the record adds up to."""
        return replay(self.record(number))

    @property
    def desk(self) -> Desk:
        """What a run in this checkout brings along."""
        return Desk(load_policy(self.checkout), Seal(b"", b"n" * 32), "0.test")

    @contextmanager
    def door(self) -> Iterator[Door]:
        """The program's own door, with a job's token."""
        token = self.github.mint_token(1, JOB)
        yield Door(Wire(self.github.api_url, token, self.github.graphql_url, sleep=lambda _: None), REPO, {})
        self.github.revoke_token(token)

    def picture(self, number: int = 1) -> dict[str, Any]:
        """The issue without what two good runs may differ in: ids, hashes, and when something was posted."""
        issue, record = self.issue(number), self.record(number)
        sources = {c["node_id"]: c["body"] for c in self.comments(number)}
        return {
            "state": issue["state"],
            "labels": sorted(label["name"] for label in issue["labels"]),
            "assignees": sorted(user["login"] for user in issue["assignees"]),
            "body": re.sub(r"board=[\w=-]+", "board=", issue["body"]),
            "entries": sorted(
                (sources.get(e.source, e.source.partition(":")[0][:2]), e.call, e.verdict)
                for e in record.entries
                if e.call not in ("asked", "released")
            ),
            "notes": sorted(n.split("\n", 1)[1][:60] for n in self.notes(number)),
            "reactions": sorted(
                (c["body"], c["reactions"]["+1"], c["reactions"]["confused"])
                for c in self.comments(number)
                if not _ours(c)
            ),
            "boards": sum(1 for c in self.comments(number) if has_tail(c["body"])),
        }


def _ours(comment: Any) -> bool:
    return bool(comment["user"]["login"] == "github-actions[bot]")


@contextmanager
def town(
    folder: Path,
    policy: dict[str, Any] | None = None,
    clock: str = "2026-03-02T03:10:00Z",
    secrets: dict[str, str] | None = None,
    runner: JobRunner | None = None,
) -> Iterator[Town]:
    """A fresh repository in `folder`, with this repository's workflows and forms.

    Args:
        folder: an empty folder.
        policy: of the repository; a roster of three if it is left out.
        clock: when it begins.
        secrets: the repository's Actions secrets.
        runner: what executes jobs; the embedded GitHub's own if it is left out.
    """
    shutil.copytree(ROOT / ".github", folder / ".github")
    (folder / ".github" / "irp.yml").write_text(yaml.safe_dump(POLICY if policy is None else policy))
    engine = partial(Actions, secrets=secrets, runner=runner)
    with StandIn(repo=REPO, checkout=folder, clock=clock, engine_of=engine) as github:
        made = Town(github, folder)
        for login, permission in PEOPLE.items():
            made.control("PUT", f"users/{login}", permission=permission)
        made.label()
        yield made
        made.session.close()


def workflow_edited(folder: Path, name: str, old: str, new: str) -> None:
    """Change a workflow of the checkout, as somebody with write access might."""
    path = folder / ".github" / "workflows" / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
