"""The weather: requests that fail, are slow, or are done and yet answered with an error."""

import time

import pytest
import requests
from standin_client import Person

from irp_actions.edges.standin.weather import Weather


def test_only_the_given_keys_change(owner: Person) -> None:
    """The others stay as they are."""
    owner.told("POST", "weather", {"seed": 7, "drop_events": 0.5})
    told = owner.told("POST", "weather", {"latency_ms": 1})
    assert (told["seed"], told["drop_events"], told["latency_ms"]) == (7, 0.5, 1)
    assert owner.told("GET", "weather") == told


@pytest.mark.parametrize(
    "order",
    [{"storm": 1}, {"drop_events": 2}, {"error_rate": "often"}, {"statuses": [200]}, {"seed": 1.5}, {"latency_ms": -1}],
)
def test_weather_that_there_is_not_is_refused(owner: Person, order: dict[str, object]) -> None:
    """422, and nothing changes."""
    assert owner.control("POST", "weather", order).status_code == 422
    assert owner.told("GET", "weather")["drop_events"] == 0


def test_a_failing_request_does_nothing(owner: Person) -> None:
    """One of the statuses is answered, the journal names the operation, and nothing was written."""
    owner.open()
    owner.told("POST", "weather", {"error_rate": 1.0, "statuses": [503]})
    assert owner.call("POST", "~/issues/1/comments", {"body": "x"}).status_code == 503
    assert owner.session.post(owner.standin.graphql_url, json={"query": "query Q { viewer { id } }"}).status_code == 503
    operations = [entry["operation"] for entry in owner.told("GET", "requests")]
    assert operations[-2:] == ["POST /repos/{owner}/{repo}/issues/{issue_number}/comments", "Q"]
    owner.told("POST", "weather", {"error_rate": 0.0})
    assert owner.get("~/issues/1")["comments"] == 0


@pytest.mark.behaviour("documented", "Best practices for using the REST API")
def test_an_overrun_says_when_to_come_again(owner: Person) -> None:
    """429 and 403 carry `Retry-After`."""
    owner.told("POST", "weather", {"error_rate": 1.0, "statuses": [429]})
    response = owner.call("GET", "~")
    assert (response.status_code, response.headers["Retry-After"]) == (429, "1")
    assert "secondary rate limit" in response.json()["message"]


def test_status_zero_is_no_answer_at_all(owner: Person) -> None:
    """The connection ends."""
    owner.told("POST", "weather", {"error_rate": 1.0, "statuses": [0]})
    with pytest.raises(requests.ConnectionError):
        owner.call("GET", "~")


@pytest.mark.behaviour("reported", "issue threads of clients that retried", "repository")
def test_a_write_can_be_applied_and_answered_with_502(owner: Person) -> None:
    """For REST and GraphQL; reads do not count, refused writes do not either."""
    issue = owner.open()
    owner.told("POST", "weather", {"apply_then_fail": 2})
    assert owner.call("GET", "~/issues/1").status_code == 200
    assert owner.call("POST", "~/issues/1/comments", {}).status_code == 422
    assert owner.call("POST", "~/issues/1/comments", {"body": "one"}).status_code == 502
    mutation = 'mutation($i: ID!) { addComment(input: { subjectId: $i, body: "two" }) { clientMutationId } }'
    body = {"query": mutation, "variables": {"i": issue["node_id"]}}
    assert owner.session.post(owner.standin.graphql_url, json=body).status_code == 502
    assert owner.comment("three")["body"] == "three"
    assert [comment["body"] for comment in owner.get("~/issues/1/comments")] == ["one", "two", "three"]


def test_a_slow_day_is_slow(owner: Person) -> None:
    """Every request takes at least that long."""
    owner.told("POST", "weather", {"latency_ms": 30})
    begun = time.monotonic()
    owner.get("~")
    assert time.monotonic() - begun >= 0.03


def test_the_same_seed_makes_the_same_weather() -> None:
    """So that a bad day can be played again."""

    def day() -> list[int | None]:
        weather = Weather()
        weather.change({"seed": 5, "error_rate": 0.3, "duplicate_events": 0.5})
        return [weather.failure() or weather.copies() for _ in range(50)]

    assert day() == day()
    assert len(set(day())) > 2
