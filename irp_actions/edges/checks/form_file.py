"""Reads an issue form and holds it against GitHub's own rules.

GitHub shows a broken form to nobody: whoever wants to report finds one less to fill in, and no error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from irp_actions.edges.checks.form_shape import KINDS, Element, Top
from irp_actions.edges.yaml_file import Fault, Sheet
from irp_actions.values.shape import Path as KeyPath
from irp_actions.values.shape import Problem, ShapeError, shaped


@dataclass(frozen=True)
class Question:
    """One question of a form: what it is called, which is the heading of its answer, and where it stands."""

    label: str
    kind: str
    required: bool
    path: KeyPath


@dataclass(frozen=True)
class FormFile:
    """One issue form as far as it can be read, and everything GitHub would say of it."""

    sheet: Sheet
    name: str = ""
    labels: Mapping[str, KeyPath] = field(default_factory=dict)
    """The labels that an issue of this form gets, and where they stand."""
    questions: tuple[Question, ...] = ()
    prose: str = ""
    """What the form says beside its questions."""
    faults: tuple[Fault, ...] = ()


def read_form(sheet: Sheet) -> FormFile:
    """Read a form; what cannot be read is among its faults.

    Args:
        sheet: its file.
    """
    if not sheet.readable or not isinstance(sheet.data, dict):
        nothing = Fault(sheet.file, 1, 1, "expected keys and values, beginning with name: and description:")
        return FormFile(sheet, faults=sheet.faults or (nothing,))
    problems: list[Problem] = []
    try:
        shaped(Top, sheet.data)
    except ShapeError as error:
        problems += error.problems
    body = sheet.data.get("body")
    elements = list(_elements(body if isinstance(body, list) else [], problems))
    if isinstance(body, list) and not any(_asks(element) for _, element in elements):
        problems.append(Problem(("body",), "a form asks at least one thing"))
    problems += _alike(elements)
    labels = dict(_labels(sheet.data.get("labels"), problems))
    faults = [*sheet.faults, *map(sheet.fault, problems), *sheet.misread({problem.path for problem in problems})]
    return FormFile(
        sheet,
        name=str(sheet.data.get("name", "")),
        labels=labels,
        questions=tuple(_question(path, element) for path, element in elements if _asks(element)),
        prose="\n".join(str(element.attributes.get("value", "")) for _, element in elements if not _asks(element)),
        faults=tuple(sorted(set(faults))),
    )


def _elements(body: list[Any], problems: list[Problem]) -> Iterator[tuple[KeyPath, Element]]:
    """The elements that can be understood, with their paths."""
    for place, part in enumerate(body):
        path: KeyPath = ("body", place)
        try:
            element = shaped(Element, part)
        except ShapeError as error:
            problems += _below(path, error)
            continue
        try:
            shaped(KINDS[element.type], element.attributes)
        except ShapeError as error:
            problems += _below((*path, "attributes"), error)
        if not _asks(element):
            problems += [
                Problem((*path, key), f"markdown takes no {key}") for key in ("id", "validations") if key in part
            ]
        yield path, element


def _asks(element: Element) -> bool:
    return element.type != "markdown"


def _question(path: KeyPath, element: Element) -> Question:
    label = str(element.attributes.get("label", ""))
    options = element.attributes.get("options", ())
    required = element.validations.required or any(isinstance(box, dict) and box.get("required") for box in options)
    return Question(label, element.type, required, (*path, "attributes", "label"))


def _alike(elements: list[tuple[KeyPath, Element]]) -> list[Problem]:
    """Questions that GitHub could not tell apart: by their ids, or else by what it makes of their labels."""
    known: dict[str, KeyPath] = {}
    problems = []
    for path, element in elements:
        label = str(element.attributes.get("label", ""))
        name = element.id or re.sub(r"[^a-z0-9_-]+", "-", label.lower()).strip("-")
        if _asks(element) and name in known:
            where = (*path, "id") if element.id else (*path, "attributes", "label")
            problems.append(Problem(where, f"GitHub cannot tell this from another question: both are {name!r} to it"))
        if _asks(element) and name:
            known.setdefault(name, path)
    return problems


def _labels(given: Any, problems: list[Problem]) -> Iterator[tuple[str, KeyPath]]:
    """The labels a form sets: a list, or a text with commas."""
    if isinstance(given, str):
        yield from ((name.strip(), ("labels",)) for name in given.split(",") if name.strip())
    elif isinstance(given, list):
        for place, name in enumerate(given):
            if isinstance(name, str) and name.strip():
                yield name, ("labels", place)
            else:
                problems.append(Problem(("labels", place), f"expected text, found {name!r}", wants_text=True))
    elif given is not None:
        problems.append(Problem(("labels",), f"expected a list, found {given!r}"))


def _below(path: KeyPath, error: ShapeError) -> list[Problem]:
    return [Problem((*path, *problem.path), problem.message, problem.wants_text) for problem in error.problems]
