"""The calendar is when an organisation works: its days, its hours, its holidays and its nights."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Literal, get_args

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAYS: tuple[Day, ...] = get_args(Day)
"""The days of the week, in the order of `date.weekday`."""

_CODE = re.compile(r"([A-Z]{2,3})?")


@dataclass(frozen=True, slots=True)
class Hours:
    """A daily span of local time; one that ends before it starts crosses midnight."""

    start: time
    end: time

    def __post_init__(self) -> None:
        """Refuse a span of which nobody can say whether it is the whole day or nothing."""
        if self.start == self.end:
            raise ValueError(f"start and end are both {self.start:%H:%M}; leave the hours empty to have none")


@dataclass(frozen=True, slots=True)
class Calendar:
    """The time that people live in. Without anything said every day is worked and no hour is quiet.

    That is how records read that were pinned before there were calendars; what is usual stands in
    `policy.yml`. All times are local, in the policy's zone.
    """

    country: str = ""
    """The ISO 3166 code of the country whose public holidays are kept; none if it is empty."""
    subdivision: str = ""
    """The state or province whose holidays are kept as well."""
    working_days: tuple[Day, ...] = DAYS
    working_hours: Hours | None = None
    """When people are at work on a working day; the whole day if it is not set."""
    quiet_hours: Hours | None = None
    """When nothing loud is said at medium and low (CO-6); days that are not worked are quiet throughout."""
    holidays: Mapping[date, str] = field(default_factory=dict)
    """Days off beside the country's, by date, and what they are called."""
    working: tuple[date, ...] = ()
    """Dates that are worked though they look like a day off."""

    def __post_init__(self) -> None:
        """Refuse a calendar without work, and one that contradicts itself."""
        if not self.working_days:
            raise ValueError("working_days is empty; name at least one day, or nothing would ever be due")
        if not _CODE.fullmatch(self.country):
            raise ValueError(f"{self.country!r} is no country code; write it in capitals, such as US, DE or GB")
        if self.subdivision and not self.country:
            raise ValueError(f"subdivision {self.subdivision!r} is given without its country")
        both = sorted(set(self.working) & set(self.holidays))
        if both:
            raise ValueError(f"{both[0]} stands under holidays and under working; take it out of one of them")
