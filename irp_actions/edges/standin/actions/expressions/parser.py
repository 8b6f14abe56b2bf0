"""The parser turns tokens into a tree, and knows which contexts and functions may be named at a place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from irp_actions.edges.standin.actions.errors import ExpressionError
from irp_actions.edges.standin.actions.expressions.functions import BUILT_IN, Arity
from irp_actions.edges.standin.actions.expressions.lexer import Kind, Token, syntax_error, tokenize
from irp_actions.edges.standin.actions.expressions.tree import (
    Call,
    Choice,
    Comparison,
    Context,
    EveryMember,
    Literal,
    Member,
    Node,
    Not,
)

MAX_DEPTH = 50


@dataclass(frozen=True)
class Vocabulary:
    """What an expression may name at its place in a workflow ("Contexts reference", context availability)."""

    contexts: frozenset[str]
    functions: Mapping[str, Arity] = field(default_factory=dict)


def parse(source: str, vocabulary: Vocabulary) -> Node:
    """Return the tree of an expression.

    Args:
        source: The expression without `${{` and `}}`.
        vocabulary: The contexts and functions that are allowed where it stands.

    Raises:
        ExpressionError: It is no expression, or names what is not allowed here; the message holds the position.
    """
    return _Parser(source, vocabulary).parse()


class _Parser:
    """A descent through the levels of precedence, loosest first: `||`, `&&`, equality, order, `!`, members."""

    def __init__(self, source: str, vocabulary: Vocabulary) -> None:
        self.source = source
        self.vocabulary = vocabulary
        self.tokens = tokenize(source)
        self.position = 0
        self.depth = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.position]

    def parse(self) -> Node:
        if len(self.tokens) == 1:
            raise ExpressionError("An expression was expected")
        tree = self._expression()
        if self.token.kind is not Kind.END:
            raise self._error("Unexpected symbol")
        return tree

    def _expression(self) -> Node:
        self._deeper()
        tree = self._any_of()
        self.depth -= 1
        return tree

    def _any_of(self) -> Node:
        return self._chain("||", self._all_of, decided_by=True)

    def _all_of(self) -> Node:
        return self._chain("&&", self._equality, decided_by=False)

    def _chain(self, operator: str, operand: Callable[[], Node], *, decided_by: bool) -> Node:
        first = operand()
        if not self.token.is_symbol(operator):
            return first
        operands = [first]
        self._deeper()
        while self._accept(operator):
            operands.append(operand())
        self.depth -= 1
        return Choice(decided_by, tuple(operands))

    def _equality(self) -> Node:
        tree = self._order()
        while operator := self._accept("==", "!="):
            tree = Comparison(operator.text, tree, self._order())
        return tree

    def _order(self) -> Node:
        tree = self._negation()
        while operator := self._accept("<", "<=", ">", ">="):
            tree = Comparison(operator.text, tree, self._negation())
        return tree

    def _negation(self) -> Node:
        if not self._accept("!"):
            return self._members()
        self._deeper()
        tree = Not(self._negation())
        self.depth -= 1
        return tree

    def _members(self) -> Node:
        if self.token.kind is not Kind.NAME and not self.token.is_symbol("("):
            return self._literal()
        tree = self._group() if self.token.is_symbol("(") else self._name()
        outside = self.depth
        while self.token.is_symbol(".", "["):
            tree = self._property(tree) if self._accept(".") else self._index(tree)
            self._deeper()
        self.depth = outside
        return tree

    def _property(self, holder: Node) -> Node:
        if self._accept("*"):
            return EveryMember(holder)
        if self.token.kind is not Kind.NAME:
            raise self._error("Unexpected symbol")
        return Member(holder, Literal(self._advance().text))

    def _index(self, holder: Node) -> Node:
        self._expect("[")
        if self._accept("*"):
            self._expect("]")
            return EveryMember(holder)
        index = self._expression()
        self._expect("]")
        return Member(holder, index)

    def _group(self) -> Node:
        self._expect("(")
        tree = self._expression()
        self._expect(")")
        return tree

    def _literal(self) -> Node:
        if self.token.kind is not Kind.LITERAL:
            raise self._error("Unexpected symbol")
        return Literal(self._advance().value)

    def _name(self) -> Node:
        name = self._advance()
        if self.token.is_symbol("("):
            return self._call(name)
        if name.text.lower() not in self.vocabulary.contexts:
            raise self._error("Unrecognized named-value", name)
        return Context(name.text.lower())

    def _call(self, name: Token) -> Node:
        self._expect("(")
        arguments: list[Node] = []
        while not self._accept(")"):
            arguments.append(self._expression())
            if not self.token.is_symbol(")"):
                self._expect(",")
        self._check_call(name, len(arguments))
        key = name.text.lower()
        return Call(key, BUILT_IN[key].call if key in BUILT_IN else None, tuple(arguments))

    def _check_call(self, name: Token, given: int) -> None:
        key = name.text.lower()
        arity = BUILT_IN[key].arity if key in BUILT_IN else self.vocabulary.functions.get(key)
        if arity is None:
            raise self._error("Unrecognized function", name)
        if given < arity.least:
            raise self._error("Too few parameters supplied", name)
        if given > arity.most:
            raise self._error("Too many parameters supplied", name)
        if key == "case" and given % 2 == 0:
            raise self._error("Even number of parameters supplied, requires an odd number of parameters", name)

    def _deeper(self) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ExpressionError(f"Exceeded max expression depth {MAX_DEPTH}")

    def _advance(self) -> Token:
        token = self.token
        self.position += 1
        return token

    def _accept(self, *symbols: str) -> Token | None:
        return self._advance() if self.token.is_symbol(*symbols) else None

    def _expect(self, symbol: str) -> None:
        if not self._accept(symbol):
            raise self._error("Unexpected symbol")

    def _error(self, what: str, token: Token | None = None) -> ExpressionError:
        at = token or self.token
        if at.kind is Kind.END:
            what, at = "Unexpected end of expression", self.tokens[self.position - 1]
        return syntax_error(what, at.text, at.start, self.source)
