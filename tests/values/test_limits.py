"""The policy's own limits: values that nobody could live with are refused, with what is wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from irp_actions.values.policy import People, Secret
from tests.model import PACKAGED

HIGH, IN_7 = PACKAGED.severities["high"], PACKAGED.clocks["IN-7"]


@pytest.mark.parametrize("login", ["@ana", "", "a b", "ana.b", "x" * 40, "team/ana"])
def test_what_can_be_no_login_is_refused(login: str) -> None:
    """Wherever people are named."""
    with pytest.raises(ValueError, match="is no login"):
        People(on_call=(login,))
    with pytest.raises(ValueError, match="is no login"):
        People(bots=(login,))


def test_nobody_is_on_call_twice() -> None:
    """GitHub's logins ignore case."""
    with pytest.raises(ValueError, match="on call twice"):
        People(on_call=("ana", "ANA"))


def test_a_cadence_lets_people_work() -> None:
    """Five minutes at least."""
    with pytest.raises(ValueError, match="at least 5m"):
        replace(HIGH, sitrep_every=timedelta(minutes=4))
    assert replace(HIGH, sitrep_every=timedelta(minutes=5)).sitrep_every == timedelta(minutes=5)


def test_a_clock_allows_some_time_and_does_not_nag_without_end() -> None:
    """More than none, and a repetition of five minutes at least."""
    for times in ({"allowed": timedelta()}, {"repeat": timedelta(minutes=4)}):
        with pytest.raises(ValueError, match="at least 5m"):
            replace(IN_7, **times)  # type: ignore[arg-type]


@pytest.mark.parametrize("colour", ["red", "#b60205", "b6020", "b602055", ""])
def test_a_colour_is_one_that_github_takes(colour: str) -> None:
    """Six hexadecimal digits."""
    with pytest.raises(ValueError, match="is no colour"):
        replace(HIGH, colour=colour)


def test_a_pattern_of_the_guard_is_a_regular_expression() -> None:
    """Not found out in the middle of an incident."""
    with pytest.raises(ValueError, match="is no regular expression"):
        Secret("odd", "([")
