"""Policy, calendar: what an organisation says about its days and nights is checked where it is written."""

from __future__ import annotations

import json
from datetime import date, time
from pathlib import Path

import pytest

from irp_actions.values.calendar import Calendar, Hours
from irp_actions.values.policy import ClockTimes, Rung, Severity, Tables
from irp_actions.values.shape import ShapeError, plain, shaped
from tests.edges.test_policy_file import faults, overlaid
from tests.model import PACKAGED, policy_with


def test_the_packaged_calendar_is_that_of_an_office_in_the_united_states() -> None:
    """CO-6: quiet from six to half past eight, and federal holidays."""
    calendar = PACKAGED.calendar
    assert (calendar.country, calendar.subdivision) == ("US", "")
    assert calendar.working_days == ("mon", "tue", "wed", "thu", "fri")
    assert calendar.working_hours == Hours(time(9), time(17))
    assert calendar.quiet_hours == Hours(time(18), time(8, 30))


def test_the_packaged_slots_are_two_a_day_at_medium_and_one_at_low() -> None:
    """CO-1: ten and four; four."""
    slots = {name: severity.sitrep_at for name, severity in PACKAGED.severities.items()}
    assert slots == {"unknown": (), "high": (), "medium": (time(10), time(16)), "low": (time(16),)}


def test_tables_survive_being_pinned() -> None:
    """CL-7: what is written into the record is what is read from it, days off among them."""
    calendar = Calendar(
        "DE",
        "BY",
        ("mon", "sun"),
        Hours(time(22), time(6)),
        Hours(time(12, 30), time(14)),
        {date(2026, 12, 24): "closed"},
        (date(2026, 12, 19),),
    )
    tables = policy_with(calendar=calendar).tables()
    assert shaped(Tables, json.loads(json.dumps(plain(tables)))) == tables


def test_tables_from_before_there_were_calendars_still_read() -> None:
    """CL-7: they have none, no slots, and clocks with fewer numbers."""
    data = plain(PACKAGED.tables())
    del data["calendar"]
    for severity in data["severities"].values():
        severity.pop("sitrep_at", None)
        severity.pop("sitrep_counts", None)
    tables = shaped(Tables, data)
    assert tables.calendar == Calendar()
    assert tables.severities["low"] == Severity(
        "low",
        tables.severities["low"].rubric,
        tables.severities["low"].may_disrupt,
        ("3", "sev3", "sev-3", "minor"),
        "0e8a16",
    )


MISTAKES = [
    ("calendar:\n  country: XX\n", "2:3: of 'XX' no holidays are known; write a code such as US, DE or GB"),
    ("calendar:\n  country: germany\n", "1:1: 'germany' is no country code; write it in capitals"),
    ("calendar:\n  country: DE\n  subdivision: ZZ\n", "3:3: 'ZZ' is no part of DE with holidays of its own"),
    ("calendar:\n  country: VA\n  subdivision: ZZ\n", "3:3: 'ZZ' is no part of VA with holidays of its own"),
    ("calendar:\n  country: ''\n  subdivision: CA\n", "1:1: subdivision 'CA' is given without its country"),
    ("calendar:\n  working_days: []\n", "1:1: working_days is empty; name at least one day"),
    ("calendar:\n  working_days: [monday]\n", "2:18: 'monday' is not one of mon, tue, wed, thu, fri, sat, sun"),
    ("calendar:\n  quiet_hours: {end: 12:30}\n", "2:17: YAML took a bare 12:30 for the number 750"),
    ("calendar:\n  quiet_hours: {end: '24:00'}\n", "2:17: '24:00' is no time of day; write it in quotes"),
    ("calendar:\n  quiet_hours: {end: true}\n", "2:17: True is no time of day"),
    ("calendar:\n  quiet_hours: {end: '18:00'}\n", "2:3: start and end are both 18:00; leave"),
    ("calendar:\n  holidays: {2026-02-30: closed}\n", "2:14: '2026-02-30' is no date; write it like 2026-12-24"),
    ("calendar:\n  working: [2026-12-24 10:00:00]\n", "2:13: '2026-12-24 10:00:00' is no date"),
    (
        "calendar:\n  holidays: {2026-12-24: closed}\n  working: [2026-12-24]\n",
        "1:1: 2026-12-24 stands under holidays and under working; take it out of one of them",
    ),
    ("severities:\n  medium:\n    sitrep_at: [16:00]\n", "3:17: YAML took a bare 16:00 for the number 960"),
    ("severities:\n  medium:\n    sitrep_every: 4h\n", "3:5: sitreps are due either every so often or at fixed times"),
    ("severities:\n  medium:\n    sitrep_counts: 1d\n", "3:5: sitrep_counts must be less than 1d"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "start"), MISTAKES)
def test_a_mistake_in_the_calendar_is_pointed_at(tmp_path: Path, text: str, start: str) -> None:
    """CO-1: with its line, and what to write instead."""
    found = faults(tmp_path, text)
    assert len(found) == 1
    assert found[0].startswith(f".github/irp.yml:{start}")


def test_an_overlay_changes_the_days_and_nights(tmp_path: Path) -> None:
    """CO-6: an organisation in Bavaria that is closed on one day more, and never quiet."""
    calendar = overlaid(
        tmp_path,
        "calendar:\n  country: DE\n  subdivision: BY\n  quiet_hours:\n  holidays: {2026-12-24: closed}\n",
    ).calendar
    assert (calendar.country, calendar.subdivision, calendar.quiet_hours) == ("DE", "BY", None)
    assert calendar.holidays == {date(2026, 12, 24): "closed"}


def test_an_overlay_may_have_an_interval_where_slots_were(tmp_path: Path) -> None:
    """CO-1: every four hours at medium; a country is looked up only where it is not the packaged one."""
    policy = overlaid(tmp_path, "severities: {medium: {sitrep_every: 4h, sitrep_at: []}}\ncalendar: {country: ''}\n")
    assert policy.severities["medium"].sitrep_at == ()
    assert policy.calendar.country == ""


def test_the_severities_of_a_rung_and_of_a_morning_are_those_that_have_rules() -> None:
    """HO-2: every level acts as high, medium or low."""
    with pytest.raises(ShapeError, match="'sev1' is not one of high, medium, low"):
        shaped(ClockTimes, {"allowed": "10m", "next_morning": ["sev1"]})
    with pytest.raises(ShapeError, match="'unknown' is not one of high, medium, low"):
        shaped(Rung, {"after": "0m", "ask": "asked", "at": ["unknown"]})
