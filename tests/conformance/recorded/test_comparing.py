"""The comparison notices what differs and nothing else; on made-up exchanges, so that it is tested everywhere."""

from dataclasses import replace
from typing import Any

import pytest

from tests.conformance.recorded.comparing import Answer, mismatches
from tests.conformance.recorded.differences import Difference
from tests.conformance.recorded.evidence import Evidence
from tests.conformance.recorded.exchanges import Exchange

_LABEL = {
    "id": 1,
    "node_id": "LA_1",
    "url": "https://api.github.com/repos/acme/incidents/labels/irp",
    "name": "irp",
    "color": "b60205",
    "default": False,
    "description": None,
}
_LINK = ", ".join(
    f'<https://api.github.com/repositories/9/labels?per_page=1&page={page}>; rel="{rel}"'
    for rel, page in (("prev", 1), ("next", 3), ("last", 3), ("first", 1))
)
_HERE = _LINK.replace("https://api.github.com/repositories/9/", "http://127.0.0.1:80/repositories/7/")
_HEADERS = {"content-type": "application/json; charset=utf-8", "vary": "Accept, Cookie", "etag": '"x"'}


def _recorded(status: int = 200, body: Any = None, **changed: Any) -> Exchange:
    path = "/repos/acme/incidents/labels"
    known: dict[str, Any] = {
        "method": "GET",
        "path": path,
        "query": "per_page=1&page=2",
        "headers": _HEADERS,
        **changed,
    }
    return Exchange(source="made up", file="it", year=2026, status=status, request=None, body=body, **known)


_LIST = _recorded(body=[_LABEL], headers={**_HEADERS, "link": _LINK})
_MADE = _recorded(201, _LABEL, method="POST", query="", headers={**_HEADERS, "location": _LABEL["url"]})
_ERROR = {"message": "Not Found", "documentation_url": "https://docs.github.com/rest", "status": "404"}
_MISSING = _recorded(404, _ERROR, headers=_HEADERS)
_EVIDENCE = Evidence.of([_LIST] * 3 + [_MADE] * 3 + [_MISSING] * 3)


def _told(exchange: Exchange, **changed: Any) -> list[str]:
    """What is said of an answer that is the recorded one, as the embedded GitHub would send it, but for this."""
    there = Answer(exchange.status, {**exchange.headers}, exchange.body)
    if "link" in exchange.headers:
        there = replace(there, headers={**there.headers, "link": _HERE})
    if "location" in exchange.headers:
        there = replace(there, headers={**there.headers, "location": "http://127.0.0.1:80/repos/a/b/labels/irp"})
    headers = {name: text for name, text in {**there.headers, **changed.pop("headers", {})}.items() if text is not None}
    return [str(each) for each in mismatches(exchange, replace(there, headers=headers, **changed), _EVIDENCE)]


@pytest.mark.parametrize("exchange", [_LIST, _MADE, _MISSING], ids=lambda each: str(each.status))
def test_another_repository_on_another_server_is_no_difference(exchange: Exchange) -> None:
    """Addresses and numbers are mapped; nothing else is."""
    assert _told(exchange) == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ([{key: value for key, value in _LABEL.items() if key != "node_id"}], "keys, label: lacks node_id"),
        ([{**_LABEL, "colour": "red"}], "keys, label: has colour"),
        ([{**_LABEL, "name": 5}], "types, label.name: is number, not text"),
        (_LABEL, "body, GET /repos/{owner}/{repo}/labels 200: is dict, not list"),
        (None, "body, GET /repos/{owner}/{repo}/labels 200: is NoneType, not list"),
    ],
)
def test_another_body_is_noticed(body: Any, said: str) -> None:
    """A key less, a key more, another type."""
    assert said in _told(_LIST, body=body)


@pytest.mark.parametrize(
    "link",
    [
        None,
        ", ".join(_HERE.split(", ")[1:]),
        ", ".join(reversed(_HERE.split(", "))),
        _HERE.replace("page=3", "page=4"),
        _HERE.replace("per_page=1&", ""),
        _HERE.replace("/labels", "/issues"),
    ],
    ids=["none", "a rel less", "in another order", "another page", "without the query", "another list"],
)
def test_another_link_is_noticed(link: str | None) -> None:
    """Where the other pages are, and in which order it is said."""
    assert any(said.startswith("link, ") for said in _told(_LIST, headers={"link": link}))


def test_another_status_is_all_that_is_said() -> None:
    """The rest would follow from it."""
    assert _told(_LIST, status=404) == ["status, GET /repos/{owner}/{repo}/labels 200: is 404"]


@pytest.mark.parametrize("location", [None, "http://127.0.0.1:80/repos/a/b/labels/other"])
def test_another_location_is_noticed(location: str | None) -> None:
    """Whether it is missing or leads elsewhere."""
    assert any(said.startswith("location, ") for said in _told(_MADE, headers={"location": location}))


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        ({"etag": None}, "headers, REST, read: lacks etag"),
        ({"sunset": "soon"}, "headers, REST, read: has sunset"),
        ({"vary": "Accept"}, "headers, REST, read: says vary: Accept"),
    ],
)
def test_other_headers_are_noticed(headers: dict[str, str | None], said: str) -> None:
    """One less, one more, and one that says something else."""
    assert _told(_LIST, headers=headers) == [said]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"message": "Nothing here"}, "says message: Nothing here"),
        ({"status": "410"}, "says status: 410"),
        ({"documentation_url": "https://docs.github.com/"}, "says documentation_url: https://docs.github.com/"),
        ({"hint": "?"}, "has hint"),
    ],
)
def test_another_error_is_noticed(changed: dict[str, str], said: str) -> None:
    """In its words and in its keys."""
    assert _told(_MISSING, body={**_ERROR, **changed}) == [f"error, GET /repos/{{owner}}/{{repo}}/labels 404: {said}"]


def test_an_error_without_its_words_is_noticed() -> None:
    """Whichever key it is."""
    for key in _ERROR:
        less = {name: value for name, value in _ERROR.items() if name != key}
        assert _told(_MISSING, body=less) == [f"error, GET /repos/{{owner}}/{{repo}}/labels 404: lacks {key}"]


def test_a_listed_difference_that_does_not_show_is_idle() -> None:
    """Each of its parts by itself."""
    found = mismatches(_LIST, Answer(200, {**_HEADERS, "link": _HERE, "sunset": "soon"}, [_LABEL]), _EVIDENCE)
    row = Difference("headers", "*", ("has sunset", "has link*"), "why")
    assert row.idle(found) == ["has link*"]
    assert all(row.covers(each) for each in found)
