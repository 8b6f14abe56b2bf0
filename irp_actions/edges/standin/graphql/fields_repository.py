"""The repository, its labels and its lists of issues, field by field."""

from typing import Any

from irp_actions.edges.standin.clock import moment_of
from irp_actions.edges.standin.graphql.connections import Connection, connect
from irp_actions.edges.standin.graphql.parts import addresses, attribute, constant, database_id, moment, people
from irp_actions.edges.standin.graphql.scene import Fields, Info, scene_of
from irp_actions.edges.standin.world.callers import require
from irp_actions.edges.standin.world.records import Issue, Label, Repository
from irp_actions.edges.standin.world.refusals import NotFound
from irp_actions.edges.standin.world.roles import Role
from irp_actions.edges.standin.world.search import Search, found


def _issue(_: Repository, info: Info, number: int) -> Issue:
    issue = _any_issue(info, number)
    if issue is None or issue.is_pull:
        raise NotFound(f"Could not resolve to an Issue with the number of {number}.")
    return issue


def _issue_or_pull(_: Repository, info: Info, number: int) -> Issue:
    issue = _any_issue(info, number)
    if issue is None:
        raise NotFound(f"Could not resolve to an issue or pull request with the number of {number}.")
    return issue


def _any_issue(info: Info, number: int) -> Issue | None:
    scene = scene_of(info)
    require(scene.world, scene.caller, "read issues")
    return scene.world.issues.get(number)


def _issues(_: Repository, info: Info, **arguments: Any) -> Connection:
    scene = scene_of(info)
    require(scene.world, scene.caller, "read issues")
    order = arguments.get("orderBy") or {"field": "CREATED_AT", "direction": "ASC"}
    name = order["field"].removesuffix("_AT").lower()
    descending = order["direction"] == "DESC"
    matching = found(scene.world, _search(arguments), name, descending=descending)
    sign = -1 if descending else 1
    return connect(info, matching, lambda issue: [sign * _weight(issue, name), sign * issue.number], arguments)


def _weight(issue: Issue, order: str) -> int:
    """What an order sorts by, as a number that a cursor can hold."""
    if order == "comments":
        return len(issue.comments)
    return int((issue.updated_at if order == "updated" else issue.created_at).timestamp())


def _search(arguments: dict[str, Any]) -> Search:
    filters = arguments.get("filterBy") or {}
    states = set(arguments.get("states") or filters.get("states") or ("OPEN", "CLOSED"))
    since = filters.get("since")
    return Search(
        state="all" if len(states) > 1 else states.pop().lower(),
        labels=tuple(arguments.get("labels") or filters.get("labels") or ()),
        # Several labels find issues that carry any of them, unlike REST.
        any_label=len(arguments.get("labels") or filters.get("labels") or ()) > 1,
        since=None if since is None else moment_of(since),
        assignee=filters.get("assignee"),
        creator=filters.get("createdBy"),
        mentioned=filters.get("mentioned"),
        pulls=False,
    )


def _pinned(_: Repository, info: Info, **arguments: Any) -> Connection:
    pinned = [issue for issue in scene_of(info).world.issues.values() if issue.pinned]
    return connect(
        info, [{"id": issue.node, "issue": issue} for issue in pinned], lambda item: item["issue"].number, arguments
    )


def labels_connection(info: Info, labels: list[Label], arguments: dict[str, Any]) -> Connection:
    """A connection of labels, by age or by name."""
    order = arguments.get("orderBy") or {"field": "CREATED_AT", "direction": "ASC"}
    by_name = order["field"] == "NAME"
    names = sorted(label.name.casefold() for label in labels)
    rank = {name: index for index, name in enumerate(names)}
    sign = -1 if order["direction"] == "DESC" else 1

    def place(label: Label) -> int:
        return sign * (rank[label.name.casefold()] if by_name else label.id)

    return connect(info, sorted(labels, key=place), place, arguments)


def _labels(_: Repository, info: Info, **arguments: Any) -> Connection:
    text = (arguments.get("query") or "").casefold()
    labels = [label for label in scene_of(info).world.labels.values() if text in label.name.casefold()]
    return labels_connection(info, labels, arguments)


def _assignable(_: Repository, info: Info, **arguments: Any) -> Connection:
    world = scene_of(info).world
    text = (arguments.get("query") or "").casefold()
    found_users = [user.id for user in world.accounts.with_access() if text in user.login.casefold()]
    return people(info, found_users, arguments)


def _permission(_: Repository, info: Info) -> str | None:
    scene = scene_of(info)
    if scene.caller.is_token:
        return None
    return scene.world.role_of(scene.caller.user).name


REPOSITORY: Fields = {
    "id": attribute("node"),
    "databaseId": database_id,
    "name": attribute("name"),
    "nameWithOwner": attribute("full_name"),
    "description": constant(None),
    "createdAt": moment("created_at"),
    "isPrivate": attribute("private"),
    "isArchived": constant(False),
    "isFork": constant(False),
    "isInOrganization": constant(False),
    "visibility": lambda repository, _info: "PRIVATE" if repository.private else "PUBLIC",
    "hasIssuesEnabled": constant(True),
    "hasWikiEnabled": constant(True),
    "parent": constant(None),
    "mergeCommitAllowed": constant(True),
    "rebaseMergeAllowed": constant(True),
    "squashMergeAllowed": constant(True),
    "viewerPermission": _permission,
    "viewerCanAdminister": lambda repository, info: _permission(repository, info) == Role.ADMIN.name,
    "owner": lambda repository, info: scene_of(info).world.accounts.named(repository.owner),
    "defaultBranchRef": lambda repository, _info: {"id": f"REF_{repository.node}", "name": repository.default_branch},
    "issue": _issue,
    "issueOrPullRequest": _issue_or_pull,
    "issues": _issues,
    "label": lambda _repository, info, name: scene_of(info).world.label_named(name),
    "labels": _labels,
    "assignableUsers": _assignable,
    "pinnedIssues": _pinned,
    **addresses(lambda repository, _info: f"/{repository.full_name}"),
}

LABEL: Fields = {
    "id": attribute("node"),
    "name": attribute("name"),
    "color": attribute("color"),
    "description": attribute("description"),
    "isDefault": attribute("default"),
    "createdAt": moment("created_at"),
    "updatedAt": moment("updated_at"),
    "repository": lambda _label, info: scene_of(info).world.repository,
    **addresses(lambda label, info: scene_of(info).urls.label(label.name).removeprefix(scene_of(info).urls.api)),
}
