"""The table of operations: a method and a path's template lead to one handler."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from irp_actions.edges.standin.rest.exchange import Answer, Request

Handler = Callable[[Request], Answer]


@dataclass(frozen=True, slots=True)
class Route:
    """One operation of the REST API.

    Attributes:
        method: The HTTP method.
        template: The path as GitHub's documentation writes it.
        docs: The operation's page below `https://docs.github.com/rest/`, sent with its errors.
        handler: What answers.
        locked: Whether the world is locked while it does; not so for what calls the Actions engine.
    """

    method: str
    template: str
    docs: str
    handler: Handler
    locked: bool = True

    @property
    def operation(self) -> str:
        """How the operation is named in the request log."""
        return f"{self.method} {self.template}"


class Routes:
    """The operations of one module, each declared beside its handler."""

    def __init__(self) -> None:
        self._routes: list[Route] = []

    def __iter__(self) -> Iterator[Route]:
        return iter(self._routes)

    def add(self, operation: str, docs: str, *, locked: bool = True) -> Callable[[Handler], Handler]:
        """Declare the decorated handler to answer `METHOD /template`."""
        method, _, template = operation.partition(" ")

        def register(handler: Handler) -> Handler:
            self._routes.append(Route(method, template, docs, handler, locked))
            return handler

        return register


@dataclass(slots=True)
class _Branch:
    """One segment of the paths known: what may follow, literally or as a parameter, and what ends here."""

    literal: dict[str, "_Branch"] = field(default_factory=dict)
    parameter: "_Branch | None" = None
    routes: dict[str, Route] = field(default_factory=dict)


class Router:
    """Finds the operation of a path; segments are compared before they are percent-decoded.

    A slash at the end makes it another path; source: "Troubleshooting the REST API".
    """

    def __init__(self, routes: Iterable[Route]) -> None:
        self._root = _Branch()
        for route in routes:
            self._plant(route)

    def find(self, method: str, path: str) -> tuple[Route, dict[str, str]] | None:
        """The operation of a method and path, with what its template's braces stand for."""
        found = _find(self._root, path.removeprefix("/").split("/"), method)
        if found is None:
            return None
        route, segments = found
        names = [part.strip("{}") for part in route.template.strip("/").split("/") if part.startswith("{")]
        return route, dict(zip(names, map(unquote, segments), strict=True))

    def _plant(self, route: Route) -> None:
        branch = self._root
        for part in route.template.strip("/").split("/"):
            if part.startswith("{"):
                branch.parameter = branch.parameter or _Branch()
                branch = branch.parameter
            else:
                branch = branch.literal.setdefault(part, _Branch())
        branch.routes[route.method] = route


def _find(branch: _Branch, parts: list[str], method: str) -> tuple[Route, list[str]] | None:
    if not parts:
        route = branch.routes.get(method)
        return None if route is None else (route, [])
    first, *rest = parts
    if first in branch.literal:
        found = _find(branch.literal[first], rest, method)
        if found is not None:
            return found
    if branch.parameter is None or not first:
        return None
    greedy = branch.parameter.routes.get(method)
    if greedy is not None and greedy.template.endswith("/{path}"):
        return greedy, ["/".join(parts)]
    found = _find(branch.parameter, rest, method)
    return None if found is None else (found[0], [first, *found[1]])
