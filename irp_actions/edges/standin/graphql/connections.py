"""Connections: a window onto a list, addressed by cursors.

A cursor names the place of an item, not its number, so that pages stay right while items come and go.
Source: "Using pagination in the GraphQL API".
"""

import base64
import json
import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from graphql import FieldNode, FragmentSpreadNode, InlineFragmentNode, SelectionSetNode

from irp_actions.edges.standin.graphql.scene import Info
from irp_actions.edges.standin.world.refusals import Refusal

T = TypeVar("T")
Place = Callable[[Any], Any]
LARGEST_PAGE = 100
_MARK = "cursor:v2:"
_OF_A_PAGE = ("nodes", "edges", "pageInfo")


class MissingBoundaries(Refusal):
    """Neither `first` nor `last` was given."""

    kind = "MISSING_PAGINATION_BOUNDARIES"


class ExcessivePage(Refusal):
    """More was asked for than a page holds."""

    kind = "EXCESSIVE_PAGINATION"


class InvalidCursor(Refusal):
    """A cursor that this list never gave out."""

    kind = "INVALID_CURSOR_ARGUMENTS"

    def __init__(self, cursor: str) -> None:
        super().__init__(f"`{cursor}` does not appear to be a valid cursor.")


@dataclass(frozen=True, slots=True)
class Connection:
    """A page of a list, as the schema's connection types have it.

    Attributes:
        items: What is on the page.
        place: What cursors are made of: an item's place in the order of the list.
        total: How many there are on all pages.
        before: How many come before this page.
    """

    items: Sequence[Any]
    place: Place
    total: int
    before: int
    extra: dict[str, Any]

    @property
    def nodes(self) -> Sequence[Any]:
        """The items themselves."""
        return self.items

    @property
    def edges(self) -> list[dict[str, Any]]:
        """The items with their cursors."""
        return [self.edge(item) for item in self.items]

    @property
    def page_info(self) -> dict[str, Any]:
        """Where the page starts and ends, and whether there is more."""
        return {
            "startCursor": cursor_of(self.place(self.items[0])) if self.items else None,
            "endCursor": cursor_of(self.place(self.items[-1])) if self.items else None,
            "hasPreviousPage": self.before > 0,
            "hasNextPage": self.before + len(self.items) < self.total,
        }

    def edge(self, item: Any) -> dict[str, Any]:
        """An item with its cursor."""
        return {"cursor": cursor_of(self.place(item)), "node": item}


def connect(info: Info, items: Sequence[T], place: Place, arguments: dict[str, Any], **extra: Any) -> Connection:
    """The page that `first`, `last`, `after` and `before` ask for.

    Args:
        info: Where in the query the connection stands; its name is part of GitHub's complaints.
        items: The whole list.
        place: The key the list is sorted by, ascending; it must be unique.
        arguments: The connection's arguments.
        extra: Further fields of this connection.

    Raises:
        MissingBoundaries: There is neither `first` nor `last`, and more is asked than how many there are.
        ExcessivePage: There is more than a hundred of either.
    """
    first, last = _checked(info, arguments)
    start = _after(items, place, arguments.get("after"))
    end = _before(items, place, arguments.get("before"))
    if first is not None:
        end = min(end, start + first)
    if last is not None:
        start = max(start, end - last)
    return Connection(items[start:end], place, len(items), start, extra)


def cursor_of(place: Any) -> str:
    """An opaque cursor, in GitHub's `cursor:v2:` form."""
    return base64.b64encode(f"{_MARK}{json.dumps(place)}".encode()).decode()


def _checked(info: Info, arguments: dict[str, Any]) -> tuple[int | None, int | None]:
    first, last = arguments.get("first"), arguments.get("last")
    name = info.field_name
    if first is None and last is None:
        if not any(_has_page(node.selection_set, info) for node in info.field_nodes):
            return 0, None
        message = f"You must provide a `first` or `last` value to properly paginate the `{name}` connection."
        raise MissingBoundaries(message)
    for word, size in (("first", first), ("last", last)):
        if size is not None and size > LARGEST_PAGE:
            message = (
                f"Requesting {size} records on the `{name}` connection exceeds the `{word}` limit of "
                f"{LARGEST_PAGE} records."
            )
            raise ExcessivePage(message)
        if size is not None and size < 0:
            raise ExcessivePage(f"`{word}` on the `{name}` connection cannot be less than zero.")
    return first, last


def _has_page(selections: SelectionSetNode | None, info: Info) -> bool:
    """Whether a connection is asked for a page; GitHub's command line asks some for nothing but `totalCount`."""
    for selection in selections.selections if selections else ():
        match selection:
            case FieldNode():
                found = selection.name.value in _OF_A_PAGE
            case FragmentSpreadNode():
                found = _has_page(info.fragments[selection.name.value].selection_set, info)
            case InlineFragmentNode():
                found = _has_page(selection.selection_set, info)
            case _:
                found = False
        if found:
            return True
    return False


def _after(items: Sequence[Any], place: Place, cursor: str | None) -> int:
    """The index of the first item behind a cursor."""
    return 0 if not cursor else _index(items, place, cursor, inclusive=True)


def _before(items: Sequence[Any], place: Place, cursor: str | None) -> int:
    """The index behind the last item before a cursor."""
    return len(items) if not cursor else _index(items, place, cursor, inclusive=False)


def _index(items: Sequence[Any], place: Place, cursor: str, *, inclusive: bool) -> int:
    """How many items stand before a cursor's place (or at it, if inclusive), found by halving."""
    wanted = _place_of(cursor)
    reaches = operator.le if inclusive else operator.lt
    low, high = 0, len(items)
    while low < high:
        middle = (low + high) // 2
        try:
            is_behind = reaches(place(items[middle]), wanted)
        except TypeError as error:
            raise InvalidCursor(cursor) from error
        low, high = (middle + 1, high) if is_behind else (low, middle)
    return low


def _place_of(cursor: str) -> Any:
    try:
        prefix, _, place = base64.b64decode(cursor, validate=True).decode().partition(_MARK)
        if prefix:
            raise InvalidCursor(cursor)
        return json.loads(place)
    except ValueError as error:
        raise InvalidCursor(cursor) from error
