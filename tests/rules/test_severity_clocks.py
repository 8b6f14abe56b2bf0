"""Clocks, changes: what was due stays due when it was, and nothing becomes late in hindsight (AS-5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from irp_actions.rules.report import report
from irp_actions.values.policy import Policy
from tests.model import PACKAGED, START, Model, confirmed, policy_with

MINUTE = timedelta(minutes=1)
MORNING, TEN, FOUR = (
    (START.replace(hour=hour, minute=minute) - START) / MINUTE for hour, minute in ((8, 30), (10, 0), (16, 0))
)
"""The end of the quiet hours and the slots of the day, in minutes from the opening at 03:10 on a Monday."""


def clock(model: Model, rule: str) -> float | None:
    """Minutes from the opening until a running clock is due; None when it does not run."""
    found = [clock.due for clock in model.incident.clocks if clock.rule == rule]
    return (found[0] - START) / MINUTE if found else None


def with_sitreps_every(hours: float) -> Policy:
    """The packaged policy with another cadence at high."""
    policy = policy_with()
    high = replace(policy.severities["high"], sitrep_every=timedelta(hours=hours))
    changed = replace(policy, severities={**policy.severities, "high": high})
    return replace(changed, digest=f"every {hours}")


def test_raising_the_severity_makes_a_sitrep_due_in_half_an_hour() -> None:
    """AS-5: the last one was hours ago: due soon, never overdue."""
    model = confirmed("medium")
    model.told("ben", "/sitrep all quiet", after=4)
    assert clock(model, "CO-1") == TEN
    model.told("ben", "/sev high", after=300)
    assert clock(model, "CO-1") == 1 + 4 + 300 + 30
    assert "overdue" not in model.board


def test_raising_the_severity_shortly_after_a_sitrep_gives_the_whole_interval() -> None:
    """AS-5: the cadence runs from the last sitrep when that leaves time enough."""
    model = confirmed("medium")
    model.told("ben", "/sitrep all quiet", after=4)
    model.told("ben", "/sev high", after=5)
    assert clock(model, "CO-1") == 5 + 60


def test_raising_the_severity_makes_nothing_overdue_at_any_time() -> None:
    """AS-5: whenever it happens, every due time is at least half an hour away or was running before."""
    for minutes in (1, 29, 31, 59, 61, 600):
        model = confirmed("low")
        model.told("ben", "/sitrep all quiet", after=4)
        before = {running.key: running.due for running in model.incident.clocks}
        model.told("ben", "/sev high", after=minutes)
        for running in model.incident.clocks:
            if running.since < model.now:
                assert running.key in before or running.due >= model.now + 30 * MINUTE


def test_lowering_the_severity_keeps_the_due_time() -> None:
    """AS-5: what the team has promised stays promised."""
    model = confirmed("high")
    model.told("ben", "/sitrep one", after=4)
    assert clock(model, "CO-1") == 65
    model.told("ben", "/sev low", after=5)
    assert clock(model, "CO-1") == 65
    model.told("ben", "/sitrep two", after=5)
    assert clock(model, "CO-1") == FOUR


def test_lowering_the_severity_keeps_the_answer_to_a_handoff_due() -> None:
    """AS-5: the next morning at low is for offers that begin there."""
    model = confirmed("high")
    model.told("ben", "/handoff @cat go")
    assert clock(model, "HO-2") == 12
    model.told("ben", "/sev low")
    assert clock(model, "HO-2") == 12


def test_raising_the_severity_shortens_an_offer_but_never_into_the_past() -> None:
    """AS-5: half an hour at least."""
    model = confirmed("low")
    model.told("ben", "/handoff @cat go")
    assert clock(model, "HO-2") == MORNING
    model.told("ben", "/sev high", after=60)
    assert clock(model, "HO-2") == 62 + 30


def test_a_changed_cadence_holds_from_the_moment_it_was_pinned() -> None:
    """CL-7: policy is a call: an entry with the resolved tables."""
    model = confirmed()
    model.told("ben", "/sitrep one")
    model.policy = with_sitreps_every(4)
    model.wait(1)
    model.run()
    assert model.entries[-1].call == "policy"
    assert model.entries[-1].policy == "every 4"
    assert clock(model, "CO-1") == 62  # promised already
    model.told("ben", "/sitrep two")
    assert clock(model, "CO-1") == 4 + 240


def test_a_stricter_policy_makes_nothing_overdue() -> None:
    """Half an hour from the change at least."""
    model = confirmed()
    model.told("ben", "/sitrep one")
    model.wait(50)
    model.policy = with_sitreps_every(0.25)
    model.run()
    assert clock(model, "CO-1") == 62
    model.told("ben", "/sitrep two")
    model.policy = with_sitreps_every(0.1)
    model.wait(3)
    model.run()
    due = clock(model, "CO-1")
    assert due is not None
    assert due == 53 + 15


def test_a_policy_change_never_rewrites_whether_something_was_late() -> None:
    """CL-7: the report judges by what held then."""
    model = confirmed()
    model.told("ben", "/sitrep one")
    model.told("ben", "/sitrep two, late", after=70)
    model.policy = with_sitreps_every(24)
    model.told("ben", "/resolve")
    found = report(model.record, model.issue, model.policy)
    verdicts = [(stop.rule, stop.how, stop.late_by) for stop in found.clocks if stop.rule == "CO-1"]
    assert verdicts[0] == ("CO-1", "late", 10 * MINUTE)


def test_replay_uses_pinned_tables_alone() -> None:
    """CL-7: a record means the same whatever policy the reader has."""
    model = confirmed()
    before = model.incident
    model.policy = with_sitreps_every(9)
    assert model.incident == before


def test_a_broken_policy_means_the_last_pinned_one() -> None:
    """Clocks go on by the numbers that held, and nothing new is pinned."""
    model = confirmed(policy=with_sitreps_every(2))
    model.policy = policy_with()
    model.pinned_only = True
    model.told("ben", "/sitrep one")
    assert clock(model, "CO-1") == 2 + 120
    assert [entry.call for entry in model.entries].count("policy") == 1


def test_a_broken_policy_takes_nobodys_authority_away() -> None:
    """The roster is pinned with the numbers."""
    model = confirmed()
    model.policy = replace(PACKAGED, digest="what is left of a broken file")
    model.pinned_only = True
    model.told("cat", "/severity low")
    assert model.incident.severity == "low"
    assert model.entry("severity").by.standing == "roster"


def test_a_broken_policy_before_there_is_a_record_means_the_packaged_one() -> None:
    """The very first run has nothing pinned to go by."""
    model = Model(policy_with())
    model.pinned_only = True
    model.open()
    model.run()
    assert clock(model, "IN-7") == 10


def test_the_first_sitrep_is_due_after_confirmation_and_not_again() -> None:
    """AS-8 runs once; CO-1 takes over."""
    model = confirmed()
    assert clock(model, "AS-8") == 1 + 15
    assert clock(model, "CO-1") is None
    model.told("ben", "/sitrep one")
    assert clock(model, "AS-8") is None
    assert clock(model, "CO-1") == 62
    model.told("ben", "/confirm high")
    assert clock(model, "AS-8") is None


def test_resolving_stops_the_clocks() -> None:
    """CL-1: what is left goes on at the pace of business; only the retrospective wants a date."""
    model = confirmed()
    model.told("ben", "/sitrep one\n/handoff co @cat go")
    model.told("ben", "/resolve")
    assert [clock.rule for clock in model.incident.clocks] == ["CL-2"]
