"""An expression is a tree whose nodes each know their own value."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from irp_actions.edges.standin.actions.expressions import values
from irp_actions.edges.standin.actions.expressions.values import Value

Function = Callable[[Sequence[Value]], Value]


@dataclass(frozen=True)
class Scope:
    """What an expression is evaluated against.

    Attributes:
        contexts: Each context's value by its name, in lower case.
        functions: Each function by its name, in lower case, beside the built-in ones.
    """

    contexts: Mapping[str, Value]
    functions: Mapping[str, Function] = field(default_factory=dict)


class Node(ABC):
    """One node of an expression."""

    @abstractmethod
    def value(self, scope: Scope) -> Value:
        """Return the value of this node in a scope.

        Raises:
            ExpressionError: A function does not accept what it is given.
        """

    def children(self) -> Sequence["Node"]:
        """Return the nodes this one is made of."""
        return ()

    def calls(self) -> Iterator[str]:
        """Yield the name of every function called in this tree, in lower case."""
        for child in self.children():
            yield from child.calls()


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A value written in the expression."""

    literal: Value

    def value(self, scope: Scope) -> Value:
        """Return the literal."""
        return self.literal


@dataclass(frozen=True, slots=True)
class Context(Node):
    """A context, such as `github`; one that has no value here is `null`."""

    name: str

    def value(self, scope: Scope) -> Value:
        """Return the context's value."""
        return scope.contexts.get(self.name)


@dataclass(frozen=True, slots=True)
class Member(Node):
    """A property or index of something."""

    holder: Node
    index: Node

    def value(self, scope: Scope) -> Value:
        """Return the member, or `null`."""
        return values.member(self.holder.value(scope), self.index.value(scope))

    def children(self) -> Sequence[Node]:
        """Return the holder and the index."""
        return self.holder, self.index


@dataclass(frozen=True, slots=True)
class EveryMember(Node):
    """The object filter `*`."""

    holder: Node

    def value(self, scope: Scope) -> Value:
        """Return the filtered array."""
        return values.every_member(self.holder.value(scope))

    def children(self) -> Sequence[Node]:
        """Return the holder."""
        return (self.holder,)


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A call of a function."""

    name: str
    function: Function | None
    arguments: tuple[Node, ...] = ()

    def value(self, scope: Scope) -> Value:
        """Return what the function returns; the scope's functions stand in for those that are not built in."""
        function = self.function or scope.functions[self.name]
        return function([argument.value(scope) for argument in self.arguments])

    def children(self) -> Sequence[Node]:
        """Return the arguments."""
        return self.arguments

    def calls(self) -> Iterator[str]:
        """Yield this function's name and those of the arguments."""
        yield self.name
        yield from Node.calls(self)


@dataclass(frozen=True, slots=True)
class Not(Node):
    """The operator `!`."""

    operand: Node

    def value(self, scope: Scope) -> Value:
        """Return whether the operand is falsy."""
        return not values.truthy(self.operand.value(scope))

    def children(self) -> Sequence[Node]:
        """Return the operand."""
        return (self.operand,)


COMPARISONS: Mapping[str, Callable[[Value, Value], bool]] = {
    "==": values.equals,
    "!=": lambda left, right: not values.equals(left, right),
    ">": values.greater,
    ">=": lambda left, right: values.equals(left, right) or values.greater(left, right),
    "<": lambda left, right: values.greater(right, left),
    "<=": lambda left, right: values.equals(left, right) or values.greater(right, left),
}


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """One of the six comparisons."""

    operator: str
    left: Node
    right: Node

    def value(self, scope: Scope) -> Value:
        """Return whether the comparison holds."""
        return COMPARISONS[self.operator](self.left.value(scope), self.right.value(scope))

    def children(self) -> Sequence[Node]:
        """Return both sides."""
        return self.left, self.right


@dataclass(frozen=True, slots=True)
class Choice(Node):
    """A chain of `&&` or of `||`: the value of the first operand that decides it, else of the last."""

    decided_by: bool
    operands: tuple[Node, ...]

    def value(self, scope: Scope) -> Value:
        """Return the deciding operand's value, not just true or false; later operands are not evaluated."""
        value: Value = None
        for operand in self.operands:
            value = operand.value(scope)
            if values.truthy(value) is self.decided_by:
                break
        return value

    def children(self) -> Sequence[Node]:
        """Return the operands."""
        return self.operands
