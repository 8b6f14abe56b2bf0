"""Writing, reactions and replies: a yes is a reaction, a no is one short reply naming which and what to type."""

from __future__ import annotations

import pytest

from tests.model import BOT, Model, confirmed, opened


def reacted(model: Model, text: str, login: str = "ben") -> frozenset[str]:
    """Our reactions on a comment after a run."""
    comment = model.say(login, text)
    model.run()
    found = model.issue.comment(comment.id)
    assert found is not None
    return found.reactions


@pytest.mark.parametrize(
    ("text", "reactions"),
    [
        ("/sev high", {"THUMBS_UP"}),
        ("/confirm\n/sitrep looking", {"THUMBS_UP"}),
        ("/brief", {"THUMBS_UP"}),
        ("/sev hgh", {"CONFUSED"}),
        ("/confirm\n/accept", {"CONFUSED"}),
        ("/accept\n/confirm", {"CONFUSED"}),
        ("/confrim", {"CONFUSED"}),
        ("plain words", set()),
        ("03:05 key disabled", set()),
        ("/etc/passwd was read", set()),
        ("> /close", set()),
    ],
)
def test_all_accepted_is_a_thumb_any_refused_is_confused_and_words_get_none(text: str, reactions: set[str]) -> None:
    """One look tells whether everything was understood."""
    assert reacted(opened(), text) == reactions


def test_undecided_comments_get_no_reaction() -> None:
    """Until GitHub says who somebody is."""
    model = opened()
    model.unreachable = frozenset({"wes"})
    assert reacted(model, "/confirm high", "wes") == frozenset()


def test_an_accepted_command_is_not_answered_in_a_comment() -> None:
    """Quiet by default: a new comment mails everybody (law 2)."""
    model = opened()
    for text in ("/ack", "/confirm high", "/sitrep fine", "/contained 03:05", "/take co", "/join"):
        assert model.told("ben", text) == "", text


def test_two_refusals_of_one_comment_are_one_reply() -> None:
    """Each is named, with what to type instead."""
    model = confirmed()
    said = model.told("ben", "/sev hgh\n/accept\n/take ic I want it")
    assert said.count("@ben") == 1
    assert said.count("\n- ") == 3
    assert "`hgh` is no severity" in said
    assert "No role is offered to you" in said
    assert "You are incident commander already" in said


def test_refusals_and_answers_of_one_run_are_one_comment() -> None:
    """Several people's calls are answered together."""
    model = confirmed()
    model.say("ben", "/sev hgh")
    model.say("cat", "/brief")
    model.say("rae", "/close")
    said = model.heard()
    assert len(model.ours) == 1
    assert "@ben" in said
    assert "@rae" in said
    assert "**What.**" in said


def test_a_reply_is_posted_once() -> None:
    """Whatever happens afterwards."""
    model = confirmed()
    model.told("ben", "/sev hgh")
    for _ in range(3):
        model.told("cat", "hello", after=4)
    assert [key.split(":")[0] for key in model.said_keys] == ["re"]


def test_what_changed_since_our_last_comment_is_told_with_the_next_one() -> None:
    """Those who reply by mail never see reactions; roles, severity and status come with what goes out anyway."""
    model = opened()
    model.told("ben", "/confirm high")
    said = model.told("cat", "/sev hgh")
    assert "Since my last comment" in said
    assert "severity **high**" in said
    assert "status **confirmed**" in said
    assert "Since my last comment" not in model.told("cat", "/sev hgh")


def test_what_people_typed_is_neutralised_before_it_is_quoted() -> None:
    """No mention, no HTML, no end of a code span escapes from a refusal."""
    model = confirmed()
    said = model.told("rae", "/sitrepp @ana<!--x-->`")
    said += model.told("ben", "/sev <!--@ana`")
    assert "<!--x" not in said
    assert "@ana" not in said
    assert "<!--@" not in said


def test_no_reply_to_a_bot() -> None:
    """Two programs never talk each other into a loop."""
    model = confirmed()
    assert model.told("renovate[bot]", "/sev hgh\n/brief") == ""
    assert all(comment.author != BOT for comment in model.issue.comments[2:])
