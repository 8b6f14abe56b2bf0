"""Finds the calls in a comment: lines that begin with a slash and a word, outside code, quotes and HTML.

    /severity high            a call with its argument
    because of the token      belongs to the call above, until the next call
    /etc/passwd               a path, not a call
    03:12 key disabled        a timeline entry, no slash needed (RO-4)
    cause: the key was public a line of the report, no slash needed (CL-3)

Markdown is parsed as Markdown: what GitHub shows as code, as a quotation or not at all holds no call.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_CALL = re.compile(r" {0,3}/([A-Za-z][A-Za-z-]*):?(?:[ \t]+(.*))?[ \t]*")
_DIARY = re.compile(r" {0,3}(\d{1,2}:\d{2})(?:[ \t]+(?:UTC|Z))?[ \t]+\S.*")
KEYS = (
    "discovery", "started", "aware", "contained", "threat", "impact", "scope",
    "cause", "why", "how", "lesson", "action", "retro",
)  # fmt: skip
"""The words that begin a line of the report, such as `cause: the key was public`; each is a command or an alias of one.

A line whose dots were left as the draft report has them (`cause: …`) says nothing.
"""

_KEYED = re.compile(rf" {{0,3}}({'|'.join(KEYS)})[ \t]*:[ \t]+((?!…|\.\.\.)\S.*)", re.IGNORECASE)
_HINT = re.compile(
    rf"^ {{0,3}}(?:/[A-Za-z]|\d{{1,2}}:\d{{2}}[ \t]|(?:{'|'.join(KEYS)})[ \t]*:)", re.MULTILINE | re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Call:
    """One call as typed: the word after the slash in lower case, what follows it, and its first line."""

    name: str
    text: str
    typed: str = ""
    implied: bool = False
    """Whether it was understood without a slash, so that it is not answered with a reaction."""
    hinted: bool = False
    """Whether a pasted template says so, which is dropped without a word where its author may not say it."""


def tidy(body: str) -> str:
    """The text with plain line ends: GitHub's web editor sends CRLF."""
    return body.replace("\r\n", "\n").replace("\r", "\n")


def calls(body: str) -> tuple[Call, ...]:
    """Every call of a comment, in order.

    Args:
        body: the comment as GitHub holds it, CRLF or not.
    """
    text = tidy(body)
    if not _HINT.search(text):  # most comments: nothing to parse
        return ()
    lines = text.split("\n")
    prose = list(_prose_lines(text, lines))
    starts = [number for number in prose if _CALL.fullmatch(lines[number])]
    diary = [number for number in prose if _DIARY.fullmatch(lines[number])]
    found: list[tuple[int, Call]] = []
    for number, end in pairwise([*starts, len(lines)]):
        match = _CALL.fullmatch(lines[number])
        assert match  # noqa: S101 - it matched above
        rest = "\n".join([match[2] or "", *lines[number + 1 : end]]).strip()
        found.append((number, Call(match[1].lower(), rest, typed=lines[number].strip())))
    for number in diary:  # below a call it is part of what that call says, and an entry of its own as well
        line = lines[number].strip()
        found.append((number, Call("timeline", line, typed=line, implied=True)))
    for number in prose:  # so is a line of the report
        keyed = _KEYED.fullmatch(lines[number])
        if keyed:
            line = lines[number].strip()
            found.append((number, Call(keyed[1].lower(), keyed[2].strip(), typed=line, implied=True)))
    return tuple(call for _, call in sorted(found, key=lambda pair: pair[0]))


def prose(body: str) -> str:
    """What a comment says before its first line that looks like a call with a slash; all of it where there is none.

    Args:
        body: the comment as GitHub holds it, CRLF or not.
    """
    text = tidy(body)
    lines = text.split("\n")
    candidates = _prose_lines(text, lines) if _HINT.search(text) else iter(())
    first = next((number for number in candidates if _CALL.fullmatch(lines[number])), len(lines))
    return "\n".join(lines[:first]).strip()


def own_words(text: str) -> str:
    """A call's text without the lines of the report below it, which are entries of their own."""
    first, *below = tidy(text).split("\n")
    return "\n".join([first, *(row for row in below if not _KEYED.fullmatch(row))]).strip()


def _prose_lines(text: str, lines: list[str]) -> Iterator[int]:
    """The numbers of the lines that begin as ordinary prose of the author's own.

    A line that directly follows a quotation belongs to it as GitHub renders it, but it was typed, not
    quoted: it counts, because it does not itself begin with the quotation mark.
    """
    for token in _markdown().parse(text):
        if token.type == "inline" and token.map is not None:
            starting = _starts(token)
            for number, source in enumerate(token.content.split("\n"), start=token.map[0]):
                word = next(iter(source.split()), "")
                if word not in starting:
                    continue  # inside a code span or an HTML comment that goes over several lines
                if number < len(lines) and lines[number].strip() == source.strip():
                    starting = starting[starting.index(word) + 1 :]
                    yield number


def _starts(inline: Token) -> list[str]:
    """The first word of each line of a paragraph that begins with plain text."""
    starts, at_start = [], True
    for child in inline.children or []:
        if child.type in ("softbreak", "hardbreak"):
            at_start = True
        elif child.content or child.type != "text":
            if at_start and child.type == "text":
                starts.append(next(iter(child.content.split()), ""))
            at_start = False
    return starts


@cache
def _markdown() -> MarkdownIt:
    """The parser, imported at the first comment that needs it: it costs more than most runs do."""
    from markdown_it import MarkdownIt  # noqa: PLC0415

    return MarkdownIt("commonmark")
