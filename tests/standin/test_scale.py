"""A large world stays quick: nothing that is asked of one issue grows with what is on it or beside it."""

import time
from collections.abc import Callable

import pytest
from standin_client import Person

from irp_actions.edges.standin.acts.comments import write_comment
from irp_actions.edges.standin.acts.issues import Draft, open_issue
from irp_actions.edges.standin.standin import StandIn
from irp_actions.edges.standin.world.callers import Caller
from irp_actions.edges.standin.world.search import Search, _candidates

INCIDENT = """query { repository(owner: "acme", name: "security-incidents") { issue(number: 1) {
  opening: comments(first: 10) { nodes { id body author { login } } }
  latest: comments(last: 100) { totalCount nodes {
    id body author { login } reactionGroups { content viewerHasReacted } } }
  deeds: timelineItems(last: 50, itemTypes: [LABELED_EVENT]) { nodes { __typename } } }
  recent: issues(first: 20, filterBy: { since: "2026-03-02T03:10:00Z" },
    orderBy: { field: UPDATED_AT, direction: DESC }) { nodes { number } } } }"""


def test_five_thousand_comments_and_a_thousand_issues(
    gh: StandIn, owner: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    """The answers are right and as long as in a small world; the times are told, not judged."""
    caller = Caller(gh.world.accounts.known_or_new("acme"))
    for number in range(1_000):
        open_issue(gh.world, caller, Draft(f"issue {number}"))
    owner.told("POST", "clock", {"advance": "PT1S"})
    issue = gh.world.issues[1]
    for number in range(5_000):
        write_comment(gh.world, caller, issue, f"comment {number}")
    gh.world.outbox.clear()

    def timed(ask: Callable[[], object]) -> float:
        begun = time.perf_counter()
        ask()
        return (time.perf_counter() - begun) * 1000

    told = {
        "incident": timed(lambda: owner.data(INCIDENT)),
        "page of comments": timed(lambda: owner.get("~/issues/1/comments?per_page=100&page=50")),
        "page of issues": timed(lambda: owner.get("~/issues?per_page=100&page=9")),
        "one comment": timed(lambda: owner.comment("another")),
        "one issue": timed(lambda: owner.get("~/issues/1")),
    }
    seen = owner.data(INCIDENT)["repository"]
    assert seen["issue"]["latest"]["totalCount"] == 5_001
    assert seen["issue"]["latest"]["nodes"][-1]["body"] == "another"
    assert len(seen["recent"]["nodes"]) == 20
    with capsys.disabled():
        print("\nstand-in, 5,000 comments: " + ", ".join(f"{name} {took:.1f} ms" for name, took in told.items()))


def test_a_list_looks_only_at_the_narrowest_index(gh: StandIn) -> None:
    """Of a thousand issues, three carry the label and two changed lately: so many are looked at."""
    caller = Caller(gh.world.accounts.known_or_new("acme"))
    label = gh.world.label_named("bug")
    assert label is not None
    for number in range(1_000):
        open_issue(gh.world, caller, Draft(f"issue {number}", labels=[label] if number < 3 else []))
    earlier = gh.clock.now()
    gh.clock.set(earlier.replace(hour=5))
    for number in (10, 20):
        gh.world.touch(gh.world.issues[number])
    assert len(list(_candidates(gh.world, Search(labels=("bug",))))) == 3
    assert len(list(_candidates(gh.world, Search(since=gh.clock.now())))) == 2
    assert len(list(_candidates(gh.world, Search(state="open")))) == 1_000
