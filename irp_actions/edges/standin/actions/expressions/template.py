"""A template is a string of a workflow file with its `${{ }}` expressions parsed.

Source: "Evaluate expressions in workflows and actions", and "Workflow syntax", `jobs.<job_id>.if`.
"""

import math
from dataclasses import dataclass

from irp_actions.edges.standin.actions.errors import ExpressionError
from irp_actions.edges.standin.actions.expressions.lexer import MAX_LENGTH
from irp_actions.edges.standin.actions.expressions.parser import Vocabulary, parse
from irp_actions.edges.standin.actions.expressions.tree import Call, Choice, Node, Scope
from irp_actions.edges.standin.actions.expressions.values import Value, is_primitive, to_number, to_text, truthy

_OPEN, _CLOSE = "${{", "}}"
_STATUS_FUNCTIONS = frozenset({"success", "failure", "cancelled", "always"})


@dataclass(frozen=True)
class Template:
    """Text and expressions in the order they stand.

    Attributes:
        source: What the file says.
        parts: Literal text, and trees of expressions.
    """

    source: str
    parts: tuple[str | Node, ...]

    def value(self, scope: Scope) -> Value:
        """Return the value: of its own kind if the template is one expression, else a string."""
        only = self.parts[0]
        return only.value(scope) if len(self.parts) == 1 and isinstance(only, Node) else self._joined(scope)

    def is_one_expression(self) -> bool:
        """Return whether there is nothing but one expression, so that the value has a kind of its own."""
        return len(self.parts) == 1 and isinstance(self.parts[0], Node)

    def text(self, scope: Scope) -> str:
        """Return the value as the string that the workflow gets.

        Raises:
            ExpressionError: It is an array or object, which no string property takes.
        """
        value = self.value(scope)
        if not is_primitive(value):
            raise ExpressionError(f"A {'sequence' if isinstance(value, list) else 'mapping'} was not expected")
        return to_text(value)

    def flag(self, scope: Scope) -> bool:
        """Return the value as a boolean; nothing at all is `false`.

        Raises:
            ExpressionError: It is neither a boolean nor the word for one.
        """
        value = self.value(scope)
        if isinstance(value, str):
            value = {"true": True, "false": False, "": False}.get(value, value)
        if not isinstance(value, bool):
            raise ExpressionError(f"Unexpected value '{to_text(value)}'")
        return value

    def number(self, scope: Scope) -> float:
        """Return the value as a number.

        Raises:
            ExpressionError: It is none.
        """
        number = to_number(self.value(scope))
        if math.isnan(number):
            raise ExpressionError(f"Unexpected value '{self.text(scope)}'")
        return number

    def _joined(self, scope: Scope) -> str:
        return "".join(part if isinstance(part, str) else to_text(part.value(scope)) for part in self.parts)


@dataclass(frozen=True)
class Condition:
    """An `if:`; without a status function of its own it asks `success()` first.

    Attributes:
        source: What the file says; empty if it says nothing.
        tree: The whole condition.
    """

    source: str
    tree: Node

    def holds(self, scope: Scope) -> bool:
        """Return whether the condition is met."""
        return truthy(self.tree.value(scope))


@dataclass(frozen=True)
class _Whole(Node):
    """A template that is used as one operand of a condition."""

    template: Template

    def value(self, scope: Scope) -> Value:
        return self.template.value(scope)

    def children(self) -> tuple[Node, ...]:
        return tuple(part for part in self.template.parts if isinstance(part, Node))


def parse_template(source: str, vocabulary: Vocabulary) -> Template:
    """Return the template that a string of a workflow file is.

    Args:
        source: The string.
        vocabulary: What its expressions may name.

    Raises:
        ExpressionError: An expression is not closed or is none.
    """
    parts: list[str | Node] = []
    position = 0
    if _OPEN in source and len(source) > MAX_LENGTH:
        raise ExpressionError(f"Exceeded max expression length {MAX_LENGTH}")
    while (start := source.find(_OPEN, position)) >= 0:
        if start > position:
            parts.append(source[position:start])
        end = _end_of_expression(source, start + len(_OPEN))
        parts.append(parse(source[start + len(_OPEN) : end].strip(), vocabulary))
        position = end + len(_CLOSE)
    if position < len(source) or not parts:
        parts.append(source[position:])
    return Template(source, tuple(parts))


def parse_condition(source: str, vocabulary: Vocabulary) -> Condition:
    """Return the condition that an `if:` is, with or without `${{ }}`.

    Text around a `${{ }}` makes the whole a string, which is true unless empty: GitHub's well-known trap, kept.

    Args:
        source: The text of the `if:`; empty for none.
        vocabulary: What it may name.

    Raises:
        ExpressionError: It is no expression.
    """
    bare = source.strip()
    success = Call("success", None)
    if not bare:
        return Condition(source, success)
    tree: Node = _Whole(parse_template(bare, vocabulary)) if _OPEN in bare else parse(bare, vocabulary)
    if _STATUS_FUNCTIONS.isdisjoint(tree.calls()):
        tree = Choice(decided_by=False, operands=(success, tree))
    return Condition(source, tree)


def _end_of_expression(source: str, start: int) -> int:
    """Return where the `}}` stands that closes an expression; one inside quotes closes nothing."""
    quoted = False
    for position in range(start, len(source) - 1):
        if source[position] == "'":
            quoted = not quoted
        elif not quoted and source.startswith(_CLOSE, position):
            return position
    raise ExpressionError(
        "The expression is not closed. An unescaped ${{ sequence was found, but the closing }} sequence was not found."
    )
