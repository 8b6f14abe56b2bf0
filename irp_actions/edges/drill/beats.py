"""A beat is one thing that is shown of a drill: a word, a deed, a change, a line of narration."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class By(Enum):
    """Whose beat it is, which decides how it looks on a terminal."""

    PERSON = "person"
    PROGRAM = "program"
    NARRATOR = "narrator"
    TROUBLE = "trouble"


@dataclass(frozen=True, slots=True)
class Beat:
    """One thing that happened, at a moment (UTC): a headline, and the words that were written, both Markdown."""

    at: datetime
    by: By
    head: str
    text: str = ""
