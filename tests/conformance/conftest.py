"""What is fetched for the checks and never kept in this repository."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from irp_actions.edges.standin.actions.runner.act import ActMissing, act_version, find_act
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
def scenarios(request: pytest.FixtureRequest) -> Path:
    """The package of recorded scenarios that GitHub's own client libraries are tested with."""
    package = FETCHED / "fixtures" / "node_modules" / "@octokit" / "fixtures"
    if not (package / "package.json").is_file():
        missing = f"{package.relative_to(ROOT)} is not there"
        if request.config.getoption("--conformance"):
            raise FileNotFoundError(missing)
        pytest.skip(f"`make conformance` fetches what is missing: {missing}")
    return package


def wanted_act() -> str:
    """The version of nektos/act that `make act` builds."""
    pinned = re.search(r"github.com/nektos/act v(\S+)", (ROOT / "tools" / "act" / "go.mod").read_text(encoding="utf-8"))
    assert pinned is not None
    return pinned[1]


@pytest.fixture(scope="session")
def act(request: pytest.FixtureRequest) -> Path:
    """The runner nektos/act, of the version that `tools/act` names."""
    try:
        found = find_act(ROOT)
        if act_version(found) != wanted_act():
            raise ActMissing(f"{found} is act {act_version(found)}, and `make act` builds {wanted_act()}")
    except ActMissing as missing:
        if request.config.getoption("--conformance"):
            raise
        pytest.skip(f"our workflows were not run under nektos/act: {missing}")
    return found


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
