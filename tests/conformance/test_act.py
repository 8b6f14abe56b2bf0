"""Our own workflow files run under nektos/act, a runner that we did not write, and what it lacks is shown."""

import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from click.testing import CliRunner

from irp_actions.edges.drill.command import drill_command
from irp_actions.edges.drill.scenario import packaged
from irp_actions.edges.locate import look
from irp_actions.edges.standin.actions.runner.act import ActMissing, ActRunner
from irp_actions.edges.standin.standin import StandIn
from irp_actions.rules.chain import Seal
from tests.conformance.conftest import wanted_act
from tests.conformance.table import Row, record
from tests.e2e.town import REPO, Town, town
from tools.conformance.stamps import ROOT

SOURCE = f"nektos/act {wanted_act()}"
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
LACKING = sorted(Path(__file__).with_name("act").glob("*.yml"))
DRILLS = ROOT / "tests" / "drill"
SCENARIOS = [*packaged(), DRILLS / "scenarios" / "every-step.yml"]

ALWAYS = ("false-alarm", "vanished-commander")
"""The drills that are played whenever there is act: the shortest, and one in which the watch sleeps for hours."""

KEY = "a key: with 'quotes', \"more\" and #"

HEAD = re.compile(r"# (?P<why>.+)\n# (?P<event>\w+): GitHub has it as (?P<github>\w+), act as (?P<act>\w+)\.\n")
RUNS = re.compile(r"^\| Workflow runs \| (?P<runs>.+); (?P<failed>none|\d+) failed \|$", re.MULTILINE)


@pytest.fixture
def there(act: Path, tmp_path: Path) -> Iterator[Town]:
    """A fresh repository whose jobs act executes."""
    with town(tmp_path / "checkout", secrets={"IRP_RECORD_KEY": KEY}, runner=ActRunner(act)) as made:
        yield made


def tried(town: Town) -> list[tuple[str, str, str]]:
    """Every run, which enters the table as well."""
    found = [(run["event"], run["workflow"], run["verdict"]) for run in town.runs()]
    failed = sum(verdict == "failure" for _, _, verdict in found)
    record(Row(SOURCE, "runs of our workflow files", len(found), failed))
    return found


def alone(act: Path, folder: Path, file: Path, event: str, payload: Any) -> str:
    """What act makes of a workflow by itself: `success` or `failure`, or `nothing` if it runs no job."""
    path = folder / "event.json"
    path.write_text(json.dumps(payload), encoding="utf-8")
    ended = subprocess.run(
        [
            *(act, event, "--directory", folder, "--workflows", file, "--eventpath", path),
            *("--platform", "ubuntu-latest=-self-hosted", "--no-cache-server", "--json"),
            *("--secret", "GITHUB_TOKEN=given", "--env", f"GITHUB_REPOSITORY={REPO}", "--env", "SHA_REF=0"),
            *("--env", "GITHUB_SERVER_URL=http://127.0.0.1:1"),  # where it would fetch actions: a step with one fails
        ],
        cwd=folder,
        env={"HOME": str(folder), "PATH": "/usr/bin:/bin", "ACT_DISABLE_VERSION_CHECK": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode == 0 and '"jobResult"' not in ended.stdout:
        return "nothing"
    return "failure" if ended.returncode else "success"


def test_a_command_in_a_comment_goes_through_act(there: Town) -> None:
    """From the event over the workflow to the program and back: the label is set, and the record written and sealed."""
    there.report()
    comment = there.say("ana", "/confirm high")
    labels = {label["name"] for label in there.issue()["labels"]}
    assert {"irp", "severity: high", "status: confirmed"} <= labels
    with there.door() as door:
        # Another key than the one that the job was given would not be let in.
        seen = look(door, 1, replace(there.desk, seal=Seal(KEY.encode(), b"n" * 32)), there.github.now())
    assert seen is not None
    calls = {entry.source: entry.call for entry in seen.record.entries}
    assert calls[comment["node_id"]] == "confirm"
    assert set(tried(there)) == {
        ("issues", "incident.yml", "success"),
        ("workflow_dispatch", "watch.yml", "running"),
        ("issue_comment", "incident.yml", "success"),
    }


def test_every_way_in_goes_through_act(there: Town) -> None:
    """Schedules, a hand, a timer outside, a run once more; the number that one of them gives is found each time."""
    there.weather(drop_events=1)
    there.report()
    there.weather(drop_events=0)
    for workflow, inputs in (("incident.yml", {"number": "1"}), ("net.yml", {}), ("sweep.yml", {})):
        there.rest("ana", "POST", f"/actions/workflows/{workflow}/dispatches", ref="main", inputs=inputs)
        there.settle()
    there.rest("ana", "POST", "/dispatches", event_type="irp", client_payload={"number": 1})
    there.settle()
    there.advance("PT10M")
    answered = next(run for run in there.runs() if run["event"] == "repository_dispatch")
    there.rest("ana", "POST", f"/actions/runs/{answered['id']}/rerun")
    there.settle()
    found = tried(there)
    assert [run["attempt"] for run in there.runs()].count(2) == 1
    assert {event for event, _, _ in found} == {"workflow_dispatch", "repository_dispatch", "schedule"}
    assert {workflow for _, workflow, _ in found} == {"incident.yml", "net.yml", "sweep.yml", "watch.yml"}
    assert {verdict for _, _, verdict in found} == {"success", "running"}
    logs = [run["log"] for run in there.runs() if run["workflow"] == "incident.yml"]
    assert all("#1: " in log for log in logs), logs


def test_what_is_no_incident_is_skipped_by_act_too(act: Path, there: Town, tmp_path: Path) -> None:
    """Its condition is evaluated once more, by somebody else, on the payloads that the embedded GitHub made."""
    number = there.control("POST", "pulls", user="ana", title="A change")["number"]
    there.say("ana", "looks good", number)
    there.report()
    asked = [each for each in there.control("GET", "events") if each["name"] in ("issues", "issue_comment")]
    file = ROOT / ".github" / "workflows" / "incident.yml"
    folder = tmp_path / "alone"
    folder.mkdir()
    entered = [alone(act, folder, file, each["name"], each["payload"]) != "nothing" for each in asked]
    wanted = ["pull_request" not in each["payload"]["issue"] for each in asked]
    wrong = sum(was != ought for was, ought in zip(entered, wanted, strict=True))
    record(Row(SOURCE, "events, and whether they are an incident's", len(asked), wrong))
    assert entered == wanted
    assert set(wanted) == {True, False}
    assert {verdict for event, _, verdict in tried(there) if event == "issue_comment"} == {"skipped"}


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_a_drill_reads_the_same_under_act(
    path: Path, act: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """The golden transcript to the letter, with every job of the drill run by act from the shipping files."""
    if path.stem not in ALWAYS and not request.config.getoption("--conformance"):
        always = " and ".join(ALWAYS)
        pytest.skip(f"not checked: the drills under {SOURCE}, but for {always}; `make conformance` plays them all")
    monkeypatch.chdir(ROOT)
    transcript = tmp_path / "transcript.md"
    name = str(path) if path.is_relative_to(DRILLS) else path.stem
    result = CliRunner().invoke(drill_command, [name, "--runner", "act", "--transcript", str(transcript)])
    told = transcript.read_text(encoding="utf-8")
    counted = RUNS.search(told)
    assert counted is not None, result.output
    failed = 0 if counted["failed"] == "none" else int(counted["failed"])
    record(Row(SOURCE, "runs of our workflow files", sum(map(int, re.findall(r"\d+", counted["runs"]))), failed))
    golden = (DRILLS / "golden" / f"{path.stem}.md").read_text(encoding="utf-8")
    record(Row(SOURCE, "transcripts of drills, to the letter", 1, int(golden != told)))
    assert golden == told
    assert result.exit_code == 0


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda path: path.stem)
def test_act_finds_every_workflow_file_valid(file: Path, act: Path, tmp_path: Path) -> None:
    """By its own schema, strictly: an unknown key would be a mistake of ours or one more thing that act lacks."""
    command: list[str | Path] = [act, "--validate", "--strict", "--workflows", file, "--secret", "GITHUB_TOKEN="]
    ended = subprocess.run(
        command, cwd=tmp_path, env={"HOME": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    record(Row(SOURCE, "workflow files that are valid for it", 1, int(ended.returncode != 0)))
    assert ended.returncode == 0, ended.stderr


@pytest.mark.parametrize("file", LACKING, ids=lambda path: path.stem)
def test_what_act_lacks_is_shown_by_the_smallest_file(
    file: Path, act: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each file does on the embedded GitHub what GitHub documents, and something else under act by itself."""
    says = HEAD.match(file.read_text(encoding="utf-8"))
    assert says is not None
    monkeypatch.setenv("HOME", str(tmp_path))
    workflows = tmp_path / ".github" / "workflows"
    workflows.mkdir(parents=True)
    (workflows / file.name).write_bytes(file.read_bytes())
    with StandIn(REPO, tmp_path) as standin:
        seen = Town(standin, tmp_path)
        if says["event"] == "issues":
            seen.rest("acme", "POST", "/issues", title="Odd mail")
        else:
            seen.rest("acme", "POST", f"/actions/workflows/{file.name}/dispatches", ref="main")
        seen.settle()
        here = [run["verdict"] for run in seen.runs()]
        payload = {"action": "opened", "issue": {}} if says["event"] == "issues" else {"inputs": None}
        seen.session.close()
    found = here, alone(act, tmp_path, file, says["event"], payload)
    wanted = [] if says["github"] == "nothing" else [says["github"]], says["act"]
    record(Row(SOURCE, "what it lacks, each shown by a file", 1, int(found != wanted), "docs/act.md"))
    assert found == wanted


@pytest.mark.parametrize("name", ["a b", "a'b", 'a"b', "a\\b", "a:b"])
def test_a_folder_in_which_act_fails_every_job_is_refused(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anything is played, and with what would help; whether there is act at all is another question."""
    folder = tmp_path / name
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    with pytest.raises(ActMissing, match=r"it stumbles over spaces, .*; set TMPDIR to a folder without them"):
        ActRunner(tmp_path / "act")


def test_a_folder_with_other_odd_letters_will_do(act: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is refused is what act cannot do, and no more."""
    with TemporaryDirectory(prefix="a$b{0}(c)*ü,=#;&%") as folder:  # a short one: a socket's address holds no long path
        monkeypatch.setattr("tempfile.tempdir", folder)
        with town(tmp_path / "checkout", secrets={"IRP_RECORD_KEY": KEY}, runner=ActRunner(act)) as made:
            made.report()
            assert "failure" not in {verdict for _, _, verdict in tried(made)}


def test_the_page_of_act_names_what_it_lacks() -> None:
    """Each file that shows something is on the page, with the sentence on its top."""
    page = (ROOT / "docs" / "act.md").read_text(encoding="utf-8")
    for file in LACKING:
        says = HEAD.match(file.read_text(encoding="utf-8"))
        assert says is not None
        assert says["why"].removeprefix("act ") in page.replace("\n  ", " "), file.name
        assert f"`{file.name}`" in page
