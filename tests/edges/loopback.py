"""A server on the loopback interface that answers as told and remembers what it was asked: real HTTP, no GitHub."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from irp_actions.edges.github.door import Door
from irp_actions.edges.github.wire import Wire
from tests.served import Asked, Given, Served

DATE = "Mon, 02 Mar 2026 03:10:00 GMT"


@dataclass(frozen=True)
class Reply:
    """What the server answers once; `hang_up` closes the connection instead."""

    data: Any = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    hang_up: bool = False


@dataclass(frozen=True)
class Request:
    """What the server was asked."""

    method: str
    path: str
    data: Any

    @property
    def operation(self) -> str:
        """The GraphQL operation's name, if it was one."""
        return str((self.data or {}).get("operationName", ""))


class Loopback(Served):
    """Answers a list of replies in order, the last one again and again."""

    def __init__(self, *replies: Reply) -> None:
        """Nothing is served yet."""
        self.replies = list(replies)
        self.requests: list[Request] = []
        self.slept: list[float] = []
        self._lock = threading.Lock()

    def answer(self, asked: Asked) -> Given | None:
        """What the next reply says."""
        reply = self.take(Request(asked.method, asked.target, asked.data))
        if reply.hang_up:
            return None
        headers = {"Date": DATE, "Content-Type": "application/json", **reply.headers}
        return Given(reply.status, headers, b"" if reply.data is None else json.dumps(reply.data).encode())

    def take(self, request: Request) -> Reply:
        """The reply to a request."""
        with self._lock:
            self.requests.append(request)
            return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]

    @property
    def wire(self) -> Wire:
        """A connection that does not really wait."""
        return Wire(self.url, "a token", f"{self.url}/graphql", self.slept.append)

    @property
    def door(self) -> Door:
        """A door of one repository."""
        return Door(self.wire, "acme/incidents", {"severity: high": "b60205"})


def answered(repository: Any = None, **more: Any) -> Reply:
    """A GraphQL answer about a repository."""
    return Reply({"data": {"viewer": BOT, "repository": repository, **more}})


BOT = {"__typename": "Bot", "login": "github-actions", "id": "BOT_1", "databaseId": 41898282}
RAE = {"__typename": "User", "login": "rae", "id": "U_rae", "databaseId": 611}


def comment_node(number: int, body: str = "hello", author: Any = RAE, at: str = "2026-03-02T03:10:00Z") -> Any:
    """A comment as GraphQL tells it."""
    return {
        "id": f"IC_{number}",
        "fullDatabaseId": str(number),
        "url": f"https://github.test/acme/incidents/issues/1#issuecomment-{number}",
        "body": body,
        "createdAt": at,
        "lastEditedAt": None,
        "viewerDidAuthor": author is BOT,
        "author": author,
        "editor": None,
        "reactionGroups": [{"content": "THUMBS_UP", "viewerHasReacted": True}],
    }


def issue_node(comments: tuple[Any, ...] = (), total: int | None = None, **changed: Any) -> Any:
    """An issue as GraphQL tells it."""
    return {
        "id": "I_1",
        "number": 1,
        "url": "https://github.test/acme/incidents/issues/1",
        "title": "Odd mail",
        "body": "A mail.",
        "createdAt": "2026-03-02T03:00:00Z",
        "state": "OPEN",
        "author": RAE,
        "userContentEdits": {"nodes": []},
        "labels": {"nodes": [{"id": "LA_1", "name": "irp"}]},
        "assignees": {"nodes": []},
        "opening": {"nodes": list(comments[:10])},
        "latest": {
            "totalCount": len(comments) if total is None else total,
            "pageInfo": {"hasPreviousPage": total is not None, "startCursor": "c1"},
            "nodes": list(comments),
        },
        "deeds": {"nodes": [], "pageInfo": {"hasPreviousPage": False, "startCursor": None}},
        **changed,
    }


def repository_node(issue: Any, **changed: Any) -> Any:
    """A repository as GraphQL tells it."""
    labels = {"nodes": [{"id": "LA_1", "name": "irp"}]}
    return {"id": "R_1", "isPrivate": True, "labels": labels, "issue": issue, "recent": {"nodes": []}, **changed}
