"""`/page` and working alone: whoever needs help gets somebody, and nobody is rung for sport (RO-1, law 3)."""

from __future__ import annotations

import pytest

from irp_actions.values.policy import People
from tests.model import START, Model, confirmed, opened, policy_with
from tests.model_channels import Channels, reported


def verdict(model: Model) -> tuple[str, str]:
    """What became of the last `/page`, and of the standing of who typed it."""
    entry = model.entry("page")
    return entry.verdict, entry.by.standing


def woken(channels: Channels) -> list[tuple[str, ...]]:
    """Whom the pager was rung for by name."""
    return [m.who for m in channels.of("oncall") if m.action == "trigger" and m.kinds == ("page",)]


def test_page_calls_the_one_it_names_here_and_by_the_pager() -> None:
    """RO-1: one comment that mentions them, with the words of who calls, and an alert of its own."""
    model, channels = reported()
    model.told("ben", "/confirm high")
    said = model.told("ben", "/page @cat the database is going")
    line = "@cat: **ben calls you for help.** Please write one line here as soon as you see this."
    assert f"{line}\n> the database is going\n" in said
    assert woken(channels) == [("cat",)]
    message = next(m for m in channels.of("oncall") if m.who == ("cat",))
    assert message.subject == "ben calls for help: Odd mail"
    assert "the database is going" in message.text


def test_page_alone_calls_the_next_who_is_not_here() -> None:
    """RO-1: in the roster's order, then everybody who is not here yet."""
    model, channels = reported()
    model.told("ben", "/confirm high")
    for _ in range(3):
        model.told("ben", "/page")
    assert woken(channels) == [("ana",), ("cat",), ("ana", "cat")]


def test_whoever_is_called_ends_the_ringing_with_any_word() -> None:
    """RO-1: a sign of life is enough."""
    model, channels = reported()
    model.told("ben", "/confirm high")
    model.told("ben", "/page @cat")
    model.told("ben", "still waiting")
    assert not any(action == "resolve" for action, _ in channels.rung)
    model.told("cat", "on my way")
    assert channels.rung[-1] == ("resolve", "/8")
    assert model.incident.called == ()


def test_the_end_of_the_incident_ends_the_ringing() -> None:
    """RO-1: nobody gets up for what is over."""
    model, channels = reported()
    model.told("ben", "/page @cat")
    model.told("ben", "/false-alarm")
    assert [action for action, _ in channels.rung].count("resolve") == 2
    model.told("ben", "thank you all")
    assert [action for action, _ in channels.rung].count("resolve") == 2


def test_at_any_severity_a_person_who_calls_is_heard() -> None:
    """RO-1: who calls by hand means it; only clocks look at the severity."""
    model, channels = reported()
    model.told("ben", "/confirm low")
    model.told("ben", "/page @cat")
    assert woken(channels) == [("cat",)]


def test_the_reporter_may_call_while_nobody_answers() -> None:
    """RO-1: nobody is left alone (law 3), and it does not count as an answer."""
    model, channels = reported()
    model.told("rae", "/page it is getting worse", after=4)
    assert verdict(model) == ("accepted", "outsider")
    assert woken(channels) == [("ana",)]
    assert model.incident.acknowledged is None
    assert [clock.rule for clock in model.incident.clocks] == ["IN-7"]


def test_a_stranger_cannot_ring_more_often_than_the_quiet_allows() -> None:
    """RO-1: once in a quarter of an hour, with what to do instead."""
    model, channels = reported()
    model.told("rae", "/page")
    said = model.told("zoe", "/page", after=14)
    assert "Somebody was called at 03:11 UTC already" in said
    assert len(woken(channels)) == 1 + 1  # IN-7's own rung at ten past
    model.told("zoe", "/page", after=1)
    assert verdict(model)[0] == "accepted"


def test_while_the_team_is_here_only_the_team_calls() -> None:
    """RO-1: the reporter is told who is on it; after ten minutes of silence they may call again."""
    model, _ = reported()
    model.told("ben", "looking", after=1)
    said = model.told("rae", "/page", after=5)
    assert "ben is on it and wrote here less than 10 minutes ago" in said
    model.told("rae", "/page", after=5)
    assert verdict(model)[0] == "accepted"


def test_somebody_with_write_access_calls_as_the_team_does() -> None:
    """RO-1: their standing is asked for, though anybody may call at times."""
    model = opened(writers=frozenset({"wes"}))
    model.told("ben", "looking")
    model.told("wes", "/page @cat")
    assert verdict(model) == ("accepted", "responder")


def test_somebody_who_could_not_act_here_is_not_called() -> None:
    """RO-1: a call that nobody can answer helps nobody."""
    model = confirmed()
    assert "zoe could not act here" in model.told("ben", "/page @zoe")


def test_after_closing_nobody_is_called() -> None:
    """RO-1: `/reopen` first."""
    model = confirmed()
    model.told("ben", "/close")
    assert "This is closed" in model.told("ben", "/page")


def test_a_stranger_s_call_stays_a_stranger_s_when_the_record_is_lost() -> None:
    """RO-1: our thumb on it says that it was accepted, not that they are of the team."""
    model = opened()
    model.told("rae", "/page")
    board = model.head
    model.edit(board, "nothing", by="zoe")
    model._texts[board.id] = []
    model.run()
    assert verdict(model) == ("accepted", "outsider")
    assert model.incident.acknowledged is None


def test_without_a_roster_the_call_still_goes_out() -> None:
    """RO-1: nobody can be named, so everybody is asked, and whoever else answers has answered."""
    model, channels = reported(on_call=(), writers=frozenset({"dee", "eve"}))
    model.told("dee", "/confirm high")
    said = model.told("dee", "/page")
    assert "Everybody of the team: **dee calls you for help.**" in said
    assert woken(channels) == [()]
    model.told("eve", "/join")
    assert model.incident.called == ()


def test_a_call_starts_the_clock_of_working_alone_anew() -> None:
    """RO-1: who has just called is not asked whether they should; who stays alone is helped after all."""
    model = confirmed(by="ben")
    model.told("ben", "/page @ana", after=14)
    alone = next(clock for clock in model.incident.clocks if clock.rule == "RO-1")
    assert (alone.due - START).total_seconds() / 60 == 35
    model.say("ben", "still alone", after=20)
    assert "ben has been alone with this since 03:25 UTC" in model.heard()


@pytest.mark.parametrize(
    "people", [People(), People(("ben",)), People(("BEN",))], ids=["nobody", "ben alone", "in capitals"]
)
def test_working_alone_is_no_clock_where_nobody_else_can_be_called(people: People) -> None:
    """RO-1, IN-5: one person carries it from end to end without being told to wake themselves."""
    model = opened(policy=policy_with(people.on_call), writers=frozenset({"ben"}))
    model.told("ben", "/confirm high")
    assert "RO-1" not in [clock.rule for clock in model.incident.clocks]


def test_working_alone_does_not_matter_at_medium_or_low() -> None:
    """RO-1: business goes on at its own pace."""
    assert "RO-1" not in [clock.rule for clock in confirmed("medium").incident.clocks]


def verdict_on_company(model: Model) -> tuple[str, str, str]:
    """From whom help was due, by when, and what came of it, as the report says."""
    row, *_ = [row for row in model.ours[-1].body.split("\n") if row.startswith("| Somebody to help (RO-1) |")]
    _, due_from, due, _, verdict = row.strip("| ").split(" | ")
    return due_from, due, verdict


def test_company_stops_the_clock_in_time() -> None:
    """RO-1: met, as the report says."""
    model = confirmed()
    model.told("cat", "here")
    model.told("ben", "/close")
    assert verdict_on_company(model) == ("the team", "Mon 02 Mar 03:31 UTC", "met")


@pytest.mark.parametrize(
    ("who", "text", "verdict"),
    [
        ("cat", "/brief", "met"),
        ("ben", "/page", "met"),
        ("ben", "/severity medium", "no longer needed"),
        ("ben", "/resolve", "no longer needed"),
    ],
)
def test_only_company_or_a_call_for_it_meets_the_clock(who: str, text: str, verdict: str) -> None:
    """RO-1: whoever comes has met it with whatever they write; what makes it moot has not."""
    model = confirmed()
    model.told(who, text)
    model.told("ben", "/close")
    assert verdict_on_company(model) == ("the team", "Mon 02 Mar 03:31 UTC", verdict)


def test_who_waits_for_something_is_not_asked_for_company_meanwhile() -> None:
    """RO-1, CO-6: `/wait` puts the question off; when the wait is over, somebody is called."""
    model = confirmed()
    model.told("ben", "/wait 1 h for the vendor")
    model.wait(59)
    assert "has been alone" not in model.heard()
    model.wait(2)
    assert "ben has been alone with this" in model.heard()


def test_nobody_pages_themselves() -> None:
    """RO-1: whoever calls is here; the answer names somebody who is not."""
    model = confirmed()
    said = model.told("ben", "/page @ben")
    assert "You are here already" in said
    assert "`/page @ana`" in said
    assert model.incident.called == ()


def test_the_same_call_within_a_breath_rings_once() -> None:
    """RO-1: noted, and not rung for again until two minutes are over or they have answered."""
    model, channels = reported()
    model.told("ben", "/confirm high")
    for _ in range(4):
        model.told("ben", "/page @cat", after=0.1)
    assert woken(channels) == [("cat",)]
    assert [entry.verdict for entry in model.entries if entry.call == "page"] == ["accepted"] * 4
    model.told("ben", "/page @cat", after=2)
    assert woken(channels) == [("cat",), ("cat",)]
    model.told("cat", "here", after=0.1)
    model.told("ben", "/page @cat", after=0.1)
    assert len(woken(channels)) == 3


def test_alone_is_counted_from_when_the_last_other_left() -> None:
    """RO-1: not from the beginning, when there was company in between."""
    model = confirmed()
    model.told("cat", "here", after=20)
    model.told("cat", "/leave", after=30)
    alone = next(clock for clock in model.incident.clocks if clock.rule == "RO-1")
    assert (alone.since - START).total_seconds() / 60 == 51
    model.say("ben", "still alone", after=15)
    model.wait(6)
    assert "ben has been alone with this since 04:01 UTC" in model.heard()


def test_nobody_is_called_to_help_themselves() -> None:
    """RO-1: after the last of the roster comes the first; everyone is everyone else."""
    model = confirmed(by="cat")
    assert "| Somebody to help | anybody but cat |" in model.board
    model.told("cat", "/sitrep going on", after=10)
    model.wait(11)
    assert model.heard().split("\n")[1] == "@ana"
