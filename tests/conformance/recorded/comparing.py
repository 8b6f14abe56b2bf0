"""Says in which way an answer of the embedded GitHub is not like the recorded one; pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote_plus, urlsplit

from tests.conformance.recorded.evidence import ENOUGH, MANY, Evidence, Shapes, kind, look, plain, sort_of, spot
from tests.conformance.recorded.exchanges import Exchange

_LINK = re.compile(r'<([^>]*)>; rel="(\w+)"')
_NUMBER = re.compile(r"(?<=[/#])\d+(?=/|$)|(?<=ID )\d+")
_REPOSITORY = re.compile(r"^(/api/v3)?/(repos/[^/]+/[^/]+|repositories/\d+)")
# In 2013 GitHub named the repository otherwise, and what stood in `Link` in another order; by 2020 it was as today.
_ORDERED_SINCE = 2020
_TODAYS_LINK = "/repositories/"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the embedded GitHub answered; headers are named in lower case."""

    status: int
    headers: Mapping[str, str]
    body: Any


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One way in which an answer differs.

    Attributes:
        aspect: `status`, `body`, `keys`, `types`, `link`, `location`, `error` or `headers`.
        where: The operation, or the place in the body, or the sort of answer.
        what: What is different.
    """

    aspect: str
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.aspect}, {self.where}: {self.what}"


def mismatches(exchange: Exchange, answer: Answer, evidence: Evidence, *, pages: bool = True) -> list[Mismatch]:
    """In which ways an answer is not as recorded.

    Args:
        exchange: What was recorded.
        answer: What was answered to the same request.
        evidence: What other recordings show.
        pages: Whether there are as many pages here as there were.
    """
    where = f"{exchange.operation or exchange.path} {exchange.status}"
    if answer.status != exchange.status:
        return [Mismatch("status", where, f"is {answer.status}")]
    found = [*_headers(exchange, answer, evidence), *_location(exchange, answer, where)]
    if exchange.status >= 400:
        return [*found, *_error(exchange, answer, evidence, where)]
    return [*found, *_link(exchange, answer, where, pages=pages), *_body(exchange, answer, evidence, where)]


def mismatches_of_query(exchange: Exchange, answer: Answer, evidence: Evidence) -> list[Mismatch]:
    """As `mismatches`, of a GraphQL request: what was asked for decides what the data looks like."""
    where = f"GraphQL {'query' if answer.status == 200 else answer.status}"
    if answer.status != exchange.status:
        return [Mismatch("status", where, f"is {answer.status}")]
    unlike = list(_unlike(exchange.body, answer.body, where))
    return [*_headers(exchange, answer, evidence), *(unlike or _errors(exchange.body, answer.body, where))]


def _errors(theirs: Any, ours: Any, where: str) -> Iterator[Mismatch]:
    """Where the errors of two GraphQL answers that look alike say something else."""
    for one, other in zip(theirs.get("errors", ()), ours.get("errors", ()), strict=True):
        for key in sorted(one.keys() - {"extensions"}):
            if one[key] != other[key]:
                yield Mismatch("error", where, f"says {key}: {other[key]}")


def _unlike(theirs: Any, ours: Any, where: str) -> Iterator[Mismatch]:
    """Where two values have other keys or types, or lists another length."""
    if kind(theirs) != kind(ours):
        yield Mismatch("types", where, f"is {kind(ours)}, not {kind(theirs)}")
    elif isinstance(theirs, dict):
        for key in sorted(theirs.keys() ^ ours.keys()):
            yield Mismatch("keys", where, f"{'has' if key in ours else 'lacks'} {key}")
        for key in sorted(theirs.keys() & ours.keys()):
            yield from _unlike(theirs[key], ours[key], f"{where}.{key}")
    elif isinstance(theirs, list):
        if len(theirs) != len(ours):
            yield Mismatch("body", where, f"has {len(ours)} items, not {len(theirs)}")
        for one, other in zip(theirs, ours, strict=False):
            yield from _unlike(one, other, f"{where}[]")


def _headers(exchange: Exchange, answer: Answer, evidence: Evidence) -> Iterator[Mismatch]:
    sort = sort_of(exchange)
    if sort not in evidence.headers_always:
        return
    for name in sorted(evidence.headers_always[sort] - answer.headers.keys()):
        yield Mismatch("headers", sort, f"lacks {name}")
    sent = answer.headers.keys() - {"connection", "content-length", "date", "server"}
    for name in sorted(sent - evidence.headers_ever[sort]):
        yield Mismatch("headers", sort, f"has {name}")
    for name in sent:
        said = evidence.headers_said.get((sort, name), set())
        if said and plain(name, answer.headers[name]) not in said:
            yield Mismatch("headers", sort, f"says {name}: {answer.headers[name]}")


def _location(exchange: Exchange, answer: Answer, where: str) -> Iterator[Mismatch]:
    recorded, sent = (each.headers.get("location") for each in (exchange, answer))
    if bool(recorded) != bool(sent):
        yield Mismatch("location", where, "is there" if sent else "is missing")
    elif recorded and sent and _address(recorded)[0] != _address(sent)[0]:
        yield Mismatch("location", where, f"is {sent}")


def _link(exchange: Exchange, answer: Answer, where: str, *, pages: bool) -> Iterator[Mismatch]:
    if not is_paged_as_today(exchange):
        return
    recorded, sent = exchange.headers.get("link", ""), answer.headers.get("link", "")
    theirs, ours = (_links(text, pages=pages) for text in (recorded, sent))
    if theirs != ours and not (not theirs and not pages):
        yield Mismatch("link", where, f"is {[rel for rel, _ in ours]}, not {[rel for rel, _ in theirs]}, or elsewhere")


def is_paged_as_today(exchange: Exchange) -> bool:
    """Whether its `Link`, or having none, says how GitHub's are today."""
    link = exchange.headers.get("link")
    return link is None or (_TODAYS_LINK in link and exchange.year >= _ORDERED_SINCE)


def _links(text: str, *, pages: bool) -> list[tuple[str, Any]]:
    return [(rel, _address(target, without_page=rel == "last" and not pages)) for target, rel in _LINK.findall(text)]


def _address(text: str, *, without_page: bool = False) -> tuple[str, Any]:
    """Where an address leads, whatever the server, the repository and the numbers of things are."""
    parts = urlsplit(text)
    query = [pair for pair in parse_qsl(parts.query) if not (without_page and pair[0] == "page")]
    path = _REPOSITORY.sub(lambda found: f"/{found[2].split('/')[0]}/~", unquote_plus(parts.path))
    return _NUMBER.sub("1", path), query


def _error(exchange: Exchange, answer: Answer, evidence: Evidence, where: str) -> Iterator[Mismatch]:
    theirs = exchange.body if isinstance(exchange.body, dict) else {}
    ours = answer.body if isinstance(answer.body, dict) else {}
    for key in sorted(theirs.keys() - ours.keys()):
        yield Mismatch("error", where, f"lacks {key}")
    for key in sorted(ours.keys() - theirs.keys() - evidence.errors):
        yield Mismatch("error", where, f"has {key}")
    for key in ("message", "errors", "status") + (("documentation_url",) if exchange.is_recent else ()):
        if key in theirs and key in ours and theirs[key] != ours[key]:
            yield Mismatch("error", where, f"says {key}: {ours[key]}")


def _body(exchange: Exchange, answer: Answer, evidence: Evidence, where: str) -> Iterator[Mismatch]:
    if type(answer.body) is not type(exchange.body):
        yield Mismatch("body", where, f"is {type(answer.body).__name__}, not {type(exchange.body).__name__}")
        return
    ours, seen = Shapes(), evidence.shapes
    look(ours, exchange.operation, answer.status, answer.body)
    theirs = _shapes_of(exchange) if any(seen.count(place) < ENOUGH for place in ours.objects()) else Shapes()
    for place in sorted(ours.objects()):
        enough = seen.count(place) >= ENOUGH
        for key in sorted((seen.each(place) if enough else set()) - ours.each(place)):
            yield Mismatch("keys", spot(place), f"lacks {key}")
        for key in sorted(ours.ever(place) - (seen.ever(place) if enough else seen.described(place))):
            yield Mismatch("keys", spot(place), f"has {key}")
        for key in sorted(theirs.ever(place) - ours.each(place)) if not enough else ():
            yield Mismatch("keys", spot(place), f"lacks {key}, which it once had")
    for place in sorted(ours.strange):
        yield Mismatch("keys", spot(place), "is nothing that is described")
    for place in sorted(ours.types):
        known = seen.types[place]
        # GitHub's description says what may be null; few recordings do not say that it never is.
        never = {"null"} if known.total() < MANY else set()
        if known.keys() - {"null"} and place[0] == "schemas":
            for found in sorted(ours.types[place].keys() - known.keys() - never):
                yield Mismatch("types", spot(place), f"is {found}, not {' or '.join(sorted(known))}")


def _shapes_of(exchange: Exchange) -> Shapes:
    found = Shapes()
    look(found, exchange.operation, exchange.status, exchange.body)
    return found
