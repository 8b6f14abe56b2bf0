"""The table of clocks: every rule with a due time, one function each.

A clock's function says since when it runs and whom it asks, or nothing. Its docstring's first line is
what people read on the board; `do` is what they are told to type. Its numbers are in the policy, under
its rule id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from irp_actions.values.incident import Incident, Running
from irp_actions.values.record import Entry


@dataclass(frozen=True, slots=True)
class Start:
    """A clock runs since a moment (UTC) and asks somebody; `about` tells two runs of one rule apart."""

    since: datetime
    asks: str
    about: str = ""
    due: datetime | None = None
    """When it is due (UTC), where that is not simply the time allowed after `since`."""


@dataclass(frozen=True, slots=True)
class Clock:
    """One rule with a due time."""

    rule: str
    title: str
    starts: Callable[[Incident], Iterator[Start]]
    met_by: tuple[str, ...]
    """The calls that do what was due; empty when any human word does."""
    met_when: Callable[[Entry, Running], bool]
    """Which of those calls really do it; by the others its time is only planned anew."""
    do: str
    on_board: bool
    then: str
    """The program's own call once it is due, for a clock that needs nobody, or not always."""
    then_with: Callable[[Incident, Running], Mapping[str, Any] | None]
    """The arguments of that call; None when it takes people after all."""
    then_at_due: bool
    """Whether that call counts from the due time, however late a run makes it."""
    waits: bool
    """Whether `/wait` puts it off (CO-6)."""
    met_by_others: bool
    """Whether any word of somebody of the team does it who is not the one it asks."""
    also: Mapping[str, tuple[str, str]]
    """What its runs about something else are called, and what is to be typed then, by what they are about."""

    def called(self, about: str) -> tuple[str, str]:
        """What its run about something is called, and what the person asked is told to type."""
        return self.also.get(about, (self.title, self.do))


@dataclass(frozen=True, slots=True)
class Stopped:
    """How one run of a clock ended."""

    clock: Running
    at: datetime
    by: str
    n: int
    how: str
    """`met`, `late`, `missed` (overdue when its time was planned anew), `passed` (it went on without it) or `ended`."""

    @property
    def late_by(self) -> timedelta:
        """How long after the due time it was; zero when in time."""
        return max(self.at - self.clock.due, timedelta())


CLOCKS: dict[str, Clock] = {}
"""Every clock by its rule id, in the order of the board."""

_Starts = Callable[[Incident], Iterator[Start]]


def _of_handoff(_: Incident, clock: Running) -> Mapping[str, Any] | None:
    return {"handoff": int(clock.about)}


def clock(  # noqa: PLR0913 - one keyword per column of the table
    rule: str,
    *,
    met_by: tuple[str, ...] = (),
    met_when: Callable[[Entry, Running], bool] = lambda _, __: True,
    do: str = "",
    on_board: bool = True,
    then: str = "",
    then_with: Callable[[Incident, Running], Mapping[str, Any] | None] = _of_handoff,
    then_at_due: bool = True,
    waits: bool = False,
    met_by_others: bool = False,
    also: Mapping[str, tuple[str, str]] = MappingProxyType({}),
) -> Callable[[_Starts], _Starts]:
    """Enter a function into the table of clocks.

    Args:
        rule: the rule's id, under which the policy has the numbers.
        met_by: the calls that do what was due; none means that any human word does.
        met_when: which of those calls really do it, for a clock that some of them only plan anew.
        do: what the person asked is told to type.
        on_board: whether the running clock is shown; one that restarts with every word is not.
        then: the call the program makes itself when it is due.
        then_with: its arguments, from the running clock; None where people have to do it.
        then_at_due: whether that call counts from the due time, however late a run makes it; what others wait for is
            done when it is done.
        waits: whether `/wait` puts it off.
        met_by_others: whether any word of somebody else of the team does what was due.
        also: titles, and what to type, of runs that are about something else.
    """

    def enter(function: _Starts) -> _Starts:
        title = (function.__doc__ or "").strip().split("\n")[0].rstrip(".")
        CLOCKS[rule] = Clock(
            rule,
            title,
            function,
            met_by,
            met_when,
            do,
            on_board,
            then,
            then_with,
            then_at_due,
            waits,
            met_by_others,
            also,
        )
        return function

    return enter
