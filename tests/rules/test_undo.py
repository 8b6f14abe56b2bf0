"""Taking back: a slip is undone by its author within minutes, and nothing of it is lost from the record."""

from __future__ import annotations

from tests.model import confirmed, opened


def test_a_slip_is_taken_back() -> None:
    """AS-5: the severity is as before, and so is the clock that the slip had touched."""
    model = confirmed("high")
    model.told("ben", "/sitrep reading logs")
    before = model.incident
    model.told("ben", "/sev low wrong window")
    assert model.incident.severity == "low"
    model.told("ben", "/undo")
    assert (model.incident.severity, model.incident.clocks[0].due) == ("high", before.clocks[0].due)
    assert [e.call for e in model.entries][-2:] == ["severity", "undo"]


def test_undoing_is_told_to_those_who_read_by_mail() -> None:
    """AS-5: the next comment that goes out says so."""
    model = confirmed("high")
    model.told("ben", "/sev low")
    model.told("ben", "/undo")
    assert "`/severity` was **taken back**" in model.told("ben", "/sev hgh")


def test_only_the_last_own_call_is_taken_back() -> None:
    """AS-5: what others decided in between stays."""
    model = confirmed("high")
    model.told("ben", "/contained 03:11")
    model.told("cat", "/take co")
    model.told("ben", "/undo")
    assert model.incident.contained is None
    assert model.incident.holder("co") == "cat"


def test_undo_twice_takes_back_two_calls() -> None:
    """AS-5: the call before the last one is the last one now."""
    model = confirmed("high")
    model.told("ben", "/sev medium")
    model.told("ben", "/sev low")
    model.told("ben", "/undo")
    model.told("ben", "/undo")
    assert model.incident.severity == "high"


def test_an_older_call_is_not_taken_back() -> None:
    """AS-5: after ten minutes others rely on it; the answer says what to type instead."""
    model = confirmed("high")
    assert "no call of yours from the last 10 minutes" in model.told("ben", "/undo", after=11)
    assert model.incident.confirmed is not None


def test_a_call_of_somebody_else_is_not_taken_back() -> None:
    """AS-5: one's own slips only."""
    model = confirmed("high")
    assert "no call of yours" in model.told("cat", "/undo")


def test_what_others_were_told_is_not_taken_back() -> None:
    """AS-5: a sitrep is corrected by another one, a closing is undone by opening again."""
    model = confirmed("high")
    model.told("ben", "/sitrep all is lost")
    assert "post another that corrects it" in model.told("ben", "/undo")
    model.told("ben", "/close")
    assert "`/reopen` opens it again" in model.told("ben", "/undo")


def test_a_label_set_by_hand_is_taken_back() -> None:
    """AS-5: a call is a call, however it was made; the label follows."""
    model = confirmed("high")
    model.label("severity: low", by="ben")
    model.run()
    assert model.incident.severity == "low"
    model.told("ben", "/undo")
    assert "severity: high" in model.issue.labels


def test_undoing_within_one_comment() -> None:
    """AS-5: changed one's mind in the next line."""
    model = confirmed("high")
    model.told("ben", "/sev low\n/undo")
    assert model.incident.severity == "high"


def test_what_was_taken_back_stays_so_when_entries_are_filed() -> None:
    """AS-5: the fold of the archive leaves it out, wherever the undoing itself stands."""
    model = confirmed("high")
    model.told("ben", "/sev low")
    model.told("ben", "/undo")
    for place in range(60):
        model.told("ben", f"/timeline 03:11 {place} " + "x" * 900)
    assert model.record.archive is not None
    assert model.incident.severity == "high"


def test_nothing_to_take_back() -> None:
    """AS-5: plain words are no call."""
    model = opened()
    model.told("ben", "hello")
    assert "no call of yours" in model.told("ben", "/undo")
