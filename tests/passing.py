"""Time that passes without anybody writing: the runs that a watch would start, and what they say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.model import Model


@dataclass(frozen=True)
class Heard:
    """A comment of the program: its local time, and what it says."""

    at: str
    text: str

    @property
    def asked(self) -> list[str]:
        """Whom it mentions in the lines that are made of mentions, each once."""
        return mentioned(self.text)


def mentioned(text: str) -> list[str]:
    """Whom a comment asks: the mentions of the lines that are made of mentions, each once."""
    rows = [row.split() for row in text.split("\n") if re.fullmatch(r"(@[\w-]+ ?)+", row)]
    return list(dict.fromkeys(word.removeprefix("@") for row in rows for word in row))


def passing(model: Model, until: datetime) -> list[Heard]:
    """Run whenever a run says that the next one is due, as the watch does; what the program said, and when.

    Args:
        model: the conversation.
        until: the moment (UTC) at which the watching ends; the model's clock then stands there.
    """
    found = []
    while True:
        told = {comment.id for comment in model.issue.comments}
        wakes_at = model.run().wakes_at
        found += [
            Heard(f"{model.policy.local(model.now):%a %d %b %H:%M}", comment.body)
            for comment in model.ours
            if comment.id not in told
        ]
        if wakes_at is None or wakes_at > until:
            model.now = max(model.now, until)
            return found
        assert wakes_at > model.now
        model.now = wakes_at


def days(count: float) -> timedelta:
    """So many days."""
    return timedelta(days=count)
