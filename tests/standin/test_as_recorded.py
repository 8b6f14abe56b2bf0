"""What only recorded traffic tells of the real GitHub, and the stand-in does likewise."""

import pytest
from standin_client import Person

from irp_actions.edges.standin.standin import StandIn


@pytest.mark.behaviour("recorded", "PyGithub's Repository.testRepoVariables: a 304 with ETag and no media type")
def test_what_a_client_has_already_is_not_sent_again(owner: Person) -> None:
    """And costs nothing; the least change, and it is sent."""
    owner.open()
    first = owner.call("GET", "~/issues/1")
    tag, used = first.headers["ETag"], int(first.headers["X-RateLimit-Used"])
    owner.session.headers["If-None-Match"] = f'"other", {tag}'
    again = owner.call("GET", "~/issues/1")
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    assert int(again.headers["X-RateLimit-Used"]) == used
    assert "X-GitHub-Media-Type" not in again.headers
    assert "Content-Type" not in again.headers
    owner.session.headers["If-None-Match"] = tag
    owner.comment("new")
    assert owner.call("GET", "~/issues/1").status_code == 200
    assert owner.call("PATCH", "~/issues/1", {}).status_code == 200


def test_what_one_may_keep_is_not_anothers(owner: Person, reader: Person) -> None:
    """The same answer to somebody else has another name."""
    owner.open()
    tags = {somebody.call("GET", "~/issues/1").headers["ETag"] for somebody in (owner, reader)}
    assert len(tags) == 2


def test_asking_for_the_limit_stays_free(owner: Person) -> None:
    """Nothing is given back that was not taken."""
    owner.session.headers["If-None-Match"] = owner.call("GET", "/rate_limit").headers["ETag"]
    again = owner.call("GET", "/rate_limit")
    assert (again.status_code, again.headers["X-RateLimit-Used"]) == (304, "0")


@pytest.mark.behaviour("recorded", "PyGithub's Workflow.testEnable and Workflow.testDisabledWhenAlreadyDisabled")
def test_only_what_can_be_kept_has_the_headers_of_it(owner: Person) -> None:
    """Neither an error nor an empty answer has a tag or says how long to keep it; an empty one has no type either."""
    owner.open()
    kept = {"Cache-Control", "ETag"}
    assert kept <= owner.call("GET", "~/issues/1").headers.keys()
    assert kept <= owner.call("POST", "~/issues", {"title": "Another"}).headers.keys()
    missing, locked = owner.call("GET", "~/issues/9"), owner.call("PUT", "~/issues/1/lock")
    assert (missing.status_code, kept & set(missing.headers)) == (404, set())
    assert (locked.status_code, (kept | {"Content-Type"}) & set(locked.headers)) == (204, set())
    assert len(owner.call("GET", "~/issues/1").headers["Vary"]) > len(missing.headers["Vary"])


@pytest.mark.behaviour("recorded", "PyGithub's GraphQl.testQuery")
def test_graphql_has_a_media_type_of_its_own_and_no_version(owner: Person) -> None:
    """Nor can its answers be kept."""
    answer = owner.session.post(owner.standin.graphql_url, json={"query": "{ viewer { login } }"})
    assert answer.headers["X-GitHub-Media-Type"] == "github.v4; format=json"
    assert not {"X-GitHub-Api-Version-Selected", "ETag", "Cache-Control"} & set(answer.headers)


@pytest.mark.behaviour("recorded", "PyGithub's Repository.testCollaboratorPermissionNoPushAccess")
def test_who_may_not_push_is_not_told_what_others_may(reader: Person, writer: Person, job: Person) -> None:
    """A job's token may ask all the same."""
    refused = reader.call("GET", "~/collaborators/acme/permission")
    assert (refused.status_code, refused.json()["message"]) == (
        403,
        "Must have push access to view collaborator permission.",
    )
    for somebody in (writer, job):
        assert somebody.get("~/collaborators/acme/permission")["permission"] == "admin"


@pytest.mark.behaviour("recorded", "PyGithub's Issue174.testGetDirContentsWithHttpRedirect")
def test_a_folder_with_a_slash_at_its_end_is_elsewhere(gh: StandIn, owner: Person) -> None:
    """Where it is has the repository by its id."""
    moved = owner.session.get(f"{gh.api_url}/repos/{gh.repo}/contents/.github/", allow_redirects=False)
    assert moved.status_code == 302
    assert moved.headers["Location"].endswith("/contents/.github")
    assert "/repositories/" in moved.headers["Location"]
    assert [entry["name"] for entry in owner.get("~/contents/.github/")] == ["ISSUE_TEMPLATE"]


@pytest.mark.behaviour("recorded", "PyGithub's IssueEvent.setUp")
def test_the_issue_of_an_event_is_told_in_fewer_keys(owner: Person) -> None:
    """Who closed it, its type and its sub-issues are told only of the issue itself."""
    owner.open(labels=["bug"])
    whole, part = owner.get("~/issues/1"), owner.get("~/issues/events")[0]["issue"]
    assert whole.keys() - part.keys() == {
        "closed_by",
        "issue_dependencies_summary",
        "pinned_comment",
        "sub_issues_summary",
        "type",
    }
    assert {key: whole[key] for key in part} == part
