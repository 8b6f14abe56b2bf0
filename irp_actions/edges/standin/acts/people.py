"""Assigning issues to people.

Source: "Assigning issues and pull requests to other GitHub users": at most ten, and nobody without access.
"""

from collections.abc import Sequence

from irp_actions.edges.standin.acts.timeline import happened
from irp_actions.edges.standin.payloads import webhooks
from irp_actions.edges.standin.payloads.users import account
from irp_actions.edges.standin.world.callers import Caller, require
from irp_actions.edges.standin.world.records import Issue, User
from irp_actions.edges.standin.world.world import World

MOST_ASSIGNEES = 10


def people_named(world: World, logins: Sequence[str]) -> list[User]:
    """The accounts of these logins; unknown ones are passed over."""
    return [user for user in map(world.accounts.named, logins) if user is not None]


def assign(world: World, caller: Caller, issue: Issue, people: Sequence[User]) -> None:
    """Assign people; whoever cannot be assigned is ignored without a word."""
    require(world, caller, "assign")
    for user in people:
        _add(world, caller, issue, user)


def unassign(world: World, caller: Caller, issue: Issue, people: Sequence[User]) -> None:
    """Take people off an issue; whoever is not assigned is ignored."""
    require(world, caller, "assign")
    for user in people:
        _remove(world, caller, issue, user)


def set_assignees(world: World, caller: Caller, issue: Issue, people: Sequence[User]) -> None:
    """Assign exactly these people, for a caller whose right was looked at already."""
    wanted = {user.id for user in people}
    for identifier in list(issue.assignees):
        if identifier not in wanted:
            _remove(world, caller, issue, world.accounts.by_id[identifier])
    for user in people:
        _add(world, caller, issue, user)


def _add(world: World, caller: Caller, issue: Issue, user: User) -> None:
    has_room = len(issue.assignees) < MOST_ASSIGNEES
    if user.id not in issue.assignees and has_room and world.accounts.is_assignable(user):
        issue.assignees.append(user.id)
        _changed(world, caller, issue, user, "assigned")


def _remove(world: World, caller: Caller, issue: Issue, user: User) -> None:
    if user.id in issue.assignees:
        issue.assignees.remove(user.id)
        _changed(world, caller, issue, user, "unassigned")


def _changed(world: World, caller: Caller, issue: Issue, user: User, kind: str) -> None:
    happened(world, caller, issue, kind, subject=user.id)
    world.touch(issue)
    if not issue.is_pull:
        assignee = account(world, user.id, world.home)
        world.outbox.append(webhooks.issues(world, caller, kind, issue, assignee=assignee))
