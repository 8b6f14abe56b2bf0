"""A fact is something that is so since a moment, by somebody's word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that is so since a moment, by somebody's word, as entry `n` says."""

    at: datetime
    by: str
    n: int
    detail: str = ""
