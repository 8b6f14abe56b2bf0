"""The repository in the REST API: itself, its files, events from outside, and the rate limit."""

import base64
import hashlib
from pathlib import Path
from typing import Any
from urllib.parse import quote

from irp_actions.edges.standin.limits import Allowance
from irp_actions.edges.standin.payloads import webhooks
from irp_actions.edges.standin.payloads.repository import full_repository
from irp_actions.edges.standin.rest.exchange import Answer, Request
from irp_actions.edges.standin.rest.routes import Routes
from irp_actions.edges.standin.world.callers import require
from irp_actions.edges.standin.world.refusals import Invalid, NotFound, invalid

routes = Routes()

# What GitHub lets a caller send along with a `repository_dispatch`.
_MOST_PROPERTIES = 10
_LONGEST_EVENT_TYPE = 100


@routes.add("GET /repos/{owner}/{repo}", docs="repos/repos#get-a-repository")
def get_repository(request: Request) -> Answer:
    """Read the repository."""
    require(request.world, request.caller, "see the repository")
    return Answer(200, full_repository(request.world, request.caller, request.urls))


@routes.add("GET /repos/{owner}/{repo}/contents/{path}", docs="repos/contents#get-repository-content")
def get_contents(request: Request) -> Answer:
    """Read a file, base64-encoded, or list a folder, of the checkout; a slash at the end is one too many."""
    require(request.world, request.caller, "read contents")
    if request.path.endswith("/"):
        there = f"{request.urls.api}/repositories/{request.world.repository.id}/contents"
        location = f"{there}/{quote(request.parameters['path'].rstrip('/'))}"
        return Answer(302, None, (("Location", location), ("Content-Type", "text/html;charset=utf-8")))
    root = request.world.checkout.resolve()
    target = _target(root, request.parameters["path"])
    if target.is_dir():
        children = sorted(child for child in target.iterdir() if child.name != ".git")
        return Answer(200, [_entry(request, child, root) for child in children])
    content = base64.encodebytes(target.read_bytes()).decode()
    return Answer(200, {**_entry(request, target, root), "content": content, "encoding": "base64"})


@routes.add("POST /repos/{owner}/{repo}/dispatches", docs="repos/repos#create-a-repository-dispatch-event")
def create_dispatch(request: Request) -> Answer:
    """Let something outside GitHub cause an event; a job token's starts runs too."""
    require(request.world, request.caller, "dispatch an event")
    body = request.body()
    event_type, payload = body.required_text("event_type"), body.object("client_payload")
    if not 0 < len(event_type) <= _LONGEST_EVENT_TYPE:
        raise invalid("RepositoryDispatch", "event_type", "invalid")
    if len(payload) > _MOST_PROPERTIES:
        raise Invalid(
            f"Invalid request.\n\nNo more than {_MOST_PROPERTIES} properties are allowed; {len(payload)} were supplied."
        )
    request.world.outbox.append(webhooks.repository_dispatch(request.world, request.caller, event_type, payload))
    return Answer(204)


@routes.add("GET /rate_limit", docs="rate-limit/rate-limit#get-rate-limit-status-for-the-authenticated-user")
def get_rate_limit(request: Request) -> Answer:
    """Say what is left of the hour; this request itself is free."""
    names = ("core", "graphql", "search")
    resources = {name: _allowance(request.limits.look(request.caller, name)) for name in names}
    return Answer(200, {"resources": resources, "rate": resources["core"]})


def _target(root: Path, path: str) -> Path:
    """The file or folder of a path below a root.

    Raises:
        NotFound: There is none, or it is none of theirs; no file system has such a name.
    """
    try:
        target = (root / path).resolve()
        relative = target.relative_to(root)
        if ".git" in relative.parts or not target.exists():
            raise NotFound
    except (OSError, ValueError) as error:
        raise NotFound from error
    return target


def _allowance(allowance: Allowance) -> dict[str, Any]:
    return {
        "limit": allowance.limit,
        "used": min(allowance.used, allowance.limit),
        "remaining": allowance.remaining,
        "reset": allowance.reset,
    }


def _entry(request: Request, target: Path, root: Path) -> dict[str, Any]:
    """A file or folder as GitHub lists it; `sha` is git's own for a file."""
    path = target.relative_to(root).as_posix()
    is_file = target.is_file()
    data = target.read_bytes() if is_file else b""
    kind = "blob" if is_file else "tree"
    digest = hashlib.sha1(b"blob %d\0" % len(data) + data if is_file else path.encode(), usedforsecurity=False)
    branch = request.world.repository.default_branch
    url = f"{request.urls.repo}/contents/{quote(path)}?ref={branch}"
    git_url = f"{request.urls.repo}/git/{kind}s/{digest.hexdigest()}"
    page = f"{request.urls.repo_page}/{kind}/{branch}/{quote(path)}"
    return {
        "name": target.name,
        "path": path,
        "sha": digest.hexdigest(),
        "size": len(data),
        "url": url,
        "html_url": page,
        "git_url": git_url,
        "download_url": f"{request.urls.repo_page}/raw/{branch}/{quote(path)}" if is_file else None,
        "type": "file" if is_file else "dir",
        "_links": {"self": url, "git": git_url, "html": page},
    }
