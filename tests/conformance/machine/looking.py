"""What can be read of an issue by REST and by GraphQL is what the model says, all of it."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any

from tests.conformance.machine.model import Comment, Issue, Model, Reaction
from tests.conformance.machine.wire import REPO, Wire

# The pages are small, so that there are several.
_ISSUES, _COMMENTS, _TIMELINE, _LABELS, _REACTIONS = 2, 2, 3, 4, 2

_QUESTION = """query Look($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) { issue(number: $number) {
    title body state stateReason(enableDuplicate: true) locked activeLockReason author { login }
    updatedAt closedAt labels(first: 50) { nodes { name } } assignees(first: 50) { nodes { login } }
    reactions(first: 50) { nodes { content user { login } } }
    timelineItems(first: 100) { nodes { __typename } }
    comments(first: 2, after: $after) {
      totalCount pageInfo { hasNextPage endCursor }
      nodes { fullDatabaseId body updatedAt author { login } reactions(first: 50) { totalCount } }
    }
  } } }"""
_TYPES = {
    "commented": "IssueComment",
    "labeled": "LabeledEvent",
    "unlabeled": "UnlabeledEvent",
    "assigned": "AssignedEvent",
    "unassigned": "UnassignedEvent",
    "closed": "ClosedEvent",
    "reopened": "ReopenedEvent",
    "renamed": "RenamedTitleEvent",
    "locked": "LockedEvent",
    "unlocked": "UnlockedEvent",
    "comment_deleted": "CommentDeletedEvent",
}
CONTENTS = {
    "+1": "THUMBS_UP",
    "-1": "THUMBS_DOWN",
    "laugh": "LAUGH",
    "hooray": "HOORAY",
    "confused": "CONFUSED",
    "heart": "HEART",
    "rocket": "ROCKET",
    "eyes": "EYES",
}


def look_at(wire: Wire, model: Model, issue: Issue) -> None:
    """Compare one issue with the model's, every way it can be read."""
    path = f"~/issues/{issue.number}"
    shown = wire.get(path)
    assert _issue(shown) == _expected(model, issue)
    assert _rollup(shown) == _counted(issue.reactions)
    comments = wire.listed(f"{path}/comments?per_page={_COMMENTS}")
    assert [_comment(each) for each in comments] == [_expected_comment(each) for each in issue.comments]
    assert [_rollup(each) for each in comments] == [_counted(each.reactions) for each in issue.comments]
    happened = wire.listed(f"{path}/timeline?per_page={_TIMELINE}")
    assert [_happening(each) for each in happened] == [_expected_happening(*each) for each in issue.timeline]
    events = wire.listed(f"{path}/events?per_page={_TIMELINE}")
    assert events_of(events) == [kind for kind, _ in issue.timeline if kind != "commented"]
    given = wire.listed(f"{path}/reactions?per_page={_REACTIONS}")
    assert [_reaction(each) for each in given] == [(each.id, each.login, each.content) for each in issue.reactions]
    labels = [label["name"] for label in wire.listed(f"{path}/labels?per_page={_LABELS}")]
    assert labels == [model.labels[key] for key in issue.labels]
    _look_by_graphql(wire, model, issue)


def look_around(wire: Wire, model: Model, since: datetime) -> None:
    """Compare the lists of issues and labels with the model's, `since` a moment among them."""
    numbers = [each["number"] for each in wire.listed(f"~/issues?state=all&direction=asc&per_page={_ISSUES}")]
    assert numbers == sorted(model.issues)
    is_open = [each["number"] for each in wire.listed(f"~/issues?per_page={_ISSUES}")]
    assert is_open == sorted((issue.number for issue in model.issues.values() if issue.is_open), reverse=True)
    recent = wire.listed(f"~/issues?state=all&sort=updated&since={_stamp(since)}&per_page={_ISSUES}")
    latest = [(issue.updated, issue.number) for issue in model.issues.values() if issue.updated >= since]
    assert [each["number"] for each in recent] == [number for _, number in sorted(latest, reverse=True)]
    names = [label["name"] for label in wire.listed(f"~/labels?per_page={_LABELS}")]
    assert names == sorted(model.labels.values(), key=str.casefold)
    for key, name in list(model.labels.items())[-2:]:
        carrying = wire.listed(f"~/issues?state=all&labels={name.replace(' ', '%20')}&per_page={_ISSUES}")
        wanted = [issue.number for issue in model.issues.values() if key in issue.labels]
        assert sorted(each["number"] for each in carrying) == wanted
    told = [each["id"] for each in wire.listed(f"~/issues/comments?since={_stamp(since)}&per_page={_COMMENTS}")]
    spoken = [each for issue in model.issues.values() for each in issue.comments if each.updated >= since]
    assert told == sorted(each.id for each in spoken)


def events_of(shown: list[Any]) -> list[str]:
    """Their kinds."""
    return [each["event"] for each in shown]


def _look_by_graphql(wire: Wire, model: Model, issue: Issue) -> None:
    owner, _, name = REPO.partition("/")
    comments: list[Any] = []
    after: str | None = None
    while True:
        variables = {"owner": owner, "name": name, "number": issue.number, "after": after}
        shown = wire.query("acme", _QUESTION, variables)["data"]["repository"]["issue"]
        page = shown["comments"]
        comments += page["nodes"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert (shown["title"], shown["body"]) == (issue.title, issue.body)
    assert shown["state"] == ("OPEN" if issue.is_open else "CLOSED")
    assert (shown["stateReason"] or "").lower() == (issue.reason or "")
    assert (shown["locked"], shown["author"]["login"]) == (issue.locked, _short(issue.login))
    assert (shown["activeLockReason"] or "").lower().replace("_", " ") == (issue.lock_reason or "").replace("-", " ")
    assert shown["updatedAt"] == _stamp(issue.updated)
    names = sorted(model.labels[key] for key in issue.labels)
    assert sorted(each["name"] for each in shown["labels"]["nodes"]) == names
    assert [each["login"] for each in shown["assignees"]["nodes"]] == issue.assignees
    given = [(each["user"]["login"], each["content"]) for each in shown["reactions"]["nodes"]]
    # A reaction is always a user's, and a bot that is shown as one keeps its whole name.
    assert given == [(each.login, CONTENTS[each.content]) for each in issue.reactions]
    assert [each["__typename"] for each in shown["timelineItems"]["nodes"]] == [
        _TYPES[kind] for kind, _ in issue.timeline
    ]
    assert page["totalCount"] == len(issue.comments)
    assert [
        (
            each["fullDatabaseId"],
            each["body"],
            each["updatedAt"],
            each["author"]["login"],
            each["reactions"]["totalCount"],
        )
        for each in comments
    ] == [
        (str(each.id), each.body, _stamp(each.updated), _short(each.login), len(each.reactions))
        for each in issue.comments
    ]


def _issue(shown: Any) -> dict[str, Any]:
    plain = (
        *("number", "title", "state", "state_reason", "locked", "active_lock_reason", "comments"),
        *("created_at", "updated_at", "closed_at"),
    )
    return {
        **{key: shown[key] for key in plain},
        "body": shown["body"] or "",
        "user": shown["user"]["login"],
        "closed_by": shown["closed_by"] and shown["closed_by"]["login"],
        "labels": [label["name"] for label in shown["labels"]],
        "assignees": [user["login"] for user in shown["assignees"]],
        "assignee": shown["assignee"] and shown["assignee"]["login"],
    }


def _expected(model: Model, issue: Issue) -> dict[str, Any]:
    return {
        "number": issue.number,
        "title": issue.title,
        "state": "open" if issue.is_open else "closed",
        "state_reason": issue.reason,
        "locked": issue.locked,
        "active_lock_reason": issue.lock_reason,
        "comments": len(issue.comments),
        "created_at": _stamp(issue.created),
        "updated_at": _stamp(issue.updated),
        "closed_at": None if issue.closed is None else _stamp(issue.closed),
        "body": issue.body,
        "user": issue.login,
        "closed_by": issue.closed_by,
        "labels": [model.labels[key] for key in issue.labels],
        "assignees": issue.assignees,
        "assignee": issue.assignees[0] if issue.assignees else None,
    }


def _comment(shown: Any) -> tuple[Any, ...]:
    return shown["id"], shown["user"]["login"], shown["body"], shown["created_at"], shown["updated_at"]


def _expected_comment(comment: Comment) -> tuple[Any, ...]:
    return comment.id, comment.login, comment.body, _stamp(comment.created), _stamp(comment.updated)


def _rollup(shown: Any) -> dict[str, int]:
    counts = {key: count for key, count in shown["reactions"].items() if key in CONTENTS}
    assert shown["reactions"]["total_count"] == sum(counts.values())
    return {key: count for key, count in counts.items() if count}


def _counted(reactions: list[Reaction]) -> dict[str, int]:
    return dict(Counter(each.content for each in reactions))


def _reaction(shown: Any) -> tuple[Any, ...]:
    return shown["id"], shown["user"]["login"], shown["content"]


def _happening(shown: Any) -> tuple[str, Any]:
    particulars: dict[str, Callable[[], Any]] = {
        "commented": lambda: shown["id"],
        "labeled": lambda: shown["label"]["name"],
        "unlabeled": lambda: shown["label"]["name"],
        "assigned": lambda: shown["assignee"]["login"],
        "unassigned": lambda: shown["assignee"]["login"],
        "renamed": lambda: (shown["rename"]["from"], shown["rename"]["to"]),
        "closed": lambda: shown["state_reason"],
        "locked": lambda: shown["lock_reason"],
    }
    tell = particulars.get(shown["event"])
    return shown["event"], tell() if tell else None


def _expected_happening(kind: str, what: Any) -> tuple[str, Any]:
    return kind, what.id if isinstance(what, Comment) else what


def _short(login: str) -> str:
    """GraphQL names a bot without its suffix."""
    return login.removesuffix("[bot]")


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
