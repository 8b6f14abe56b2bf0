"""People in a drill keep pressing the button through bad weather, and are told when they may not do a thing."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from irp_actions.edges.drill.client import ATTEMPTS, LARGEST_PAGE, Answered, Client, NotAllowed

Answer = tuple[int, object]
Serve = Callable[[list[Answer]], Client]

LIMITED = (403, {"message": "You have exceeded a secondary rate limit."})
NO_ANSWER = (0, None)


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts a server that gives these answers, one after another, and a client of it."""
    started: list[tuple[HTTPServer, threading.Thread, Client]] = []

    def start(answers: list[Answer]) -> Client:
        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                status, body = answers.pop(0)
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                if not status:
                    return
                raw = b"" if body is None else json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(raw)))
                self.end_headers()
                self.wfile.write(raw)

            do_GET = do_POST = answer  # noqa: N815 - the names http.server calls

            def log_message(self, format: str, *args: object) -> None:
                """Nothing is logged."""

        server = HTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        client = Client(f"http://127.0.0.1:{server.server_port}")
        started.append((server, thread, client))
        return client

    yield start
    for server, thread, client in started:
        client.close()
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize("mishap", [(502, None), (429, {}), LIMITED, NO_ANSWER], ids=lambda mishap: str(mishap[0]))
def test_what_may_pass_is_tried_again(mishap: Answer, serve: Serve) -> None:
    """A server error, a rate limit or a lost connection is weather."""
    assert serve([mishap, mishap, (201, {"id": 7})]).ask("POST", "/x", {}, "ana") == {"id": 7}


def test_bad_weather_is_given_up_in_the_end(serve: Serve) -> None:
    """A drill must end, whatever happens in it."""
    answers: list[Answer] = [(502, None)] * ATTEMPTS
    with pytest.raises(Answered, match="POST /x was answered 502: no answer"):
        serve(answers).ask("POST", "/x", {}, "ana")
    assert answers == []


def test_a_person_who_may_not_is_told_so(serve: Serve) -> None:
    """That is GitHub's word, and trying again changes nothing."""
    answers: list[Answer] = [(403, {"message": "Must have admin rights to Repository."})]
    with pytest.raises(NotAllowed, match="Must have admin rights"):
        serve(answers).ask("POST", "/x", {}, "rae")


def test_an_error_says_which_field_is_wrong(serve: Serve) -> None:
    """As GitHub does, below its message."""
    body = {"message": "Validation Failed", "errors": [{"message": "What looks wrong? is required"}]}
    with pytest.raises(Answered, match=r"was answered 422: Validation Failed; What looks wrong\? is required"):
        serve([(422, body)]).ask("POST", "/x", {}, "rae")


def test_an_empty_answer_is_nothing(serve: Serve) -> None:
    """Such as a deletion's."""
    assert serve([(204, None)]).ask("POST", "/x") is None


@pytest.mark.parametrize("length", [0, 1, LARGEST_PAGE, LARGEST_PAGE + 1])
def test_a_list_is_read_to_its_end(length: int, serve: Serve) -> None:
    """However its length falls on pages."""
    entries = list(range(length))
    pages: list[Answer] = [(200, entries[:LARGEST_PAGE]), (200, entries[LARGEST_PAGE:])]
    assert serve(pages).pages("/x", "ana") == entries
