"""The small resolvers that most fields are made of."""

from typing import Any

from irp_actions.edges.standin.clock import optional_stamp
from irp_actions.edges.standin.graphql.connections import Connection, connect
from irp_actions.edges.standin.graphql.scene import Fields, Info, Resolver, scene_of
from irp_actions.edges.standin.world.callers import may
from irp_actions.edges.standin.world.records import User

_LARGEST_INT = 2**31 - 1


def attribute(name: str) -> Resolver:
    """The record's attribute of that name, as it is."""
    return lambda record, _info, **_: getattr(record, name)


def moment(name: str) -> Resolver:
    """The record's attribute of that name, as a timestamp."""
    return lambda record, _info, **_: optional_stamp(getattr(record, name))


def constant(value: Any) -> Resolver:
    """The same for every record."""
    return lambda _record, _info, **_: value


def account(name: str) -> Resolver:
    """The account whose id an attribute holds; `null` if it is gone."""
    return lambda record, info, **_: person(info, getattr(record, name))


def person(info: Info, identifier: int | None) -> User | None:
    """The account of an id; `null` if there is none or it is gone."""
    return None if identifier is None else scene_of(info).world.accounts.author(identifier)


def allowed(act: str, *, as_author: bool = True) -> Resolver:
    """Whether the viewer may do an act to this post."""

    def resolve(post: Any, info: Info) -> bool:
        scene = scene_of(info)
        return may(scene.world, scene.caller, act, post if as_author else None)

    return resolve


def database_id(record: Any, _info: Info) -> int | None:
    """The database id, if it still fits the schema's 32 bits; `fullDatabaseId` always does."""
    return record.id if record.id <= _LARGEST_INT else None


def full_database_id(record: Any, _info: Info) -> str:
    """The database id as a BigInt, which is a text on the wire."""
    return str(record.id)


def people(info: Info, identifiers: list[int], arguments: dict[str, Any]) -> Connection:
    """A connection of accounts in the order given; those that are gone are not in it."""
    world = scene_of(info).world
    users = [
        world.accounts.by_id[identifier] for identifier in identifiers if not world.accounts.by_id[identifier].gone
    ]
    position = {user.id: index for index, user in enumerate(users)}
    return connect(info, users, lambda user: position[user.id], arguments)


def addresses(path: Resolver) -> Fields:
    """`url` and `resourcePath` of something whose path on the site the resolver says."""
    return {
        "resourcePath": path,
        "url": lambda record, info, **_: f"{scene_of(info).urls.web}{path(record, info)}",
    }
