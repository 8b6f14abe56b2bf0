"""Closing: the report is the last comment, then the issue is closed; a false alarm is thanked for (AS-2, CL-5)."""

from __future__ import annotations

import pytest

from irp_actions.values.changes import Close, Say
from tests.model import Model, confirmed, opened


def test_the_report_is_the_final_comment_and_then_the_issue_is_closed() -> None:
    """CL-5: in this order, in one batch."""
    model = confirmed()
    model.told("ben", "/sitrep done")
    model.told("ben", "/resolve\n/close")
    batch = model.batches[-1]
    assert isinstance(batch[-1], Close)
    assert isinstance(batch[-2], Say)
    assert batch[-2].body.split("\n")[1].startswith("# Incident report")
    assert model.issue.comments[-1] == model.ours[-1]
    assert not model.issue.is_open


def test_after_closing_nothing_is_left_to_do() -> None:
    """Not until the week in which the retrospective gets its date is over."""
    model = confirmed()
    model.told("ben", "/close done")
    for minutes in (0, 10, 100, 9_000):
        model.wait(minutes)
        assert model.run().changes == ()
    assert model.run().wakes_at is None or model.run().changes == ()


def test_a_close_by_command_stands_at_any_time_and_names_what_is_missing() -> None:
    """CL-5: never refuse a fact: the report says what nobody did."""
    model = opened()
    model.told("ben", "/close it went away")
    report = model.ours[-1].body
    assert not model.issue.is_open
    for missing in ("never confirmed", "No severity was set", "No sitrep was posted"):
        assert missing in report


def test_closing_by_hand_while_active_and_urgent_is_undone_once_with_what_to_do() -> None:
    """CL-5: a slip of the thumb would stop every reminder."""
    model = confirmed()
    model.close_by_hand("ben")
    said = model.heard()
    assert model.issue.is_open
    assert model.incident.closing is None
    assert "@ben" in said
    assert "`/resolve` and then `/close`" in said
    assert model.run().changes == ()


def test_a_second_closing_by_hand_stands_and_is_recorded() -> None:
    """CL-5: they mean it."""
    model = confirmed()
    model.close_by_hand("ben")
    model.run()
    model.wait(5)
    model.close_by_hand("ben")
    model.run()
    assert not model.issue.is_open
    assert model.incident.status == "closed"
    assert model.entry("close").verdict == "accepted"


def test_closing_by_hand_at_medium_stands_at_once() -> None:
    """CL-5: only high and unknown are guarded."""
    model = confirmed("medium")
    model.close_by_hand("ben")
    model.run()
    assert not model.issue.is_open


def test_a_false_alarm_is_thanked_for_and_closed_as_not_planned() -> None:
    """AS-2: one comment in plain words, no report, nothing else asked."""
    model = opened()
    said = model.told("ben", "/false alarm planned maintenance")
    assert "False alarm. Thank you, @rae, for speaking up." in said
    assert "> planned maintenance" in said
    assert "# Incident report" not in said
    assert [change for change in model.batches[-1] if isinstance(change, Close)] == [Close("NOT_PLANNED")]
    assert "status: false alarm" in model.issue.labels


def test_a_resolved_incident_is_no_false_alarm() -> None:
    """AS-2: it was confirmed and dealt with; the answer says what to do instead."""
    model = confirmed()
    model.told("ben", "/resolve")
    assert "`/reopen` and then `/false-alarm`" in model.told("ben", "/fp")
    assert model.issue.is_open


@pytest.mark.parametrize(
    "call",
    [
        "/severity low",
        "/resolve",
        "/close",
        "/ic",
        "/take co",
        "/fp",
        "/handoff @cat",
    ],
)
def test_after_closing_acting_begins_with_reopen(call: str) -> None:
    """CL-5: the refusal says so."""
    model = confirmed()
    model.told("ben", "/close done")
    said = model.told("ben", call)
    assert "`/reopen` first" in said
    assert model.incident.status == "closed"


def test_after_closing_facts_are_still_taken() -> None:
    """CL-4, RO-4: a time remembered late is noted."""
    model = confirmed()
    model.told("ben", "/close done")
    model.told("ben", "/timeline 03:05 the first odd login")
    model.told("ben", "/contained 03:10")
    assert model.entry("timeline").verdict == "accepted"
    assert model.incident.contained is not None
    assert not model.issue.is_open


def test_reopening_takes_it_up_where_it_was() -> None:
    """CL-5: confirmed again, with its clocks and the roles nobody took meanwhile."""
    model = confirmed()
    model.told("ben", "/take co\n/resolve\n/close")
    model.told("cat", "/reopen the key is used again")
    assert model.issue.is_open
    assert model.incident.status == "confirmed"
    assert model.incident.holder("co") == "ben"
    assert {clock.rule for clock in model.incident.clocks} >= {"RO-7"}
    assert "status: confirmed" in model.issue.labels


def test_reopening_what_was_never_confirmed_investigates_again() -> None:
    """CL-5: after a false alarm that was none."""
    model = opened()
    model.told("ben", "/fp")
    model.told("ben", "/reopen")
    assert model.incident.status == "investigating"
    assert model.issue.is_open


def test_reopening_makes_nothing_overdue() -> None:
    """AS-5: clocks that begin again by an older fact have half an hour."""
    model = confirmed()
    model.told("ben", "/sitrep one\n/close")
    model.told("ben", "/reopen", after=600)
    assert all(clock.due >= model.now for clock in model.incident.clocks)
    assert "overdue" not in model.board


def test_reopening_what_is_open_changes_nothing() -> None:
    """CL-5: and says so."""
    assert "open already" in confirmed().told("ben", "/reopen")


def test_a_second_close_after_reopening_has_a_report_of_its_own() -> None:
    """CL-5: each closing is its own end."""
    model = confirmed()
    model.told("ben", "/close once")
    model.told("ben", "/reopen", after=5)
    model.told("ben", "/close twice", after=5)
    reports = [comment for comment in model.ours if "# Incident report" in comment.body]
    assert len(reports) == 2
    assert len({key for key in model.said_keys if key.startswith("report")}) == 2
    assert not model.issue.is_open


def test_pending_offers_end_with_the_incident() -> None:
    """Nobody is asked to accept a role in what is over."""
    model = confirmed()
    model.told("ben", "/handoff @cat go")
    model.told("ben", "/close done")
    assert not model.incident.handoffs[-1].pending
    assert "@cat" not in [comment.body for comment in model.ours if "Handoff" in comment.body][-1]


def test_a_report_that_was_lost_is_posted_by_the_next_run() -> None:
    """CL-5: the issue was closed, but its report never arrived."""
    model = confirmed()
    model.told("ben", "/close done")
    report = model.ours[-1]
    model.put(comments=tuple(comment for comment in model.issue.comments if comment.id != report.id))
    model.run()
    assert "# Incident report" in model.ours[-1].body
    assert model.run().changes == ()


def test_works_with_one_participant_from_end_to_end() -> None:
    """IN-5: a record exists even when one person handles everything alone."""
    model = Model()
    model.open("ben")
    model.run()
    for text in ("/confirm low", "/contained", "/sitrep done", "/resolve", "/close"):
        assert "refused" not in model.told("ben", text)
    assert model.incident.status == "closed"
    assert not any(entry.verdict == "refused" for entry in model.entries)


def test_a_confirmed_incident_closed_by_hand_as_a_duplicate_is_opened_again_once() -> None:
    """CL-5, IN-12: without the number of the other one every clock would stop for nothing."""
    model = confirmed()
    model.close_by_hand("ben", "DUPLICATE")
    said = model.heard()
    assert model.issue.is_open
    assert "`/duplicate` and its number" in said
    model.wait(1)
    model.close_by_hand("ben", "DUPLICATE")
    model.run()
    assert model.incident.status == "closed"
    assert "# Incident report" in model.ours[-1].body


@pytest.mark.parametrize("text", ["/confirm low", "/confirm high\n/resolve"])
def test_what_was_confirmed_is_closed_with_a_report_and_not_as_a_duplicate(text: str) -> None:
    """IN-12: where closing by hand stands at once."""
    model = opened()
    model.told("ben", text)
    model.close_by_hand("ben", "DUPLICATE")
    model.run()
    assert model.incident.status == "closed"
    assert "# Incident report" in model.ours[-1].body


def test_that_it_is_real_takes_up_a_false_alarm_again() -> None:
    """AS-3, law 1: it can mean nothing else, and nobody is left alone with it."""
    model = opened()
    model.told("ben", "/fp")
    model.told("ben", "/confirm high it was real")
    assert model.issue.is_open
    assert (model.incident.status, model.incident.severity) == ("confirmed", "high")
    assert {clock.rule for clock in model.incident.clocks} >= {"AS-8", "RO-7"}
    model.told("ben", "/undo")
    assert not model.issue.is_open
    assert model.incident.status == "false-alarm"
    assert len([comment for comment in model.ours if "**False alarm." in comment.body]) == 1


@pytest.mark.parametrize("ending", ["/confirm low\n/close", "/duplicate #7"])
def test_that_a_closed_one_is_real_is_noted_and_answered(ending: str) -> None:
    """AS-3, law 1: never refused, and who says so hears that nobody is at work."""
    model = opened()
    model.beside(7, confirmed())
    model.told("ben", ending)
    before = model.incident
    said = model.told("cat", "/confirm high")
    assert "Noted, and this is closed: `/reopen` if it goes on." in said
    assert model.entry("confirm").verdict == "accepted"
    assert (model.incident.status, model.incident.severity) == (before.status, before.severity)
    assert not model.issue.is_open
    assert model.run().changes == ()
