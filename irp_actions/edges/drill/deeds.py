"""The table of steps: each kind is one frozen dataclass, known in a scenario by the key that gives it its name here.

A step is written `{at: 4m, who: ben, says: on it}`; `says` makes it a comment. Its fields are what may stand in the
step beside `at` and `name`, and `play` does it. What `play` returns, an API path, is what later steps mean by the
step's name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal, Protocol, TypeVar
from urllib.parse import quote

from irp_actions.edges.drill.beats import By
from irp_actions.edges.drill.stage import Stage

Permission = Literal["admin", "maintain", "write", "triage", "read", "none"]
"""GitHub's repository roles; `none` is an account without access."""


class Deed(Protocol):
    """One thing that happens in a scenario."""

    refers: ClassVar[tuple[str, ...]]
    """Its fields that name an earlier step."""

    def play(self, stage: Stage) -> str | None:
        """Do it.

        Returns:
            The API path of what it made, if anything.
        """


DEEDS: dict[str, type[Deed]] = {}
"""Every kind of step by its key."""

_D = TypeVar("_D", bound=Deed)


def deed(key: str) -> Callable[[type[_D]], type[_D]]:
    """Enter a kind of step into the table."""

    def enter(kind: type[_D]) -> type[_D]:
        DEEDS[key] = kind
        return kind

    return enter


@deed("scene")
@dataclass(frozen=True, slots=True)
class Scene:
    """A line of narration."""

    refers: ClassVar[tuple[str, ...]] = ()
    scene: str

    def play(self, stage: Stage) -> None:
        """Show it."""
        stage.tell(f"*{self.scene.strip()}*")


@deed("form")
@dataclass(frozen=True, slots=True)
class Form:
    """Somebody sends an issue form, which opens an issue."""

    refers: ClassVar[tuple[str, ...]] = ()
    who: str
    form: str
    title: str
    answers: Mapping[str, Any] = field(default_factory=dict)

    def play(self, stage: Stage) -> str:
        """Send it as the page does."""
        order = {"user": self.who, "title": self.title, "answers": dict(self.answers)}
        issue = stage.control("POST", f"forms/{quote(self.form)}", order)
        return f"/repos/{stage.repo}/issues/{issue['number']}"


@deed("says")
@dataclass(frozen=True, slots=True)
class Comment:
    """Somebody comments on an issue; the first one, unless `on` names the step that opened another."""

    refers: ClassVar[tuple[str, ...]] = ("on",)
    who: str
    says: str
    on: str = ""

    def play(self, stage: Stage) -> str:
        """Write it."""
        made = stage.act(self.who, "POST", f"{stage.issue(self.on)}/comments", {"body": self.says.rstrip()})
        return f"/repos/{stage.repo}/issues/comments/{made['id']}"


@deed("edits")
@dataclass(frozen=True, slots=True)
class Edit:
    """Somebody edits what an earlier step wrote."""

    refers: ClassVar[tuple[str, ...]] = ("edits",)
    who: str
    edits: str
    to: str

    def play(self, stage: Stage) -> None:
        """Write the new text."""
        path = stage.path_of(self.edits)
        stage.act(self.who, "PATCH", path, {"body": self.to.rstrip()})
        stage.tell(f"**{self.who}** edits {stage.watch.number_of(path)}", self.to.rstrip(), By.PERSON)


@deed("deletes")
@dataclass(frozen=True, slots=True)
class Delete:
    """Somebody deletes the comment that an earlier step wrote."""

    refers: ClassVar[tuple[str, ...]] = ("deletes",)
    who: str
    deletes: str

    def play(self, stage: Stage) -> None:
        """Take it away."""
        path = stage.path_of(self.deletes)
        number = stage.watch.number_of(path)
        stage.act(self.who, "DELETE", path)
        stage.tell(f"**{self.who}** deletes {number}", by=By.PERSON)


@deed("labels")
@dataclass(frozen=True, slots=True)
class Label:
    """Somebody sets a label by hand."""

    refers: ClassVar[tuple[str, ...]] = ("on",)
    who: str
    labels: str
    on: str = ""

    def play(self, stage: Stage) -> None:
        """Set it."""
        stage.act(self.who, "POST", f"{stage.issue(self.on)}/labels", {"labels": [self.labels]})


@deed("unlabels")
@dataclass(frozen=True, slots=True)
class Unlabel:
    """Somebody removes a label by hand."""

    refers: ClassVar[tuple[str, ...]] = ("on",)
    who: str
    unlabels: str
    on: str = ""

    def play(self, stage: Stage) -> None:
        """Remove it."""
        stage.act(self.who, "DELETE", f"{stage.issue(self.on)}/labels/{quote(self.unlabels, safe='')}")


@deed("closes")
@dataclass(frozen=True, slots=True)
class Close:
    """Somebody presses GitHub's own button to close an issue."""

    refers: ClassVar[tuple[str, ...]] = ("on",)
    who: str
    closes: Literal["completed", "not_planned", "duplicate"]
    on: str = ""

    def play(self, stage: Stage) -> None:
        """Close it, for the reason given."""
        stage.act(self.who, "PATCH", stage.issue(self.on), {"state": "closed", "state_reason": self.closes})


@deed("reopens")
@dataclass(frozen=True, slots=True)
class Reopen:
    """Somebody presses GitHub's own button to open an issue again; written `reopens: by hand`."""

    refers: ClassVar[tuple[str, ...]] = ("on",)
    who: str
    reopens: Literal["by hand"]
    on: str = ""

    def play(self, stage: Stage) -> None:
        """Open it again."""
        stage.act(self.who, "PATCH", stage.issue(self.on), {"state": "open"})


@deed("permits")
@dataclass(frozen=True, slots=True)
class Permit:
    """What people may do in the repository changes, such as when an account is suspended."""

    refers: ClassVar[tuple[str, ...]] = ()
    permits: Mapping[str, Permission]

    def play(self, stage: Stage) -> None:
        """Change each."""
        for login, permission in self.permits.items():
            stage.control("PUT", f"users/{quote(login)}", {"permission": permission})
            stage.tell(f"*From now on {login} has the permission “{permission}”.*")


@deed("weather")
@dataclass(frozen=True, slots=True)
class Weather:
    """GitHub begins or ceases to misbehave: it loses events, fails requests. What is not named stays as it is."""

    refers: ClassVar[tuple[str, ...]] = ()
    weather: Mapping[str, Any]

    def play(self, stage: Stage) -> None:
        """Change the given keys, and say so."""
        stage.control("POST", "weather", dict(self.weather))
        told = ", ".join(f"{name} {value}" for name, value in self.weather.items())
        stage.tell(f"*GitHub from now on: {told}.*")


@deed("show")
@dataclass(frozen=True, slots=True)
class Show:
    """The reader is shown what stands on the issue now."""

    refers: ClassVar[tuple[str, ...]] = ("on",)
    show: Literal["board", "header"]
    on: str = ""

    def play(self, stage: Stage) -> None:
        """Show it as it is."""
        read = {"board": stage.watch.board, "header": stage.watch.header}[self.show]
        stage.tell(f"*The {self.show} now:*", read(stage.number(self.on)))
