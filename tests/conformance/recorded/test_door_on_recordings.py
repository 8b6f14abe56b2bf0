"""Our door to GitHub is answered with what the real one was recorded to answer, and makes of it what is there."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from irp_actions.edges.github import Forbidden, Unavailable, WriteFailed, parse
from irp_actions.edges.github.wire import TRIES, Answer, Wire
from irp_actions.values.changes import OpenIssue
from irp_actions.values.thread import Thread
from tests.conformance.recorded.exchanges import Exchange, of_octokit, of_pygithub
from tests.conformance.recorded.player import Player
from tests.conformance.table import Row, record
from tests.edges.loopback import BOT, issue_node
from tools.conformance.packages import Package

_METHODS = ("GET", "POST", "PATCH", "PUT", "DELETE")
_MOVED = (301, 302, 307, 308)
_LIMITED = ("rate limit", "abuse detection")
_COLLABORATORS = "GET /repos/{owner}/{repo}/collaborators/{username}/permission"
_LABELS = "/repos/{owner}/{repo}/labels"
_WORKFLOWS = "/repos/{owner}/{repo}/actions/workflows"


@pytest.fixture(scope="module")
def everything(recorded: Package, scenarios: Path) -> list[Exchange]:
    """All that was recorded."""
    return [*of_pygithub(recorded), *of_octokit(scenarios)]


@pytest.fixture(scope="module")
def by_operation(everything: list[Exchange]) -> dict[str, list[Exchange]]:
    """What was recorded of the operations that the door uses, and others."""
    found: dict[str, list[Exchange]] = {}
    for each in everything:
        found.setdefault(each.operation, []).append(each)
    return found


def test_every_recorded_answer_is_taken_for_what_it_is(everything: list[Exchange]) -> None:
    """An answer, a refusal, or none: reads are tried again where that may help, and writes are sent once."""
    parts = {
        f"/{number}": each
        for number, each in enumerate(everything)
        if each.status not in _MOVED and (each.method, each.status) != ("GET", 202)
    }
    outcomes: Counter[str] = Counter()
    wrong = []
    with Player(parts.items()) as player:
        wire = player.wire
        for target, each in parts.items():
            player.asked.clear()
            player.slept.clear()
            outcome, answer = _outcome(wire, each.method, target)
            outcomes[outcome] += 1
            if outcome != _wanted(each) or len(player.asked) != _tries(each) or not _is_as_sent(each, answer):
                wrong.append(f"{each.name}: {outcome} after {len(player.asked)} tries, and {_wanted(each)} was to be")
    left_out = (
        f"{len(everything) - len(parts)} left out: redirections, which have tests of their own, and 202s to reads"
    )
    told = ", ".join(f"{count} {outcome}" for outcome, count in outcomes.items())
    record(Row("recordings, both", "what our wire makes of each", outcomes.total(), len(wrong), f"{told}; {left_out}"))
    assert wrong == []
    assert outcomes.keys() == {"an answer", "a refusal", "none"}


def _outcome(wire: Wire, method: str, target: str) -> tuple[str, Answer | None]:
    try:
        return "an answer", wire.get(target) if method == "GET" else wire.send(method, target, {})
    except Forbidden:
        return "a refusal", None
    except (Unavailable, WriteFailed):
        return "none", None


def _tries(each: Exchange) -> int:
    """A read that may do later is tried again, unless there is longer to wait than a run has time."""
    return TRIES if each.method == "GET" and _wanted(each) == "none" else 1


def _is_as_sent(each: Exchange, answer: Answer | None) -> bool:
    if answer is None:
        return True
    body = None if each.status in (204, 205, 304) else each.body
    at = parsedate_to_datetime(each.headers["date"]) if "date" in each.headers else answer.at
    return (answer.status, answer.data, answer.at) == (each.status, body, at)


def _wanted(each: Exchange) -> str:
    message = str(each.body.get("message", "")).lower() if isinstance(each.body, dict) else ""
    is_limited = each.status == 403 and any(words in message for words in _LIMITED)
    if each.status >= 500 or each.status == 429 or is_limited:
        return "none"
    return "a refusal" if each.status in (401, 403) else "an answer"


@pytest.mark.parametrize("query", ["", "?labels=irp&state=all"])
def test_what_moved_is_read_where_it_is_now(everything: list[Exchange], query: str) -> None:
    """With the query that was asked with: a client that drops it would take all issues for ours."""
    moved = [each for each in everything if each.status in (301, 302) and _leads(each)]
    there = next(each for each in everything if each.operation == "GET /repos/{owner}/{repo}/issues" and each.is_recent)
    for each in moved:
        onward = each.headers["location"].removeprefix("https://api.github.com")
        elsewhere = replace(each, headers={**each.headers, "location": f"{each.headers['location']}{query}"})
        with Player([(f"{each.path}{query}", elsewhere), (f"{onward}{query}", there)]) as player:
            answer = player.wire.get(f"{each.path}{query}")
            assert (answer.status, answer.data) == (200, there.body)
            assert [asked.target for asked in player.asked] == [f"{each.path}{query}", f"{onward}{query}"]
    assert len(moved) > 4


def test_a_write_is_sent_on_to_where_its_thing_is_now(everything: list[Exchange]) -> None:
    """With its body: GitHub says 307, and has done nothing yet."""
    moved = next(each for each in everything if each.status == 307)
    onward = moved.headers["location"].removeprefix("https://api.github.com")
    there = next(each for each in everything if each.method == moved.method and each.status == 200)
    with Player([(moved.path, moved), (onward, there)]) as player:
        answer = player.wire.send(moved.method, moved.path, {"name": "new"})
    assert (answer.status, answer.data) == (200, there.body)
    assert [(asked.target, asked.data) for asked in player.asked] == [
        (moved.path, {"name": "new"}),
        (onward, {"name": "new"}),
    ]


def test_the_token_is_shown_to_nobody_else(everything: list[Exchange]) -> None:
    """A redirection to another server, or in a circle, is not followed, and is no crash."""
    away = [each for each in everything if each.status in (301, 302) and not _leads(each)]
    for each in away:
        with Player([(each.path, each)]) as player:
            assert player.wire.get(each.path).status in _MOVED
            assert {asked.target for asked in player.asked} == {each.path}
            assert len(player.asked) <= 3
    assert len(away) > 4


def _leads(each: Exchange) -> bool:
    return each.headers["location"].startswith("https://api.github.com/")


def test_who_may_act_is_read_off_the_recorded_permission(by_operation: dict[str, list[Exchange]]) -> None:
    """Write access or not; where GitHub would not say, neither."""
    seen = set()
    for each in by_operation[_COLLABORATORS]:
        login = each.parameters["username"]
        with Player([(each.path, each)]) as player:
            standing = player.door(_repository(each)).standing(login)
        may_write = each.status == 200 and each.body["permission"] in ("admin", "write")
        assert standing == (None if each.status == 403 else "responder" if may_write else "outsider")
        seen.add(each.status)
    assert seen == {200, 403}


def test_other_records_are_issues_and_no_pull_requests(by_operation: dict[str, list[Exchange]]) -> None:
    """Of what was recorded of late."""
    lists = [each for each in by_operation["GET /repos/{owner}/{repo}/issues"] if each.is_recent and each.body]
    pulls = 0
    for each in lists:
        now = parsedate_to_datetime(each.headers["date"])
        since = (now - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
        asked = f"{each.path}?labels=irp&state=all&sort=created&since={since}&per_page=6"
        with Player([(asked, each)]) as player:
            found = player.door(_repository(each)).nearby("irp", each.body[0]["number"], now)
        wanted = [issue["number"] for issue in each.body[1:] if "pull_request" not in issue]
        pulls += len(each.body) - 1 - len(wanted)
        assert list(found) == wanted
    assert len(lists) > 3
    assert pulls > 0


def test_a_label_is_created_or_found(by_operation: dict[str, list[Exchange]]) -> None:
    """A 422 may say that it is there: then it is looked for."""
    made = [each for each in by_operation[f"POST {_LABELS}"] if each.status == 201 and "node_id" in each.body]
    refused = next(each for each in by_operation[f"POST {_LABELS}"] if each.status == 422)
    there = next(each for each in by_operation[f"GET {_LABELS}/{{name}}"] if each.is_recent)
    missing = next(each for each in by_operation["GET /repos/{owner}/{repo}"] if each.status == 404)
    for each in made:
        with Player([(each.path, each)]) as player:
            assert player.door(_repository(each)).create_label(each.body["name"], each.body["color"])
            assert player.asked[0].data == {"name": each.body["name"], "color": each.body["color"]}
    with Player([(refused.path, refused), (f"{refused.path}/bug", there)]) as player:
        assert not player.door(_repository(refused)).create_label("bug", "d73a4a")
    with (
        Player([(refused.path, refused), (f"{refused.path}/bug", missing)]) as player,
        pytest.raises(Forbidden, match="no such repository"),
    ):
        player.door(_repository(refused)).create_label("bug", "d73a4a")
    assert len(made) > 0


def test_workflows_are_switched_and_run_as_recorded(by_operation: dict[str, list[Exchange]]) -> None:
    """One that is off already is as good as one switched off; one that cannot be run by hand is not run."""
    tried: Counter[tuple[str, int]] = Counter()
    for each in [
        *by_operation[f"PUT {_WORKFLOWS}/{{workflow_id}}/enable"],
        *by_operation[f"PUT {_WORKFLOWS}/{{workflow_id}}/disable"],
    ]:
        awake = each.path.endswith("/enable")
        with Player([(each.path, each)]) as player:
            assert player.door(_repository(each)).wake(each.parameters["workflow_id"], awake)
        tried["switched", each.status] += 1
    for each in by_operation[f"POST {_WORKFLOWS}/{{workflow_id}}/dispatches"]:
        with Player([(each.path, each)]) as player:
            started = player.door(_repository(each)).dispatch(each.parameters["workflow_id"], "main", run="1")
        assert started == (each.status in (200, 204))
        tried["run", each.status] += 1
    assert {("switched", 204), ("switched", 403), ("run", 200), ("run", 204), ("run", 422)} <= tried.keys()


def test_whether_a_workflow_runs_is_read_off_recorded_runs(by_operation: dict[str, list[Exchange]]) -> None:
    """One that is not completed does."""
    of_one, of_all = f"GET {_WORKFLOWS}/{{workflow_id}}/runs", "GET /repos/{owner}/{repo}/actions/runs"
    recorded = [*by_operation[of_one], *by_operation[of_all]]
    # Of some their authors left nothing but an id.
    runs = [each for each in recorded if all("status" in run for run in each.body["workflow_runs"])]
    for each in runs:
        repository = _repository(each)
        with Player([(f"/repos/{repository}/actions/workflows/watch.yml/runs?per_page=5", each)]) as player:
            running = player.door(repository).is_running("watch.yml")
        assert running == any(run["status"] != "completed" for run in each.body["workflow_runs"])
    assert len(runs) > 10


def test_people_are_looked_up_and_a_refused_mutation_is_told(everything: list[Exchange]) -> None:
    """Whoever is known is assigned, and whoever is not is left out; what GitHub says of the refusal is passed on."""
    known = next(e for e in everything if e.operation == "GET /users/{username}" and e.is_recent and not e.is_cut)
    unknown = next(e for e in everything if e.operation == "GET /users/{username}" and e.status == 404)
    refused = next(e for e in everything if _error_type(e) == "UNPROCESSABLE")
    login = known.parameters["username"]
    with Player([(known.path, known), (unknown.path, unknown), ("/graphql", refused)]) as player:
        wanted = OpenIssue(
            "next", "Next", "Later", labels=frozenset(), assignees=frozenset({login, unknown.parameters["username"]})
        )
        with pytest.raises(WriteFailed, match=refused.body["errors"][0]["message"]):
            player.door("acme/incidents").apply(_thread(), (wanted,))
    assert player.asked[-1].data["variables"]["m0"]["assigneeIds"] == [known.body["node_id"]]
    assert len([asked for asked in player.asked if asked.method == "POST"]) == 1


def test_an_error_about_a_part_does_not_take_the_rest_along(everything: list[Exchange]) -> None:
    """A node that is not there is nothing, and no reason to give up."""
    missing = [each for each in everything if _error_type(each) == "NOT_FOUND"]
    for each in missing:
        with Player([("/graphql", each)]) as player:
            answer = player.wire.ask("more", "ById", {"ids": ["x"]})
        assert answer.data == each.body
        assert player.slept == []
    assert len(missing) > 0


@pytest.mark.parametrize("kind", ["abuse", "primary"])
def test_the_limits_of_old_are_waited_for_or_given_up(everything: list[Exchange], kind: str) -> None:
    """As long as GitHub asked to wait, if it said; a write is not sent again."""
    words = {"abuse": "abuse detection", "primary": "Rate Limit Exceeded"}[kind]
    limited = next(
        each for each in everything if isinstance(each.body, dict) and words in str(each.body.get("message"))
    )
    asked = float(limited.headers["retry-after"]) if "retry-after" in limited.headers else None
    write = replace(limited, method="POST")
    with Player([("/x", limited), ("/x", write)]) as player:
        with pytest.raises(Unavailable, match=words):
            player.wire.get("/x")
        assert player.slept == ([asked] * (TRIES - 1) if asked else [1.0, 2.0, 4.0])
        with pytest.raises(WriteFailed, match=words):
            player.wire.send("POST", "/x", {})
        assert len(player.asked) == TRIES + 1


def _error_type(each: Exchange) -> str:
    errors = each.body.get("errors") if each.path == "/graphql" and isinstance(each.body, dict) else None
    return str(errors[0].get("type")) if errors else ""


def _repository(each: Exchange) -> str:
    return f"{each.parameters['owner']}/{each.parameters['repo']}"


def _thread() -> Thread:
    at = parsedate_to_datetime("Mon, 02 Mar 2026 03:10:00 GMT")
    return parse.thread(issue_node(), parse.person(BOT), at, private=True)
