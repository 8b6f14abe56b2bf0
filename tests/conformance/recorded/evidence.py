"""What recordings of late show that the real GitHub always sends, and what it ever sends.

Bodies are walked together with GitHub's own description of them, so that what one operation shows of an issue or an
account also counts for the others, and an event is held against events of its kind.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from jsonschema_rs import Draft202012Validator

from tests.conformance import checker
from tests.conformance.recorded.exchanges import Exchange
from tools.conformance.keys import Learner, Place, pointer, schema_at

# A place seen less often proves nothing about what is always there.
ENOUGH = 3
# As often as this something has to be seen that is never null.
MANY = 20
# GitHub describes what an edited issue is like a second time, in place.
_ALIKE = {"PATCH /repos/{owner}/{repo}/issues/{issue_number}": "GET /repos/{owner}/{repo}/issues/{issue_number}"}
# Of the connection, not of the answer; or of the one token that was used.
_OF_THE_WAY = frozenset(
    {
        *("connection", "content-encoding", "content-length", "date", "server", "status", "transfer-encoding"),
        *("accept-ranges", "github-authentication-token-expiration", "x-accepted-oauth-scopes", "x-oauth-scopes"),
        *("x-accepted-github-permissions", "x-github-edge-region", "x-oauth-client-id", "x-runtime-rack"),
    }
)
_SORTS = {204: "without a body", 205: "without a body", 304: "as it was", 401: "not let in"}
_SAID = ("cache-control", "content-type", "vary", "x-github-api-version-selected", "x-github-media-type")

# Of the places of the one description that all shapes are of.
_VALIDATORS: dict[Place, Draft202012Validator] = {}


class Shapes(Learner):
    """Which keys and types were seen at each place of GitHub's description.

    Attributes:
        types: How often each type was seen.
        strange: Where something was seen that is none of several things described.
    """

    def __init__(self) -> None:
        super().__init__(checker.document("rest.json"))
        self._validators = _VALIDATORS
        self.types: dict[Place, Counter[str]] = defaultdict(Counter)
        self.strange: set[Place] = set()
        self._objects: Counter[Place] = Counter()
        self._had: dict[Place, Counter[str]] = defaultdict(Counter)

    def see(self, place: Place, value: Any) -> None:
        """Learn from one value that the schema at a place describes."""
        self.types[place][kind(value)] += 1
        schema = schema_at(self._document, place)
        if isinstance(value, dict) and "properties" in schema and "allOf" not in schema:
            # Pull requests come in the place of issues, and have other keys.
            which = (*place, "pull request") if "pull_request" in value else place
            self._objects[which] += 1
            self._had[which].update(value.keys())
        choices = [(*place, way, str(at)) for way in ("anyOf", "oneOf") for at, _ in enumerate(schema.get(way, ()))]
        if choices and not any(self._fits(choice, value) for choice in choices):
            self.strange.add(place)
        super().see(place, value)

    def objects(self) -> set[Place]:
        """The places at which there were objects."""
        return set(self._objects)

    def count(self, place: Place) -> int:
        """How many objects were seen at a place."""
        return self._objects[place]

    def ever(self, place: Place) -> set[str]:
        """The keys that any of them had."""
        return set(self._had[place])

    def described(self, place: Place) -> set[str]:
        """The keys that GitHub's description has there."""
        plain = place[:-1] if place[-1] == "pull request" else place
        return set(schema_at(self._document, plain)["properties"])

    def each(self, place: Place) -> set[str]:
        """The keys that all of them had."""
        return {key for key, count in self._had[place].items() if count == self._objects[place]}


@dataclass
class Evidence:
    """What some recordings show.

    Attributes:
        shapes: Of bodies.
        errors: The keys that errors ever had.
    """

    shapes: Shapes = field(default_factory=Shapes)
    errors: set[str] = field(default_factory=set)
    _headers: dict[str, list[Mapping[str, str]]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, exchanges: Iterable[Exchange]) -> "Evidence":
        """What all that was recorded of late shows; of headers, operations that are not served here show it too."""
        found = cls()
        for each in exchanges:
            if each.is_recent and not each.is_cut:
                found._headers[sort_of(each)].append(each.headers)
                if each.status >= 400 and isinstance(each.body, dict):
                    found.errors |= each.body.keys()
                elif each.operation:
                    look(found.shapes, each.operation, each.status, each.body)
        return found

    @cached_property
    def headers_always(self) -> dict[str, set[str]]:
        """Which headers answers of a sort always had."""
        return {
            sort: {
                name for name, count in Counter(name for each in seen for name in each).items() if count == len(seen)
            }
            - _OF_THE_WAY
            for sort, seen in self._headers.items()
            if len(seen) >= ENOUGH
        }

    @cached_property
    def headers_ever(self) -> dict[str, set[str]]:
        """Which headers they ever had."""
        return {sort: {name for each in seen for name in each} for sort, seen in self._headers.items()}

    @cached_property
    def headers_said(self) -> dict[tuple[str, str], set[str]]:
        """What those headers said that do not say something else each time, by sort and name."""
        said: dict[tuple[str, str], set[str]] = defaultdict(set)
        for sort, seen in self._headers.items():
            for name in _SAID:
                said[sort, name] |= {plain(name, each[name]) for each in seen if name in each}
        return said


def sort_of(exchange: Exchange) -> str:
    """Which sort of answer it is: answers of one sort have the same headers."""
    if exchange.path == "/graphql":
        return "GraphQL"
    if exchange.status in _SORTS:
        return f"REST, {_SORTS[exchange.status]}"
    if exchange.status >= 300:
        return "REST, refused" if exchange.status >= 400 else "REST, elsewhere"
    # What GitHub searches for, which is not served here, is not kept by clients, and has fewer headers.
    return "REST, read" if exchange.operation and exchange.method == "GET" else "REST, with a body"


def look(shapes: Shapes, operation: str, status: int, body: Any) -> None:
    """Learn from an answer, if its body is described."""
    operation = _ALIKE.get(operation, operation)
    responses = checker.document("rest.json")["operations"][operation]["responses"]
    if body is not None and responses.get(str(status)):
        shapes.see(("operations", operation, "responses", str(status)), body)


def kind(value: Any) -> str:
    """The type of a value, as JSON has them."""
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int() | float():
            return "number"
        case str():
            return "text"
        case list():
            return "list"
        case _:
            return "object"


def plain(name: str, text: str) -> str:
    """What a header says, without the previews that were asked for, and without spaces that mean nothing."""
    parts = [part.strip() for part in text.split(";" if name == "x-github-media-type" else ",")]
    if name == "x-github-media-type":
        return "; ".join(part for part in parts if not part.endswith("-preview"))
    return ", ".join(sorted(set(parts))) if name == "vary" else text


def spot(place: Place) -> str:
    """A place in few words: what kind of thing it is about, and the way from there."""
    steps = [step for step in place if step not in ("properties", "items", "anyOf", "oneOf", "allOf", "then")]
    start = max((at for at, step in enumerate(steps) if step == "schemas"), default=None)
    shown = steps[start + 1 :] if start is not None else steps[1:]
    return ".".join(step for step in shown if not step.isdecimal()) if start is not None else pointer(place)
