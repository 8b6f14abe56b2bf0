"""The course: what was so earlier does not vanish behind what is so in the end (HO-3, AS-5, AS-7, CL-4, CL-5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from irp_actions.rules.authority import Notice
from irp_actions.rules.report import Report, markdown, report
from irp_actions.rules.report.gather import TOLD_HERE
from irp_actions.values.policy import People
from tests.model import Model, confirmed, opened, policy_with
from tests.outsiders import telling
from tests.rules.working import at_work


def found(model: Model) -> Report:
    """The report as it would be now."""
    return report(model.record, model.issue, model.policy)


def text(model: Model) -> str:
    """The same in words."""
    return markdown(found(model), model.policy)


def row(model: Model, name: str) -> str:
    """A row of the table at the top."""
    (line,) = [line for line in text(model).split("\n") if line.startswith(f"| **{name}** |")]
    return line.removeprefix(f"| **{name}** | ").removesuffix(" |")


def told(model: Model, *words: tuple[str, str]) -> Model:
    """People say things, a minute apart."""
    for login, said in words:
        model.told(login, said)
    return model


# Roles (HO-3, HO-6)


def test_a_role_that_nobody_holds_has_a_row() -> None:
    """HO-6: a tenure ends when its holder leaves, and the gap is somebody's going, not anybody's time."""
    model = told(confirmed(), ("ben", "/leave"), ("cat", "/take ic"))
    rows = [(t.login, t.since.minute, t.until and t.until.minute, t.how) for t in found(model).tenures]
    assert rows == [("ben", 11, 12, "first responder"), ("", 12, 13, "ben left"), ("cat", 13, None, "assumed")]
    assert "| incident commander | nobody | Mon 02 Mar 03:12 UTC | Mon 02 Mar 03:13 UTC | ben left " in text(model)


def test_a_role_whose_holder_lost_access_is_nobody_s_to_the_end() -> None:
    """HO-6: they stay in the table as far as they got."""
    model = confirmed(by="zoe", writers=frozenset({"zoe"}))
    model.writers = frozenset()
    model.told("zoe", "/sev low")
    rows = [(t.login, t.until is None, t.how) for t in found(model).tenures]
    assert rows == [("zoe", False, "first responder"), ("", True, "zoe lost access")]


def test_tenures_stand_in_the_order_in_which_they_began() -> None:
    """HO-3: of all roles together."""
    model = told(confirmed(), ("cat", "/take co"), ("ben", "/handoff ic @ana go"), ("ana", "/accept"))
    assert [(t.role, t.login) for t in found(model).tenures] == [("ic", "ben"), ("co", "cat"), ("ic", "ana")]


# Decisions (AS-7, AS-9)


def test_every_decision_stands_in_order_the_contingency_plan_from_its_start_to_its_end() -> None:
    """AS-7, AS-9: that it was needed for hours is not hidden by its end; more than the board keeps are all here."""
    model = told(
        confirmed(), ("ben", "/contingency activate static page"), ("cat", "/decide stay up because of payroll")
    )
    told(model, ("ben", "/contingency not-needed it holds"))
    told(model, *(("cat", f"/decide number {count}") for count in range(9)))
    decisions = text(model).split("## Decisions")[1].split("##")[0]
    plan, stay, end, *others = [line for line in decisions.split("\n") if line.startswith("- ")]
    assert plan.startswith("- Mon 02 Mar 03:12 UTC, ben: **contingency plan activated**: static page [")
    assert stay.startswith("- Mon 02 Mar 03:13 UTC, cat: stay up because of payroll [")
    assert end.startswith("- Mon 02 Mar 03:14 UTC, ben: **contingency plan ended**: it holds [")
    assert [line.split(": ")[1][:8] for line in others] == [f"number {count}" for count in range(9)]
    assert all(line.endswith("(no reason given)") for line in others)


def test_a_plan_that_was_never_in_force_was_not_needed() -> None:
    """AS-7: and a decision that was taken back is none."""
    model = told(confirmed(), ("ben", "/contingency activate"), ("ben", "/undo"), ("ben", "/contingency not-needed"))
    assert [made.what for made in found(model).decisions] == ["not needed"]
    assert "**contingency plan not needed**" in text(model)


# Others who reported it (IN-12)


def test_whoever_reported_it_too_is_named_and_thanked() -> None:
    """IN-12, CL-1: with the number of their own issue; each once."""
    model = confirmed()
    for number, login in ((9, "gus"), (12, "ida"), (13, "rae")):
        model.run(notices=(Notice(f"duplicate:{number}", "reported-too", {"number": number, "reporter": login}),))
    assert row(model, "Also reported by") == "gus (#9), ida (#12), rae (#13)"
    assert "Thank you, rae, ben, gus, ida." in text(model)


def test_whoever_had_a_part_in_it_is_thanked_of_the_team_or_not() -> None:
    """CL-1: once each; the people are still those of the team, and a bot is none."""
    policy = replace(policy_with(), people=People(("ana", "ben", "cat"), bots=("scanner[bot]",)))
    model = told(confirmed(policy=policy), ("hana", "The letters are out."), ("olga", "/close"), ("hana", "All are."))
    told(model, ("cat", "good"), ("scanner[bot]", "/lead odd login"))
    assert row(model, "People") == "ben, cat"
    assert "\nThank you, rae, ben, cat, hana.\n" in text(model)


def test_an_incident_reported_once_has_no_row_for_others() -> None:
    """IN-12: nothing that is empty is shown."""
    assert "Also reported by" not in text(confirmed())


# Severity, containment, endings (AS-5, CL-4, CL-5)


def test_the_severity_says_from_when_to_when_it_was_what() -> None:
    """AS-5: in the order in which it was changed; a slip that was taken back is no change."""
    model = told(confirmed("medium"), ("ben", "/sev low"), ("ben", "/undo"), ("ben", "/sev high it is down"))
    begun = "unknown until Mon 02 Mar 03:11 UTC, then "
    assert row(model, "Severity") == begun + "medium until Mon 02 Mar 03:14 UTC, then high"
    assert row(confirmed("low"), "Severity") == begun + "low"
    assert row(opened(), "Severity") == "unknown"


def test_an_earlier_containment_stays_beside_the_last() -> None:
    """CL-4: it was contained, and then it was not; whether another time is a better one, nobody need know."""
    model = told(confirmed(), ("ben", "/contained 03:11"))
    assert row(model, "Contained") == "Mon 02 Mar 03:11 UTC"
    told(model, ("ben", "/contained no, it spread"))
    assert row(model, "Contained") == "first Mon 02 Mar 03:11 UTC, withdrawn Mon 02 Mar 03:13 UTC"
    told(model, ("ben", "/contained"))
    assert row(model, "Contained").endswith(", withdrawn Mon 02 Mar 03:13 UTC, again Mon 02 Mar 03:14 UTC")
    model = told(confirmed(), ("ben", "/contained 03:12"), ("ben", "/contained 03:11"))
    assert row(model, "Contained") == "first Mon 02 Mar 03:12 UTC, later given as Mon 02 Mar 03:11 UTC"
    model = told(confirmed(), ("ben", "/contained 03:11"), ("cat", "/contained 03:13 the last session"))
    assert row(model, "Contained") == "first Mon 02 Mar 03:11 UTC, later given as Mon 02 Mar 03:13 UTC"


def test_a_containment_after_it_was_taken_up_again_is_another_one() -> None:
    """CL-4, CL-5: it came back, and was contained again."""
    model = told(confirmed(), ("ben", "/contained"), ("ben", "/resolve\n/close"), ("cat", "/reopen it came back"))
    assert row(model, "Contained") == "Mon 02 Mar 03:12 UTC"
    told(model, ("cat", "/contained"))
    assert row(model, "Contained") == "first Mon 02 Mar 03:12 UTC, again Mon 02 Mar 03:15 UTC"


def test_a_closing_before_the_last_has_a_row() -> None:
    """CL-5: when it was closed, and when it was taken up again; also where it was only called resolved."""
    model = told(confirmed(), ("ben", "/resolve\n/close"), ("cat", "/reopen again"), ("cat", "/resolve"))
    assert row(model, "Taken up again") == "closed Mon 02 Mar 03:12 UTC, taken up again Mon 02 Mar 03:13 UTC"
    told(model, ("cat", "/reopen"))
    again = "resolved Mon 02 Mar 03:14 UTC, taken up again Mon 02 Mar 03:15 UTC"
    assert f"| **Taken up again** | {again} |" in text(model)


def test_resolved_and_closed_are_two_moments() -> None:
    """CL-1, CL-5: the pace changes with the first, the record ends with the second."""
    model = told(confirmed(), ("ben", "/resolve keys deleted"))
    assert row(model, "Closed") == "not yet"
    told(model, ("ben", "/close"))
    assert row(model, "Resolved") == "Mon 02 Mar 03:12 UTC, after 2 min"
    assert row(model, "Closed") == "Mon 02 Mar 03:13 UTC, after 3 min"
    assert "When it was resolved:\n\n> keys deleted" in text(model)
    assert "When it was closed:\n\n> it went away" in text(told(opened(), ("ben", "/close it went away")))


def test_a_year_is_told_where_it_is_another() -> None:
    """CL-7: who reads it years later knows which; the first time says it for all others."""
    model = told(confirmed(), ("ben", "/started 2025-12-30 23:00"), ("ben", "/contained"), ("ben", "/lead x"))
    assert row(model, "Reported by") == "rae, Mon 02 Mar 2026 03:10 UTC"
    assert row(model, "Contained") == "Mon 02 Mar 03:13 UTC"
    model = confirmed(policy=policy_with(zone="UTC"))
    model.now += timedelta(days=400)
    told(model, ("ben", "/contained"))
    assert "2027" in row(model, "Contained")


# What happened, what is missing (CL-3, CL-5)


def test_what_happened_can_be_followed_without_opening_a_fold() -> None:
    """CL-3: the words of the sitreps in order, with their times, between the report and the end."""
    model = told(confirmed(), ("ben", "/sitrep the key is being revoked"), ("cat", "/sitrep all keys\nare rotated"))
    told(model, ("ben", "/resolve keys deleted"))
    what = text(model).split("## What happened")[1].split("\n## ")[0]
    order = [
        "> A strange mail.",
        "- **Mon 02 Mar 03:12 UTC**, ben: the key is being revoked",
        "- **Mon 02 Mar 03:13 UTC**, cat: all keys / are rotated",
        "> keys deleted",
    ]
    assert sorted(order, key=what.index) == order


def test_of_many_sitreps_the_first_and_the_last_tell_what_happened() -> None:
    """CL-3: it stays short; all of them stand below."""
    model = confirmed("low")
    told(model, *(("ben", f"/sitrep report number {count} of the day") for count in range(TOLD_HERE + 5)))
    what = text(model).split("## What happened")[1].split("\n## ")[0]
    assert what.count("ben: report number") == TOLD_HERE
    assert "- … 5 more, which stand below" in what
    for count in (0, 1, TOLD_HERE + 4):
        assert f"ben: report number {count} of" in what
    assert text(model).count("> report number") == TOLD_HERE + 5


def test_what_is_open_at_closing_is_named() -> None:
    """CL-5, RE-3: what had to be done before the end, and where it is not noted who was told (RE-4)."""
    model = told(at_work(), ("ben", "/disrupted D1\n/resolve"))
    assert "Still open at closing" not in text(model)
    assert "Who was told of D1 is not noted: `/notified D1` and whom." in text(model)
    told(model, ("ben", "/close"))
    assert "Still open at closing: L1, T1. Who was told of D1 is not noted." in text(model)
    model = told(at_work(), ("ben", "/lead L1 clean\n/done T1\n/disrupted D1\n/notified all\n/close"))
    assert "Still open" not in text(model)
    assert "is not noted" not in text(model)
    assert "Done, but verified by nobody: T1." in text(model)
    told(model, ("ana", "/verify T1"))
    assert "verified by nobody" not in text(model)


def test_the_commanders_stand_at_the_top_in_their_order() -> None:
    """HO-3: with the time at which each took over, and the time without one."""
    assert row(opened(), "Incident commander") == "nobody"
    model = told(confirmed(), ("cat", "/take co"), ("ben", "/handoff ic @ana go"))
    told(model, ("ana", "/accept"), ("ana", "/leave"))
    changes = "ben until Mon 02 Mar 03:14 UTC, then ana until Mon 02 Mar 03:15 UTC, then nobody"
    assert row(model, "Incident commander") == changes


def test_what_is_not_recorded_is_told_of_nobody() -> None:
    """CL-4: as a list of what is not there."""
    model = told(
        confirmed(), ("ben", "discovery: staff\nstarted: 03:01\ncontained: 03:10\nthreat: hacking\nimpact: none")
    )
    told(model, ("ben", "cause: a key\nwhy: haste\n/close"))
    said = "Not recorded: the scope (systems, accounts, records, customers) and the date of the retrospective."
    assert said in text(model)
    assert "Nobody said how" not in text(model)


# Who was told (CO-5)


def test_whoever_was_told_a_sitrep_was_told_in_somebody_s_words_too() -> None:
    """CO-5: the words and the link to the sitrep; who wrote it down need not be who told them."""
    model = telling("isso", zone="UTC")
    told(model, ("ben", "/sitrep key revoked"), ("cat", "/told isso by phone: the sitrep, their number is 17"))
    told(model, ("cat", "/told isso in person that it is over"), ("cat", "/told legal of it"))
    one, two, three = found(model).told
    assert (one.text, one.sitrep) == ("the sitrep, their number is 17", model.issue.comments[2].url)
    table = text(model).split("## Who was told")[1].split("##")[0]
    assert "| When | Whom | How | What | Recorded by |" in table
    assert f"| phone | the sitrep, their number is 17 ([the sitrep]({one.sitrep}))" in table
    assert "| in person | in person that it is over [→]" in table
    assert (two.way, three.way) == ("person", "")


@pytest.mark.parametrize(
    ("said", "way"),
    [
        ("by phone, then by mail: the sitrep", "phone"),
        ("mailed, and called as well", "mail"),
        ("by letter from hana", "letter"),
        ("by post, they have no mail", "letter"),
        ("registered mail of 5 March", "letter"),
        ("posted it on their site", ""),
        ("we explained at length what had happened and what was to be done, then by mail", ""),
    ],
)
def test_the_way_that_is_named_first_is_how_they_were_told(said: str, way: str) -> None:
    """CO-5: in the order of the text; far into it, it is a part of what they were told."""
    model = told(telling("isso", zone="UTC"), ("ben", f"/told isso {said}"))
    assert [one.way for one in found(model).told] == [way]


def test_a_sitrep_that_reached_somebody_by_itself_needs_no_other_words() -> None:
    """CO-5: those who follow the issue."""
    model = told(telling("readers", zone="UTC"), ("ben", "/sitrep key revoked"))
    assert "| here | ([the sitrep](" in text(model)


def test_the_word_that_was_typed_for_the_discovery_stays_beside_the_term() -> None:
    """CL-4: a partner is a provider here, and still a partner; figures count the term alone."""
    model = told(confirmed(), ("ben", "/discovery partner they called"))
    claim = found(model).findings.discovery
    assert claim is not None
    assert (claim.what, claim.term) == ("a supplier or provider (partner)", "a supplier or provider")
    assert "| Discovery method | a supplier or provider (partner): they called |" in text(model)
    told(model, ("ben", "/discovery logs odd lines"))
    assert "| Discovery method | a look at the logs: odd lines |" in text(model)


# A beginning after the discovery (CL-4)


def test_a_beginning_after_the_discovery_is_asked_for_again_with_the_line_to_type() -> None:
    """CL-4: most likely it was a second wave; the line as it is given mends it."""
    model = told(
        confirmed(), ("ben", "/aware 02:00"), ("ben", "/started 02:35 the second wave"), ("ben", "/contained 02:30")
    )
    said = "Noticed Mon 02 Mar 02:00 UTC, but the beginning given is later: Mon 02 Mar 02:35 UTC."
    asks = "If that was a second wave, say when the first began: `started: …`."
    assert said in text(model)
    assert asks not in text(model)  # nobody reads an instruction in a report
    model.told("ben", "/resolve")
    assert f"{said} {asks}" in model.ours[-1].body
    assert text(model).count("the beginning given is later") == 2
    assert "| Time to discovery | unclear: the beginning given is later than the discovery |" in text(model)
    told(model, ("ben", "started: 01:30"))
    assert "What does not fit" not in text(model)
    assert "| Time to discovery | 30 min |" in text(model)
