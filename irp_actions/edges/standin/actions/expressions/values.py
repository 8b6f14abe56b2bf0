"""Values of expressions are JSON values, compared and converted by GitHub's loose rules.

Source: "Evaluate expressions in workflows and actions", sections Literals and Operators.
"""

import math
import re
from decimal import Decimal
from typing import Any, TypeAlias

Value: TypeAlias = bool | int | float | str | list[Any] | dict[str, Any] | None

_DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_PREFIXED = {"0x": (16, re.compile(r"0x[0-9a-fA-F]+")), "0o": (8, re.compile(r"0o[0-7]+"))}
_INFINITIES = {"Infinity": math.inf, "+Infinity": math.inf, "-Infinity": -math.inf}

_DOTLESS_I = "\N{LATIN SMALL LETTER DOTLESS I}"

# Beyond these powers of ten a number is written with an exponent.
_LARGEST_PLAIN, _SMALLEST_PLAIN = 20, -6


class CaseSensitive(dict[str, Any]):
    """A context whose names differ by case; on Linux that is `env` alone."""


class Filtered(list[Any]):
    """What `*` yields; a further property is asked of each of its items."""


def is_primitive(value: Value) -> bool:
    """Return whether a value is neither an array nor an object."""
    return not isinstance(value, list | dict)


def truthy(value: Value) -> bool:
    """Return whether a value counts as true: all but `false`, `0`, `NaN`, `''` and `null`."""
    if isinstance(value, float) and math.isnan(value):
        return False
    return not is_primitive(value) or bool(value)


def to_number(value: Value) -> float:
    """Return a value as a number; `NaN` where it is none."""
    if value is None:
        return 0.0
    if isinstance(value, str):
        return parse_number(value)
    if isinstance(value, list | dict):
        return math.nan
    return float(value)


def parse_number(text: str) -> float:
    """Return the number a string stands for: decimal, `0x`, `0o`, `Infinity`; empty is 0, all else `NaN`."""
    text = text.strip()
    if not text:
        return 0.0
    if text in _INFINITIES:
        return _INFINITIES[text]
    base, pattern = _PREFIXED.get(text[:2], (10, _DECIMAL))
    if not pattern.fullmatch(text):
        return math.nan
    return float(text) if base == 10 else float(int(text[2:], base))


def to_text(value: Value) -> str:
    """Return a value as a string, as string interpolation and string functions see it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "Array"
    if isinstance(value, dict):
        return "Object"
    return number_text(value)


def number_text(number: float) -> str:
    """Return a number as GitHub prints it: shortest form, at most 15 digits after the point."""
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    return _shortest(round(float(number), 15))


def json_number(number: float) -> str:
    """Return a number as JSON has it; `null` for one that JSON lacks."""
    return _shortest(float(number)) if math.isfinite(number) else "null"


def _shortest(number: float) -> str:
    exact = Decimal(repr(number)).normalize()
    if not exact:
        return "0"
    power = exact.adjusted()
    if _SMALLEST_PLAIN <= power <= _LARGEST_PLAIN:
        return format(exact, "f")
    return f"{exact.scaleb(-power)}e{power:+d}"


def equals(left: Value, right: Value) -> bool:
    """Return `left == right`: strings without regard to case, arrays and objects by identity."""
    left, right = _same_kind(left, right)
    if not is_primitive(left) or not is_primitive(right):
        return left is right
    if isinstance(left, str) and isinstance(right, str):
        return fold(left) == fold(right)
    return type(left) is type(right) and left == right


def greater(left: Value, right: Value) -> bool:
    """Return `left > right`; false where the two cannot be compared."""
    left, right = _same_kind(left, right)
    if isinstance(left, str) and isinstance(right, str):
        # By UTF-16 units, in which what lies beyond them sorts before some of those within.
        return fold(left).encode("utf-16-be", "surrogatepass") > fold(right).encode("utf-16-be", "surrogatepass")
    if isinstance(left, int | float) and isinstance(right, int | float):
        return left > right
    return False


def fold(text: str) -> str:
    """Return a string with its case taken away; the dotless i keeps its own."""
    return _DOTLESS_I.join(part.upper() for part in text.split(_DOTLESS_I))


def member(holder: Value, index: Value) -> Value:
    """Return `holder[index]`; `null` where there is none, and of a filtered array the member of each item.

    Args:
        holder: The array or object that is asked.
        index: A number for arrays, a string for objects; names do not regard case.
    """
    if isinstance(holder, Filtered):
        found = (_find(item, index) for item in holder)
        return Filtered(item for hit in found for item in hit)
    return next(iter(_find(holder, index)), None)


def every_member(holder: Value) -> Filtered:
    """Return `holder.*`: the items of an array or the values of an object."""
    if isinstance(holder, Filtered):
        return Filtered(item for inner in holder for item in every_member(inner))
    if isinstance(holder, list):
        return Filtered(holder)
    if isinstance(holder, dict):
        return Filtered(holder.values())
    return Filtered()


def _find(holder: Value, index: Value) -> list[Any]:
    """Return the one member in a list, or an empty list, so that a found `null` differs from nothing."""
    if isinstance(holder, list):
        position = to_number(index)
        if math.isfinite(position) and 0 <= position < len(holder):
            return [holder[int(position)]]
        return []
    if not isinstance(holder, dict) or not is_primitive(index):
        return []
    name = to_text(index)
    if isinstance(holder, CaseSensitive):
        return [holder[name]] if name in holder else []
    return next(([value] for key, value in holder.items() if key.lower() == name.lower()), [])


def _same_kind(left: Value, right: Value) -> tuple[Value, Value]:
    """Return both values as they are compared: as they are if alike, else as numbers where that is defined."""
    if _kind(left) is _kind(right):
        return _plain(left), _plain(right)
    if is_primitive(left) and is_primitive(right):
        return to_number(left), to_number(right)
    return left, right


def _kind(value: Value) -> type:
    """Return the kind of a value; integers are numbers like all others."""
    for kind in (bool, str, list, dict, type(None)):
        if isinstance(value, kind):
            return kind
    return float


def _plain(value: Value) -> Value:
    """Return a number as a float, anything else as it is."""
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value
