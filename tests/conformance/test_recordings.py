"""The checks find nothing wrong with the real GitHub; what they would have is written down in `corrections`."""

import json

from tests.conformance import checker
from tests.conformance.corrections import CORRECTIONS
from tests.conformance.table import Row, record
from tools.conformance.keys import SINCE
from tools.conformance.packages import Package
from tools.conformance.recordings import Recording, recordings


def good(package: Package) -> list[Recording]:
    """The whole recordings of operations that the embedded GitHub serves."""
    return [
        recording
        for recording in recordings(package)
        if recording.year >= SINCE and checker.operation_of(recording.method, recording.path) and not recording.is_cut
    ]


def test_nothing_is_wrong_with_the_real_github(recorded: Package) -> None:
    """Or else the description is, and `corrections` has to say so."""
    examples = good(recorded)
    faults = {recording.file: found for recording in examples if (found := faults_of(recording))}
    skipped = f"before {SINCE}, operations not served here, and shortened ones"
    record(Row("PyGithub's recordings", "exchanges that must pass", len(examples), len(faults), skipped))
    assert faults == {}
    assert len(examples) > 100


def test_every_recording_that_a_correction_rests_on_is_there(recorded: Package) -> None:
    """And every correction says why."""
    files = {recording.file.removesuffix(".txt") for recording in recordings(recorded)}
    assert {name for correction in CORRECTIONS for name in correction.seen} <= files
    assert all(correction.reason for correction in CORRECTIONS)


def faults_of(recording: Recording) -> list[str]:
    """What the checks say of a recorded exchange."""
    target = f"{recording.path}?{recording.query}" if recording.query else recording.path
    request, body = (
        b"" if value is None else json.dumps(value).encode() for value in (recording.request, recording.body)
    )
    return [str(fault) for fault in checker.exchange(recording.method, target, recording.status, request, body)]
