"""What is fetched for the checks and never kept in this repository."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from irp_actions.edges.standin.actions.runner.act import ActMissing, act_version, find_act
from tests.conformance.missing import left_out
from tests.conformance.table import Row
from tools import npm
from tools.conformance.packages import RECORDINGS, Package, PackageError, found
from tools.conformance.stamps import ROOT
from tools.oracle.node import Oracle
from tools.oracle.node import locked as answering

_PLAYED = "exchanges with the real GitHub, played to the embedded one and to our door"
_ANSWERED = {
    "@actions/workflow-parser": "kept answers, asked again, and events with types and filters",
    "@actions/expressions": "values of expressions grown at random",
    "@actions/languageservice": "workflow files, and slips in them",
}


@pytest.fixture(scope="session")
def recorded(request: pytest.FixtureRequest) -> Package:
    """PyGithub's recordings of the real GitHub."""
    try:
        return found(npm.INSTALLED, RECORDINGS)
    except PackageError as missing:
        why = PackageError(f"{missing}; `make conformance` fetches it")
        left_out(request.config, why, Row("PyGithub's recordings", _PLAYED, 0))


@pytest.fixture(scope="session")
def scenarios(request: pytest.FixtureRequest) -> Path:
    """The package of recorded scenarios that GitHub's own client libraries are tested with."""
    try:
        installed = npm.installed("fixtures", Path(__file__).with_name("recorded") / "package-lock.json")
    except npm.NotInstalledError as missing:
        left_out(request.config, missing, Row("@octokit/fixtures", _PLAYED, 0))
    return installed / "node_modules" / "@octokit" / "fixtures"


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
        row = Row(f"nektos/act {wanted_act()}", "our workflow files, drills under it, and what it lacks", 0)
        left_out(request.config, missing, row)
    return found


@pytest.fixture(scope="session")
def oracle(request: pytest.FixtureRequest) -> Iterator[Oracle]:
    """GitHub's reader of workflow files and evaluator of expressions."""
    try:
        running = Oracle()
    except npm.NotInstalledError as missing:
        rows = [Row(f"npm {name} {answering()[name]}", checked, 0) for name, checked in _ANSWERED.items()]
        left_out(request.config, missing, *rows)
    with running:
        yield running
