"""Cuts GitHub's OpenAPI description to the operations the embedded GitHub serves, and to the events it makes."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tools.conformance.packages import Package
from tools.conformance.schemas import Book, Schema

_DESCRIPTION = "package/generated/api.github.com.json".partition("/")[2]
_JSON = "application/json"
# The events that the embedded GitHub makes; `schedule` is none of GitHub's webhooks.
EVENTS = ("issues", "issue_comment", "repository_dispatch", "workflow_dispatch")


class Description:
    """GitHub's description of its REST API and webhooks.

    Args:
        package: The npm package `@octokit/openapi`.
    """

    def __init__(self, package: Package) -> None:
        self._whole: dict[str, Any] = json.loads(package.text(_DESCRIPTION))

    def rest(self, operations: Iterable[str]) -> dict[str, Any]:
        """Some operations (`METHOD /template`), and the schemas they lead to."""
        book = Book(self._whole["components"]["schemas"])
        cut = {operation: self._operation(book, operation) for operation in sorted(operations)}
        return {"operations": cut, "schemas": book.components()}

    def webhooks(self) -> dict[str, Any]:
        """The payload of each event and activity, and the schemas they lead to."""
        book = Book(self._whole["components"]["schemas"])
        cut = {
            name: book.converted(webhook["requestBody"]["content"][_JSON]["schema"])
            for name, webhook in self._webhooks()
        }
        return {"events": dict(sorted(cut.items())), "schemas": book.components()}

    def _operation(self, book: Book, operation: str) -> dict[str, Any]:
        method, _, template = operation.partition(" ")
        described = self._whole["paths"][template][method.lower()]
        parameters = [self._resolved(parameter) for parameter in described.get("parameters", ())]
        body = self._resolved(described.get("requestBody", {}))
        responses = {status: self._resolved(response) for status, response in described["responses"].items()}
        return {
            "query": {each["name"]: book.converted(each["schema"]) for each in parameters if each["in"] == "query"},
            "request": self._body(book, body),
            "responses": {status: self._body(book, response) for status, response in sorted(responses.items())},
        }

    def _body(self, book: Book, described: Mapping[str, Any]) -> Schema | None:
        """The schema of a body; `None` if there is to be none."""
        content = described.get("content", {})
        kind = next((each for each in (_JSON, "application/scim+json") if each in content), None)
        return None if kind is None else book.converted(content[kind]["schema"])

    def _webhooks(self) -> Iterator[tuple[str, Any]]:
        """The webhooks of the events of interest, by `name action`, or `name` for one without fixed actions."""
        for webhook in self._whole["x-webhooks"].values():
            post = webhook["post"]
            name = next(each["example"] for each in post["parameters"] if each["name"] == "X-Github-Event")
            if name in EVENTS:
                # The activity of a `repository_dispatch` is whatever the caller named it.
                action = None if name == "repository_dispatch" else post["operationId"].partition("/")[2]
                yield f"{name} {action}" if action else name, post

    def _resolved(self, part: Any) -> Any:
        while "$ref" in part:
            found: Any = self._whole
            for name in part["$ref"].removeprefix("#/").split("/"):
                found = found[name]
            part = found
        return part
