"""Learning: what the report needs to know is told by commands or by plain lines, measured, and flagged (AS-6, CL)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from irp_actions.rules.clocks.learn import retrospective
from irp_actions.rules.report import markdown, report
from irp_actions.rules.report.shapes import Measure, Report
from tests.model import START, Model, confirmed, opened, policy_with


def found(model: Model) -> Report:
    """The report as it would be now."""
    return report(model.record, model.issue, model.policy)


def measure(model: Model, name: str) -> Measure:
    """One of its metrics."""
    return next(measure for measure in found(model).measures if measure.name == name)


def test_lines_of_a_plain_comment_are_findings() -> None:
    """CL-3: no slash is needed, nothing is answered, and no reaction is given."""
    model = confirmed()
    comment = model.say(
        "cat", "I looked again.\n\ncause: the key was public\nwhy: nobody scans\nimpact: exposure one file"
    )
    model.run()
    told = model.incident.findings
    assert told.cause is not None
    assert [model.record.text_of(one.n) for one in (told.cause, *told.whys)] == ["the key was public", "nobody scans"]
    assert told.has_impact("exposure")
    assert model.ours == []
    assert next(x for x in model.issue.comments if x.id == comment.id).reactions == frozenset()
    assert all("implied" in entry.marks for entry in model.entries if entry.source == comment.id)


def test_a_line_that_cannot_be_understood_stays_a_plain_comment() -> None:
    """CL-3: only who typed a command is told what is wrong with it."""
    model = confirmed()
    assert model.told("cat", "impact: we shall see\nthreat: unclear\nstarted: some time ago") == ""
    assert model.entries[-1].call == "word"
    assert "none of the words it takes" in model.told("cat", "/impact we shall see")


def test_a_line_of_the_report_ends_the_command_above_it() -> None:
    """CL-3: each finding says its own words, and no other's."""
    model = confirmed()
    model.told("ben", "/threat error misdelivery, shared with anyone\ncause: new sheets are open\nwhy: the default")
    found = model.incident.findings
    assert found.cause is not None
    told = [model.record.text_of(one.n) for one in (*found.threats, found.cause, *found.whys)]
    assert told == ["misdelivery, shared with anyone", "new sheets are open", "the default"]


def test_a_line_that_is_not_understood_stays_with_the_command_above_it() -> None:
    """CL-3: it stands for nothing of its own, so it would be lost."""
    model = confirmed()
    model.told("ben", "/resolve all quiet\nimpact: we shall see")
    assert model.record.text_of(model.entry("resolve").n) == "all quiet\nimpact: we shall see"


@pytest.mark.parametrize(
    "typed", ["/sitrep down\ncause: unknown yet", "/handoff ic @cat go\ncause: unknown", "/decide x\nwhy: it is cheap"]
)
def test_what_others_read_as_a_whole_keeps_its_lines(typed: str) -> None:
    """CO-5, HO-1, AS-9: a sitrep, a briefing and a decision are one text, whatever a line of it begins with."""
    model = confirmed()
    model.told("ben", typed)
    first, last = typed.split("\n")
    kept = model.record.text_of(model.entry(first[1:].split(maxsplit=1)[0]).n)
    assert (kept or "").endswith(last)


@pytest.mark.parametrize("login", ["rae", "zoe"])
def test_findings_are_the_team_s_to_tell(login: str) -> None:
    """CL-3: others are read and stand in the timeline, but do not fill the report."""
    model = confirmed()
    assert model.told(login, "cause: aliens") == ""
    assert model.incident.findings.cause is None
    assert "aliens" in markdown(found(model), model.policy)


def test_discovery_has_a_method_words_or_both() -> None:
    """CL-4: how we came to know; the form is no more than a hint where nobody told it."""
    model = confirmed()
    assert measure(model, "Discovery method").value == "not recorded; opened with the reporter's form"
    model.told("ben", "/discovery provider a mail from Amazon")
    assert measure(model, "Discovery method").value == "a supplier or provider: a mail from Amazon"
    model.told("ben", "/discovery somebody saw it on a forum")
    assert measure(model, "Discovery method").value == "somebody saw it on a forum"
    assert "and your words" in model.told("ben", "/discovery")


def test_the_time_to_discovery_is_from_the_beginning_to_the_awareness() -> None:
    """CL-4: when the misuse began, told late, and who noticed before it was reported."""
    model = confirmed()
    model.told("ben", "/started 02:40 first call")
    assert measure(model, "Time to discovery").seconds == 30 * 60
    model.told("ben", "aware: 02:55 rae saw the mail")
    assert measure(model, "Time to discovery").seconds == 15 * 60
    assert measure(model, "Time to discovery").value == "15 min"


def test_the_time_to_containment_is_from_the_awareness() -> None:
    """CL-4: not from the report, once somebody was aware of it before."""
    model = confirmed()
    model.told("ben", "/contained 03:20", after=30)
    assert measure(model, "Time to containment").value == "10 min, counted from the report"
    model.told("ben", "/aware 02:55")
    assert measure(model, "Time to containment").value == "25 min"
    assert measure(model, "Time to containment").seconds == 25 * 60


def test_a_start_of_days_ago_is_taken() -> None:
    """CL-4: a misuse may have begun long before; only diary lines are of today."""
    model = confirmed()
    model.told("ben", "started: 2026-02-20 11:00")
    began = model.incident.findings.started
    assert began is not None
    assert began.happened_at == START.replace(month=2, day=20, hour=11, minute=0)
    assert (began.at - START) == timedelta(minutes=2)


def test_threats_are_named_once_each_and_can_be_taken_back() -> None:
    """CL-4: VERIS actions with their varieties, ATT&CK ids with their names."""
    model = confirmed()
    model.told("ben", "/threat phishing the invoice mail")
    model.told("ben", "/threat T1078, T9999 and malware")
    assert measure(model, "Threat actions").value == "social (phishing); T1078 Valid Accounts; T9999; malware"
    model.told("ben", "/threat not malware, T9999")
    model.told("ben", "/threat social pretexting")
    assert measure(model, "Threat actions").value == "T1078 Valid Accounts; social"
    assert all(link.startswith(model.issue.url) for link in measure(model, "Threat actions").links)


def test_impact_is_told_by_kind_and_can_be_taken_back() -> None:
    """AS-6: each kind with the last words on it; the board says what it touches."""
    model = confirmed()
    model.told("ben", "/impact confidentiality, customers the index file names three")
    assert "**Touches:** confidentiality, customers." in model.board
    model.told("ben", "/impact not customers")
    assert "**Touches:** confidentiality." in model.board
    model.told("ben", "/impact none")
    assert "**Touches:** none found." in model.board
    model.told("ben", "/impact integrity")
    assert "**Touches:** integrity." in model.board


def test_scope_is_told_field_by_field() -> None:
    """CL-9: systems, accounts, records, customers; first exposure, first and last misuse."""
    model = confirmed()
    for line in (
        "systems invoices",
        "records one file",
        "first misuse 02:41",
        "last-misuse 03:49",
        "records two files",
    ):
        model.told("ben", f"/scope {line}")
    told = [(claim.what, claim.text) for claim in found(model).findings.scope]
    assert told == [
        ("systems", "invoices"),
        ("first misuse", "02:41"),
        ("last misuse", "03:49"),
        ("records", "two files"),
    ]
    assert "`first-exposure`" in model.told("ben", "/scope everything")


def test_the_whys_are_a_chain_in_the_order_in_which_they_were_told() -> None:
    """CL-3: five whys, or how; each asks after the one before."""
    model = confirmed()
    model.told("ben", "/cause the key was public")
    model.told("cat", "why: nobody scans\nwhy: the repository has no owner\nhow: it was copied from a laptop")
    said = markdown(found(model), model.policy)
    assert "1. Why? nobody scans" in said
    assert "2. And why? the repository has no owner" in said
    assert "3. And why? it was copied from a laptop" in said
    assert "To be written at the retrospective" not in said


def test_lessons_stand_with_the_causes() -> None:
    """CL-3: what to do better, also when nobody has to do anything for it at once."""
    model = confirmed()
    model.told("ben", "/lesson the contact sheet was out of date")
    assert "- the contact sheet was out of date" in markdown(found(model), model.policy)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (
            "/started 03:00\n/contained 02:50",
            "Contained Mon 02 Mar 02:50 UTC, but the beginning given is later: Mon 02 Mar 03:00 UTC.",
        ),
        (
            "/started 03:11\n/aware 03:00",
            "Noticed Mon 02 Mar 03:00 UTC, but the beginning given is later: Mon 02 Mar 03:11 UTC.",
        ),
        ("/aware 03:05\n/contained 03:00", "contained (Mon 02 Mar 03:00 UTC) before it was noticed"),
    ],
)
def test_an_impossible_order_is_flagged_and_not_computed(lines: str, said: str) -> None:
    """CL-4: both facts are taken, and the report says that they do not fit."""
    model = confirmed()
    assert model.told("ben", lines) == ""
    assert said in markdown(found(model), model.policy)
    assert "What does not fit" in markdown(found(model), model.policy)
    assert any(measure.value.startswith(("none: it is said", "unclear:")) for measure in found(model).measures)


def test_lateness_is_told_by_role_and_never_by_name() -> None:
    """CL-4: the sitrep of the commander came late; the report judges the process, not people."""
    model = confirmed()
    model.told("ben", "/sitrep at last", after=45)
    verdicts = [(verdict.rule, verdict.role, verdict.how) for verdict in found(model).clocks]
    assert ("AS-8", "ic", "late") in verdicts
    said = markdown(found(model), model.policy)
    assert "First sitrep after confirmation, due from the incident commander: 30 min after it was due" in said
    late = [line for line in said.split("\n") if "after it was due" in line or "late by" in line]
    assert late
    assert not any("ben" in line for line in late)


def test_whoever_an_offer_waits_for_is_told_by_the_offer() -> None:
    """CL-4: a role is not theirs yet, so it is not called theirs."""
    model = confirmed()
    model.told("ben", "/handoff ic @cat go")
    model.told("cat", "/accept", after=15)
    assert ("HO-2", "incoming", "late") in [(v.rule, v.role, v.how) for v in found(model).clocks]


def test_a_retrospective_is_asked_for_within_a_week_also_after_closing() -> None:
    """CL-2: whoever was in command is asked once; a date stops the clock, and having held it the next."""
    model = confirmed()
    model.told("ben", "/resolve\n/close")
    assert [(clock.rule, clock.due - model.now) for clock in model.incident.clocks] == [("CL-2", timedelta(days=7))]
    assert not model.run().active
    model.wait(7 * 24 * 60)
    assert model.heard() == ""  # three in the morning
    model.now = START.replace(day=9, hour=8, minute=30)
    said = model.heard()
    assert "@ben" in said
    assert "/retro thursday 14:00 @who" in said
    model.told("ben", "/retro tomorrow 14:00 @cat")
    assert [(clock.key, f"{clock.due:%d %H:%M}") for clock in model.incident.clocks] == [("CL-2:held", "11 14:00")]
    assert "Retrospective: Tue 10 Mar 14:00 UTC, led by cat." in model.board
    assert "| Wed 11 Mar 14:00 UTC | Word that the retrospective was held | cat |" in model.board
    model.now = START.replace(day=11, hour=14, minute=0)
    said = model.heard()
    assert "@cat\n**Word that the retrospective was held:** due 14:00 UTC. `/retro held`" in said
    model.told("cat", "/retro held")
    assert model.incident.clocks == ()
    model.wait(30 * 24 * 60)
    assert model.heard() == ""


def test_nobody_is_woken_for_a_retrospective() -> None:
    """CL-2, CO-6: what is over is done in working hours, however severe it was."""
    model = confirmed()
    model.told("ben", "/resolve\n/close")
    model.told("ben", "/retro 2026-03-06 20:00")  # a Friday
    model.now = START.replace(day=7, hour=20)
    assert model.heard() == ""
    assert "Word that the retrospective was held | ben |" in model.board
    model.now = START.replace(day=9, hour=8, minute=30)
    assert (
        "@ben\n**Word that the retrospective was held:** due Sat 07 Mar 20:00 UTC, in the quiet hours." in model.heard()
    )


@pytest.mark.parametrize(("typed", "keys"), [("/retro off", ["CL-2"]), ("/retro 2026-03-20 10:00", ["CL-2:held"])])
def test_a_retrospective_that_was_put_off_is_asked_for_then(typed: str, keys: list[str]) -> None:
    """CL-2: a new date, or none and so another is asked for."""
    model = confirmed()
    model.told("ben", "/resolve\n/close")
    model.told("ben", "/retro 2026-03-06 14:00")
    model.now = START.replace(day=7, hour=15)
    model.told("ben", typed)
    assert [clock.key for clock in model.incident.clocks] == keys
    assert all(clock.due > model.now for clock in model.incident.clocks)


def test_a_date_set_while_it_is_active_asks_nobody_yet() -> None:
    """CL-2: it is asked for once it is over; a record of an older policy never asks."""
    model = confirmed()
    model.told("ben", "/retro 2026-03-06 14:00")
    assert all(clock.rule != "CL-2" for clock in model.incident.clocks)
    tables = model.incident.tables
    older = replace(tables, clocks={**tables.clocks, "CL-2": replace(tables.clocks["CL-2"], afterwards=None)})
    ended = replace(model.incident, resolved=model.incident.confirmed, tables=older)
    assert list(retrospective(ended)) == []


def test_a_retrospective_that_was_held_stops_the_clock_too() -> None:
    """CL-2: nobody is nagged for what was done."""
    model = confirmed()
    model.told("ben", "/resolve")
    model.told("ben", "/retro held we talked right away")
    assert model.incident.clocks == ()
    assert "The retrospective was held: we talked right away." in markdown(found(model), model.policy)
    model.told("ben", "/retro off")
    assert [clock.rule for clock in model.incident.clocks] == ["CL-2"]


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("/retro", "Type it like `/retro thursday 14:00 @who`"),
        ("/retro soon", "`soon` names no date and time"),
        ("/retro 2026-03-01 14:00", "is no time to come"),
        ("/started", "Say when, like `/started 03:12`"),
        ("/started long ago", "`long` is no time"),
        ("/threat", "`hacking`, `social`"),
        ("/threat hackers", "`hackers` is none of the words"),
        ("/cause", "Something is missing"),
    ],
)
def test_what_cannot_be_understood_is_answered_with_what_to_type(typed: str, answer: str) -> None:
    """CL-2, CL-4: never a bare no."""
    assert answer in confirmed().told("ben", typed)


def test_a_false_alarm_needs_no_retrospective() -> None:
    """AS-2: nothing else is asked."""
    model = opened()
    model.told("ben", "/fp")
    assert model.incident.clocks == ()
    model.wait(8 * 24 * 60)
    assert model.heard() == ""


def test_a_rehearsal_says_that_it_does_not_count() -> None:
    """CL-8: in the report and beside its metrics."""
    model = Model(policy_with())
    model.open(labels=("irp", "drill"))
    model.run()
    said = markdown(found(model), model.policy)
    assert "# Drill report" in said
    assert "does not count in any metrics" in said


def test_findings_of_archived_entries_are_still_in_the_draft() -> None:
    """CL-3: a long incident loses none of its words."""
    model = confirmed()
    model.told("ben", "/cause the key was public")
    for place in range(140):
        model.say("cat", f"/timeline {place} " + "x" * 280, after=0.1)
    model.run()
    assert model.record.archive is not None
    model.told("ben", "/resolve")
    assert "**Cause.** the key was public" in model.ours[-1].body


def test_the_words_of_findings_never_fill_the_record() -> None:
    """CL-3: of very long ones the newest are kept at hand; the others stand in their comments and in the report."""
    model = confirmed()
    for place in range(9):
        model.told("cat", f"/why {place} " + "x" * 900)
        model.told("cat", f"/lesson {place} " + "y" * 900)
    for place in range(140):
        model.say("cat", f"/timeline {place} " + "z" * 280, after=0.1)
    model.run()
    model.told("ben", "/resolve")
    assert len(model.head.body) < 60_000
    assert "8 yyy" in model.ours[-1].body
    assert "(its words are not here)" in model.ours[-1].body
    assert all(f"{place} xxx" in markdown(found(model), model.policy) for place in range(9))


def test_the_report_says_who_outside_was_told_what() -> None:
    """CL-1: the ledger of recipients, and whom the record does not know to have been told."""
    model = confirmed()
    model.told("ben", "/tell customers")
    model.told("ben", "/told legal 03:11 by phone that a key was used")
    found_now = found(model)
    assert [(one.name, one.by) for one in found_now.told] == [("legal", "ben")]
    assert found_now.untold == ("customers",)
    said = markdown(found_now, model.policy)
    assert "## Who was told" in said
    assert "does not know that they were told: customers" in said


def test_an_error_is_nobody_s_attack() -> None:
    """CL-4: the actions of VERIS have mistakes among them."""
    model = confirmed()
    assert "Not recorded: how it was discovered, when it began, when it was contained, the threat actions" in markdown(
        found(model), model.policy
    )
    model.told("ben", "/threat error: misdelivery")
    model.told("ben", "/resolve")
    for said in (model.ours[-1].body, markdown(found(model), model.policy)):
        assert "**Threat actions**\n\n- error" in said
    model.told("ben", "/close")
    model.told("ben", "/threat social, hacking: phishing")
    said = markdown(found(model), model.policy)
    assert "ben noted a threat action, error" in said
    assert "ben noted threat actions, social, hacking: phishing" in said
    assert "- threat action: social, phishing (ben)" in model.board
    assert "attacker" not in said
