"""Decisions with their reasons, the contingency plan, and links to where people talk (AS-7, AS-9, RE-10)."""

from __future__ import annotations

import pytest

from irp_actions.rules.workboard import Decided, read_decision, read_link
from tests.model import confirmed, opened

ASKED = "Is the contingency plan needed?"


def test_the_last_decision_stands_on_the_board_with_its_reason() -> None:
    """AS-9: who, when, what and why."""
    model = confirmed()
    assert model.told("ben", "/decide keep the site up because the leak is read-only") == ""
    assert "**Decided** at 03:12 UTC by ben: keep the site up\n- Because: the leak is read-only\n" in model.board
    model.told("cat", "/decide restore from Sunday due to the encryption")
    assert "keep the site up" not in model.board
    assert "(no reason given)" not in model.board


def test_a_decision_without_a_reason_says_so_and_bothers_nobody() -> None:
    """AS-9: quietly, on the board."""
    model = confirmed()
    assert model.told("ben", "/decide pull the plug") == ""
    assert "pull the plug (no reason given)" in model.board


def test_what_stood_against_it_and_who_was_there_is_kept_with_it() -> None:
    """AS-9: the lines below belong to it."""
    model = confirmed()
    text = "restore from Sunday because Monday is lost\ninstead of: paying\nauthority: the CTO\npresent: ana, by phone"
    model.told("ben", f"/decide {text}")
    assert model.record.text_of(model.entry("decide").n) == text
    shown = model.board.partition("**Decided**")[2].partition("\n\n")[0]
    assert shown.split("\n") == [
        " at 03:12 UTC by ben: restore from Sunday",
        "- Because: Monday is lost",
        "- Instead of: paying",
        "- Authority: the CTO",
        "- Present: ana, by phone",
    ]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("pull the plug", Decided("pull the plug")),
        ("pull it, because it spreads", Decided("pull it", because="it spreads")),
        ("pull it\nall of it\nwhy: it spreads\nand fast", Decided("pull it all of it", because="it spreads and fast")),
        ("Present: ana\nINSTEAD OF: waiting", Decided("", instead="waiting", present="ana")),
        (
            "stay, because of the sale\nbecause: it is contained",
            Decided("stay, because of the sale", "it is contained"),
        ),
    ],
)
def test_a_decision_is_read_in_its_parts(text: str, meant: Decided) -> None:
    """AS-9: a reason in the sentence or in a line; a part goes on until the next one begins."""
    assert read_decision(text) == meant


def test_a_decision_whose_words_are_gone_still_stands() -> None:
    """AS-9: who decided and when is not in them."""
    model = confirmed()
    comment = model.say("ben", "/decide pull the plug because it spreads")
    model.run()
    model.delete(comment, by="ben")
    model.run()
    assert "**Decided** at 03:12 UTC by ben: (words withheld; see the comment)\n" in model.board


def test_only_the_last_decisions_stay_in_the_head() -> None:
    """AS-9: the report has all of them from the entries."""
    model = confirmed()
    for place in range(10):
        model.told("ben", f"/decide number {place} because of it")
    assert len(model.incident.work.decisions) == 8


def test_whether_the_contingency_plan_is_needed_is_asked_until_it_is_decided() -> None:
    """AS-7: from confirmation on."""
    model = opened()
    model.told("ben", "on it")
    assert ASKED not in model.board
    model.told("ben", "/confirm high")
    assert ASKED in model.board
    model.told("ben", "/contingency not-needed the second region carries it")
    assert ASKED not in model.board
    assert not model.incident.work.contingency_active
    model.told("ben", "/contingency activate it fell over")
    assert "**The contingency plan is active** since 03:14 UTC." in model.board
    assert model.incident.work.contingency_active


def test_a_contingency_decision_needs_its_word() -> None:
    """AS-7: it is asked about."""
    assert "/contingency <activate|not-needed>" in confirmed().told("ben", "/contingency perhaps")


def test_links_stand_on_the_board_and_in_the_header() -> None:
    """RE-10: with a word that calls lose the record."""
    model = confirmed()
    assert model.told("ben", "/link bridge https://meet.example/123") == ""
    assert "**Links:** [bridge](https://meet.example/123). What is said on a call is lost" in model.board
    assert "[bridge](https://meet.example/123)" in model.issue.body
    model.told("ben", "/link Bridge: https://meet.example/456\n/link restricted notes https://docs.example/d/42")
    assert "[Bridge](https://meet.example/456) · [restricted notes](https://docs.example/d/42)" in model.board
    assert "meet.example/123" not in model.board
    assert model.run().changes == ()


def test_only_https_is_shown_as_a_link() -> None:
    """RE-10: anything else is text, and no tap away."""
    model = confirmed()
    model.told("ben", "/link old wiki http://wiki.example/ir\n/link the safe in room 12")
    assert "old wiki `http://wiki.example/ir` · the safe in room 12" in model.board
    assert "](http:" not in model.board
    assert "wiki.example" not in model.issue.body


@pytest.mark.parametrize(
    ("text", "what", "url"),
    [
        ("bridge https://meet.example/1", "bridge", "https://meet.example/1"),
        ("https://meet.example/1 bridge", "bridge", "https://meet.example/1"),
        ("bridge: <https://meet.example/1>.", "bridge", "https://meet.example/1"),
        ("[notes](https://docs.example/d)", "notes", "https://docs.example/d"),
        ("https://meet.example/1", "meet.example", "https://meet.example/1"),
        ("the safe", "the safe", ""),
        ("a https://x.example/](javascript:alert(1))", "a", "https://x.example/"),
    ],
)
def test_a_link_is_read_however_it_is_written(text: str, what: str, url: str) -> None:
    """RE-10: and nothing of it can end the link it is shown in."""
    found = read_link(text)
    assert found.url == url
    assert found.what.startswith(what)


def test_a_link_whose_comment_was_deleted_is_gone() -> None:
    """RE-10: whoever deletes a comment takes its words with it."""
    model = confirmed()
    comment = model.say("ben", "/link bridge https://meet.example/123")
    model.run()
    model.wait(1)
    model.delete(comment, by="ben")
    model.run()
    model.run()
    assert "meet.example" not in model.board
    assert "meet.example" not in model.issue.body


def test_only_so_many_links_stay_in_the_head() -> None:
    """RE-10: the last ones."""
    model = confirmed()
    model.told("ben", "\n".join(f"/link room {place} https://meet.example/{place}" for place in range(10)))
    assert len(model.incident.work.links) == 8
    assert "room 0" not in model.board
