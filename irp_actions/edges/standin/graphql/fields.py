"""Every field of the trimmed schema and what answers it: the table that makes the schema executable."""

from functools import cache
from importlib.resources import files
from typing import Any

from graphql import (
    GraphQLAbstractType,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
    is_abstract_type,
    is_object_type,
)

from irp_actions.edges.standin.acts.timeline import KINDS
from irp_actions.edges.standin.clock import stamp
from irp_actions.edges.standin.graphql.connections import Connection
from irp_actions.edges.standin.graphql.fields_events import EVENTS
from irp_actions.edges.standin.graphql.fields_people import BOT, USER
from irp_actions.edges.standin.graphql.fields_posts import COMMENT, EDIT, ISSUE, REACTION, REACTION_GROUP
from irp_actions.edges.standin.graphql.fields_repository import LABEL, REPOSITORY
from irp_actions.edges.standin.graphql.mutations import MUTATIONS, Mutation
from irp_actions.edges.standin.graphql.scene import Fields, Info, Resolver, scene_of
from irp_actions.edges.standin.world.callers import may, require
from irp_actions.edges.standin.world.records import Comment, Issue, Label, Repository, TimelineEvent, User
from irp_actions.edges.standin.world.refusals import NotFound
from irp_actions.edges.standin.world.world import Node


def _repository(_: None, info: Info, owner: str, name: str, **__: Any) -> Repository:
    scene = scene_of(info)
    repository = scene.world.repository
    is_it = f"{owner}/{name}".casefold() == repository.full_name.casefold()
    if not is_it or not may(scene.world, scene.caller, "see the repository"):
        raise NotFound(f"Could not resolve to a Repository with the name '{owner}/{name}'.")
    return repository


def _node(_: None, info: Info, id: str) -> Node:
    scene = scene_of(info)
    require(scene.world, scene.caller, "see the repository")
    node = scene.world.nodes.get(id)
    if node is None:
        raise NotFound(f"Could not resolve to a node with the global id of '{id}'")
    if isinstance(node, Issue | Comment | TimelineEvent):
        require(scene.world, scene.caller, "read issues")
    return node


def _nodes(_: None, info: Info, ids: list[str]) -> list[Any]:
    """Each id is answered, or refused, on its own."""
    return [_each(info, identifier) for identifier in ids]


def _each(info: Info, identifier: str) -> Any:
    try:
        return _node(None, info, identifier)
    except NotFound as refusal:
        return refusal


def _user(_: None, info: Info, login: str) -> User:
    user = scene_of(info).world.accounts.named(login)
    if user is None or user.kind != "User":
        raise NotFound(f"Could not resolve to a User with the login of '{login}'.")
    return user


def _rate_limit(_: None, info: Info, **__: Any) -> dict[str, Any]:
    scene = scene_of(info)
    allowance = scene.allowance
    return {
        "cost": scene.cost.points,
        "nodeCount": scene.cost.nodes,
        "limit": allowance.limit,
        "remaining": allowance.remaining,
        "used": allowance.used,
        "resetAt": stamp(allowance.reset_at),
    }


QUERY: Fields = {
    "id": lambda _root, _info: "QUERY",
    "viewer": lambda _root, info: scene_of(info).caller.user,
    "user": _user,
    "repository": _repository,
    "node": _node,
    "nodes": _nodes,
    "rateLimit": _rate_limit,
}


def _mutation(mutation: Mutation) -> Resolver:
    def resolve(_: None, info: Info, input: dict[str, Any]) -> dict[str, Any]:
        return {**mutation(scene_of(info), input), "clientMutationId": input.get("clientMutationId")}

    return resolve


FIELDS: dict[str, Fields] = {
    "Query": QUERY,
    "Mutation": {name: _mutation(mutation) for name, mutation in MUTATIONS.items()},
    "User": USER,
    "Bot": BOT,
    "Repository": REPOSITORY,
    "Label": LABEL,
    "Issue": ISSUE,
    "PullRequest": ISSUE,
    "IssueComment": COMMENT,
    "Reaction": REACTION,
    "ReactionGroup": REACTION_GROUP,
    "UserContentEdit": EDIT,
    **EVENTS,
}


def _has_reacted(page: Connection, info: Info) -> bool:
    viewer = scene_of(info).caller.user.id
    return any(given.user == viewer for given in page.extra["subject"].reactions)


_CONNECTION: Fields = {
    "nodes": lambda page, _info: page.nodes,
    "edges": lambda page, _info: page.edges,
    "pageInfo": lambda page, _info: page.page_info,
    "totalCount": lambda page, _info: page.total,
    "filteredCount": lambda page, _info: page.total,
    "pageCount": lambda page, _info: len(page.items),
    "updatedAt": lambda page, _info: page.extra["updated_at"],
    "viewerHasReacted": _has_reacted,
}


def resolver_of(kind: str, field: str) -> Resolver | None:
    """What answers a field; `None` where the value at hand is a plain mapping that has the field as a key."""
    table = _CONNECTION if kind.endswith("Connection") else FIELDS.get(kind, {})
    return table.get(field)


@cache
def executable_schema() -> GraphQLSchema:
    """The trimmed schema with its resolvers; built once."""
    text = files(__package__).joinpath("schema.graphql").read_text(encoding="utf-8")
    schema = build_schema(text, assume_valid=True)
    for name, kind in schema.type_map.items():
        if is_abstract_type(kind):
            _resolve_types(kind)
        elif is_object_type(kind) and not name.startswith("__"):
            _resolve_fields(kind)
    return schema


def _resolve_types(kind: GraphQLAbstractType) -> None:
    kind.resolve_type = lambda value, _info, _type: type_name(value)


def _resolve_fields(kind: GraphQLObjectType) -> None:
    for name, field in kind.fields.items():
        field.resolve = resolver_of(kind.name, name)


def type_name(value: Any) -> str:
    """The name of the schema's type that a record is shown as."""
    match value:
        case Issue():
            return "PullRequest" if value.is_pull else "Issue"
        case Comment():
            return "IssueComment"
        case TimelineEvent():
            return KINDS[value.kind][0]
        case User():
            return value.kind
        case Label() | Repository():
            return type(value).__name__
    raise TypeError(f"{type(value).__name__} is no type of the schema")
