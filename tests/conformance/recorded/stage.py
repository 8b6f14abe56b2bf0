"""A world for recorded requests: whatever a path names is there, as far as the recorded answer says how it was.

One stage is for one file of recordings. What a recording names keeps its name where it may, and is looked up by
it where it may not: issues, comments, reactions, events, workflows and runs have numbers of the stage's own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import requests

from irp_actions.edges.standin.engine import Engine, NoEngine
from irp_actions.edges.standin.standin import StandIn

OWNER, REPO = "acme", "acme/incidents"
READER = "ria"
_START = "2026-03-02T03:10:00Z"
# Not the labels that every repository has, and no colour of theirs.
_COLOUR = "b60205"
_RUNS_AT_ONCE = 10
_DUPLICATE = """mutation ($id: ID!, $other: ID!) {
  closeIssue(input: {issueId: $id, stateReason: DUPLICATE, duplicateIssueId: $other}) { issue { number } }
}"""
_WORKFLOW = """name: {name}
on:
  {trigger}
jobs:
  nothing:
    if: false
    runs-on: ubuntu-latest
    steps:
      - run: "true"
"""
_BY_HAND = """workflow_dispatch:
    inputs:
      logLevel:
        default: Warning
      message:
        default: Hello
"""
_STRICTLY = """workflow_dispatch:
    inputs:
      {name}:
        required: true
"""


class Unplayable(Exception):  # noqa: N818 - no fault: this is not on offer here
    """The recorded request cannot make sense here; the reason is said in words that hold for many."""


@dataclass(slots=True)
class Stage:
    """One embedded GitHub, and what of a file's recordings was put on it.

    Attributes:
        standin: It serves.
        session: Connections to it.
    """

    standin: StandIn
    session: requests.Session
    _issues: dict[str, int] = field(default_factory=dict)
    _comments: dict[str, int] = field(default_factory=dict)
    _reactions: dict[str, int] = field(default_factory=dict)
    _labels: set[str] = field(default_factory=set)

    def ask(self, method: str, path: str, body: Any = None, who: str = OWNER, **headers: str) -> requests.Response:
        """Send a request as somebody; `~` stands for the repository, and `_` for `-` in the names of headers."""
        headers = {"Authorization": f"Bearer {who}", **{name.replace("_", "-"): text for name, text in headers.items()}}
        address = f"{self.standin.api_url}{path.replace('~', f'/repos/{REPO}', 1)}"
        return self.session.request(method, address, json=body, headers=headers, allow_redirects=False, timeout=30)

    def do(self, method: str, path: str, body: Any = None, who: str = OWNER) -> Any:
        """Send a request that has to succeed."""
        answer = self.ask(method, path, body, who)
        assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text[:200]}"
        return answer.json() if answer.content else None

    def person(self, login: str, permission: str = "write") -> str:
        """Somebody of this login, with access unless it is refused."""
        if login != OWNER and not login.endswith("[bot]"):
            self.do("PUT", f"/_standin/users/{quote(login)}", {"permission": permission})
        return login

    def label(self, name: str) -> str:
        """A label of this name."""
        if name.casefold() not in self._labels:
            self._labels.add(name.casefold())
            if self.ask("GET", f"~/labels/{quote(name, safe='')}").status_code == 404:
                self.do("POST", "~/labels", {"name": name, "color": _COLOUR, "description": "As it was recorded"})
        return name

    def no_label(self, name: str) -> None:
        """No label of this name."""
        self._labels.discard(name.casefold())
        self.ask("DELETE", f"~/labels/{quote(name, safe='')}")

    def issue(self, recorded: str, like: Any = None) -> int:
        """The issue that stands for a recorded number; a new one is made like the recorded, if it is shown."""
        if recorded not in self._issues:
            self._issues[recorded] = self.new_issue(like if isinstance(like, dict) else {})
        return self._issues[recorded]

    def new_issue(self, like: Any = None) -> int:
        """An issue, or a pull request, like a recorded one: its title, body, labels, assignees, state and lock."""
        like = like if isinstance(like, dict) and "title" in like else {}
        opening = {"title": like.get("title") or "Something looks wrong"}
        if like.get("body"):
            opening["body"] = like["body"]
        if like.get("pull_request", {}).get("html_url"):
            number = int(self.do("POST", "/_standin/pulls", {"user": OWNER, **opening})["number"])
        else:
            number = int(self.do("POST", "~/issues", opening)["number"])
        self.dress(number, like)
        return number

    def dress(self, number: int, like: Any) -> None:
        """Give an issue what a recorded one has."""
        changes: dict[str, Any] = {}
        if like.get("labels"):
            changes["labels"] = [self.label(label["name"]) for label in like["labels"]]
        people = like.get("assignees") or ([like["assignee"]] if like.get("assignee") else [])
        if people:
            changes["assignees"] = [self.person(person["login"]) for person in people]
        if like.get("state") == "closed":
            reason = like.get("state_reason")
            changes.update(state="closed", **({"state_reason": reason} if reason else {}))
        if changes:
            self.do("PATCH", f"~/issues/{number}", changes)
        if like.get("locked"):
            reason = like.get("active_lock_reason")
            self.do("PUT", f"~/issues/{number}/lock", {"lock_reason": reason} if reason else None)

    def comments(self, number: int, wanted: int) -> None:
        """As many comments on an issue as that."""
        there = self.do("GET", f"~/issues/{number}")["comments"]
        for _ in range(there, wanted):
            self.do("POST", f"~/issues/{number}/comments", {"body": "As it was recorded"})

    def comment(self, recorded: str) -> int:
        """The comment that stands for a recorded id."""
        if recorded not in self._comments:
            made = self.do("POST", f"~/issues/{self.issue('of comments')}/comments", {"body": "As it was recorded"})
            self._comments[recorded] = made["id"]
        return self._comments[recorded]

    def reaction(self, recorded: str, post: str) -> int:
        """The reaction to a post that stands for a recorded id."""
        if recorded not in self._reactions:
            self._reactions[recorded] = self.do("POST", f"{post}/reactions", {"content": "heart"})["id"]
        return self._reactions[recorded]

    def react(self, post: str, wanted: int) -> None:
        """As many reactions to a post as that; each needs somebody of their own."""
        for number in range(wanted):
            self.do("POST", f"{post}/reactions", {"content": "eyes"}, who=f"watcher{number}")

    def event(self, kind: str) -> int:
        """The id of an event of a kind."""
        number = self.eventful()
        events = self.do("GET", f"~/issues/{number}/events?per_page=100")
        found = [event["id"] for event in events if event["event"] == kind]
        if not found:
            raise Unplayable("events of kinds not here")
        return int(found[-1])

    def eventful(self) -> int:
        """An issue to which everything happened that can happen to one here."""
        if "of events" not in self._issues:
            number = self._issues["of events"] = self.new_issue({"title": "Odd mail", "body": "A strange mail"})
            other, one = self.new_issue(), f"~/issues/{number}"
            name, login = self.label("suspicious"), self.person("wim")
            self.do("POST", f"{one}/labels", {"labels": [name]})
            self.do("DELETE", f"{one}/labels/{name}")
            self.do("POST", f"{one}/assignees", {"assignees": [login]})
            self.do("DELETE", f"{one}/assignees", {"assignees": [login]})
            self.do("PATCH", one, {"title": "Something looks very wrong"})
            self.comments(number, 2)
            made = self.do("POST", f"{one}/comments", {"body": f"Duplicate of #{other}"})
            self.do("DELETE", f"~/issues/comments/{made['id']}")
            self.do("PATCH", one, {"state": "closed", "state_reason": "not_planned"})
            self.do("PATCH", one, {"state": "open"})
            self.do("PUT", f"{one}/lock", {"lock_reason": "resolved"})
            self.do("DELETE", f"{one}/lock")
            ids = {name: self.do("GET", f"~/issues/{of}")["node_id"] for name, of in (("id", number), ("other", other))}
            self.do("POST", "/graphql", {"query": _DUPLICATE, "variables": ids})
        return self._issues["of events"]

    def file(self, path: str) -> str:
        """A file of the checkout."""
        target = self.standin.world.checkout / path
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text("As it was recorded\n", encoding="utf-8")
        return path

    def workflow(self, recorded: str) -> int:
        """The workflow that stands for a recorded id or file."""
        for each in self.do("GET", "~/actions/workflows")["workflows"]:
            if each["name"] == recorded:
                return int(each["id"])
        raise AssertionError(recorded)

    def runs(self, recorded: str, wanted: int) -> None:
        """As many runs of a workflow as that; each of them has nothing to do."""
        workflow = self.workflow(recorded)
        for number in range(wanted):
            self.do("POST", f"~/actions/workflows/{workflow}/dispatches", {"ref": "main"})
            if number % _RUNS_AT_ONCE == _RUNS_AT_ONCE - 1:
                self.do("POST", "/_standin/settle")
        self.do("POST", "/_standin/settle")


def write_workflow(checkout: Path, name: str, trigger: str) -> None:
    """A workflow file; a workflow is found by its name."""
    folder = checkout / ".github" / "workflows"
    folder.mkdir(parents=True, exist_ok=True)
    text = _WORKFLOW.format(name=name, trigger=trigger)
    (folder / f"{len(list(folder.iterdir()))}.yml").write_text(text, encoding="utf-8")


def by_hand(required: str = "") -> str:
    """The trigger of a workflow that is run by hand, with an input that must be given if it is named."""
    return _STRICTLY.format(name=required) if required else _BY_HAND


@contextmanager
def staged(checkout: Path, *, with_engine: bool) -> Iterator[Stage]:
    """A stage that is served.

    Args:
        checkout: The folder of the repository's files, its workflows among them.
        with_engine: Whether those are run.
    """
    (checkout / "README.md").write_text("# Incidents\n", encoding="utf-8")
    with requests.Session() as session:
        if with_engine:
            with StandIn(REPO, checkout, _START) as standin:
                yield Stage(standin, session)
        else:
            with StandIn(REPO, checkout, _START, engine_of=_no_engine) as standin:
                yield Stage(standin, session)


def _no_engine(_checkout: Path, _host: StandIn) -> Engine:
    return NoEngine()
