"""Parts: a report that is longer than a comment is split at its headings, else at lines; nothing is dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from irp_actions.rules.tail import LIMIT

PART = LIMIT - 2_000
"""Characters of one part of the report; the rest of the limit is for its keys, its number and its folds."""

_FOLD = re.compile(r"^<details><summary>(.*)</summary>$|^</details>$", re.MULTILINE)


def parts(text: str) -> tuple[str, ...]:
    """The report in as many comments as it needs.

    Args:
        text: the whole report as Markdown.

    Returns:
        The text itself where it fits; else its parts, each with its number, and with the fold it is in.
    """
    if len(text) <= PART:
        return (text,)
    pieces: list[str] = []
    current = ""
    for block in _blocks(text):
        if current and len(current) + len(block) > PART:
            pieces.append(current)
            current = ""
        current += block
    pieces.append(current)
    whole = list(_folded(pieces))
    return tuple(f"{piece.strip()}\n\n<sub>Part {n} of {len(whole)}.</sub>" for n, piece in enumerate(whole, start=1))


def _blocks(text: str) -> Iterator[str]:
    """Sections by their headings; one that is too long by its lines; a line that is too long in pieces."""
    section = ""
    for row in text.splitlines(keepends=True):
        if (row.startswith("## ") and section) or len(section) + len(row) > PART // 2:
            yield section
            section = ""
        while len(row) > PART // 2:
            yield row[: PART // 2]
            row = row[PART // 2 :]  # noqa: PLW2901 - what is left of it
        section += row
    yield section


def _folded(pieces: list[str]) -> Iterator[str]:
    """The pieces, each with its own fold opened and closed: a fold does not reach into another comment."""
    opened = ""
    for piece in pieces:
        before = f"<details><summary>{opened} (continued)</summary>\n\n" if opened else ""
        for fold in _FOLD.finditer(piece):
            opened = fold[1] or ""
        yield f"{before}{piece.rstrip()}\n\n</details>" if opened else before + piece
