"""Those outside the team: who is to be told, by when, in which words; and what was told is never forgotten."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import time, timedelta

import pytest

from irp_actions.rules.clocks import CLOCKS
from irp_actions.rules.commands.communicate import noticed
from irp_actions.rules.drafts import Scene, notice_text
from irp_actions.rules.parties import WHY, concerned, owed
from irp_actions.rules.recipients import Telling, ledger, never_told
from irp_actions.rules.replay import blank, steps
from irp_actions.values.fact import Fact
from irp_actions.values.incident import Incident
from irp_actions.values.parties import Party
from irp_actions.values.policy import Rung, Tables
from irp_actions.values.shape import plain, shaped
from tests.model import START, Model, confirmed, opened, policy_with
from tests.outsiders import HOUR, PARTIES, due, passing, policy_telling, telling
from tests.passing import mentioned
from tests.passing import passing as until

MINUTE = timedelta(minutes=1)


def told_of(model: Model) -> tuple[Telling, ...]:
    """The ledger of a model whose record was not filed away."""
    entries = model.entries
    return ledger(steps(blank(entries), entries), model.record.text_of)


# The first notice (IN-9)


def test_the_first_notice_is_due_an_hour_after_the_team_was_aware() -> None:
    """IN-9: becoming aware is the acknowledgement, where nobody said that it was earlier."""
    assert due(telling("cert"), "IN-9") == "01 23:11"


def test_the_first_notice_is_asked_for_before_it_is_due() -> None:
    """IN-9: loud at 30 and 50 minutes with the ready text, the next person at 55, with ben for a sitrep due soon."""
    model = telling("cert")
    model.told("ben", "/sitrep key revoked, logs are being read")
    said = passing(model, 58, "First notice outside")
    found = [(at, mentioned(words)) for at, words in said]
    assert found == [("22:41", ["ben"]), ("23:01", ["ben"]), ("23:06", ["cat", "ben"])]
    assert "due 23:11 EST (04:11 UTC), in 30 min. Tell them, then `/told cert`" in said[0][1]
    assert "> Security incident #1, Odd mail: confirmed" in said[0][1]


def test_once_told_nobody_is_asked_for_the_first_notice() -> None:
    """IN-9: with the time at which it was, and by which way."""
    model = telling("cert")
    model.told("ben", "/told us-cert 22:15 by phone, they opened a case", after=20)
    assert due(model, "IN-9") is None
    entry = model.entry("told")
    assert entry.args == {"party": ["cert"], "by": "phone"}
    assert entry.happened_at == START + timedelta(minutes=5)
    assert passing(model, 60, "First notice") == []


def test_a_first_notice_that_begins_by_an_old_fact_is_never_overdue_at_once() -> None:
    """IN-9: confirmed hours after somebody was aware, it is due in half an hour."""
    model = opened(policy=policy_telling("cert"))
    model.told("ben", "/ack")
    model.told("ben", "/confirm high", after=300)
    assert due(model, "IN-9") == "02 03:41"
    (row,) = [row for row in model.board.split("\n") if "First notice outside" in row]
    assert "overdue" not in row


def test_at_a_lower_severity_a_party_of_the_high_ones_is_not_told() -> None:
    """CO-4: recipients depend on the severity; unknown acts as high."""
    assert due(telling("cert", severity="medium"), "IN-9") is None
    model = opened(policy=policy_telling("cert"))
    model.told("ben", "/confirm")
    assert due(model, "IN-9") == "01 23:11"


def test_resolving_does_not_end_the_duty_to_tell_and_closing_does() -> None:
    """IN-9: what was never told is still to be told while it is open."""
    model = telling("cert")
    model.told("ben", "/resolve")
    assert due(model, "IN-9") == "01 23:11"
    model.told("ben", "/close")
    assert due(model, "IN-9") is None
    assert "**Still to be told:** national CERT" in model.board


def test_a_notice_is_not_held_back_by_the_night() -> None:
    """IN-9: an hour is an hour, at medium too."""
    model = telling("cert", severity="medium", cert=replace(PARTIES["cert"], severities=()))
    assert len(passing(model, 40, "First notice outside")) == 1


# The daily word (CO-2)


def test_the_daily_word_is_due_every_calendar_day_from_the_confirmation_on() -> None:
    """CO-2: whatever the severity, holidays and Sundays among them."""
    for severity in ("high", "low"):
        model = telling("isso", severity=severity)
        assert due(model, "CO-2") == "02 16:00"
        for day in ("03", "04", "05", "06", "07", "08", "09"):
            model.told("ben", "/told isso by mail: nothing new", after=60 * 24 if day != "03" else 60 * 10)
            assert due(model, "CO-2") == f"{day} 16:00"


def test_a_missed_daily_word_is_asked_for_again_every_day() -> None:
    """CO-2: the deputy once, and then whoever owes it, at the same time of day until it is given."""
    model = telling("isso")
    said = [heard for heard in until(model, START + timedelta(days=4)) if "Daily word outside" in heard.text]
    assert [(heard.at, "cat" in heard.asked) for heard in said] == [
        ("Mon 02 Mar 16:00", False),
        ("Mon 02 Mar 17:00", True),
        ("Tue 03 Mar 16:00", False),
        ("Wed 04 Mar 16:00", False),
        ("Thu 05 Mar 16:00", False),
    ]


def test_a_word_late_in_the_evening_is_that_days_word() -> None:
    """CO-2: calendar days of the policy's zone, not twenty-four hours."""
    model = telling("isso")
    model.told("ben", "/told isso", after=60 * 25)
    assert due(model, "CO-2") == "03 16:00"
    model.told("ben", "/told isso", after=60)
    assert due(model, "CO-2") == "04 16:00"


def test_a_confirmation_just_before_the_time_of_day_leaves_half_an_hour_at_least() -> None:
    """CO-2: else it is tomorrow's."""
    model = opened(policy=policy_telling("isso", zone="UTC"))
    model.told("ben", "/ack")
    model.told("ben", "/confirm low", after=12 * 60 + 30)  # 15:41 UTC
    assert due(model, "CO-2") == "03 16:00"


def test_the_daily_word_keeps_its_hour_when_the_clocks_change() -> None:
    """CO-2: the night of 8 March has no half past two in New York; the day comes all the same."""
    model = telling("isso", isso=Party("the ISSO", daily=time(2, 30)))
    model.told("ben", "/told isso", after=60 * 24 * 6)
    assert due(model, "CO-2") == "08 03:00"
    model.told("ben", "/told isso", after=60 * 24)
    assert due(model, "CO-2") == "09 02:30"


def test_the_daily_word_ends_with_the_resolution() -> None:
    """CO-2: it is for what is open and active."""
    model = telling("isso")
    model.told("ben", "/resolve")
    assert due(model, "CO-2") is None


def test_an_event_that_nobody_has_confirmed_is_not_reported_daily() -> None:
    """CO-2: it runs from the confirmation."""
    model = opened(policy=policy_telling("isso"))
    model.told("ben", "/ack")
    assert due(model, "CO-2") is None


def test_the_daily_word_is_asked_for_with_its_text_when_it_is_due() -> None:
    """CO-2: at four in the afternoon, of whoever writes the sitreps."""
    model = telling("isso", severity="low")
    model.told("cat", "/take co")
    model.wait(60 * 17 + 45)
    model.told("cat", "/sitrep still reading the logs, next tomorrow")
    said = passing(model, 10, "Daily word outside")
    assert [(at, mentioned(words)) for at, words in said] == [("16:00", ["cat"])]
    assert "cat" in said[0][1]
    assert "still reading the logs" in said[0][1]


def test_parties_that_are_due_alike_stand_in_one_row() -> None:
    """CO-2: the board stays short."""
    model = telling("isso", "readers")
    assert "| Daily word outside: the ISSO, the readers | ben |" in model.board


# Customers (CO-7)


def test_customers_are_told_within_a_quarter_of_an_hour() -> None:
    """CO-7: from the moment somebody names them, before it is due and after."""
    model = telling("customers")
    assert due(model, "CO-7") is None
    model.told("ben", "/tell customers nobody can log in", after=5)
    assert due(model, "CO-7") == "01 22:31"
    said = passing(model, 30, "Word while customers are affected")
    assert [(at, mentioned(words)) for at, words in said] == [("22:26", ["ben"]), ("22:41", ["cat"])]
    assert "through the product owner" in model.board


def test_the_contingency_plan_starts_the_hours() -> None:
    """CO-7: whatever chapter said that it is on, or not needed after all."""
    model = telling("customers", "cert")
    model.told("ben", "/tell customers\n/told customers on the status page")
    model.told("ben", "/contingency activate the region is gone", after=10)
    assert due(model, "CO-7") == "01 23:22"
    model.told("ben", "/contingency not-needed it came back")
    assert due(model, "CO-7") is None


def after(model: Model, call: str, args: dict[str, object], minutes: float = 30) -> Incident:
    """The model's incident after one more entry, of whichever chapter its call is."""
    at = model.now + timedelta(minutes=minutes)
    entry = replace(model.entries[-1], n=900, call=call, args=args, at=at, verdict="accepted", happened_at=None)
    return noticed(model.incident, entry)


def test_an_impact_on_customers_is_the_occasion_until_it_is_taken_back() -> None:
    """CO-7: since its first word."""
    model = telling("customers")
    hit = after(model, "impact", {"impact": ["availability", "customers"]})
    assert concerned(hit) == ("customers",)
    assert [(s.about, s.since) for s in CLOCKS["CO-7"].starts(hit)] == [("customers", model.now + 30 * MINUTE)]
    for taken_back in ("not customers", "none"):
        entry = replace(model.entries[-1], n=901, call="impact", args={"impact": [taken_back]})
        assert concerned(noticed(hit, entry)) == ()


def test_exposed_information_is_an_occasion_too() -> None:
    """CO-4: for a party that is told of nothing else."""
    model = telling(owner=Party("the owner of the data", when="exposure", within=HOUR))
    assert concerned(model.incident) == ()
    exposed = after(model, "impact", {"impact": ["exposure"]})
    assert [(s.about, s.due) for s in CLOCKS["IN-9"].starts(exposed)] == [("owner", model.now + 90 * MINUTE)]


def test_the_first_notice_counts_from_when_somebody_says_they_were_aware() -> None:
    """IN-9: a later word on it replaces an earlier one."""
    model = telling("cert")
    told = after(model, "aware", {}, minutes=-20)
    told = noticed(told, replace(model.entries[-1], n=901, call="aware", at=model.now - 10 * MINUTE))
    assert [(s.about, s.due) for s in CLOCKS["IN-9"].starts(told)] == [("cert", model.now + 50 * MINUTE)]


def test_a_message_by_a_channel_reaches_those_whose_channel_it_is() -> None:
    """CO-5: not what only rings for the team."""
    model = telling("cert", news=Party("the newsroom", channels=("hook",)))
    assert set(after(model, "sent", {"channel": "hook", "kinds": ["sitrep"]}).outside.told) == {"news"}
    assert not after(model, "sent", {"channel": "hook", "kinds": ["page"]}).outside.told
    assert not after(model, "sent", {"channel": "hook", "action": "trigger"}).outside.told
    assert not after(model, "sent", {"channel": "other", "kinds": ["sitrep"]}).outside.told


def with_occasion(model: Model, occasion: str, minutes: float) -> Model:
    """The model's incident as it would be with an occasion on since some minutes after the opening."""
    incident = model.incident
    mark = Fact(START + timedelta(minutes=minutes), "ben", 3)
    occasions = {**incident.outside.occasions, occasion: mark}
    model.changed = replace(incident, outside=replace(incident.outside, occasions=occasions))  # type: ignore[attr-defined]
    return model


def starts(model: Model, rule: str) -> list[tuple[str, float]]:
    """Which parties a clock runs for, and the minutes from the opening until it is due."""
    incident = getattr(model, "changed", model.incident)
    found = CLOCKS[rule].starts(incident)
    return [(s.about, ((s.due or s.since) - START) / timedelta(minutes=1)) for s in found]


def test_customers_are_concerned_once_they_are_affected() -> None:
    """CO-7: the impact on customers is the occasion, without anybody naming them."""
    model = with_occasion(telling("customers"), "customers", 20)
    assert starts(model, "CO-7") == [("customers", 35)]


def test_customers_are_told_hourly_during_a_contingency() -> None:
    """CO-7: from the last word to them, or the contingency's beginning."""
    model = telling("customers")
    model.told("ben", "/tell customers")
    model.told("ben", "/told customers on the status page", after=7)
    assert due(model, "CO-7") is None
    assert starts(with_occasion(model, "contingency", 30), "CO-7") == [("customers", 90)]
    assert starts(with_occasion(model, "contingency", 2), "CO-7") == [("customers", 69)]


def test_without_a_time_of_its_own_the_policys_quarter_of_an_hour_holds() -> None:
    """CO-7: `within` may be left out."""
    model = telling(page=Party("status page", when="customers"))
    model.told("ben", "/tell status page")
    assert due(model, "CO-7") == "01 22:27"


# Whoever else (CO-4, CO-8, IN-14)


def test_somebody_named_is_to_be_told_until_they_were() -> None:
    """CO-4: whether the policy knows them or not; a name of several words stands in quotes."""
    model = telling("legal")
    assert "Still to be told" not in model.board
    model.told("ben", '/tell legal they must know\n/tell "Acme Corp" their records are in it\n/tell the CISO')
    assert "**Still to be told:** legal, Acme Corp, CISO. Then `/told legal` and how, or `/told all`." in model.board
    model.told("cat", "/told legal, and the rest later")
    model.told("cat", "/told acme-corp by phone")
    assert "**Still to be told:** CISO." in model.board
    model.told("cat", "/told all")
    assert "Still to be told" not in model.board


def test_naming_somebody_again_makes_them_to_be_told_again() -> None:
    """CO-4: there is something new for them."""
    model = telling("legal")
    model.told("ben", "/tell legal")
    model.told("ben", "/told legal")
    model.told("ben", "/tell legal now it is personal data")
    assert [item.key for item in owed(model.incident)] == ["legal"]


def test_the_parents_own_process_is_an_item_with_who_and_when() -> None:
    """IN-14: from the acknowledgement on, before anything is confirmed."""
    model = opened(policy=policy_telling("parent"))
    assert "GSA IR" not in model.board
    model.told("ben", "/ack")
    assert "**Still to be told:** GSA IR (starts a process of their own)" in model.board
    assert "- GSA IR: cat (it starts a process of their own); then `/told parent`" in model.board
    model.told("ben", "/told gsa ir their ticket is 4711")
    assert "GSA IR" not in model.board


def test_an_item_says_who_tells_whom_by_when_and_where() -> None:
    """CO-8: the owner by role or login, the way, and the exact text; the contact is for those inside only."""
    model = telling("cert", "isso")
    model.told("cat", "/take co")
    assert "- national CERT: cat; the form, by 23:11 EST (04:11 UTC); then `/told cert`" in model.board
    assert "- the ISSO: cat, by Mon 02 Mar 16:00 EST (21:00 UTC); then `/told isso`" in model.board
    model.put(private=False)
    model.told("ben", "/ack")
    assert "the form" not in model.board


def test_a_party_can_have_words_of_its_own() -> None:
    """CO-8: with what the record knows filled in."""
    says = "{title} (#{number}) is {status} at {severity}, {contained}; {commander}; {sitrep}{waiting} {link}"
    model = telling(po=Party("the product owner", says=says))
    model.told("ben", "/sitrep key revoked, logs are being read")
    words = (
        "Odd mail (#1) is confirmed at high, not contained; ben; key revoked, logs are being read https://github.test"
    )
    assert words in model.board


INSIDE = ("ben", "cat", "rae", "high", "#1", "Odd mail", "key revoked", "http", "mark", "vendor")
"""What nobody outside the confidence of the team is to read of the incident below."""


def word_for(model: Model, key: str) -> str:
    """The ready text for a party."""
    return notice_text(Scene(model.incident, model.record, model.policy, model.issue), key)


def test_the_public_reads_no_name_no_severity_no_sitrep_and_no_link() -> None:
    """CL-6: from the first word until it is over; the times, and when the next word comes, are all there is."""
    model = telling("customers", "cert")
    model.told("ben", "/tell customers\n/sitrep key revoked with cat, waiting for the vendor\n/wait 1 h for the vendor")
    known = "We have known since Sun 01 Mar 22:10 EST (03:10 UTC) that something"
    said = {"first": word_for(model, "customers")}
    assert said["first"] == f"{known} is not as it should be, and are working on it. We write again when it is over."
    assert f"> {said['first']}" in model.board
    model.told("ben", "/told customers\n/contained 22:12\n/contingency activate the region is gone")
    said["contained"] = word_for(model, "customers")
    assert "It has been under control since Sun 01 Mar 22:12 EST (03:12 UTC), and we" in said["contained"]
    assert "We write again within 1 h." in said["contained"]
    model.told("ben", "/resolve")
    said["over"] = word_for(model, "customers")
    assert said["over"].startswith(f"{known} was not as it should be. It has been over since Sun 01 Mar 22:14 EST")
    for text in said.values():
        assert [word for word in INSIDE if word in text] == []
    assert "Security incident #1" in word_for(model, "cert")


def test_what_the_public_is_told_is_kept_word_for_word() -> None:
    """CO-5, CL-6: the text that stood ready, in the ledger."""
    model = telling("customers")
    model.told("ben", "/tell customers")
    model.told("ben", "/told customers on the page")
    model.told("ben", "/told customers")
    known = "We have known since Sun 01 Mar 22:10 EST (03:10 UTC) that something is not as it should be"
    same = "Nothing has changed that we know of since we last wrote."
    text = f"{known}, and are working on it. {same} We write again when it is over."
    assert [row.text for row in told_of(model)] == ["on the page", text]


def test_the_public_reads_first_what_a_person_wrote_for_it() -> None:
    """CL-6: with `/public`, masked as in the report; not after a false alarm, of which it is not true."""
    model = telling("customers")
    model.told("ben", "/tell customers\n/told customers\n/public The shop was slow, says ben. Orders are safe.")
    for said, over in (("still at it", False), ("/resolve", True)):
        model.told("ben", said)
        first, then = word_for(model, "customers").split("\n\n")
        assert first == "The shop was slow, says [person]. Orders are safe."
        assert ("It has been over since" in then) == over
    harmless = opened(policy=policy_telling("customers"))
    harmless.told("ben", "/tell customers\n/told customers\n/public The shop is slow.")
    harmless.told("ben", "/false-alarm planned work")
    assert word_for(harmless, "customers").startswith("What we told you of was a false alarm, settled Sun 01 Mar")


def test_the_public_that_is_told_daily_reads_at_what_time() -> None:
    """CL-6, CO-2: as a time of day, which is true whenever it is sent."""
    model = telling(press=Party("the press", public=True, daily=time(16)))
    assert "We write again every day by 16:00 (America/New_York) until it is over." in word_for(model, "press")


@pytest.mark.parametrize(
    ("party", "public"),
    [
        (Party("customers", when="customers"), True),
        (Party("the owner of the data", when="exposure"), True),
        (Party("the owner of the data", when="exposure", public=False), False),
        (Party("the shop's own people", when="customers", here=True), False),
        (Party("legal", when="named"), False),
        (Party("those in the list", when="named", public=True), True),
        (None, True),
    ],
)
def test_who_is_outside_the_confidence_of_the_team(party: Party | None, public: bool) -> None:
    """CL-6: those whom it hit, and whoever the policy does not know, unless it says otherwise."""
    model = telling(**({"acme": party} if party else {}))
    assert word_for(model, "acme").startswith("We have known since" if public else "Security incident #1")


def test_the_report_is_due_to_whoever_wants_it_a_week_after_closing() -> None:
    """CO-8: the after-action mail; told, it is done."""
    model = telling("isso")
    model.told("ben", "/told isso")
    model.told("ben", "/resolve\n/close")
    assert due(model, "CO-8") == "08 23:13"  # the clocks have changed meanwhile
    model.wait(60 * 24 * 7)
    assert model.heard() == ""  # the evening; what is over waits for the working day
    model.wait(60 * 10)
    assert "**Report to those outside: the ISSO:** due" in model.heard()
    model.told("ben", "/told isso by mail: the report")
    assert due(model, "CO-8") is None


def test_a_policy_without_parties_says_nothing_of_any() -> None:
    """CO-4: nothing that is empty is shown."""
    board = confirmed().board
    assert "told" not in board
    assert "Ready to send" not in board


def test_a_policy_may_drop_a_party_that_was_told() -> None:
    """CO-5: what was told stays told, by the name it had then."""
    model = telling("cert")
    model.told("ben", "/told cert")
    model.policy = policy_with()
    model.told("ben", "/resolve")
    assert "**Still to be told:** national CERT (that it is over)" in model.board


# Until it is over (CO-5)


def test_everyone_who_was_told_is_to_hear_that_it_is_over() -> None:
    """CO-5: at the resolution, until `/told`; the ready text says so."""
    model = telling("legal")
    model.told("ben", "/told legal\n/told the CISO by phone")
    model.told("ben", "/resolve")
    assert "**Still to be told:** legal (that it is over), CISO (that it is over)" in model.board
    assert "> Security incident #1, Odd mail: it is over, resolved Sun 01 Mar 22:13 EST" in model.board
    model.told("ben", "/told all by mail: it is over, thank you")
    assert "Still to be told" not in model.board


@pytest.mark.parametrize(
    "typed",
    [
        "/told isso 22:10 by mail: it is over\n/resolve the key is gone",
        "/resolve the key is gone\n/told isso 22:10 by mail: it is over",
        "/told isso 22:10 by mail: it is over\n/close the key is gone",
    ],
)
def test_whoever_is_told_in_the_comment_that_ends_it_knows_that_it_is_over(typed: str) -> None:
    """CO-5: in either order, and though they were told minutes before; the others still do not know."""
    model = telling("isso", "legal")
    model.told("ben", "/told isso\n/told legal")
    model.told("ben", typed, after=20)
    assert [item.key for item in owed(model.incident) if item.why == "over"] == ["legal"]
    assert "the ISSO (that it is over)" not in model.board
    model.told("ben", "/reopen the key is used again" if "/close" in typed else "/confirm")
    model.told("ben", "/resolve it is gone for good")
    assert {item.key for item in owed(model.incident) if item.why == "over"} == {"isso", "legal"}


def test_the_ready_text_of_before_the_end_does_not_tell_of_it() -> None:
    """CO-5: `/told` without words means the text that stood there, which said that it goes on."""
    model = telling("isso")
    model.told("ben", "/told isso 22:10\n/resolve", after=20)
    assert "the ISSO (that it is over)" in model.board
    model.told("ben", "/told isso")
    assert "(that it is over)" not in model.board


def test_the_final_sitrep_is_what_they_are_told() -> None:
    """CO-5: written after the resolution."""
    model = telling("legal")
    model.told("ben", "/told legal")
    model.told("ben", "/resolve\n/sitrep the key is gone everywhere, thank you all")
    assert "it is over, resolved Sun 01 Mar 22:13 EST (03:13 UTC). the key is gone everywhere" in model.board


def test_a_false_alarm_reaches_everyone_who_was_told() -> None:
    """AS-2, CO-5: after the closing too, when facts are still taken."""
    model = telling("legal")
    model.told("ben", "/told legal")
    model.told("ben", "/false-alarm planned maintenance")
    assert "**Still to be told:** legal (that it is over)" in model.board
    assert "this was a false alarm" in model.board
    model.told("ben", "/told legal by mail")
    assert "Still to be told" not in model.board
    assert model.entry("told").verdict == "accepted"


def test_what_is_taken_up_again_is_not_over() -> None:
    """CO-5: re-opened, nobody is told that it is."""
    model = telling("legal")
    model.told("ben", "/told legal\n/resolve")
    model.told("ben", "/reopen the key is used again")
    assert "(that it is over)" not in model.board


def test_those_who_follow_the_issue_are_told_by_every_sitrep() -> None:
    """CO-5: and by the final one."""
    model = telling("readers")
    model.told("ben", "/sitrep key revoked, logs are being read", after=60 * 20)
    assert due(model, "CO-2") == "03 16:00"
    model.told("ben", "/resolve")
    assert "the readers (that it is over)" in model.board
    model.told("ben", "/sitrep all is well again, thank you")
    assert "the readers" not in model.board


# The ledger (CO-5)


def test_the_ledger_has_the_exact_words_the_way_and_the_time() -> None:
    """CO-5: of everybody who was told anything."""
    model = telling("cert", "readers")
    model.told("ben", "/sitrep key revoked, logs are being read")
    model.told("ben", "/told us-cert 22:12 by phone: they opened a case")
    model.told("cat", "/told the CISO")
    rows = [(row.name, row.by, row.way, row.text) for row in told_of(model)]
    assert rows[0] == ("the readers", "ben", "here", "key revoked, logs are being read")
    assert rows[1] == ("national CERT", "ben", "phone", "they opened a case")
    assert rows[2][:3] == ("CISO", "cat", "")
    assert str(rows[2][3]).startswith("We have known since Sun 01 Mar 22:10 EST")
    assert [row.at for row in told_of(model)][1] == START + timedelta(minutes=2)


def test_the_ledger_finds_the_sitrep_that_was_passed_on() -> None:
    """CO-5: by its time, local or UTC, or the last one."""
    model = telling("cert")
    model.told("ben", "/sitrep the first of them, and more", after=1)
    first = model.entry("sitrep").n
    model.told("ben", "/sitrep the second of them, and more", after=30)
    last = model.entry("sitrep").n
    model.told("ben", "/told cert the sitrep of 22:12")
    model.told("ben", "/told cert the sitrep of 03:12 by mail")
    model.told("ben", "/told cert the sitrep")
    assert [(row.sitrep, row.text) for row in told_of(model)] == [
        (first, "the first of them, and more"),
        (first, "the first of them, and more"),
        (last, "the second of them, and more"),
    ]


def test_a_telling_that_is_remembered_late_is_in_the_ledger_and_makes_nothing_older() -> None:
    """CO-5: a fact is never refused, and the newest word stays the newest."""
    model = telling("cert")
    model.told("ben", "/told cert")
    newest = model.incident.outside.told["cert"]
    model.told("ben", "/told cert 22:10 by phone")
    assert model.incident.outside.told["cert"] == newest
    assert [row.at for row in told_of(model)] == [START + timedelta(minutes=2), START]


def test_a_purged_text_is_gone_from_the_ledger() -> None:
    """CO-5: the fact stays, the words do not."""
    model = telling("cert")
    comment = model.say("ben", "/told cert about the whole of it")
    model.run()
    model.delete(comment, by="ben")
    model.run()
    assert [(row.name, row.text) for row in told_of(model)] == [("national CERT", None)]


def test_the_ledger_names_those_who_were_never_told() -> None:
    """CO-5: for the report."""
    model = telling("cert", "legal")
    model.told("ben", "/tell legal\n/tell the CISO\n/told the CISO")
    assert set(never_told(model.incident, told_of(model))) == {"legal", "national CERT"}


def test_refused_calls_tell_nobody() -> None:
    """CO-5: a stranger's word stops no clock."""
    model = telling("cert")
    assert "is for the team" in model.told("zoe", "/told cert")
    assert told_of(model) == ()
    assert due(model, "IN-9") is not None


# How people are named


@pytest.mark.parametrize(
    ("typed", "party", "text"),
    [
        ("/told us-cert", ["cert"], None),
        ("/told US CERT by mail", ["cert"], "by mail"),
        ("/told national cert", ["cert"], None),
        ("/told the ISSO: by mail", ["isso"], "by mail"),
        ("/told isso, cert and legal", ["isso", "cert", "legal"], None),
        ("/told isso and nobody else", ["isso"], "and nobody else"),
        ("/told everyone by mail", ["all"], "by mail"),
        ("/told @rae in person", ["rae"], "in person"),
        ('/told "Acme Corp" by phone', ["Acme Corp"], "by phone"),
        ("/informed legal", ["legal"], None),
    ],
)
def test_parties_are_named_as_people_name_them(typed: str, party: list[str], text: str | None) -> None:
    """CO-4: by key, name or alias, several at once, or by a name of one's own."""
    model = telling("cert", "isso", "legal")
    model.told("ben", typed)
    entry = model.entry("told")
    assert entry.verdict == "accepted"
    assert entry.args["party"] == party
    if text is not None:
        assert model.record.text_of(entry.n) == text


@pytest.mark.parametrize("typed", ["/told", "/told 22:12 cert", "/tell ,", "/told AKIAABCDEFGHIJKLMNOP"])
def test_a_call_that_names_nobody_is_asked_about(typed: str) -> None:
    """CO-4: with what to type; nothing sensitive becomes a name (IN-11)."""
    model = telling("cert")
    said = model.told("ben", typed)
    assert model.entries[-1].verdict == "refused" or model.entries[-2].verdict == "refused"
    assert "AKIA" not in said + model.board


def test_the_fold_keeps_track_of_forty_parties_at_most() -> None:
    """CO-5: the head of the record stays small; the ledger has them all."""
    model = telling("cert")
    for batch in range(3):
        model.told("ben", "\n".join(f"/told party-{chr(97 + batch)}{chr(97 + n)} by mail" for n in range(18)))
    assert len(model.incident.outside.told) == 40
    assert len(told_of(model)) == 54


# What the policy can say


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"name": " "}, "needs a name"),
        ({"name": "x", "within": timedelta(minutes=1)}, "within must be at least 5m"),
        ({"name": "x", "every": timedelta(minutes=1)}, "every must be at least 5m"),
        ({"name": "x", "after_action": timedelta()}, "after_action must be at least 5m"),
        ({"name": "x", "here": True, "public": True}, "a party is either `here` or `public`"),
        ({"name": "x", "says": "{titel}"}, "{titel} in `says` is filled in by nothing; known are {number}"),
    ],
)
def test_a_party_that_could_not_be_told_is_refused(wrong: dict[str, object], message: str) -> None:
    """CO-4: when the policy is read, with words that help."""
    with pytest.raises(ValueError, match=re.escape(message)):
        Party(**wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("key", "party", "message"),
    [
        ("US CERT", PARTIES["cert"], "is no key"),
        ("all", PARTIES["cert"], "is no key"),
        ("cert", Party("x", owner="the boss"), "is neither a role nor a login"),
    ],
)
def test_a_party_that_could_not_be_named_is_refused(key: str, party: Party, message: str) -> None:
    """CO-4: a key is what people type."""
    with pytest.raises(ValueError, match=message):
        shaped(Tables, plain(policy_with(parties={key: party}).tables()))


def test_a_rung_is_before_or_after_never_both() -> None:
    """IN-9: a step before the due time has a negative offset."""
    assert Rung(before=timedelta(minutes=30)).offset == -timedelta(minutes=30)
    with pytest.raises(ValueError, match="either before"):
        Rung(after=HOUR, before=HOUR)


def test_a_record_pinned_before_there_were_parties_has_no_such_clocks() -> None:
    """CO-4: tables of an older program still read, and nothing of theirs changes."""
    policy = policy_telling("cert")
    older = {rule: times for rule, times in policy.clocks.items() if rule not in WHY}
    model = confirmed(policy=replace(policy, clocks=older))
    assert due(model, "IN-9") is None
    assert concerned(model.incident) == ("cert",)
    assert "**Still to be told:** national CERT" in model.board
