"""Reads YAML that people wrote: the data, where everything stands, and what YAML makes of what they typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from irp_actions.values.shape import Path as KeyPath
from irp_actions.values.shape import Problem

NODES = 100_000
"""Nodes of a file, counted through its aliases; a few lines of those can stand for billions."""

_STRANGE_NUMBER = re.compile(r"[:_]|^[-+]?0\d")
"""How nobody writes a number who knows what YAML 1.1 reads: 1:30 is 90, 012 is 10, 1_0 is 10."""


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


@dataclass(frozen=True)
class Sheet:
    """One file as read. Keys are always texts: nobody means *true* by a key called `on`."""

    file: str
    data: Any = None
    places: Mapping[KeyPath, tuple[int, int]] = field(default_factory=dict)
    """Line and column of every key and list item."""
    typed: Mapping[KeyPath, str] = field(default_factory=dict)
    """What was typed, unquoted, where YAML reads something else than text."""
    faults: tuple[Fault, ...] = ()
    readable: bool = True

    def place(self, path: KeyPath) -> tuple[int, int]:
        """Where the path stands, or else the closest thing around it that is in the file."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, (1, 1))

    def fault(self, problem: Problem) -> Fault:
        """A problem of the data as a mistake in the file, with what YAML has to do with it."""
        said = self.typed.get(problem.path)
        why = "" if said is None else _explained(said, self._value(problem.path), problem.wants_text)
        message = why if why and problem.wants_text else "; ".join(filter(None, (problem.message, why)))
        return Fault(self.file, *self.place(problem.path), message)

    def misread(self, known: set[KeyPath]) -> list[Fault]:
        """The numbers that are read without complaint, and as others than were meant.

        Args:
            known: the paths that something was said of already.
        """
        return [
            Fault(self.file, *self.place(path), _explained(said, value, wants_text=False))
            for path, said in self.typed.items()
            if path not in known and _STRANGE_NUMBER.search(said)
            if isinstance(value := self._value(path), int | float)
        ]

    def _value(self, path: KeyPath) -> Any:
        """What was read there; nothing below a merge key, whose values stand elsewhere in the data."""
        value = self.data
        for key in path:
            if isinstance(value, dict):
                value = value.get(key)
            else:
                value = value[key] if isinstance(value, list) and isinstance(key, int) else None
        return value


def read_yaml(text: str, file: str) -> Sheet:
    """Read a file's text; its data is None, and `readable` False, when it is no YAML at all.

    Args:
        text: what it holds.
        file: what it is called in faults.
    """
    try:
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            walk = _Walk(file)
            if node is not None:
                walk.visit(node, ())
            # GitHub's readers and people agree that a key is a word; YAML 1.1 makes a truth value of `on`.
            data = None if node is None or walk.endless else loader.construct_document(node)
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        return Sheet(file, faults=(_syntax(error, text, file),), readable=False)
    except (ValueError, RecursionError) as error:  # a tag that does not fit its value; brackets without end
        return Sheet(file, faults=(Fault(file, 1, 1, f"not YAML that can be read: {error}"),), readable=False)
    return Sheet(file, data, walk.places, walk.typed, tuple(walk.faults), not walk.endless)


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """PyYAML's safe loader, in C where there is one."""


# Dates stay text until their key says that it wants one: PyYAML itself breaks on a 2026-02-30, without a line.
_Loader.add_constructor("tag:yaml.org,2002:timestamp", lambda _, node: node.value)


class _Walk:
    """Goes once through the nodes and notes where everything stands, and two keys of which YAML keeps the last."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.places: dict[KeyPath, tuple[int, int]] = {}
        self.typed: dict[KeyPath, str] = {}
        self.faults: list[Fault] = []
        self.endless = False
        self._inside: list[int] = []
        self._count = 0

    def visit(self, node: yaml.Node, path: KeyPath) -> None:
        self._count += 1
        if id(node) in self._inside or self._count > NODES:
            if not self.endless:
                what = "an alias that contains itself" if id(node) in self._inside else "far too much for such a file"
                self.faults.append(Fault(self.file, *_where(node.start_mark), what))
            self.endless = True
            return
        self._inside.append(id(node))
        if isinstance(node, yaml.MappingNode):
            self._keys(node, path)
        elif isinstance(node, yaml.SequenceNode):
            for place, item in enumerate(node.value):
                self.places[*path, place] = _where(item.start_mark)
                self.visit(item, (*path, place))
        elif isinstance(node, yaml.ScalarNode) and node.tag not in (_TEXT, _DATE) and not node.style:
            self.typed[path] = node.value
        self._inside.pop()

    def _keys(self, node: yaml.MappingNode, path: KeyPath) -> None:
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.faults.append(Fault(self.file, *_where(key.start_mark), "a key is a word, no list and no table"))
                self.endless = True
                continue
            if key.tag != _MERGE:
                key.tag = _TEXT
            inner = (*path, key.value)
            if inner in self.places:
                first = self.places[inner][0]
                message = f"{key.value!r} is given twice; first in line {first}"
                self.faults.append(Fault(self.file, *_where(key.start_mark), message))
            self.places[inner] = _where(key.start_mark)
            self.visit(value, inner)


_TEXT, _DATE, _MERGE = (f"tag:yaml.org,2002:{kind}" for kind in ("str", "timestamp", "merge"))


def _where(mark: Any) -> tuple[int, int]:
    return mark.line + 1, mark.column + 1


def _explained(said: str, value: Any, wants_text: bool) -> str:
    """What YAML reads where somebody meant something else; nothing where there is no doubt."""
    if not wants_text and said == str(value):
        return ""
    if not said:
        return 'nothing stands here; no text is ""' if wants_text else "nothing stands here"
    remedy = f'; for text, quote it: "{said}"' if wants_text else ""
    return f"YAML reads {said} as {_meaning(said, value)}{remedy}"


def _meaning(said: str, value: Any) -> str:
    if value is None:
        return "nothing at all"
    if isinstance(value, bool):
        return str(value).lower()
    if ":" in said:
        return f"the number {value}, counting in sixties"
    return "a number" if said == str(value) else f"the number {value}"


def _syntax(error: yaml.YAMLError, text: str, file: str) -> Fault:
    """What is wrong with a text that is no YAML, in words for people who do not know YAML's own."""
    problem = getattr(error, "problem", None) or "not YAML"
    mark, context = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    if mark is None:
        return Fault(file, 1, 1, problem)
    rows = [*text.split("\n"), ""]
    here = _Slip(mark.line, mark.column, rows, context.line + 1 if context else 0, str(getattr(error, "context", "")))
    if "\t" in rows[mark.line][: mark.column + 1]:
        return Fault(file, mark.line + 1, rows[mark.line].index("\t") + 1, "a tab; YAML is indented with spaces")
    if context and "end of stream" in problem and "quoted" in here.context:
        return Fault(file, *_where(context), "this quotation mark is never closed")
    said = next((say(here) for sign, say in _PLAINLY if sign in problem), problem)
    return Fault(file, mark.line + 1, mark.column + 1, said)


@dataclass(frozen=True)
class _Slip:
    """Where the YAML reader gave up: line and column from 0, the file's rows, and what it was in the middle of."""

    line: int
    column: int
    rows: list[str]
    begun: int
    """The line, from 1, where what it was reading begins."""
    context: str

    @property
    def word(self) -> str:
        """What stands there, up to the next space or comma."""
        return re.split(r"[\s,\]}]", self.rows[self.line][self.column :] or " ")[0]


def _cannot_begin(slip: _Slip) -> str:
    if slip.word.startswith("@"):
        return f"nothing begins with @ in YAML; write a login without it, and other text in quotes: {slip.word[1:]}"
    return f'nothing begins with {slip.word[:1]} in YAML; put it in quotes: "{slip.word}"'


def _key_out_of_place(slip: _Slip) -> str:
    glued = next((n for n in range(slip.line, -1, -1) if re.match(r"\s*(?:- )?[\w-]+:[^\s]", slip.rows[n])), None)
    if glued is not None and glued >= slip.line - 1:
        return f"put a space after the colon in line {glued + 1}"
    if ": " in slip.rows[slip.line][: slip.column]:
        return "text with a colon in it needs quotes around it"
    return "this line is not indented like those it belongs to"


_PLAINLY: tuple[tuple[str, Callable[[_Slip], str]], ...] = (
    ("cannot start any token", _cannot_begin),
    ("undefined alias", lambda slip: f"nothing is marked as &{slip.word[1:]} above; if {slip.word} is text, quote it"),
    ("mapping values are not allowed", _key_out_of_place),
    ("expected ',' or", lambda slip: f"the bracket opened in line {slip.begun} is not closed, or a comma is missing"),
    ("expected key", lambda _: "this line is not indented like those it belongs to"),
    ("expected '-'", lambda _: "this line is not indented like those it belongs to"),
    ("another document", lambda _: "a second document begins here; the file holds only one"),
    ("sequence entries are not allowed", lambda _: "a list item stands on a line of its own"),
)
"""The YAML reader's words, and what to say instead."""
