"""Which keys GitHub's real traffic always has: its description requires too few of them.

A schema is walked together with each recorded value it describes; a key that no value of the schema lacked is required.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from jsonschema_rs import Draft202012Validator

from tools.conformance.schemas import Schema

# Older traffic lacks keys that have come since; a schema seen less often proves nothing.
SINCE = 2024
_ENOUGH = 3

Place = tuple[str, ...]


class Learner:
    """Counts keys by the place of their schema.

    Args:
        document: Schemas in which every `$ref` points to `#/schemas/NAME`.
    """

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document
        self._seen: Counter[Place] = Counter()
        self._keys: dict[Place, Counter[str]] = defaultdict(Counter)
        self._validators: dict[Place, Draft202012Validator] = {}

    def see(self, place: Place, value: Any) -> None:
        """Learn from one value that the schema at a place describes."""
        schema = schema_at(self._document, place)
        if "$ref" in schema:
            self.see(tuple(schema["$ref"].removeprefix("#/").split("/")), value)
            return
        for branch in _branches(schema, value):
            if len(branch) == 3 or self._fits((*place, *branch), value):
                self.see((*place, *branch), value)
                break
        if isinstance(value, list) and "items" in schema:
            for item in value:
                self.see((*place, "items"), item)
        if isinstance(value, dict) and "properties" in schema and "allOf" not in schema:
            self._seen[place] += 1
            self._keys[place].update(value.keys())
            for key in value.keys() & schema["properties"].keys():
                self.see((*place, "properties", key), value[key])

    def always(self) -> dict[str, list[str]]:
        """The keys that were always there, by the place of their schema, where enough was seen."""
        return {
            pointer(place): sorted(
                key
                for key, count in self._keys[place].items()
                if count == seen and key in schema_at(self._document, place)["properties"]
            )
            for place, seen in sorted(self._seen.items())
            if seen >= _ENOUGH
        }

    def _fits(self, place: Place, value: Any) -> bool:
        if place not in self._validators:
            schema = {**self._document, **schema_at(self._document, place)}
            self._validators[place] = Draft202012Validator(schema)
        return self._validators[place].is_valid(value)


def pointer(place: Iterable[str]) -> str:
    """A place as JSON Pointer writes it."""
    return "#" + "".join(f"/{step.replace('~', '~0').replace('/', '~1')}" for step in place)


def schema_at(document: Mapping[str, Any], place: Iterable[str]) -> Schema:
    """The schema at a place."""
    found: Any = document
    for step in place:
        found = found[int(step)] if isinstance(found, list) else found[step]
    return dict(found)


def learned(document: Mapping[str, Any], values: Iterable[tuple[Place, Any]]) -> dict[str, list[str]]:
    """The keys that some values always have, each value with the place of its schema."""
    learner = Learner(document)
    for place, value in values:
        learner.see(place, value)
    return learner.always()


def _branches(schema: Schema, value: Any) -> Iterator[Place]:
    """The alternatives of a schema that may describe a value."""
    for kind in ("anyOf", "oneOf"):
        yield from ((kind, str(number)) for number, _ in enumerate(schema.get(kind, ())))
    for number, part in enumerate(schema.get("allOf", ())):
        if isinstance(value, dict) and part["if"]["properties"]["event"]["const"] == value.get("event"):
            yield ("allOf", str(number), "then")
