"""The door, reading: one request, the server's time, and a read that fails is tried again before it is given up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from irp_actions.edges.github.wire import HOPS, TRIES, Wire
from irp_actions.edges.trouble import Forbidden, Unavailable
from irp_actions.values.thread import GHOST, Person
from tests.edges.loopback import BOT, RAE, Loopback, Reply, answered, comment_node, issue_node, repository_node

NOW = datetime(2026, 3, 2, 3, 10, tzinfo=UTC)
FINE = answered(repository_node(issue_node((comment_node(1),))))


def test_an_issue_is_read_in_one_request() -> None:
    """Whatever it holds."""
    with Loopback(FINE) as github:
        reading = github.door.read(1, NOW)
    assert [(request.path, request.operation) for request in github.requests] == [("/graphql", "Incident")]
    assert reading is not None
    assert [comment.id for comment in reading.thread.comments] == ["IC_1"]
    assert reading.thread.whole
    assert github.requests[0].data["variables"]["since"] == "2026-03-02T02:55:00Z"


def test_now_is_the_date_of_the_answer() -> None:
    """No runner's clock."""
    with Loopback(Reply(FINE.data, headers={"Date": "Tue, 03 Mar 2026 10:00:07 GMT"})) as github:
        reading = github.door.read(1, NOW)
    assert reading is not None
    assert reading.thread.read_at == datetime(2026, 3, 3, 10, 0, 7, tzinfo=UTC)


def test_a_pull_request_or_a_missing_issue_is_nothing() -> None:
    """GraphQL answers null and an error of type NOT_FOUND."""
    data = {**answered(repository_node(None)).data, "errors": [{"type": "NOT_FOUND", "message": "no issue 7"}]}
    with Loopback(Reply(data)) as github:
        assert github.door.read(7, NOW) is None


def test_a_repository_that_the_token_cannot_see_is_forbidden() -> None:
    """Not an empty one."""
    with Loopback(answered(None)) as github, pytest.raises(Forbidden, match="acme/incidents"):
        github.door.read(1, NOW)


def test_people_are_named_as_graphql_names_them() -> None:
    """A deleted account is the ghost; a bot's login has no suffix, its type says what it is."""
    ghost = comment_node(2, author=None)
    bot = comment_node(3, author=BOT)
    edited = {**comment_node(4), "lastEditedAt": "2026-03-02T03:11:00Z", "editor": BOT}
    with Loopback(answered(repository_node(issue_node((ghost, bot, edited))))) as github:
        reading = github.door.read(1, NOW)
    assert reading is not None
    one, two, three = reading.thread.comments
    assert one.author == GHOST
    assert two.author == Person("github-actions", 41898282, "Bot")
    assert two.ours
    assert not one.ours
    assert three.editor == two.author
    assert three.author == Person("rae", 611, "User")
    assert three.reactions == {"THUMBS_UP"}


def test_deeds_are_told_with_what_they_were_about() -> None:
    """The label, the reason, the author of the deleted comment."""
    at = {"createdAt": "2026-03-02T03:05:00Z", "actor": RAE}
    nodes = [
        {"__typename": "LabeledEvent", "id": "1", "label": {"name": "severity: high"}, **at},
        {"__typename": "UnlabeledEvent", "id": "7", "label": {"name": "status: confirmed"}, **at},
        {"__typename": "ClosedEvent", "id": "2", "stateReason": "NOT_PLANNED", **at},
        {"__typename": "ClosedEvent", "id": "3", "stateReason": None, **at},
        {"__typename": "ReopenedEvent", "id": "4", **at},
        {"__typename": "CommentDeletedEvent", "id": "5", "deletedCommentAuthor": BOT, **at},
        {"__typename": "CommentDeletedEvent", "id": "6", "deletedCommentAuthor": None, **at},
        None,
        {"__typename": "SomethingNew"},
    ]
    issue = issue_node(deeds={"nodes": nodes, "pageInfo": {"hasPreviousPage": False, "startCursor": None}})
    with Loopback(answered(repository_node(issue))) as github:
        reading = github.door.read(1, NOW)
    assert reading is not None
    assert [(deed.kind, deed.detail) for deed in reading.thread.deeds] == [
        ("labeled", "severity: high"),
        ("unlabeled", "status: confirmed"),
        ("closed", "NOT_PLANNED"),
        ("closed", ""),
        ("reopened", ""),
        ("comment_deleted", "github-actions"),
        ("comment_deleted", "ghost"),
    ]


@pytest.mark.parametrize(
    "failure",
    [
        Reply({"message": "Bad gateway"}, 502),
        Reply({"message": "Unavailable"}, 503),
        Reply({"message": "slow down"}, 429),
        Reply({"message": "You have exceeded a secondary rate limit"}, 403),
        Reply(hang_up=True),
    ],
    ids=["502", "503", "429", "secondary limit", "hung up"],
)
def test_a_read_that_fails_in_passing_is_tried_again(failure: Reply) -> None:
    """Reading changes nothing, so asking twice is harmless."""
    with Loopback(failure, failure, FINE) as github:
        assert github.door.read(1, NOW) is not None
    assert len(github.requests) == 3
    assert github.slept == [1, 2]


def test_a_read_is_given_up_after_a_few_tries() -> None:
    """Neither yes nor no: the next run asks again."""
    with Loopback(Reply({"message": "down"}, 502)) as github, pytest.raises(Unavailable, match="502"):
        github.door.read(1, NOW)
    assert len(github.requests) == TRIES


def test_githubs_word_on_when_to_try_again_is_kept() -> None:
    """`Retry-After`, or the moment at which the limit is reset."""
    later = Reply({"message": "wait"}, 429, {"Retry-After": "7"})
    reset = int(NOW.timestamp()) + 11
    limit = Reply(
        {"message": "API rate limit exceeded"},
        403,
        {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(reset)},
    )
    with Loopback(later, limit, FINE) as github:
        github.door.read(1, NOW)
    assert github.slept == [7, 11]


def test_a_wait_longer_than_a_run_may_take_is_not_waited() -> None:
    """The next run is sooner."""
    with Loopback(Reply({"message": "wait"}, 429, {"Retry-After": "3600"})) as github, pytest.raises(Unavailable):
        github.door.read(1, NOW)
    assert github.slept == []


def test_a_rate_limit_told_with_200_is_a_rate_limit() -> None:
    """GraphQL's errors come as HTTP 200."""
    limited = Reply({"data": None, "errors": [{"type": "RATE_LIMITED", "message": "enough"}]})
    with Loopback(limited) as github, pytest.raises(Unavailable, match="enough"):
        github.door.read(1, NOW)


@pytest.mark.parametrize(
    "data", [{"data": None, "errors": [{"message": "timeout"}]}, {"data": None}, {"message": "?"}, None, []]
)
def test_an_answer_without_data_is_no_answer(data: object) -> None:
    """Whatever the reason."""
    with Loopback(Reply(data)) as github, pytest.raises(Unavailable):
        github.door.read(1, NOW)


@pytest.mark.parametrize("reply", [Reply({"message": "Bad credentials"}, 401), Reply({"message": "No"}, 403)])
def test_a_token_without_permission_is_forbidden_at_once(reply: Reply) -> None:
    """Trying again would not help."""
    with Loopback(reply) as github, pytest.raises(Forbidden):
        github.door.read(1, NOW)
    assert len(github.requests) == 1


def test_forbidden_told_with_200_is_forbidden() -> None:
    """As GraphQL does it."""
    refused = Reply({"data": {"repository": None}, "errors": [{"type": "FORBIDDEN", "message": "no"}]})
    with Loopback(refused) as github, pytest.raises(Forbidden):
        github.door.read(1, NOW)


def test_a_server_that_is_not_there_is_unavailable() -> None:
    """No traceback of the client's."""
    with Loopback(FINE) as github:
        url = github.url
    with pytest.raises(Unavailable):
        Wire(url, "token", f"{url}/graphql", github.slept.append).get("/zen")


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_what_moved_is_read_where_it_is_now_with_its_query(status: int) -> None:
    """A repository that has another name: without the query, all its issues would be taken for records."""
    with Loopback(Reply(status=status), Reply([{"number": 7}])) as github:
        there = "/repositories/9/issues?labels=irp&state=all"
        github.replies[0] = Reply({"message": "Moved"}, status, {"Location": f"{github.url}{there}"})
        assert github.wire.get("/repos/acme/old/issues?labels=irp&state=all").data == [{"number": 7}]
    assert github.requests[1].path == there


@pytest.mark.parametrize("location", ["https://elsewhere.test/x", "ftp:x", ""])
def test_nobody_else_is_shown_the_token(location: str) -> None:
    """What is elsewhere than at GitHub is an answer without an issue in it, and no crash."""
    with Loopback(Reply({"message": "Moved"}, 301, {"Location": location})) as github:
        assert github.wire.get("/x").status == 308
        assert github.door.standing("wes") is None
    assert len(github.requests) == 2


def test_what_moves_in_a_circle_is_given_up() -> None:
    """And no crash either."""
    with Loopback(Reply(status=301)) as github:
        github.replies[0] = Reply({"message": "Moved"}, 301, {"Location": f"{github.url}/x"})
        assert github.wire.get("/x").status == 308
    assert len(github.requests) == HOPS


def test_a_refusal_that_says_when_to_come_again_is_none() -> None:
    """GitHub's words for the secondary limit have changed before."""
    refused = Reply({"message": "You have triggered an abuse detection mechanism."}, 403, {"Retry-After": "60"})
    with Loopback(refused, refused, FINE) as github:
        assert github.door.read(1, NOW) is not None
    assert github.slept == [60.0, 60.0]


def test_older_comments_are_read_a_page_at_a_time_until_far_enough() -> None:
    """And no further."""
    latest = tuple(comment_node(n, at=f"2026-03-02T05:{n - 80:02}:00Z") for n in range(90, 110))
    opening = [comment_node(n, at=f"2026-03-02T03:{n:02}:00Z") for n in range(1, 11)]
    middle = [comment_node(n, at=f"2026-03-02T04:{n - 50:02}:00Z") for n in range(70, 90)]
    issue = issue_node(latest, total=109)
    issue["opening"]["nodes"] = opening
    page = {"latest": {"pageInfo": {"hasPreviousPage": True, "startCursor": "c2"}, "nodes": middle}}
    older = answered(repository_node({**page, "deeds": issue["deeds"]}))
    with Loopback(answered(repository_node(issue)), older) as github:
        door = github.door
        reading = door.read(1, NOW)
        assert reading is not None
        assert not reading.thread.whole
        same = door.reach(reading.thread, datetime(2026, 3, 2, 5, 20, tzinfo=UTC))
        assert len(github.requests) == 1
        further = door.reach(same, datetime(2026, 3, 2, 4, 30, tzinfo=UTC))
    assert [request.operation for request in github.requests] == ["Incident", "Older"]
    assert github.requests[1].data["variables"]["comments"] == "c1"
    assert [comment.number for comment in further.comments] == [*range(1, 11), *range(70, 110)]


def test_other_issues_touched_lately_are_glanced_at() -> None:
    """Their own runs may have been lost."""
    other: dict[str, object] = {
        "number": 2,
        "body": None,
        "createdAt": "2026-03-02T03:00:00Z",
        "labels": {"nodes": [{"name": "irp"}]},
        "opening": {"nodes": [{"id": "x", "viewerDidAuthor": True, "lastEditedAt": "2026-03-02T03:01:00Z"}]},
        "latest": {"nodes": [{"createdAt": "2026-03-02T03:09:00Z", "lastEditedAt": None, "viewerDidAuthor": False}]},
        "deeds": {"nodes": []},
    }
    node = repository_node(issue_node(), recent={"nodes": [other, {**other, "number": 1}]})
    with Loopback(answered(node)) as github:
        reading = github.door.read(1, NOW)
    assert reading is not None
    (glance,) = reading.others
    assert (glance.number, glance.touched_at, glance.written_at) == (
        2,
        NOW - timedelta(minutes=1),
        NOW - timedelta(minutes=9),
    )


def issues_page(*nodes: tuple[int, str, bool], after: str | None = None) -> Reply:
    """A page of issues, each with its number, its body and whether it is ours."""
    page = {
        "pageInfo": {"hasNextPage": after is not None, "endCursor": after},
        "nodes": [{"number": number, "body": body, "viewerDidAuthor": ours} for number, body, ours in nodes],
    }
    return answered({"id": "R_1", "issues": page})


def test_issues_that_we_opened_are_found_by_what_they_came_of() -> None:
    """CL-2: only ours count, only of this incident, on every page, and of two copies the earlier."""
    first = issues_page(
        (9, "<!-- irp:follow-up 1 A1 -->\nscan", True),
        (8, "<!-- irp:follow-up 1 A2 -->\nforged", False),
        (7, "<!-- irp:follow-up 2 A3 -->\nanother incident's", True),
        after="c1",
    )
    second = issues_page((6, "<!-- irp:follow-up 1 A1 -->\nscan", True), (5, "something else", True))
    with Loopback(first, second) as github:
        assert github.door.opened(1, NOW) == {"A1": 6}
    assert [request.data["variables"]["after"] for request in github.requests] == [None, "c1"]


def test_closed_incidents_are_listed_page_by_page() -> None:
    """CL-4: for those who count them."""
    with Loopback(issues_page((1, "", True), after="c1"), issues_page((4, "", True))) as github:
        assert list(github.door.closed("irp")) == [1, 4]
