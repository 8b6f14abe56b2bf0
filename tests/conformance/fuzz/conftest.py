"""schemathesis, where it is installed."""

import pytest


@pytest.fixture(scope="session", autouse=True)
def schemathesis(request: pytest.FixtureRequest) -> None:
    """Nothing here runs without it."""
    try:
        import schemathesis  # noqa: F401, PLC0415 - it is not there everywhere
    except ImportError as missing:
        if request.config.getoption("--conformance"):
            raise
        pytest.skip(f"`make conformance` installs what is missing: {missing}")
