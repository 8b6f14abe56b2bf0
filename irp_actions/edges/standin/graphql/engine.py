"""Executes a GraphQL request and answers as GitHub does: HTTP 200, with `data` and typed `errors`.

Source: "Forming calls with GraphQL"; the types of errors are those seen in recorded traffic.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLError,
    OperationDefinitionNode,
    OperationType,
    OverlappingFieldsCanBeMergedRule,
    execute_sync,
    get_operation_ast,
    parse,
    specified_rules,
    validate,
)

from irp_actions.edges.standin.graphql.cost import MOST_NODES, Cost, cost_of
from irp_actions.edges.standin.graphql.fields import executable_schema
from irp_actions.edges.standin.graphql.scene import Scene
from irp_actions.edges.standin.wire import read_json
from irp_actions.edges.standin.world.refusals import Malformed, NotAllowed, Refusal

# GitHub executes documents that this rule would refuse; its own command line sends some.
_RULES = [rule for rule in specified_rules if rule is not OverlappingFieldsCanBeMergedRule]


@dataclass(frozen=True, slots=True)
class Question:
    """A GraphQL request that was read.

    Attributes:
        document: The parsed document; `None` if it is broken or does not fit the schema.
        operation: The operation to execute.
        errors: Why there is nothing to execute.
    """

    document: DocumentNode | None
    operation: OperationDefinitionNode | None
    variables: Mapping[str, Any]
    errors: tuple[GraphQLError, ...] = ()

    @property
    def is_mutation(self) -> bool:
        """Whether it writes."""
        return self.operation is not None and self.operation.operation is OperationType.MUTATION

    @property
    def name(self) -> str:
        """How the request log names it: a query by its name, a mutation by its fields joined with `+`."""
        if self.operation is None:
            return "broken"
        fields = [node.name.value for node in self.operation.selection_set.selections if isinstance(node, FieldNode)]
        if self.is_mutation or self.operation.name is None:
            return "+".join(fields)
        return self.operation.name.value

    @property
    def cost(self) -> Cost:
        """What it costs."""
        if self.document is None or self.operation is None:
            return Cost(1, 0)
        return cost_of(self.document, self.operation, self.variables)


def read(raw: bytes) -> Question:
    """Read the body of a GraphQL request.

    Raises:
        Malformed: It is no JSON object with a text named `query`.
    """
    value = read_json(raw)
    query = value.get("query") if isinstance(value, dict) else None
    variables = value.get("variables") or {} if isinstance(value, dict) else {}
    if not isinstance(query, str) or not isinstance(variables, dict):
        raise Malformed("A query attribute must be specified and must be a string.")
    document, errors = _checked(query)
    if document is None:
        return Question(None, None, variables, errors)
    operation = get_operation_ast(document, value.get("operationName"))
    if operation is None:
        return Question(document, None, variables, (GraphQLError("No operation named so."),))
    return Question(document, operation, variables)


def execute(question: Question, scene: Scene) -> dict[str, Any]:
    """Execute a request; the aliases of a mutation run in order, and a failed one does not stop the next."""
    if question.document is None or question.operation is None:
        return {"errors": [_shown(error) for error in question.errors]}
    if scene.cost.nodes > MOST_NODES:
        message = (
            f"This query requests up to {scene.cost.nodes:,} possible nodes which exceeds the maximum limit of "
            f"{MOST_NODES:,}."
        )
        return {"errors": [{"type": "MAX_NODE_LIMIT_EXCEEDED", "message": message}]}
    name = question.operation.name.value if question.operation.name else None
    result = execute_sync(
        executable_schema(),
        question.document,
        context_value=scene,
        variable_values=dict(question.variables),
        operation_name=name,
    )
    shown = [_shown(error) for error in result.errors or ()]
    # Nothing was executed if there is no `data` at all: the variables did not fit.
    answer = {"data": result.data} if result.data is not None or _was_executed(result.errors) else {}
    return {**answer, "errors": shown} if shown else answer


@lru_cache(maxsize=256)
def _checked(query: str) -> tuple[DocumentNode | None, tuple[GraphQLError, ...]]:
    try:
        document = parse(query)
    except GraphQLError as error:
        return None, (error,)
    except RecursionError:
        return None, (GraphQLError("The query is nested too deeply."),)
    errors = validate(executable_schema(), document, _RULES)
    return (None, tuple(errors)) if errors else (document, ())


def _was_executed(errors: list[GraphQLError] | None) -> bool:
    return any(error.path for error in errors or ())


def _shown(error: GraphQLError) -> dict[str, Any]:
    """An error in GitHub's shape: what kind it is stands beside the message, not in `extensions`."""
    refusal = error.original_error
    shown: dict[str, Any] = {}
    if isinstance(refusal, Refusal):
        shown["type"] = refusal.kind
    if error.path:
        shown["path"] = error.path
    shown["locations"] = [{"line": place.line, "column": place.column} for place in error.locations or ()]
    return {**shown, "message": _message(error, refusal)}


def _message(error: GraphQLError, refusal: Exception | None) -> str:
    if isinstance(refusal, NotAllowed):
        return f"{refusal.login} does not have the correct permissions to execute `{_mutation_name(error)}`"
    if isinstance(refusal, Refusal) and refusal.errors:
        return str(refusal.errors[0].get("message") or f"{refusal.errors[0]['field']} is {refusal.errors[0]['code']}")
    return error.message


def _mutation_name(error: GraphQLError) -> str:
    """GitHub names the mutation as a class, such as `AddLabelsToLabelable`."""
    node = error.nodes[0] if error.nodes else None
    name = node.name.value if isinstance(node, FieldNode) else ""
    return name[:1].upper() + name[1:]
