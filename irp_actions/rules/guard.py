"""The guard: text that never belongs in an issue is noticed before anything of it is kept (IN-11).

It stands twice. What people wrote is read for calls only after every secret in it was blotted out (`blotted`), so that
no command, name or reason can be taken from one. And whatever is about to be recorded is looked at once more (`clean`).
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from irp_actions.values.policy import Policy

BLOT = "\u2588\u2588\u2588\u2588"
"""What is read in the place of a secret: no login, no number, no name and no time."""

_WORD = re.compile(r"\S+")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
"""Characters that nobody sees, and that would split a secret into two harmless halves."""


def sensitive(text: str, policy: Policy) -> tuple[str, ...]:
    """The kinds of sensitive text found, by name; never the text itself.

    Args:
        text: a title, a body or a comment.
        policy: has the patterns.
    """
    seen = _UNSEEN.sub("", text)
    return tuple(secret.name for secret in policy.guard if _compiled(secret.pattern).search(seen))


def blotted(text: str, policy: Policy) -> str:
    """The text with a blot for each word that a secret reaches into; line ends stay, so that lines stay lines.

    Args:
        text: what somebody wrote; it is given back as it is when nothing in it is sensitive.
        policy: has the patterns.
    """
    if not sensitive(text, policy):
        return text
    seen = _UNSEEN.sub("", text)
    pieces, end, stretches = [], 0, deque(sorted(_stretches(seen, policy)))
    for word in _WORD.finditer(seen):
        while stretches and stretches[0][1] <= word.start():
            stretches.popleft()
        if stretches and stretches[0][0] < word.end():
            pieces += [seen[end : word.start()], BLOT]
            end = word.end()
    return "".join([*pieces, seen[end:]])


def clean(value: Any, policy: Policy) -> Any:
    """The value of an argument with a blot in the place of every secret, however deep in lists and tables it stands."""
    if isinstance(value, str):
        return blotted(value, policy)
    if isinstance(value, Mapping):
        return {key: clean(held, policy) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [clean(held, policy) for held in value]
    return value


def _stretches(text: str, policy: Policy) -> Iterator[tuple[int, int]]:
    """Where secrets begin and end."""
    return (found.span() for secret in policy.guard for found in _compiled(secret.pattern).finditer(text))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
