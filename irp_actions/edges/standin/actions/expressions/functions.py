"""The built-in functions are one table; the status functions come from whoever evaluates.

Source: "Evaluate expressions in workflows and actions", section Functions.
"""

import json
import re
from collections.abc import Sequence
from typing import Any, NamedTuple, NoReturn

from irp_actions.edges.standin.actions.errors import ExpressionError
from irp_actions.edges.standin.actions.expressions.tree import Function
from irp_actions.edges.standin.actions.expressions.values import (
    Value,
    equals,
    fold,
    is_primitive,
    json_number,
    to_text,
)

MANY = 255


class Arity(NamedTuple):
    """How many arguments a function takes."""

    least: int
    most: int


class BuiltIn(NamedTuple):
    """A function of the language."""

    arity: Arity
    call: Function


_FORMAT_PIECE = re.compile(r"\{\{|\}\}|\{(\d+)[^{}]*\}|[{}]", re.ASCII)


def contains(arguments: Sequence[Value]) -> Value:
    """Return whether a string holds another, or an array an item; case does not matter."""
    search, item = arguments
    if isinstance(search, list):
        return any(equals(item, each) for each in search)
    # Lower case here and upper case elsewhere: `contains('straße', 'SS')` is false.
    return is_primitive(search) and is_primitive(item) and to_text(item).lower() in to_text(search).lower()


def starts_with(arguments: Sequence[Value]) -> Value:
    """Return whether a string starts with another; case does not matter."""
    text, start = arguments
    return is_primitive(text) and is_primitive(start) and fold(to_text(text)).startswith(fold(to_text(start)))


def ends_with(arguments: Sequence[Value]) -> Value:
    """Return whether a string ends with another; case does not matter."""
    text, end = arguments
    return is_primitive(text) and is_primitive(end) and fold(to_text(text)).endswith(fold(to_text(end)))


def format_text(arguments: Sequence[Value]) -> Value:
    """Return the first argument with `{0}`, `{1}` ... replaced by those after it; braces double to stay."""
    pattern, fillings = to_text(arguments[0]), arguments[1:]

    def fill(piece: re.Match[str]) -> str:
        if piece.group() in ("{{", "}}"):
            return piece.group()[0]
        if piece.group(1) is None:
            raise ExpressionError(f"The following format string is invalid: {pattern}")
        if int(piece.group(1)) >= len(fillings):
            raise ExpressionError(
                f"The following format string references more arguments than were supplied: {pattern}"
            )
        return to_text(fillings[int(piece.group(1))])

    return _FORMAT_PIECE.sub(fill, pattern)


def join(arguments: Sequence[Value]) -> Value:
    """Return the items of an array as one string, with a separator between them (a comma by default)."""
    items, separator = arguments[0], (arguments[1] if len(arguments) > 1 else ",")
    if isinstance(items, list):
        return (to_text(separator) if is_primitive(separator) else ",").join(to_text(item) for item in items)
    return to_text(items) if is_primitive(items) else ""


def to_json(arguments: Sequence[Value]) -> Value:
    """Return a value as JSON, indented by two spaces."""
    return _json(arguments[0], "\n")


def from_json(arguments: Sequence[Value]) -> Value:
    """Return the value that a JSON text stands for."""
    text = to_text(arguments[0])
    if not text.strip():
        raise ExpressionError("Error parsing fromJson: empty input")
    try:
        value: Value = json.loads(text, parse_int=float, parse_constant=_refuse_constant)
    except ValueError as error:
        raise ExpressionError(f"Error parsing fromJson: {error}") from error
    return value


def case(arguments: Sequence[Value]) -> Value:
    """Return the value after the first predicate that is true, else the last argument."""
    for predicate, result in zip(arguments[::2], arguments[1::2], strict=False):
        if not isinstance(predicate, bool):
            raise ExpressionError("case predicate must evaluate to a boolean value")
        if predicate:
            return result
    return arguments[-1]


def hash_files(arguments: Sequence[Value]) -> Value:
    """Refuse: nothing that the stand-in runs depends on a hash of files, caches least of all."""
    raise ExpressionError("hashFiles is not available here: the stand-in has no caches to key")


BUILT_IN: dict[str, BuiltIn] = {
    "contains": BuiltIn(Arity(2, 2), contains),
    "startswith": BuiltIn(Arity(2, 2), starts_with),
    "endswith": BuiltIn(Arity(2, 2), ends_with),
    "format": BuiltIn(Arity(1, MANY), format_text),
    "join": BuiltIn(Arity(1, 2), join),
    "tojson": BuiltIn(Arity(1, 1), to_json),
    "fromjson": BuiltIn(Arity(1, 1), from_json),
    "case": BuiltIn(Arity(3, MANY), case),
}


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _json(value: Any, line: str) -> str:
    """Return a value as JSON; `line` is the line break with the indent that the value stands at."""
    inner = line + "  "
    if isinstance(value, dict) and value:
        members = (f"{json.dumps(key, ensure_ascii=False)}: {_json(item, inner)}" for key, item in value.items())
        return f"{{{inner}{f',{inner}'.join(members)}{line}}}"
    if isinstance(value, list) and value:
        return f"[{inner}{f',{inner}'.join(_json(item, inner) for item in value)}{line}]"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return json_number(value)
    return json.dumps(value, ensure_ascii=False)
