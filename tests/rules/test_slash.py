"""The grammar's first half: which lines of a comment are calls, and which only look like it."""

from __future__ import annotations

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from irp_actions.rules.naming import resolve
from irp_actions.rules.slash import Call, calls, legible, own_part, tidy

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
    "__/bold__\n/ack": [("bold", ""), ("ack", "")],
    "- /ack": [("ack", "")],
    "* /ack me": [("ack", "me")],
    "+ /ack": [("ack", "")],
    "1. /ack": [("ack", "")],
    "**/sev high**": [("sev", "high")],
    "**/sev** high": [("sev", "high")],
    "_/close_": [("close", "")],
    "*/close*\n\n": [("close", "")],
    "- **/sev high** it is": [("sev", "high it is")],
    "/sev\u00a0high": [("sev", "high")],
    "\u00a0\u00a0/sev high": [("sev", "high")],
    "\u200b/sev high\u200b": [("sev", "high")],
    "\ufeff\uff0fsev\u3000high": [("sev", "high")],
    "\u200b03:12\u00a0key disabled": [("timeline", "03:12 key disabled")],
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
    "[/close](x)",
    "**`/close`**",
    "- `/close`",
    "- [x] /ack",
    "- > /ack",
    "> **/close**",
    "> - /close",
    "```\n- /close\n```",
    "a `b\n**/close** c\nd`",
    "    \u00a0/close",
    "```\n\u200b```\n/close\n```",
    "- /etc/passwd",
    "**bold** /close",
    "a **b**\n**c /close**",
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


@pytest.mark.parametrize(
    ("body", "aside"),
    [
        ("you can type\n- /ack\n- /close", ["/ack", "/close"]),
        ("- /ack\n- /close", ["/ack", "/close"]),
        ("so:\n\n**/close** it", ["/close it"]),
        ("so\n**/close**\nI said", ["/close"]),
        ("1. /ack\n\n   /sev high", ["/ack"]),
    ],
)
def test_a_list_among_other_words_may_only_be_spoken_of(body: str, aside: list[str]) -> None:
    """Law 3: it is no command, and its author is asked."""
    assert [call.typed for call in calls(body) if call.aside] == aside
    assert all(resolve(call)[0] is None for call in calls(body) if call.aside)


QUOTED = (
    "-----Original Message-----",
    "-----Urspr\u00fcngliche Nachricht-----",
    "-------- Forwarded Message --------",
    "On Mon, 2 Mar 2026 at 03:10, ana <notifications@github.com> wrote:",
    "On Mon, 2 Mar 2026 at 03:10, ana\n<notifications@github.com>\nwrote:",
    "Am Mo., 2. M\u00e4rz 2026 um 03:10 Uhr schrieb ana <notifications@github.com>:",
    "Am 2.3.2026 schrieb ana:",
    "Le lun. 2 mars 2026 \u00e0 03:10, ana <notifications@github.com> a \u00e9crit\u00a0:",
    "________________________________\nFrom: ana",
    "________________________________\n\n**Von:** ana",
    "________________________________\nDe : ana",
    "-- ",
    "--\u00a0",
)
"""How the mail that is answered, or a signature, begins."""


@pytest.mark.parametrize("opening", QUOTED)
def test_what_stands_in_a_mail_that_is_answered_is_no_call(opening: str) -> None:
    """Law 1: it was said by others; nor is it what the call above it says."""
    body = f"/sitrep one\ntwo\n\n{opening}\nana said\n/close\n- /close\n03:12 key disabled\ncause: a key\n"
    assert [(call.name, call.text) for call in calls(body)] == [("sitrep", "one\ntwo")]
    assert calls(body.replace("\n", "\r\n"))[0].text == "one\ntwo"
    assert own_part(body).rstrip() == "/sitrep one\ntwo"


@pytest.mark.parametrize(
    "above",
    [
        "On Mon, 2 Mar 2026, ana wrote:\n> /sev low\n",
        "On Mon, 2 Mar 2026, ana wrote:\n\n> /sev low\n",
        "```\n-----Original Message-----\n```\n",
        "```\n-- \n```\n",
        "> -----Original Message-----\n\n",
        "________________________________\n",
        "---\n",
        "--\n",
        "On it, as ana wrote: all of them\n\n",
        "On call now\n\nwho wrote:\n\n",
        "Am I to close it?\n",
    ],
)
def test_below_what_is_marked_as_quoted_or_is_no_mail_a_call_is_a_call(above: str) -> None:
    """Law 3: who answers below a mail is heard."""
    assert [call.name for call in calls(f"{above}/close")] == ["close"]
    assert own_part(f"{above}/close") == f"{above}/close"


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
        [
            *(
                "/ack",
                "/sev high",
                "```",
                "`",
                "> ",
                "\n",
                "\r\n",
                "    ",
                "<!--",
                "-->",
                "<b>",
                "- ",
                "03:12 x",
                "a",
                "\\",
            ),
            *("**", "_", "\u200b", "\u00a0", "\uff0f", "-- ", "On x wrote:"),
        ]
    )
    bodies = st.lists(st.one_of(pieces, st.text(max_size=5)), max_size=25).map("".join)

    @seed(2)
    @settings(max_examples=400, deadline=None, database=None)
    @given(bodies)
    def holds(body: str) -> None:
        nonlocal tried
        tried += 1
        lines = [line.strip() for line in tidy(body).split("\n")]
        bare = [legible(line).translate(dict.fromkeys(map(ord, "*_"))) for line in lines]
        for call in calls(body):
            assert any(legible(call.typed).replace("*", "").replace("_", "") in line for line in bare)
            assert call.implied or legible(call.typed).strip().lower().startswith(f"/{call.name}")

    holds()
    assert tried >= 400
