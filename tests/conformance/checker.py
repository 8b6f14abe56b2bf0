"""Says what of an exchange, an event or a query GitHub does not describe; pure, but for the data it reads once."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any
from urllib.parse import parse_qsl

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    OverlappingFieldsCanBeMergedRule,
    build_schema,
    get_operation_ast,
    is_scalar_type,
    is_specified_scalar_type,
    parse,
    specified_rules,
    validate,
    value_from_ast_untyped,
)
from graphql.execution.values import get_variable_values
from jsonschema_rs import Draft202012Validator

from tests.conformance.corrections import CORRECTIONS, EVERYWHERE, Correction
from tools.conformance.keys import pointer
from tools.conformance.recordings import named
from tools.conformance.stamps import DATA, ROOT

GRAPHQL_PATHS = ("/graphql", "/api/graphql")
_ENTERPRISE = "/api/v3"
# GitHub executes documents that this rule would refuse; its own command line sends some.
_RULES = [rule for rule in specified_rules if rule is not OverlappingFieldsCanBeMergedRule]
_LONGEST = 300
_NUMBER = re.compile("[0-9]{1,30}")
# With these a request is refused for what it says, so what it says may be wrong.
_REFUSED = (400, 422)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that GitHub does not describe.

    Attributes:
        side: Whether it was `asked` so or `answered` so; for events `made`.
        where: The operation, event or query, and the place in its body.
        what: What is wrong there.
    """

    side: str
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.side} {self.where}: {self.what}"


def exchange(method: str, target: str, status: int, request: bytes, answer: bytes) -> list[Fault]:
    """What is wrong with a request to the REST API and its answer.

    Args:
        method: The HTTP method.
        target: The path with its query.
        status: The answer's.
        request: The body that was sent.
        answer: The body that came back.
    """
    path, _, query = target.partition("?")
    operation = operation_of(method, path)
    if operation is None:
        return [Fault("asked", f"{method} {path}", "is no operation that the description lists")]
    described = document("rest.json")["operations"][operation]
    return [
        *_parameters(operation, described["query"], query, status),
        *_request(operation, described["request"], status, request),
        *_answer(operation, described["responses"], status, answer),
    ]


def event(name: str, payload: Mapping[str, Any]) -> list[Fault]:
    """What is wrong with the payload of an event, named as in a workflow's `on:`."""
    known = document("webhooks.json")["events"]
    full = f"{name} {payload.get('action')}"
    described = full if full in known else name
    if described not in known:
        return [Fault("made", full, "is no event that the description lists")]
    return list(_misfits("made", described, "webhooks.json", ("events", described), payload))


def query(text: str, variables: Mapping[str, Any] | None = None, operation: str | None = None) -> list[Fault]:
    """What is wrong with a GraphQL document and the variables sent along.

    Args:
        text: The document.
        variables: What was sent along.
        operation: Which of the document's operations they are for, if it has several.
    """
    document, errors = _read(text)
    node = None if document is None else get_operation_ast(document, operation)
    if not errors and node is None:
        return [Fault("asked", "GraphQL", "has no such operation")]
    if node is not None and not errors:
        values = get_variable_values(graphql_schema(), node.variable_definitions or (), dict(variables or {}))
        errors = tuple(values) if isinstance(values, list) else ()
    return [Fault("asked", "GraphQL", error.message) for error in errors]


def is_valid(text: str) -> bool:
    """Whether a GraphQL document fits the schema, whatever is sent along."""
    return not _read(text)[1]


def answered_query(status: int, answer: bytes) -> list[Fault]:
    """What is wrong with the shape of a GraphQL answer; what is in `data` its execution holds to the schema."""
    value = _json(answer)
    if status != 200:
        error = isinstance(value, dict) and isinstance(value.get("message"), str)
        return [] if error and status in EVERYWHERE else [Fault("answered", f"GraphQL {status}", "has no message")]
    if not isinstance(value, dict) or not value.keys() <= {"data", "errors", "extensions"} or not value:
        return [Fault("answered", "GraphQL", "has other keys than data, errors and extensions")]
    return [
        Fault("answered", "GraphQL", f"has an error that is none: {error}")
        for error in value.get("errors", ())
        if not isinstance(error.get("message"), str)
        or not error.keys() <= {"type", "path", "locations", "message", "extensions"}
    ]


@cache
def operation_of(method: str, path: str) -> str | None:
    """The operation of the description that a path leads to."""
    plain = named(path.removeprefix(_ENTERPRISE))
    # Every address that `GET` reads can be asked for its headers alone: described in words.
    method = "GET" if method == "HEAD" else method
    return next((name for name, pattern in _operations() if pattern.fullmatch(f"{method} {plain}")), None)


@cache
def graphql_schema() -> GraphQLSchema:
    """GitHub's schema, as it was cut for the embedded GitHub; its own scalars are texts."""
    named = json.loads((DATA / "graphql.json").read_text(encoding="utf-8"))["schema"]["file"]
    schema = build_schema((ROOT / named).read_text(encoding="utf-8"))
    for kind in schema.type_map.values():
        if is_scalar_type(kind) and not is_specified_scalar_type(kind):
            kind.coerce_input_value = _text
            kind.coerce_input_literal = lambda node: _text(value_from_ast_untyped(node))
    return schema


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise GraphQLError(f"{value!r} is no text")
    return value


@lru_cache(maxsize=512)
def _read(text: str) -> tuple[DocumentNode | None, tuple[GraphQLError, ...]]:
    try:
        document = parse(text)
    except GraphQLError as error:
        return None, (error,)
    except RecursionError:
        return None, (GraphQLError("is nested too deeply"),)
    return document, tuple(validate(graphql_schema(), document, _RULES))


def _parameters(operation: str, described: Mapping[str, Any], query: str, status: int) -> Iterator[Fault]:
    for name, value in parse_qsl(query, keep_blank_values=True):
        if name not in described:
            yield Fault("asked", operation, f"has no parameter {name}")
        elif status not in _REFUSED:
            place = ("operations", operation, "query", name)
            if not any(_validator("rest.json", place).is_valid(meant) for meant in _meant(value)):
                yield Fault("asked", f"{operation} ?{name}", f"takes no {value!r}")


def _request(operation: str, described: Any, status: int, request: bytes) -> Iterator[Fault]:
    if status in _REFUSED or not request.strip():
        return
    value = _json(request)
    if described is None:
        if value != {}:
            yield Fault("asked", operation, "takes no body")
        return
    yield from _misfits("asked", operation, "rest.json", ("operations", operation, "request"), value)


def _answer(operation: str, described: Mapping[str, Any], status: int, answer: bytes) -> Iterator[Fault]:
    where = f"{operation} {status}"
    if str(status) in described and (described[str(status)] is not None or status < 400):
        if described[str(status)] is not None:
            place = ("operations", operation, "responses", str(status))
            yield from _misfits("answered", where, "rest.json", place, _json(answer))
        elif answer not in (b"", b"{}"):
            yield Fault("answered", where, "has no body")
    elif status not in EVERYWHERE:
        yield Fault("answered", where, "is no status that the description lists")
    elif answer:
        yield from _misfits("answered", where, "rest.json", ("schemas", "validation-error"), _error(_json(answer)))


def _error(value: Any) -> Any:
    """An error where none is described: it has no page of its own in the documentation."""
    return {"documentation_url": "", **value} if isinstance(value, dict) else value


def _misfits(side: str, where: str, file: str, place: tuple[str, ...], value: Any) -> Iterator[Fault]:
    for error in _validator(file, place).iter_errors(value):
        path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in error.instance_path)
        yield Fault(side, f"{where} {path}".rstrip(), error.message[-_LONGEST:])


def _meant(value: str) -> Iterator[int | bool | str]:
    """What a value of a query may mean; clients write a boolean in either way."""
    yield value
    if _NUMBER.fullmatch(value):
        yield int(value)
    if value in ("true", "false", "1", "0"):
        yield value in ("true", "1")


def _json(raw: bytes) -> Any:
    try:
        return json.loads(raw) if raw else None
    except ValueError:
        return raw.decode("utf-8", "replace")


@cache
def _operations() -> list[tuple[str, re.Pattern[str]]]:
    """Operations with the pattern of their paths, literal ones before those with a parameter in the same place."""
    names = sorted(document("rest.json")["operations"], key=lambda name: (name.count("{"), name))
    return [(name, re.compile(_pattern(name))) for name in names]


def _pattern(operation: str) -> str:
    parts = re.split(r"\{(\w+)\}", operation)
    return "".join(
        re.escape(part) if number % 2 == 0 else ".*" if part == "path" else "[^/]+" for number, part in enumerate(parts)
    )


@cache
def _validator(file: str, place: tuple[str, ...]) -> Draft202012Validator:
    whole = document(file)
    # A pointer in a `$ref` is a URI's fragment, where braces and spaces are not at home.
    target = pointer(place).replace("{", "%7B").replace("}", "%7D").replace(" ", "%20")
    return Draft202012Validator({**whole, "$ref": target}, validate_formats=True)


@cache
def document(file: str) -> dict[str, Any]:
    """A description with what is known beyond it: the keys that are always there, and the corrections."""
    whole: dict[str, Any] = json.loads((DATA / file).read_text(encoding="utf-8"))
    always = json.loads((DATA / "real_keys.json").read_text(encoding="utf-8"))[file.removesuffix(".json")]
    for place, keys in always.items():
        schema = _at(whole, place)
        schema["required"] = sorted({*schema.get("required", ()), *keys})
    for correction in CORRECTIONS:
        if correction.file == file:
            whole["schemas"].update(correction.schemas)
            for schema in _corrected(whole, correction):
                _correct(schema, correction)
    return whole


def _corrected(document: dict[str, Any], correction: Correction) -> list[dict[str, Any]]:
    """The schemas that a correction is about."""
    named = [_at(document, place) for place in correction.places]
    alike = [schema for schema in _objects(document) if correction.having and _has(schema, correction.having)]
    return [*named, *alike]


def _objects(part: Any) -> Iterator[dict[str, Any]]:
    """Every schema that names its keys, wherever it is."""
    if isinstance(part, dict):
        if isinstance(part.get("properties"), dict):
            yield part
        for inner in part.values():
            yield from _objects(inner)
    if isinstance(part, list):
        for inner in part:
            yield from _objects(inner)


def _has(schema: Mapping[str, Any], names: Iterable[str]) -> bool:
    return all(name in schema["properties"] for name in names)


def _correct(schema: dict[str, Any], correction: Correction) -> None:
    if correction.instead is not None:
        schema.clear()
        schema.update(correction.instead)
        return
    if correction.keys:
        schema["properties"] = {**correction.keys, **schema["properties"]}
    required = {*schema.get("required", ()), *correction.required} - set(correction.optional)
    schema["required"] = sorted(required)
    schema.update(correction.also)
    if correction.events:
        schema["properties"]["event"]["enum"] += correction.events
        schema["allOf"] = [*schema["allOf"], *map(_for_event, correction.events.items())]


def _for_event(event: tuple[str, str]) -> dict[str, Any]:
    name, schema = event
    return {"if": {"properties": {"event": {"const": name}}}, "then": {"$ref": f"#/schemas/{schema}"}}


def _at(document: Any, place: str) -> dict[str, Any]:
    for step in place.removeprefix("#/").split("/"):
        name = step.replace("~1", "/").replace("~0", "~")
        document = document[int(name)] if isinstance(document, list) else document[name]
    found: dict[str, Any] = document
    return found
