"""A world as JSON and back: the records as they are, nothing derived."""

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from irp_actions.edges.standin.clock import moment_of, stamp
from irp_actions.edges.standin.ids import Ids
from irp_actions.edges.standin.world.records import Comment, Issue, Label, Repository, TimelineEvent, User
from irp_actions.edges.standin.world.roles import Role
from irp_actions.edges.standin.world.world import World

FORMAT = 1
R = TypeVar("R")

# Derived from the comments and the events, so not saved.
_DERIVED = ("timeline",)


def saved(world: World) -> dict[str, Any]:
    """Everything the world remembers, ready for JSON."""
    return {
        "format": FORMAT,
        "clock": stamp(world.clock.now()) if world.clock.is_simulated else None,
        "ids": world.ids.given,
        "places": world.places,
        "repository": _plain(world.repository),
        "users": [_plain(user) for user in world.accounts.by_id.values()],
        "labels": [_plain(label) for label in world.labels.values()],
        "issues": [_plain(issue) for issue in world.issues_by_update()],
        "deleted_issues": sorted(world.deleted_issues),
    }


def restore(world: World, state: Mapping[str, Any]) -> None:
    """Let a world remember what was saved, and nothing else.

    A simulated clock goes on from where it stood, unless it was started later than that.

    Raises:
        ValueError: The state is of another format or another repository.
    """
    if state.get("format") != FORMAT:
        raise ValueError(f"this state has format {state.get('format')!r}, and this stand-in reads {FORMAT}")
    repository = _record(Repository, state["repository"])
    if repository.full_name != world.repository.full_name:
        raise ValueError(f"this state is of {repository.full_name}, not of {world.repository.full_name}")
    world.repository = repository
    world.ids = Ids(state["ids"])
    world.places = state["places"]
    world.empty()
    for user in state["users"]:
        world.accounts.keep(_record(User, user))
    for label in state["labels"]:
        world.keep_label(_record(Label, label))
    for record in state["issues"]:
        issue = _record(Issue, record)
        everything: list[Comment | TimelineEvent] = [*issue.comments, *issue.events]
        issue.timeline = sorted(everything, key=lambda item: item.place)
        world.keep_issue(issue)
    world.deleted_issues = set(state["deleted_issues"])
    if world.clock.is_simulated and state["clock"] is not None:
        world.clock.set(max(world.clock.now(), moment_of(state["clock"])))


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        names = [field.name for field in dataclasses.fields(value) if field.name not in _DERIVED]
        return {name: _plain(getattr(value, name)) for name in names}
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def _record(kind: type[R], value: Mapping[str, Any]) -> R:
    hints = typing.get_type_hints(kind)
    return kind(**{name: _typed(hints[name], item) for name, item in value.items()})


def _typed(hint: Any, value: Any) -> Any:
    """A JSON value as what a record's field holds."""
    if value is None:
        return None
    if isinstance(hint, types.UnionType):
        return _typed(next(part for part in typing.get_args(hint) if part is not types.NoneType), value)
    origin = typing.get_origin(hint)
    if origin is list:
        return [_typed(typing.get_args(hint)[0], item) for item in value]
    if origin is tuple:
        return tuple(value)
    if hint is datetime:
        return moment_of(value)
    if hint is Role:
        return Role(value)
    return _record(hint, value) if isinstance(value, dict) else value
