"""Plays recorded requests to embedded GitHubs over HTTP, and keeps what they answer."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import requests

from tests.conformance.recorded.casting import Call, call, is_made_up, prepare, question
from tests.conformance.recorded.comparing import Answer, Mismatch, mismatches, mismatches_of_query
from tests.conformance.recorded.evidence import Evidence
from tests.conformance.recorded.exchanges import Exchange
from tests.conformance.recorded.stage import Stage, Unplayable, staged

# Nothing that these ask for depends on what was done before, so that one stage does for all.
_ALONE = ("GET /repos/{owner}/{repo}", "GET /rate_limit", "GET /user", "GET /users/{username}")
_TOGETHER = "what depends on nothing else"
_GRAPHQL = "/graphql"


@dataclass(frozen=True, slots=True)
class Played:
    """A recorded exchange, and what the embedded GitHub answered to its request.

    Attributes:
        pages: Whether there were as many pages.
    """

    exchange: Exchange
    answer: Answer
    pages: bool

    def mismatches(self, evidence: Evidence, answer: Answer | None = None) -> list[Mismatch]:
        """In which ways the answer, or another in its place, is not as recorded."""
        given = answer or self.answer
        if self.exchange.path == _GRAPHQL:
            return mismatches_of_query(self.exchange, given, evidence)
        return mismatches(self.exchange, given, evidence, pages=self.pages)


@dataclass
class Programme:
    """What was played of a source, and why the rest was not.

    Attributes:
        played: Each exchange with its answer.
        skipped: How many of the operations served here were left out, by the reason.
    """

    played: list[Played] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)


def play(exchanges: Iterable[Exchange], folder: Path) -> Programme:
    """Play all that is served here.

    Args:
        exchanges: Of one source.
        folder: For the checkouts.
    """
    programme = Programme()
    for number, (_, some) in enumerate(sorted(_grouped(exchanges, programme.skipped).items())):
        checkout = folder / str(number)
        checkout.mkdir()
        with staged(checkout, with_engine=prepare(checkout, some)) as stage:
            for exchange in some:
                try:
                    programme.played.append(_played(stage, exchange))
                except Unplayable as reason:
                    programme.skipped[str(reason)] += 1
    return programme


def _grouped(exchanges: Iterable[Exchange], skipped: Counter[str]) -> dict[str, list[Exchange]]:
    """Exchanges by the stage they are played on."""
    files: dict[str, list[Exchange]] = defaultdict(list)
    for each in exchanges:
        reason = _left_out(each)
        if reason:
            skipped[reason] += 1
        else:
            files[each.file].append(each)
    groups: dict[str, list[Exchange]] = defaultdict(list)
    for file, some in files.items():
        alone = all(each.operation in _ALONE for each in some)
        groups[_TOGETHER if alone else file] += some
    return groups


def _left_out(exchange: Exchange) -> str:
    if not exchange.operation and exchange.path != _GRAPHQL:
        return "of operations not here"
    if is_made_up(exchange):
        return "made up by their authors"
    if exchange.is_cut:
        return "shortened by them"
    if exchange.path != _GRAPHQL and exchange.strays:
        return "no more described"
    return ""


def _played(stage: Stage, exchange: Exchange) -> Played:
    made = question(stage, exchange) if exchange.path == _GRAPHQL else call(stage, exchange)
    return Played(exchange, _answer(stage, made), made.pages)


def _answer(stage: Stage, made: Call) -> Answer:
    answer = stage.ask(made.method, made.path, made.body, made.who, **made.headers)
    return Answer(answer.status_code, {name.lower(): text for name, text in answer.headers.items()}, _body(answer))


def _body(answer: requests.Response) -> object:
    try:
        return answer.json() if answer.content else None
    except ValueError:
        return answer.text
