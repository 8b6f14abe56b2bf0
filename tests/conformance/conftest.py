"""The packages that are fetched for the checks and never kept in this repository."""

from collections.abc import Iterator

import pytest

from tools.conformance.packages import RECORDINGS, Package, PackageError, found
from tools.conformance.stamps import ROOT
from tools.oracle.node import Oracle, OracleError

FETCHED = ROOT / "build" / "conformance"


@pytest.fixture(scope="session")
def recorded(request: pytest.FixtureRequest) -> Package:
    """PyGithub's recordings of the real GitHub."""
    try:
        return found(FETCHED, RECORDINGS)
    except PackageError as missing:
        if request.config.getoption("--conformance"):
            raise
        pytest.skip(f"`make conformance` fetches what is missing: {missing}")


@pytest.fixture(scope="session")
def oracle(request: pytest.FixtureRequest) -> Iterator[Oracle]:
    """GitHub's reader of workflow files and evaluator of expressions."""
    try:
        running = Oracle()
    except OracleError as missing:
        if request.config.getoption("--conformance"):
            raise
        pytest.skip(f"`make conformance` installs what is missing, Node excepted: {missing}")
    with running:
        yield running
