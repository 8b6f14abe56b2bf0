"""Comments over REST: writing, editing, deleting, pinning, listing, reacting."""

import pytest
from standin_client import Person

from irp_actions.edges.standin.acts.posts import BODY_LIMIT


def test_a_comment_is_written_edited_and_deleted(owner: Person) -> None:
    """The issue counts it, and the timeline keeps that it was deleted."""
    owner.open()
    comment = owner.comment("first\r\nthoughts")
    assert comment["body"] == "first\r\nthoughts"
    assert owner.get("~/issues/1")["comments"] == 1
    owner.told("POST", "clock", {"advance": "PT5M"})
    edited = owner.send("PATCH", f"~/issues/comments/{comment['id']}", {"body": "second"})
    assert (edited["body"], edited["updated_at"]) == ("second", "2026-03-02T03:15:00Z")
    assert owner.get("~/issues/1")["updated_at"] == "2026-03-02T03:15:00Z"
    owner.send("DELETE", f"~/issues/comments/{comment['id']}")
    assert owner.call("GET", f"~/issues/comments/{comment['id']}").status_code == 404
    assert owner.get("~/issues/1")["comments"] == 0
    assert owner.get("~/issues/1/events")[-1]["event"] == "comment_deleted"


def test_a_comment_that_will_not_do_is_refused(owner: Person) -> None:
    """Blank, missing or over-long texts are 422; the over-long one names `IssueComment` and `data`."""
    owner.open()
    path = "~/issues/1/comments"
    assert owner.call("POST", path, {}).status_code == 422
    assert owner.call("POST", path, {"body": " \n"}).status_code == 422
    assert owner.call("POST", "~/issues/9/comments", {"body": "x"}).status_code == 404
    response = owner.call("POST", path, {"body": "x" * (BODY_LIMIT + 1)})
    error = response.json()["errors"][0]
    assert (response.status_code, error["resource"], error["field"]) == (422, "IssueComment", "data")
    comment = owner.comment("x" * BODY_LIMIT)
    change = {"body": "x" * (BODY_LIMIT + 1)}
    assert owner.call("PATCH", f"~/issues/comments/{comment['id']}", change).status_code == 422


def test_comments_are_listed_by_issue_and_by_repository(owner: Person) -> None:
    """Oldest first; `since` looks at the last change; the repository's list can be sorted."""
    owner.open()
    owner.open()
    first = owner.comment("one", 1)
    owner.told("POST", "clock", {"advance": "PT1H"})
    owner.comment("two", 2)
    owner.comment("three", 1)
    since = "since=2026-03-02T04:00:00Z"

    def bodies(path: str) -> list[str]:
        return [comment["body"] for comment in owner.get(path)]

    assert bodies("~/issues/1/comments") == ["one", "three"]
    assert bodies(f"~/issues/1/comments?{since}") == ["three"]
    assert bodies("~/issues/comments") == ["one", "two", "three"]
    assert bodies(f"~/issues/comments?{since}") == ["two", "three"]
    assert bodies("~/issues/comments?direction=desc") == ["three", "two", "one"]
    owner.told("POST", "clock", {"advance": "PT1H"})
    owner.send("PATCH", f"~/issues/comments/{first['id']}", {"body": "one!"})
    assert bodies("~/issues/comments?sort=updated") == ["two", "three", "one!"]


@pytest.mark.behaviour("described", "the OpenAPI description", "repository")
def test_one_comment_of_an_issue_is_pinned(owner: Person) -> None:
    """A second one takes its place; the issue shows which it is."""
    owner.open()
    first, second = owner.comment("one"), owner.comment("two")
    pinned = owner.send("PUT", f"~/issues/comments/{first['id']}/pin")
    assert pinned["pin"]["pinned_by"]["login"] == "acme"
    assert owner.get("~/issues/1")["pinned_comment"]["id"] == first["id"]
    owner.send("PUT", f"~/issues/comments/{second['id']}/pin")
    assert owner.get("~/issues/1")["pinned_comment"]["id"] == second["id"]
    assert "pin" not in owner.get(f"~/issues/comments/{first['id']}")
    owner.send("DELETE", f"~/issues/comments/{second['id']}/pin")
    assert owner.get("~/issues/1")["pinned_comment"] is None
    owner.send("PUT", f"~/issues/comments/{second['id']}/pin")
    owner.send("DELETE", f"~/issues/comments/{second['id']}")
    assert owner.get("~/issues/1")["pinned_comment"] is None


@pytest.mark.behaviour("documented", "REST: Create reaction for an issue comment")
def test_a_reaction_is_new_once(owner: Person, reader: Person) -> None:
    """201 the first time, 200 after: the nearest thing GitHub has to a claim."""
    owner.open()
    comment = owner.comment("who takes it?")
    for path in (f"~/issues/comments/{comment['id']}/reactions", "~/issues/1/reactions"):
        first = owner.call("POST", path, {"content": "eyes"})
        again = owner.call("POST", path, {"content": "eyes"})
        assert (first.status_code, again.status_code) == (201, 200)
        assert again.json() == first.json()
        reader.send("POST", path, {"content": "+1"})
        assert [given["content"] for given in owner.get(path)] == ["eyes", "+1"]
        assert [given["user"]["login"] for given in owner.get(f"{path}?content=%2B1")] == ["ria"]
        assert owner.call("POST", path, {"content": "shrug"}).status_code == 422
        assert reader.call("DELETE", f"{path}/{first.json()['id']}").status_code == 403
        owner.send("DELETE", f"{path}/{first.json()['id']}")
        assert owner.call("DELETE", f"{path}/{first.json()['id']}").status_code == 404
    rollup = owner.get("~/issues/1")["reactions"]
    assert (rollup["total_count"], rollup["+1"], rollup["eyes"]) == (1, 1, 0)


@pytest.mark.behaviour("documented", "Deleting your personal account")
def test_what_a_deleted_account_wrote_is_the_ghosts(owner: Person, reader: Person) -> None:
    """REST shows `ghost`, GraphQL shows nobody."""
    reader.open()
    reader.comment("still here")
    owner.told("DELETE", "users/ria")
    assert owner.get("~/issues/1")["user"]["login"] == "ghost"
    assert owner.get("~/issues/1/comments")[0]["user"]["login"] == "ghost"
    query = '{ repository(owner: "acme", name: "security-incidents") { issue(number: 1) { author { login } } } }'
    assert owner.data(query)["repository"]["issue"]["author"] is None
