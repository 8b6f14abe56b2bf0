"""The packages that are fetched for the checks and never kept in this repository."""

import pytest

from tools.conformance.packages import RECORDINGS, Package, PackageError, found
from tools.conformance.stamps import ROOT

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
