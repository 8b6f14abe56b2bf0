"""schemathesis, where it is installed."""

import pytest

from tests.conformance.missing import left_out
from tests.conformance.table import Row


@pytest.fixture(scope="session", autouse=True)
def schemathesis(request: pytest.FixtureRequest) -> None:
    """Nothing here runs without it."""
    try:
        import schemathesis  # noqa: F401, PLC0415 - it is not there everywhere
    except ImportError as missing:
        why = ImportError(f"{missing}; `make conformance` installs it")
        left_out(request.config, why, Row("schemathesis", "requests, and methods that are not described", 0))
