"""Every client can live an incident, and all of them see the same world."""

import json
from dataclasses import replace

import pytest

from tests.conformance.clients.conftest import CLIENTS, Begin
from tests.conformance.clients.gh_cli import Gh
from tests.conformance.clients.place import Place
from tests.conformance.clients.story import REPO, live, populate, remembered
from tests.conformance.table import Row, record


@pytest.mark.parametrize("name", CLIENTS)
def test_a_client_lives_an_incident_and_sees_what_there_is(name: str, begin: Begin, place: Place) -> None:
    """Open, label, comment, edit, list, close, open again, and read 262 comments to the last."""
    client = begin(name)
    populate(place.standin)
    _, seen = live(client, place.standin)
    statuses = [entry["status"] for entry in place.standin.service.journal.read()]
    wrong = [what for what, is_so in seen.items() if not is_so]
    refused = [status for status in statuses if status not in (200, 201)]
    record(Row(client.version, "requests over TLS, an incident's whole life", len(statuses), len(refused)))
    record(Row(client.version, "what it sees of an incident and of lists", len(seen), len(wrong)))
    assert wrong == []
    assert refused == []


def test_all_clients_see_the_same_world(begin: Begin, place: Place) -> None:
    """Each lives an incident of its own in one world, and then looks at everyone's."""
    together = Row("all four clients", "looks at each other's incidents, title to last comment", 0)
    clients = [begin(name, together) for name in CLIENTS]
    lives = [live(client, place.standin) for client in clients]
    numbers = [number for number, _ in lives]
    wrong = [
        f"{client.version} on {number}"
        for client in clients
        for number in numbers
        if client.look(number) != remembered(place.standin, number)
    ]
    lists = {tuple(sorted(client.numbers("open"))) for client in clients}
    record(replace(together, count=len(clients) * len(numbers), mismatches=len(wrong)))
    assert wrong == []
    assert [what for _, seen in lives for what, is_so in seen.items() if not is_so] == []
    assert lists == {tuple(sorted(numbers))}


def test_the_command_line_pages_by_links_as_well(begin: Begin, place: Place) -> None:
    """`gh api --paginate` follows REST's `Link` headers, where its other commands follow GraphQL's cursors."""
    gh = begin("gh")
    assert isinstance(gh, Gh)
    number, seen = live(gh, place.standin)
    listed = gh.run("api", "--paginate", f"repos/{REPO}/issues/{number}/comments", "--jq", ".[] | [.user.login, .body]")
    assert all(seen.values()), seen
    assert tuple(tuple(json.loads(line)) for line in listed.splitlines()) == gh.look(number).comments
