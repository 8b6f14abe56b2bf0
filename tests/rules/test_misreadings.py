"""What tired people type is understood or asked about, and never quietly taken for something else."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from irp_actions.rules.report import markdown, report
from irp_actions.rules.verify import verify
from irp_actions.values.record import ACCEPTED, REFUSED
from tests.model import Model, confirmed, opened, policy_with


def reported(model: Model) -> str:
    """The report as it would be now."""
    return markdown(report(model.record, model.located.thread, model.policy), model.policy)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("8:43pm", (1, 20, 43)), ("3:05 am", (2, 3, 5)), ("12:10 a.m.", (2, 0, 10)), ("12:30pm", (1, 12, 30))],
)
def test_twelve_hour_times_are_read_as_meant(typed: str, meant: tuple[int, int, int]) -> None:
    """CL-4: half of the world writes pm; the half after the time is no part of the reason."""
    model = confirmed()
    model.told("ben", f"/contained {typed} keys off")
    fact = model.incident.contained
    day, hour, minute = meant
    assert fact is not None
    assert fact.at == datetime(2026, 3, day, hour, minute, tzinfo=UTC)
    assert model.record.text_of(fact.n) == "keys off"


def test_an_hour_that_no_half_day_has_is_refused() -> None:
    """`13 pm` is somebody's slip, not a time."""
    model = confirmed()
    assert "cannot be the time" in model.told("ben", "/contained 13:20pm keys off")
    assert model.incident.contained is None


def test_the_hour_that_comes_twice_is_the_one_just_gone() -> None:
    """CL-4: not the one of the day before."""
    model = opened(policy=policy_with(zone="America/New_York"), now=datetime(2026, 11, 1, 6, 30, tzinfo=UTC))
    model.told("ana", "/contained 01:45")
    assert model.incident.contained is not None
    assert model.incident.contained.at == datetime(2026, 11, 1, 5, 45, tzinfo=UTC)


@pytest.mark.parametrize(
    "typed", ["/contained 02:12 EST", "/wait until 23:00 EST", "/retro monday 10:00 EST", "02:12 EST keys off"]
)
def test_a_foreign_zone_is_asked_about(typed: str) -> None:
    """CL-4: nothing is recorded at a time that was not meant; a line without a command is answered too."""
    model = confirmed()
    said = model.told("ben", typed)
    assert "I cannot tell which zone `EST` is" in said
    assert "-05:00`" in said
    assert model.incident.contained is None
    assert model.entries[-1].verdict == REFUSED


def test_a_misspelt_severity_is_no_reason() -> None:
    """AS-3: `/confirm meduim` is asked about before anything is confirmed; a real reason is not."""
    model = opened()
    assert "`meduim` is no severity" in model.told("ben", "/confirm meduim")
    assert model.incident.confirmed is None
    model.told("ben", "/confirm the mail was opened twice")
    assert model.incident.confirmed is not None


def test_a_role_typed_as_a_command_is_told_how() -> None:
    """HO-1: `/deputy @cat` gives nobody a role, and says what would."""
    model = confirmed()
    assert "`/handoff deputy @who`" in model.told("ben", "/deputy @cat")
    assert model.incident.holder("deputy") is None


def test_timeline_lines_below_a_command_are_entries_too() -> None:
    """RO-4: they belong to the text above them as well."""
    model = confirmed()
    model.told("ben", "/sitrep so far\n03:11 key disabled")
    timeline, sitrep = model.entry("timeline"), model.entry("sitrep")
    assert timeline.happened_at == datetime(2026, 3, 2, 3, 11, tzinfo=UTC)
    assert model.record.text_of(sitrep.n) == "so far\n03:11 key disabled"


def test_a_line_that_only_looks_like_a_timeline_entry_is_left_in_peace() -> None:
    """RO-4: `14:00 we meet again` is a plan; nobody is answered for it."""
    model = confirmed()
    assert model.told("ben", "14:00 we meet again\n99:99 bottles") == ""
    assert "timeline" not in [entry.call for entry in model.entries]


def test_a_drill_labelled_later_is_a_drill() -> None:
    """CL-8: the board and the report say so from then on."""
    model = opened()
    model.label("drill", by="ana")
    model.told("ben", "/confirm high")
    assert "**Drill.**" in model.board
    assert "# Drill report" in reported(model)


def test_withheld_words_are_no_drift() -> None:
    """A comment whose text was not kept is not accused of having been edited."""
    model = confirmed()
    model.told("ben", "my password: hunter2hunter2")
    found = verify(model.record, model.located.thread, model.desk.seal_for(model.record))
    assert found == ()


def test_closing_as_a_duplicate_is_not_undone() -> None:
    """Somebody who says that it is the same as another issue is believed, as long as nothing was confirmed."""
    model = opened()
    model.close_by_hand("ben", "DUPLICATE")
    model.run()
    assert model.incident.status == "duplicate"
    assert not model.issue.is_open


def test_the_report_names_who_was_released_and_who_was_asked() -> None:
    """The program's own acts stand in the timeline with their people."""
    model = opened()
    model.wait(10)
    model.run()
    model.told("ben", "/confirm high")
    model.told("ben", "/handoff ic @cat the failover is open")
    model.told("cat", "/accept")
    model.wait(21)
    model.run()
    text = reported(model)
    assert "The program asked ben for: An answer from the team" in text
    assert "ben was released after the handoff" in text


def test_more_answers_than_a_comment_holds_wait_for_the_next_look() -> None:
    """Forty questions between two runs do not make a comment that GitHub refuses; reminders go first."""
    model = confirmed()
    for _ in range(60):
        model.say("zoe", "/help", after=0)
    model.wait(20)
    model.run()
    assert all(len(note.body) <= 60_000 for note in model.ours)
    assert "First sitrep after confirmation" in model.ours[0].body
    while model.run().changes:
        pass
    answered = {key for key in model.said_keys if key.startswith("re:")}
    assert len(answered) == 60


def test_a_flood_of_long_calls_is_recorded_in_pieces() -> None:
    """However much is typed between two runs, all of it is decided and the record fits."""
    model = confirmed()
    for _ in range(12):
        model.say("ben", "\n".join("/timeline 03:10 " + '"\\' * 400 for _ in range(20)), after=0)
    while model.run().changes:
        assert len(model.head.body) <= 60_000
    assert model.incident.severity == "high"
    assert model.told("ben", "/severity low") == ""
    assert [e.verdict for e in model.entries if e.call == "severity"] == [ACCEPTED]
