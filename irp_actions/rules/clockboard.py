"""The clock board: the running clocks that people are shown, what is due first at the top.

The board, the brief and a handoff have the same rows.
"""

from __future__ import annotations

from irp_actions.rules.clocks import CLOCKS
from irp_actions.rules.parties import WHY, entitled, name_of
from irp_actions.values.incident import Incident, Running

Row = tuple[Running, str]
"""A clock, and what this run of it is called."""


def clock_rows(incident: Incident) -> tuple[Row, ...]:
    """The rows of the clock board, with parties that are to be told the same by the same time in one row."""
    shown = sorted((clock for clock in incident.clocks if CLOCKS[clock.rule].on_board), key=lambda clock: clock.due)
    together: dict[tuple[object, ...], Row] = {}
    for clock in shown:
        alike = (clock.rule, clock.due, clock.asks, "" if clock.rule in WHY else clock.about)
        if alike in together:
            together[alike] = (clock, f"{together[alike][1]}, {name_of(incident, clock.about)}")
        else:
            together[alike] = (clock, entitled(CLOCKS[clock.rule].called(clock.about)[0], clock, incident))
    return tuple(together.values())
