"""Communicate, slots: at medium and low a sitrep is due at fixed local times of working days (CO-1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from irp_actions.rules.replay import step
from irp_actions.rules.report import report
from irp_actions.values.policy import Policy
from tests.model import Model, confirmed, policy_with
from tests.passing import days, passing

NEW_YORK = "America/New_York"


def living_in(zone: str, country: str = "US", subdivision: str = "") -> Policy:
    """The packaged policy of an organisation somewhere else."""
    policy = policy_with(zone=zone)
    return replace(policy, calendar=replace(policy.calendar, country=country, subdivision=subdivision))


def local(zone: str, *at: int) -> datetime:
    """A local time in UTC."""
    return datetime(*at, tzinfo=ZoneInfo(zone)).astimezone(UTC)  # type: ignore[misc,arg-type]


def started(severity: str, *at: int, zone: str = NEW_YORK, policy: Policy | None = None) -> Model:
    """An incident confirmed a minute after this local time, with its first sitrep another minute later."""
    model = confirmed(severity, policy=policy or living_in(zone), now=local(zone, *at))
    model.told("ben", "/sitrep one")
    return model


def due(model: Model, rule: str = "CO-1") -> str | None:
    """When a clock is due, in local time; None when it does not run."""
    found = [model.policy.local(clock.due) for clock in model.incident.clocks if clock.rule == rule]
    return f"{found[0]:%a %d %b %H:%M}" if found else None


@pytest.mark.parametrize(
    ("severity", "at", "expected"),
    [
        ("medium", (2026, 3, 2, 6, 0), "Mon 02 Mar 10:00"),
        ("medium", (2026, 3, 2, 11, 0), "Mon 02 Mar 16:00"),
        ("low", (2026, 3, 2, 11, 0), "Mon 02 Mar 16:00"),
        ("medium", (2026, 3, 2, 17, 0), "Tue 03 Mar 10:00"),
        ("low", (2026, 3, 6, 17, 0), "Mon 09 Mar 16:00"),
        ("medium", (2026, 7, 2, 17, 0), "Mon 06 Jul 10:00"),
    ],
)
def test_a_sitrep_is_due_at_the_next_slot_of_a_working_day(severity: str, at: tuple[int, ...], expected: str) -> None:
    """CO-1: twice a day at medium, once at low; weekends and holidays are free."""
    assert due(started(severity, *at)) == expected


@pytest.mark.parametrize(
    ("minutes", "expected"), [(58, "Mon 02 Mar 16:00"), (59, "Tue 03 Mar 10:00"), (200, "Tue 03 Mar 10:00")]
)
def test_a_sitrep_shortly_before_a_slot_counts_for_it(minutes: int, expected: str) -> None:
    """CO-1: from three hours before, here 13:00 and after."""
    model = started("medium", 2026, 3, 2, 11, 59)
    model.told("ben", "/sitrep two", after=minutes)
    assert due(model) == expected


def test_a_sitrep_in_time_is_not_asked_for() -> None:
    """CO-1: nobody is nagged for what was done (law 2)."""
    model = started("medium", 2026, 3, 2, 9, 0)
    assert passing(model, local(NEW_YORK, 2026, 3, 2, 15, 59)) == []
    model.told("ben", "/sitrep two")
    assert passing(model, local(NEW_YORK, 2026, 3, 3, 9, 59)) == []


def test_at_a_slot_the_one_who_writes_is_asked_then_the_deputy() -> None:
    """CO-6: at once, and a quarter of an hour later; at medium nobody else is woken."""
    model = started("medium", 2026, 3, 2, 11, 0)
    said = passing(model, local(NEW_YORK, 2026, 3, 2, 23))
    assert [(heard.at, heard.asked) for heard in said] == [("Mon 02 Mar 16:00", ["ben"]), ("Mon 02 Mar 16:15", ["cat"])]


def test_a_sitrep_that_is_never_written_is_asked_for_at_every_slot() -> None:
    """CO-1: it never stops in silence while somebody should be at work, and never comes at night."""
    model = started("medium", 2026, 3, 5, 11, 0)
    said = passing(model, local(NEW_YORK, 2026, 3, 10, 12))
    assert [heard.at for heard in said] == [
        "Thu 05 Mar 16:00",
        "Thu 05 Mar 16:15",
        "Fri 06 Mar 10:00",
        "Fri 06 Mar 16:00",
        "Mon 09 Mar 10:00",
        "Mon 09 Mar 16:00",
        "Tue 10 Mar 10:00",
    ]
    assert len(model.said_keys) == len(set(model.said_keys))


def test_a_late_sitrep_is_late_by_the_first_slot_that_passed() -> None:
    """CL-4: the report says what was promised."""
    model = started("medium", 2026, 3, 5, 11, 0)
    passing(model, local(NEW_YORK, 2026, 3, 6, 11, 0))
    model.told("ben", "/sitrep two", after=0)
    model.told("ben", "/close")
    stop = next(stop for stop in report(model.record, model.issue, model.policy).clocks if stop.rule == "CO-1")
    assert (stop.how, stop.late_by) == ("late", timedelta(hours=19))


def test_a_first_sitrep_that_is_never_written_is_asked_for_at_every_slot_too() -> None:
    """AS-8: the cadence begins with the confirmation."""
    model = confirmed("low", policy=living_in(NEW_YORK), now=local(NEW_YORK, 2026, 3, 5, 11, 0))
    said = passing(model, local(NEW_YORK, 2026, 3, 9, 17))
    assert [heard.at for heard in said] == [
        "Thu 05 Mar 11:16",
        "Thu 05 Mar 11:31",
        "Thu 05 Mar 16:00",
        "Fri 06 Mar 16:00",
        "Mon 09 Mar 16:00",
    ]


def test_a_word_does_not_replace_a_sitrep() -> None:
    """CO-1: those who are told are told by sitreps."""
    model = started("low", 2026, 3, 2, 11, 0)
    model.told("ben", "/timeline still reading logs", after=240)
    assert due(model) == "Mon 02 Mar 16:00"


# Changes of the severity


def test_lowering_the_severity_keeps_what_is_due() -> None:
    """AS-5: what was promised for 12:00 stays promised; the slots come after."""
    model = started("high", 2026, 3, 2, 10, 58)
    model.told("ben", "/sev medium")
    assert due(model) == "Mon 02 Mar 12:00"
    model.told("ben", "/sitrep two")
    assert due(model) == "Mon 02 Mar 16:00"
    model.told("ben", "/sev low")
    assert due(model) == "Mon 02 Mar 16:00"


def test_raising_from_low_to_medium_brings_the_nearer_slot() -> None:
    """AS-5: ten o'clock instead of four; where ten has passed, in half an hour."""
    model = started("low", 2026, 3, 2, 17, 0)
    assert due(model) == "Tue 03 Mar 16:00"
    model.told("ben", "/sev medium", after=60)
    assert due(model) == "Tue 03 Mar 10:00"
    model = started("low", 2026, 3, 2, 17, 0)
    model.now = local(NEW_YORK, 2026, 3, 3, 11, 0)
    model.told("ben", "/sev medium", after=0)
    assert due(model) == "Tue 03 Mar 11:30"
    assert "overdue" not in model.board


def test_raising_what_is_overdue_asks_anew_in_half_an_hour() -> None:
    """AS-5: the ladder of high begins from there, and the report keeps what was missed."""
    model = started("low", 2026, 3, 2, 11, 0)
    passing(model, local(NEW_YORK, 2026, 3, 2, 20))
    model.told("ben", "/sev high", after=0)
    assert due(model) == "Mon 02 Mar 20:30"
    assert "overdue" not in model.board
    said = passing(model, local(NEW_YORK, 2026, 3, 2, 21, 30))
    assert next(heard.at for heard in said if "Next sitrep" in heard.text) == "Mon 02 Mar 20:35"
    assert [key for key in model.said_keys if key.startswith("CO-1:20260303T0130Z")] == [
        "CO-1:20260303T0130Z:0",
        "CO-1:20260303T0130Z:1",
        "CO-1:20260303T0130Z:2",
    ]
    model.told("ben", "/close")
    found = [stop for stop in report(model.record, model.issue, model.policy).clocks if stop.rule == "CO-1"]
    assert [(stop.how, stop.late_by) for stop in found[:1]] == [("missed", timedelta(hours=4))]


def test_from_unknown_to_high_nothing_changes() -> None:
    """AS-5: unknown acts as high already, so what is overdue stays so."""
    model = confirmed("unknown")
    model.wait(20)
    model.run()
    before = due(model, "AS-8")
    model.told("ben", "/sev high", after=0)
    assert due(model, "AS-8") == before


# The calendar over weeks


@pytest.mark.parametrize(
    ("zone", "start", "country", "subdivision", "without"),
    [
        (NEW_YORK, (2026, 2, 2, 6, 0), "US", "", ["16 Feb"]),  # clocks go forward; Washington's birthday
        (NEW_YORK, (2026, 10, 5, 6, 0), "US", "", ["12 Oct", "11 Nov", "26 Nov"]),  # clocks go back
        ("Europe/Dublin", (2026, 9, 28, 6, 0), "IE", "", ["26 Oct"]),  # clocks go back on the eve of a holiday
        ("Australia/Lord_Howe", (2026, 3, 9, 6, 0), "AU", "NSW", ["03 Apr", "06 Apr", "27 Apr"]),  # by half an hour
        ("Asia/Kathmandu", (2027, 12, 6, 6, 0), "", "", []),  # no change of clocks, over a year's end
        (NEW_YORK, (2027, 12, 6, 6, 0), "US", "", ["24 Dec", "31 Dec", "17 Jan"]),  # both given on the Friday before
        ("UTC", (2028, 2, 7, 6, 0), "US", "", ["21 Feb"]),  # a leap day
        ("Europe/Berlin", (2026, 5, 11, 6, 0), "DE", "BY", ["14 May", "25 May", "04 Jun"]),
    ],
)
def test_sixty_days_of_sitreps_are_asked_for_on_working_days_at_ten_and_four(
    zone: str, start: tuple[int, ...], country: str, subdivision: str, without: list[str]
) -> None:
    """CO-1: whenever the clocks change, each slot is due once and at its local time; days off are free."""
    model = started("medium", *start, zone=zone, policy=living_in(zone, country, subdivision))
    begin = model.policy.local(model.now).date()
    incident, sitrep, slots = model.incident, model.entry("sitrep"), []
    while (at := next(model.policy.local(clock.due) for clock in incident.clocks)).date() < begin + days(60):
        slots.append(at)
        sitrep = replace(sitrep, n=sitrep.n + 1, at=at.astimezone(UTC) - timedelta(minutes=9))
        incident = step(incident, sitrep).incident
    working = [begin + days(ahead) for ahead in range(60)]
    working = [day for day in working if day.weekday() < 5 and f"{day:%d %b}" not in without]
    assert [(slot.date(), slot.time()) for slot in slots] == [(day, time(hour)) for day in working for hour in (10, 16)]


def test_sixty_days_without_a_word_are_one_comment_a_slot() -> None:
    """CO-1: nobody writes for two months of a low incident; somebody is asked each working day, nobody at night."""
    model = started("low", 2026, 10, 5, 11, 0)
    said = passing(model, model.now + days(60))
    assert [heard.at[-5:] for heard in said[:2]] == ["16:00", "16:15"]
    assert {heard.at[-5:] for heard in said[2:]} == {"16:00"}
    assert len(said) == 1 + 44 - 3  # the deputy once, and every working day but three holidays
    assert len(model.head.body) < 60_000


def test_after_days_without_a_run_one_comment_speaks_for_all() -> None:
    """CO-6: one catch-up after a silence of the scheduler, and its keys do not grow with the silence."""
    model = started("medium", 2026, 3, 5, 11, 0)
    model.now = local(NEW_YORK, 2026, 4, 29, 12)
    said = model.heard()
    assert len(model.ours) == 1
    assert "EST (21:00 UTC), 54 d" in said
    assert len(model.said_keys) == 3
    assert model.heard() == ""


def test_a_severity_without_any_cadence_asks_for_the_first_sitrep_only() -> None:
    """CO-1: an organisation may want none; so do tables from before there were slots."""
    policy = living_in(NEW_YORK)
    low = replace(policy.severities["low"], sitrep_at=())
    model = started("low", 2026, 3, 2, 9, 0, policy=replace(policy, severities={**policy.severities, "low": low}))
    assert due(model) is None
    assert passing(model, model.now + days(60)) == []


# The board


def test_the_board_shows_a_slot_in_local_time_with_its_weekday() -> None:
    """CO-1: on another day with its date, and UTC beside it."""
    assert "| 16:00 EST (21:00 UTC) | Next sitrep | ben |" in started("low", 2026, 3, 6, 9, 0).board
    assert "| Mon 09 Mar 16:00 EDT (20:00 UTC) | Next sitrep | ben |" in started("low", 2026, 3, 6, 15, 0).board


def test_a_draft_stands_on_the_board_before_a_sitrep_is_due() -> None:
    """CO-6: ten minutes before, quietly, and gone when it is written."""
    model = started("medium", 2026, 3, 2, 11, 0)
    assert "Draft of the next sitrep" not in model.board
    model.wait(30)
    wakes_at = model.run().wakes_at
    assert wakes_at == local(NEW_YORK, 2026, 3, 2, 15, 50)
    model.now = wakes_at
    assert model.heard() == ""
    assert "Draft of the next sitrep" in model.board
    assert "> Confirmed, severity medium, not contained. ben is in command." in model.board
    model.told("ben", "/sitrep ok")
    assert "Draft of the next sitrep" not in model.board


def test_the_first_sitrep_has_its_draft_at_the_confirmation() -> None:
    """AS-8: it is there before anybody is asked for it."""
    assert "Draft of the next sitrep" in confirmed().board


def test_a_policy_with_other_slots_moves_nothing_into_the_past() -> None:
    """AS-5: earlier slots hold from half an hour after the change, later ones from the next sitrep."""
    model = started("low", 2026, 3, 2, 9, 0)
    low = replace(model.policy.severities["low"], sitrep_at=(time(10), time(13)))
    model.policy = replace(model.policy, severities={**model.policy.severities, "low": low}, digest="earlier")
    model.now = local(NEW_YORK, 2026, 3, 2, 12, 50)
    model.run()
    assert due(model) == "Mon 02 Mar 13:20"
