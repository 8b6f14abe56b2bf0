"""Words: what people typed is neutralised before it is quoted, and durations and moments read like speech."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import jinja2
import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from irp_actions.rules.words import dated, line, moment, quote, render, span, together, utc, whole
from tests.model import PACKAGED, START, policy_with


@pytest.mark.parametrize(
    ("duration", "words"),
    [
        (None, "unknown"),
        (timedelta(), "under a minute"),
        (timedelta(seconds=59), "under a minute"),
        (timedelta(minutes=1), "1 min"),
        (timedelta(minutes=160), "2 h 40 min"),
        (timedelta(hours=2), "2 h"),
        (timedelta(days=3, minutes=5), "3 d 5 min"),
        (timedelta(days=1, hours=2, minutes=3), "1 d 2 h"),
    ],
)
def test_a_duration_is_told_in_its_two_largest_units(duration: timedelta | None, words: str) -> None:
    """Nobody needs the seconds of a day."""
    assert span(duration) == words


def test_a_moment_is_told_in_the_policys_zone_and_in_utc() -> None:
    """The date is left out on the same day."""
    new_york = policy_with(zone="America/New_York")
    assert moment(START, PACKAGED) == "Mon 02 Mar 03:10 UTC"
    assert moment(START, PACKAGED, START + timedelta(hours=2)) == "03:10 UTC"
    assert moment(START, new_york, START) == "22:10 EST (03:10 UTC)"
    assert moment(START, new_york, START + timedelta(hours=3)) == "Sun 01 Mar 22:10 EST (03:10 UTC)"
    assert utc(START) == "2026-03-02 03:10 UTC"
    assert utc(None) == "unknown"
    assert utc(datetime(2026, 12, 31, 23, 59, tzinfo=UTC)) == "2026-12-31 23:59 UTC"


def test_a_line_is_one_line_and_shortened() -> None:
    """With an ellipsis."""
    assert line("a\r\n b\t c ") == "a b c"
    assert line(None) == ""
    assert line("x" * 300, 10) == "x" * 9 + "…"


def test_a_whole_text_is_cut_at_a_word_and_only_when_it_is_very_long() -> None:
    """With an ellipsis of its own; its line breaks still show."""
    assert whole("a\r\n\n b ") == "a / b"
    assert whole(None) == ""
    assert whole("word " * 300) == ("word " * 300).strip()
    assert whole("one two three", 9) == "one two …"
    assert whole("x" * 30, 10) == "x" * 8 + " …"
    assert whole("<b> @ana") == "&lt;b> @\u200bana"


def test_a_moment_with_its_day_has_its_year_where_that_is_another() -> None:
    """CL-7: a report is read years later."""
    new_year = datetime(2027, 1, 1, 3, tzinfo=UTC)
    assert dated(START, PACKAGED) == "Mon 02 Mar 2026 03:10 UTC"
    assert dated(START, PACKAGED, START) == "Mon 02 Mar 03:10 UTC"
    assert dated(START, PACKAGED, new_year) == "Mon 02 Mar 2026 03:10 UTC"
    assert dated(new_year, policy_with(zone="America/New_York"), START) == "Thu 31 Dec 22:00 EST (03:00 UTC)"


def test_names_are_listed_as_people_list_them() -> None:
    """One, two, or more."""
    assert [together(names) for names in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]


def test_a_quotation_keeps_its_line_breaks() -> None:
    """Every line stands behind a mark."""
    assert quote("a\n\n# b") == "> a\n>\n> # b"
    assert quote(None) == ">"


def test_a_name_that_a_template_does_not_get_is_an_error() -> None:
    """Never a silent blank."""
    with pytest.raises(jinja2.UndefinedError):
        render("thanks")


def test_whatever_is_quoted_mentions_nobody_and_opens_nothing() -> None:
    """For any text at all."""
    tried = 0

    @seed(3)
    @settings(max_examples=300, deadline=None, database=None)
    @given(st.text(alphabet=st.sampled_from("@ab<>!-&`*_[]()|#\\\n\r /"), max_size=60))
    def holds(text: str) -> None:
        nonlocal tried
        tried += 1
        for shown in (line(text), quote(text)):
            assert "@a" not in shown
            assert "@b" not in shown
            assert "<" not in shown
        assert "\n" not in line(text)
        assert all(row.startswith(">") for row in quote(text).split("\n"))

    holds()
    assert tried >= 300
