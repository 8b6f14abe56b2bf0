"""The guard: text that never belongs in an issue is noticed before anything of it is kept (IN-11)."""

from __future__ import annotations

import re
from functools import cache

from irp_actions.values.policy import Policy


def sensitive(text: str, policy: Policy) -> tuple[str, ...]:
    """The kinds of sensitive text found, by name; never the text itself.

    Args:
        text: a title, a body or a comment.
        policy: has the patterns.
    """
    return tuple(secret.name for secret in policy.guard if _compiled(secret.pattern).search(text))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
