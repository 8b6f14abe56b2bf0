"""The first comment: calm, written for whoever opened, and true from then on (IN-10, IN-13)."""

from __future__ import annotations

import pytest

from irp_actions.rules.view import label_colours
from irp_actions.values.policy import Contacts
from tests.model import PACKAGED, Model, confirmed, opened, policy_with

TEAM_FORM = "### What is going on?\n\nToken in a log.\n\n### Are you on it?\n\n- [ ] I am handling this now\n"


def test_a_reporter_reads_thanks_what_to_do_and_what_happens_next() -> None:
    """IN-3, IN-13: three lines of what to do now, who was asked, and when the next is called."""
    board = opened().board
    assert "Thank you for speaking up" in board
    assert "1. Leave everything as it is: switch nothing off, delete nothing, not even a strange message." in board
    assert "If private data is in it, describe it rather than showing it." in board
    assert "@ana has been asked to look at it. If nobody answers by 03:20 UTC, the next person is called" in board
    assert "If you know of planned work that would explain it, say so" in board
    assert len(board.split("\n\n|")[0]) < 800


def test_a_responder_reads_other_words() -> None:
    """Whoever is of the team needs no comfort."""
    model = Model()
    model.open("ben", body=TEAM_FORM)
    model.run()
    assert "Thank you for speaking up" not in model.board
    assert "Comment `/ack` and it is yours" in model.board


def test_without_a_roster_the_reporter_is_told_to_speak_to_somebody() -> None:
    """IN-7: nobody can be called, and that is said."""
    model = Model(PACKAGED)
    model.open()
    model.run()
    assert "please also tell somebody you know there" in model.board


def test_the_board_teaches_a_handful_of_commands_once_somebody_is_on_it() -> None:
    """And no more."""
    assert "`/confirm` ·" not in opened().board
    eight = ("/confirm", "/sev high", "/ic @who", "/sitrep", "/todo", "/page", "/brief", "/close")
    assert " · ".join(f"`{typed}`" for typed in eight) in confirmed().board


def test_the_board_names_the_day_as_soon_as_there_are_two_of_them() -> None:
    """IN-13: whoever reads it on the third night does not take a time of the first for one of today."""
    model = confirmed()
    assert "| ben, since 03:11 UTC |" in model.board
    model.told("ben", "still at it", after=24 * 60)
    assert "| ben, since Mon 02 Mar 03:11 UTC |" in model.board
    assert "since 03:11 UTC" not in model.board


def test_a_closed_board_names_every_day() -> None:
    """CL-3: it is read when nobody knows any more which day it was."""
    model = confirmed()
    model.told("ben", "/close")
    assert "| **Reported by** | rae, Mon 02 Mar 03:10 UTC |" in model.board


def test_the_board_says_in_words_what_the_team_may_do_now() -> None:
    """RE-4: disruption authority by severity."""
    for severity in ("high", "medium", "low"):
        assert PACKAGED.severities[severity].may_disrupt in confirmed(severity).board
    model = opened()
    model.told("ben", "on it")
    assert "act as for high" in model.board


def test_an_event_asks_its_two_questions() -> None:
    """AS-1: is it real, how severe; until answered."""
    model = opened()
    model.told("ben", "on it")
    assert "**is it real**" in model.board
    model.told("ben", "/confirm high")
    assert "**is it real**" not in model.board


def test_an_event_is_not_yet_called_an_incident() -> None:
    """IN-2: in the header."""
    model = opened()
    assert "> **Event** ·" in model.issue.body
    model.told("ben", "/confirm high")
    assert "> **Incident** ·" in model.issue.body


def test_the_contact_sheet_is_shown_in_a_private_repository_alone() -> None:
    """IN-10: when GitHub or mail is down or read by the attacker."""
    policy = policy_with(contacts=Contacts(phone="+1 555 0100", bridge="dial 7", sheet="in the safe"))
    model = opened(policy=policy)
    for way in ("+1 555 0100", "dial 7", "in the safe"):
        assert way in model.board
    model.put(private=False)
    model.told("ben", "/confirm high")
    assert "555" not in model.board


LISTENING = "Could someone be reading our mail, chat or GitHub?"


def answered(answer: str) -> Model:
    """An event whose reporter answered the form's question whether somebody may be reading along."""
    model = Model()
    model.open(body=f"### What looks wrong?\n\nA strange mail.\n\n### {LISTENING}\n\n{answer}\n")
    model.run()
    return model


@pytest.mark.parametrize("answer", ["Yes", "Perhaps", "no idea", "I think so, @ana <!-- password: hunter2hunter2"])
def test_a_reporter_who_fears_a_listener_is_heard_on_top_until_the_end(answer: str) -> None:
    """IN-10: in red, before anybody writes here what should be said by phone; nothing of their words is repeated."""
    model = answered(answer)
    warning = "🔴 **The reporter thinks that somebody may be reading mail, chat or GitHub: agree by phone"
    assert model.board.startswith(warning)
    assert "hunter2" not in model.board
    model.told("ben", "/confirm high\n/sitrep the mail server is being read by somebody")
    assert model.board.startswith(warning)
    model.told("ben", "/resolve\n/close")
    assert "🔴" not in model.board


@pytest.mark.parametrize("answer", ["No", "no.", "_No response_", ""])
def test_a_reporter_who_fears_no_listener_warns_nobody(answer: str) -> None:
    """IN-10: a plain no, or no answer; and the record says nothing of it, as records of before do not."""
    model = answered(answer)
    assert "somebody may be reading" not in model.board
    assert "listening" not in model.entry("open").args


def test_the_header_of_what_is_closed_does_not_point_to_clocks() -> None:
    """RO-5: they have ended; the last comment says how it ended."""
    model = confirmed()
    assert "The first comment below has the clocks and who is on it." in model.issue.body
    for typed in ("/resolve\n/close", "/reopen", "/close"):
        model.told("ben", typed)
        assert ("has the clocks" in model.issue.body) == (typed == "/reopen")
        assert ("My last comment below says how it ended." in model.issue.body) == (typed != "/reopen")


def test_the_last_sitrep_stands_on_the_board_until_the_end() -> None:
    """CO-3: with who and when."""
    model = confirmed()
    model.told("ben", "/sitrep the key is revoked")
    assert "**Last sitrep**, ben at 03:12 UTC:\nthe key is revoked" in model.board
    model.told("ben", "/sitrep password: hunter2hunter2")
    assert "hunter2" not in model.board
    assert "withheld" in model.board
    model.told("ben", "/close done")
    assert "Last sitrep" not in model.board


def test_an_empty_command_is_shown_and_filled() -> None:
    """HO-7: a taken role of whoever stepped forward."""
    model = opened()
    assert "commander **nobody**" in model.issue.body
    model.told("ben", "/take scribe")
    assert "| **Scribe** | ben, since 03:11 UTC |" in model.board


def test_what_each_role_asks_of_its_holder_is_folded_at_the_end_of_the_board() -> None:
    """RO-6: one line for each role that somebody holds, while there is something to do."""
    model = confirmed()
    model.told("cat", "/take co")
    cards = model.board.partition("<details><summary>What each role does</summary>")[2].strip().split("\n")
    assert cards[0].startswith("- **Incident commander**, ben: You coordinate")
    assert cards[1].startswith("- **Communications officer**, cat: You write the sitreps")
    assert cards[2:] == ["", "</details>"]
    model.told("ben", "/resolve")
    assert "What each role does" not in model.board


def test_nobody_is_mentioned_on_the_board_but_the_first_of_the_roster() -> None:
    """An edit that mentions somebody newly would notify them."""
    model = confirmed()
    model.told("ben", "/handoff @cat please @ana help\n/sitrep with @cat and @ana")
    assert "@" not in model.board.replace("`/ic @who`", "").replace("@\u200b", "")


def test_every_label_of_ours_has_a_colour() -> None:
    """So that they can be created before they are needed."""
    colours = label_colours(PACKAGED)
    assert {"irp", "drill", "severity: high", "status: false alarm"} <= set(colours)
    assert all(len(colour) == 6 and int(colour, 16) >= 0 for colour in colours.values())


def test_a_brief_tells_what_now_next_who_and_asks_in_under_twenty_lines() -> None:
    """IN-13: for whoever has just arrived."""
    model = confirmed()
    model.told("ben", "/sitrep the key is revoked\n/handoff @cat go")
    said = model.told("zoe", "/brief").partition("-->\n")[2]
    for part in ("**What.**", "**Now.**", "**Next.**", "**Who.**", "**Asked of whom.**"):
        assert part in said
    assert len(said.split("\n")) < 20
    assert "the key is revoked" in said
    assert "cat: `/accept` or `/decline`" in said


def test_a_bare_sitrep_shows_a_draft_and_ok_posts_it() -> None:
    """CO-3: the fields from the record."""
    model = confirmed()
    said = model.told("ben", "/sitrep")
    for field in ("**Severity**: high", "**IC**: ben", "**Responders**: ben", "**Description**"):
        assert field in said
    assert model.incident.sitreps == 0
    model.told("ben", "/sitrep ok")
    text = model.record.text_of(model.entry("sitrep").n)
    assert text is not None
    assert "severity high" in text
    assert model.incident.sitreps == 1


def test_a_bare_severity_shows_the_rubric() -> None:
    """AS-4: the choice needs it in view."""
    said = confirmed().told("ben", "/severity")
    for name in ("high", "medium", "low"):
        assert f"| `{name}` | {PACKAGED.severities[name].rubric} |" in said
