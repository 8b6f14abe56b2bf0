"""The inputs of `workflow_dispatch` are declared in the workflow and checked when somebody dispatches it.

Source: "Workflow syntax", `on.workflow_dispatch.inputs`; REST "Create a workflow dispatch event".
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from irp_actions.edges.standin.actions.errors import NotDispatchable
from irp_actions.edges.standin.actions.expressions import Value
from irp_actions.edges.standin.actions.expressions.values import parse_number
from irp_actions.edges.standin.actions.workflow.document import Node
from irp_actions.edges.standin.actions.workflow.fields import Fields

MAX_INPUTS = 25

_TYPES = ("string", "boolean", "number", "choice", "environment")


@dataclass(frozen=True)
class Input:
    """One declared input.

    Attributes:
        type: One of the five documented types.
        required: Whether a dispatch must give it, if it has no default.
        default: What it is if the dispatch does not say; `None` for no default.
        options: The values of a `choice`.
    """

    type: str
    required: bool
    default: str | None
    options: tuple[str, ...]

    def accepts(self, text: str) -> bool:
        """Return whether a string is a value of this type."""
        if self.type == "choice":
            return text in self.options
        if self.type == "boolean":
            return text in ("true", "false")
        return self.type != "number" or parse_number(text) == parse_number(text)

    def typed(self, text: str) -> Value:
        """Return the value as the `inputs` context holds it: booleans and numbers as such."""
        if self.type == "boolean":
            return text == "true"
        if self.type == "number":
            return parse_number(text)
        return text


def read_inputs(node: Node) -> Mapping[str, Input]:
    """Return the inputs that `on.workflow_dispatch.inputs` declares."""
    inputs = {name: _read_input(value) for name, value in node.items()}
    if len(inputs) > MAX_INPUTS:
        node.fail(f"you may only define up to {MAX_INPUTS} `inputs` for a `workflow_dispatch` event")
    return inputs


def _read_input(node: Node) -> Input:
    fields = Fields(node, {"description", "type", "required", "default", "options", "deprecationMessage"})
    kind, required, options = (fields.filled(name) for name in ("type", "required", "options"))
    default = fields.get("default")
    for name in ("description", "deprecationMessage"):
        if fields.has(name):
            node.entries()[name].value.text()
    read = Input(
        type=kind.one_of(*_TYPES) if kind else "string",
        required=required.flag() if required else False,
        default=default.text() if default else None,
        options=tuple(option.text() for option in options.sequence()) if options else (),
    )
    if read.type == "choice" and not read.options:
        node.fail("Missing 'options' for choice input")
    if options and read.type != "choice":
        node.fail("Input type is not 'choice', but 'options' is defined")
    if default and read.type != "number" and isinstance(default.value, str) is (read.type == "boolean"):
        default.fail(f"Unexpected value '{read.default}'")
    if default and read.default is not None and not read.accepts(read.default):
        default.fail(f"Unexpected value '{read.default}'")
    return read


def resolve_inputs(declared: Mapping[str, Input], given: Mapping[str, str]) -> dict[str, str]:
    """Return every input's value as a string: what was given, else its default.

    Args:
        declared: The workflow's inputs.
        given: What the dispatch sent.

    Raises:
        NotDispatchable: An input is unknown, missing, or not a value of its type (in GitHub's words).
    """
    unexpected = [name for name in given if name not in declared]
    if unexpected:
        raise NotDispatchable(f"Unexpected inputs provided: {json.dumps(unexpected)}")
    values = {name: given.get(name) or declared[name].default or "" for name in declared}
    for name, value in values.items():
        if declared[name].required and not value:
            raise NotDispatchable(f"Required input '{name}' not provided")
        if value and not declared[name].accepts(value):
            raise NotDispatchable(f"Provided value '{value}' for input '{name}' not in the list of allowed values")
    return values


def type_inputs(declared: Mapping[str, Input], values: Mapping[str, str]) -> dict[str, Value]:
    """Return the `inputs` context; an input that was left out is an empty string, a boolean `false`."""
    return {
        name: declared[name].typed(value) if value or declared[name].type == "boolean" else value
        for name, value in values.items()
    }
