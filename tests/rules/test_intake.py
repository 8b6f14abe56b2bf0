"""Intake: whoever may write takes it on, joins, and is told the state of things and how to write them down."""

from __future__ import annotations

from dataclasses import replace

import pytest

from irp_actions.rules.authority import Bench, Facts
from irp_actions.rules.chain import Seal
from irp_actions.rules.decide import decide, empty_record
from irp_actions.values.policy import People
from tests.model import Model, confirmed, opened, policy_with


def test_opening_says_who_reported_it_and_nothing_that_needs_judgement() -> None:
    """IN-2: it is an event, investigated, and of unknown severity."""
    model = Model()
    model.open("rae")
    bench = Bench(model.policy, Facts(), Seal(), model.program)
    incident = decide(empty_record(model.issue), model.issue, bench).incident
    assert (incident.number, incident.reporter) == (1, "rae")
    assert (incident.status, incident.severity, incident.is_event) == ("investigating", "unknown", True)


@pytest.mark.parametrize("typed", ["/ack on my way", "/on it"])
def test_whoever_may_write_takes_it_on_with_a_word(typed: str) -> None:
    """IN-4, IN-7: plain words of somebody who is not on the roster say nothing; the command does."""
    model = opened(writers=frozenset({"wes"}))
    model.told("wes", "what is this?")
    assert model.incident.acknowledged is None
    model.told("wes", typed)
    assert model.entry("ack").verdict == "accepted"
    assert model.incident.holder("ic") == "wes"
    assert "IN-7" not in {clock.rule for clock in model.incident.clocks}


def test_a_trusted_programs_acknowledgement_stops_the_ladder() -> None:
    """IN-7: the policy names it, so it may say that somebody is on the way."""
    model = Model(replace(policy_with(), people=People(on_call=("ben",), bots=("pager",))))
    model.open()
    model.told("pager[bot]", "/ack")
    assert model.incident.acknowledged is not None


def test_whoever_helps_says_so_and_is_named() -> None:
    """RO-1: more people; of those who are not on the roster a command tells that they work on it."""
    model = confirmed(writers=frozenset({"wes"}))
    model.told("wes", "interesting")
    assert model.incident.responders == ("ben",)
    assert model.told("wes", "/join from the database side") == ""
    assert model.entry("join").verdict == "accepted"
    assert model.incident.responders == ("ben", "wes")
    assert "ben, wes" in model.board


def test_the_bare_status_is_a_brief() -> None:
    """IN-2: an event is called one, to whoever asks."""
    said = opened().told("zoe", "/status")
    assert "**What.** An event, not confirmed" in said


def test_a_word_that_is_no_status_is_asked_about() -> None:
    """IN-2: the statuses are few; nothing is guessed from another word."""
    model = confirmed()
    said = model.told("ben", "/status wobbly")
    assert "`wobbly`" in said
    assert "**What.**" not in said


def test_help_shows_how_a_note_is_left() -> None:
    """RO-4: whoever asks learns that a time and words are enough."""
    said = opened().told("zoe", "/help")
    assert "`/timeline [when] <text...>`" in said
    assert "03:12 key disabled" in said


def test_a_note_has_the_time_at_which_it_happened() -> None:
    """RO-4: with the command or without, whoever writes it."""
    model = confirmed()
    model.told("rae", "/timeline 03:02 the mail came")
    assert model.entry("timeline").verdict == "accepted"
    assert model.entry("timeline").happened_at is not None
    assert model.record.text_of(model.entry("timeline").n) == "the mail came"


@pytest.mark.parametrize("typed", ["/severity hgh", "/sev worse"])
def test_a_word_that_is_no_severity_is_asked_about(typed: str) -> None:
    """AS-4: with the choices, and nothing is changed."""
    model = confirmed()
    assert "is no severity" in model.told("ben", typed)
    assert model.incident.severity == "high"
