"""The recordings, what they show, and what embedded GitHubs answered to the same requests."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conformance.recorded.evidence import Evidence
from tests.conformance.recorded.exchanges import OCTOKIT, PYGITHUB, Exchange, of_octokit, of_pygithub
from tests.conformance.recorded.playing import Played, Programme, play
from tools.conformance.packages import Package


@dataclass(frozen=True)
class Performance:
    """Everything that was played.

    Attributes:
        exchanges: What was recorded, by its source.
        programmes: What was played of it, likewise.
        evidence: What all recordings together show.
    """

    exchanges: dict[str, list[Exchange]]
    programmes: dict[str, Programme]
    evidence: Evidence

    @property
    def played(self) -> list[Played]:
        """Of whichever source."""
        return [each for programme in self.programmes.values() for each in programme.played]


@pytest.fixture(scope="session")
def performance(recorded: Package, scenarios: Path, tmp_path_factory: pytest.TempPathFactory) -> Performance:
    """All recorded requests that make sense here, played."""
    exchanges = {PYGITHUB: of_pygithub(recorded), OCTOKIT: of_octokit(scenarios)}
    programmes = {source: play(some, tmp_path_factory.mktemp("checkouts")) for source, some in exchanges.items()}
    return Performance(exchanges, programmes, Evidence.of(each for some in exchanges.values() for each in some))
