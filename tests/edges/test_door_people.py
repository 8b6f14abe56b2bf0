"""The door, people: 200 with write is a yes, 200 without and 404 are a no, and everything else is neither."""

from __future__ import annotations

import pytest

from irp_actions.values.thread import Person
from tests.edges.loopback import BOT, RAE, Loopback, Reply, comment_node

WRITER = Person("github-actions", 41898282, "Bot")


@pytest.mark.parametrize(
    ("permission", "role", "standing"),
    [
        ("admin", "admin", "responder"),
        ("write", "maintain", "responder"),
        ("write", "write", "responder"),
        ("read", "triage", "outsider"),
        ("read", "read", "outsider"),
        ("none", "none", "outsider"),
    ],
)
def test_write_or_more_is_a_yes_and_less_is_a_no(permission: str, role: str, standing: str) -> None:
    """By `permission`, which folds maintain into write and triage into read."""
    with Loopback(Reply({"permission": permission, "role_name": role})) as github:
        assert github.door.standing("wes") == standing
    assert [request.path for request in github.requests] == ["/repos/acme/incidents/collaborators/wes/permission"]


def test_a_person_who_is_not_there_is_a_no() -> None:
    """404 is an answer."""
    with Loopback(Reply({"message": "Not Found"}, 404)) as github:
        assert github.door.standing("nobody") == "outsider"


@pytest.mark.parametrize(
    "reply",
    [
        Reply({"message": "?"}, 500),
        Reply({"message": "?"}, 502),
        Reply({"message": "?"}, 429),
        Reply({"message": "Resource not accessible by integration"}, 403),
        Reply({"message": "Bad credentials"}, 401),
        Reply(hang_up=True),
        Reply({"message": "?"}, 301),
    ],
    ids=["500", "502", "429", "403", "401", "hung up", "301"],
)
def test_anything_else_is_neither(reply: Reply) -> None:
    """Nothing is decided by it."""
    with Loopback(reply) as github:
        assert github.door.standing("wes") is None


def test_a_login_cannot_leave_its_place_in_the_path() -> None:
    """Whatever it is made of."""
    with Loopback(Reply({"message": "Not Found"}, 404)) as github:
        github.door.standing("../../x?y")
    assert github.requests[0].path == "/repos/acme/incidents/collaborators/..%2F..%2Fx%3Fy/permission"


def edited(*editors: object) -> Reply:
    """A comment with an edit history."""
    nodes = [{"editedAt": "2026-03-02T03:10:00Z", "editor": who, "diff": f"text {n}"} for n, who in enumerate(editors)]
    return Reply({"data": {"nodes": [{"id": "IC_1", "userContentEdits": {"nodes": nodes}}]}})


def test_everyone_who_edited_a_comment_is_told() -> None:
    """A deleted account among them."""
    with Loopback(edited(RAE, None, BOT)) as github:
        assert github.door.editors(frozenset({"IC_1"})) == {"IC_1": ("rae", "ghost", "github-actions")}


def test_a_comment_that_was_never_edited_has_no_editors() -> None:
    """GraphQL says null."""
    with Loopback(Reply({"data": {"nodes": [{"id": "IC_1", "userContentEdits": None}]}})) as github:
        assert github.door.editors(frozenset({"IC_1"})) == {"IC_1": ()}


def test_nobody_is_asked_about_nothing() -> None:
    """No request for no comments."""
    with Loopback(Reply({})) as github:
        assert github.door.editors(frozenset()) == {}
    assert github.requests == []


@pytest.mark.parametrize("reply", [Reply({"message": "?"}, 502), Reply({"message": "no"}, 403)])
def test_editors_that_github_does_not_tell_are_unknown(reply: Reply) -> None:
    """Neither none nor some."""
    with Loopback(reply) as github:
        assert github.door.editors(frozenset({"IC_1", "IC_2"})) == {"IC_1": None, "IC_2": None}


def test_a_comment_that_is_gone_has_unknown_editors() -> None:
    """It was there when it was read."""
    with Loopback(Reply({"data": {"nodes": [None]}})) as github:
        assert github.door.editors(frozenset({"IC_1"})) == {"IC_1": None}


def test_what_became_of_our_text_is_found_in_the_history() -> None:
    """RE-2: newest first, as GitHub tells it, down to our newest text."""
    with Loopback(edited(RAE, BOT, BOT)) as github:
        found = github.door.since_ours("IC_1", WRITER)
        assert [(revision.editor.login, revision.body) for revision in found] == [
            ("rae", "text 0"),
            ("github-actions", "text 1"),
        ]
    with Loopback(edited(RAE)) as github:
        assert github.door.since_ours("IC_1", WRITER) == ()
    with Loopback(Reply({"data": {"nodes": [None]}})) as github:
        assert github.door.since_ours("IC_1", WRITER) == ()


def test_one_comment_is_read_by_its_id_with_its_issue() -> None:
    """So that a hint can be verified."""
    node = {**comment_node(9), "issue": {"number": 4}}
    with Loopback(Reply({"data": {"nodes": [node]}})) as github:
        found = github.door.comment("IC_9")
    assert found is not None
    assert (found[0], found[1].id) == (4, "IC_9")
    nothings: tuple[list[object], ...] = ([None], [{}], [])
    for nothing in nothings:
        with Loopback(Reply({"data": {"nodes": nothing}})) as github:
            assert github.door.comment("IC_9") is None
