"""What a GraphQL request costs, by GitHub's documented formula.

Source: "Rate limits and query limits for the GraphQL API": the requests needed to fulfil each unique connection are
added up and divided by 100, rounded, and at least 1; the nodes asked for are counted likewise.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
)

MOST_NODES = 500_000
_REQUESTS_PER_POINT = 100


@dataclass(frozen=True, slots=True)
class Cost:
    """The price of a request, in points, and the most nodes it can return."""

    points: int
    nodes: int


@dataclass(slots=True)
class _Count:
    """Walks a document with the number of times each connection would be fetched."""

    fragments: Mapping[str, FragmentDefinitionNode]
    variables: Mapping[str, Any]
    requests: int = 0
    nodes: int = 0
    _open: set[str] = field(default_factory=set)

    def walk(self, selections: SelectionSetNode | None, times: int) -> None:
        for selection in selections.selections if selections else ():
            if isinstance(selection, FieldNode):
                self._field(selection, times)
            elif isinstance(selection, InlineFragmentNode):
                self.walk(selection.selection_set, times)
            elif isinstance(selection, FragmentSpreadNode):
                self._spread(selection.name.value, times)

    def _field(self, node: FieldNode, times: int) -> None:
        size = self._page_size(node)
        if size is None:
            self.walk(node.selection_set, times)
            return
        self.requests += times
        self.nodes += times * size
        self.walk(node.selection_set, times * size)

    def _spread(self, name: str, times: int) -> None:
        if name in self.fragments and name not in self._open:
            self._open.add(name)
            self.walk(self.fragments[name].selection_set, times)
            self._open.remove(name)

    def _page_size(self, node: FieldNode) -> int | None:
        for argument in node.arguments or ():
            if argument.name.value in ("first", "last"):
                value = argument.value
                if isinstance(value, IntValueNode):
                    return int(value.value)
                if isinstance(value, VariableNode):
                    given = self.variables.get(value.name.value)
                    if isinstance(given, int):
                        return given
        return None


def cost_of(document: DocumentNode, operation: OperationDefinitionNode, variables: Mapping[str, Any]) -> Cost:
    """The cost of one operation of a document."""
    fragments = {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}
    count = _Count(fragments, variables)
    count.walk(operation.selection_set, 1)
    return Cost(max(1, round(count.requests / _REQUESTS_PER_POINT)), count.nodes)
