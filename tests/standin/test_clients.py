"""Two clients that we did not write see the same world: github3.py and PyGithub."""

from collections.abc import Iterator

import github
import github3
import pytest
from standin_client import REPO, Person

from irp_actions.edges.standin.standin import StandIn

MANY = 250


@pytest.fixture
def pygithub(gh: StandIn) -> Iterator[github.Github]:
    """PyGithub as the owner, without its pauses and retries."""
    client = github.Github(
        base_url=gh.api_url,
        auth=github.Auth.Token("acme"),
        seconds_between_requests=0,
        seconds_between_writes=0,
        retry=None,
        per_page=100,
    )
    yield client
    client.close()


@pytest.fixture
def github3_client(gh: StandIn) -> Iterator[github3.GitHubEnterprise]:
    """github3.py as the owner, as it speaks to an enterprise's server."""
    client = github3.GitHubEnterprise(gh.server_url, token="acme")
    yield client
    client.session.close()


def test_pygithub_lives_an_issue_from_open_to_closed(pygithub: github.Github, owner: Person) -> None:
    """Open, label, comment, edit, react, page through 250 comments, close, open again."""
    repository = pygithub.get_repo(REPO)
    issue = repository.create_issue("Odd login", body="At three.", labels=["bug"], assignees=["acme"])
    for number in range(MANY):
        owner.comment(f"comment {number}", issue.number)
    issue.add_to_labels("severity: high")
    issue.remove_from_labels("bug")
    comment = issue.create_comment("the last")
    comment.edit("the very last")
    comment.create_reaction("+1")
    assert [label.name for label in issue.get_labels()] == ["severity: high"]
    bodies = [comment.body for comment in issue.get_comments()]
    assert bodies == [f"comment {number}" for number in range(MANY)] + ["the very last"]
    assert issue.get_comments().reversed[0].body == "the very last"
    issue.edit(state="closed", state_reason="completed")
    assert pygithub.get_repo(REPO).get_issue(issue.number).state == "closed"
    assert repository.get_issues(state="open").totalCount == 0
    issue.edit(state="open")
    events = [event.event for event in issue.get_timeline() if event.event != "commented"]
    assert events == ["labeled", "assigned", "labeled", "unlabeled", "closed", "reopened"]
    assert repository.get_collaborator_permission("acme") == "admin"
    assert repository.get_contents("policy.yml").decoded_content == b"severities: [low, high]\n"


def test_pygithub_speaks_graphql(pygithub: github.Github) -> None:
    """Through the address it derives itself."""
    _, answer = pygithub.requester.graphql_query("query { viewer { login } }", {})
    assert answer["data"]["viewer"]["login"] == "acme"


def test_pygithub_understands_refusals(gh: StandIn, owner: Person) -> None:
    """404, 403 and 401 are its own exceptions."""
    owner.open()
    with github.Github(base_url=gh.api_url, auth=github.Auth.Token("ria"), retry=None) as client:
        repository = client.get_repo(REPO)
        with pytest.raises(github.UnknownObjectException):
            repository.get_issue(9)
        with pytest.raises(github.GithubException, match="admin rights"):
            repository.get_issue(1).add_to_labels("bug")
    bad = github.Github(base_url=gh.api_url, auth=github.Auth.Token("ghp_bad"), retry=None)
    with bad, pytest.raises(github.BadCredentialsException):
        bad.get_user().login.upper()


def test_github3_lives_an_issue_from_open_to_closed(github3_client: github3.GitHubEnterprise, owner: Person) -> None:
    """The strict client: it fails on every key that is missing."""
    repository = github3_client.repository("acme", "security-incidents")
    issue = repository.create_issue("Odd login", body="At three.", labels=["bug"])
    for number in range(MANY):
        owner.comment(f"comment {number}", issue.number)
    issue.add_labels("severity: high")
    issue.create_comment("the last").edit("the very last")
    bodies = [comment.body for comment in issue.comments()]
    assert bodies == [f"comment {number}" for number in range(MANY)] + ["the very last"]
    assert [label.name for label in issue.labels()] == ["bug", "severity: high"]
    # Closing sends the labels along as the client last saw them.
    issue = repository.issue(issue.number)
    assert issue.close()
    assert repository.issue(issue.number).is_closed()
    assert [found.number for found in repository.issues(state="closed")] == [issue.number]
    assert issue.reopen()
    assert [event.event for event in issue.events()] == ["labeled", "labeled", "closed", "reopened"]
    assert github3_client.me().login == "acme"
    assert repository.file_contents("policy.yml").decoded == b"severities: [low, high]\n"
    assert {label.name for label in repository.labels()} >= {"bug", "severity: high"}
