"""A scenario is data: people, times, what each writes, what goes wrong; every mistake in it is named at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from irp_actions.edges.drill.deeds import DEEDS, Deed, Permission
from irp_actions.edges.yaml_file import Fault
from irp_actions.values.shape import Path as KeyPath
from irp_actions.values.shape import Problem, ShapeError, parse_duration, parse_time, shaped

PACKAGED = Path(__file__).parent / "scenarios"
"""Where the scenarios live that come with the program."""


@dataclass(frozen=True, slots=True)
class Person:
    """What somebody may do in the repository, and whether their membership of its owner is hidden."""

    permission: Permission
    private_member: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step: when it is taken (UTC), what is done, by which name later steps speak of it, and its line."""

    at: datetime
    deed: Deed
    name: str
    line: int


@dataclass(frozen=True, slots=True)
class Scenario:
    """A whole scenario, in the order in which it is played."""

    title: str
    about: str
    starts: datetime
    people: Mapping[str, Person]
    steps: tuple[Step, ...]
    policy: Mapping[str, Any] = field(default_factory=dict)


class BrokenScenario(Exception):  # noqa: N818 - a state of affairs
    """A file that cannot be played; carries every fault found in it."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The file's top level, before its steps are understood."""

    title: str
    about: str
    starts: datetime
    people: Mapping[str, Person]
    steps: tuple[Mapping[str, Any], ...]
    policy: Mapping[str, Any] = field(default_factory=dict)


def packaged() -> tuple[Path, ...]:
    """The scenarios that come with the program, by name."""
    return tuple(sorted(PACKAGED.glob("*.yml")))


def load(path: Path) -> Scenario:
    """Read a scenario.

    Raises:
        BrokenScenario: with every fault, its line and column.
    """
    text = path.read_text(encoding="utf-8")
    try:
        node = yaml.compose(text, _Loader)
        data = yaml.load(text, _Loader)  # noqa: S506 - a safe loader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise BrokenScenario([Fault(path.name, *where, error.problem or "not YAML")]) from error
    try:
        return _understood(data, node)
    except ShapeError as error:
        raise BrokenScenario([Fault(path.name, *_place(node, p.path), p.message) for p in error.problems]) from error


def _understood(data: Any, node: yaml.Node | None) -> Scenario:
    """The scenario that the data is.

    Raises:
        ShapeError: with every problem.
    """
    sheet = shaped(_Sheet, data)
    problems: list[Problem] = []
    steps: list[Step] = []
    names: set[str] = set()
    at = sheet.starts
    for place, written in enumerate(sheet.steps):
        where: KeyPath = ("steps", place)
        try:
            at = _time(written, sheet.starts, at)
            deed = _deed(written)
        except ShapeError as error:
            problems += [Problem((*where, *problem.path), problem.message) for problem in error.problems]
            continue
        problems += [Problem((*where, key), message) for key, message in _strangers(deed, names, sheet.people)]
        steps.append(Step(at, deed, str(written.get("name", "")), _place(node, where)[0]))
        names.add(steps[-1].name)
    if problems:
        raise ShapeError(problems)
    return Scenario(sheet.title, sheet.about, sheet.starts, sheet.people, tuple(steps), sheet.policy)


def _time(written: Mapping[str, Any], starts: datetime, before: datetime) -> datetime:
    """When a step is taken: `4m` after the start, at an ISO 8601 moment, or with the step above."""
    text = written.get("at")
    if text is None:
        return before
    try:
        moment = starts + parse_duration(str(text)) if _DURATION.match(str(text)) else parse_time(str(text))
    except ValueError as wrong:
        hint = "write how long after the start it is, like 1h05m, or a moment like 2026-03-02T03:12:00Z"
        raise ShapeError([Problem(("at",), f"{text!r} is no time; {hint}")]) from wrong
    if moment < before:
        raise ShapeError([Problem(("at",), "is before the step above it")])
    return moment


def _deed(written: Mapping[str, Any]) -> Deed:
    """What a step does: the kind that one of its keys names."""
    kinds = [key for key in written if key in DEEDS]
    if len(kinds) != 1:
        have = f"has {' and '.join(kinds)}" if kinds else f"has only {', '.join(map(str, written)) or 'nothing'}"
        raise ShapeError([Problem((), f"a step has exactly one of {', '.join(DEEDS)}; this one {have}")])
    return shaped(DEEDS[kinds[0]], {key: value for key, value in written.items() if key not in ("at", "name")})


def _strangers(deed: Deed, names: set[str], people: Mapping[str, Person]) -> Iterator[tuple[str, str]]:
    """Whom or what a step speaks of that is not there: key and complaint."""
    who = getattr(deed, "who", None)
    if who is not None and who not in people:
        yield "who", f"{who!r} is none of the people: {', '.join(people)}"
    for key in deed.refers:
        named = getattr(deed, key)
        if named and named not in names:
            yield key, f"no step before this one has the name {named!r}"


def _place(node: yaml.Node | None, path: KeyPath) -> tuple[int, int]:
    """Line and column of what a path leads to, or of the closest thing around it that is in the file."""
    mark = node
    for key in path:
        if isinstance(node, yaml.SequenceNode) and isinstance(key, int):
            mark = node = node.value[key]
            continue
        pairs = node.value if isinstance(node, yaml.MappingNode) else ()
        found = next(((name, value) for name, value in pairs if name.value == key), None)
        if found is None:
            break
        mark, node = found
    return (mark.start_mark.line + 1, mark.start_mark.column + 1) if mark else (1, 1)


_DURATION = re.compile(r"\d+[dhms]")


class _Loader(yaml.SafeLoader):
    """YAML as most people read it: 03:10 and Yes are words, 2026-03-02T03:10:00Z is left to us."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own name and way
        first: [(tag, pattern) for tag, pattern in resolvers if tag.rpartition(":")[2] in ("null", "merge")]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9]\d*)$"), list("-0123456789"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"^-?\d+\.\d+$"), list("-0123456789"))
