"""Communicate, quiet hours: at medium and low the night is quiet, and the morning has one digest (CO-6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time

import pytest

from irp_actions.values.calendar import Calendar
from irp_actions.values.parties import Party
from tests.model import Model, confirmed, opened, policy_with
from tests.passing import passing
from tests.rules.test_slots import NEW_YORK, due, living_in, local, started


def evening(severity: str = "medium", *at: int) -> Model:
    """An incident confirmed at ten past six in the evening, a Thursday's unless another time is given."""
    return confirmed(severity, policy=living_in(NEW_YORK), now=local(NEW_YORK, *(at or (2026, 3, 5, 18, 9))))


def midnight_to(hour: int) -> datetime:
    """An hour of the Friday after."""
    return local(NEW_YORK, 2026, 3, 6, hour)


def test_what_falls_due_at_night_is_said_in_the_morning() -> None:
    """CO-6: at 18:25 nobody is called; at 08:30 the one who is asked, and only then the deputy."""
    said = passing(evening(), midnight_to(9))
    assert [(heard.at, heard.asked) for heard in said] == [("Fri 06 Mar 08:30", ["ben"]), ("Fri 06 Mar 08:45", ["cat"])]
    assert (
        "**First sitrep after confirmation:** due Thu 05 Mar 18:25 EST (23:25 UTC), in the quiet hours." in said[0].text
    )


def test_the_morning_has_one_digest_for_everything() -> None:
    """CO-6: a sitrep and the answer to a handoff are one comment, and each is asked of whom it concerns."""
    model = evening()
    model.told("ben", "/handoff @cat go")
    assert due(model, "HO-2") == "Fri 06 Mar 08:30"
    said = passing(model, local(NEW_YORK, 2026, 3, 6, 8, 40))
    digest = [heard for heard in said if heard.at == "Fri 06 Mar 08:30"]
    assert len(digest) == 1
    assert digest[0].asked == ["cat", "ben"]
    assert "First sitrep" in digest[0].text
    assert "Answer to the handoff" in digest[0].text


@pytest.mark.parametrize("severity", ["high", "unknown"])
def test_nothing_is_held_while_it_is_urgent(severity: str) -> None:
    """CO-6: at high and unknown the night is as loud as the day."""
    said = passing(evening(severity), midnight_to(0))
    assert said[0].at == "Thu 05 Mar 18:25"


def test_an_urgent_clock_is_held_at_no_severity() -> None:
    """IN-7: nobody has answered a report that a label already calls low."""
    model = Model(living_in(NEW_YORK), now=local(NEW_YORK, 2026, 3, 5, 22))
    model.open()
    model.run()
    model.policy = replace(
        model.policy,
        severities={**model.policy.severities, "unknown": replace(model.policy.severities["unknown"], acts_as="low")},
        digest="unknown is low",
    )
    assert [heard.at for heard in passing(model, local(NEW_YORK, 2026, 3, 5, 22, 12))] == ["Thu 05 Mar 22:10"]


def test_the_weekend_is_quiet() -> None:
    """CO-6: from Friday evening to Monday morning, over a change of the clocks."""
    said = passing(evening("low", 2026, 3, 6, 17, 50), local(NEW_YORK, 2026, 3, 9, 8, 31))
    assert [heard.at for heard in said] == ["Mon 09 Mar 08:30"]


def owing(daily: time, severity: str = "medium") -> Model:
    """An incident confirmed on a Friday afternoon, of which somebody outside is told daily at a local time."""
    policy = replace(living_in(NEW_YORK), parties={"isso": Party("the ISSO", daily=daily)})
    model = confirmed(severity, policy=policy, now=local(NEW_YORK, 2026, 3, 6, 16, 30))
    model.told("ben", "/sitrep reading the logs, next on Monday")
    return model


def test_the_daily_word_is_asked_for_on_a_day_off() -> None:
    """CO-2, CO-6: calendar days are what those outside count, so Saturday's word is asked for on Saturday, by day."""
    model = owing(time(16))
    said = passing(model, local(NEW_YORK, 2026, 3, 7, 16, 30))
    assert [(heard.at, heard.asked) for heard in said] == [("Sat 07 Mar 16:00", ["ben"])]
    assert "**Daily word outside: the ISSO:** due 16:00 EST (21:00 UTC)." in said[0].text
    model.told("ben", "/told isso by mail: nothing new")
    assert passing(model, local(NEW_YORK, 2026, 3, 8, 15, 59)) == []
    assert [heard.at for heard in passing(model, local(NEW_YORK, 2026, 3, 8, 16, 30))] == ["Sun 08 Mar 16:00"]


def test_a_daily_word_due_at_night_waits_for_the_morning_of_a_day_off() -> None:
    """CO-2, CO-6: nobody is called before half past eight for it, on a Saturday either."""
    said = passing(owing(time(6)), local(NEW_YORK, 2026, 3, 7, 9))
    assert [(heard.at, heard.asked) for heard in said] == [("Sat 07 Mar 08:30", ["ben"])]
    assert "due 06:00 EST (11:00 UTC), in the quiet hours." in said[0].text


def test_a_ladder_that_the_night_interrupts_goes_on_in_the_morning() -> None:
    """CO-6: asked at 17:56, the deputy's quarter of an hour ends at 18:11."""
    said = passing(evening("low", 2026, 3, 5, 17, 40), midnight_to(9))
    assert [(heard.at, heard.asked) for heard in said] == [("Thu 05 Mar 17:56", ["ben"]), ("Fri 06 Mar 08:30", ["cat"])]


def test_the_board_shows_meanwhile_what_is_held() -> None:
    """CO-6: overdue, and until when it is quiet; the board is edited at the due time, which mails nobody."""
    model = evening()
    assert "quiet until" not in model.board
    passing(model, midnight_to(0))
    assert (
        "18:25 EST (23:25 UTC) **overdue**, quiet until Fri 06 Mar 08:30 EST (13:30 UTC) | First sitrep" in model.board
    )
    passing(model, midnight_to(9))
    assert "**overdue**" in model.board
    assert "quiet until" not in model.board


def test_the_end_of_the_quiet_is_a_time_to_wake() -> None:
    """CO-6: the watch and the sweep learn when the digest is due."""
    model = evening()
    model.now = local(NEW_YORK, 2026, 3, 5, 18, 30)
    assert model.run().wakes_at == local(NEW_YORK, 2026, 3, 6, 8, 30)


def test_what_was_done_at_night_is_not_asked_for_in_the_morning() -> None:
    """CO-6: no nagging for what was done."""
    model = evening()
    model.told("ben", "/sitrep reading logs", after=120)
    assert passing(model, local(NEW_YORK, 2026, 3, 6, 9, 59)) == []
    assert due(model) == "Fri 06 Mar 10:00"


def test_raising_the_severity_at_night_ends_the_quiet() -> None:
    """AS-5: what was held is due in half an hour, by the ladder of high."""
    model = evening()
    passing(model, midnight_to(2))
    model.told("ben", "/sev high", after=0)
    said = [heard.at for heard in passing(model, midnight_to(4)) if "First sitrep" in heard.text]
    assert said == ["Fri 06 Mar 02:30", "Fri 06 Mar 02:55"]


def test_lowering_the_severity_at_night_begins_the_quiet() -> None:
    """AS-5: the promise for 19:12 is kept, and asked for in the morning."""
    model = started("high", 2026, 3, 5, 18, 10)
    model.told("ben", "/sev medium")
    assert due(model) == "Thu 05 Mar 19:12"
    assert [heard.at for heard in passing(model, local(NEW_YORK, 2026, 3, 6, 8, 40))] == ["Fri 06 Mar 08:30"]


def test_a_digest_is_never_within_a_quarter_of_an_hour_of_another_comment() -> None:
    """Law 2: an answer at 08:21 moves it to 08:36; one at 08:25 has it."""
    model = evening()
    passing(model, local(NEW_YORK, 2026, 3, 6, 8, 20))
    assert "First sitrep" not in model.told("cat", "/help")
    said = passing(model, local(NEW_YORK, 2026, 3, 6, 8, 42))
    assert [heard.at for heard in said] == ["Fri 06 Mar 08:36"]
    model = evening()
    passing(model, local(NEW_YORK, 2026, 3, 6, 8, 24))
    assert "First sitrep" in model.told("cat", "/help")
    assert passing(model, local(NEW_YORK, 2026, 3, 6, 8, 42)) == []


def test_a_late_scheduler_has_one_comment_for_the_night_and_the_morning() -> None:
    """CO-6: the first run after seven hours is at half past nine."""
    model = evening()
    model.now = local(NEW_YORK, 2026, 3, 6, 9, 30)
    assert "First sitrep" in model.heard()
    assert len(model.ours) == 1
    assert passing(model, local(NEW_YORK, 2026, 3, 6, 9, 59)) == []


def test_an_organisation_without_quiet_hours_is_asked_at_night() -> None:
    """CO-6: somebody is always at work there, on Sundays too."""
    policy = living_in(NEW_YORK)
    policy = replace(policy, calendar=replace(policy.calendar, quiet_hours=None))
    model = confirmed("low", policy=policy, now=local(NEW_YORK, 2026, 3, 8, 22, 9))
    assert [heard.at for heard in passing(model, local(NEW_YORK, 2026, 3, 8, 22, 30))] == ["Sun 08 Mar 22:25"]


def test_tables_without_a_calendar_are_as_loud_as_they_were() -> None:
    """CL-7: what an older program pinned goes on as it went."""
    model = confirmed("medium", policy=policy_with(calendar=Calendar()))
    assert [heard.at for heard in passing(model, model.now.replace(hour=4))] == ["Mon 02 Mar 03:26", "Mon 02 Mar 03:41"]


def test_a_digest_comes_once_when_the_clocks_go_back() -> None:
    """CO-6: quiet hours that end at 01:30 end once, though the wall shows it twice."""
    policy = living_in(NEW_YORK)
    week = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    quiet = replace(policy.calendar.quiet_hours, end=datetime(2026, 1, 1, 1, 30).time())  # type: ignore[type-var]
    calendar = replace(policy.calendar, quiet_hours=quiet, working_days=week)
    model = confirmed("low", policy=replace(policy, calendar=calendar), now=local(NEW_YORK, 2026, 10, 31, 22, 9))
    said = passing(model, local(NEW_YORK, 2026, 11, 1, 4))
    assert [(heard.at, heard.asked) for heard in said] == [("Sun 01 Nov 01:30", ["ben"]), ("Sun 01 Nov 01:45", ["cat"])]


def test_nothing_is_quiet_about_a_report_that_nobody_answers() -> None:
    """Law 3: an event of unknown severity at three in the morning."""
    model = opened(policy=living_in(NEW_YORK), now=local(NEW_YORK, 2026, 3, 7, 3, 10))
    said = passing(model, local(NEW_YORK, 2026, 3, 7, 3, 31))
    assert [heard.at for heard in said] == ["Sat 07 Mar 03:20", "Sat 07 Mar 03:25", "Sat 07 Mar 03:30"]
