"""Reads an issue form and holds it against GitHub's own rules for forms.

Sources: "Syntax for issue forms", "Syntax for GitHub's form schema", "Common validation errors when creating issue
forms". GitHub shows a broken form to nobody: whoever wants to report finds one less to fill in, and no error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from irp_actions.edges.yaml_file import Fault, Sheet
from irp_actions.values.shape import Path as KeyPath
from irp_actions.values.shape import Problem, ShapeError, shaped

RESERVED = "none"
"""The option that GitHub itself adds to every dropdown that need not be answered."""

FORBIDDEN = "password"
"""What no field to type in may be called ("label contains forbidden word")."""

_ID = re.compile(r"[A-Za-z0-9_-]+")


def _filled(text: str) -> None:
    if not text.strip():
        raise ValueError("this text is empty; fill it in, or leave the key out")


def _named(text: str) -> None:
    if len(text.strip()) <= 3:
        raise ValueError(f"{text!r} is too short for a name; GitHub wants more than three characters")


def _identifies(text: str) -> None:
    if not _ID.fullmatch(text):
        raise ValueError(f"{text!r} is no id; it is made of letters, digits, - and _")


def _unlike_a_secret(text: str) -> None:
    _filled(text)
    if FORBIDDEN in text.lower():
        raise ValueError(f"GitHub takes no label with the word {FORBIDDEN!r}")


Filled = Annotated[str, _filled]
Name = Annotated[str, _named]
Id = Annotated[str, _identifies]
Typed = Annotated[str, _unlike_a_secret]


@dataclass(frozen=True)
class _Validations:
    required: bool = False
    accept: str = ""


@dataclass(frozen=True)
class _Markdown:
    value: Filled


@dataclass(frozen=True)
class _Input:
    label: Typed
    description: Filled = ""
    placeholder: Filled = ""
    value: Filled = ""


@dataclass(frozen=True)
class _Textarea(_Input):
    render: Filled = ""


@dataclass(frozen=True)
class _Dropdown:
    label: Filled
    options: tuple[Filled, ...]
    description: Filled = ""
    multiple: bool = False
    default: int | None = None

    def __post_init__(self) -> None:
        if not self.options:
            raise _misplaced("a dropdown has at least one option", "options")
        problems = _twice(self.options, "options")
        problems += [
            Problem(("options", place), f"GitHub keeps the option {option!r} for itself; call it otherwise")
            for place, option in enumerate(self.options)
            if option.strip().lower() == RESERVED
        ]
        if self.default is not None and not 0 <= self.default < len(self.options):
            problems.append(Problem(("default",), f"options count from 0 to {len(self.options) - 1}"))
        if problems:
            raise ShapeError(problems)


@dataclass(frozen=True)
class _Box:
    label: Filled
    required: bool = False


@dataclass(frozen=True)
class _Checkboxes:
    options: tuple[_Box, ...]
    label: Filled = ""
    description: Filled = ""

    def __post_init__(self) -> None:
        if not self.options:
            raise _misplaced("checkboxes have at least one option", "options")
        problems = _twice(tuple(box.label for box in self.options), "options")
        if problems:
            raise ShapeError(problems)


@dataclass(frozen=True)
class _Upload:
    label: Filled
    description: Filled = ""


_KINDS: Mapping[str, type] = {
    "markdown": _Markdown,
    "input": _Input,
    "textarea": _Textarea,
    "dropdown": _Dropdown,
    "checkboxes": _Checkboxes,
    "upload": _Upload,
}


@dataclass(frozen=True)
class _Element:
    type: Literal["markdown", "input", "textarea", "dropdown", "checkboxes", "upload"]
    attributes: Mapping[str, Any]
    id: Id = ""
    validations: _Validations = field(default_factory=_Validations)


@dataclass(frozen=True)
class _Top:
    name: Name
    description: Filled
    body: tuple[Any, ...]
    title: Filled = ""
    type: Filled = ""
    labels: Any = ()
    assignees: Any = ()
    projects: Any = ()


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
        shaped(_Top, sheet.data)
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


def _elements(body: list[Any], problems: list[Problem]) -> Iterator[tuple[KeyPath, _Element]]:
    """The elements that can be understood, with their paths."""
    for place, part in enumerate(body):
        path: KeyPath = ("body", place)
        try:
            element = shaped(_Element, part)
        except ShapeError as error:
            problems += _below(path, error)
            continue
        try:
            shaped(_KINDS[element.type], element.attributes)
        except ShapeError as error:
            problems += _below((*path, "attributes"), error)
        if not _asks(element):
            problems += [
                Problem((*path, key), f"markdown takes no {key}") for key in ("id", "validations") if key in part
            ]
        yield path, element


def _asks(element: _Element) -> bool:
    return element.type != "markdown"


def _question(path: KeyPath, element: _Element) -> Question:
    label = str(element.attributes.get("label", ""))
    options = element.attributes.get("options", ())
    required = element.validations.required or any(isinstance(box, dict) and box.get("required") for box in options)
    return Question(label, element.type, required, (*path, "attributes", "label"))


def _alike(elements: list[tuple[KeyPath, _Element]]) -> list[Problem]:
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


def _twice(texts: tuple[str, ...], *path: str) -> list[Problem]:
    return [Problem((*path, n), f"{text!r} is there twice") for n, text in enumerate(texts) if text in texts[:n]]


def _misplaced(message: str, *path: str) -> ShapeError:
    return ShapeError([Problem(path, message)])


def _below(path: KeyPath, error: ShapeError) -> list[Problem]:
    return [Problem((*path, *problem.path), problem.message, problem.wants_text) for problem in error.problems]
