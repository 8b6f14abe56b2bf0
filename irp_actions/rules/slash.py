"""Finds the calls in a comment: lines that begin with a slash and a word, outside code, quotes and HTML.

    /severity high            a call with its argument
    because of the token      belongs to the call above, until the next call
    /etc/passwd               a path, not a call
    03:12 key disabled        a timeline entry, no slash needed (RO-4)
    cause: the key was public a line of the report, no slash needed (CL-3); it ends the call above it

Markdown is parsed as Markdown: what GitHub shows as code, as a quotation or not at all holds no call, nor does the mail
that a mail answers. Spaces of other kinds and characters that nobody sees are as if they were not there.

    - /confirm high           alone in a comment a call, though it is a list; **in bold** too
    - /confirm high           among other words it may only be spoken of, and its author is asked (law 3)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from irp_actions.rules.mail import quoted_from

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
_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]")
_BLANK = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_INDENT = re.compile(r"( {0,3}) *[/\uff0f]")
_LISTED = re.compile(r"^ {0,3}(?:[-*+]|\d{1,3}[.)])[ \t]+")
_BOLD = re.compile(r"([*_]{1,3})(/[^*\n]*?)\1((?:[ \t].*)?)")
_HINT = re.compile(
    r"^(?:\d{1,3}[.)])?(?:_|[^\w\n]){0,12}"
    rf"(?:[/\uff0f][A-Za-z]|\d{{1,2}}:\d{{2}}\s|(?:{'|'.join(KEYS)})[ \t]*:)",
    re.MULTILINE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Call:
    """One call as typed: the word after the slash in lower case, what follows it, and its first line."""

    name: str
    text: str
    typed: str = ""
    implied: bool = False
    """Whether it was understood without a slash, so that it is not answered with a reaction."""
    aside: bool = False
    """Whether it stands in a list or in bold among other words: it may only be spoken of; it resolves to nothing."""
    hinted: bool = False
    """Whether a pasted template says so, which is dropped without a word where its author may not say it."""


def tidy(body: str) -> str:
    """The text with plain line ends: GitHub's web editor sends CRLF."""
    return body.replace("\r\n", "\n").replace("\r", "\n")


def calls(body: str, ends: Callable[[Call, Call], bool] = lambda _above, _line: True) -> tuple[Call, ...]:
    """Every call of a comment, in order.

    Args:
        body: the comment as GitHub holds it, CRLF or not.
        ends: whether a line of the report below a call stands for itself and ends that call, or is one of its words.
    """
    text = tidy(body)
    if not _HINT.search(text):  # most comments: nothing to parse
        return ()
    tokens = _markdown().parse(text)
    lines = text.split("\n")
    lines = lines[: quoted_from(lines, _code_lines(tokens))]
    prose = list(_prose_lines(tokens, lines))
    starts = [number for number in prose if _CALL.fullmatch(legible(lines[number]))]
    diary = [number for number in prose if _DIARY.fullmatch(legible(lines[number]))]
    keyed = {number: call for number in prose if (call := _keyed(lines[number]))}
    found = list(keyed.items())
    for number, end in pairwise([*starts, len(lines)]):
        above = _typed(lines[number:end])
        first = next((line for line in keyed if number < line < end and ends(above, keyed[line])), end)
        found.append((number, _typed(lines[number:first])))
    for number in diary:  # below a call it is part of what that call says, and an entry of its own as well
        line = legible(lines[number]).strip()
        found.append((number, Call("timeline", line, typed=line, implied=True)))
    found += _dressed(tokens, lines)
    return tuple(call for _, call in sorted(found, key=lambda pair: pair[0]))


def own_part(body: str) -> str:
    """A comment without the mail that it answers."""
    text = tidy(body)
    lines = text.split("\n")
    if quoted_from(lines) == len(lines):  # nearly always: nothing to parse
        return text
    return "\n".join(lines[: quoted_from(lines, _code_lines(_markdown().parse(text)))])


def legible(line: str) -> str:
    """A line as it looks: with spaces for spaces of other kinds, a slash for a wide one, and nothing that is unseen."""
    if line.isascii():
        return line
    seen = _BLANK.sub(" ", _UNSEEN.sub("", line))
    found = _INDENT.match(seen)
    if found is None or line.startswith("    "):
        return seen
    return f"{found[1]}/{seen[found.end() :]}"


def _dressed(tokens: list[Token], lines: list[str]) -> Iterator[tuple[int, Call]]:
    """The calls that stand in a list or in bold, with their lines; the only words of a comment are meant (law 3)."""
    alone = sum(1 for line in lines if line.strip()) == 1
    for number in _lines_in_dress(tokens, lines):
        bare = _bare(legible(lines[number]))
        match = _CALL.fullmatch(bare)
        if match is not None:
            yield number, Call(match[1].lower(), (match[2] or "").strip(), typed=bare, aside=not alone)


def _bare(line: str) -> str:
    """A line without the mark of a list, and without the marks of bold or italics around what begins it."""
    listed = _LISTED.sub("", line, count=1).strip()
    bold = _BOLD.fullmatch(listed)
    return f"{bold[2]}{bold[3]}".strip() if bold else listed


def _lines_in_dress(tokens: list[Token], lines: list[str]) -> Iterator[int]:
    """The numbers of the lines of a list, or that begin in bold or italics, outside code."""
    for token in tokens:
        if token.type == "inline" and token.map is not None:
            plainly, strongly = _starts(token), _starts(token, emphasized=True)
            for number, source in enumerate(token.content.split("\n"), start=token.map[0]):
                if number >= len(lines):
                    return
                word = next(iter(source.split()), "")
                listed = _LISTED.match(lines[number]) and word in plainly
                if listed or word.strip("*_") in strongly:
                    yield number


def _code_lines(tokens: list[Token]) -> frozenset[int]:
    """The numbers of the lines that GitHub shows as they are, or not at all."""
    blocks = [token.map for token in tokens if token.type in ("fence", "code_block", "html_block") and token.map]
    return frozenset(number for begin, end in blocks for number in range(begin, end))


def _typed(lines: list[str]) -> Call:
    """A call from its first line and those below that belong to it."""
    match = _CALL.fullmatch(legible(lines[0]))
    assert match  # noqa: S101 - it is why these lines are a call
    return Call(match[1].lower(), "\n".join([match[2] or "", *lines[1:]]).strip(), typed=lines[0].strip())


def _keyed(line: str) -> Call | None:
    """A line of the report as the call it stands for (CL-3)."""
    match = _KEYED.fullmatch(line)
    return Call(match[1].lower(), match[2].strip(), typed=line.strip(), implied=True) if match else None


def _prose_lines(tokens: list[Token], lines: list[str]) -> Iterator[int]:
    """The numbers of the lines that begin as ordinary prose of the author's own.

    A line that directly follows a quotation belongs to it as GitHub renders it, but it was typed, not
    quoted: it counts, because it does not itself begin with the quotation mark.
    """
    for token in tokens:
        if token.type == "inline" and token.map is not None:
            starting = _starts(token)
            for number, source in enumerate(token.content.split("\n"), start=token.map[0]):
                word = next(iter(source.split()), "")
                if word not in starting:
                    continue  # inside a code span or an HTML comment that goes over several lines
                if number < len(lines) and lines[number].strip() == source.strip():
                    starting = starting[starting.index(word) + 1 :]
                    yield number


def _starts(inline: Token, *, emphasized: bool = False) -> list[str]:
    """The first word of each line of a paragraph that begins with plain text; or else in bold or italics."""
    starts, at_start, dressed = [], True, False
    for child in inline.children or []:
        if child.type in ("softbreak", "hardbreak"):
            at_start, dressed = True, False
        elif at_start and emphasized and child.type in ("strong_open", "em_open"):
            dressed = True
        elif child.content or child.type != "text":
            if at_start and child.type == "text" and dressed == emphasized:
                starts.append(next(iter(child.content.split()), ""))
            at_start = False
    return starts


@cache
def _markdown() -> MarkdownIt:
    """The parser, imported at the first comment that needs it: it costs more than most runs do."""
    from markdown_it import MarkdownIt  # noqa: PLC0415

    return MarkdownIt("commonmark")
