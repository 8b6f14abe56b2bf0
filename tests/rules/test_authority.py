"""Deciding, authority: the roster first, else what GitHub says now; and when it says nothing, nothing is decided."""

from __future__ import annotations

from dataclasses import replace

import pytest

from irp_actions.values.policy import People
from tests.model import PACKAGED, Model, confirmed, opened, policy_with


def verdicts(model: Model) -> list[tuple[str, str, str]]:
    """Who called what, and what came of it; without the program's own entries."""
    return [(e.by.login, e.call, e.verdict) for e in model.entries if e.by.standing != "program" and e.call != "open"]


def test_the_roster_is_obeyed_without_asking_github() -> None:
    """A roster member needs no permission on the repository."""
    model = opened()
    model.unreachable = frozenset({"*"})
    model.told("BEN", "/confirm high")
    assert verdicts(model) == [("BEN", "confirm", "accepted")]
    assert model.entry("confirm").by.standing == "roster"


def test_whoever_may_write_is_obeyed_like_the_roster() -> None:
    """Live permission, asked at the time of the call."""
    model = opened(writers=frozenset({"wes"}))
    model.told("wes", "/confirm high")
    assert model.incident.status == "confirmed"
    assert model.entry("confirm").by.standing == "responder"


def test_anybody_else_is_refused_with_thanks() -> None:
    """The reporter's plain words are welcome; commands are for the team."""
    model = opened()
    said = model.told("rae", "/confirm high")
    assert verdicts(model) == [("rae", "confirm", "refused")]
    assert "@rae" in said
    assert "`/confirm` is for the team" in said
    assert model.incident.status == "investigating"


def test_permission_that_was_taken_away_no_longer_counts() -> None:
    """Who could write yesterday is asked about again today."""
    model = opened(writers=frozenset({"wes"}))
    model.told("wes", "/confirm high")
    model.writers = frozenset()
    model.told("wes", "/severity low")
    assert model.incident.severity == "high"


@pytest.mark.parametrize("call", ["/brief", "/status", "/help", "/timeline 03:05 odd login"])
def test_questions_and_facts_are_taken_from_anyone(call: str) -> None:
    """Never refuse a fact; refuse only authority."""
    model = opened()
    model.told("zoe", call)
    assert [verdict for _, _, verdict in verdicts(model)] != ["refused"]


def test_while_github_cannot_say_who_somebody_is_nothing_is_decided() -> None:
    """Neither a yes nor a no: the call waits, the run exits 1 and says why."""
    model = opened(writers=frozenset({"wes"}))
    model.unreachable = frozenset({"wes"})
    comment = model.say("wes", "/confirm high")
    outcome = model.run()
    assert outcome.code == 1
    assert "wes" in outcome.said
    assert not model.record.has(comment.id)
    assert model.issue.comment(comment.id).reactions == frozenset()  # type: ignore[union-attr]


def test_deciding_stops_at_that_call_and_goes_on_there_later() -> None:
    """What came after waits as well, so that the order of decisions is the order of calls."""
    model = opened(writers=frozenset({"wes"}))
    model.told("ben", "/ack")
    model.unreachable = frozenset({"wes"})
    model.say("wes", "/severity low")
    model.say("cat", "/severity medium")
    model.run()
    assert model.incident.severity == "unknown"
    model.unreachable = frozenset()
    assert model.run().code == 0
    assert [e.args["severity"] for e in model.entries if e.call == "severity"] == ["low", "medium"]


def test_what_came_before_is_decided_all_the_same() -> None:
    """Only from the unanswerable call on has everybody to wait."""
    model = opened(writers=frozenset({"wes"}))
    model.unreachable = frozenset({"wes"})
    model.say("cat", "/severity medium")
    model.say("wes", "/severity low")
    model.run()
    assert model.incident.severity == "medium"


def test_clocks_and_reminders_go_on_while_a_call_waits() -> None:
    """GitHub's silence about one person leaves nobody else alone."""
    model = opened()
    model.unreachable = frozenset({"wes"})
    model.say("wes", "/confirm high")
    model.wait(12)
    assert "GitHub does not say whether they are of the team" in model.heard()


def test_the_board_says_so_once_waiting_lasts() -> None:
    """A hiccup is not worth a word; ten minutes are."""
    model = opened()
    model.unreachable = frozenset({"wes"})
    model.say("wes", "/confirm high")
    model.run()
    assert "Waiting for GitHub" not in model.board
    model.wait(11)
    model.run()
    assert "Waiting for GitHub" in model.board
    model.unreachable = frozenset()
    model.run()
    assert "Waiting for GitHub" not in model.board


def test_the_board_says_so_at_its_time_though_nothing_else_happens() -> None:
    """The next due time that a run announces covers the moment at which the board has to speak."""
    model = confirmed()
    model.unreachable = frozenset({"wes"})
    model.say("wes", "/severity low")
    wakes_at = model.run().wakes_at
    assert wakes_at is not None
    assert (wakes_at - model.now).total_seconds() <= 600


def test_a_receiver_of_whom_github_says_nothing_stops_deciding_too() -> None:
    """A role is not given, nor refused, to somebody unknown."""
    model = confirmed()
    model.unreachable = frozenset({"wes"})
    model.say("ben", "/handoff ic @wes night shift")
    outcome = model.run()
    assert outcome.code == 1
    assert not model.incident.handoffs
    assert "handoff" not in [entry.call for entry in model.entries]


def test_a_similar_login_that_github_does_not_know_stops_nobody() -> None:
    """Waiting for word on one person holds up only calls that need it."""
    model = confirmed()
    model.unreachable = frozenset({"we"})
    model.say("ben", "/handoff ic @wes and thanks to @we")
    model.writers = frozenset({"wes"})
    assert model.run().code == 0
    assert model.incident.handoffs


def test_bots_are_not_obeyed() -> None:
    """Not even with write access; a reply would only be read by a program, so there is none."""
    model = opened(writers=frozenset({"renovate", "renovate[bot]"}))
    assert model.told("renovate[bot]", "/confirm high") == ""
    assert verdicts(model) == [("renovate", "confirm", "refused")]


def test_a_bot_that_the_policy_names_is_obeyed() -> None:
    """An alerting bot may be let in, by name."""
    model = Model(replace(policy_with(), people=People(on_call=("ben",), bots=("siem[bot]",))))
    model.open()
    model.told("siem[bot]", "/ack")
    model.told("siem[bot]", "/severity high")
    assert model.incident.severity == "high"
    assert model.incident.holder("ic") is None  # a program's word is no sign of life


def test_without_a_roster_whoever_may_write_and_answers_first_takes_it_on() -> None:
    """A repository that has not named anybody still works."""
    model = Model(PACKAGED, writers=frozenset({"wes"}))
    model.open()
    model.run()
    model.told("zoe", "me too")
    assert model.incident.holder("ic") is None
    model.told("wes", "looking into it")
    assert model.incident.holder("ic") == "wes"


@pytest.mark.parametrize("first", ["hello", "/brief", "/help", "/timeline 03:00 odd login", "03:05 odd login"])
def test_what_is_known_of_somebody_for_one_call_decides_no_other(first: str) -> None:
    """What nobody had to be asked about counts alike, whether a later command is decided in the same run or not."""

    def played(run_between: bool) -> str | None:
        model = opened(writers=frozenset({"wes"}))
        for login, text in (("wes", first), ("ana", "/severity high"), ("wes", "/sitrep looking")):
            model.say(login, text)
            if run_between:
                model.run()
        model.run()
        return model.incident.holder("ic")

    assert played(run_between=False) == played(run_between=True)
