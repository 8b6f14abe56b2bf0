"""Another issue, as far as one that is said to be about the same has to know it (IN-12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Other:
    """What another issue is; without a status it is no record here."""

    status: str = ""
    duplicate_of: int = 0
    """The issue that it is itself about the same as, where it says of which."""
    over_at: datetime | None = None
    """When it was closed (UTC), if it is."""
