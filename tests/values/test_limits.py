"""The policy's own limits: values that nobody could live with are refused, with what is wrong."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from irp_actions.values.policy import ClockTimes, People, Policy, Secret, Severity, Status
from irp_actions.values.shape import ShapeError, plain, shaped
from tests.model import PACKAGED

HIGH: dict[str, Any] = plain(PACKAGED.severities["high"])


def said(kind: type, data: object) -> list[str]:
    """What is said of some data: the path of each mistake and the mistake."""
    with pytest.raises(ShapeError) as error:
        shaped(kind, data)
    return [str(problem) for problem in error.value.problems]


@pytest.mark.parametrize("login", ["", "a b", "ana.b", "x" * 40, "team/ana"])
def test_what_can_be_no_login_is_refused_at_its_place(login: str) -> None:
    """Wherever people are named, each of them."""
    assert said(People, {"on_call": ["ana", login], "bots": [login]}) == [
        f"on_call.1: {login!r} is no login",
        f"bots.0: {login!r} is no login",
    ]


def test_a_mention_is_told_to_lose_its_at() -> None:
    """The slip that everybody makes."""
    assert said(People, {"on_call": ["@ana"]}) == ["on_call.0: '@ana' is no login; write it without the @"]


def test_nobody_is_on_call_twice() -> None:
    """GitHub's logins ignore case; the second place is the one to mend."""
    assert said(People, {"on_call": ["ana", "ben", "ANA"]}) == [
        "on_call.2: 'ANA' is on call twice; GitHub's logins ignore case"
    ]


def test_a_cadence_lets_people_work() -> None:
    """CO-1: five minutes at least."""
    assert said(Severity, HIGH | {"sitrep_every": "4m"}) == ["sitrep_every: this must be at least 5m"]
    assert shaped(Severity, HIGH | {"sitrep_every": "5m"}).sitrep_every == timedelta(minutes=5)


def test_a_clock_does_not_nag_without_end() -> None:
    """A repetition comes after five minutes at least; what is due at once may be due at once (HO-6)."""
    assert said(ClockTimes, {"allowed": "0m", "repeat": "4m"}) == ["repeat: this must be at least 5m"]
    assert shaped(ClockTimes, {"allowed": "0m"}).allowed == timedelta()


@pytest.mark.parametrize("colour", ["red", "#b60205", "b6020", "b602055", ""])
def test_a_colour_is_one_that_github_takes(colour: str) -> None:
    """Six hexadecimal digits."""
    (message,) = said(Status, {"shown": "x", "colour": colour})
    assert message.startswith(f"colour: {colour!r} is no colour; write six hexadecimal digits")


def test_a_pattern_of_the_guard_is_a_regular_expression() -> None:
    """IN-11: not found out in the middle of an incident."""
    (message,) = said(Secret, {"name": "odd", "pattern": "(["})
    assert message.startswith("pattern: '([' is no regular expression: ")


def test_a_zone_is_told_with_its_neighbour_and_with_all_else_that_is_wrong() -> None:
    """A mistake at the top of a policy does not wait for those below it."""
    assert said(Policy, plain(PACKAGED) | {"zone": "America/NewYork", "quiet": {}})[0] == (
        "zone: 'America/NewYork' is not an IANA time zone; did you mean 'America/New_York'?"
    )
    assert len(said(Policy, plain(PACKAGED) | {"zone": "Mars", "people": {"on_call": ["@a"]}})) == 2
