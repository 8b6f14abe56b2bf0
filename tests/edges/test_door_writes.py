"""The door, writing: one batch, the record first, sent once, and what GitHub did not take is never called done."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from irp_actions.edges.github.door import Door
from irp_actions.edges.trouble import Forbidden, WriteFailed
from irp_actions.values import changes as c
from irp_actions.values.thread import Thread
from tests.edges.loopback import RAE, Loopback, Reply, answered, issue_node, repository_node

NOW = datetime(2026, 3, 2, 3, 10, tzinfo=UTC)
READ = answered(repository_node(issue_node(assignees={"nodes": [RAE]})))
EVERYTHING: tuple[c.Change, ...] = (
    c.WriteRecord("IC_1", "the board"),
    c.Say(("key",), "a note"),
    c.Amend("IC_2", "amended"),
    c.React("IC_3", "THUMBS_UP"),
    c.WriteBody("the body"),
    c.SetLabels(frozenset({"irp"}), frozenset({"irp"})),
    c.Assign(frozenset({"rae"}), frozenset({"rae"})),
    c.Remove("IC_4"),
    c.FileArchive("an archive"),
    c.OpenIssue("issue:A1", "Scan", "the body of it", frozenset({"irp"}), frozenset({"rae"})),
    c.Reopen(),
    c.Close("COMPLETED"),
)
FIELDS = [
    "updateIssueComment",
    "addComment",
    "updateIssueComment",
    "addReaction",
    "updateIssue",
    "addLabelsToLabelable",
    "removeLabelsFromLabelable",
    "addAssigneesToAssignable",
    "removeAssigneesFromAssignable",
    "deleteIssueComment",
    "addComment",
    "createIssue",
    "reopenIssue",
    "closeIssue",
]


def opened(github: Loopback) -> tuple[Door, Thread]:
    """A door that has read the issue."""
    door = github.door
    reading = door.read(1, NOW)
    assert reading is not None
    return door, reading.thread


def taken(**changed: Any) -> Reply:
    """An answer in which every mutation was made, but for those changed here."""
    data: dict[str, Any] = {f"m{place}": {"clientMutationId": None} for place in range(len(FIELDS))}
    data["m0"] = {"issueComment": {"id": "IC_1", "body": "the board"}}
    data["m1"] = {"commentEdge": {"node": {"id": "IC_9", "fullDatabaseId": "9", "body": "a note"}}}
    data["m4"] = {"issue": {"id": "I_1", "body": "the body"}}
    return Reply({"data": data | changed})


def test_a_batch_is_one_request_with_the_record_first() -> None:
    """One alias each, in order."""
    with Loopback(READ, taken()) as github:
        door, thread = opened(github)
        door.apply(thread, EVERYTHING)
    (request,) = github.requests[1:]
    lines = [line.strip() for line in request.data["query"].split("\n")[1:-1]]
    assert [line.split("(")[0] for line in lines] == [f"m{n}: {name}" for n, name in enumerate(FIELDS)]


def test_every_text_is_a_variable() -> None:
    """Nothing anyone wrote can become a part of the query."""
    nasty = 'x") { viewer { login } } #"""'
    with Loopback(READ, Reply({"data": {"m0": {"issueComment": {"body": nasty}}}})) as github:
        door, thread = opened(github)
        door.apply(thread, (c.WriteRecord("IC_1", nasty),))
    data = github.requests[1].data
    assert nasty not in data["query"]
    assert data["variables"]["m0"] == {"id": "IC_1", "body": nasty}


def test_nothing_to_do_is_no_request() -> None:
    """Not even an empty one."""
    with Loopback(READ) as github:
        door, thread = opened(github)
        door.apply(thread, ())
    assert len(github.requests) == 1


@pytest.mark.parametrize(
    "failure",
    [
        Reply({"message": "Bad gateway"}, 502),
        Reply({"message": "?"}, 500),
        Reply({"message": "slow down"}, 429),
        Reply({"message": "You have exceeded a secondary rate limit"}, 403),
        Reply(hang_up=True),
        Reply(),
    ],
    ids=["502", "500", "429", "secondary limit", "hung up", "nothing said"],
)
def test_a_mutation_is_never_sent_again_blindly(failure: Reply) -> None:
    """It may have been applied: the client's own retries are off, and the next look finds out."""
    with Loopback(READ, failure) as github:
        door, thread = opened(github)
        with pytest.raises(WriteFailed):
            door.apply(thread, EVERYTHING)
    assert len(github.requests) == 2


@pytest.mark.parametrize("lost", [{"m0": None}, {"m1": None}, {"m4": None}])
def test_a_mutation_that_came_back_null_was_not_made(lost: dict[str, None]) -> None:
    """The failure names what was lost."""
    with Loopback(READ, taken(**lost)) as github:
        door, thread = opened(github)
        with pytest.raises(WriteFailed, match=r"not written: (WriteRecord|Say|WriteBody)"):
            door.apply(thread, EVERYTHING)


@pytest.mark.parametrize(
    "dropped",
    [{"m4": {"issue": {"body": "the old body"}}}, {"m0": {"issueComment": {"body": "the old board"}}}],
    ids=["the body", "the record"],
)
def test_a_text_that_github_dropped_in_silence_was_not_written(dropped: dict[str, Any]) -> None:
    """An over-long body is answered with 200 and the old text: compared after writing."""
    with Loopback(READ, taken(**dropped)) as github:
        door, thread = opened(github)
        with pytest.raises(WriteFailed, match="not written"):
            door.apply(thread, EVERYTHING)


def test_line_ends_that_github_changed_are_no_difference() -> None:
    """CRLF and a missing last newline."""
    same = {"m4": {"issue": {"body": "the\r\nbody"}}}
    with Loopback(READ, taken(**same)) as github:
        door, thread = opened(github)
        everything = tuple(c.WriteBody("the\nbody\n") if isinstance(x, c.WriteBody) else x for x in EVERYTHING)
        door.apply(thread, everything)


def test_a_token_that_may_write_nothing_is_forbidden() -> None:
    """GraphQL says so for every alias."""
    data = {f"m{place}": None for place in range(len(FIELDS))}
    refused = Reply({"data": data, "errors": [{"type": "FORBIDDEN", "message": "not accessible by integration"}]})
    with Loopback(READ, refused) as github:
        door, thread = opened(github)
        with pytest.raises(Forbidden, match="not accessible"):
            door.apply(thread, EVERYTHING)


def test_the_board_is_pinned_after_it_was_opened() -> None:
    """Not being allowed to pin is no reason to fail."""
    made = Reply({"data": {"m0": {"commentEdge": {"node": {"id": "IC_9", "fullDatabaseId": "9", "body": "x"}}}}})
    for pinned in (Reply({}, 200), Reply({"message": "no"}, 403), Reply({"message": "?"}, 502)):
        with Loopback(READ, made, pinned) as github:
            door, thread = opened(github)
            door.apply(thread, (c.OpenBoard("x"),))
        assert (github.requests[2].method, github.requests[2].path) == (
            "PUT",
            "/repos/acme/incidents/issues/comments/9/pin",
        )


def test_a_label_that_is_not_there_yet_is_created_with_its_colour() -> None:
    """Once; after that its id is known."""
    label = Reply({"node_id": "LA_9"}, 201)
    done = Reply({"data": {"m0": {"clientMutationId": None}}})
    with Loopback(READ, label, done, done) as github:
        door, thread = opened(github)
        change = c.SetLabels(frozenset({"severity: high"}), frozenset())
        door.apply(thread, (change,))
        door.apply(thread, (change,))
    created = [request for request in github.requests if request.path.endswith("/labels")]
    assert [request.data for request in created] == [{"name": "severity: high", "color": "b60205"}]
    assert github.requests[-1].data["variables"]["m0"]["labelIds"] == ["LA_9"]


def test_a_label_that_somebody_else_just_created_is_used() -> None:
    """422: it exists already, so its id is asked for."""
    there = Reply({"message": "Validation Failed", "errors": [{"code": "already_exists"}]}, 422)
    done = Reply({"data": {"m0": {"clientMutationId": None}}})
    with Loopback(READ, there, Reply({"node_id": "LA_7"}), done) as github:
        door, thread = opened(github)
        door.apply(thread, (c.SetLabels(frozenset({"severity: high"}), frozenset()),))
    assert github.requests[-1].data["variables"]["m0"]["labelIds"] == ["LA_7"]


def test_people_whom_no_read_has_shown_are_left_out() -> None:
    """A batch never fails for an assignee."""
    with Loopback(READ) as github:
        door, thread = opened(github)
        door.apply(thread, (c.Assign(frozenset({"stranger"}), frozenset()),))
    assert len(github.requests) == 1


@pytest.mark.parametrize(("reply", "done"), [(Reply(None, 204), True), (Reply({"message": "no"}, 403), False)])
def test_a_workflow_is_woken_where_the_token_may(reply: Reply, done: bool) -> None:
    """And it is known whether it was."""
    with Loopback(reply) as github:
        assert github.door.wake("sweep.yml", awake=True) is done
    assert github.requests[0].path == "/repos/acme/incidents/actions/workflows/sweep.yml/enable"


def test_a_workflow_that_is_off_already_needs_no_permission() -> None:
    """Two sweeps may find rest one after the other; GitHub's answer to the second has the status of a refusal."""
    off = Reply({"message": "Unable to disable a workflow that is not active."}, 403)
    with Loopback(off) as github:
        assert github.door.wake("sweep.yml", awake=False)
        assert not github.door.wake("sweep.yml", awake=True)


def test_an_issue_is_opened_in_the_same_repository_with_what_is_known() -> None:
    """CL-2: labels and people by the ids that the read showed; others are looked up, and left out if there are none."""
    change = c.OpenIssue("issue:A1", "Scan", "why", frozenset({"irp"}), frozenset({"cat", "rae", "zoe"}))
    people = (Reply({"node_id": "U_cat"}), Reply({"message": "Not Found"}, status=404))
    with Loopback(READ, *people, Reply({"data": {"m0": {"issue": {"number": 7}}}})) as github:
        door, thread = opened(github)
        door.apply(thread, (change,))
    assert [request.path for request in github.requests[1:3]] == ["/users/cat", "/users/zoe"]
    wanted = {
        "repositoryId": "R_1",
        "title": "Scan",
        "body": "why",
        "labelIds": ["LA_1"],
        "assigneeIds": ["U_cat", "U_rae"],
    }
    assert github.requests[-1].data["variables"]["m0"] == wanted


def test_the_label_of_an_issue_is_created_first() -> None:
    """CL-2: GitHub takes only ids of labels that exist."""
    made = Reply({"node_id": "LA_9"}, status=201)
    change = c.OpenIssue("issue:A1", "Scan", "why", frozenset({"follow-up"}), frozenset())
    with Loopback(READ, made, Reply({"data": {"m0": {"issue": {"number": 7}}}})) as github:
        door, thread = opened(github)
        door.apply(thread, (change,))
    assert github.requests[-1].data["variables"]["m0"]["labelIds"] == ["LA_9"]


@pytest.mark.parametrize(("status", "is_sent_on"), [(301, True), (307, True), (308, True), (302, False)])
def test_a_write_goes_to_where_its_thing_is_now(status: int, is_sent_on: bool) -> None:
    """A redirection applied nothing; what GitHub means to be read elsewhere is not written there."""
    with Loopback(Reply(status=status), Reply(status=204)) as github:
        github.replies[0] = Reply({"message": "Moved"}, status, {"Location": f"{github.url}/repositories/9/x"})
        answer = github.wire.send("PUT", "/repos/acme/old/x", {"ref": "main"})
    sent = [("/repos/acme/old/x", {"ref": "main"}), ("/repositories/9/x", {"ref": "main"})]
    assert [(request.path, request.data) for request in github.requests] == sent[: 1 + is_sent_on]
    assert answer.status == (204 if is_sent_on else 302)
