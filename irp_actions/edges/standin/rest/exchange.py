"""A request as a handler sees it, and the answer it gives."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from irp_actions.edges.standin.engine import Engine
from irp_actions.edges.standin.limits import Limits
from irp_actions.edges.standin.urls import Urls
from irp_actions.edges.standin.wire import read_json
from irp_actions.edges.standin.world.callers import Caller
from irp_actions.edges.standin.world.refusals import Invalid, Malformed, NotFound, unfit
from irp_actions.edges.standin.world.world import World

_REASONS: Mapping[str, tuple[type, str]] = {
    "rationale": (str, "a string"),
    "suggest": (bool, "a boolean"),
    "confidence": (str, "a string"),
}
_NUMBER = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class Answer:
    """What to send back; a `value` of `None` is an empty body."""

    status: int = 200
    value: Any = None
    headers: tuple[tuple[str, str], ...] = ()


class Body:
    """A JSON object that was sent, read with GitHub's complaints about what is missing or of the wrong type.

    Args:
        raw: The request's body; an empty one is an empty object.
    """

    def __init__(self, raw: bytes) -> None:
        self.value = read_json(raw) if raw else {}

    def has(self, name: str) -> bool:
        """Whether a key was sent, even with `null`."""
        return name in self._object()

    def value_of(self, name: str) -> Any:
        """Whatever was sent under a key, or `None`."""
        return self._object().get(name)

    def text(self, name: str, *, nullable: bool = False) -> str | None:
        """A text, or `None` if it was not sent, or is `null` where that is described."""
        value = self._object().get(name)
        if isinstance(value, str) or (value is None and (nullable or not self.has(name))):
            return value
        raise _wrong(name, value, "a string")

    def required_text(self, name: str) -> str:
        """A text that must be there."""
        value = self.text(name)
        if value is None:
            raise _missing(name)
        return value

    def flag(self, name: str) -> bool:
        """A boolean; `False` if it was not sent."""
        value = self._object().get(name, False)
        if not isinstance(value, bool):
            raise _wrong(name, value, "a boolean")
        return value

    def object(self, name: str) -> dict[str, Any]:
        """An object; an empty one if it was not sent."""
        value = self._object().get(name)
        if value is not None and not isinstance(value, dict):
            raise _wrong(name, value, "an object")
        return value or {}

    def names(self, name: str, key: str = "name") -> list[str] | None:
        """A list of names, each a text or an object with it under a key; `None` if it was not sent."""
        return _names(name, self.value_of(name), key) if self.has(name) else None

    def required_names(self, name: str, key: str = "name") -> list[str]:
        """A list of names that must be there."""
        names = self.names(name, key)
        if names is None:
            raise _missing(name)
        return names

    def number(self, name: str) -> int | None:
        """A whole number, or `None` if it was not sent or is `null`."""
        value = self._object().get(name)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
            raise _wrong(name, value, "an integer")
        return value

    def names_or_whole(self, name: str) -> list[str]:
        """As `names`, where the whole body may be the list, or the key may be missing."""
        return _names(name, self.value) if isinstance(self.value, list) else self.names(name) or []

    def _object(self) -> dict[str, Any]:
        if not isinstance(self.value, dict):
            raise Malformed("Body should be a JSON object")
        return self.value


def _names(name: str, value: object, key: str = "name") -> list[str]:
    if not isinstance(value, list):
        raise _wrong(name, value, "an array")
    for item in value:
        _check_reasons(name, item)
    return [_name(name, item.get(key) if isinstance(item, dict) else item) for item in value]


def _check_reasons(name: str, item: object) -> None:
    """Programs may say why they want a label or an assignee, and how sure they are; nobody here reads it."""
    given = item if isinstance(item, dict) else {}
    for key, value in given.items():
        fits, expected = _REASONS.get(key, (object, "anything"))
        if not isinstance(value, fits):
            raise _wrong(f"{name}/items/properties/{key}", value, expected)
    if given.get("confidence", "low") not in ("low", "medium", "high"):
        raise _wrong(
            f"{name}/items/properties/confidence", given["confidence"], 'a member of ["low", "medium", "high"]'
        )


def _name(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise _wrong(name, value, "a string")
    return value


def _missing(name: str) -> Invalid:
    return Invalid(f'Invalid request.\n\n"{name}" wasn\'t supplied.')


def _wrong(name: str, value: object, expected: str) -> Invalid:
    shown = "nil" if value is None else json.dumps(value)
    return Invalid(f"Invalid request.\n\nFor 'properties/{name}', {shown} is not {expected}.")


@dataclass(frozen=True, slots=True)
class Request:
    """One request to the REST API, with its caller known.

    Attributes:
        path: The path below the API's root.
        parameters: What the braces of the route's template stand for.
        query: The query, the last value of each name.
        raw: The body as it was sent.
    """

    world: World
    engine: Engine
    limits: Limits
    caller: Caller
    urls: Urls
    path: str
    parameters: Mapping[str, str]
    query: Mapping[str, str]
    raw: bytes

    def body(self) -> Body:
        """The JSON body."""
        return Body(self.raw)

    def number(self, name: str) -> int:
        """A parameter that is a number; anything else is nowhere to be found."""
        text = self.parameters[name]
        if not _NUMBER.fullmatch(text):
            raise NotFound
        return int(text)

    def choice(self, name: str, choices: Sequence[str]) -> str:
        """A query parameter of few values, the first being the default.

        Raises:
            Invalid: It is none of them.
        """
        value = self.query.get(name, choices[0])
        if value not in choices:
            raise unfit("Issue", name, value)
        return value
