"""A client nobody here wrote goes through a whole incident and sees the same world."""

from __future__ import annotations

import github3

from tests.e2e.town import REPO, Town


def test_github3_opens_comments_on_and_closes_an_incident(here: Town) -> None:
    """github3.py opens an incident, gives commands, and closes it; the program follows."""
    owner, name = REPO.split("/")
    ana = github3.GitHubEnterprise(here.github.api_url, token="ana")
    repository = ana.repository(owner, name)
    issue = repository.create_issue("Key in a public log", body="Found by the nightly scan.", labels=["irp"])
    here.settle()
    assert issue.number == 1

    issue.create_comment("/confirm high the key is live")
    here.settle()
    issue = repository.issue(1)
    assert "severity: high" in {label.name for label in issue.labels()}

    issue.create_comment("/resolve key revoked\n/close")
    here.settle()
    issue = repository.issue(1)
    assert issue.is_closed()
    last = list(issue.comments())[-1]
    assert last.user.login == "github-actions[bot]"
    assert "# Incident report: Key in a public log" in last.body


def test_github3_closing_by_hand_is_a_call(here: Town) -> None:
    """Closed in the interface while urgent: opened again once, with what to do; the second time it stays closed."""
    owner, name = REPO.split("/")
    here.report()
    here.say("ben", "/confirm high")
    issue = github3.GitHubEnterprise(here.github.api_url, token="ben").issue(owner, name, 1)
    issue.close()
    here.settle()
    assert here.issue()["state"] == "open"
    assert "I opened this again, once" in here.notes()[-1]
    issue.close()
    here.settle()
    assert here.issue()["state"] == "closed"
    assert "# Incident report" in here.notes()[-1]
