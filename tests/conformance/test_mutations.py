"""The checks notice damage: one thing of a good example at a time, and what is noticed is counted."""

import json
from collections import Counter

from tests.conformance import checker
from tests.conformance.mutations import Score, damaged, damaged_query
from tests.conformance.table import Row, record
from tests.conformance.test_recordings import faults_of, good
from tools.conformance.packages import Package
from tools.conformance.stamps import DATA, ROOT

_FLOOR = 0.95
# Of each operation; more of the same tells no more.
_ENOUGH = 4
_QUERIES = sorted((ROOT / "tools" / "graphql").glob("*.graphql"))


def test_damaged_answers_are_noticed(recorded: Package) -> None:
    """Of some recorded answers of each operation; of a list its first item is damaged."""
    score, seen = Score(), Counter[tuple[str | None, int]]()
    for recording in good(recorded):
        operation = checker.operation_of(recording.method, recording.path), recording.status
        if recording.body is None or recording.status >= 400 or faults_of(recording) or seen[operation] == _ENOUGH:
            continue
        seen[operation] += 1
        whole = recording.body[:1] if isinstance(recording.body, list) else recording.body
        for damage, place, broken in damaged(whole):
            body = json.dumps(broken).encode()
            faults = checker.exchange(recording.method, recording.path, recording.status, b"", body)
            score.count(damage, f"{recording.method} {recording.path}: {place}", is_noticed=bool(faults))
    _told("PyGithub's recordings", "damaged answers", score)
    assert score.share >= _FLOOR, score.missed.most_common(20)


def test_damaged_events_are_noticed() -> None:
    """Of GitHub's own examples; those that are older than today's description are left out."""
    examples = json.loads((DATA / "webhook_examples.json").read_text(encoding="utf-8"))["examples"]
    fitting = {full: example for full, example in examples.items() if not checker.event(full.split()[0], example)}
    score = Score()
    for full, example in fitting.items():
        for damage, place, broken in damaged(example):
            score.count(damage, f"{full}: {place}", is_noticed=bool(checker.event(full.split()[0], broken)))
    left_out = len(examples) - len(fitting)
    _told("@octokit/webhooks-examples", "damaged events", score, f"{left_out} examples older than the description; ")
    assert score.share >= _FLOOR, score.missed.most_common(20)
    assert left_out <= 3


def test_damaged_queries_are_noticed() -> None:
    """Every one of them: a query is right or it is not."""
    score = Score()
    for path in _QUERIES:
        for damage, place, broken in damaged_query(path.read_text(encoding="utf-8")):
            score.count(damage, f"{path.name}: {place}", is_noticed=not checker.is_valid(broken))
    _told("@octokit/graphql-schema", "damaged queries", score)
    assert dict(score.missed) == {}
    assert score.tried.total() > 100


def _told(source: str, checked: str, score: Score, skipped: str = "") -> None:
    record(Row(source, checked, score.tried.total(), score.missed.total(), f"{skipped}{score}"))
