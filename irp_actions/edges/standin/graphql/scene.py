"""What every resolver can see: the world, who asks, and what the question costs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from graphql import GraphQLResolveInfo

from irp_actions.edges.standin.graphql.cost import Cost
from irp_actions.edges.standin.limits import Allowance
from irp_actions.edges.standin.urls import Urls
from irp_actions.edges.standin.world.callers import Caller
from irp_actions.edges.standin.world.world import World

Info: TypeAlias = GraphQLResolveInfo[Any]
Resolver = Callable[..., Any]
Fields = dict[str, Resolver]


@dataclass(frozen=True, slots=True)
class Scene:
    """The setting of one request.

    Attributes:
        cost: What the request costs.
        allowance: What is left of the caller's hour once it is paid.
    """

    world: World
    caller: Caller
    urls: Urls
    cost: Cost
    allowance: Allowance


def scene_of(info: Info) -> Scene:
    """The scene a resolver runs in."""
    scene: Scene = info.context
    return scene
