"""One table of what was held against what, so that nobody has to believe a green dot.

Parts add rows: `record(Row(...))` in a test or hook, before it asserts; what cannot be checked here leaves one as well
(`missing.py`). Rows of one source and subject from several processes add up.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    Attributes:
        source: What was held against.
        checked: What was held against it.
        count: How many.
        mismatches: How many of these did not fit.
        skipped: What was left out and why, or a remark.
    """

    source: str
    checked: str
    count: int
    mismatches: int = 0
    skipped: str = ""


_HEAD = ("source", "checked", "how many", "mismatches", "skipped, and why")
_ROWS: dict[tuple[str, str], Row] = {}


def record(row: Row) -> None:
    """Put a row into the table, or add it to the one of the same source and subject."""
    key = (row.source, row.checked)
    before = _ROWS.get(key)
    if before is not None:
        row = replace(row, count=row.count + before.count, mismatches=row.mismatches + before.mismatches)
    _ROWS[key] = row


def sent() -> list[dict[str, Any]]:
    """The rows so far, as they travel from one process to another."""
    return [asdict(row) for row in _ROWS.values()]


def receive(rows: Iterable[dict[str, Any]]) -> None:
    """Add the rows of another process."""
    for row in rows:
        record(Row(**row))


def lines() -> list[str]:
    """The table, ready to be printed."""
    cells = [_HEAD]
    cells += [
        (row.source, row.checked, f"{row.count:,}", f"{row.mismatches:,}", row.skipped)
        for row in sorted(_ROWS.values(), key=lambda row: (row.source, row.checked))
    ]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in cells]
