"""The whole REST API: finds the operation, guards the repository, and answers refusals as GitHub does."""

from typing import Any

from irp_actions.edges.standin.rest import comments, issues, labels, people, reactions, repository, workflows
from irp_actions.edges.standin.rest.exchange import Answer, Request
from irp_actions.edges.standin.rest.routes import Route, Router, Routes
from irp_actions.edges.standin.world.callers import require
from irp_actions.edges.standin.world.refusals import NotFound, Refusal
from irp_actions.edges.standin.world.world import World

_MODULES = (issues, comments, labels, reactions, people, repository, workflows)
_DOCS = "https://docs.github.com/rest"


def _all_routes() -> list[Route]:
    tables: list[Routes] = [module.routes for module in _MODULES]
    return [route for table in tables for route in table]


ROUTES = tuple(_all_routes())
_ROUTER = Router(ROUTES)


def find(world: World, method: str, path: str) -> tuple[Route, dict[str, str]] | None:
    """The operation of a path below the API's root, which may name the repository by its id."""
    return _ROUTER.find(method, canonical(world, path))


def canonical(world: World, path: str) -> str:
    """A path with the repository by name, where it was given by id as in `Link` headers."""
    by_id = f"/repositories/{world.repository.id}"
    if path == by_id or path.startswith(f"{by_id}/"):
        return path.replace(by_id, f"/repos/{world.repository.full_name}", 1)
    return path


def answer(route: Route, request: Request) -> Answer:
    """Let a route's handler answer, or say as GitHub does why it will not."""
    try:
        if not route.locked:
            _guard(request)
            return route.handler(request)
        with request.world.lock:
            _guard(request)
            return route.handler(request)
    except Refusal as refusal:
        return refused(refusal, f"{_DOCS}/{route.docs}")


def refused(refusal: Refusal, docs: str = _DOCS) -> Answer:
    """A refusal as the body of an error."""
    value: dict[str, Any] = {"message": refusal.message}
    if refusal.errors:
        value["errors"] = [dict(error) for error in refusal.errors]
    return Answer(refusal.status, {**value, "documentation_url": docs, "status": str(refusal.status)})


def unknown(method: str, path: str) -> Answer:
    """The stand-in refuses what it does not know, and says so."""
    return refused(NotFound(f"Not Found: the stand-in does not know {method} {path}"))


def _guard(request: Request) -> None:
    """There is one repository, and not everyone may know of it."""
    owner, name = request.parameters.get("owner"), request.parameters.get("repo")
    if owner is None or name is None:
        return
    if f"{owner}/{name}".casefold() != request.world.repository.full_name.casefold():
        raise NotFound
    require(request.world, request.caller, "see the repository")
