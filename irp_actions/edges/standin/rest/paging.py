"""Lists come in pages, and the `Link` header says where the others are.

Source: "Using pagination in the REST API".
"""

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import urlencode

from irp_actions.edges.standin.clock import moment_of
from irp_actions.edges.standin.rest.exchange import Answer, Request
from irp_actions.edges.standin.world.refusals import Invalid

T = TypeVar("T")

_NUMBER = re.compile("0*([0-9]{1,18})", re.ASCII)

DEFAULT_SIZE = 30
LARGEST_SIZE = 100


def paged(request: Request, items: Sequence[T], render: Callable[[T], Any]) -> Answer:
    """One page of a list; only what is on the page is rendered."""
    size, page = _size(request), _positive(request.query.get("page"), 1)
    shown = items[(page - 1) * size : page * size]
    return Answer(200, [render(item) for item in shown], _links(request, page, -(-len(items) // size)))


def counted(request: Request, name: str, items: Sequence[T], render: Callable[[T], Any]) -> Answer:
    """As `paged`, for the lists that GitHub wraps in an object with their length."""
    answer = paged(request, items, render)
    return Answer(200, {"total_count": len(items), name: answer.value}, answer.headers)


def since(request: Request) -> datetime | None:
    """The moment a list starts from, if the query says so.

    Raises:
        Invalid: It is no moment.
    """
    text = request.query.get("since")
    try:
        return None if text is None else moment_of(text)
    except ValueError as error:
        raise Invalid("The since parameter needs to be in ISO 8601 format: YYYY-MM-DDTHH:MM:SSZ") from error


def _links(request: Request, page: int, last: int) -> tuple[tuple[str, str], ...]:
    """Where the other pages are; from behind the last one the way back is to the last that holds something."""
    if last <= 1:
        return ()
    targets = {"prev": min(page - 1, last), "next": page + 1, "last": last, "first": 1}
    if page == 1:
        del targets["prev"], targets["first"]
    if page >= last:
        del targets["next"]
    if page == last:
        del targets["last"]
    return (("Link", ", ".join(f'<{_address(request, number)}>; rel="{name}"' for name, number in targets.items())),)


def _address(request: Request, page: int) -> str:
    """The address of another page; GitHub names the repository by its id there."""
    repository = request.world.repository
    path = request.path.replace(f"/repos/{request.urls.repository}", f"/repositories/{repository.id}", 1)
    return f"{request.urls.api}{path}?{urlencode({**request.query, 'page': page})}"


def _size(request: Request) -> int:
    return min(_positive(request.query.get("per_page"), DEFAULT_SIZE), LARGEST_SIZE)


def _positive(text: str | None, default: int) -> int:
    """GitHub refuses no value here: what is no number, or none that is above zero, is as if it was not sent."""
    found = _NUMBER.fullmatch(text or "")
    return (found and int(found[1])) or default
