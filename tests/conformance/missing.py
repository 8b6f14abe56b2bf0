"""What cannot be checked here leaves a row in the table, and the test ends with a sentence that says what and why."""

from dataclasses import replace
from typing import NoReturn

import pytest

from tests.conformance.table import Row, record


def left_out(config: pytest.Config, why: Exception, *rows: Row) -> NoReturn:
    """End the test for want of something; `make conformance` fails where `make test` skips.

    Args:
        config: Says which of the two it is.
        why: What is missing, and what would help.
        rows: What was to be held against what.
    """
    for row in rows:
        record(replace(row, skipped=f"not checked: {why}"))
    if config.getoption("--conformance"):
        raise why
    pytest.skip(f"not checked: {'; '.join(f'{row.checked} ({row.source})' for row in rows)}: {why}")
