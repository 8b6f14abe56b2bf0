"""Clients are told of rate limits as they expect to be, and those that know how to wait get through."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from importlib.metadata import version
from typing import Any

import github
import pytest

from irp_actions.edges.standin import limits
from irp_actions.edges.standin.world.callers import Caller
from tests.conformance.clients.conftest import CLIENTS, Begin
from tests.conformance.clients.gh_cli import Gh
from tests.conformance.clients.githubkit_py import WHERE, Githubkit
from tests.conformance.clients.octokit_js import Octokit
from tests.conformance.clients.place import Place
from tests.conformance.clients.story import REPO, populate
from tests.conformance.table import Row, record

# So long GitHub's hour and minute are here: long enough to be waited for, by the real clock.
SHORT = timedelta(seconds=3)
Act = Callable[[int], object]


@contextmanager
def pygithub(_: Begin, place: Place) -> Iterator[tuple[str, Act]]:
    """PyGithub with the waiting that it does by itself."""
    client = github.Github(
        base_url=place.api,
        auth=github.Auth.Token("acme"),
        verify=str(place.authority),
        seconds_between_requests=0,
        seconds_between_writes=0,
    )
    with client:
        issue = client.get_repo(REPO).get_issue(1)
        yield f"PyGithub {version('PyGithub')}", lambda number: issue.add_to_labels(f"label {number}")


@contextmanager
def githubkit(begin: Begin, _: Place) -> Iterator[tuple[str, Act]]:
    """The same of githubkit."""
    client = begin("githubkit")
    assert isinstance(client, Githubkit)
    issues = client.issues
    yield (
        client.version,
        lambda number: issues.add_labels(**WHERE, issue_number=1, labels=[f"label {number}"]),
    )


@contextmanager
def octokit(begin: Begin, _: Place) -> Iterator[tuple[str, Act]]:
    """@octokit/rest with its own plugin for it."""
    client = begin("@octokit/rest")
    assert isinstance(client, Octokit)
    yield client.version, lambda number: client.ask("patiently", issue_number=1, name=f"label {number}")


# What the weather calls a limit, and how long the embedded GitHub counts for it.
KINDS = {"primary": ("rate_limit", "_HOUR"), "secondary": ("write_limit", "_MINUTE")}
PATIENT: dict[str, Any] = {"PyGithub": pygithub, "githubkit": githubkit, "@octokit/rest": octokit}


@pytest.mark.parametrize("name", PATIENT)
@pytest.mark.parametrize("kind", KINDS)
def test_a_client_that_is_over_the_limit_waits_as_long_as_it_is_told(
    name: str, kind: str, begin: Begin, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is refused once, waits, and is let through: it asks neither too early nor in vain."""
    populate(place.standin)
    limit, window = KINDS[kind]
    journal = place.standin.service.journal
    monkeypatch.setattr(limits, window, SHORT)
    statuses: list[int] = []
    with PATIENT[name](begin, place) as (client, act):
        place.weather(**{limit: 1})
        journal.clear()
        # On a slow machine an hour may be over before the next request.
        for number in range(9):
            act(number)
            statuses = [entry["status"] for entry in journal.read()]
            if 403 in statuses:
                break
    found = statuses.count(403), statuses[-2:]
    is_obeyed = found == (1, [403, 200])
    remark = "GitHub's hour and minute are 3 seconds here"
    record(Row(client, f"refusals by the {kind} rate limit, obeyed", found[0], int(not is_obeyed), remark))
    assert is_obeyed, found
    world = place.standin.world
    assert f"label {number}" in {world.labels[label].name for label in world.issues[1].labels}


@pytest.mark.parametrize("name", CLIENTS)
def test_a_client_reads_what_is_left_of_the_hour(name: str, begin: Begin, place: Place) -> None:
    """The same that the embedded GitHub counted, whoever asks."""
    client = begin(name)
    assert client.limits() == (5_000, 5_000, client.limits()[2])
    client.open("Odd login", "", "bug")
    caller = Caller(place.standin.world.accounts.known_or_new("acme"))
    core = place.standin.service.limits.look(caller, "core")
    assert client.limits() == (core.limit, core.remaining, core.reset)


def test_clients_that_do_not_wait_say_what_it_was(begin: Begin, place: Place) -> None:
    """GitHub's command line, over REST and GraphQL, by the primary limit and by the secondary one."""
    gh = begin("gh")
    assert isinstance(gh, Gh)
    gh.open("Odd login", "", "bug")
    place.weather(write_limit=1)
    with pytest.raises(AssertionError, match="secondary rate limit"):
        gh.comment(1, "too much")
    place.weather(rate_limit=1)
    with pytest.raises(AssertionError, match="API rate limit exceeded"):
        gh.look(1)
    gh.run("api", f"repos/{REPO}")
    with pytest.raises(AssertionError, match=r"API rate limit exceeded for user ID \d+"):
        gh.run("api", f"repos/{REPO}")
