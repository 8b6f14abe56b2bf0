"""Issues, comments, reactions and edits, field by field."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import unified_diff
from typing import Any

from irp_actions.edges.standin.acts.timeline import KINDS
from irp_actions.edges.standin.clock import moment_of, optional_stamp, stamp
from irp_actions.edges.standin.graphql.connections import Connection, connect
from irp_actions.edges.standin.graphql.fields_repository import labels_connection
from irp_actions.edges.standin.graphql.parts import (
    account,
    addresses,
    allowed,
    attribute,
    constant,
    database_id,
    full_database_id,
    moment,
    people,
    person,
)
from irp_actions.edges.standin.graphql.scene import Fields, Info, scene_of
from irp_actions.edges.standin.payloads.issues import REACTIONS, association
from irp_actions.edges.standin.world.records import Comment, Issue, Post, Reaction, Revision, TimelineEvent

CONTENTS = {graphql: rest for rest, graphql in REACTIONS.items()}
LOCK_REASONS = {"OFF_TOPIC": "off-topic", "RESOLVED": "resolved", "SPAM": "spam", "TOO_HEATED": "too heated"}
LOCK_WORDS = {rest: graphql for graphql, rest in LOCK_REASONS.items()}


@dataclass(frozen=True, slots=True)
class ReactionGroup:
    """All reactions of one content to one post; `content` is REST's word."""

    content: str
    given: tuple[Reaction, ...]


def reaction_groups(post: Post, _info: Info) -> list[ReactionGroup]:
    """A group for every content there is, used or not."""
    return [
        ReactionGroup(content, tuple(given for given in post.reactions if given.content == content))
        for content in REACTIONS
    ]


def _edits(post: Post, info: Info, **arguments: Any) -> Connection | None:
    scene = scene_of(info)
    if scene.caller.is_token and not scene.world.doubts.job_reads_edits:
        return None
    revisions = post.revisions if scene.world.doubts.edits_are_whole else list(_what_changed(post.revisions))
    return connect(info, revisions[::-1], lambda revision: -revision.id, arguments)


def _what_changed(revisions: list[Revision]) -> Iterator[Revision]:
    """Each revision with its difference to the one before in the place of its text."""
    before: list[str] = []
    for revision in revisions:
        rows = revision.text.splitlines()
        yield replace(revision, text="\n".join(unified_diff(before, rows, lineterm="")))
        before = rows


def _reactions(post: Post, info: Info, **arguments: Any) -> Connection:
    return connect(info, post.reactions, lambda given: given.id, arguments, subject=post)


def _reactors(group: ReactionGroup, info: Info, **arguments: Any) -> Connection:
    return people(info, [given.user for given in group.given], arguments)


def _users_only(group: ReactionGroup, info: Info, **arguments: Any) -> Connection:
    world = scene_of(info).world
    users = [given.user for given in group.given if world.accounts.by_id[given.user].kind == "User"]
    return people(info, users, arguments)


def _viewer_reacted(group: ReactionGroup, info: Info) -> bool:
    viewer = scene_of(info).caller.user.id
    return any(given.user == viewer for given in group.given)


def _viewer_did_author(post: Post, info: Info) -> bool:
    scene = scene_of(info)
    is_told = scene.world.doubts.job_is_author or not scene.caller.is_token
    return is_told and post.author == scene.caller.user.id


def _last_edit(post: Post) -> Any:
    return post.revisions[-1] if post.revisions else None


_POST: Fields = {
    "id": attribute("node"),
    "databaseId": database_id,
    "fullDatabaseId": full_database_id,
    "body": lambda post, _info: post.body or "",
    "author": account("author"),
    "authorAssociation": lambda post, info: association(scene_of(info).world, post),
    "createdAt": moment("created_at"),
    "publishedAt": moment("created_at"),
    "updatedAt": moment("updated_at"),
    "lastEditedAt": lambda post, _info: stamp(_last_edit(post).at) if post.revisions else None,
    "editor": lambda post, info: person(info, _last_edit(post).editor) if post.revisions else None,
    "includesCreatedEdit": lambda post, _info: bool(post.revisions),
    "userContentEdits": _edits,
    "reactionGroups": reaction_groups,
    "reactions": _reactions,
    "repository": lambda _post, info: scene_of(info).world.repository,
    "viewerDidAuthor": _viewer_did_author,
    "viewerCanReact": allowed("react"),
    "viewerCanUpdate": allowed("edit a post"),
}


def _labels_of_issue(issue: Issue, info: Info, **arguments: Any) -> Connection:
    known = scene_of(info).world.labels
    return labels_connection(info, [known[identifier] for identifier in issue.labels], arguments)


def _comments(issue: Issue, info: Info, **arguments: Any) -> Connection:
    return connect(info, issue.comments, lambda comment: comment.place, arguments)


def _participants(issue: Issue, info: Info, **arguments: Any) -> Connection:
    spoke = dict.fromkeys([issue.author, *(comment.author for comment in issue.comments)])
    users = scene_of(info).world.accounts.by_id
    return people(info, [identifier for identifier in spoke if users[identifier].kind == "User"], arguments)


def _timeline(issue: Issue, info: Info, **arguments: Any) -> Connection:
    types = arguments.get("itemTypes")
    items: list[Comment] | list[TimelineEvent] | list[Comment | TimelineEvent] = issue.timeline
    if types is not None and "ISSUE_COMMENT" not in types:
        # Comments are the many, events the few: leave the many alone where nobody asks for them.
        items = issue.events
    shown = [item for item in items if types is None or _item_type(item) in types]
    since = arguments.get("since")
    if since is not None:
        start = moment_of(since)
        shown = [item for item in shown if item.created_at >= start]
    skipped = shown[arguments.get("skip") or 0 :]
    return connect(info, skipped, lambda item: item.place, arguments, updated_at=stamp(issue.updated_at))


def _item_type(item: Comment | TimelineEvent) -> str:
    return "ISSUE_COMMENT" if isinstance(item, Comment) else ITEM_TYPES[item.kind]


# `labeled` is `LABELED_EVENT` in `itemTypes`; only the renaming has a longer name.
ITEM_TYPES = {kind: f"{kind.upper()}_EVENT" for kind in KINDS} | {"renamed": "RENAMED_TITLE_EVENT"}


def reason_word(reason: str | None, *, knows_duplicates: bool) -> str | None:
    """GitHub shows `DUPLICATE` only to those who say they know it; others see the reason it was before."""
    if reason == "duplicate" and not knows_duplicates:
        return "NOT_PLANNED"
    return None if reason is None else reason.upper()


def _state_reason(issue: Issue, _info: Info, enableDuplicate: bool = False) -> str | None:  # noqa: N803
    return reason_word(issue.state_reason, knows_duplicates=enableDuplicate)


def issue_path(issue: Issue, info: Info) -> str:
    """The path of an issue's page on the site."""
    urls = scene_of(info).urls
    return urls.issue_page(issue.number, is_pull=issue.is_pull).removeprefix(urls.web)


ISSUE: Fields = {
    **_POST,
    "number": attribute("number"),
    "title": attribute("title"),
    "state": lambda issue, _info: issue.state.upper(),
    "stateReason": _state_reason,
    "closed": lambda issue, _info: issue.state == "closed",
    "closedAt": lambda issue, _info: optional_stamp(issue.closed_at),
    "locked": attribute("locked"),
    "activeLockReason": lambda issue, _info: LOCK_WORDS.get(issue.lock_reason),
    "isPinned": attribute("pinned"),
    "milestone": constant(None),
    "labels": _labels_of_issue,
    "assignees": lambda issue, info, **arguments: people(info, issue.assignees, arguments),
    "participants": _participants,
    "comments": _comments,
    "timelineItems": _timeline,
    "viewerCanClose": allowed("close or reopen"),
    "viewerCanReopen": allowed("close or reopen"),
    "viewerCanLabel": allowed("label", as_author=False),
    "viewerCanDelete": allowed("delete an issue", as_author=False),
    **addresses(issue_path),
}


def _comment_path(comment: Comment, info: Info) -> str:
    issue = scene_of(info).world.issues[comment.issue]
    return f"{issue_path(issue, info)}#issuecomment-{comment.id}"


COMMENT: Fields = {
    **_POST,
    "issue": lambda comment, info: scene_of(info).world.issues[comment.issue],
    "isMinimized": lambda comment, _info: comment.minimized is not None,
    "minimizedReason": lambda comment, _info: (comment.minimized or "").lower().replace("_", "-") or None,
    "viewerCanDelete": allowed("delete a comment"),
    "viewerCanMinimize": allowed("hide a comment", as_author=False),
    **addresses(_comment_path),
}

REACTION: Fields = {
    "id": attribute("node"),
    "databaseId": database_id,
    "content": lambda given, _info: REACTIONS[given.content],
    "createdAt": moment("created_at"),
    "user": account("user"),
    "reactable": lambda given, info: scene_of(info).world.nodes[given.subject],
}

REACTION_GROUP: Fields = {
    "content": lambda group, _info: REACTIONS[group.content],
    "createdAt": lambda group, _info: stamp(group.given[0].created_at) if group.given else None,
    "reactors": _reactors,
    "users": _users_only,
    "viewerHasReacted": _viewer_reacted,
}

EDIT: Fields = {
    "id": attribute("node"),
    "createdAt": moment("at"),
    "updatedAt": moment("at"),
    "editedAt": moment("at"),
    "editor": account("editor"),
    # Named `diff`, it is the whole text of the revision, unless `Doubts` says otherwise.
    "diff": attribute("text"),
    "deletedAt": constant(None),
    "deletedBy": constant(None),
}
