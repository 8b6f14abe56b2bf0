"""The embedded GitHub answers recorded requests as the real one did, but for the differences that are listed."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from irp_actions.edges.standin.rest.api import ROUTES
from tests.conformance.mutations import DAMAGES, Score, damaged
from tests.conformance.recorded.comparing import Answer, Mismatch, is_paged_as_today
from tests.conformance.recorded.conftest import Performance
from tests.conformance.recorded.differences import DIFFERENCES, unexplained
from tests.conformance.recorded.exchanges import OCTOKIT, PYGITHUB
from tests.conformance.recorded.playing import Played
from tests.conformance.table import Row, record
from tools.conformance.keys import SINCE

_FLOOR = 0.95


@pytest.mark.parametrize(("source", "at_least"), [(PYGITHUB, 700), (OCTOKIT, 30)])
def test_it_answers_as_recorded(performance: Performance, source: str, at_least: int) -> None:
    """In status, keys, types, `Link`, `Location`, errors and headers."""
    programme = performance.programmes[source]
    found: dict[Mismatch, list[str]] = defaultdict(list)
    for each in programme.played:
        for mismatch in unexplained(each.mismatches(performance.evidence)):
            found[mismatch].append(each.exchange.name)
    left_out = "; ".join(f"{count} {reason}" for reason, count in programme.skipped.most_common())
    recent = sum(each.exchange.is_recent for each in programme.played)
    served = f"{len({each.exchange.operation for each in programme.played} - {''})} operations of {len(ROUTES)}"
    told = f"{served}; {recent} since {SINCE}, by which keys, types and headers are judged; left out: {left_out}"
    record(Row(source, "answers of the embedded GitHub", len(programme.played), len(found), told))
    assert {str(mismatch): names[:3] for mismatch, names in found.items()} == {}
    assert len(programme.played) >= at_least


def test_every_listed_difference_is_still_one(performance: Performance) -> None:
    """One that no longer shows is struck off."""
    shown = {mismatch for each in performance.played for mismatch in each.mismatches(performance.evidence)}
    listed = sum(len(row.what) for row in DIFFERENCES)
    record(Row("recordings, both", "differences that are meant to be", listed, 0, "tests/conformance/recorded"))
    assert [idle for row in DIFFERENCES for idle in row.idle(shown)] == []
    assert all(row.reason for row in DIFFERENCES)


def test_each_kind_of_damage_to_an_answer_is_noticed(performance: Performance) -> None:
    """Of an answer to each operation, one thing at a time; of a list its first item is damaged.

    What several operations tell, such as all there is to tell of an account, is damaged once.
    """
    score, seen, tried = Score(), Counter[tuple[str, int, str]](), set[tuple[str, str]]()
    for each in performance.played:
        which = each.exchange.operation or each.exchange.file, each.exchange.status
        if seen[*which, _rels(each)] or (each.answer.body in (None, []) and not _is_bodiless(each)):
            continue
        seen[*which, _rels(each)] += 1
        usual = set(each.mismatches(performance.evidence))
        for damage, place, broken in _damaged(each):
            if damage in DAMAGES and (damage, _end(place)) in tried:
                continue
            tried.add((damage, _end(place)))
            noticed = set(each.mismatches(performance.evidence, broken)) - usual
            score.count(damage, f"{' '.join(map(str, which))}: {place}", is_noticed=bool(noticed))
    record(Row("recordings, both", "damaged answers of ours", score.tried.total(), score.missed.total(), f"{score}"))
    whole = {damage for damage in score.tried if score.noticed[damage] == score.tried[damage]}
    assert whole >= {"status", "rel dropped", "rels turned", "page", "parameter", "location", "error key", "no body"}
    assert score.share >= _FLOOR, score.missed.most_common(40)


def _rels(each: Played) -> str:
    """Which other pages there are: each kind of `Link` is damaged."""
    is_held = each.pages and is_paged_as_today(each.exchange)
    return ",".join(re.findall(r'rel="(\w+)"', each.answer.headers.get("link", ""))) if is_held else ""


def _end(place: str) -> str:
    return ".".join(place.split(".")[-2:])


def _is_bodiless(each: Played) -> bool:
    return each.exchange.status in (204, 302, 304)


def _damaged(each: Played) -> Iterator[tuple[str, str, Answer]]:
    answer = each.answer
    yield "status", "", replace(answer, status=answer.status + 1)
    yield from _without_headers(each)
    yield from _with_other_links(each)
    if "location" in answer.headers:
        yield "location", "", _headed(answer, location=None)
        yield "location", "", _headed(answer, location=answer.headers["location"] + "/elsewhere")
    if answer.status >= 400 and isinstance(answer.body, dict):
        for key in each.exchange.body:
            yield "error key", key, replace(answer, body={k: v for k, v in answer.body.items() if k != key})
        yield "error key", "message", replace(answer, body={**answer.body, "message": "No"})
    elif answer.body not in (None, []) and not isinstance(answer.body, str):
        whole: Any = answer.body[:1] if isinstance(answer.body, list) else answer.body
        yield "no body", "", replace(answer, body=None)
        for damage, place, broken in damaged(whole):
            yield damage, place, replace(answer, body=json.loads(json.dumps(broken)))


def _without_headers(each: Played) -> Iterator[tuple[str, str, Answer]]:
    if each.answer.status in (302, 304, 401):
        return
    read = ("etag", "cache-control") if each.exchange.method == "GET" and each.exchange.status == 200 else ()
    for name in ("x-ratelimit-remaining", "x-github-media-type", "vary", *read):
        yield "header", name, _headed(each.answer, **{name: None})
    yield "header", "x-github-media-type", _headed(each.answer, **{"x-github-media-type": "github.v9"})


def _with_other_links(each: Played) -> Iterator[tuple[str, str, Answer]]:
    link = each.answer.headers.get("link")
    if not link or not _rels(each) or "link" not in each.exchange.headers:
        return
    parts = link.split(", ")
    yield "rel dropped", "", _headed(each.answer, link=", ".join(parts[1:]))
    yield "rels turned", "", _headed(each.answer, link=", ".join(reversed(parts)))
    yield "page", "", _headed(each.answer, link=re.sub(r"([?&]page=)\d+", r"\g<1>77", link))
    yield "parameter", "", _headed(each.answer, link=link.replace("?", "?more=1&"))


def _headed(answer: Answer, **changed: str | None) -> Answer:
    headers = {**answer.headers, **changed}
    return replace(answer, headers={name: text for name, text in headers.items() if text is not None})
