"""Leads: what is followed up, by whom, and how it ended; what was found clean counts (RE-1)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.model import confirmed, opened
from tests.rules.working import at_work


def test_a_lead_has_a_number_and_stands_on_the_board() -> None:
    """RE-1: with its words, and nobody on it yet."""
    model = confirmed()
    assert model.told("ben", "/lead odd login from abroad") == ""
    assert "**Leads:** **L1** odd login from abroad (nobody yet)." in model.board
    model.told("cat", "/lead @cat which key was it")
    assert "**L2** which key was it (cat)." in model.board


def test_a_lead_is_given_to_somebody_by_its_number() -> None:
    """RE-1: however the number is typed."""
    model = at_work()
    for typed, who in (("L1 @cat", "cat"), ("l1 @ana", "ana"), ("#L1: @ben", "ben")):
        model.told("ben", f"/lead {typed}")
        assert model.incident.work.leads[0].who == who
        assert f"({who})" in model.board


def test_what_was_checked_and_found_clean_counts() -> None:
    """RE-1: the outcome with its source, time range and query."""
    model = at_work()
    model.told("cat", "/lead L1 clean: cloudtrail 02:41-03:05, query eventName=GetObject")
    lead = model.incident.work.leads[0]
    assert lead.result is not None
    assert (lead.result.detail, lead.result.by) == ("clean", "cat")
    assert lead.checked == (datetime(2026, 3, 2, 2, 41, tzinfo=UTC), datetime(2026, 3, 2, 3, 5, tzinfo=UTC))
    assert model.record.text_of(lead.note) == "cloudtrail 02:41-03:05, query eventName=GetObject"
    assert "**Leads:** 1 checked and found clean." in model.board


@pytest.mark.parametrize(
    ("typed", "outcome"),
    [
        ("clean", "clean"),
        ("Clean.", "clean"),
        ("negative, nothing in the logs", "clean"),
        ("confirmed the key was used", "confirmed"),
        ("hit: 14 objects", "confirmed"),
        ("unclear", "inconclusive"),
        ("dropped", "dropped"),
        ("irrelevant", "dropped"),
    ],
)
def test_outcomes_are_understood_by_all_their_names(typed: str, outcome: str) -> None:
    """RE-1: as the policy lists them."""
    model = at_work()
    model.told("cat", f"/lead L1 {typed}")
    result = model.incident.work.leads[0].result
    assert result is not None
    assert result.detail == outcome


def test_other_words_about_a_lead_are_a_note_on_it() -> None:
    """RE-1: it stays open."""
    model = at_work()
    model.told("cat", "/lead L1 no access to the logs yet")
    lead = model.incident.work.leads[0]
    assert lead.open
    assert model.record.text_of(lead.note) == "no access to the logs yet"


def test_a_new_lead_that_begins_like_an_outcome_is_a_lead() -> None:
    """RE-1: only a lead that is known can end."""
    model = confirmed()
    model.told("ben", "/lead clean up job ran at 02:41")
    assert model.incident.work.leads[0].open
    assert "clean up job ran at 02:41" in model.board


def test_a_lead_that_is_given_to_somebody_anew_is_followed_up_again() -> None:
    """RE-1: its number stays."""
    model = at_work()
    model.told("cat", "/lead L1 clean")
    model.told("ben", "/lead L1 @ana look again, the logs were cut")
    assert model.incident.work.open_leads[0].who == "ana"


def test_a_person_is_no_lead() -> None:
    """RE-1: did you mean the commander?"""
    model = confirmed()
    said = model.told("ben", "/lead @cat")
    assert "Did you mean `/ic @cat`?" in said
    assert model.incident.work.leads == ()


def test_the_role_that_is_also_called_lead_is_still_understood() -> None:
    """RE-1: `lead` is an alias of the commander's role in `/handoff`."""
    model = confirmed()
    model.told("ben", "/handoff lead @cat you know the database")
    assert [(offer.role, offer.incoming) for offer in model.incident.handoffs] == [("ic", "cat")]


def test_a_number_that_nothing_has_is_asked_about() -> None:
    """RE-1: with the numbers there are."""
    said = at_work().told("cat", "/lead L7 clean")
    assert "There is no L7; there is L1" in said
    assert "There is no L1." in confirmed().told("cat", "/lead L1 clean")


@pytest.mark.parametrize("typed", ["/lead", "/lead L1"])
def test_nothing_said_is_asked_about(typed: str) -> None:
    """RE-1: an empty lead is lost on whoever reads it later."""
    assert "type it like `/lead L1 clean" in at_work().told("cat", typed)


def test_a_range_that_cannot_be_meant_stays_words() -> None:
    """RE-1: a fact is never refused for the way a time is written."""
    model = at_work()
    model.told("cat", "/lead L1 clean: cloudtrail 25:00-26:00")
    lead = model.incident.work.leads[0]
    assert not lead.open
    assert lead.checked == ()


def test_a_lead_is_recorded_before_anything_is_confirmed_and_after_all_is_closed() -> None:
    """RE-1: facts are taken at any stage."""
    model = opened()
    model.told("ben", "/lead odd login")
    model.told("ben", "/confirm high\n/resolve\n/close")
    model.told("ben", "/lead L1 clean: all logs")
    result = model.incident.work.leads[0].result
    assert result is not None


def test_leads_are_for_the_team() -> None:
    """RE-1: what others saw is told in plain words."""
    assert "`/lead` is for the team" in confirmed().told("zoe", "/lead the intern")


def test_only_so_many_leads_stay_in_the_head_and_the_finished_ones_go_first() -> None:
    """RE-1: the record's head stays small; numbers are never used again."""
    model = at_work()
    model.told("ben", "/lead second\n/lead L2 clean")
    for place in range(19):
        model.told("ben", f"/lead number {place}")
    ids = [lead.id for lead in model.incident.work.leads]
    assert (len(ids), "L1" in ids, "L2" in ids, ids[-1]) == (20, True, False, "L21")
    model.told("ben", "/lead one more")
    ids = [lead.id for lead in model.incident.work.leads]
    assert (len(ids), ids[0], ids[-1]) == (20, "L3", "L22")
    assert "And 12 more." in model.board
