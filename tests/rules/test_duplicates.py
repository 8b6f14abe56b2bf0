"""The same thing reported five times is one incident (IN-12)."""

from __future__ import annotations

import pytest

from irp_actions.rules.authority import Notice
from irp_actions.rules.notes import text_of
from tests.model import Model, confirmed, opened


def test_a_duplicate_is_closed_and_its_reporter_is_told_where_it_goes_on() -> None:
    """IN-12: one comment, in plain words; no report, no more clocks; and the other one hears of it."""
    model = opened()
    other = model.beside(7, confirmed())
    model.told("ben", "/duplicate #7 the same mail")
    assert not model.issue.is_open
    assert not model.incident.clocks
    assert "status: duplicate" in model.issue.labels
    (said,) = model.ours
    assert "Thank you, @rae. This is the same as #7, where people are at work on it" in said.body
    assert other.incident.duplicates == {"1": "rae"}
    assert model.incident.passed_on
    assert "the same mail" in said.body


def test_a_duplicate_shows_of_what_and_neither_severity_nor_commander() -> None:
    """IN-12: nobody judged it, and nobody commands it; it is about another issue."""
    model = opened()
    model.beside(7, confirmed())
    model.told("ben", "/duplicate #7")
    assert "> **Event** · Duplicate of **#7**\n" in model.issue.body
    assert "commander" not in model.issue.body + model.board
    assert "severity" not in (model.issue.body + model.board).lower()
    by_hand = opened()
    by_hand.close_by_hand("ben", "DUPLICATE")
    by_hand.run()
    assert "> **Event** · status **duplicate**\n" in by_hand.issue.body


def test_the_other_record_hears_of_it() -> None:
    """IN-12: its reporter is named on the other's board; the notice counts once."""
    model = confirmed()
    notice = Notice("duplicate:9", "reported-too", {"number": 9, "reporter": "gus"})
    for _ in range(2):
        model.run(notices=(notice,))
    assert "| **Also reported by** | gus (#9) |" in model.board
    assert [entry.call for entry in model.entries].count("reported-too") == 1


def also_reported() -> Model:
    """An event that gus and ida reported too, gus twice, and ben, who commands it."""
    model = opened()
    model.told("ben", "on it")
    others = {9: "gus", 11: "ida", 12: "gus", 13: "ben"}
    model.run(
        tuple(Notice(f"duplicate:{n}", "reported-too", {"number": n, "reporter": who}) for n, who in others.items())
    )
    return model


@pytest.mark.parametrize(
    ("typed", "then", "place"),
    [
        ("/false-alarm planned maintenance", "It turned out to be no security problem.", -1),
        ("/confirm low\n/resolve\n/close", "It is over.", 1),
        ("/duplicate #7", "It goes on in #7.", -1),
    ],
)
def test_those_who_reported_it_too_are_told_how_it_ended(typed: str, then: str, place: int) -> None:
    """IN-12: by name, in the final comment, each once, as they were promised; not whoever ended it."""
    model = also_reported()
    model.beside(7, confirmed())
    model.told("ben", typed)
    blocks = text_of(model.ours[-1].body).split("\n\n")
    assert blocks[place] == f"@gus @ida: you reported this too (#9, #11, #12). {then} Thank you for speaking up."
    assert blocks[0].startswith("# Incident report: Odd mail" if place == 1 else "**")
    model.wait(5)
    assert model.heard() == ""


def test_nobody_is_named_in_the_end_where_nobody_reported_it_too() -> None:
    """IN-12: one report, one thank-you."""
    model = opened()
    model.told("ben", "/false-alarm")
    assert "you reported this too" not in model.ours[-1].body


def test_a_duplicates_reporter_who_clicked_is_not_told_that_they_are_done() -> None:
    """IN-12: what they did counts, though the report is known."""
    model = opened()
    model.beside(7, confirmed())
    model.told("ben", "/duplicate #7")
    said = model.ours[-1].body
    assert "If you clicked, typed or opened anything that you have not told yet, say so here, and keep to what" in said
    assert "nothing more for you to do" not in model.ours[-1].body


def test_that_the_other_record_has_heard_of_it_is_noted() -> None:
    """IN-12: so that no later run says it again."""
    model = confirmed()
    model.run(notices=(Notice("passed:7", "passed-on", {"number": 7}),))
    assert model.incident.passed_on


def test_what_was_closed_otherwise_is_no_duplicate_any_more() -> None:
    """IN-12: it has a report of its own; the answer says how it is taken up again."""
    model = confirmed()
    model.told("ben", "/close done")
    assert "`/reopen` first" in model.told("ben", "/duplicate #7")
    assert model.incident.status == "closed"


def test_a_duplicate_of_itself_is_refused() -> None:
    """IN-12: a slip of the number is answered with what to type."""
    model = opened()
    assert "#1 is this very issue" in model.told("ben", "/duplicate #1")
    assert "Name the other issue by its number" in model.told("ben", "/duplicate")
    assert model.issue.is_open


def test_a_report_closed_as_a_duplicate_by_hand_is_one() -> None:
    """IN-12: GitHub's own button; of which one can be said afterwards."""
    model = opened()
    model.close_by_hand("ben", "DUPLICATE")
    model.run()
    assert "status: duplicate" in model.issue.labels
    assert "This is known already" in model.ours[-1].body
    assert "ben, of which one? `/duplicate #12` notes it." in model.ours[-1].body
    model.beside(7, confirmed())
    model.told("ben", "/duplicate #7")
    assert model.incident.duplicate_of == 7


def test_a_duplicate_that_was_none_comes_back() -> None:
    """IN-12: opened again, its clocks run again, and it is about nothing else any more."""
    model = opened()
    model.beside(7, confirmed())
    model.told("ben", "/duplicate #7")
    model.told("ben", "/reopen it is another mail after all")
    assert model.issue.is_open
    assert model.incident.duplicate_of == 0
    assert "status: investigating" in model.issue.labels


def test_the_first_comment_names_the_other_reports_of_a_day() -> None:
    """IN-12: so that whoever looks sees at once whether it is known; gone once it is confirmed."""
    model = opened(others=(7, 3))
    assert "Reports of the 24 hours before this one; `/duplicate` and its number if this is the same:" in model.board
    assert "- #7\n- #3" in model.board
    model.told("ben", "/confirm high")
    assert "- #7" not in model.board


def test_what_is_no_incident_here_is_no_original() -> None:
    """IN-12: an unknown number, a pull request, and an issue that is no record are refused alike."""
    model = opened()
    model.beside(8, opened()).put(labels=frozenset(), body="a bug")
    for number in (999, 8):
        said = model.told("ben", f"/duplicate #{number}")
        assert f"There is no incident #{number} here" in said
    assert model.issue.is_open


def test_a_new_report_that_nobody_looked_at_yet_is_an_original() -> None:
    """IN-12: its own run may be on its way."""
    model, other = opened(), Model()
    other.open()
    model.beside(7, other)
    model.told("ben", "/duplicate #7")
    assert model.incident.duplicate_of == 7


def test_a_duplicate_of_a_duplicate_is_one_of_the_original() -> None:
    """IN-12: followed once, and said; the original hears of both."""
    model, original = opened(), confirmed()
    other = model.beside(7, opened())
    other.beside(4, original)
    model.elsewhere[4] = original
    other.told("gus", "the same here")
    other.told("ben", "/duplicate #4")
    model.told("ben", "/duplicate #7")
    assert "This is the same as #4" in model.ours[-1].body
    assert "(#7 is the same as #4, too.)" in model.ours[-1].body
    assert model.entry("duplicate").args["named"] == 7
    assert set(original.incident.duplicates) == {"7", "1"}


def test_two_issues_are_not_duplicates_of_each_other() -> None:
    """IN-12: one of them has to be worked on."""
    model = opened()
    model.beside(7, opened()).told("ben", "/duplicate #1")
    assert "#7 is itself closed as a duplicate of this one" in model.told("ben", "/duplicate #7")
    assert model.issue.is_open


def test_a_duplicate_of_who_knows_what_is_no_original() -> None:
    """IN-12: closed as one by hand, without a number."""
    model = opened()
    other = model.beside(7, opened())
    other.close_by_hand("ben", "DUPLICATE")
    other.run()
    assert "#7 is itself closed as a duplicate." in model.told("ben", "/duplicate #7")


def test_a_second_duplicate_on_the_way_is_not_followed() -> None:
    """IN-12: once is enough; the answer names the next."""
    model = opened()
    seven, four = opened(), opened()
    model.beside(7, seven)
    model.elsewhere[4] = four
    seven.beside(4, four)
    four.beside(2, opened())
    seven.told("ben", "/duplicate #4")
    four.told("ben", "/duplicate #2")
    assert "#7 is itself closed as a duplicate of #4" in model.told("ben", "/duplicate #7")


def test_a_false_alarm_is_no_original() -> None:
    """IN-12: nobody is at work there; the answer says both ways on."""
    model = opened()
    model.beside(7, opened()).told("ben", "/fp")
    assert "#7 was closed as a false alarm" in model.told("ben", "/duplicate #7")
    assert model.issue.is_open


def test_of_what_is_over_nobody_is_told_that_people_are_at_work() -> None:
    """IN-12: a fact all the same; the reporter hears since when, and what to do if it is new."""
    model = opened()
    model.beside(7, confirmed()).told("ben", "/close")
    model.told("ben", "/duplicate #7")
    said = model.ours[-1].body
    assert "#7, which is over since 03:12 UTC; if this is new" in said
    assert "at work on it" not in said
    assert not model.issue.is_open


def test_a_resolved_incident_is_no_duplicate() -> None:
    """IN-12: it was dealt with, and has a report of its own."""
    model = confirmed()
    model.told("ben", "/resolve")
    assert "it has a report of its own" in model.told("ben", "/duplicate #7")
    assert model.incident.status == "resolved"


@pytest.mark.parametrize("silent", [7, 4])
def test_what_github_does_not_say_is_not_guessed(silent: int) -> None:
    """IN-12: neither accepted nor refused, until a later run is told what the number is."""
    model, original = opened(), confirmed()
    other = model.beside(7, opened())
    other.beside(4, original)
    model.elsewhere[4] = original
    other.told("ben", "/duplicate #4")
    model.silent = frozenset({silent})
    assert model.told("ben", "/duplicate #7") == ""
    assert [entry.call for entry in model.entries if entry.by.login == "ben"] == []
    model.silent = frozenset()
    model.run()
    assert model.incident.duplicate_of == 4


def test_only_the_team_makes_the_program_ask_what_a_number_is() -> None:
    """IN-12: a stranger cannot make it read issue after issue."""
    model = opened()
    model.silent = frozenset({7})
    assert "is for the team" in model.told("zoe", "/duplicate #7")
