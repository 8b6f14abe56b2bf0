"""What GitHub takes for an issue form: its keys, the kinds of elements, and what may stand in them.

Sources: "Syntax for issue forms", "Syntax for GitHub's form schema", "Common validation errors when creating issue
forms".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from irp_actions.values.shape import Problem, ShapeError

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


KINDS: Mapping[str, type] = {
    "markdown": _Markdown,
    "input": _Input,
    "textarea": _Textarea,
    "dropdown": _Dropdown,
    "checkboxes": _Checkboxes,
    "upload": _Upload,
}
"""The attributes of each type of element."""


@dataclass(frozen=True)
class Element:
    """One element of a form; what its attributes may be depends on its type."""

    type: Literal["markdown", "input", "textarea", "dropdown", "checkboxes", "upload"]
    attributes: Mapping[str, Any]
    id: Id = ""
    validations: _Validations = field(default_factory=_Validations)


@dataclass(frozen=True)
class Top:
    """The keys of a whole form."""

    name: Name
    description: Filled
    body: tuple[Any, ...]
    title: Filled = ""
    type: Filled = ""
    labels: Any = ()
    assignees: Any = ()
    projects: Any = ()


def _twice(texts: tuple[str, ...], *path: str) -> list[Problem]:
    return [Problem((*path, n), f"{text!r} is there twice") for n, text in enumerate(texts) if text in texts[:n]]


def _misplaced(message: str, *path: str) -> ShapeError:
    return ShapeError([Problem(path, message)])
