"""Turns GraphQL answers into threads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from irp_actions.values.shape import parse_time
from irp_actions.values.thread import GHOST, Comment, Deed, Glance, Person, Revision, Thread

Node = Mapping[str, Any]

_DEEDS = {
    "LabeledEvent": "labeled",
    "UnlabeledEvent": "unlabeled",
    "ClosedEvent": "closed",
    "ReopenedEvent": "reopened",
    "CommentDeletedEvent": "comment_deleted",
}


def person(node: Node | None) -> Person:
    """Whoever the node names; a deleted account is the ghost."""
    if node is None:
        return GHOST
    kind = node.get("__typename") or ("Bot" if node["login"].endswith("[bot]") else "User")
    return Person(node["login"].removesuffix("[bot]"), node.get("databaseId") or 0, kind)


def comment(node: Node) -> Comment:
    """One comment."""
    return Comment(
        id=node["id"],
        number=int(node["fullDatabaseId"]),
        url=node["url"],
        author=person(node["author"]),
        body=node["body"],
        at=parse_time(node["createdAt"]),
        edited_at=_time(node["lastEditedAt"]),
        editor=person(node["editor"]) if node["lastEditedAt"] else None,
        reactions=frozenset(g["content"] for g in node["reactionGroups"] or () if g["viewerHasReacted"]),
        ours=node["viewerDidAuthor"],
    )


def deed(node: Node) -> Deed:
    """One thing done by hand."""
    kind = _DEEDS[node["__typename"]]
    return Deed(node["id"], kind, parse_time(node["createdAt"]), person(node["actor"]), _detail(kind, node))


def _detail(kind: str, node: Node) -> str:
    if kind in ("labeled", "unlabeled"):
        return str(node["label"]["name"])
    if kind == "closed":
        return str(node["stateReason"] or "")
    return person(node["deletedCommentAuthor"]).login if kind == "comment_deleted" else ""


def thread(node: Node, viewer: Person, read_at: datetime, private: bool) -> Thread:
    """One issue with the comments and deeds that were read of it."""
    comments = unique([*map(comment, node["opening"]["nodes"]), *map(comment, node["latest"]["nodes"])])
    latest = node["latest"]
    return Thread(
        number=node["number"],
        id=node["id"],
        url=node["url"],
        title=node["title"],
        body=node["body"] or "",
        author=person(node["author"]),
        at=parse_time(node["createdAt"]),
        read_at=read_at,
        viewer=viewer,
        is_open=node["state"] == "OPEN",
        labels=frozenset(label["name"] for label in node["labels"]["nodes"]),
        assignees=frozenset(user["login"] for user in node["assignees"]["nodes"]),
        comments=comments,
        deeds=tuple(deed(event) for event in node["deeds"]["nodes"] if event and event["__typename"] in _DEEDS),
        revisions=tuple(revision(edit) for edit in (node["userContentEdits"] or {"nodes": []})["nodes"]),
        whole=len(comments) >= latest["totalCount"],
        complete_since=parse_time(latest["nodes"][0]["createdAt"]) if latest["nodes"] else None,
        private=private,
    )


def revision(node: Node) -> Revision:
    """One text of an edit history; one that somebody purged is empty."""
    return Revision(parse_time(node["editedAt"]), person(node["editor"]), node["diff"] or "")


def glance(node: Node) -> Glance:
    """Whether somebody did something to an issue since we last wrote to it."""
    board = next((c for c in node["opening"]["nodes"] if c["viewerDidAuthor"]), None)
    touched = [parse_time(node["createdAt"])]
    for found in node["latest"]["nodes"]:
        if not found["viewerDidAuthor"]:
            touched += [at for at in (_time(found["createdAt"]), _time(found["lastEditedAt"])) if at]
    touched += [parse_time(event["createdAt"]) for event in node["deeds"]["nodes"] if event and event.get("createdAt")]
    written = (_time(board["lastEditedAt"]) or touched[0]) if board else None
    return Glance(
        number=node["number"],
        body=node["body"] or "",
        labels=frozenset(label["name"] for label in node["labels"]["nodes"]),
        touched_at=max(touched),
        written_at=written,
    )


def unique(comments: Iterable[Comment]) -> tuple[Comment, ...]:
    """Comments in order, each once."""
    found = {comment.id: comment for comment in comments}
    return tuple(sorted(found.values(), key=lambda comment: (comment.at, comment.number)))


def _time(text: str | None) -> datetime | None:
    return parse_time(text) if text else None
