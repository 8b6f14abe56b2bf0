"""GitHub's OpenAPI 3.0 schemas become JSON Schema that lets nothing pass which GitHub does not describe.

Four things are done to each: `nullable` is spelled as JSON Schema does, `allOf` is merged into one object, an object
that names its keys allows no others, and a list of alternatives told apart by `event` says which one an event is.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Schema = dict[str, Any]

COMPONENTS = "#/components/schemas/"
# What says something about values. All else is for readers, or for generators of clients.
_KEPT = frozenset(
    (
        *("$ref", "type", "enum", "format", "pattern", "nullable", "not", "allOf", "anyOf", "oneOf"),
        *("items", "minItems", "maxItems", "uniqueItems", "minimum", "maximum", "minLength", "maxLength"),
        *("properties", "required", "additionalProperties", "minProperties", "maxProperties"),
    )
)
# Schemas of events that do not name their event: GitHub's documentation does, in words.
_EVENTS: Mapping[str, tuple[str, ...]] = {
    "state-change-issue-event": ("closed", "reopened"),
    "timeline-comment-event": ("commented",),
    "timeline-cross-referenced-event": ("cross-referenced",),
    "added-to-project-issue-event": ("added_to_project",),
    "moved-column-in-project-issue-event": ("moved_columns_in_project",),
    "removed-from-project-issue-event": ("removed_from_project",),
    "converted-note-to-issue-issue-event": ("converted_note_to_issue",),
    "timeline-line-commented-event": ("line-commented",),
    "timeline-commit-commented-event": ("commit-commented",),
}


class Book:
    """Converts schemas, and remembers which components they refer to.

    Args:
        components: GitHub's `components.schemas`.
    """

    def __init__(self, components: Mapping[str, Schema]) -> None:
        self._components = components
        self._wanted: list[str] = []

    def converted(self, schema: Schema) -> Schema:
        """A schema and all it holds, except components, which are referred to by name."""
        kept = {key: value for key, value in schema.items() if key in _KEPT}
        if "allOf" in kept:
            kept = self._merged(kept.pop("allOf"), kept)
        if "$ref" in kept:
            name = str(kept["$ref"]).removeprefix(COMPONENTS)
            self._wanted.append(name)
            return {"$ref": f"#/schemas/{name}"}
        events = self._events(kept)
        if events:
            return self._told_apart(events)
        return _or_null({key: self._converted(key, value) for key, value in _closed(kept).items()})

    def components(self) -> dict[str, Schema]:
        """Every component that a converted schema leads to."""
        done: dict[str, Schema] = {}
        while self._wanted:
            name = self._wanted.pop()
            if name not in done:
                done[name] = {}
                done[name] = self.converted(self._components[name])
        return dict(sorted(done.items()))

    def _converted(self, key: str, value: Any) -> Any:
        match key, value:
            case "properties", dict():
                return {name: self.converted(schema) for name, schema in value.items()}
            case (("anyOf" | "oneOf"), list()):
                return [self.converted(schema) for schema in value]
            case (("items" | "additionalProperties" | "not"), dict()):
                return self.converted(value)
            case "enum", list():
                return list(dict.fromkeys(value))
            case "required", list():
                return sorted(set(value))
        return value

    def _merged(self, parts: Iterable[Schema], rest: Schema) -> Schema:
        """One object in place of several that hold at once; where two speak of a key, both are heard."""
        whole: Schema = dict(rest)
        for part in parts:
            whole = _joined(whole, self._resolved(part))
        return {key: value for key, value in whole.items() if key in _KEPT}

    def _resolved(self, schema: Schema) -> Schema:
        return self._components[schema["$ref"].removeprefix(COMPONENTS)] if "$ref" in schema else schema

    def _events(self, schema: Schema) -> dict[str, Schema]:
        """The alternatives by the event each is for; empty if this is no list of events."""
        branches = schema.get("anyOf") or schema.get("oneOf") or []
        known = [(part, self._resolved(part)) for part in branches]
        if len(known) < 2 or not all("event" in whole.get("properties", {}) for _, whole in known):
            return {}
        return {
            event: part for part, whole in known for event in _names_of_event(part["$ref"].rpartition("/")[2], whole)
        }

    def _told_apart(self, events: Mapping[str, Schema]) -> Schema:
        return {
            "type": "object",
            "required": ["event"],
            "properties": {"event": {"enum": sorted(events)}},
            "allOf": [
                {"if": {"properties": {"event": {"const": event}}}, "then": self.converted(part)}
                for event, part in sorted(events.items())
            ],
        }


def _names_of_event(name: str, schema: Schema) -> Iterator[str]:
    named = schema["properties"]["event"].get("enum")
    plain = name.removeprefix("timeline-").removesuffix("-event").removesuffix("-issue").replace("-", "_")
    yield from named or _EVENTS.get(name, (plain,))


def _closed(schema: Schema) -> Schema:
    """An object that names its keys has no others."""
    if "properties" not in schema or "additionalProperties" in schema:
        return schema
    return {**schema, "additionalProperties": False}


def _or_null(schema: Schema) -> Schema:
    if schema.pop("nullable", False) is not True:
        return schema
    if isinstance(schema.get("type"), str):
        nullable = {**schema, "type": [schema["type"], "null"]}
        if "enum" in schema and None not in schema["enum"]:
            nullable["enum"] = [*schema["enum"], None]
        return nullable
    return {"anyOf": [schema, {"type": "null"}]}


def _joined(one: Schema, other: Schema) -> Schema:
    """What holds where two schemas do: the first decides, and the second adds."""
    whole = {**other, **one}
    if "properties" in one and "properties" in other:
        keys = {**one["properties"], **other["properties"]}
        whole["properties"] = {
            key: _joined(one["properties"].get(key, {}), other["properties"].get(key, {})) for key in keys
        }
    if "required" in one or "required" in other:
        whole["required"] = sorted({*one.get("required", ()), *other.get("required", ())})
    return whole
