"""The lexer cuts an expression into tokens.

Source: "Evaluate expressions in workflows and actions"; the limits and messages are those GitHub shows.
"""

import math
import re
from dataclasses import dataclass
from enum import Enum, auto

from irp_actions.edges.standin.actions.errors import ExpressionError
from irp_actions.edges.standin.actions.expressions.values import Value, parse_number

MAX_LENGTH = 21_000


class Kind(Enum):
    """What a token is to the parser."""

    SYMBOL = auto()
    LITERAL = auto()
    NAME = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """One token: its kind, its text, the value of a literal, and where it starts (from 0)."""

    kind: Kind
    text: str
    start: int
    value: Value = None

    def is_symbol(self, *symbols: str) -> bool:
        """Return whether the token is one of these symbols."""
        return self.kind is Kind.SYMBOL and self.text in symbols


# Other white space is refused: GitHub's runner takes it, and its language service does not.
_SPACE = re.compile(r"[ \t\r\n]+")
_SYMBOL = re.compile(r"==|!=|<=|>=|&&|\|\||[()\[\],.!<>*]")
_STRING = re.compile(r"'((?:[^']|'')*)'")
_NAME = re.compile(r"[a-zA-Z_][a-zA-Z0-9_-]*")
_TO_BOUNDARY = re.compile(r"[^\s()\[\],.!<>=&|]+")
_NUMBER_TO_BOUNDARY = re.compile(r"[^\s()\[\],!<>=&|]+")
_KEYWORDS: dict[str, Value] = {"true": True, "false": False, "null": None, "NaN": math.nan, "Infinity": math.inf}


def syntax_error(what: str, text: str, start: int, source: str) -> ExpressionError:
    """Return GitHub's wording of a fault at one place of an expression."""
    return ExpressionError(f"{what}: '{text}'. Located at position {start + 1} within expression: {source}")


def tokenize(source: str) -> list[Token]:
    """Return the tokens of an expression, the last of which is the end.

    Args:
        source: The expression without `${{` and `}}`.

    Raises:
        ExpressionError: A symbol is not one of the language, or the expression is too long.
    """
    if len(source) > MAX_LENGTH:
        raise ExpressionError(f"Exceeded max expression length {MAX_LENGTH}")
    tokens: list[Token] = []
    position = 0
    while position < len(source):
        if space := _SPACE.match(source, position):
            position = space.end()
            continue
        token, position = _next(source, position, tokens[-1] if tokens else None)
        tokens.append(token)
    tokens.append(Token(Kind.END, "", len(source)))
    return tokens


def _next(source: str, start: int, before: Token | None) -> tuple[Token, int]:
    """Return the token that starts here and the position after it."""
    first = source[start]
    if first in "+-0123456789" or (first == "." and not _may_have_members(before)):
        return _number(source, start)
    if symbol := _SYMBOL.match(source, start):
        return Token(Kind.SYMBOL, symbol.group(), start), symbol.end()
    if first == "'":
        return _string(source, start)
    return _word(source, start, before)


def _may_have_members(before: Token | None) -> bool:
    """Return whether a dot after this token asks for a member, rather than starting a number."""
    return before is not None and (before.kind is Kind.NAME or before.is_symbol(")", "]", "*"))


def _number(source: str, start: int) -> tuple[Token, int]:
    word = _NUMBER_TO_BOUNDARY.match(source, start)
    text = word.group() if word else source[start]
    number = parse_number(text)
    if math.isnan(number):
        raise syntax_error("Unexpected symbol", text, start, source)
    return Token(Kind.LITERAL, text, start, number), start + len(text)


def _string(source: str, start: int) -> tuple[Token, int]:
    quoted = _STRING.match(source, start)
    if not quoted:
        raise syntax_error("Unexpected symbol", source[start:], start, source)
    text = quoted.group(1).replace("''", "'")
    return Token(Kind.LITERAL, quoted.group(), start, text), quoted.end()


def _word(source: str, start: int, before: Token | None) -> tuple[Token, int]:
    word = _TO_BOUNDARY.match(source, start)
    # A single `=`, `&` or `|` is shown together with what follows it.
    tail = _TO_BOUNDARY.match(source, start + 1)
    text = word.group() if word else source[start] + (tail.group() if tail else "")
    if not _NAME.fullmatch(text):
        raise syntax_error("Unexpected symbol", text, start, source)
    is_member = before is not None and before.is_symbol(".")
    if text in _KEYWORDS and not is_member:
        return Token(Kind.LITERAL, text, start, _KEYWORDS[text]), start + len(text)
    return Token(Kind.NAME, text, start), start + len(text)
