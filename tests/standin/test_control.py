"""Control: people, the clock, the list of requests, and how mistakes are answered."""

import pytest
from standin_client import Person


def test_people_are_made_and_changed(owner: Person) -> None:
    """A call changes what it names; the rest stays."""
    told = owner.told("PUT", "users/bea", {"permission": "write", "private_member": True})
    assert told == {"login": "bea", "permission": "write", "private_member": True}
    told = owner.told("PUT", "users/Bea", {"private_member": False})
    assert told == {"login": "bea", "permission": "write", "private_member": False}
    assert [user["login"] for user in owner.told("GET", "users")] == ["acme", "bea"]
    assert owner.control("PUT", "users/bea", {"permission": "root"}).status_code == 422
    assert owner.control("DELETE", "users/nobody").status_code == 404
    assert owner.control("DELETE", "users/acme").status_code == 422


def test_a_simulated_clock_stands_until_it_is_told(owner: Person) -> None:
    """It is set or advanced, never back; every `Date` header tells it."""
    assert owner.told("GET", "clock") == {"now": "2026-03-02T03:10:00Z", "simulated": True}
    assert owner.call("GET", "~").headers["Date"] == "Mon, 02 Mar 2026 03:10:00 GMT"
    assert owner.told("POST", "clock", {"advance": "P1DT2H3M4S"})["now"] == "2026-03-03T05:13:04Z"
    assert owner.told("POST", "clock", {"now": "2026-03-03T08:00:00+01:00"})["now"] == "2026-03-03T07:00:00Z"
    assert owner.call("GET", "/user").headers["Date"] == "Tue, 03 Mar 2026 07:00:00 GMT"


@pytest.mark.parametrize(
    "order",
    [
        {},
        {"now": "soon"},
        {"now": 5},
        {"now": "2026-03-02T03:09:59Z"},
        {"advance": "1h"},
        {"advance": "PT"},
        {"advance": "PT1H2"},
        {"advance": "P1M"},
        {"now": "2026-03-03T00:00:00Z", "advance": "PT1H"},
    ],
)
def test_a_clock_is_not_moved_by_nonsense(owner: Person, order: dict[str, object]) -> None:
    """422, and it stands where it stood."""
    assert owner.control("POST", "clock", order).status_code == 422
    assert owner.told("GET", "clock")["now"] == "2026-03-02T03:10:00Z"


@pytest.mark.strays("an operation that is none is listed, too")
def test_every_request_is_listed(owner: Person, job: Person) -> None:
    """Who, what, how it went and how big; control is not among them."""
    issue = owner.open()
    job.data("query Who { viewer { login } }")
    job.ask(
        """mutation($i: ID!) { a: addComment(input: {subjectId: $i, body: "x"}) { clientMutationId }
           b: addReaction(input: {subjectId: $i, content: EYES}) { clientMutationId } }""",
        i=issue["node_id"],
    )
    owner.call("GET", "~/issues/9")
    owner.call("GET", "/nowhere")
    entries = owner.told("GET", "requests")
    assert [(entry["user"], entry["method"], entry["operation"], entry["status"]) for entry in entries] == [
        ("acme", "POST", "POST /repos/{owner}/{repo}/issues", 201),
        ("github-actions[bot]", "POST", "Who", 200),
        ("github-actions[bot]", "POST", "addComment+addReaction", 200),
        ("acme", "GET", "GET /repos/{owner}/{repo}/issues/{issue_number}", 404),
        ("acme", "GET", "unknown", 404),
    ]
    assert entries[0]["at"] == "2026-03-02T03:10:00Z"
    assert entries[0]["path"] == "/repos/acme/security-incidents/issues"
    assert entries[0]["bytes"] > 1000
    assert entries[0]["sent"] == len('{"title": "Something looks wrong"}')
    owner.told("DELETE", "requests")
    assert owner.told("GET", "requests") == []


def test_a_control_call_that_there_is_not_is_404(owner: Person) -> None:
    """As is one with the wrong method; what is no JSON object is 422."""
    for method, path in [("GET", "weathr"), ("POST", "runs"), ("PUT", "users")]:
        assert owner.control(method, path).status_code == 404
    assert owner.control("POST", "weather", ["rain"]).status_code == 422
    assert owner.control("POST", "pulls", {"user": "acme", "title": ""}).status_code == 422


def test_without_workflows_there_are_no_runs(owner: Person) -> None:
    """And all is settled."""
    owner.open()
    assert owner.told("GET", "runs") == []
    assert owner.told("POST", "settle") == {"settled": True}
