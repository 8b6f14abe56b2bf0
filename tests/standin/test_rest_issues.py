"""Issues over REST: opening, editing, listing, closing, and what happened to them."""

import pytest
from standin_client import Person, names

from irp_actions.edges.standin.acts.posts import BODY_LIMIT


def test_an_issue_is_opened_as_its_author_wrote_it(owner: Person) -> None:
    """Title, body, labels and assignees are there; unknown labels are created in grey."""
    issue = owner.open("Odd login", body="At 3 o'clock.\r\n", labels=["bug", "new one"], assignees=["acme"])
    assert (issue["number"], issue["title"], issue["body"]) == (1, "Odd login", "At 3 o'clock.\r\n")
    assert names(issue["labels"]) == ["bug", "new one"]
    assert owner.get("~/labels/new%20one")["color"] == "ededed"
    assert [user["login"] for user in issue["assignees"]] == ["acme"]
    assert issue["created_at"] == issue["updated_at"] == "2026-03-02T03:10:00Z"
    assert owner.get("~/issues/1") == issue


@pytest.mark.behaviour("documented", "REST: Create an issue")
def test_labels_and_assignees_of_a_reader_are_dropped_without_a_word(reader: Person, owner: Person) -> None:
    """GitHub answers 201 all the same, and creates no label."""
    issue = reader.open(labels=["bug", "not there"], assignees=["acme"])
    assert (issue["labels"], issue["assignees"]) == ([], [])
    assert owner.call("GET", "~/labels/not%20there").status_code == 404
    changed = reader.send("PATCH", "~/issues/1", {"labels": ["bug"], "assignees": ["acme"], "title": "Mine"})
    assert (changed["title"], changed["labels"], changed["assignees"]) == ("Mine", [], [])


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, '"title" wasn\'t supplied'),
        ({"title": ["x"]}, "is not a string"),
        ({"title": " "}, "Validation Failed"),
        ({"title": "x" * 257}, "Validation Failed"),
        ({"title": "x", "labels": "bug"}, "is not an array"),
        ({"title": "x", "labels": [{}]}, "is not a string"),
        ({"title": "x", "body": "x" * (BODY_LIMIT + 1)}, "Validation Failed"),
    ],
)
def test_an_issue_that_will_not_do_is_refused(owner: Person, body: dict[str, object], message: str) -> None:
    """Each fault is a 422 that says what is wrong."""
    response = owner.call("POST", "~/issues", body)
    assert response.status_code == 422
    assert message in response.json()["message"]
    assert response.json()["documentation_url"].endswith("/issues/issues#create-an-issue")


@pytest.mark.behaviour("measured", "a third party; no figure was kept", "repository")
def test_an_over_long_body_on_creation_names_issue_and_body(owner: Person) -> None:
    """The error points at the field."""
    error = owner.call("POST", "~/issues", {"title": "x", "body": "x" * (BODY_LIMIT + 1)}).json()["errors"][0]
    assert (error["resource"], error["field"]) == ("Issue", "body")


@pytest.mark.behaviour("measured", "a third party: the limit is 262,144 bytes", "doctor:long_bodies")
def test_an_over_long_body_on_editing_is_dropped_without_a_word(owner: Person) -> None:
    """GitHub was seen to answer 200 and keep the old body; so nobody may trust the status."""
    owner.open(body="short")
    assert owner.send("PATCH", "~/issues/1", {"body": "x" * (BODY_LIMIT + 1)})["body"] == "short"
    assert owner.send("PATCH", "~/issues/1", {"body": "x" * BODY_LIMIT})["body"] == "x" * BODY_LIMIT


def test_an_issue_is_closed_and_opened_again(owner: Person) -> None:
    """State, reason, times and the closing person follow; the timeline tells of both."""
    owner.open()
    closed = owner.send("PATCH", "~/issues/1", {"state": "closed", "state_reason": "not_planned"})
    assert (closed["state"], closed["state_reason"]) == ("closed", "not_planned")
    assert closed["closed_by"]["login"] == "acme"
    assert closed["closed_at"] == "2026-03-02T03:10:00Z"
    opened = owner.send("PATCH", "~/issues/1", {"state": "open"})
    assert (opened["state"], opened["state_reason"], opened["closed_at"]) == ("open", "reopened", None)
    assert [event["event"] for event in owner.get("~/issues/1/events")] == ["closed", "reopened"]
    assert owner.call("PATCH", "~/issues/1", {"state": "ajar"}).status_code == 422
    assert owner.call("PATCH", "~/issues/1", {"state": "closed", "state_reason": "tired"}).status_code == 422


def test_an_author_who_reads_only_can_close_and_reopen_but_not_undo_others(reader: Person, owner: Person) -> None:
    """What a collaborator closed stays closed for the author."""
    reader.open()
    assert reader.send("PATCH", "~/issues/1", {"state": "closed"})["state"] == "closed"
    assert reader.send("PATCH", "~/issues/1", {"state": "open"})["state"] == "open"
    owner.send("PATCH", "~/issues/1", {"state": "closed"})
    assert reader.call("PATCH", "~/issues/1", {"state": "open"}).status_code == 403


def test_lists_filter_by_state_label_person_and_time(owner: Person, reader: Person) -> None:
    """Each filter of the documentation finds what it says."""
    owner.open("one", labels=["bug", "irp"])
    owner.told("POST", "clock", {"advance": "PT1H"})
    reader.open("two")
    owner.open("three", labels=["bug"], assignees=["acme"], body="ask @ria")
    owner.send("PATCH", "~/issues/3", {"state": "closed"})

    def titles(query: str) -> list[str]:
        return [issue["title"] for issue in owner.get(f"~/issues?{query}")]

    assert titles("") == ["two", "one"]
    assert titles("state=all") == ["three", "two", "one"]
    assert titles("state=all&direction=asc") == ["one", "two", "three"]
    assert titles("state=closed") == ["three"]
    assert titles("state=all&labels=bug") == ["three", "one"]
    assert titles("state=all&labels=bug,irp") == ["one"]
    assert titles("labels=unheard") == []
    assert titles("state=all&since=2026-03-02T04:00:00Z") == ["three", "two"]
    assert titles("state=all&creator=ria") == ["two"]
    assert titles("state=all&assignee=acme") == ["three"]
    assert titles("state=all&assignee=none") == ["two", "one"]
    assert titles("state=all&assignee=*") == ["three"]
    assert titles("state=all&mentioned=ria") == ["three"]
    assert titles("state=all&milestone=*") == []
    owner.told("POST", "clock", {"advance": "PT1H"})
    owner.comment("again", 1)
    assert titles("sort=updated") == ["one", "two"]
    assert titles("sort=comments&direction=asc") == ["two", "one"]
    assert owner.call("GET", "~/issues?state=ajar").status_code == 422
    assert owner.call("GET", "~/issues?since=yesterday").status_code == 422


def test_pages_are_linked(owner: Person) -> None:
    """`Link` names the pages around, under the repository's id, and those addresses work."""
    for number in range(7):
        owner.open(f"issue {number}")
    first = owner.call("GET", "~/issues?per_page=3&state=all")
    assert set(first.links) == {"next", "last"}
    second = owner.session.get(first.links["next"]["url"])
    assert set(second.links) == {"prev", "next", "last", "first"}
    assert "/repositories/" in second.url
    last = owner.session.get(first.links["last"]["url"])
    assert set(last.links) == {"prev", "first"}
    assert [issue["title"] for issue in last.json()] == ["issue 0"]
    assert "Link" not in owner.call("GET", "~/issues").headers
    assert len(owner.get("~/issues?per_page=100000")) == 7


def test_titles_edits_and_labels_are_in_the_timeline(owner: Person) -> None:
    """Events and comments stand in the order they happened, each with what its kind adds."""
    owner.open(labels=["bug"], assignees=["acme"])
    owner.comment("hello")
    owner.send("PATCH", "~/issues/1", {"title": "Better", "labels": [], "assignees": []})
    owner.send("PUT", "~/issues/1/lock", {"lock_reason": "resolved"})
    owner.send("DELETE", "~/issues/1/lock")
    timeline = owner.get("~/issues/1/timeline")
    kinds = ["labeled", "assigned", "commented", "renamed", "unlabeled", "unassigned", "locked", "unlocked"]
    assert [item["event"] for item in timeline] == kinds
    assert timeline[0]["label"] == {"name": "bug", "color": "d73a4a"}
    assert timeline[2]["body"] == "hello"
    assert timeline[3]["rename"] == {"from": "Something looks wrong", "to": "Better"}
    assert timeline[6]["lock_reason"] == "resolved"
    events = owner.get("~/issues/1/events")
    assert [event["event"] for event in events] == [kind for kind in kinds if kind != "commented"]
    assert events[1]["assigner"]["login"] == "acme"
    latest = owner.get("~/issues/events")[0]
    assert (latest["event"], latest["issue"]["number"]) == ("unlocked", 1)
    assert owner.get(f"~/issues/events/{latest['id']}") == latest
    assert owner.call("GET", "~/issues/events/5").status_code == 404


@pytest.mark.behaviour("documented", "Locking conversations")
def test_a_locked_issue_is_for_writers_only(owner: Person, reader: Person, writer: Person) -> None:
    """Readers can neither comment nor react; writers can."""
    reader.open()
    owner.send("PUT", "~/issues/1/lock")
    assert owner.get("~/issues/1")["locked"] is True
    assert reader.call("POST", "~/issues/1/comments", {"body": "but"}).status_code == 403
    assert reader.call("POST", "~/issues/1/reactions", {"content": "+1"}).status_code == 403
    assert writer.call("POST", "~/issues/1/comments", {"body": "so"}).status_code == 201
    assert owner.call("PUT", "~/issues/1/lock", {"lock_reason": "bored"}).status_code == 422


def test_a_pull_request_is_an_issue_with_one_more_key(owner: Person) -> None:
    """REST lists it among the issues; `pull_request` tells it apart."""
    pull = owner.told("POST", "pulls", {"user": "acme", "title": "A patch", "body": "Look"})
    assert pull["pull_request"]["merged_at"] is None
    assert pull["html_url"].endswith("/pull/1")
    assert owner.get("~/issues/1")["pull_request"] == pull["pull_request"]
    assert len(owner.get("~/issues")) == 1


def test_a_deleted_issue_is_gone(owner: Person) -> None:
    """Its number answers 410 and is not used again."""
    issue = owner.open()
    owner.comment("soon lost")
    owner.data("mutation($id: ID!) { deleteIssue(input: {issueId: $id}) { repository { id } } }", id=issue["node_id"])
    assert owner.call("GET", "~/issues/1").status_code == 410
    assert owner.get("~/issues?state=all") == []
    assert owner.open()["number"] == 2


def test_milestones_are_none(owner: Person) -> None:
    """Clients that list them find an empty list."""
    assert owner.get("~/milestones") == []


@pytest.mark.behaviour("documented", "Pinning an issue to your repository")
def test_three_issues_can_be_pinned(owner: Person) -> None:
    """The fourth is refused; taken down, there is room again; doing it twice is once."""
    pin = "mutation($i: ID!) { pinIssue(input: {issueId: $i}) { issue { isPinned } } }"
    nodes = [owner.open()["node_id"] for _ in range(4)]
    for node in [*nodes[:3], nodes[0]]:
        owner.data(pin, i=node)
    assert "Maximum 3 pinned issues" in owner.ask(pin, i=nodes[3])["errors"][0]["message"]
    owner.data("mutation($i: ID!) { unpinIssue(input: {issueId: $i}) { issue { isPinned } } }", i=nodes[0])
    assert owner.data(pin, i=nodes[3])["pinIssue"]["issue"]["isPinned"] is True


def test_doing_it_again_is_no_second_event(owner: Person) -> None:
    """Closing, opening, labelling, assigning and locking what is so already tells nobody anything."""
    owner.open(labels=["bug"], assignees=["acme"])
    for body in (
        {"state": "open"},
        {"labels": ["bug"]},
        {"assignees": ["acme"]},
        {"state": "closed"},
        {"state": "closed"},
    ):
        owner.send("PATCH", "~/issues/1", body)
    owner.send("PUT", "~/issues/1/lock")
    owner.send("PUT", "~/issues/1/lock")
    assert [action for _, action in owner.events()] == ["opened", "labeled", "assigned", "closed", "locked"]
