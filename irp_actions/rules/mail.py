"""Finds where the mail that somebody answers begins: what stands there others said, and it is no command (law 1).

Mail programs put it below the answer, often without a mark on its lines:

    /ack
    On Mon, 2 Mar 2026 at 03:10, ana <notifications@github.com> wrote:
    /close                             ana's, long ago

Where its lines do bear the mark `>`, Markdown knows it for a quotation, and what follows is the author's again.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

_WROTE = {
    "on": re.compile(r"\bwrote\s*:$", re.IGNORECASE),
    "am": re.compile(r"\bschrieb\b.*:$", re.IGNORECASE),
    "le": re.compile(r"\ba\s+\u00e9crit\s*:$", re.IGNORECASE),
    "el": re.compile(r"\bescribi\u00f3\s*:$", re.IGNORECASE),
    "il": re.compile(r"\bha\s+scritto\s*:$", re.IGNORECASE),
    "op": re.compile(r"\bschreef\b.*:$", re.IGNORECASE),
    "em": re.compile(r"\bescreveu\s*:$", re.IGNORECASE),
}
"""How the line before a quoted mail ends, by the word it begins with."""

_WRAPPED = 3
"""Lines that such a line may have been broken into."""

_RULED = re.compile(
    r"-{2,}\s*(?:(?:original|forwarded) (?:message|appointment)|(?:urspr\u00fcngliche|weitergeleitete) nachricht|"
    r"message (?:d.origine|original|transf\u00e9r\u00e9))\s*-{2,}",
    re.IGNORECASE,
)
_LINE = re.compile(r"_{20,}")
_FROM = re.compile(r"[*_]{0,2}(?:from|von|de|da|van)\s*:", re.IGNORECASE)
_SIGNATURE = re.compile(r"--[ \u00a0]+")


def quoted_from(lines: Sequence[str], code: Container[int] = ()) -> int:
    """The number of the line from which on a comment is another mail, or a signature; one past the last without one.

    Args:
        lines: the comment's.
        code: the numbers of lines that GitHub shows as they are, in which nothing is looked for.
    """
    return next((at for at in range(len(lines)) if at not in code and _begins(lines, at)), len(lines))


def _begins(lines: Sequence[str], at: int) -> bool:
    line = lines[at].strip()
    if not line:
        return False
    if _SIGNATURE.fullmatch(lines[at]) or _RULED.fullmatch(line):
        return True
    if _LINE.fullmatch(line):
        return bool(_FROM.match(_next(lines, at + 1)))
    ending = _WROTE.get(line.split(maxsplit=1)[0].lower())
    return ending is not None and _is_opening(lines, at, ending)


def _is_opening(lines: Sequence[str], at: int, ending: re.Pattern[str]) -> bool:
    """Whether a line says who wrote what follows, and what follows does not bear the mark of a quotation."""
    said = ""
    for number in range(at, min(at + _WRAPPED, len(lines))):
        if not lines[number].strip():
            return False
        said = f"{said} {lines[number].strip()}"
        if said.endswith(":") and ending.search(said):
            return not _next(lines, number + 1).startswith(">")
    return False


def _next(lines: Sequence[str], at: int) -> str:
    """The next line that is not empty, within a few."""
    return next((line.strip() for line in lines[at : at + _WRAPPED] if line.strip()), "")
