"""Work in the report: an outside investigator can follow who did what, by whose leave, and where the evidence is."""

from __future__ import annotations

from tests.model import Model, confirmed
from tests.rules.working import at_work


def reported(model: Model) -> str:
    """The final comment, once it is over."""
    model.told("ben", "/resolve\n/close")
    return model.ours[-1].body


def test_the_report_has_every_chapter_of_the_work() -> None:
    """RE-1, RE-2, RE-4, RE-5, AS-7, AS-9: with who, when and the evidence for it."""
    model = at_work()
    model.told("cat", "/lead L1 clean: cloudtrail 02:41-03:05, query eventName=GetObject")
    model.told("ben", "/done T1 rotated\n/verify T1\n/todo deferred @cat harden it")
    model.told("ben", "/disrupted D1 03:12\n/notified status page\n/custody E1 @ben → @cat in the safe")
    model.told("ben", "/contingency not-needed\n/decide stay up because of payroll\n/decide wait")
    text = reported(model)
    for said in (
        "## Leads",
        "**clean**, cat, Mon 02 Mar 03:14 UTC",
        "Mon 02 Mar 02:41 UTC to Mon 02 Mar 03:05 UTC. cloudtrail 02:41-03:05, query eventName=GetObject",
        "## Remediation",
        "| T2, deferred | harden it",
        ", who did it |",
        "## Disruptions",
        "none needed at high severity",
        "## Evidence",
        "ben → cat, Mon 02 Mar 03:16 UTC, in the safe",
        "## Decisions",
        "**contingency plan not needed**",
        "stay up because of payroll",
        "(no reason given)",
    ):
        assert said in text.replace("[→]", "").replace("(https://github.test/acme/incidents/issues/1", "("), said
    assert "finished T1: rotated" in text


def test_an_incident_without_any_of_it_has_no_empty_chapters() -> None:
    """RE-1: nothing that is empty is shown."""
    text = reported(confirmed())
    for heading in ("## Leads", "## Remediation", "## Disruptions", "## Evidence", "## Decisions"):
        assert heading not in text


def test_a_clock_that_passed_says_so() -> None:
    """RE-4: nobody answered in time, which is no fault of anybody named."""
    model = confirmed("medium")
    model.told("ben", "/disrupt stop the API")
    model.wait(61)
    model.run()
    text = reported(model)
    (row,) = [row for row in text.split("\n") if row.startswith("| Answer of those who decide: D1 (RE-4) |")]
    assert row.split(" | ")[1:3] == ["those who decide", "Mon 02 Mar 04:12 UTC"]
    assert row.endswith(" | nobody answered by then |")
    assert "Answer of those who decide: D1, due from those who decide: nobody answered by then" in text
    assert "nobody answered by Mon 02 Mar 04:12 UTC" in text


def test_what_was_said_at_the_verification_stands_beside_it() -> None:
    """RE-2: not beside what had to be done."""
    model = confirmed(by="ana")
    model.told("ana", "/todo @ben rotate the key")
    model.told("ben", "/done T1 both of them")
    model.told("ana", "/verify T1 tried it, refused")
    (row,) = [row for row in reported(model).split("\n") if row.startswith("| T1 ")]
    what, verified = row.split(" | ")[1], row.split(" | ")[4]
    assert "tried it" not in what
    assert verified.endswith(": tried it, refused |")


def test_whoever_did_it_is_whose_it_was_where_nobody_was_named_before() -> None:
    """RE-1, RE-2: nobody's is only what is still open."""
    model = confirmed()
    model.told("ben", "/lead odd login\n/lead odd mail\n/todo rotate the key\n/todo read logs\n/todo tell her")
    model.told("cat", "/lead L1 confirmed it was hers\n/done T1")
    model.told("ben", "/verify T2")
    text = reported(model)
    rows = [row.split(" | ") for row in text.split("\n") if row[:4] in ("| L1", "| L2", "| T1", "| T2", "| T3")]
    assert [(row[0], row[2]) for row in rows] == [
        ("| L1", "cat"), ("| L2", "nobody"), ("| T1", "cat"), ("| T2", "ben"), ("| T3", "nobody"),
    ]  # fmt: skip


def test_that_nobody_was_told_is_more_than_the_record_knows() -> None:
    """RE-4: it can only say that it was not noted."""
    model = at_work()
    model.told("ben", "/disrupted D1")
    (row,) = [row for row in reported(model).split("\n") if row.startswith("| D1 |")]
    assert row.endswith(" | not noted |")


def test_an_open_question_about_the_contingency_plan_is_named() -> None:
    """AS-7: at any severity, once it is confirmed."""
    asked = "Whether the contingency plan was needed is not decided"
    model = confirmed()
    model.told("ben", "/resolve")
    assert f"{asked}: `/contingency not-needed`" in model.ours[-1].body
    model.told("ben", "/contingency not-needed the backup holds\n/close")
    assert asked not in model.ours[-1].body
    model = confirmed("low")
    model.told("ben", "/close")
    assert f"{asked}." in model.ours[-1].body
