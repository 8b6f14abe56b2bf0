"""Events: every act is told once, in order, with a whole payload, unless the weather intervenes."""

from collections.abc import Callable
from typing import Any

import pytest
from standin_client import Person

from irp_actions.edges.standin.standin import StandIn


def payloads(person: Person) -> list[Any]:
    """The events so far."""
    events: list[Any] = person.told("GET", "events")
    return events


@pytest.mark.behaviour("measured", "a third party; no figure was kept", "doctor:form_labels")
def test_opening_with_labels_tells_of_both(owner: Person) -> None:
    """`opened` comes first and shows the labels already; then one `labeled` for each."""
    owner.open(body="b", labels=["bug", "question"])
    assert owner.events() == [("issues", "opened"), ("issues", "labeled"), ("issues", "labeled")]
    opened, first, second = payloads(owner)
    assert len(opened["payload"]["issue"]["labels"]) == 2
    assert (first["payload"]["label"]["name"], second["payload"]["label"]["name"]) == ("bug", "question")
    assert (opened["actor"], opened["number"], opened["by_token"]) == ("acme", 1, False)
    assert opened["payload"]["sender"]["login"] == "acme"
    assert opened["payload"]["repository"]["full_name"] == "acme/security-incidents"


def test_each_act_on_an_issue_is_told(owner: Person) -> None:
    """In the order it was done, with what changed."""
    owner.open(body="b")
    owner.send("PATCH", "~/issues/1", {"title": "t", "body": "c", "labels": ["bug"], "assignees": ["acme"]})
    owner.send("PATCH", "~/issues/1", {"labels": [], "assignees": [], "state": "closed"})
    owner.send("PATCH", "~/issues/1", {"state": "open"})
    owner.send("PUT", "~/issues/1/lock")
    owner.send("DELETE", "~/issues/1/lock")
    told = [action for _, action in owner.events()]
    assert told == [
        "opened",
        "edited",
        "labeled",
        "assigned",
        "unlabeled",
        "unassigned",
        "closed",
        "reopened",
        "locked",
        "unlocked",
    ]
    edited = payloads(owner)[1]["payload"]
    assert edited["changes"] == {"title": {"from": "Something looks wrong"}, "body": {"from": "b"}}
    assert payloads(owner)[3]["payload"]["assignee"]["login"] == "acme"


def test_each_act_on_a_comment_is_told(owner: Person) -> None:
    """A deleted comment's payload still has its text; editing to the same text is no event."""
    owner.open()
    comment = owner.comment("one")
    path = f"~/issues/comments/{comment['id']}"
    owner.send("PATCH", path, {"body": "one"})
    owner.send("PATCH", path, {"body": "two"})
    owner.send("PUT", f"{path}/pin")
    owner.send("DELETE", f"{path}/pin")
    owner.send("DELETE", path)
    told = [action for name, action in owner.events() if name == "issue_comment"]
    assert told == ["created", "edited", "pinned", "unpinned", "deleted"]
    events = payloads(owner)
    assert events[2]["payload"]["changes"] == {"body": {"from": "one"}}
    assert events[-1]["payload"]["comment"]["body"] == "two"
    assert events[1]["payload"]["issue"]["comments"] == 1


def test_reactions_hiding_and_labels_of_the_repository_are_not_told(owner: Person) -> None:
    """GitHub has no event for reactions; the others start no incident."""
    owner.open()
    owner.send("POST", "~/issues/1/reactions", {"content": "+1"})
    owner.send("POST", "~/labels", {"name": "x", "color": "ffffff"})
    assert owner.events() == [("issues", "opened")]


def test_what_a_job_does_is_marked(job: Person, owner: Person) -> None:
    """So that the engine starts nothing for it."""
    owner.open()
    job.comment("board")
    told = payloads(owner)[-1]
    assert (told["by_token"], told["actor"]) == (True, "github-actions[bot]")
    assert told["payload"]["comment"]["performed_via_github_app"]["slug"] == "github-actions"


@pytest.mark.behaviour("documented", "Events that trigger workflows: issue_comment")
def test_comments_on_pull_requests_are_told_with_the_key_that_tells_them_apart(owner: Person) -> None:
    """`issue.pull_request` is there; opening one is no `issues` event."""
    owner.told("POST", "pulls", {"user": "acme", "title": "patch"})
    owner.comment("nice")
    assert owner.events() == [("issue_comment", "created")]
    assert payloads(owner)[0]["payload"]["issue"]["pull_request"]["url"].endswith("/pulls/1")


def test_events_can_come_from_outside(gh: StandIn, owner: Person, somebody: Callable[[str], Person]) -> None:
    """`repository_dispatch` carries what was sent; too much of it is a 422."""
    owner.send("POST", "~/dispatches", {"event_type": "tick", "client_payload": {"number": 1}})
    told = payloads(owner)[0]
    assert (told["name"], told["action"]) == ("repository_dispatch", "tick")
    assert told["payload"]["client_payload"] == {"number": 1}
    assert told["payload"]["branch"] == "main"
    many = {str(number): number for number in range(11)}
    assert owner.call("POST", "~/dispatches", {"event_type": "tick", "client_payload": many}).status_code == 422
    assert owner.call("POST", "~/dispatches", {"client_payload": {}}).status_code == 422
    assert owner.call("POST", "~/dispatches", {"event_type": "x" * 101}).status_code == 422
    token = somebody(gh.mint_token(1, {"contents": "write"}))
    token.send("POST", "~/dispatches", {"event_type": "tock"})
    assert payloads(owner)[-1]["by_token"] is True


def test_events_get_lost_and_doubled_by_the_weather(owner: Person) -> None:
    """Before the listener; what happened has happened all the same."""
    owner.told("POST", "weather", {"drop_events": 1.0})
    owner.open()
    assert owner.events() == []
    owner.told("POST", "weather", {"drop_events": 0.0, "duplicate_events": 1.0})
    owner.comment("x")
    assert owner.events() == [("issue_comment", "created")] * 2
