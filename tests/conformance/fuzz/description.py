"""The data of this repository as an OpenAPI document again, as tools read it that were not made for ours.

The data is JSON Schema already (`tools/conformance/schemas.py`), which OpenAPI speaks since 3.1. What was closed for
our own checks is opened again where GitHub is asked: it passes over keys that it does not know.
"""

import re
from collections.abc import Mapping
from typing import Any

from tests.conformance import checker
from tests.conformance.corrections import EVERYWHERE
from tests.conformance.fuzz.accepted import PARAMETERS

_OURS, _THEIRS = "#/schemas/", "#/components/schemas/"
_BRACES = re.compile(r"\{(\w+)\}")
_JSON = "application/json"
Names = Mapping[str, list[str]]


def described(names: Names, *, tolerant: bool = False) -> dict[str, Any]:
    """The whole document.

    Args:
        tolerant: Whether parameters may hold whatever GitHub is known to accept there (`accepted`).
        names: What stands for each pair of braces in a path: names of things that are there, so that requests are
            about something, and a few that are not.
    """
    rest = checker.document("rest.json")
    paths: dict[str, dict[str, Any]] = {}
    for name, operation in rest["operations"].items():
        method, _, template = name.partition(" ")
        known = {**operation, "query": {**operation["query"], **_anything(operation["query"], tolerant=tolerant)}}
        paths.setdefault(template, {})[method.lower()] = _operation(known, template, names)
    schemas = {name: _referring(schema) for name, schema in rest["schemas"].items()}
    return {
        "openapi": "3.1.0",
        "info": {"title": "GitHub, as far as it is embedded", "version": "2022-11-28"},
        "paths": paths,
        "components": {"schemas": schemas},
    }


def _anything(query: Mapping[str, Any], *, tolerant: bool) -> dict[str, Any]:
    return {name: {"type": "string"} for name in query if tolerant and name in PARAMETERS}


def _operation(operation: Mapping[str, Any], template: str, names: Names) -> dict[str, Any]:
    wanted = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "enum": names[name]}}
        for name in _BRACES.findall(template)
    ]
    wanted += [
        {"name": name, "in": "query", "schema": _referring(schema)} for name, schema in operation["query"].items()
    ]
    whole: dict[str, Any] = {
        "parameters": wanted,
        "responses": {status: _response(schema) for status, schema in _responses(operation["responses"]).items()},
    }
    if operation["request"] is not None:
        schema = _referring(_opened(operation["request"]))
        whole["requestBody"] = {"required": _is_required(schema), "content": {_JSON: {"schema": schema}}}
    return whole


def _responses(described: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that are described, and those that any operation may give."""
    error = {"$ref": f"{_OURS}validation-error"}
    return {str(status): error for status in EVERYWHERE if status < 500} | dict(described)


def _response(schema: Mapping[str, Any] | None) -> dict[str, Any]:
    content = {} if schema is None else {"content": {_JSON: {"schema": _referring(schema)}}}
    return {"description": "as GitHub describes it", **content}


def _is_required(schema: Mapping[str, Any]) -> bool:
    return bool(schema.get("required"))


def _referring(part: Any) -> Any:
    """A schema that refers to the others where OpenAPI has them."""
    if isinstance(part, dict):
        return {key: _referring(value) for key, value in part.items()}
    if isinstance(part, list):
        return [_referring(item) for item in part]
    return part.replace(_OURS, _THEIRS, 1) if isinstance(part, str) and part.startswith(_OURS) else part


def _opened(part: Any) -> Any:
    """A schema whose objects may have other keys."""
    if isinstance(part, dict):
        return {
            key: _opened(value) for key, value in part.items() if not (key == "additionalProperties" and value is False)
        }
    return [_opened(item) for item in part] if isinstance(part, list) else part
