"""A workflow file is read as YAML 1.2, so that `on` is a word, and every value knows its place.

PyYAML resolves words by YAML 1.1, where `on` is true; GitHub by the core schema of YAML 1.2.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

import yaml
from yaml.composer import Composer
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.resolver import BaseResolver
from yaml.scanner import Scanner

from irp_actions.edges.standin.actions.errors import ExpressionError, WorkflowError
from irp_actions.edges.standin.actions.expressions import (
    Condition,
    Template,
    Vocabulary,
    parse_condition,
    parse_template,
)
from irp_actions.edges.standin.actions.expressions.values import parse_number, to_text

MAX_DEPTH = 50

Scalar = bool | int | float | str | None


@dataclass(frozen=True)
class Node:
    """One value of a workflow file and where it stands.

    Attributes:
        value: A scalar, the items of a sequence, or the entries of a mapping by their key.
        path: The file.
        line: Its line, counted from 1.
        column: Its column, counted from 1.
    """

    value: "Scalar | tuple[Node, ...] | dict[str, Entry]"
    path: str
    line: int
    column: int

    def fail(self, message: str) -> NoReturn:
        """Raise what is wrong with this value.

        Raises:
            WorkflowError: Always.
        """
        raise WorkflowError(message, self.path, self.line, self.column)

    def is_empty(self) -> bool:
        """Return whether nothing is written here (`null`)."""
        return self.value is None

    def is_mapping(self) -> bool:
        """Return whether this is a mapping."""
        return isinstance(self.value, dict)

    def is_sequence(self) -> bool:
        """Return whether this is a sequence."""
        return isinstance(self.value, tuple)

    def entries(self) -> "dict[str, Entry]":
        """Return the entries of a mapping."""
        if not isinstance(self.value, dict):
            self.fail("A mapping was expected")
        return self.value

    def items(self) -> "Iterator[tuple[str, Node]]":
        """Yield key and value of each entry of a mapping."""
        for name, entry in self.entries().items():
            yield name, entry.value

    def sequence(self) -> "tuple[Node, ...]":
        """Return the items of a sequence."""
        if not isinstance(self.value, tuple):
            self.fail("A sequence was expected")
        return self.value

    def text(self) -> str:
        """Return a scalar without expressions as a string, as GitHub converts it."""
        text = self._text()
        if "${{" in text:
            self.fail("A template expression is not allowed in this context")
        return text

    def _text(self) -> str:
        if isinstance(self.value, dict):
            self.fail("A mapping was not expected")
        if isinstance(self.value, tuple):
            self.fail("A sequence was not expected")
        return to_text(self.value)

    def required_text(self) -> str:
        """Return a scalar as a string that is not empty."""
        return self.text() or self.fail("Unexpected value ''")

    def texts(self) -> tuple[str, ...]:
        """Return the strings of a sequence; one string stands for a sequence of one."""
        if self.is_sequence():
            return tuple(item.required_text() for item in self.sequence())
        return (self.required_text(),)

    def one_of(self, *allowed: str) -> str:
        """Return a string that must be one of these."""
        text = self.text()
        return text if text in allowed else self.fail(f"Unexpected value '{text}'")

    def flag(self) -> bool:
        """Return a boolean."""
        if not isinstance(self.value, bool):
            self.fail(f"Unexpected value '{self.text()}'")
        return self.value

    def template(self, vocabulary: Vocabulary) -> Template:
        """Return a string with its expressions parsed."""
        try:
            return parse_template(self._text(), vocabulary)
        except ExpressionError as error:
            self.fail(str(error))

    def typed_template(self, kind: type[float] | type[bool], vocabulary: Vocabulary) -> Template:
        """Return what is one expression, or a value of a kind: a text that looks like one is none."""
        is_kind = isinstance(self.value, int | float) and isinstance(self.value, bool) is (kind is bool)
        if not is_kind and not ("${{" in self._text() and self.template(vocabulary).is_one_expression()):
            self.fail(f"Unexpected value '{self._text()}'")
        return self.template(vocabulary)

    def condition(self, vocabulary: Vocabulary) -> Condition:
        """Return an `if:`."""
        try:
            return parse_condition(self._text(), vocabulary)
        except ExpressionError as error:
            self.fail(str(error))


@dataclass(frozen=True)
class Entry:
    """One entry of a mapping."""

    key: Node
    value: Node


class _CoreLoader(Reader, Scanner, Parser, Composer, BaseResolver):
    """YAML with the words of the 1.2 core schema, and no Python objects."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)
        Composer.__init__(self)
        BaseResolver.__init__(self)


_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_SPECIAL_FLOATS = {".inf": math.inf, "+.inf": math.inf, "-.inf": -math.inf, ".nan": math.nan}

for _tag, _words, _first in (
    ("null", re.compile(r"(~|null|Null|NULL|)"), ["~", "n", "N", ""]),
    ("bool", re.compile(r"true|True|TRUE|false|False|FALSE"), list("tTfF")),
    ("int", _INTEGER, list("-+0123456789")),
    ("float", _FLOAT, list("-+.0123456789")),
):
    _CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"(?:{_words.pattern})\Z"), _first)


def read_document(text: str, path: str) -> Node:
    """Return the root of a workflow file.

    Args:
        text: The file's content.
        path: Its path relative to the repository, for messages.

    Raises:
        WorkflowError: It is no YAML, is empty, repeats a key, or is nested too deeply.
    """
    try:
        root = _CoreLoader(text).get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise WorkflowError(f"{error.problem or error.context}", path, line, column) from error
    except yaml.YAMLError as error:
        raise WorkflowError(str(error).splitlines()[0], path, 1, 1) from error
    if root is None:
        raise WorkflowError("Unexpected value ''", path, 1, 1)
    return _convert(root, path, 0)


def _convert(node: yaml.Node, path: str, depth: int) -> Node:
    place = (path, node.start_mark.line + 1, node.start_mark.column + 1)
    if depth > MAX_DEPTH:
        raise WorkflowError(f"Maximum object depth exceeded: {MAX_DEPTH}", *place)
    if isinstance(node, yaml.MappingNode):
        return Node(_entries(node, path, depth), *place)
    if isinstance(node, yaml.SequenceNode):
        return Node(tuple(_convert(item, path, depth + 1) for item in node.value), *place)
    return Node(_scalar(node), *place)


def _entries(node: yaml.MappingNode, path: str, depth: int) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    seen: set[str] = set()
    for key_node, value_node in node.value:
        key = _convert(key_node, path, depth + 1)
        name = key.required_text()
        if name.lower() in seen:
            key.fail(f"'{name}' is already defined")
        seen.add(name.lower())
        entries[name] = Entry(key, _convert(value_node, path, depth + 1))
    return entries


def _scalar(node: yaml.Node) -> Scalar:
    text: str = node.value
    kind = node.tag.rpartition(":")[2]
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() == "true"
    if kind in ("int", "float"):
        special = _SPECIAL_FLOATS.get(text.lower())
        return parse_number(text) if special is None else special
    return text
