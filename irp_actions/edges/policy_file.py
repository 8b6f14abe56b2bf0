"""Reads the packaged policy and lays a repository's own `.github/irp.yml` over it."""

from __future__ import annotations

import copy
import dataclasses
import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from irp_actions.rules.calendar import unknown_place
from irp_actions.values.channels import misdirected
from irp_actions.values.policy import Policy
from irp_actions.values.shape import Path as KeyPath
from irp_actions.values.shape import Problem, ShapeError, plain, shaped

OVERLAY = Path(".github/irp.yml")
"""Where a repository says what it decided differently."""


@dataclass(frozen=True, order=True)
class Fault:
    """One mistake in a file, where an editor or an annotation can point at it. Lines and columns count from 1."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        """The usual `file:line:column: message`."""
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


class PolicyError(Exception):
    """A policy that cannot be used; carries every fault found in it."""

    def __init__(self, faults: list[Fault], rest: Policy | None = None) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults
        self.rest = rest
        """The policy without the keys that are wrong, if what is left of it is one."""


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """PyYAML's safe loader (in C where there is one), which can also say where each key stands."""


# Dates stay text until their key says that it wants one: PyYAML itself breaks on a 2026-02-30, without a line.
_Loader.add_constructor("tag:yaml.org,2002:timestamp", lambda _, node: node.value)


def load_policy(root: Path = Path()) -> Policy:
    """Read the policy that holds for a repository.

    Args:
        root: the repository's checkout.

    Raises:
        PolicyError: the overlay is broken; every fault with its file, line and column.
    """
    path = root / OVERLAY
    if path.with_suffix(".yaml").exists():
        raise PolicyError([Fault(str(OVERLAY.with_suffix(".yaml")), 1, 1, f"is not read; name it {OVERLAY.name}")])
    if not path.exists():
        return _policy(_packaged(), {}, str(OVERLAY))
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise PolicyError([Fault(str(OVERLAY), 1, 1, f"not UTF-8: {error.reason}")]) from error
    data, marks = _read(text, str(OVERLAY))
    return _policy(_overlaid(_packaged(), data), marks, str(OVERLAY))


@cache
def _packaged() -> dict[str, Any]:
    text = resources.files("irp_actions").joinpath("policy.yml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.load(text, _Loader)  # noqa: S506 - a safe loader
    return data


def _policy(data: dict[str, Any], marks: dict[KeyPath, tuple[int, int]], file: str) -> Policy:
    try:
        policy = shaped(Policy, data)
    except ShapeError as error:
        problems = [*error.problems, *_unknown(data)]
        faults = [Fault(file, *_nearest(marks, p.path), p.message) for p in problems]
        raise PolicyError(sorted(faults), _without(data, [problem.path for problem in problems])) from error
    wrong = misdirected(policy.tells, policy.channels, policy.severities)
    unknown = [*_unknown(data), *_unknown_place(policy), *(Problem(path, message) for path, message in wrong)]
    if unknown:
        faults = [Fault(file, *_nearest(marks, p.path), p.message) for p in unknown]
        raise PolicyError(sorted(faults), _without(data, [problem.path for problem in unknown]))
    return _digested(policy)


def _digested(policy: Policy) -> Policy:
    pinned = json.dumps(plain(policy.tables()), sort_keys=True, separators=(",", ":"))
    return dataclasses.replace(policy, digest=hashlib.sha256(pinned.encode()).hexdigest()[:12])


def _unknown(data: dict[str, Any]) -> list[Problem]:
    """Clocks and statuses that the program does not have: an organisation can change theirs, not invent any."""
    found: list[Problem] = []
    for table in ("clocks", "statuses"):
        known, given = _packaged()[table], data.get(table)
        found += [
            Problem((table, key), f"unknown key {key!r}; known keys: {', '.join(known)}")
            for key in (given if isinstance(given, dict) else ())
            if key not in known
        ]
    return found


def _unknown_place(policy: Policy) -> list[Problem]:
    """A country or a part of one whose holidays nobody knows; the packaged one is not looked up on every run."""
    packaged = _packaged()["calendar"]
    if (policy.calendar.country, policy.calendar.subdivision) == (packaged["country"], packaged["subdivision"]):
        return []
    wrong = unknown_place(policy.calendar)
    return [Problem(("calendar", wrong[0]), wrong[1])] if wrong else []


def _without(data: dict[str, Any], paths: list[KeyPath]) -> Policy | None:
    """The policy without what stands at these paths, where the packaged one has something to put there."""
    kept: Any = copy.deepcopy(data)
    packaged: Any = _packaged()
    for path in paths:
        here, there = kept, packaged
        for key in path[:-1]:
            here = here.get(key) if isinstance(here, dict) else None
            there = there.get(key) if isinstance(there, dict) else None
        if isinstance(here, dict) and path:
            here.pop(path[-1], None)
            if isinstance(there, dict) and path[-1] in there:
                here[path[-1]] = there[path[-1]]
    try:
        return _digested(shaped(Policy, kept))
    except ShapeError:  # what is left of it cannot stand alone: without the whole that it is part of, then
        wider = [path[:-1] if len(path) > 1 else path for path in paths]
        return _without(data, wider) if wider != paths else None


def _nearest(marks: dict[KeyPath, tuple[int, int]], path: KeyPath) -> tuple[int, int]:
    """Where the path stands, or else the closest thing around it that is in the file."""
    while path and path not in marks:
        path = path[:-1]
    return marks.get(path, (1, 1))


def _overlaid(base: Any, over: Any) -> Any:
    """Keys are merged at every depth; lists and single values are replaced."""
    if not isinstance(base, dict) or not isinstance(over, dict):
        return over
    merged = dict(base)
    for key, value in over.items():
        merged[key] = _overlaid(base[key], value) if key in base else value
    return merged


def _read(text: str, file: str) -> tuple[Any, dict[KeyPath, tuple[int, int]]]:
    """The data of a YAML text, and where each of its keys and items stands."""
    try:
        node = yaml.compose(text, _Loader)
        data = yaml.load(text, _Loader)  # noqa: S506 - a safe loader
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise PolicyError([Fault(file, line, column, getattr(error, "problem", None) or "not YAML")]) from error
    if data is None:
        return {}, {}
    if not isinstance(data, dict):
        raise PolicyError([Fault(file, 1, 1, "expected keys and values at the top")])
    marks: dict[KeyPath, tuple[int, int]] = {}
    faults: list[Fault] = []
    try:
        _mark(node, (), marks, faults, file)
    except RecursionError as error:
        raise PolicyError([Fault(file, 1, 1, "an alias that contains itself")]) from error
    if faults:
        raise PolicyError(faults)
    return data, marks


def _mark(node: Any, path: KeyPath, marks: dict[KeyPath, tuple[int, int]], faults: list[Fault], file: str) -> None:
    """Note where every key stands, and that a key stands twice: YAML itself keeps the last in silence."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = (*path, key.value)
            where = (key.start_mark.line + 1, key.start_mark.column + 1)
            if inner in marks:
                first = marks[inner][0]
                faults.append(Fault(file, *where, f"{key.value!r} is given twice; first in line {first}"))
            marks[inner] = where
            _mark(value, inner, marks, faults, file)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            marks[(*path, index)] = (item.start_mark.line + 1, item.start_mark.column + 1)
            _mark(item, (*path, index), marks, faults, file)
