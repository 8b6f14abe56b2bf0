"""Requests that nobody sends in earnest: they are refused whole, or passed over, and never crash the server."""

import http.client
from collections.abc import Callable
from typing import Any

import pytest
from standin_client import REPO, Person

from irp_actions.edges.standin.standin import StandIn


def raw(person: Person, path: str, body: bytes) -> int:
    """The status of a POST with these bytes; `~` stands for the repository."""
    address = f"{person.standin.api_url}{path.replace('~', f'/repos/{REPO}', 1)}"
    return person.session.post(address, data=body, timeout=10).status_code


@pytest.mark.strays("no client sends these")
@pytest.mark.parametrize(
    "body",
    [rb'{"body": "\ud800"}', b"[" * 100_000, b'{"body": NaN}', b"\xff", b" \n", b'{"body": %s}' % (b"9" * 5_000)],
    ids=["half a character", "too many brackets", "no number", "no text", "nothing but spaces", "too many digits"],
)
def test_what_is_no_json_is_malformed(owner: Person, body: bytes) -> None:
    """A text that could not be sent again would have made every later answer crash."""
    owner.open()
    assert raw(owner, "~/issues/1/comments", body) == 400
    assert raw(owner, "/graphql", body) == 400
    assert owner.control("POST", "clock").status_code == 422


@pytest.mark.strays("no client sends this")
def test_a_query_that_is_nested_too_deeply_is_refused(owner: Person) -> None:
    """It is an error like any other."""
    assert "nested" in owner.ask("{" + "a{" * 20_000)["errors"][0]["message"]


@pytest.mark.behaviour(
    "measured", "brekkylab/backlot#137: no list refuses a page, but the search for code", "repository"
)
@pytest.mark.strays("these are no numbers")
@pytest.mark.parametrize("value", ["abc", "-1", "", "1.5", "%D9%A1", "9" * 5_000])
def test_a_page_that_is_none_is_the_first(owner: Person, value: str) -> None:
    """And a size that is none is the usual one."""
    owner.open()
    assert len(owner.get(f"~/issues?page={value}")) == 1
    assert len(owner.get(f"~/issues?per_page={value}")) == 1
    assert len(owner.get("~/issues?page=0&per_page=0")) == 1


@pytest.mark.behaviour("measured", "brekkylab/backlot#126: `prev` from behind the last page", "repository")
def test_from_behind_the_last_page_the_way_back_is_to_the_last(owner: Person) -> None:
    """Whoever overshot is not led from one empty page to another; a single page has no links at all."""
    far = owner.call("GET", "~/labels?per_page=2&page=99")
    assert far.json() == []
    pages = {name: link["url"].rpartition("page=")[2] for name, link in far.links.items()}
    assert pages == {"prev": "5", "last": "5", "first": "1"}
    assert owner.call("GET", "~/labels?page=99").links == {}


@pytest.mark.behaviour("measured", "brekkylab/backlot#166: `state` is refused, and an empty one too", "repository")
def test_a_filter_that_is_none_is_refused(owner: Person) -> None:
    """The value stands in the error."""
    for state in ("bogus", "OPEN", ""):
        error = owner.call("GET", f"~/issues?state={state}").json()["errors"][0]
        assert error == {"value": state, "resource": "Issue", "field": "state", "code": "invalid"}
    owner.open()
    assert owner.call("GET", "~/issues/1/reactions?content=shrug").status_code == 422
    assert owner.call("GET", "~/collaborators?permission=all").status_code == 422


@pytest.mark.behaviour("reported", "lampepfl/bench#581", "repository")
@pytest.mark.parametrize("since", ["yesterday", "", "0001-01-01T00:00:00%2B23:59"])
def test_a_moment_that_is_none_is_refused(owner: Person, since: str) -> None:
    """A moment before all calendars is none either."""
    owner.open()
    for path in ("~/issues", "~/issues/comments", "~/issues/1/comments"):
        refused = owner.call("GET", f"{path}?since={since}")
        assert (refused.status_code, "ISO 8601" in refused.json()["message"]) == (422, True)


@pytest.mark.behaviour("reported", "golang/go#25024, sigmavirus24/github3.py#406", "repository")
def test_a_milestone_that_is_not_there_is_refused(owner: Person) -> None:
    """When it is set as when it is asked for; nothing else of the request is done."""
    owner.open()
    expected = {"resource": "Issue", "field": "milestone", "code": "invalid"}
    for response in (
        owner.call("POST", "~/issues", {"title": "x", "milestone": 7}),
        owner.call("PATCH", "~/issues/1", {"title": "x", "milestone": 7}),
        owner.call("GET", "~/issues?milestone=7"),
    ):
        assert response.status_code == 422
        assert response.json()["errors"][0].items() >= expected.items()
    assert owner.get("~/issues/1")["title"] == "Something looks wrong"
    assert owner.send("PATCH", "~/issues/1", {"milestone": None})["milestone"] is None


@pytest.mark.behaviour("reported", "trstringer/manual-approval#71, upptime/upptime#125", "repository")
def test_who_cannot_be_assigned_is_refused_when_an_issue_is_opened_or_changed(owner: Person) -> None:
    """Adding assignees by their own operation passes over them, as before."""
    owner.open()
    owner.told("PUT", "users/out", {"permission": "none"})
    for login in ("out", "nobody-at-all"):
        for method, path in (("POST", "~/issues"), ("PATCH", "~/issues/1")):
            refused = owner.call(method, path, {"title": "x", "assignees": ["acme", login]})
            error = {"value": login, "resource": "Issue", "field": "assignees", "code": "invalid"}
            assert (refused.status_code, refused.json()["errors"]) == (422, [error])
    assert owner.get("~/issues/1")["title"] == "Something looks wrong"
    assert owner.send("POST", "~/issues/1/assignees", {"assignees": ["out", "acme"]})["assignees"][0]["login"] == "acme"


def test_types_and_fields_of_issues_are_not_here(owner: Person) -> None:
    """To pass over them would be to say that they were set."""
    for extra in ({"type": "Bug"}, {"issue_field_values": [{"field_id": 1, "value": "x"}]}):
        assert owner.call("POST", "~/issues", {"title": "x", **extra}).status_code == 422
    assert owner.open(type=None, issue_field_values=[])["number"] == 1


@pytest.mark.behaviour("inferred", "a refusal that was half done could not be tried again", "repository")
@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "ajar"},
        {"state": "closed", "state_reason": "tired"},
        {"labels": ["new", "x" * 51]},
        {"labels": ["new", 1]},
        {"assignees": "acme"},
        {"title": "x" * 257},
        {"duplicate_issue_id": 5},
    ],
    ids=str,
)
def test_a_change_is_made_whole_or_not_at_all(owner: Person, wrong: dict[str, Any]) -> None:
    """Neither title nor labels, nor an event, nor a label of the repository are left of what was refused."""
    owner.open()
    before, told = owner.get("~/issues/1"), owner.events()
    good = {"title": "Better", "body": "Longer", "labels": ["another"], "state": "closed"}
    assert owner.call("PATCH", "~/issues/1", {**good, **wrong}).status_code == 422
    assert owner.get("~/issues/1") == before
    assert owner.get("~/issues/1/timeline") == []
    assert owner.events() == told
    assert len(owner.get("~/labels")) == 9


def test_no_labels_are_left_of_an_issue_that_is_refused(owner: Person) -> None:
    """Neither of its own, nor of those that were fine."""
    for wrong in ({"title": " "}, {"title": "x", "body": "x" * 65_537}, {"title": "x", "labels": ["new", "x" * 51]}):
        assert owner.call("POST", "~/issues", {"labels": ["new"], **wrong}).status_code == 422
    owner.open()
    assert owner.call("POST", "~/issues/1/labels", {"labels": ["new", "x" * 51]}).status_code == 422
    assert len(owner.get("~/labels")) == 9


def test_a_label_is_changed_whole_or_not_at_all(owner: Person) -> None:
    """A description that is too long keeps the name as it was."""
    before = owner.get("~/labels/bug")
    for wrong in ({"color": "red"}, {"description": "x" * 101}):
        assert owner.call("PATCH", "~/labels/bug", {"new_name": "flaw", **wrong}).status_code == 422
    assert owner.get("~/labels/bug") == before
    assert owner.call("GET", "~/labels/flaw").status_code == 404


def test_a_mutation_changes_an_issue_whole_or_not_at_all(owner: Person, reader: Person) -> None:
    """An id that names nothing, or a state that may not be set, keeps the title too."""
    node = reader.open()["node_id"]
    owner.send("PATCH", "~/issues/1", {"state": "closed"})
    change = """mutation($i: ID!, $l: [ID!], $s: IssueState) {
        updateIssue(input: {id: $i, title: "Better", labelIds: $l, state: $s}) { issue { title } } }"""
    assert owner.ask(change, i=node, l=["LA_nothing"])["errors"][0]["type"] == "NOT_FOUND"
    assert reader.ask(change, i=node, s="OPEN")["errors"][0]["type"] == "FORBIDDEN"
    assert owner.get("~/issues/1")["title"] == "Something looks wrong"


def test_an_issue_is_closed_as_a_duplicate_of_another(owner: Person) -> None:
    """By its id, which is not its number."""
    first = owner.open()
    owner.open()
    body = {"state": "closed", "state_reason": "duplicate", "duplicate_issue_id": first["id"]}
    assert owner.send("PATCH", "~/issues/2", body)["state_reason"] == "duplicate"
    assert [event["event"] for event in owner.get("~/issues/2/events")] == ["marked_as_duplicate", "closed"]


def test_assignees_may_come_as_objects_and_must_come_to_be_removed(owner: Person) -> None:
    """As they are described."""
    owner.open()
    assigned = owner.send("POST", "~/issues/1/assignees", {"assignees": [{"login": "acme"}]})
    assert [user["login"] for user in assigned["assignees"]] == ["acme"]
    assert owner.call("DELETE", "~/issues/1/assignees", {}).status_code == 422


def test_collaborators_are_filtered_as_described(owner: Person) -> None:
    """By the least they may do, in the words of old; nobody is from outside."""
    for role in ("read", "write", "maintain"):
        owner.told("PUT", f"users/{role}-person", {"permission": role})
    found = {query: len(owner.get(f"~/collaborators?{query}")) for query in ("permission=push", "affiliation=outside")}
    assert found == {"permission=push": 3, "affiliation=outside": 0}


@pytest.mark.behaviour("measured", "jornith/octoprobe; github/docs#45184", "repository")
@pytest.mark.strays("the methods are not described")
@pytest.mark.parametrize("method", ["PUT", "OPTIONS", "TRACE", "BREW"])
def test_a_method_that_is_not_supported_is_not_found(owner: Person, method: str) -> None:
    """404, not 405 or 501, in the words of every other error."""
    owner.open()
    refused = owner.call(method, "~/issues/1")
    assert (refused.status_code, refused.json()["status"]) == (404, "404")


@pytest.mark.behaviour("documented", "Getting started with the REST API")
def test_head_is_get_without_the_body(owner: Person) -> None:
    """It says how long the body would be, and changes nothing."""
    owner.open()
    head, read = owner.call("HEAD", "~/issues/1"), owner.call("GET", "~/issues/1")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Length"] == read.headers["Content-Length"]
    assert owner.call("HEAD", "~/issues/2").status_code == 404


@pytest.mark.behaviour("documented", "Troubleshooting the REST API")
@pytest.mark.strays("a slash at the end is another path")
def test_a_slash_at_the_end_is_another_path(owner: Person) -> None:
    """Where there is nothing."""
    assert owner.call("GET", "~/issues/").status_code == 404


@pytest.mark.behaviour("measured", "brekkylab/backlot#243", "repository")
def test_bad_credentials_are_refused_before_another_version(owner: Person) -> None:
    """Who asks without any is told of the version."""
    headers = {"X-GitHub-Api-Version": "1999-01-01"}
    for credential, status in (("Bearer ghp_made_up", 401), ("Bearer acme", 400), (None, 400)):
        owner.session.headers["Authorization"] = credential
        address = f"{owner.standin.api_url}/repos/{REPO}"
        assert owner.session.get(address, headers=headers, timeout=10).status_code == status


def test_a_path_that_no_file_system_has_is_not_found(owner: Person) -> None:
    """Nor is one that leads out of the checkout."""
    for path in ("%00", "a" * 300, "%2e%2e/policy.yml", ".git"):
        assert owner.call("GET", f"~/contents/{path}").status_code == 404


def test_a_body_that_is_too_large_is_not_read(gh: StandIn) -> None:
    """Whatever length it claims to have."""
    for length in ("67108865", "9" * 30):
        connection = http.client.HTTPConnection("127.0.0.1", gh.server.server_address[1], timeout=10)
        connection.request("GET", "/user", headers={"Content-Length": length})
        with connection.getresponse() as response:
            assert response.status == 413
        connection.close()


def test_runs_and_milestones_are_filtered_by_what_is_described(owner: Person) -> None:
    """A status, a suite or a state that is none is refused, though there is nothing to filter."""
    for query in ("status=odd", "check_suite_id=-1", "check_suite_id=x", "exclude_pull_requests=7"):
        assert owner.call("GET", f"~/actions/runs?{query}").status_code == 422
    for query in ("state=odd", "sort=odd", "direction=odd"):
        assert owner.call("GET", f"~/milestones?{query}").status_code == 422
    assert owner.get("~/actions/runs?status=success&check_suite_id=1&exclude_pull_requests=true")["total_count"] == 0


def test_programs_that_say_why_say_it_as_described(owner: Person) -> None:
    """Nobody here reads the reasons, but what is no reason is refused."""
    owner.open()
    good = {"login": "acme", "rationale": "crashes", "suggest": False, "confidence": "high"}
    assert len(owner.send("POST", "~/issues/1/assignees", {"assignees": [good]})["assignees"]) == 1
    for wrong in ({"rationale": 1}, {"suggest": "yes"}, {"confidence": "sure"}, {"confidence": 1}):
        refused = owner.call("POST", "~/issues/1/assignees", {"assignees": [{**good, **wrong}]})
        assert refused.status_code == 422


def test_a_job_that_may_not_read_issues_learns_of_no_label(
    gh: StandIn, owner: Person, somebody: Callable[[str], Person]
) -> None:
    """It is refused alike, whether there is such a label or not."""
    bare = somebody(gh.mint_token(1, {"metadata": "read"}))
    for name in ("bug", "nothing"):
        for method in ("GET", "PATCH", "DELETE"):
            assert bare.call(method, f"~/labels/{name}").status_code == 403
    assert owner.call("DELETE", "~/labels/nothing").status_code == 404


@pytest.mark.behaviour("reported", "sociomantic-tsunami/git-hub#142: nil is not an array", "repository")
def test_null_is_nothing_only_where_it_is_described(owner: Person) -> None:
    """Elsewhere it is of the wrong type."""
    owner.open()
    for body in ({"title": "x", "labels": None}, {"title": "x", "assignees": None}, {"title": "x", "body": None}):
        assert "nil is not a" in owner.call("POST", "~/issues", body).json()["message"]
    assert owner.call("POST", "~/labels", {"name": "x", "color": None}).status_code == 422
    nothing = {"title": None, "body": None, "assignee": None, "state_reason": None, "milestone": None}
    assert owner.send("PATCH", "~/issues/1", nothing)["title"] == "Something looks wrong"
