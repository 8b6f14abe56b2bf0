"""The outbox: channels hear what they should, once, and what they did not take is not forgotten (IN-6, CO-4, CO-5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from irp_actions.edges.reconcile import DONE, OURS, reconcile
from irp_actions.rules.chain import mark
from irp_actions.rules.verify import verify
from irp_actions.values.changes import Tell as TellChange
from irp_actions.values.channels import Channel, Tell
from irp_actions.values.outbox import Message
from irp_actions.values.parties import Party
from tests.model import START, Loss, Model, opened, policy_with
from tests.model_channels import CHANNELS, Channels, reported, wired


def last(channels: Channels, channel: str) -> Message:
    """What a channel took last."""
    return channels.of(channel)[-1]


def receipts(model: Model) -> list[tuple[str, str, str]]:
    """The ledger's entries: call, channel, key."""
    return [(e.call, e.args["channel"], e.args["key"]) for e in model.entries if e.call in ("sent", "unsent")]


# The pager


def test_the_opening_rings_the_pager_in_the_same_run() -> None:
    """IN-6: at once, with one alert for the issue, and the board says so."""
    model, channels = reported()
    assert channels.rung == [("trigger", "")]
    assert last(channels, "oncall").subject == "Security event reported: Odd mail"
    assert "oncall, rung at 03:10 UTC" in model.board


def test_the_first_sign_of_life_answers_the_alert() -> None:
    """IN-7: any word of the team, not only `/ack`."""
    model, channels = reported()
    model.told("ben", "looking")
    assert channels.rung == [("trigger", ""), ("acknowledge", "")]
    assert "oncall, rung and answered at 03:11 UTC" in model.board


@pytest.mark.parametrize("login", ["rae", "zoe"])
def test_the_words_of_others_do_not_answer_it(login: str) -> None:
    """IN-7: the reporter asking again is not the team answering."""
    model, channels = reported()
    model.told(login, "anybody there?")
    assert channels.rung == [("trigger", "")]


@pytest.mark.parametrize("end", ["/false-alarm", "/resolve", "/close", "/confirm\n/resolve\n/close"])
def test_the_alert_ends_when_nobody_need_act_any_more(end: str) -> None:
    """IN-6: whatever the end is, and only once."""
    model, channels = reported()
    model.told("ben", "looking")
    model.told("ben", end)
    model.told("ben", "thanks all")
    model.run()
    assert channels.rung == [("trigger", ""), ("acknowledge", ""), ("resolve", "")]


def test_an_alert_is_ended_without_ever_being_answered() -> None:
    """IN-6: closed as nothing by its first word."""
    model, channels = reported()
    model.told("ben", "/false-alarm planned")
    assert channels.rung == [("trigger", ""), ("resolve", "")]


def test_nobody_is_woken_for_what_somebody_has_in_hand() -> None:
    """IN-6: the tick *I am handling this now* is the sign of life."""
    model, channels = wired()
    model.open("ben", body="### What is going on?\n\nOdd mail\n\n### Are you on it?\n\n- [x] I am handling this now\n")
    model.run()
    assert channels.rung == []
    assert channels.told == [("opened", "acknowledged")]


def test_a_reopened_incident_does_not_ring_by_itself() -> None:
    """IN-6: whoever reopens it is there; the clocks wake the others."""
    model, channels = reported()
    model.told("ben", "/confirm high")
    model.told("ben", "/resolve")
    model.told("ben", "/reopen")
    assert channels.rung == [("trigger", ""), ("acknowledge", ""), ("resolve", "")]


# Waking people by name


def test_each_rung_is_an_alert_of_its_own_that_names_whom_to_wake() -> None:
    """IN-7: a rung rings though somebody silenced the one before, and takes its place."""
    model, channels = reported()
    for _ in range(20):
        model.wait(1)
        model.run()
    pages = [m for m in channels.of("oncall") if m.kinds == ("page",)]
    assert [(m.at - START, m.who) for m in pages] == [
        (timedelta(minutes=10), ("ben",)),
        (timedelta(minutes=15), ("cat",)),
        (timedelta(minutes=20), ("ana", "ben", "cat")),
    ]
    assert [m.ends for m in pages] == [(), (pages[0].alert,), (pages[1].alert,)]
    assert len({m.alert for m in pages}) == 3
    assert "Nobody has answered this report: Odd mail" in {m.subject for m in pages}


def test_hours_without_a_run_ring_once() -> None:
    """IN-7: a catch-up is one page for all rungs that were missed."""
    model, channels = wired()
    model.open()
    model.wait(300)
    model.run()
    assert [m.topic for m in channels.of("oncall")] == ["alert", "page:IN-7"]


def test_everyone_is_rung_again_every_hour_until_somebody_answers() -> None:
    """IN-7: a silent tool at 03:10 is the worst failure there is (law 3)."""
    model, channels = reported()
    for _ in range(4):
        model.wait(61)
        model.run()
    assert len({m.alert for m in channels.of("oncall") if m.action == "trigger"}) == 5


def test_an_answer_ends_what_rings() -> None:
    """IN-7: the main alert is answered, the page of the rung is over."""
    model, channels = reported()
    model.wait(10)
    model.run()
    model.told("cat", "here")
    rung = "/IN-7:20260302T0320Z:0"
    assert channels.rung == [("trigger", ""), ("trigger", rung), ("acknowledge", ""), ("resolve", rung)]
    assert "page" not in str(model.incident.delivered)


def test_silence_wakes_the_next_person() -> None:
    """RO-7: the commander is asked first, here only; ten minutes later the pager rings for the next."""
    model, channels = reported()
    model.told("ben", "/confirm high")
    model.told("cat", "me too")
    model.told("ben", "/sitrep fine")
    model.wait(30)
    model.run()
    assert not any(m.topic == "page:RO-7" for m in channels.taken)
    model.wait(10)
    model.run()
    page = next(m for m in channels.of("oncall") if m.topic == "page:RO-7")
    assert page.who == ("cat",)
    assert page.subject.startswith("No word from ben since 03:13 UTC")
    model.told("cat", "I am here")
    assert channels.rung[-1] == ("resolve", page.alert.removeprefix("irp/acme/incidents#1"))


def test_an_offer_that_nobody_answers_wakes_the_one_it_is_for() -> None:
    """HO-2: at high after ten minutes; a sign of life ends the ringing though the offer still stands."""
    model, channels = reported()
    model.told("ben", "/confirm high")
    model.told("cat", "here too")
    model.told("ben", "/handoff ic @ana night shift")
    model.wait(10)
    model.run()
    page = next(m for m in channels.of("oncall") if m.topic.startswith("page:HO-2"))
    assert page.who == ("ana",)
    model.told("ana", "give me five minutes")
    assert channels.rung[-1] == ("resolve", page.alert.removeprefix("irp/acme/incidents#1"))
    model.run()
    assert channels.rung[-1][0] == "resolve"
    model.told("ana", "/accept")
    assert len([m for m in channels.of("oncall") if m.topic.startswith("page:HO-2")]) == 2


def test_at_medium_nobody_is_woken_by_a_clock() -> None:
    """CO-4: the packaged rows wake people at high, and at unknown, which acts as high."""
    model, channels = reported()
    model.told("ben", "/confirm medium")
    model.told("ben", "/handoff ic @ana")
    model.wait(24 * 60)
    model.run()
    assert not any(m.kinds == ("page",) for m in channels.taken)


def test_alone_for_twenty_minutes_wakes_the_next_person() -> None:
    """RO-1: longer than that, and somebody has to be recruited; whoever comes ends it."""
    model, channels = reported()
    model.told("ben", "/confirm high")
    model.say("ben", "still on it", after=19)
    model.run()
    assert not any(m.topic == "page:RO-1" for m in channels.taken)
    model.wait(1)
    said = model.heard()
    page = next(m for m in channels.of("oncall") if m.topic == "page:RO-1")
    assert page.who == ("cat",)
    assert page.subject == "ben works alone on this and needs help: Odd mail"
    assert "@cat" in said
    model.told("cat", "coming")
    assert channels.rung[-1][0] == "resolve"


# The webhook


def test_a_webhook_is_told_what_changed_with_the_seven_fields() -> None:
    """IN-6: description, status, severity, reporter, commander, responders, details; and the link."""
    model, channels = reported()
    model.told("ben", "/confirm high the key was used")
    message = last(channels, "chat")
    assert channels.told == [("opened",), ("confirmed", "severity", "acknowledged")]
    assert message.fields == {
        "description": "Odd mail",
        "status": "confirmed",
        "severity": "high",
        "reporter": "rae",
        "ic": "ben",
        "responders": "ben",
        "details": "A strange mail.",
    }
    assert message.subject == "Confirmed security incident, severity high: Odd mail"
    assert "the key was used" in message.text
    assert message.text.endswith(f"{model.issue.url} (mark {mark(model.record)})")  # CL-7


def test_every_chapter_of_an_incident_is_told_once() -> None:
    """CO-4: from the opening to the end, and what two runs would say alike is said by one."""
    model, channels = reported()
    for who, text in (
        ("ben", "on it"),
        ("ben", "/confirm high"),
        ("ben", "/sitrep key revoked"),
        ("ben", "/contained 03:12"),
        ("ben", "/handoff ic @cat go"),
        ("cat", "/accept"),
        ("cat", "/sev low"),
        ("cat", "/resolve"),
        ("cat", "/reopen"),
        ("cat", "/close the report has it"),
    ):
        model.told(who, text)
        model.run()
    assert channels.told == [
        ("opened",),
        ("acknowledged",),
        ("confirmed", "severity"),
        ("sitrep",),
        ("contained",),
        ("handoff",),
        ("severity",),
        ("resolved",),
        ("reopened",),
        ("closed",),
    ]
    assert "the report has it" in last(channels, "chat").text


def test_a_false_alarm_reaches_whoever_was_told() -> None:
    """AS-2, CO-5: with the reason in plain words."""
    model, channels = reported()
    model.told("ben", "/false-alarm a planned change")
    assert channels.told[-1] == ("false-alarm", "acknowledged")
    assert "a planned change" in last(channels, "chat").text


def test_a_sitrep_goes_out_word_for_word() -> None:
    """CO-3, CO-5: the ledger has the exact text beside the chain."""
    model, channels = reported()
    model.told("ben", "/confirm high\n/sitrep key revoked; logs being read")
    entry = model.entry("sent")
    text = model.record.text_of(entry.n)
    assert text is not None
    assert "key revoked; logs being read" in text
    assert text == f"{last(channels, 'chat').subject}\n{last(channels, 'chat').text}"


def test_a_channel_added_later_gets_one_summary_and_no_old_stories() -> None:
    """CO-4: while it goes on, one message; of what is over, nothing."""
    going_on, over = opened(), opened()
    for model in (going_on, over):
        model.told("ben", "/confirm high")
    over.told("ben", "/close")
    for model, expected in ((going_on, 1), (over, 0)):
        channels = Channels()
        model.policy = replace(policy_with(), channels={"chat": CHANNELS["chat"]})
        model.post = channels  # type: ignore[assignment]
        model.run()
        model.run()
        assert len(channels.taken) == expected


def test_what_was_taken_back_is_told_too() -> None:
    """CO-5: `/undo` cannot unsend a message, so whoever had it hears that it holds no more."""
    model, channels = reported()
    model.told("ben", "on it")
    model.told("ben", "/confirm high")
    model.told("ben", "/undo")
    assert channels.told[-1] == ("undone",)
    assert last(channels, "chat").subject == "Taken back, now investigating at severity unknown: Odd mail"
    model.run()
    assert channels.told.count(("undone",)) == 1


def test_a_call_for_help_that_was_taken_back_rings_no_more() -> None:
    """RO-1: `/undo` of `/page` ends its alert."""
    model, channels = reported()
    model.told("ben", "/page @cat")
    model.told("ben", "/undo")
    assert [action for action, _ in channels.rung][1:] == ["acknowledge", "trigger", "resolve"]


def test_a_party_whose_channel_it_is_has_been_told() -> None:
    """CO-5: the ledger of those outside knows what reached them by a channel, and a page is no such thing."""
    party = Party("the assessors", channels=("chat",))
    model, channels = wired()
    model.policy = replace(model.policy, parties={"assessors": party}, digest="with parties")
    model.open()
    model.run()
    assert model.incident.outside.told["assessors"].n == model.entry("sent").n
    told = model.incident.outside.told["assessors"]
    model.wait(10)
    model.run()
    assert channels.told[-1] == ("page",)
    assert model.incident.outside.told["assessors"] == told


# Who hears what


def test_rows_say_who_hears_what_at_which_severity() -> None:
    """CO-4: by a channel's name or its kind; `high` covers unknown, and a later severity is caught up with."""
    rows = (
        Tell(("opened", "sitrep"), ("managers",), ("high",)),
        Tell(("sitrep",), ("webhook",), ("medium",)),
    )
    model, channels = reported(channels={"managers": Channel("webhook"), "team": Channel("webhook")}, tells=rows)
    assert [(m.channel, m.kinds) for m in channels.taken] == [("managers", ("opened",))]
    model.told("ben", "/confirm medium\n/sitrep one")
    model.told("ben", "/severity high\n/sitrep two")
    heard = [(m.channel, m.kinds) for m in channels.taken[1:]]
    assert heard == [("managers", ("sitrep",)), ("team", ("sitrep",)), ("managers", ("sitrep",))]


def test_without_channels_nothing_happens_and_nothing_is_claimed() -> None:
    """CO-4: the packaged policy has none."""
    model, channels = reported(channels={})
    model.told("ben", "/confirm high")
    assert channels.tried == 0
    assert "Told" not in model.board
    assert model.run().code == DONE


# What is not delivered


def test_what_was_not_taken_is_on_the_board_and_the_run_is_red() -> None:
    """CO-5: somebody must see it (law 3)."""
    model, channels = wired()
    channels.down = {"oncall": "HTTP 500"}
    model.open()
    outcome = model.run()
    assert outcome.code == OURS
    assert "not delivered: oncall (HTTP 500)" in outcome.said
    assert "**Not delivered yet:** oncall, since 03:10 UTC (it answers HTTP 500)" in model.board
    assert receipts(model) == [("unsent", "oncall", "alert:trigger"), ("sent", "chat", "news:2")]


def test_the_next_run_delivers_what_the_last_one_could_not() -> None:
    """CO-5: and the board is clean again."""
    model, channels = wired()
    channels.down = {"oncall": "timeout"}
    model.open()
    model.run()
    channels.down = {}
    model.wait(2)
    assert model.run().code == DONE
    assert channels.rung == [("trigger", "")]
    assert "Not delivered" not in model.board
    assert model.incident.undelivered == {}


def test_trying_again_is_a_time_to_wake() -> None:
    """CO-5: nobody has to write anything for it."""
    model, channels = wired()
    channels.down = {"oncall": "timeout"}
    model.open()
    assert model.run().wakes_at == START + timedelta(minutes=2)


def test_a_channel_that_stays_down_is_noted_once() -> None:
    """CO-5: the record must not grow with every try, though each is made."""
    model, channels = wired()
    channels.down = {"oncall": "HTTP 500"}
    model.open()
    for _ in range(5):
        model.run()
        model.wait(1)
    writes = model.writes
    channels.down = {"oncall": "timeout"}
    model.run()
    assert channels.tried == 6 + 1
    assert model.writes == writes
    assert len([e for e in model.entries if e.call == "unsent"]) == 1


def test_a_refusal_is_told_apart_from_a_failure() -> None:
    """CO-5: an address or a key that is wrong is somebody's to put right."""
    model, channels = wired()
    channels.down = {"chat": "HTTP 500"}
    model.open()
    model.run()
    channels.down = {"chat": "HTTP 401"}
    model.run()
    assert [e.args["why"] for e in model.entries if e.call == "unsent"] == ["HTTP 500", "HTTP 401"]
    assert "its address or key is wrong" in model.board
    assert "since 03:10 UTC" in model.board


def test_an_alert_that_may_have_rung_is_answered_all_the_same() -> None:
    """IN-7: no answer is not no: what timed out may ring."""
    model, channels = wired()
    channels.down = {"oncall": "timeout"}
    model.open()
    model.run()
    channels.down = {}
    model.told("ben", "here")
    assert channels.rung == [("acknowledge", "")]


def test_what_nobody_needs_to_hear_any_more_is_not_tried_again() -> None:
    """CO-5: a page whose clock has stopped is no longer wanted by a webhook, and the board lets go of it."""
    model, channels = reported()
    channels.down = {"chat": "HTTP 500"}
    model.wait(10)
    model.run()
    assert "Not delivered" in model.board
    channels.down = {}
    model.told("ben", "here")
    assert channels.told[-1] == ("acknowledged",)
    assert "Not delivered" not in model.board
    assert model.run().code == DONE


def test_a_run_that_died_before_the_receipt_sends_again_with_the_same_key() -> None:
    """CO-5: at least once; whoever gets it twice can tell."""
    model, channels = wired()
    model.open()
    model.weather = [None, Loss(delayed=True), Loss(delayed=True), Loss(delayed=True)]
    assert model.run().code == OURS
    model.run()
    first, second = channels.of("oncall")
    assert first.id == second.id == "irp/acme/incidents#1/oncall/alert:trigger"
    assert model.run().code == DONE
    assert len(channels.of("oncall")) == 2


def test_a_receipt_whose_write_is_answered_with_an_error_is_not_sent_twice() -> None:
    """CO-5: the same run keeps it until a look has written it."""
    model, channels = wired()
    model.open()
    model.weather = [None, Loss(delayed=True)]
    assert model.run().code == DONE
    assert len(channels.of("oncall")) == 1
    assert ("sent", "oncall", "alert:trigger") in receipts(model)


def test_a_record_that_could_not_be_written_tells_nobody() -> None:
    """CO-5: the record first; what is not in it did not happen."""
    model, channels = wired()
    model.open()
    model.weather = [Loss(delayed=True)] * 3
    assert model.run().code == OURS
    assert channels.tried == 0
    model.run()
    assert channels.rung == [("trigger", "")]


def test_a_second_run_finds_nothing_to_tell() -> None:
    """CO-5: what was taken stands in the record."""
    model, channels = reported()
    model.told("ben", "/confirm high\n/page @cat the database")
    tried = channels.tried
    assert model.run().changes == ()
    assert channels.tried == tried


def test_a_dry_run_says_whom_it_would_tell_and_tells_nobody() -> None:
    """CO-4: a message is a change as any other."""
    model, channels = wired()
    model.open()
    outcome = reconcile(model, 1, model.desk, model.now, dry_run=True)  # type: ignore[arg-type]
    assert [c.message.channel for c in outcome.changes if isinstance(c, TellChange)] == ["oncall", "chat"]
    assert channels.tried == 0


def test_a_record_that_is_filed_still_knows_what_was_told() -> None:
    """CO-5: the fold carries the last receipt of every topic through an archive."""
    model, channels = reported()
    model.told("cat", "here too")
    for _ in range(12):
        model.told("ben", "\n".join("/timeline 03:10 " + "x" * 900 for _ in range(4)), after=3)
    assert model.record.archive is not None
    model.told("ben", "/resolve")
    assert channels.rung == [("trigger", ""), ("acknowledge", ""), ("resolve", "")]
    assert len({message.id for message in channels.taken}) == len(channels.taken)


def test_many_channels_have_room_in_the_record() -> None:
    """CO-5: receipts that one look cannot write are written by the next; nothing is sent twice for want of room."""
    names = {f"chat{place}": Channel("webhook") for place in range(12)}
    model, channels = wired(channels=names)
    model.open(body="### What looks wrong?\n\n" + "word " * 400)
    assert model.run().code == DONE
    model.told("ben", "/confirm high " + "reason " * 140)
    model.run()
    assert model.run().changes == ()
    assert len(channels.taken) == 24
    assert len({message.id for message in channels.taken}) == 24
    assert len(model.head.body) < 60_000


# What goes out


def test_nothing_sensitive_goes_out() -> None:
    """IN-11: neither title nor body nor a command's words."""
    model, channels = wired()
    secret = "password: hunter2hunter2"
    model.open(title=f"my {secret}", body=f"### What looks wrong?\n\n{secret}\n")
    model.run()
    model.told("ben", f"/confirm high {secret}")
    model.told("ben", f"/page @cat {secret}")
    model.told("ben", f"/sitrep {secret}")
    assert secret not in repr(channels.taken)
    assert "(title withheld)" in last(channels, "chat").subject


def test_what_people_typed_mentions_nobody_in_a_chat() -> None:
    """IN-11: nobody rings a whole channel through the form."""
    model, channels = wired()
    model.open(title="@channel <!everyone>\u202e look", body="### What looks wrong?\n\n@here\n")
    model.run()
    text = repr(last(channels, "chat"))
    assert "@channel" not in text
    assert "<!everyone>" not in text
    assert "@here" not in text
    assert "\u202e" not in last(channels, "chat").subject


def test_a_drill_says_so_first() -> None:
    """CL-8: people are called as for a real one; the first word tells them that it is none."""
    model, channels = wired()
    model.open(labels=("irp", "drill"))
    model.run()
    assert [m.subject.split()[0] for m in channels.taken] == ["DRILL", "DRILL"]
    assert all(m.drill for m in channels.taken)
    assert "This is a drill" in last(channels, "chat").text


def test_a_comment_that_is_deleted_takes_what_was_told_with_it() -> None:
    """CO-5, IN-11: the commitment stays, the words go, and the chain is whole."""
    model, _ = reported()
    comment = model.say("ben", "/sitrep the customer is Jane Roe")
    model.run()
    told = model.entry("sent")
    assert "Jane Roe" in (model.record.text_of(told.n) or "")
    model.delete(comment, by="ben")
    model.run()
    assert model.record.text_of(told.n) is None
    assert not [f for f in verify(model.record, model.issue, model.desk.seal) if f.broken]


def test_the_report_says_who_was_told_what_when_and_how() -> None:
    """CO-5: the ledger is in the final comment."""
    model, channels = wired()
    channels.down = {"oncall": "HTTP 500"}
    model.open()
    model.run()
    channels.down = {}
    model.wait(2)
    model.run()
    model.told("ben", "/confirm high\n/page @cat now please")
    model.told("ben", "/close")
    report = model.ours[-1].body
    assert "## Told by channels" in report
    assert "| Mon 02 Mar 03:10 UTC | oncall | opened | not delivered: it answers HTTP 500 |" in report
    assert "| Mon 02 Mar 03:12 UTC | oncall | opened, rung | HTTP 202 |" in report
    assert "| Mon 02 Mar 03:13 UTC | chat | page: cat | HTTP 202 |" in report
