"""Two stand-ins are asked the same; where they differ it is known who is right."""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conformance.emulate.compare import differences
from tests.conformance.emulate.play import play
from tests.conformance.emulate.reviewed import PAGE, REVIEWED, listed, page, review_of
from tests.conformance.emulate.sides import Side, ours, theirs, version
from tests.conformance.missing import left_out
from tests.conformance.table import Row, record
from tools.npm import NotInstalledError

_PLAYED = Row(f"emulate {version()}", "requests played to both", 0)


@pytest.fixture
def emulate(request: pytest.FixtureRequest) -> Iterator[Side]:
    """emulate, where it is installed."""
    with ExitStack() as stack:
        try:
            side = stack.enter_context(theirs())
        except NotInstalledError as missing:
            left_out(request.config, missing, _PLAYED)
        yield side


@pytest.mark.strays("some of what both are asked is odd")
def test_every_difference_is_reviewed_and_listed(emulate: Side, tmp_path: Path) -> None:
    """One that is new fails, and so does one that is gone. UPDATE_GOLDEN=1 writes the page."""
    found: dict[str, None] = {}
    unknown: set[str] = set()
    unreviewed = 0
    with ours(tmp_path) as here:
        for scene in play():
            answers = [side.ask(scene.who, scene.method, scene.path, scene.body) for side in (here, emulate)]
            for side, answer in zip((here, emulate), answers, strict=True):
                if scene.keep:
                    side.known[scene.keep] = str(answer.json()["id"])
            apart = differences(scene, (here, answers[0]), (emulate, answers[1]))
            found.update(dict.fromkeys(apart))
            new = {line for line in apart if not _is_reviewed(line)}
            unreviewed += bool(new)
            unknown |= new
    rights = Counter(review_of(line).right for line in found if line not in unknown)
    remark = f"{len(found)} differences, {rights.total()} reviewed: in {rights['ours']} it is wrong"
    record(replace(_PLAYED, count=len(play()), mismatches=unreviewed, skipped=remark))
    wanted = page(found)
    if os.environ.get("UPDATE_GOLDEN"):
        PAGE.write_text(wanted, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == wanted


def test_no_review_is_about_nothing() -> None:
    """Every line of the page is reviewed, and every review is of one, with or without emulate."""
    lines = listed(PAGE.read_text(encoding="utf-8"))
    assert {review_of(line) for line in lines} == set(REVIEWED)
    with pytest.raises(LookupError, match="nobody has reviewed"):
        review_of("`issue.mood` is only there")


def _is_reviewed(difference: str) -> bool:
    try:
        review_of(difference)
    except LookupError:
        return False
    return True
