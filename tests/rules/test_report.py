"""The report: what happened, from the record and the thread, each claim with its evidence (CL-3, CL-4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, seed, settings
from hypothesis import strategies as st

from irp_actions.rules.notes import keys_of
from irp_actions.rules.report import PART, Report, markdown, parts, report
from irp_actions.rules.tail import LIMIT
from tests.model import START, Model, confirmed, opened, policy_with


def found(model: Model) -> Report:
    """The report of an incident as it stands."""
    return report(model.record, model.issue, model.policy)


def text(model: Model) -> str:
    """The same in words."""
    return markdown(found(model), model.policy)


def measures(model: Model) -> dict[str, str]:
    """The metrics by name."""
    return {measure.name: measure.value for measure in found(model).measures}


def whole_incident() -> Model:
    """Reported, confirmed, handed over, contained, resolved."""
    model = confirmed()
    model.told("rae", "I clicked on it at 02:50, sorry")
    model.told("ben", "/sitrep the key is being revoked", after=9)
    model.told("ben", "/handoff ic @cat night shift")
    model.told("cat", "/accept")
    model.told("cat", "/contained 03:20")
    model.told("cat", "/sitrep all keys are rotated")
    model.told("cat", "/resolve", after=30)
    return model


def test_every_comment_of_a_person_is_in_it() -> None:
    """CL-3, RO-4: whoever wrote it and whatever it was: nobody has to read the thread to know."""
    model = opened()
    words = {"rae": "I clicked it", "zoe": "same here", "ben": "looking now", "cat": "03:15 the alarm was off"}
    for login, said in words.items():
        model.told(login, said)
    model.say("renovate[bot]", "Update available")
    model.say("ana", "written but not decided yet")
    report_text = text(model)
    for said in (*words.values(), "Update available", "written but not decided yet"):
        assert said in report_text


def test_each_line_of_the_timeline_links_to_its_evidence() -> None:
    """An outside investigator can follow it (CL-7)."""
    model = whole_incident()
    urls = {comment.url for comment in model.issue.comments} | {model.issue.url}
    assert all(item.link in urls for item in found(model).timeline)


def test_the_timeline_is_in_the_order_in_which_things_happened() -> None:
    """CL-3, RO-4: a time remembered late stands where it belongs, with when it was told."""
    model = opened()
    model.told("ben", "/confirm high")
    model.told("ben", "/timeline 03:02 first odd login", after=30)
    timeline = found(model).timeline
    assert [item.at for item in timeline] == sorted(item.at for item in timeline)
    item = next(item for item in timeline if item.kind == "told")
    assert (item.at, item.what) == (START - timedelta(minutes=8), "first odd login")
    assert item.told_at == model.now


def test_what_was_done_stands_in_words_and_what_was_refused_as_it_was_typed() -> None:
    """CL-3: once each; that it was refused stands beside it."""
    model = confirmed()
    model.told("ben", "/sev medium\n/sev hgh")
    item = found(model).timeline[-1]
    assert (item.what, item.did) == ("/sev hgh", ("set the severity to medium",))
    assert item.notes == ("/sev: refused",)


def test_roles_over_time_say_who_held_what_from_when_to_when_and_how() -> None:
    """HO-3: handed over, assumed, or the first responder's."""
    tenures = [(t.role, t.login, t.how, t.until is None) for t in found(whole_incident()).tenures]
    assert tenures == [("ic", "ben", "first responder", False), ("ic", "cat", "handoff", True)]


def test_everyone_who_took_part_is_thanked_by_name() -> None:
    """CL-1: the reporter first, then whoever worked on it."""
    model = whole_incident()
    assert "Thank you, rae, ben, cat." in text(model)
    assert model.incident.status == "resolved"


def test_the_sitreps_are_quoted_whole_and_in_order() -> None:
    """CL-3: what outsiders were told."""
    model = whole_incident()
    assert [sitrep.text for sitrep in found(model).sitreps] == [
        "the key is being revoked",
        "all keys are rotated",
    ]


def test_the_metrics_are_measured_from_the_opening() -> None:
    """CL-4: containment at the time it is said to have happened, not when it was told."""
    values = measures(whole_incident())
    assert values["Time to acknowledgement"] == "1 min"
    assert values["Time to containment"] == "10 min, counted from the report"
    assert values["Discovery method"] == "not recorded; opened with the reporter's form"


def test_what_is_not_known_says_why() -> None:
    """CL-4: unknown, because: never a guess, never a blank."""
    model = opened()
    model.told("ben", "on it")
    values = measures(model)
    for name in ("Time to discovery", "Time to confirmation", "Time to containment", "Time to resolution"):
        assert values[name].startswith("unknown, because"), name
    assert values["Threat actions"].startswith("unknown, because")


def test_what_was_only_said_in_plain_words_is_not_recorded() -> None:
    """CL-4: that nobody said it would not be true, and it may be set all the same."""
    model = confirmed()
    model.told("ben", "the first call with the key was at 02:41, a customer told us. we meet on thursday")
    model.told("ben", "/close")
    values, said = measures(model), markdown(found(model), model.policy)
    assert values["Time to discovery"] == "unknown, because no beginning is recorded"
    assert values["Time to containment"] == "unknown, because no containment is recorded"
    assert values["Threat actions"] == "unknown, because none is recorded"
    assert values["Discovery method"].startswith("not recorded; ")
    assert "No date is recorded for the retrospective." in said
    assert "It was never called resolved." in said
    assert "nobody said" not in said.lower()


def test_an_impossible_order_is_said_and_not_computed() -> None:
    """CL-4: contained before it was opened has no duration."""
    model = confirmed()
    model.told("ben", "/contained 02:00")
    assert measures(model)["Time to containment"].startswith("none: it is said to have been so before")


def test_every_measured_value_links_to_its_evidence() -> None:
    """CL-4: from where to where it was measured."""
    model = whole_incident()
    for measure in found(model).measures:
        if not measure.value.startswith("unknown"):
            assert measure.links, measure.name
            assert all(link.startswith(model.issue.url) for link in measure.links)


def test_clock_verdicts_say_met_late_or_no_longer_needed() -> None:
    """CL-3: by rule, to the minute."""
    model = confirmed()
    model.told("ben", "/sitrep one", after=20)
    model.told("ben", "/handoff @cat go")
    model.told("cat", "/accept", after=2)
    model.told("cat", "/resolve")
    verdicts = {verdict.rule: (verdict.how, verdict.late_by) for verdict in found(model).clocks}
    assert verdicts["IN-7"][0] == "met"
    assert verdicts["AS-8"] == ("late", timedelta(minutes=5))
    assert verdicts["HO-2"][0] == "met"
    assert verdicts["HO-4"][0] == "ended"


def test_the_worst_severity_is_told_beside_the_last() -> None:
    """AS-5: lowered at the end does not mean that it never was high."""
    model = confirmed("high")
    model.told("ben", "/sev low")
    assert (found(model).severity, found(model).worst) == ("low", "high")


def test_drift_is_listed() -> None:
    """CL-7: what was edited or deleted after it was recorded, by whom, when."""
    model = confirmed()
    one, two = model.say("ben", "/sitrep one"), model.say("ben", "two")
    model.run()
    model.wait(1)
    model.edit(one, "/sitrep one, mended", by="cat")
    model.delete(two, by="ben")
    model.run()
    assert sorted((item.who, item.kind) for item in found(model).drift) == [("ben", "deleted"), ("cat", "edited")]
    assert "## Changed after it was recorded" in text(model)
    assert "a comment that was deleted later" in text(model)


def test_the_report_states_what_it_stands_on() -> None:
    """CL-7: the end of the chain, the policies and programs it was judged by."""
    model = whole_incident()
    model.policy = replace(model.policy, digest="another")
    model.program = "0.next"
    model.told("cat", "/timeline later")
    said = text(model)
    assert model.record.last_hash[:16] in said
    assert "0.test, 0.next" in said
    assert f"{policy_with().digest}, another" in said


def test_times_are_shown_in_utc_and_in_the_policys_zone() -> None:
    """For those who were there and for those who were not."""
    model = confirmed(policy=policy_with(zone="America/New_York"))
    said = text(model)
    assert "| **Reported by** | rae, Sun 01 Mar 2026 22:10 EST (03:10 UTC) |" in said
    assert "| Sun 01 Mar 22:11 EST (03:11 UTC) |" in said
    assert "Sun 01 Mar 22:10 EST" in model.board or "22:10 EST (03:10 UTC)" in model.board


def test_nothing_anyone_typed_breaks_the_report_or_mentions_anybody() -> None:
    """Quoted text is neutralised."""
    model = confirmed()
    model.told("rae", "# Heading\n| a | b |\n<!-- hidden -->\n<script>@ana</script>\n```\n")
    model.told("ben", "/sitrep @cat <img src=x>\n## Not a heading")
    said = text(model)
    for dangerous in ("<!--", "<script", "<img", "@ana", "@cat", "\n# Heading", "\n## Not"):
        assert dangerous not in said


def test_a_short_report_is_one_comment() -> None:
    """Unchanged."""
    assert parts("short\n") == ("short\n",)


def long_texts() -> st.SearchStrategy[str]:
    """Texts of many sections, lines of all lengths, longer than a comment."""
    lines = st.builds(
        lambda mark, word, times: mark + word * times,
        st.sampled_from(["## ", "- ", "", "| "]),
        st.sampled_from(["word ", "x", "\u2028y ", "é "]),
        st.sampled_from([0, 3, 40, 900, 20_000, 70_000]),
    )
    return st.lists(lines, min_size=30, max_size=60).map("\n".join)


def test_a_long_report_is_split_and_nothing_is_dropped() -> None:
    """Every part fits into a comment; together they are the whole text."""
    tried = 0

    @seed(1)
    @settings(max_examples=60, deadline=None, database=None)
    @given(long_texts())
    def holds(whole: str) -> None:
        nonlocal tried
        tried += 1
        pieces = parts(whole)
        assert all(len(piece) <= LIMIT for piece in pieces)
        bare = "".join(piece.rpartition("\n\n<sub>Part")[0] or piece for piece in pieces)
        assert "".join(bare.split()) == "".join(whole.split())

    holds()
    assert tried >= 60


def test_a_long_report_is_split_at_its_headings() -> None:
    """A section is not torn when it fits."""
    sections = [f"## Section {place}\n" + "line\n" * 2500 for place in range(12)]
    pieces = parts("".join(sections))
    assert all(piece.startswith("## Section") for piece in pieces)
    assert pieces[0].endswith(f"Part 1 of {len(pieces)}.</sub>")


def heavy() -> Model:
    """An incident whose report does not fit into one comment."""
    model = confirmed()
    for place in range(150):
        model.say("zoe" if place % 3 else "ben", f"/timeline {place} " + "x" * 280, after=0.1)
    model.run()
    return model


def test_a_report_over_the_limit_is_posted_in_parts_and_then_the_issue_is_closed() -> None:
    """All parts in order, the closing last."""
    model = heavy()
    assert len(text(model)) > PART
    model.told("ben", "/close done")
    reports = [comment.body for comment in model.ours if "irp:note report:" in comment.body]
    assert len(reports) >= 2
    assert [f"Part {n} of {len(reports)}" in body for n, body in enumerate(reports, start=1)] == [True] * len(reports)
    assert not model.issue.is_open
    assert model.run().changes == ()


def test_a_part_of_the_report_that_was_lost_is_posted_by_the_next_run() -> None:
    """The first part alone is no report."""
    model = heavy()
    model.told("ben", "/close done")
    reports = [comment for comment in model.ours if "irp:note report:" in comment.body]
    lost = reports[1]
    model.put(comments=tuple(comment for comment in model.issue.comments if comment.id != lost.id))
    model.run()
    assert set(keys_of(lost.body)) <= set(model.said_keys)
    assert model.run().changes == ()


def test_what_the_program_did_by_itself_is_in_the_timeline() -> None:
    """CL-7: whom it asked about what, whom it released, and when the policy changed."""
    model = confirmed()
    model.told("ben", "/handoff ic @cat go")
    model.told("cat", "/accept\n/sitrep mine")
    model.policy = replace(model.policy, digest="another")
    model.wait(200)
    model.run()
    kinds = {item.kind: item for item in found(model).timeline}
    assert {"asked", "released", "policy"} <= set(kinds)
    assert kinds["released"].who == "ben"
    assert "Next sitrep" in kinds["asked"].what
    said = text(model)
    assert "ben was released after the handoff" in said
    assert "judged by policy another from here on" in said


ASKED = """### What looks wrong?

A strange mail.

### When did you notice it?

07:30

### How can we reach you?

555 0199

### Could someone be reading our mail, chat or GitHub?

Perhaps
"""


def test_what_the_form_was_told_is_in_the_report_but_for_how_to_reach_somebody() -> None:
    """CL-3, CL-4: as it was typed; the draft asks whether it was noticed then."""
    model = Model()
    model.open(body=ASKED)
    model.run()
    model.told("ben", "/confirm high\n/resolve")
    noticed = "aware: … when it was first noticed; the form says: 07:30"
    assert noticed in model.ours[-1].body
    model.told("ben", "/aware 02:30")
    assert noticed not in model.ours[-1].body
    for found in (model.ours[-1].body, text(model)):
        assert (
            "- When did you notice it? 07:30\n- Could someone be reading our mail, chat or GitHub? Perhaps\n" in found
        )
        assert "555 0199" not in found
