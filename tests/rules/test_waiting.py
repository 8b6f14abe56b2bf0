"""Waiting: nobody is asked while everybody waits for something, but never for too long, and never instead of acting."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from irp_actions.rules.report import report
from tests.model import START, confirmed, opened
from tests.outsiders import due, passing, telling

MINUTE = timedelta(minutes=1)


def test_a_wait_puts_off_the_next_sitrep() -> None:
    """CO-6: the cadence is due when the wait is over."""
    model = confirmed()
    model.told("ben", "/sitrep key revoked, waiting for the vendor", after=1)
    assert due(model, "CO-1") == "02 04:12"
    model.told("ben", "/wait until 06:00 for the vendor's answer")
    assert due(model, "CO-1") == "02 06:00"
    assert "**Waiting** until 06:00 UTC for the vendor's answer (ben); until then nobody is asked" in model.board


def test_a_wait_that_comes_too_late_does_not_hide_what_was_missed() -> None:
    """CO-6, CL-4: the report has the sitrep that was due before, and the one of the new time."""
    model = confirmed()
    model.told("cat", "/join", after=0)  # nobody is alone (RO-1)
    model.told("ben", "/sitrep key revoked, waiting for the vendor", after=1)
    model.told("ben", "/wait until 06:30 for the vendor", after=80)
    assert due(model, "CO-1") == "02 06:30"
    model.told("ben", "/wait until 07:00 for the vendor", after=5)  # in time: nothing was missed
    model.told("ben", "/sitrep the vendor has answered, nothing was read", after=10)
    found = report(model.record, model.issue, model.policy)
    late = [(f"{v.due:%H:%M}", f"{v.at:%H:%M}", v.how) for v in found.clocks if v.rule == "CO-1"]
    assert late == [("04:12", "04:32", "missed"), ("07:00", "04:47", "met")]
    (line,) = (item.what for item in found.timeline if item.what.startswith("Next sitrep"))
    assert line.endswith("due from the incident commander: not done 20 min after it was due; then a new time was set")


def test_a_wait_puts_off_the_question_whether_anybody_is_there() -> None:
    """CO-6: silence is what was announced."""
    model = confirmed()
    model.told("cat", "/join", after=0)  # nobody is alone (RO-1)
    model.told("ben", "/sitrep key revoked, waiting for the vendor\n/wait 2 h for the vendor")
    assert due(model, "RO-7") == "02 05:12"
    said = []
    for _ in range(125):
        model.wait(1)
        said += [(f"{model.now:%H:%M}", words) for words in [model.heard()] if words]
    assert [at for at, _ in said] == ["05:12"]
    assert "Are you still with us" in said[0][1]


def test_a_word_during_the_wait_does_not_bring_the_silence_forward() -> None:
    """CO-6: they wait still."""
    model = confirmed()
    model.told("cat", "/join", after=0)  # nobody is alone (RO-1)
    model.told("ben", "/sitrep key revoked, waiting for the vendor\n/wait 2 h for the vendor")
    model.told("cat", "/ack no answer yet", after=20)
    assert due(model, "RO-7") == "02 05:12"


def test_a_sitrep_ends_the_wait() -> None:
    """CO-6: then there is something to tell, and the cadence goes on from it."""
    model = confirmed()
    model.told("ben", "/sitrep key revoked, waiting for the vendor\n/wait 3 h for the vendor")
    model.told("ben", "/sitrep the vendor has answered, nothing was read", after=60)
    assert due(model, "CO-1") == "02 05:12"


def test_a_higher_severity_ends_the_wait() -> None:
    """CO-6, AS-5: a sitrep is due in half an hour, never overdue."""
    model = confirmed("medium")
    model.told("ben", "/sitrep we wait for the vendor's answer\n/wait until friday 10:00 for the vendor")
    assert due(model, "CO-1") == "06 10:00"
    model.told("cat", "/sev high it was used", after=120)
    assert due(model, "CO-1") == "02 05:42"
    assert "**Waiting**" not in model.board


def test_a_wait_that_is_over_early_asks_in_half_an_hour_at_the_earliest() -> None:
    """CO-6: `/wait over`, for whoever needs no more rest."""
    model = confirmed()
    model.told("ben", "/sitrep key revoked, waiting for the vendor\n/wait 3 h for the vendor")
    model.told("ben", "/wait over", after=120)
    assert due(model, "CO-1") == "02 05:42"
    assert "**Waiting**" not in model.board


def test_the_end_of_the_wait_is_a_time_to_wake() -> None:
    """CO-6: the reminder comes then, though nobody writes anything."""
    model = confirmed()
    model.told("cat", "/join", after=0)  # nobody is alone (RO-1)
    model.told("ben", "/sitrep key revoked, waiting for the vendor\n/wait 2 h for the vendor")
    wakes = []
    while not model.ours:
        model.wait(1)
        model.now = model.run().wakes_at or model.now
        wakes.append(f"{model.now:%H:%M}")
        model.run()
    assert wakes[-1] == "05:12"


def test_at_high_nobody_is_left_unasked_for_more_than_four_hours() -> None:
    """CO-6: refused with the longest that may be typed, so that nobody believes it is quiet."""
    model = confirmed()
    said = model.told("ben", "/wait until 10:00 for the vendor")
    assert "At severity high nobody is left unasked for more than 4 h" in said
    assert "`/wait until 07:12 UTC for the vendor`" in said
    assert model.incident.outside.wait is None
    model.told("ben", "/wait until 07:12 UTC for the vendor")
    assert model.incident.outside.wait is not None


def test_a_standing_wait_may_be_long_and_still_asks_after_four_hours_at_high() -> None:
    """CO-2, CO-6: the daily statement is given for days, the hourly sitrep is put off for hours."""
    model = confirmed()
    model.told("ben", "/sitrep key revoked, waiting for the vendor\n/wait until friday 10:00 for the vendor, standing")
    assert due(model, "CO-1") == "02 07:12"
    assert "until 07:12 UTC nobody is asked for a sitrep" in model.board


def test_a_wait_silences_no_call_for_an_answer() -> None:
    """IN-7: whoever is not of the team cannot wait, and whoever is has answered."""
    model = opened()
    assert "is for the team" in model.told("rae", "/wait 3 h for somebody")
    model.wait(9)
    assert "Nobody has answered" in model.heard()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("/wait", "Say until when"),
        ("/wait for the vendor", "Say until when"),
        ("/wait until 25:00 for the vendor", "cannot be waited for"),
        ("/wait until 2026-03-01 10:00", "cannot be waited for"),
        ("/wait until 2027-03-01 10:00", "nobody is left unasked for more than"),
    ],
)
def test_a_wait_without_an_end_is_asked_about(typed: str, sentence: str) -> None:
    """CO-6: with what to type."""
    model = confirmed()
    assert sentence in model.told("ben", typed)
    assert model.incident.outside.wait is None


def test_what_is_waited_for_may_be_left_out() -> None:
    """CO-6: a tired person has said enough."""
    model = confirmed()
    model.told("ben", "/wait 1 h")
    assert "**Waiting** until 04:12 UTC (ben);" in model.board


def test_what_is_waited_for_outlives_the_filing_of_its_entry() -> None:
    """CO-6: the head keeps the words that the board still shows, and no others of those outside."""
    model = confirmed()
    model.told("ben", "/sitrep key revoked, waiting for the vendor\n/wait 1 h for the vendor\n/tell legal why")
    kept = {model.entry("sitrep").n, model.entry("wait").n}
    assert kept <= model.incident.quoted
    assert model.entry("tell").n not in model.incident.quoted


def test_the_board_keeps_what_is_waited_for_and_forgets_what_was_purged() -> None:
    """CO-6: a deleted comment's words are gone."""
    model = confirmed()
    comment = model.say("ben", "/wait 1 h for something that should not be here")
    model.run()
    model.delete(comment, by="ben")
    model.run()
    assert "**Waiting** until 04:12 UTC (ben);" in model.board


# The standing statement (CO-2)


def test_the_program_gives_the_daily_statement_to_those_who_follow_the_issue() -> None:
    """CO-2: one comment a day, at their time, and nobody is asked for it."""
    model = telling("readers", severity="medium")
    model.told("ben", "/sitrep the vendor looks into it, we are watching")
    model.told("ben", "/wait until 2026-03-05 10:00 for the vendor's report, standing")
    for day in ("02", "03"):
        model.now += next(c.due for c in model.incident.clocks if c.rule == "CO-2") - model.now - 3 * MINUTE
        said = passing(model, 6, "Daily statement")
        assert [at for at, _ in said] == ["16:00"]
        assert f"{model.incident.tables.local(model.now):%d}" == day
        assert "**Daily statement**, for the readers:" in said[0][1]
        assert "We wait until Thu 05 Mar 10:00 EST (15:00 UTC) for the vendor's report." in said[0][1]
        assert "@ben" not in said[0][1]
        assert f"> {model.record.text_of(model.entry('stated').n)}" in said[0][1]
    assert due(model, "CO-2") == "04 16:00"


def test_the_statement_ends_with_the_wait() -> None:
    """CO-2: then people are asked again."""
    model = telling("readers", severity="medium")
    model.told("ben", "/wait until 2026-03-03 15:00 for the vendor, standing")
    model.now += timedelta(hours=18)
    assert "Daily statement" in model.heard()
    model.now += timedelta(hours=24)
    assert "**Daily word outside: the readers:** due" in model.heard()


def test_those_who_do_not_follow_the_issue_are_told_by_people() -> None:
    """CO-2: what the program cannot send it does not claim; the owner has the text ready."""
    model = telling("isso", severity="medium")
    model.told("ben", "/sitrep the vendor looks into it, we are watching")
    model.told("ben", "/wait until 2026-03-05 10:00 for the vendor's report, standing")
    model.now += timedelta(hours=18)
    said = model.heard()
    assert "**Daily word outside: the ISSO:** due" in said
    assert "We wait until Thu 05 Mar 10:00 EST (15:00 UTC) for the vendor's report." in said


def test_after_a_silence_of_the_scheduler_there_is_one_statement() -> None:
    """CO-2: for the days that nobody ran, one; a second run says nothing more."""
    model = telling("readers", severity="medium")
    model.told("ben", "/wait until 2026-03-12 10:00 for the vendor, standing")
    model.now += timedelta(days=4)
    assert model.heard().count("Daily statement") == 1
    for _ in range(3):
        model.wait(1)
        assert model.heard() == ""
    assert due(model, "CO-2") == "06 16:00"


def test_a_statement_that_was_posted_is_not_posted_again() -> None:
    """CO-2: its key is its own time."""
    model = telling("readers", severity="medium")
    model.told("ben", "/wait until 2026-03-12 10:00 for the vendor, standing")
    model.now += timedelta(hours=18)
    assert "Daily statement" in model.heard()
    for minutes in (1, 30, 300):
        model.wait(minutes)
        model.say("cat", "/ack", after=0)
        assert "Daily statement" not in model.heard()


@pytest.mark.parametrize(
    ("severity", "typed", "answer"), [("low", "30 d", "2026-03-16 03:12"), ("high", "9 h", "07:12")]
)
def test_what_is_to_be_typed_for_too_long_a_wait_means_what_it_says(severity: str, typed: str, answer: str) -> None:
    """CO-6: sent back as it stands, it is accepted, and is the right day."""
    model = confirmed(severity)
    said = model.told("ben", f"/wait {typed} for the vendor")
    found = re.search(r"`(/wait until [^`]*)`", said)
    assert found
    assert answer in found[1]
    model.told("ben", found[1])
    assert model.entry("wait").verdict == "accepted"
    assert model.incident.outside.wait
    assert f"{model.incident.outside.wait.until:%Y-%m-%d %H:%M}".endswith(answer)


def test_who_waits_is_not_asked_for_the_first_sitrep_meanwhile() -> None:
    """AS-8, CO-6: not one minute after it was accepted that nothing is new until five."""
    model = confirmed()
    model.told("ben", "/wait until 05:00 for the vendor", after=14)
    model.wait(2)
    assert model.heard() == ""
    model.now = START.replace(hour=5, minute=1)
    assert "First sitrep after confirmation" in model.heard()
