"""`irp drill` says what it can play, refuses what it cannot, and is plain unless somebody sits at a terminal."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, SHORT, Drill

from irp_actions.edges.drill.scenario import load, packaged

COMMAND = [sys.executable, "-c", "from irp_actions.edges.drill.command import drill_command; drill_command()"]
ESCAPE = "\x1b"


def plain_environment() -> dict[str, str]:
    """This process's environment without what forces or forbids colour."""
    return {name: value for name, value in os.environ.items() if name not in ("FORCE_COLOR", "NO_COLOR")}


def own_checkout(folder: Path, command: str) -> Path:
    """A checkout whose incident workflow runs another command than the program."""
    shutil.copytree(ROOT / ".github", folder / ".github")
    workflow = folder / ".github" / "workflows" / "incident.yml"
    text = workflow.read_text(encoding="utf-8")
    ours = next(row for row in text.split("\n") if "irp_actions reconcile" in row)
    workflow.write_text(text.replace(ours, f"      - run: {command}"), encoding="utf-8")
    return folder


def test_the_list_names_every_scenario_with_its_title(drill: Drill) -> None:
    """One line each."""
    result = drill("--list")
    listed = dict(row.split(maxsplit=1) for row in result.output.splitlines())
    assert listed == {path.stem: load(path).title for path in packaged()}
    assert listed["false-alarm"] == "A false alarm"
    assert result.exit_code == 0


def test_an_unknown_scenario_is_refused_with_the_known_ones(drill: Drill) -> None:
    """Whoever mistypes a name sees the names."""
    result = drill("leaked")
    known = ", ".join(path.stem for path in packaged())
    assert f"'leaked' is neither one of {known}, nor a .yml file" in " ".join(result.output.split())
    assert result.exit_code == 2


def test_without_act_its_drill_says_how_to_get_it(
    drill: Drill, short: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is played, and nobody has to search."""
    shutil.copytree(ROOT / ".github", tmp_path / "own" / ".github")
    monkeypatch.setenv("PATH", str(tmp_path))
    result = drill(short, "--runner", "act", folder=tmp_path / "own")
    assert "there is no act: `make act` builds the wanted version into build/conformance/bin" in result.output
    assert result.exit_code == 1


def test_outside_a_checkout_a_drill_says_what_it_needs(drill: Drill, tmp_path: Path) -> None:
    """A drill plays a repository's own workflows; without any there is nothing to play."""
    result = drill(folder=tmp_path)
    assert "run it in a checkout" in result.output
    assert result.exit_code == 1


def test_a_checkout_is_found_from_any_folder_in_it(drill: Drill, short: Path) -> None:
    """As git finds it."""
    assert drill(short, folder=ROOT / "tests").exit_code == 0


def test_a_broken_scenario_is_refused_with_its_lines(drill: Drill, tmp_path: Path) -> None:
    """All that is wrong with it, as an editor can follow it."""
    path = tmp_path / "broken.yml"
    path.write_text(SHORT.replace("says: on it", "syas: on it"), encoding="utf-8")
    result = drill(path)
    assert "broken.yml:8:5: a step has exactly one of scene, form, says," in result.output
    assert result.exit_code == 2


def test_a_broken_policy_is_refused_before_anything_is_played(drill: Drill, tmp_path: Path) -> None:
    """The scenario's policy is checked as the repository's own would be."""
    path = tmp_path / "short.yml"
    path.write_text(SHORT.replace("people: {on_call: [ana]}", "pepole: {}"), encoding="utf-8")
    result = drill(path)
    assert "unknown key 'pepole'; did you mean 'people'?" in result.output
    assert result.exit_code == 2


def test_a_step_that_cannot_be_taken_is_named_by_its_line(drill: Drill, tmp_path: Path) -> None:
    """Such as a form that the checkout does not have."""
    path = tmp_path / "short.yml"
    path.write_text(SHORT.replace("report.yml", "rapport.yml"), encoding="utf-8")
    result = drill(path)
    assert (
        "short.yml:7: this step could not be taken: POST /_standin/forms/rapport.yml was answered 404" in result.output
    )
    assert result.exit_code == 2


def test_a_failed_run_is_shown_and_fails_the_drill(drill: Drill, short: Path, tmp_path: Path) -> None:
    """Nobody may think that all went well when a workflow did not."""
    result = drill(short, folder=own_checkout(tmp_path, "echo out of order; exit 3"))
    assert "**12:00** **incident.yml** failed after issues" in result.output
    assert "out of order" in result.output
    assert result.exit_code == 1


def test_a_drill_leaves_the_checkout_as_it_was(drill: Drill, short: Path, tmp_path: Path) -> None:
    """It plays in a copy, where it writes its own policy over the repository's."""
    folder = own_checkout(tmp_path, "'true'")
    (folder / ".github" / "irp.yml").write_text("zone: Europe/Paris\n", encoding="utf-8")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert drill(short, folder=folder).exit_code == 0
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_piped_drill_prints_no_colour(short: Path) -> None:
    """What is read by a program or kept in a file holds no escape sequences."""
    done = subprocess.run(
        [*COMMAND, short], cwd=ROOT, env=plain_environment(), capture_output=True, text=True, check=True
    )
    assert "**12:01** **ana** comments (2)" in done.stdout
    assert ESCAPE not in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_a_drill_on_a_terminal_is_coloured_and_rendered(short: Path) -> None:
    """The same words without Markdown's marks, and the drill's clock at the bottom."""
    ours, theirs = pty.openpty()
    environment = {**plain_environment(), "TERM": "xterm-256color", "COLUMNS": "100"}
    with subprocess.Popen([*COMMAND, short], cwd=ROOT, env=environment, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        shown = read_all(ours)
    assert process.returncode == 0
    assert ESCAPE in shown
    assert "Mon 12:01 UTC" in shown
    assert "**" not in shown


def read_all(terminal: int) -> str:
    """Everything a program writes to its terminal until it ends."""
    chunks = []
    while True:
        try:
            chunk = os.read(terminal, 65536)
        except OSError:  # how Linux says that nobody holds the other end any more
            break
        if not chunk:
            break
        chunks.append(chunk)
    os.close(terminal)
    return b"".join(chunks).decode(errors="replace")


def test_words_before_any_issue_are_a_fault_of_the_scenario(drill: Drill, tmp_path: Path) -> None:
    """There is nothing yet to comment on."""
    path = tmp_path / "short.yml"
    form = next(row for row in SHORT.split("\n") if "form:" in row)
    path.write_text(SHORT.replace(f"{form}\n", ""), encoding="utf-8")
    result = drill(path)
    assert "short.yml:7: this step could not be taken: no issue was opened yet" in result.output
    assert result.exit_code == 2


def test_a_scenario_can_be_played_under_an_example_policy(drill: Drill, short: Path) -> None:
    """Whoever works by the procedure sees its words before they use it."""
    text = short.read_text(encoding="utf-8")
    short.write_text(f"{text}  - {{at: 2m, who: ana, says: /ready for QA}}\n", encoding="utf-8")
    result = drill(short, "--policy", "civicactions")
    assert "sets `status: Ready for QA`" in result.output
    assert "Incident Commander" in result.output
    assert result.exit_code == 0


def test_an_unknown_or_broken_policy_is_refused_before_anything_is_played(
    drill: Drill, short: Path, tmp_path: Path
) -> None:
    """With the names there are, or with its mistakes."""
    result = drill(short, "--policy", "ours")
    assert "'ours' is neither one of civicactions, cloud-gov, nor a file" in result.output
    assert result.exit_code == 2
    path = tmp_path / "own.yml"
    path.write_text("zoen: UTC\n", encoding="utf-8")
    result = drill(short, "--policy", path)
    assert "own.yml:1:1: unknown key 'zoen'; did you mean 'zone'?" in result.output
    assert result.exit_code == 2
