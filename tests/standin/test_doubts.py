"""What no document settles can be set to either outcome; people are never in doubt, only a job's token is."""

import dataclasses
import inspect

import pytest
from standin_client import Person

from irp_actions.edges.standin.doubts import Doubts

MINIMIZE = "mutation($i: ID!) { minimizeComment(input: {subjectId: $i, classifier: OUTDATED}) { clientMutationId } }"


def test_all_doubts_are_told_and_each_is_explained(owner: Person) -> None:
    """In the docstring of the one place where they stand."""
    names = [field.name for field in dataclasses.fields(Doubts)]
    assert list(owner.told("GET", "doubts")) == names
    explained = inspect.getdoc(Doubts) or ""
    assert [name for name in names if f"\n    {name}: " not in explained] == []


def test_keys_that_are_not_given_stay(owner: Person) -> None:
    """One at a time, as with the weather."""
    owner.told("PUT", "doubts", {"job_may_enable": False})
    told = owner.told("PUT", "doubts", {"long_bodies_are_refused": True})
    assert told == Doubts(job_may_enable=False, long_bodies_are_refused=True).shown()


@pytest.mark.parametrize("order", [{"job_may_fly": True}, {"job_may_enable": "no"}, {"job_may_enable": 0}])
def test_a_doubt_that_there_is_not_is_refused(owner: Person, order: dict[str, object]) -> None:
    """422, and nothing changed."""
    assert owner.control("PUT", "doubts", order).status_code == 422
    assert owner.told("GET", "doubts") == Doubts().shown()


def test_what_a_job_may_not_do_a_person_still_may(owner: Person, job: Person) -> None:
    """The answer is the one that GitHub gives a token that lacks a permission."""
    owner.told("PUT", "doubts", {"job_may_pin_comments": False, "job_may_minimize": False, "job_may_pin_issues": False})
    issue = owner.open()
    comment = owner.comment("hello")
    pin = f"~/issues/comments/{comment['id']}/pin"
    assert job.call("PUT", pin).status_code == 403
    assert owner.call("PUT", pin).status_code == 200
    assert job.call("DELETE", pin).status_code == 403
    for query, node in (
        (MINIMIZE, comment["node_id"]),
        ("mutation($i: ID!) { pinIssue(input: {issueId: $i}) { clientMutationId } }", issue["node_id"]),
    ):
        (error,) = job.ask(query, i=node)["errors"]
        assert (error["type"], error["message"]) == ("FORBIDDEN", "Resource not accessible by integration")
        owner.data(query, i=node)


def test_an_edit_may_be_shown_as_what_changed(owner: Person, job: Person) -> None:
    """Or not at all, to a job."""
    comment = owner.comment("one\ntwo", owner.open()["number"])
    owner.send("PATCH", f"~/issues/comments/{comment['id']}", {"body": "one\nthree"})
    query = "query($i: ID!) { node(id: $i) { ... on IssueComment { userContentEdits(first: 9) { nodes { diff } } } } }"
    owner.told("PUT", "doubts", {"edits_are_whole": False})
    newest = job.data(query, i=comment["node_id"])["node"]["userContentEdits"]["nodes"][0]["diff"]
    assert newest.splitlines()[-3:] == [" one", "-two", "+three"]
    owner.told("PUT", "doubts", {"job_reads_edits": False})
    assert job.data(query, i=comment["node_id"])["node"]["userContentEdits"] is None
    assert owner.data(query, i=comment["node_id"])["node"]["userContentEdits"] is not None


def test_labels_of_a_form_may_come_with_it_alone(owner: Person) -> None:
    """The issue carries them, and nothing tells of them."""
    owner.send("POST", "~/labels", {"name": "irp", "color": "ededed"})
    owner.told("PUT", "doubts", {"form_labels_are_told": False})
    answers = {"where": "here", "what": "that", "done": ["I told nobody else"]}
    sent = owner.told("POST", "forms/report.yml", {"user": "ria", "answers": answers})
    assert [label["name"] for label in sent["labels"]] == ["irp"]
    assert ("issues", "labeled") not in owner.events()
    assert [event["event"] for event in owner.get("~/issues/1/events")] == ["assigned"]
    assert [issue["number"] for issue in owner.get("~/issues?labels=irp")] == [1]
