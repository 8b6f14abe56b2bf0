"""Statements: the daily word that the program gives to those who follow the issue, while everybody waits (CO-2).

Asked to by `/wait until … for …, standing`, it posts one comment a day for all of them, at the party's own time.
"""

from __future__ import annotations

from irp_actions.rules.notes import Note, stamp
from irp_actions.rules.parties import name_of
from irp_actions.rules.words import render
from irp_actions.values.fact import Fact
from irp_actions.values.incident import Incident
from irp_actions.values.record import Record


def statement_note(incident: Incident, record: Record) -> Note | None:
    """CO-2: the last statement of the program, for all to whom it was given at once.

    Args:
        incident: knows to whom, and by whose wish.
        record: has its words.
    """
    stated, wait = incident.outside.stated, incident.outside.wait
    if stated is None or wait is None:
        return None
    told = incident.outside.told
    names = [name_of(incident, key) for key, mark in told.items() if (mark.at, mark.by) == (stated.at, stated.by)]
    text = render("statement", incident=incident, names=names, text=record.text_of(stated.n), wait=wait)
    return Note((statement_key(stated),), text)


def statement_key(stated: Fact) -> str:
    """Names a daily statement by when it was given."""
    return f"statement:{stamp(stated.at)}"
