"""Marks are what the doctor sets to see whether it may: each is taken away again."""

from __future__ import annotations

from collections.abc import Callable

from irp_actions.edges.doctor.examination import NO, YES, Finding
from irp_actions.edges.doctor.patient import Patient
from irp_actions.edges.trouble import Forbidden


def marked(
    patient: Patient, name: str, do: Callable[[], object], undo: Callable[[], object], is_done: Callable[[], bool]
) -> Finding:
    """Do something that the token may or may not be allowed to do, see whether it happened, and undo it.

    Args:
        patient: whom it is done to.
        name: of what is left behind if it cannot be undone.
        do: does it.
        undo: undoes it; doing so twice does no harm.
        is_done: whether it is so.

    Raises:
        Unavailable, WriteFailed: it cannot be told.
    """
    try:
        try:
            do()
        except Forbidden as why:
            return Finding(NO, {"refused": str(why)})
        return Finding(YES if is_done() else NO, {"refused": ""})
    finally:
        patient.put_back(name, undo, is_done)
