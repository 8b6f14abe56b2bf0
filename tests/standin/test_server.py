"""The server: connections stay open, requests are quick, many clients at once, and large worlds stay quick."""

import http.client
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from standin_client import REPO, Person

from irp_actions.edges.standin.engine import NoEngine
from irp_actions.edges.standin.standin import StandIn


def test_a_connection_stays_open_and_is_quick(gh: StandIn, owner: Person, capsys: pytest.CaptureFixture[str]) -> None:
    """One connection serves them all; the time of each is told, not judged."""
    owner.open()
    connection = http.client.HTTPConnection("127.0.0.1", gh.server.server_address[1])
    headers = {"Authorization": "Bearer acme"}
    connection.connect()
    socket = connection.sock
    begun = time.perf_counter()
    for _ in range(100):
        connection.request("GET", f"/repos/{REPO}/issues/1", headers=headers)
        assert connection.getresponse().read()
    took = time.perf_counter() - begun
    assert connection.sock is socket
    connection.close()
    with capsys.disabled():
        print(f"\nstand-in: {took * 10:.2f} ms for each request on one connection")


def test_a_body_of_unknown_length_is_refused(gh: StandIn) -> None:
    """411; the stand-in does not read chunks."""
    connection = http.client.HTTPConnection("127.0.0.1", gh.server.server_address[1])
    connection.request("POST", f"/repos/{REPO}/issues", body=iter([b"{}"]), encode_chunked=True)
    with connection.getresponse() as response:
        assert response.status == 411
    connection.close()


def test_many_at_once_lose_nothing(owner: Person, somebody: Callable[[str], Person]) -> None:
    """Eight people write twenty comments each; all are there, and no id twice."""
    owner.open()

    def talk(person: Person) -> None:
        for number in range(20):
            person.comment(f"{number}")

    threads = [threading.Thread(target=talk, args=(somebody(f"person{n}"),)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert owner.get("~/issues/1")["comments"] == 160
    told = owner.told("GET", "events")
    assert [event["payload"]["issue"]["comments"] for event in told[1:]] == list(range(1, 161))


@pytest.mark.behaviour("inferred", "201 for who is first and 200 for all others", "repository")
def test_rivals_for_one_reaction_cannot_both_win(owner: Person, somebody: Callable[[str], Person]) -> None:
    """Of many 201 is answered once."""
    owner.open()
    statuses: list[int] = []

    def claim() -> None:
        person = somebody("acme")
        statuses.append(person.call("POST", "~/issues/1/reactions", {"content": "rocket"}).status_code)

    threads = [threading.Thread(target=claim) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200] * 5 + [201]


def test_a_real_clock_runs(checkout: Path) -> None:
    """It cannot be set, and tells the time of day."""
    with StandIn(REPO, checkout, engine_of=lambda _checkout, _host: NoEngine()) as standin:
        person = Person(standin, "acme")
        told = person.told("GET", "clock")
        assert told["simulated"] is False
        assert person.control("POST", "clock", {"advance": "PT1H"}).status_code == 422
        assert person.told("GET", "clock")["now"] >= told["now"]
        person.session.close()
