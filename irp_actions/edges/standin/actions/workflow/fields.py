"""The properties of a mapping are known, refused or unexpected, and nothing is silently ignored."""

from collections.abc import Collection, Mapping

from irp_actions.edges.standin.actions.workflow.document import Node


class Fields:
    """The properties of one mapping of a workflow file.

    Args:
        node: The mapping.
        known: The properties that mean something here.
        refused: Properties that GitHub has and the stand-in does not, each with what it is.
    """

    def __init__(self, node: Node, known: Collection[str], refused: Mapping[str, str] | None = None) -> None:
        self.node = node
        for name, entry in node.entries().items():
            if refused and name in refused:
                entry.key.fail(f"The stand-in does not run {refused[name]} ('{name}')")
            if name not in known:
                entry.key.fail(f"Unexpected value '{name}'")

    def get(self, name: str) -> Node | None:
        """Return a property's value, or `None` if it is not given or left empty."""
        entry = self.node.entries().get(name)
        return None if entry is None or entry.value.is_empty() else entry.value

    def filled(self, name: str) -> Node | None:
        """Return a property's value, or `None` if it is not given.

        Raises:
            WorkflowError: It is left empty.
        """
        return self.required(name) if self.has(name) else None

    def required(self, name: str) -> Node:
        """Return a property's value.

        Raises:
            WorkflowError: The property is missing or empty.
        """
        return self.get(name) or self.node.fail(f"Required property is missing: {name}")

    def has(self, name: str) -> bool:
        """Return whether a property is written, be it empty."""
        return name in self.node.entries()
