"""The grammar's first half: which lines of a comment are calls, and which only look like it."""

from __future__ import annotations

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from irp_actions.rules.naming import resolve
from irp_actions.rules.slash import Call, calls, tidy

CALLS: dict[str, list[tuple[str, str]]] = {
    "/ack": [("ack", "")],
    "/ACK": [("ack", "")],
    "   /ack": [("ack", "")],
    "/ack   ": [("ack", "")],
    "/Severity: High.": [("severity", "High.")],
    "/sev\thigh": [("sev", "high")],
    "/false-alarm because": [("false-alarm", "because")],
    "hello\n\n/ack": [("ack", "")],
    "hello\n/ack": [("ack", "")],
    "hello  \n/ack": [("ack", "")],
    "/ack\r\n/sev high\r\n": [("ack", ""), ("sev", "high")],
    "/ack\r/sev high": [("ack", ""), ("sev", "high")],
    "/sev high\nbecause of\n\nthe token\n/ack\nme": [("sev", "high\nbecause of\n\nthe token"), ("ack", "me")],
    "# Heading\n/ack": [("ack", "")],
    "> quoted\n\n/ack": [("ack", "")],
    "> quoted\n/ack": [("ack", "")],
    "```\ncode\n```\n/ack": [("ack", "")],
    "**/bold**\n/ack": [("ack", "")],
    "/sitrep ```\ncode\n```\nafter": [("sitrep", "```\ncode\n```\nafter")],
    "/sitrep see\n```\n/close\n```": [("sitrep", "see\n```\n/close\n```")],
    "/sitrep <b>over</b>": [("sitrep", "<b>over</b>")],
    "/contained *now*": [("contained", "*now*")],
    "/timeline `rm -rf /`": [("timeline", "`rm -rf /`")],
    "03:12 key disabled": [("timeline", "03:12 key disabled")],
    "3:12 UTC key disabled": [("timeline", "3:12 UTC key disabled")],
    "first\n03:12 one\n03:15 two": [("timeline", "03:12 one"), ("timeline", "03:15 two")],
    "03:12 key disabled\n/ack": [("timeline", "03:12 key disabled"), ("ack", "")],
    "/sitrep so far\n03:12 key disabled": [
        ("sitrep", "so far\n03:12 key disabled"),
        ("timeline", "03:12 key disabled"),
    ],
    "&lt;\n/ack": [("ack", "")],
    "\\/ack\n/close": [("close", "")],
    "a `code\nspan` b\n/ack": [("ack", "")],
}
"""What is a call, with its name and text."""

NOT_CALLS = (
    "",
    "plain words",
    "please /close this",
    "`/close`",
    "`\n/close\n`",
    "``x\n/close\nx``",
    "```\n/close\n```",
    "~~~\n/close\n~~~",
    "```\n/close",
    "    /close",
    "\t/close",
    "> /close",
    ">/close",
    "> a\n> /close",
    "> > /close",
    "<!-- /close -->",
    "<!--\n/close\n-->",
    "<!--\n\n/close\n\n-->",
    "a <!-- b\n/close\nc --> d",
    "<pre>\n/close\n</pre>",
    "<details>\n/close\n</details>",
    "<div>\n/close",
    "\\/close",
    "*/close*",
    "**/close**",
    "[/close](x)",
    "[x]: /close",
    "| /close |\n|---|",
    "//close",
    "/ close",
    "/1close",
    "/etc/passwd",
    "/var/log/auth.log was read",
    "/close/now",
    "/close.",
    "/close,please",
    "https://example.com/close",
    "12:34",
    "12:34:56 log line",
    "`03:12 key disabled`",
    "> 03:12 key disabled",
    "a\u00a0/close",
    "\u200b/close",
    "\u2028/close",
    "x\u2028/close",
    "x\x0b/close",
    "x\x0c/close",
    "x\x85/close",
)
"""What is none: code, quotations, HTML, paths, mid-sentence, strange spaces."""


@pytest.mark.parametrize(("body", "expected"), CALLS.items())
def test_a_line_that_begins_with_a_slash_and_a_word_is_a_call(body: str, expected: list[tuple[str, str]]) -> None:
    """With everything up to the next call as its text."""
    assert [(call.name, call.text) for call in calls(body)] == expected


@pytest.mark.parametrize("body", NOT_CALLS)
def test_what_github_shows_as_something_else_is_no_call(body: str) -> None:
    """Markdown is parsed as Markdown."""
    assert calls(body) == ()


@pytest.mark.parametrize("body", ["- /ack", "1. /ack", "- [x] /ack", "* /ack me", "+ /ack"])
def test_a_list_item_is_no_call(body: str) -> None:
    """A command stands at the beginning of a line; a list is a list."""
    assert calls(body) == ()


def test_a_call_knows_its_first_line_as_typed() -> None:
    """So that a refusal can show what to paste."""
    assert calls("  /sev high  \nbecause")[0] == Call("sev", "high  \nbecause", "/sev high")


def test_a_diary_line_is_implied_and_gets_no_reaction() -> None:
    """Nobody typed a command."""
    assert [call.implied for call in calls("03:12 key disabled\n/ack")] == [True, False]


def test_sixty_thousand_characters_are_parsed() -> None:
    """Of prose, of slashes, of nested quotations."""
    assert calls("word " * 12_000 + "\n/ack") == (Call("ack", "", "/ack"),)
    assert len(calls("/ack\n" * 12_000)) == 12_000
    assert calls(">" * 30_000 + "/close" + "\n" * 100) == ()
    assert calls("[" * 30_000 + "\n/ack")[-1].name == "ack"
    assert calls("a" + "`" * 30_000 + "\n/ack")[-1].name == "ack"


def test_line_ends_are_tidied() -> None:
    """CRLF from the web, CR from nowhere."""
    assert tidy("a\r\nb\rc\n") == "a\nb\nc\n"


@pytest.mark.parametrize(
    ("typed", "name", "text"),
    [
        ("/false alarm", "false-alarm", ""),
        ("/false alarm: planned", "false-alarm", "planned"),
        ("/status contained 03:12", "contained", "03:12"),
        ("/status confirmed. it is real", "confirm", "it is real"),
        ("/status", "status", ""),
        ("/status blue", "status", "blue"),
        ("/on it", "ack", ""),
        ("/i have it now", "accept", "now"),
        ("/hand over ic @ben\ngo", "handoff", "ic @ben\ngo"),
        ("/ready-for-qa", "resolve", ""),
        ("/fp", "false-alarm", ""),
    ],
)
def test_an_alias_may_have_several_words(typed: str, name: str, text: str) -> None:
    """What people type should just work."""
    assert resolve(calls(typed)[0]) == (name, text)


def test_no_comment_whatever_breaks_the_parser() -> None:
    """Any text gives calls that stand in it, each on a line of its own."""
    tried = 0
    pieces = st.sampled_from(
        ["/ack", "/sev high", "```", "`", "> ", "\n", "\r\n", "    ", "<!--", "-->", "<b>", "- ", "03:12 x", "a", "\\"]
    )
    bodies = st.lists(st.one_of(pieces, st.text(max_size=5)), max_size=25).map("".join)

    @seed(2)
    @settings(max_examples=400, deadline=None, database=None)
    @given(bodies)
    def holds(body: str) -> None:
        nonlocal tried
        tried += 1
        lines = [line.strip() for line in tidy(body).split("\n")]
        for call in calls(body):
            assert call.typed in lines
            assert call.implied or call.typed.lower().startswith(f"/{call.name}")

    holds()
    assert tried >= 400
