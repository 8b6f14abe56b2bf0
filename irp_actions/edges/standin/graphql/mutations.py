"""The mutations: each finds what its ids name, lets the act happen, and returns its payload."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from irp_actions.edges.standin.acts import comments, issues, labels, people, reactions
from irp_actions.edges.standin.graphql.connections import cursor_of
from irp_actions.edges.standin.graphql.fields_posts import CONTENTS, LOCK_REASONS, reaction_groups
from irp_actions.edges.standin.graphql.scene import Scene
from irp_actions.edges.standin.world.callers import may
from irp_actions.edges.standin.world.records import Comment, Issue, Label, Repository, User
from irp_actions.edges.standin.world.refusals import NotFound

R = TypeVar("R")
Input = dict[str, Any]
Mutation = Callable[[Scene, Input], dict[str, Any]]


def _node(scene: Scene, identifier: str, kind: type[R]) -> R:
    """What a global node id names.

    Raises:
        NotFound: It names nothing, or something of another kind.
    """
    node = scene.world.nodes.get(identifier)
    if not isinstance(node, kind):
        raise NotFound(f"Could not resolve to a node with the global id of '{identifier}'")
    return node


def _nodes(scene: Scene, identifiers: Sequence[str], kind: type[R]) -> list[R]:
    return [_node(scene, identifier, kind) for identifier in identifiers]


def _post(scene: Scene, identifier: str) -> Issue | Comment:
    node = scene.world.nodes.get(identifier)
    return node if isinstance(node, Comment) else _node(scene, identifier, Issue)


def _add_comment(scene: Scene, given: Input) -> dict[str, Any]:
    issue = _node(scene, given["subjectId"], Issue)
    comment = comments.write_comment(scene.world, scene.caller, issue, given["body"])
    edge = {"cursor": cursor_of(comment.place), "node": comment}
    return {"subject": issue, "commentEdge": edge, "timelineEdge": edge}


def _update_comment(scene: Scene, given: Input) -> dict[str, Any]:
    comment = _node(scene, given["id"], Comment)
    comments.edit_comment(scene.world, scene.caller, comment, given["body"])
    return {"issueComment": comment}


def _delete_comment(scene: Scene, given: Input) -> dict[str, Any]:
    comments.delete_comment(scene.world, scene.caller, _node(scene, given["id"], Comment))
    return {}


def _minimize(scene: Scene, given: Input) -> dict[str, Any]:
    comment = _node(scene, given["subjectId"], Comment)
    comments.minimize_comment(scene.world, scene.caller, comment, given["classifier"])
    return {"minimizedComment": comment}


def _unminimize(scene: Scene, given: Input) -> dict[str, Any]:
    comment = _node(scene, given["subjectId"], Comment)
    comments.unminimize_comment(scene.world, scene.caller, comment)
    return {"unminimizedComment": comment}


def _add_reaction(scene: Scene, given: Input) -> dict[str, Any]:
    post = _post(scene, given["subjectId"])
    reaction, _ = reactions.react(scene.world, scene.caller, post, CONTENTS[given["content"]])
    return {"reaction": reaction, "subject": post, "reactionGroups": lambda info: reaction_groups(post, info)}


def _remove_reaction(scene: Scene, given: Input) -> dict[str, Any]:
    post = _post(scene, given["subjectId"])
    reaction = reactions.own_reaction(scene.caller, post, CONTENTS[given["content"]])
    if reaction is None:
        raise NotFound("Could not find the reaction to remove")
    reactions.withdraw(scene.world, scene.caller, post, reaction.id)
    return {"reaction": reaction, "subject": post, "reactionGroups": lambda info: reaction_groups(post, info)}


def _create_issue(scene: Scene, given: Input) -> dict[str, Any]:
    _node(scene, given["repositoryId"], Repository)
    for project in given.get("projectIds") or ():
        # There are no projects here. GitHub's command line sends the key with nothing in it.
        raise NotFound(f"Could not resolve to a node with the global id of '{project}'")
    draft = issues.Draft(
        title=given["title"],
        body=given.get("body"),
        labels=_nodes(scene, given.get("labelIds") or (), Label),
        assignees=_nodes(scene, given.get("assigneeIds") or (), User),
    )
    return {"issue": issues.open_issue(scene.world, scene.caller, draft)}


def _update_issue(scene: Scene, given: Input) -> dict[str, Any]:
    world, caller = scene.world, scene.caller
    issue = _node(scene, given["id"], Issue)
    wanted_labels = _nodes(scene, given.get("labelIds") or (), Label)
    wanted_people = _nodes(scene, given.get("assigneeIds") or (), User)
    state = given.get("state")
    if state is not None:
        (issues.check_closing if state == "CLOSED" else issues.check_reopening)(world, caller, issue)
    issues.edit_issue(world, caller, issue, title=given.get("title"), body=given.get("body"))
    # Nothing is refused from here on.
    if given.get("labelIds") is not None and may(world, caller, "label"):
        labels.set_labels(world, caller, issue, wanted_labels)
    if given.get("assigneeIds") is not None and may(world, caller, "assign"):
        people.set_assignees(world, caller, issue, wanted_people)
    if state == "CLOSED" and issue.state == "open":
        issues.close_issue(world, caller, issue)
    if state == "OPEN":
        issues.reopen_issue(world, caller, issue)
    return {"actor": caller.user, "issue": issue}


def _close_issue(scene: Scene, given: Input) -> dict[str, Any]:
    issue = _node(scene, given["issueId"], Issue)
    duplicate = given.get("duplicateIssueId")
    canonical = None if duplicate is None else _node(scene, duplicate, Issue)
    default = "completed" if canonical is None else "duplicate"
    reason = (given.get("stateReason") or default).lower()
    issues.close_issue(scene.world, scene.caller, issue, reason, canonical)
    return {"issue": issue}


def _delete_issue(scene: Scene, given: Input) -> dict[str, Any]:
    issues.delete_issue(scene.world, scene.caller, _node(scene, given["issueId"], Issue))
    return {"repository": scene.world.repository}


def _of_issue(act: Callable[..., None], name: str = "issueId") -> Mutation:
    """A mutation that needs nothing but the issue it is about."""

    def mutate(scene: Scene, given: Input) -> dict[str, Any]:
        issue = _node(scene, given[name], Issue)
        act(scene.world, scene.caller, issue)
        return {"issue": issue}

    return mutate


def _lock(scene: Scene, given: Input) -> dict[str, Any]:
    issue = _node(scene, given["lockableId"], Issue)
    reason = given.get("lockReason")
    issues.lock_issue(scene.world, scene.caller, issue, None if reason is None else LOCK_REASONS[reason])
    return {"actor": scene.caller.user, "lockedRecord": issue}


def _unlock(scene: Scene, given: Input) -> dict[str, Any]:
    issue = _node(scene, given["lockableId"], Issue)
    issues.unlock_issue(scene.world, scene.caller, issue)
    return {"actor": scene.caller.user, "unlockedRecord": issue}


def _of_labels(act: Callable[..., None]) -> Mutation:
    """A mutation of the labels on an issue."""

    def mutate(scene: Scene, given: Input) -> dict[str, Any]:
        issue = _node(scene, given["labelableId"], Issue)
        act(scene.world, scene.caller, issue, _nodes(scene, given.get("labelIds", ()), Label))
        return {"labelable": issue}

    return mutate


def _of_people(act: Callable[..., None]) -> Mutation:
    """A mutation of the assignees of an issue."""

    def mutate(scene: Scene, given: Input) -> dict[str, Any]:
        issue = _node(scene, given["assignableId"], Issue)
        act(scene.world, scene.caller, issue, _nodes(scene, given["assigneeIds"], User))
        return {"assignable": issue}

    return mutate


def _create_label(scene: Scene, given: Input) -> dict[str, Any]:
    _node(scene, given["repositoryId"], Repository)
    name, color, description = given["name"], given["color"], given.get("description")
    return {"label": labels.create_label(scene.world, scene.caller, name, color, description)}


def _update_label(scene: Scene, given: Input) -> dict[str, Any]:
    label = _node(scene, given["id"], Label)
    touch = labels.Touch(given.get("name"), given.get("color"), given.get("description", ...))
    labels.edit_label(scene.world, scene.caller, label, touch)
    return {"label": label}


def _delete_label(scene: Scene, given: Input) -> dict[str, Any]:
    labels.delete_label(scene.world, scene.caller, _node(scene, given["id"], Label))
    return {}


MUTATIONS: dict[str, Mutation] = {
    "addComment": _add_comment,
    "updateIssueComment": _update_comment,
    "deleteIssueComment": _delete_comment,
    "minimizeComment": _minimize,
    "unminimizeComment": _unminimize,
    "addReaction": _add_reaction,
    "removeReaction": _remove_reaction,
    "createIssue": _create_issue,
    "updateIssue": _update_issue,
    "closeIssue": _close_issue,
    "reopenIssue": _of_issue(issues.reopen_issue),
    "deleteIssue": _delete_issue,
    "pinIssue": _of_issue(issues.pin_issue),
    "unpinIssue": _of_issue(issues.unpin_issue),
    "lockLockable": _lock,
    "unlockLockable": _unlock,
    "addLabelsToLabelable": _of_labels(labels.add_labels),
    "removeLabelsFromLabelable": _of_labels(labels.remove_labels),
    "clearLabelsFromLabelable": _of_labels(labels.replace_labels),
    "addAssigneesToAssignable": _of_people(people.assign),
    "removeAssigneesFromAssignable": _of_people(people.unassign),
    "createLabel": _create_label,
    "updateLabel": _update_label,
    "deleteLabel": _delete_label,
}
