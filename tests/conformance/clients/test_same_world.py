"""Every client can live an incident, and all of them see the same world."""

import json

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
    _, wrong = live(client, place.standin)
    record(Row(client.version, "requests over TLS, an incident's whole life", _requests(place), len(wrong)))
    assert wrong == []
    assert {entry["status"] for entry in place.standin.service.journal.read()} <= {200, 201}


def test_all_clients_see_the_same_world(begin: Begin, place: Place) -> None:
    """Each lives an incident of its own in one world, and then looks at everyone's."""
    clients = [begin(name) for name in CLIENTS]
    numbers = [live(client, place.standin)[0] for client in clients]
    wrong = [
        f"{client.version} on {number}"
        for client in clients
        for number in numbers
        if client.look(number) != remembered(place.standin, number)
    ]
    lists = {tuple(sorted(client.numbers("open"))) for client in clients}
    looks = len(clients) * len(numbers)
    record(Row("all four clients", "looks at each other's incidents, title to last comment", looks, len(wrong)))
    assert wrong == []
    assert lists == {tuple(sorted(numbers))}


def test_the_command_line_pages_by_links_as_well(begin: Begin, place: Place) -> None:
    """`gh api --paginate` follows REST's `Link` headers, where its other commands follow GraphQL's cursors."""
    gh = begin("gh")
    assert isinstance(gh, Gh)
    number, _ = live(gh, place.standin)
    listed = gh.run("api", "--paginate", f"repos/{REPO}/issues/{number}/comments", "--jq", ".[] | [.user.login, .body]")
    assert tuple(tuple(json.loads(line)) for line in listed.splitlines()) == gh.look(number).comments


def _requests(place: Place) -> int:
    return len(place.standin.service.journal.read())
