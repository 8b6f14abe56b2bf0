"""The patient is the repository under examination, with a trial issue in it that is closed again whatever happens.

Everything is written once. What was changed is put back as often as it takes, for putting back twice does no harm; what
could not be put back is remembered, so that a person can be told.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

from irp_actions.edges.doctor.stop import Stop
from irp_actions.edges.github import parse
from irp_actions.edges.github.wire import Wire
from irp_actions.edges.trouble import Forbidden, Unavailable, WriteFailed
from irp_actions.rules.words import render
from irp_actions.values.thread import Person

JOB = "github-actions"
"""Who a job's own token is."""

TRIES = 3
"""How often something is put back before a person is asked to do it."""

_UNABLE = "Unable to "
"""How the message of a 403 begins that is about the state of a workflow and not about the token: such as to disable one
that is not active."""

NEWEST = 10
"""Issues among which a trial issue is looked for when it is not known whether it was opened."""


class Declined(WriteFailed):
    """GitHub answered that it will not do it as it was asked."""


@dataclass(frozen=True, slots=True)
class Names:
    """The workflow files and the label that the repository goes by."""

    sweep: str
    incident: str
    label: str


@dataclass(frozen=True, slots=True)
class Post:
    """Something written by the doctor: its number (of a comment, its database id), its node id, and its text."""

    number: int
    node: str
    body: str


class Patient:
    """One repository; a context manager that leaves nothing behind.

    Attributes:
        names: What it goes by.
        left: What could not be put back, by the names that `templates/doctor.md.j2` knows.
    """

    def __init__(self, wire: Wire, repository: str, names: Names, stop: Stop | None = None) -> None:
        """Nothing is sent yet.

        Args:
            wire: the connection.
            repository: `owner/name`.
            names: what it goes by.
            stop: whether it is to stop; nobody can say so if it is left out.
        """
        self._wire = wire
        self._stop = stop or Stop()
        self._owner, _, self._name = repository.partition("/")
        self._mark = f"<!-- irp doctor {secrets.token_hex(8)} -->"
        self._trial: Post | None = None
        self._comment: Post | None = None
        self._unmade: dict[str, Exception] = {}
        self._unsure = False
        self.names = names
        self.left: list[str] = []

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the trial issue, if there is one."""
        if self._unsure:
            self.put_back("unknown", self._look_again, lambda: self._unsure)
        if self._trial is None:
            return
        path, closed = f"/issues/{self._trial.number}", {"state": "closed", "state_reason": "not_planned"}

        def is_open() -> bool:
            issue = self.get(path)
            return bool({key: issue[key] for key in closed} != closed)

        self.put_back("trial", lambda: self.write("PATCH", path, closed), is_open)

    @property
    def number(self) -> int | None:
        """The number of the trial issue, once there is one."""
        return self._trial.number if self._trial else None

    @property
    def trial(self) -> Post:
        """The trial issue, opened when it is first needed.

        Raises:
            Forbidden, WriteFailed: there is none.
        """
        if self._trial is None:
            self._trial = self._once("trial", self._opened)
        return self._trial

    @property
    def comment(self) -> Post:
        """The one comment on it, written when it is first needed, as the program writes its own.

        Raises:
            Forbidden, WriteFailed: there is none.
        """
        if self._comment is None:
            self._comment = self._once("comment", self._commented)
        return self._comment

    def viewer(self) -> Person:
        """Whose token this is.

        Raises:
            Unavailable, Forbidden: as of the wire.
        """
        return parse.person(self.ask("doctor", "Whose")["viewer"])

    # Requests

    def get(self, path: str) -> Any:
        """Read something below the repository over REST.

        Raises:
            Unavailable: GitHub could not be asked.
            Forbidden: the token may not read it, or it is not there.
        """
        self._stop.look()
        answer = self._wire.get(f"{self._path}{path}")
        if answer.status != 200:
            raise Forbidden(f"{path}: {_said(answer.status, answer.data)}")
        return answer.data

    def write(self, method: str, path: str, body: Any = None) -> Any:
        """Write something below the repository over REST, once.

        Raises:
            Forbidden: the token may not, or there is no such thing.
            Declined: GitHub will not do it as it was asked.
            WriteFailed: it is not known whether it was done.
        """
        self._stop.look()
        try:
            answer = self._wire.send(method, f"{self._path}{path}", body)
        except Forbidden as why:
            if _UNABLE in str(why):
                raise Declined(str(why)) from why
            raise
        if answer.status in (404, 410):
            raise Forbidden(f"{path}: {_said(answer.status, answer.data)}")
        if answer.status >= 400:
            raise Declined(f"{path}: {_said(answer.status, answer.data)}")
        return answer.data

    def ask(self, document: str, name: str, /, **variables: Any) -> Any:
        """Ask GraphQL a query of `edges/github/`, with the repository's name where the query wants it.

        Raises:
            Unavailable, Forbidden: as of the wire.
        """
        self._stop.look()
        return self._wire.ask(document, name, variables).data["data"]

    def ask_here(self, name: str, /, **variables: Any) -> Any:
        """Ask one of the doctor's queries about the repository.

        Raises:
            Unavailable: GitHub could not be asked.
            Forbidden: the token may not read it, or it is not there.
        """
        found = self.ask("doctor", name, owner=self._owner, name=self._name, **variables)["repository"]
        if found is None:
            raise Forbidden(f"{self._owner}/{self._name}: no such repository for this token")
        return found

    def mutate(self, field: str, given: Mapping[str, Any], back: str = "{ clientMutationId }") -> Any:
        """Send one mutation, once.

        Args:
            field: its name.
            given: its input.
            back: what is asked back.

        Raises:
            Forbidden: the token may not.
            Declined: GitHub will not do it as it was asked.
            WriteFailed: it is not known whether it was done.
        """
        self._stop.look()
        kind = f"{field[0].upper()}{field[1:]}Input!"
        text = f"mutation Doctor($input: {kind}) {{ done: {field}(input: $input) {back} }}"
        answer = self._wire.tell(text, {"input": dict(given)}).data
        errors = answer.get("errors") or []
        said = f"{field}: {'; '.join(str(error.get('message')) for error in errors)}"
        if any(error.get("type") == "FORBIDDEN" for error in errors):
            raise Forbidden(said)
        done = (answer.get("data") or {}).get("done")
        if errors or done is None:
            raise Declined(said)
        return done

    def put_back(self, name: str, undo: Callable[[], object], is_left: Callable[[], bool]) -> None:
        """Undo something until it is undone, or remember that it could not be; whoever stops it waits for that.

        Args:
            name: of what is left behind otherwise.
            undo: undoes it; doing so twice does no harm.
            is_left: whether it is still to be undone.
        """
        with self._stop.held():
            for _ in range(TRIES):
                with suppress(Exception):  # whatever it is, a person is told
                    undo()
                with suppress(Exception):
                    if not is_left():
                        return
        if name not in self.left:
            self.left.append(name)

    @property
    def _path(self) -> str:
        return f"/repos/{quote(self._owner)}/{quote(self._name)}"

    def _once(self, name: str, make: Callable[[], Post]) -> Post:
        """Make something, once: if it fails, it has failed for whoever asks for it next."""
        if name in self._unmade:
            raise self._unmade[name]
        try:
            return make()
        except Exception as why:
            self._unmade[name] = why
            raise

    def _commented(self) -> Post:
        """Comment on the trial issue."""
        text = render("doctor_trial", part="comment", times=1)
        made = self.mutate(
            "addComment",
            {"subjectId": self.trial.node, "body": text},
            "{ commentEdge { node { id fullDatabaseId } } }",
        )["commentEdge"]["node"]
        return Post(int(made["fullDatabaseId"]), made["id"], text)

    def _opened(self) -> Post:
        """Open the trial issue; when its fate is unknown, look whether it is there."""
        title, body = (render("doctor_trial", part=part, times=1) for part in ("title", "body"))
        self._stop.look()
        self._unsure = True
        try:
            made = self.write("POST", "/issues", {"title": title, "body": f"{body}\n\n{self._mark}"})
        except (Forbidden, Declined):
            self._unsure = False
            raise
        except WriteFailed:
            found = self._found()
            if found is None:
                raise
        else:
            found = Post(made["number"], made["node_id"], made["body"])
        self._unsure = False
        return found

    def _look_again(self) -> None:
        """Look for a trial issue that may or may not have been opened; a list that lags does not show it."""
        self._trial = self._found()
        self._unsure = self._trial is None

    def _found(self) -> Post | None:
        """The trial issue, if it is among the newest."""
        for issue in self.get(f"/issues?state=all&sort=created&direction=desc&per_page={NEWEST}"):
            if self._mark in (issue["body"] or ""):
                return Post(issue["number"], issue["node_id"], issue["body"])
        return None


def back(nodes: list[Any]) -> list[Any]:
    """What was just written, read back.

    Raises:
        Unavailable: some of it is not there yet.
    """
    if not all(nodes):
        raise Unavailable("what was just written cannot be read yet")
    return nodes


def _said(status: int, data: Any) -> str:
    return f"{status} {(data or {}).get('message', '') if isinstance(data, dict) else ''}".strip()
