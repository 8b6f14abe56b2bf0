"""Verdicts: how clocks ended, due from whichever role it was at that time, and when it was done (CL-3, CL-4)."""

from __future__ import annotations

from irp_actions.rules.report import markdown, report
from irp_actions.rules.report.shapes import Verdict
from tests.model import Model, confirmed, opened
from tests.outsiders import telling
from tests.rules.working import at_work


def text(model: Model) -> str:
    """The report in words."""
    return markdown(report(model.record, model.issue, model.policy), model.policy)


def verdicts(model: Model, rule: str) -> list[Verdict]:
    """How the runs of one clock ended."""
    return [verdict for verdict in report(model.record, model.issue, model.policy).clocks if verdict.rule == rule]


def row(model: Model, title: str) -> list[str]:
    """The cells of a clock's row."""
    (line,) = [line for line in text(model).split("\n") if line.startswith(f"| {title} (")]
    return line.strip("| ").split(" | ")


def test_two_runs_of_a_clock_are_told_apart() -> None:
    """CL-3: by the party, the role, the thing or the person that each was about."""
    model = telling("cert", "isso", zone="UTC")
    model.told("ben", "/told cert 03:12")
    model.told("ben", "/told isso 03:13")
    model.told("ben", "/handoff ic @cat go")
    model.told("cat", "/accept")
    titles = {verdict.title for verdict in report(model.record, model.issue, model.policy).clocks}
    for title in ("First notice outside: national CERT", "Daily word outside: the ISSO"):
        assert title in titles
    assert "Answer to the handoff: incident commander" in titles


def test_a_consultation_and_a_relief_say_whose() -> None:
    """RE-4, RE-9: by number and by name."""
    model = at_work("medium")
    model.told("cat", "/agree D1")
    assert [verdict.title for verdict in verdicts(model, "RE-4")] == ["Answer of those who decide: D1"]
    model.told("ben", "/sev high\n/plan continuous\n/shift @ben 03:00-06:00")
    model.told("ben", "/close")
    assert {verdict.title for verdict in verdicts(model, "RE-9")} == {"Relief of whoever has been on for long: ben"}


def test_when_it_was_done_stands_beside_when_it_was_due() -> None:
    """CL-3: with a link to the comment that did it; nothing where nothing was done."""
    model = confirmed()
    comment = model.say("ben", "/sitrep one", after=20)
    model.run()
    model.told("ben", "/close")
    what, due_from, due, done, verdict = row(model, "First sitrep after confirmation")
    assert what.endswith("(AS-8)")
    assert due_from == "the incident commander"
    assert due == "Mon 02 Mar 03:26 UTC"
    assert done == f"Mon 02 Mar 03:31 UTC [→]({comment.url})"
    assert verdict == "late by 5 min"
    assert row(model, "Next sitrep")[3:] == ["\u2013", "no longer needed"]
    assert "| What | Due from | Due | Done | Verdict |" in text(model)


def test_what_was_late_is_due_from_whoever_had_the_role_when_it_was_due() -> None:
    """CL-4: who takes a role over later is not who was late with it."""
    model = confirmed()
    model.told("cat", "/take co", after=20)
    model.told("cat", "/sitrep one", after=5)
    (first,) = verdicts(model, "AS-8")
    assert (first.role, first.how) == ("ic", "late")
    assert "First sitrep after confirmation, due from the incident commander: 10 min after it was due" in text(model)


def test_help_and_a_new_commander_are_due_from_the_team() -> None:
    """RO-1, HO-6: whoever is alone cannot be the help, and whoever has gone cannot take command."""
    model = confirmed()
    model.told("cat", "here now", after=40)
    model.told("ben", "/leave")
    model.told("cat", "/take ic", after=5)
    assert [verdict.role for verdict in (*verdicts(model, "RO-1"), *verdicts(model, "HO-6"))] == ["team", "team"]


def test_a_party_told_in_time_was_told_in_time_though_it_was_noted_later() -> None:
    """IN-9: the due time is of the telling, not of its record."""
    model = telling("cert", zone="UTC")
    model.told("ben", "/told cert 04:05 by phone", after=70)
    (notice,) = verdicts(model, "IN-9")
    assert (notice.how, notice.at.hour, notice.at.minute) == ("met", 4, 5)
    model = telling("cert", zone="UTC")
    model.told("ben", "/told cert 04:15 by phone", after=70)
    (notice,) = verdicts(model, "IN-9")
    assert (notice.how, notice.late_by.total_seconds()) == ("late", 4 * 60)


def test_that_a_plan_is_offered_is_not_told_among_what_was_late() -> None:
    """RE-8: nobody owed it; among all the clocks it says what was not there."""
    model = confirmed()
    for _ in range(20):
        model.told("ben", "/sitrep still reading the logs of the night", after=10)
    (plan,) = verdicts(model, "RE-8")
    assert (plan.how, plan.is_late) == ("passed", False)
    assert row(model, "Plan for a long remediation")[-1] == "no plan was made by then"
    assert text(model).count("no plan was made by then") == 1
    assert "Nothing was late." in text(model)


def test_nobody_is_named_where_something_was_late() -> None:
    """CL-4: the report judges the process."""
    model = confirmed()
    model.told("ben", "/sitrep one", after=40)
    late = [line for line in text(model).split("\n") if "after it was due" in line or "late by" in line]
    assert late
    assert not any(login in line for line in late for login in ("ben", "rae", "ana", "cat"))


def test_a_question_that_was_late_is_told_without_its_mark() -> None:
    """IN-8: it stands in the middle of a sentence."""
    model = opened()
    model.told("ben", "/ack")
    model.told("ben", "/confirm high", after=20)
    said = "Incident or false alarm, due from the incident commander: 15 min after it was due"
    assert text(model).count(said) == 2
    assert "alarm?, due" not in text(model)


def relief(*said: tuple[str, str], at: int = 60) -> list[tuple[str, str]]:
    """How the runs of the relief end under a plan around the clock, that of ben's shift by what is said first."""
    model = confirmed()
    model.told("cat", "here")
    model.told("ben", "/shift 03:00-06:00\n/plan continuous")
    for login, words in said:
        model.told(login, words, after=at)
        at = 1
    return [(verdict.title.rpartition(": ")[2], verdict.how) for verdict in verdicts(model, "RE-9")]


def test_a_relief_is_met_when_somebody_else_is_on() -> None:
    """RE-9: by an offer, or by one's own next shift, nobody was relieved yet; in time, there is no verdict on that."""
    offer = ("ben", "/handoff ic @cat all is quiet")
    assert relief(offer) == []
    assert relief(offer, ("cat", "/accept")) == []
    assert relief(("ben", "/ic @cat")) == []
    assert relief(("ben", "/shift 06:00-09:00")) == []
    assert relief(("ben", "/shift @ben off")) == []


def test_a_shift_of_somebody_else_meets_the_relief_of_the_one_before() -> None:
    """RE-9: as far as it concerns those who are not in command; their own next one does not."""
    ana = ("ben", "/shift @ana 06:00-09:00")
    assert relief(ana, ("ana", "/shift @cat 09:00-12:00")) == [("ana", "met")]
    assert relief(ana, ("ana", "/shift 09:00-12:00")) == []


def test_somebody_who_takes_the_command_relieves_whoever_had_it() -> None:
    """RE-9, HO-7: without a handoff too; late is late."""
    model = confirmed()
    model.told("ben", "/plan continuous")
    model.wait(300)
    model.run()
    model.told("cat", "/take ic ben sleeps", after=20)
    assert [verdict.how for verdict in verdicts(model, "RE-9")] == ["late"]


def test_what_was_overdue_when_it_was_planned_anew_is_told_as_not_done() -> None:
    """RE-9, CL-4: three hours were over, and nobody was there."""
    assert relief(("ben", "/shift 06:00-09:00"), at=200) == [("ben", "missed")]
    model = confirmed()
    model.told("ben", "/shift 03:00-06:00\n/plan continuous")
    model.told("ben", "/handoff ic @cat all is quiet", after=200)
    said = "due from the incident commander: not done 32 min after it was due; then it was planned anew"
    assert f"Relief of whoever has been on for long: ben, {said}" in text(model)
