"""The export: everything an outside investigator needs to follow the work and to check it, as plain data (CL-7).

Each entry has who (login, id and standing at that time), what was decided, under which policy and by which program, and
its times: `at` (when it was said), `recorded_at` (when it was decided) and `happened_at` where its author gave another.
The tables of every policy stand in the entry that pinned them. A purged text is not there; its commitment still is.
"""

from __future__ import annotations

from typing import Any

from irp_actions.rules.report.gather import report
from irp_actions.rules.report.history import history
from irp_actions.values.policy import Policy
from irp_actions.values.record import Record
from irp_actions.values.shape import plain
from irp_actions.values.thread import Thread


def export(record: Record, thread: Thread, policy: Policy) -> dict[str, Any]:
    """The report and the whole record as data that JSON can hold.

    Args:
        record: the head.
        thread: read whole.
        policy: knows the names of today.
    """
    past = history(record, thread)
    found = report(record, thread, policy)
    return {
        "report": plain(found),
        "counted": not found.drill,
        "record": {
            "number": record.number,
            "format": record.format,
            "writer": plain(record.writer),
            "sealed": record.sealed,
            "whole": past.whole,
            "head": record.last_hash,
            "entries": [{"happened_at": None, **plain(entry)} for entry in past.entries],
            "texts": plain(past.texts),
        },
    }
