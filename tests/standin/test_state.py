"""The state file: what was remembered is remembered again, all of it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from standin_client import REPO, Person

from irp_actions.edges.standin.engine import NoEngine
from irp_actions.edges.standin.saving import restore, saved
from irp_actions.edges.standin.standin import StandIn

HISTORY = """query($number: Int!) { repository(owner: "acme", name: "security-incidents") { issue(number: $number) {
  body isPinned userContentEdits(first: 9) { nodes { diff editor { login } } }
  timelineItems(first: 99) { nodes { __typename } }
  reactionGroups { content reactors(first: 9) { nodes { ... on User { login } } } }
  comments(first: 99) { nodes { id body isMinimized reactionGroups { content viewerHasReacted } } } } } }"""


def reborn(gh: StandIn, checkout: Path, path: Path, clock: str = "2026-03-02T03:10:00Z") -> StandIn:
    """Another stand-in with what the first one saved."""
    gh.save(path)
    other = StandIn(REPO, checkout, clock, engine_of=lambda _checkout, _host: NoEngine())
    other.load(path)
    return other


def test_everything_survives(gh: StandIn, owner: Person, reader: Person, checkout: Path, tmp_path: Path) -> None:
    """Issues, texts and their history, labels, people, events, reactions, pins, and the time."""
    reader.open("one", body="first")
    owner.send("PATCH", "~/issues/1", {"title": "One", "body": "second", "labels": ["bug"], "assignees": ["acme"]})
    comment = owner.comment("hello")
    owner.send("POST", f"~/issues/comments/{comment['id']}/reactions", {"content": "eyes"})
    owner.send("PUT", f"~/issues/comments/{comment['id']}/pin")
    owner.send("PATCH", "~/issues/1", {"state": "closed"})
    owner.data(
        "mutation($i: ID!) { pinIssue(input: {issueId: $i}) { clientMutationId } }",
        i=owner.get("~/issues/1")["node_id"],
    )
    gone = owner.open("two")
    owner.data("mutation($i: ID!) { deleteIssue(input: {issueId: $i}) { clientMutationId } }", i=gone["node_id"])
    owner.told("PUT", "users/bea", {"permission": "maintain", "private_member": True})
    owner.told("DELETE", "users/ria")
    owner.told("POST", "clock", {"advance": "PT1H"})
    paths = ["~/issues?state=all", "~/issues/1/timeline", "~/issues/comments", "~/labels", "~/collaborators"]
    before = [owner.get(path) for path in paths] + [owner.data(HISTORY, number=1)]
    with reborn(gh, checkout, tmp_path / "state.json") as other:
        again = Person(other, "acme")
        after = [again.get(path) for path in paths] + [again.data(HISTORY, number=1)]
        text = json.dumps(before).replace(gh.server_url, other.server_url)
        assert json.loads(text) == after
        assert again.call("GET", "~/issues/2").status_code == 410
        fresh = again.open("three")
        assert (fresh["number"], fresh["created_at"]) == (3, "2026-03-02T04:10:00Z")
        assert fresh["id"] > gone["id"]
        again.session.close()


def test_saving_again_saves_the_same(gh: StandIn, owner: Person, checkout: Path, tmp_path: Path) -> None:
    """What is loaded is what was saved, to the letter."""
    owner.open(labels=["bug"])
    owner.comment("x")
    other = reborn(gh, checkout, tmp_path / "state.json")
    assert saved(other.world) == saved(gh.world)
    other.server.server_close()


def test_a_file_that_is_not_there_yet_is_an_empty_memory(gh: StandIn, tmp_path: Path) -> None:
    """The first start of a stand-in has none."""
    gh.load(tmp_path / "absent.json")
    assert gh.world.issues == {}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda state: state.update(format=99), "has format 99"),
        (lambda state: state["repository"].update(name="other"), "is of acme/other"),
    ],
)
def test_a_state_of_something_else_is_refused(
    gh: StandIn, change: Callable[[dict[str, object]], None], message: str
) -> None:
    """Another format, another repository."""
    state = saved(gh.world)
    change(state)
    with pytest.raises(ValueError, match=message):
        restore(gh.world, state)
