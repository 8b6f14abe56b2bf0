"""The timeline: what happened, what was said and done and what the program did, each once and in words (CL-3, CL-7)."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from irp_actions.rules.authority import Notice
from irp_actions.rules.commands import COMMANDS
from irp_actions.rules.report import history, markdown, report
from irp_actions.rules.report.retelling import Past, retold
from irp_actions.rules.report.shapes import Item
from irp_actions.values.policy import Secret
from tests.model import Model, confirmed, opened, policy_with
from tests.outsiders import telling
from tests.rules.working import at_work
from tests.screenplay import SCENARIOS, play


def lines(model: Model) -> list[str]:
    """The lines of the timeline as people read them, without links."""
    said = markdown(report(model.record, model.issue, model.policy), model.policy)
    timeline = said.split("## Timeline")[1].split("</details>")[0].replace("@\u200b", "@")
    return [re.sub(r" \[→\]\(\S+\)$", "", row) for row in timeline.split("\n") if row.startswith("- ")]


def items(model: Model) -> tuple[Item, ...]:
    """The same as values."""
    return report(model.record, model.issue, model.policy).timeline


def last(model: Model) -> Item:
    """The last line."""
    return items(model)[-1]


# What was told later, with a time of its own


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("/started 01:36 first root login", "01:36 UTC** It began: first root login *(recorded 03:13 UTC by cat)*"),
        ("/aware 02:50 the mail", "02:50 UTC** It was noticed: the mail *(recorded 03:13 UTC by cat)*"),
        ("/contained 03:01 key off", "03:01 UTC** Contained: key off *(recorded 03:13 UTC by cat)*"),
        ("/contained 03:01\n", "03:01 UTC** Contained *(recorded 03:13 UTC by cat)*"),
        ("/timeline 03:02 odd login", "03:02 UTC** Odd login *(recorded 03:13 UTC by cat)*"),
        ("03:02 odd login", "03:02 UTC** Odd login *(recorded 03:13 UTC by cat)*"),
        ("/told legal 03:03 by phone", "03:03 UTC** Told legal: by phone *(recorded 03:13 UTC by cat)*"),
    ],
)
def test_whoever_tells_of_a_fact_is_not_its_subject(typed: str, line: str) -> None:
    """RO-4: that it began at 01:36 is no deed of whoever says so at 04:50."""
    model = confirmed()
    model.told("cat", typed, after=2)
    assert [row for row in lines(model) if "*(recorded" in row] == [f"- **{line}"]


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("/done T1 03:12 rotated", "T1 done: rotated"),
        ("/done T1 no 03:12 staging has it", "T1 not done after all: staging has it"),
        ("/disrupted D1 03:12", "D1 done"),
        ("/disrupted D1 no 03:12 blocked", "D1 given up: blocked"),
    ],
)
def test_work_told_later_is_told_by_its_number(typed: str, line: str) -> None:
    """RE-2, RE-4: nobody is its subject either."""
    model = at_work()
    model.told("ben", typed, after=2)
    assert f"- **03:12 UTC** {line} *(recorded 03:15 UTC by ben)*" in lines(model)


def test_people_told_of_a_disruption_are_told_by_its_number() -> None:
    """RE-4: at the time at which they were."""
    model = at_work()
    model.told("ben", "/disrupted D1")
    model.told("ben", "/notified 03:12 the status page", after=2)
    assert "- **03:12 UTC** People told of D1: the status page *(recorded 03:16 UTC by ben)*" in lines(model)


def test_what_is_told_on_another_day_says_on_which() -> None:
    """RO-4: the time alone would be taken for one of that day."""
    model = confirmed()
    model.told("cat", "/started 2026-02-27 11:00 the first copy")
    assert "- **11:00 UTC** It began: the first copy *(recorded Mon 02 Mar 03:12 UTC by cat)*" in lines(model)


def test_a_time_of_this_very_minute_is_no_other_time() -> None:
    """CL-3: one line is enough."""
    model = confirmed()
    model.told("ben", "/contained 03:12 key off")
    assert lines(model)[-1] == "- **03:12 UTC** ben called it contained: key off"


def test_a_telling_that_follows_what_it_tells_is_not_told_twice() -> None:
    """CL-3: its time stands with the fact; after other lines it has one of its own."""
    model = telling("isso", zone="UTC")
    model.told("ben", "/told isso 03:12 by mail", after=3)
    assert not any("noted for 03:12" in row for row in lines(model))
    model.told("cat", "a word")
    model.told("ben", "/contained 03:12")
    assert lines(model)[-1] == "- **03:16 UTC** ben noted for 03:12 UTC: contained"


def test_what_was_taken_back_is_no_fact() -> None:
    """AS-5: it stays as it was typed, and says so."""
    model = confirmed()
    model.told("ben", "/contained 03:01 key off", after=2)
    model.told("ben", "/undo wrong key")
    assert "- **03:13 UTC** ben wrote: /contained 03:01 key off — */contained: taken back later*" in lines(model)
    assert "- **03:14 UTC** ben took back `/contained`: wrong key" in lines(model)
    assert not any("*(recorded" in row for row in lines(model))


# What was done, in words


EXAMPLES = [
    ("/confirm high really", "confirmed it at high severity: really"),
    ("/handoff ic @cat go", "offered the role of incident commander to cat: go"),
    ("/page @cat the disk", "called cat for help: the disk"),
    ("/page", "called cat for help"),
    ("/brief", "asked for `/brief`"),
    ("/tell legal soon", "named legal as to be told: soon"),
    ("/told legal by mail", "told legal: by mail"),
    ("/wait until 05:00 for the vendor", "asked to wait until 05:00 UTC for the vendor"),
    ("/wait over", "ended the wait"),
    ("/lead odd login", "opened L2: odd login"),
    ("/lead L1 @cat", "gave L1 to cat"),
    ("/lead L1 one more thing", "noted on L1: one more thing"),
    ("/lead L1 clean: nothing", "ended L1 as clean: nothing"),
    ("/todo @cat deferred: harden it", "put down T2 for cat, deferred: harden it"),
    ("/todo T1 @cat", "changed T1 for cat"),
    ("/done T1 both", "finished T1: both"),
    ("/done no, not yet", "took back that T1 is done: not yet"),
    ("/kind host", "began the checklist for host, T2, T3"),
    ("/evidence a memory image", "secured E2: a memory image"),
    ("/evidence E1 @cat in the safe", "moved E1 to cat: in the safe"),
    ("/evidence E1 in the safe", "noted of E1: in the safe"),
    ("/custody E1 @ben → @cat in the safe", "handed E1 from ben to cat: in the safe"),
    ("/disrupt cut staging off", "planned D2: cut staging off"),
    ("/disrupted D1 off", "carried out D1: off"),
    ("/disrupted D1 no", "gave up D1"),
    ("/decide stay up because of payroll", "decided: stay up because of payroll"),
    ("/contingency activate it burns", "activated the contingency plan: it burns"),
    ("/contingency not-needed", "called the contingency plan not needed"),
    ("/link bridge https://meet.example/1", "linked: bridge https://meet.example/1"),
    ("/plan business-hours", "chose to work in business hours"),
    ("/shift @cat 09:00-12:00", "planned the shift of cat from 09:00 UTC to 12:00 UTC"),
    ("/shift @cat off", "took cat off the shifts"),
    ("/contained no, it spread", "called it no longer contained: no, it spread"),
    ("/resolve it is over", "called it resolved: it is over"),
    ("/close done", "closed it: done"),
    ("/discovery alert it rang", "noted the discovery, monitoring or an alarm (alert): it rang"),
    ("/threat not malware", "noted a threat action, not malware"),
    ("/impact integrity, privacy two files", "noted what it touched, integrity, privacy: two files"),
    ("/scope records two", "noted how far it went, records: two"),
    ("cause: a key", "named the cause: a key"),
    ("why: haste", "answered why: haste"),
    ("/lesson less haste", "noted a lesson: less haste"),
    ("/action @cat scan", "noted A1 for cat: scan"),
    ("/public A key was used.", "wrote the words for those outside: A key was used."),
    ("/retro 2026-03-05 14:00 @cat", "planned the retrospective for Thu 05 Mar 14:00 UTC, led by cat"),
    ("/retro held", "said that the retrospective was held"),
    ("/retro off", "took back the retrospective"),
    ("/leave tired", "left, and with it the role of incident commander: tired"),
    ("/take scribe", "took the role of scribe without a handoff"),
    ("/sitrep all is well, more at five", "posted a sitrep, which stands below"),
]


@pytest.mark.parametrize(("typed", "words"), EXAMPLES)
def test_what_somebody_did_is_told_in_words(typed: str, words: str) -> None:
    """CL-3: not as the command that they typed, and not twice."""
    model = at_work()
    model.told("ben", typed)
    item = next(item for item in reversed(items(model)) if item.did)
    assert item.did[0].startswith(words)
    assert item.what == ""


def test_a_verification_an_answer_and_an_objection_are_told_in_words() -> None:
    """RE-2, RE-4, HO-2: whoever it was."""
    model = at_work(severity="medium")
    model.told("ben", "/done T1\n/handoff ic @cat go")
    model.told("cat", "/decline asleep")
    model.told("ben", "/verify T1 tried it")
    model.told("cat", "/agree D1 go on\n/object D1 wait")
    did = [words for item in items(model) for words in item.did]
    for words in ("declined the role of incident commander: asleep", "verified T1: tried it", "agreed to D1: go on"):
        assert words in did
    assert "objected to D1: wait" in did


def test_the_end_of_a_contingency_plan_is_told_as_one() -> None:
    """AS-7: *not needed* after hours in force would be wrong."""
    model = confirmed()
    model.told("ben", "/contingency activate")
    model.told("ben", "/contingency not-needed the shop is back")
    assert last(model).did == ("ended the contingency plan: the shop is back",)


def test_a_role_is_accepted_or_taken_in_words() -> None:
    """HO-3, HO-7: by its name."""
    model = confirmed()
    model.told("ben", "/handoff ic @cat go")
    model.told("cat", "/accept thanks")
    did = [words for item in items(model) for words in item.did]
    assert "accepted the role of incident commander: thanks" in did
    model.told("cat", "/leave")
    model.told("ben", "/ic")
    model.told("ben", "/take ic cat left")
    *_, took, why = [words for item in items(model) for words in item.did]
    assert took == "took the role of incident commander without a handoff"
    assert why == "said why they took the role of incident commander: cat left"


def test_a_label_that_was_taken_off_is_told() -> None:
    """RO-5: whoever did it meant something by it."""
    model = confirmed()
    model.unlabel("severity: high", "ben")
    model.run()
    assert any("ben took off the label severity: high, by hand" in row for row in lines(model))


def test_whoever_takes_it_up_again_is_in_command_by_that() -> None:
    """CL-5, HO-3: the table of roles says how."""
    model = confirmed()
    model.told("ben", "/resolve\n/close")
    model.told("cat", "/reopen it is back")
    (tenure,) = [t for t in report(model.record, model.issue, model.policy).tenures if t.login == "cat"]
    assert tenure.how == "reopened"
    assert "| took it up again [→]" in markdown(report(model.record, model.issue, model.policy), model.policy)


def test_what_was_done_by_hand_says_so() -> None:
    """RO-5: a label says the same as the command."""
    model = confirmed()
    model.label("severity: low", "ben")
    model.run()
    assert lines(model)[-1].endswith("ben set the severity to low, by hand")


def test_prose_beside_calls_is_whole() -> None:
    """RO-4: evidence does not end in the middle of a word; only what is far too long is cut, at one."""
    model = confirmed()
    prose = "seen on host " + " ".join(f"web-{number}" for number in range(120))
    model.told("cat", f"{prose}\n/join")
    assert (last(model).what, last(model).did) == (prose, ("joined",))
    assert f"cat wrote: {prose} · joined" in lines(model)[-1]
    model.told("cat", "flood " * 1000)
    assert lines(model)[-1].endswith("flood …")


def test_a_call_s_words_are_whole_though_the_record_keeps_their_beginning() -> None:
    """RO-4: the comment has them, as long as it is there and as it was."""
    model = confirmed()
    words = "seen " + "on a host " * 110 + "at the end"
    model.told("cat", f"/lead {words}")
    assert last(model).did == (f"opened L1: {words}",)


def test_what_nobody_can_replay_is_shown_as_it_was_typed() -> None:
    """CL-7: what an entry did is not known where a part of the record before it is missing."""
    model = confirmed()
    comment = model.say("ben", "/todo @cat rotate the key")
    model.run()
    (entry,) = [entry for entry in model.entries if entry.source == comment.id]
    told = retold(comment, [entry], Past(history(model.record, model.issue), {}, frozenset(), model.policy))
    assert (told.words, told.did) == ("/todo @cat rotate the key", ())


def test_more_than_the_record_keeps_is_shown_as_it_was_typed() -> None:
    """RO-4: nothing that a person wrote is left out."""
    model = confirmed()
    typed = "\n".join(f"/lead {number} " + "x" * 990 for number in range(6))
    model.told("cat", typed)
    assert (last(model).what, last(model).did) == (typed, ())


@pytest.mark.parametrize(
    "typed",
    [
        "/tmp is full\nwe looked",
        "first\n/brief and this too\nlast",
        "/sev hgh\nbecause the whole thing burns",
        "/seveirty low",
        "impact: we shall see",
        "/join\nimpact: we shall see",
        "/ic",
        "14:00 we meet again",
        "look:\n- /confirm high is what we said\n- nothing else",
        "/lead odd login\n\nit was at night\n/join\n\nfrom home",
        "/threat error misdelivery\ncause: a key\nand more of it",
        "Subject: [sitrep] the key\nStatus: confirmed\nIC: @ben\n\nit is revoked",
    ],
)
def test_what_is_not_understood_is_shown_as_it_was_typed(typed: str) -> None:
    """RO-4: a path, a slip, a line that means nothing to the program."""
    model = confirmed()
    model.told("ben", typed)
    shown = " ".join((last(model).what, *last(model).did))
    known = {"join", "lead", "threat"}  # in words of the program
    assert set(re.findall(r"\w+", typed)) - known <= set(re.findall(r"\w+", shown))


def test_lines_of_the_report_below_a_call_are_told_once() -> None:
    """CL-3: each is an entry of its own, and no part of what stands above it."""
    model = confirmed()
    model.told("cat", '/started 02:40 shared with "anyone"\nscope: records 412 rows\n03:05 seen\nmore words')
    told = [item.what for item in items(model) if item.kind == "told"]
    assert told == ['it began: shared with "anyone"', "seen"]
    assert last(model).what == "03:05 seen\nmore words"
    assert last(model).did == ("noted for 02:40 UTC: it began", "noted how far it went, records: 412 rows")


def test_what_is_to_be_known_of_a_call_stands_beside_it() -> None:
    """RE-3, RE-4, CO-3, CL-7: done without leave, resolved with open work, a sitrep of one word, an edited comment."""
    model = at_work(severity="low")
    model.told("ben", "/disrupted D1")
    assert last(model).notes == ("/disrupted: without the leave that it needed",)
    model.told("ben", "/sitrep fine")
    assert last(model).notes == ("/sitrep: in few words",)
    comment = model.say("cat", "/todo @cat scan")
    model.edit(comment, "/todo @cat scan it", by="cat")
    model.run()
    assert last(model).notes == ("edited before it was recorded",)
    model.told("ben", "/resolve")
    resolved = next(item for item in items(model) if item.did == ("called it resolved",))
    assert resolved.notes == ("/resolve: while something was still open",)


def test_a_comment_edited_later_shows_both_what_it_says_and_what_was_recorded() -> None:
    """CL-7: one is the text of today, the other what was decided by."""
    model = confirmed()
    comment = model.say("cat", "/lead odd login")
    model.run()
    model.wait(1)
    model.edit(comment, "/lead odd login, and more", by="cat")
    model.run()
    row = next(row for row in lines(model) if "as edited" in row)
    assert "cat wrote (as edited 03:13 UTC): /lead odd login, and more · as recorded: opened L1: odd login" in row


def test_an_entry_of_the_diary_keeps_its_words_when_its_comment_is_edited() -> None:
    """CL-7: the time was changed, and the text of today has another; the words tell which one was recorded."""
    model = confirmed()
    comment = model.say("cat", "it is real\n03:02 disabled the key", after=3)
    model.run()
    model.wait(1)
    model.edit(comment, "it is real\n03:05 disabled the key", by="cat")
    model.run()
    row = next(row for row in lines(model) if "as edited" in row)
    assert row.split(" · as recorded: ")[1].startswith("noted for 03:02 UTC: disabled the key")


def test_a_containment_that_was_given_another_time_says_so_where_it_stood() -> None:
    """CL-4: the line stays, and nobody who reads it alone takes it for the last word."""
    model = confirmed()
    model.told("ben", "/contained 03:05 both keys off")
    model.told("cat", "/contained", after=5)
    model.told("cat", "/contained 03:14 a session ran on")
    rows = [row for row in lines(model) if "ontained" in row and "wrote" not in row]
    first, third, second = (row for row in rows if "noted for" not in row)
    assert "**03:05 UTC** Contained: both keys off" in first
    assert "*later given as 03:17 UTC*" in first
    assert "cat called it contained — *later given as 03:14 UTC*" in second
    assert "**03:14 UTC** Contained: a session ran on" in third
    model.told("cat", "/contained no, it spread\n/contained")
    assert sum("later given as" in row for row in lines(model)) == 2


def test_what_must_not_be_repeated_is_not_repeated_in_words_either() -> None:
    """IN-11: also where only the policy of today knows it for what it is."""
    model = confirmed()
    model.told("cat", "/contained 03:01 with zebra-77\n/timeline 03:02 zebra-77")
    assert any("zebra-77" in row for row in lines(model))
    secret = Secret("animal", "zebra-\\d+")
    model.policy = replace(model.policy, guard=(*model.policy.guard, secret))
    assert not any("zebra" in row for row in lines(model))
    assert any(
        "cat wrote something whose text was withheld · noted for 03:01 UTC: contained" in x for x in lines(model)
    )
    assert any("omething whose words are not here *(recorded" in row for row in lines(model))


def test_a_comment_that_is_gone_still_did_what_it_did() -> None:
    """CL-7: in words, without its own."""
    model = confirmed()
    comment = model.say("cat", "/todo @cat scan")
    model.run()
    model.delete(comment, by="cat")
    model.run()
    assert any("cat wrote a comment that was deleted later · put down T1 for cat" in row for row in lines(model))


# What the program did


def test_whom_the_program_asked_and_for_what_is_told_person_by_person() -> None:
    """CL-7, IN-7: the titles of the clocks, with the party that each is about; the first comment asks somebody, too."""
    model = telling("cert", zone="UTC")
    for _ in range(6):
        model.wait(10)
        model.run()
    asked = [row for row in lines(model) if "The program asked" in row]
    assert asked == [
        "- **03:10 UTC** The program asked ana for: An answer from the team",
        "- **03:31 UTC** The program asked cat for: Somebody to help",
        "- **03:31 UTC** The program asked ben for: First sitrep after confirmation; A word from the team",
        "- **03:51 UTC** The program asked cat for: "
        "A word from the team; Somebody to help; First sitrep after confirmation",
        "- **03:51 UTC** The program asked ana for: A word from the team; Somebody to help",
        "- **03:51 UTC** The program asked ben for: A word from the team; First notice outside: national CERT",
        "- **04:11 UTC** The program asked ben and cat for: First notice outside: national CERT",
    ]


def test_a_call_for_help_says_who_called_whom() -> None:
    """RO-1: nobody is left to guess what was asked."""
    model = confirmed()
    model.told("ben", "/page @cat i need hands")
    assert "- **03:12 UTC** The program called cat (asked by ben)" in lines(model)
    assert not any(row.rstrip().endswith(("for:", "program:")) for row in lines(model))


def test_the_question_for_a_plan_has_its_name() -> None:
    """RE-8: its comment has a key of its own."""
    model = confirmed()
    for _ in range(20):
        model.told("ben", "still reading", after=10)
    assert any("The program asked ben for: Plan for a long remediation" in row for row in lines(model))


def test_a_closing_by_hand_that_was_undone_is_a_sentence() -> None:
    """CL-5: who did it, what the program did, and why."""
    model = confirmed()
    model.close_by_hand("ben")
    model.run()
    said = "ben closed the issue by hand; the program opened it again: confirmed at high severity"
    assert lines(model)[-1] == f"- **03:11 UTC** {said}"


def test_a_follow_up_says_which_issue_it_became() -> None:
    """CL-2: by both numbers."""
    model = confirmed()
    model.told("ben", "/todo deferred harden it\n/close")
    assert any("Follow-up #2 opened for T1" in row for row in lines(model))


def test_a_daily_statement_says_to_whom_and_what() -> None:
    """CO-2: the program's own word."""
    model = telling("readers", severity="low", zone="UTC")
    model.told("ben", "/sitrep all quiet, we wait for the vendor until Friday")
    model.told("ben", "/wait until 2026-03-04 09:00 for the vendor, standing")
    for _ in range(40):
        model.wait(60)
        model.run()
    assert any("The program told the readers: " in row for row in lines(model))


def test_somebody_who_reported_it_too_has_a_line() -> None:
    """IN-12: with the number of their own issue."""
    model = confirmed()
    told = {"number": 9, "reporter": "gus", "at": "2026-03-02T03:05:00Z", "by": "ana"}
    model.run(notices=(Notice("duplicate:9", "reported-too", told),))
    assert "- **03:05 UTC** gus reported the same in #9, which ana linked at 03:11 UTC" in lines(model)


def test_a_change_of_policy_is_a_sentence() -> None:
    """CL-7: by which tables it is judged from then on."""
    model = confirmed()
    model.policy = replace(policy_with(), digest="another")
    model.told("ben", "a word")
    assert any("The policy changed; judged by policy another from here on" in row for row in lines(model))


def test_an_opening_that_is_an_acknowledgement_says_both() -> None:
    """IN-4: the tick in the form."""
    model = opened()
    assert lines(model)[0] == "- **03:10 UTC** rae opened it: Odd mail"
    assert play("reopened").ours
    assert any("uli opened it: " in row and row.endswith("· answered") for row in lines(play("reopened")))


@pytest.mark.parametrize("name", SCENARIOS)
def test_no_line_of_any_drill_is_empty_or_cryptic(name: str) -> None:
    """CL-3: every line says something, and none says a command of a known name."""
    for row in lines(play(name)):
        said = row.split("** ", 1)[1]
        assert re.match(r"\S+ \S", said), row
        assert not said.rstrip().endswith((":", "—", "·")), row
        refused_or_undone = " — *" in said
        assert refused_or_undone or not re.search(rf"(?<![\w`])/({'|'.join(COMMANDS)})\b", said), row
