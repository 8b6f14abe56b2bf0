"""Reacting to issues and comments: one person, one emoji, once.

Source: "REST API endpoints for reactions".
"""

from irp_actions.edges.standin.acts.posts import refuse_if_locked
from irp_actions.edges.standin.ids import node_id
from irp_actions.edges.standin.payloads.issues import REACTIONS
from irp_actions.edges.standin.world.callers import Caller, require
from irp_actions.edges.standin.world.records import Comment, Issue, Reaction
from irp_actions.edges.standin.world.refusals import Forbidden, NotFound, invalid
from irp_actions.edges.standin.world.world import World

# The number that tells reactions of issues and of comments apart in their node ids.
_SUBJECT = {Issue: 1, Comment: 4}


def react(world: World, caller: Caller, post: Issue | Comment, content: str) -> tuple[Reaction, bool]:
    """Add a reaction; the second value says whether it is new, which only one of two rivals is told."""
    require(world, caller, "react")
    refuse_if_locked(world, caller, world.issues[post.issue], "reaction")
    if content not in REACTIONS:
        raise invalid("Reaction", "content", "invalid")
    there = own_reaction(caller, post, content)
    if there is not None:
        return there, False
    identifier = world.ids.next("reaction")
    node = node_id("REA", _SUBJECT[type(post)], world.repository.id, post.id, identifier)
    given = Reaction(identifier, node, caller.user.id, content, world.clock.now(), post.node)
    post.reactions.append(given)
    return given, True


def own_reaction(caller: Caller, post: Issue | Comment, content: str) -> Reaction | None:
    """The caller's own reaction of that content, if there is one."""
    mine = (given for given in post.reactions if given.user == caller.user.id and given.content == content)
    return next(mine, None)


def withdraw(world: World, caller: Caller, post: Issue | Comment, identifier: int) -> Reaction:
    """Remove one's own reaction.

    Raises:
        NotFound: There is no such reaction on this post.
        Forbidden: It is somebody else's.
    """
    require(world, caller, "react")
    given = next((given for given in post.reactions if given.id == identifier), None)
    if given is None:
        raise NotFound
    if given.user != caller.user.id:
        raise Forbidden("You can only delete your own reactions.")
    post.reactions.remove(given)
    return given
