"""Nobody's checker finds anything in our workflow files and forms, and what one is told to ignore has its reason."""

import re
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.conformance.table import Row, record
from tools.conformance.stamps import ROOT
from tools.oracle.node import Oracle, locked

_WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
_FORMS = sorted(path for path in (ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml")
_CONFIG = [ROOT / ".github" / "ISSUE_TEMPLATE" / "config.yml"]
_SCHEMAS = {"github-workflows": _WORKFLOWS, "github-issue-forms": _FORMS, "github-issue-config": _CONFIG}
_SERVICE = f"npm @actions/languageservice {locked()['@actions/languageservice']}"

# One thing wrong with a file of each kind: what stands in it, and what it becomes.
_SLIPS = {
    "github-workflows": ("runs-on:", "run-on:"),
    "github-issue-forms": ("type: textarea", "type: text"),
    "github-issue-config": ("blank_issues_enabled: false", "blank_issues_enabled: nobody"),
}


@pytest.mark.parametrize("schema", _SCHEMAS)
def test_the_published_schemas_are_met(schema: str) -> None:
    """Those of SchemaStore, which editors use, as check-jsonschema brings them along."""
    status, output = _check(schema, _SCHEMAS[schema])
    source = f"check-jsonschema {version('check-jsonschema')}"
    record(Row(source, f"files of the schema {schema}", len(_SCHEMAS[schema]), int(status != 0)))
    assert (status, output) == (0, "ok -- validation done")


@pytest.mark.parametrize("schema", _SCHEMAS)
def test_a_slip_against_a_schema_is_noticed(schema: str, tmp_path: Path) -> None:
    """Or else the check above would be none."""
    right, wrong = _SLIPS[schema]
    assert _check(schema, [_with_slip(_SCHEMAS[schema], right, wrong, tmp_path)])[0] == 1


def test_zizmor_finds_nothing(tmp_path: Path) -> None:
    """And it does look: a title inside a script is found."""
    status, output = _zizmor(ROOT / ".github")
    record(Row(f"zizmor {version('zizmor')}", "workflow files", len(_WORKFLOWS), int(status != 0), "offline"))
    assert status == 0, output
    slip = "run: echo ${{ github.event.issue.title }} #"
    assert _zizmor(_with_slip(_WORKFLOWS, "run: python -m irp_actions", slip, tmp_path))[0] != 0


def test_whatever_is_ignored_has_its_reason() -> None:
    """In the same line, in words; and there is one such line at all."""
    files = [*_WORKFLOWS, *_FORMS, *_CONFIG, *ROOT.glob(".github/*.yml")]
    ignored = [line for path in files for line in path.read_text(encoding="utf-8").splitlines() if "zizmor:" in line]
    assert len(ignored) == 1
    assert all(re.search(r"# zizmor: ignore\[[a-z-]+\] \w+( \S+){4,}", line) for line in ignored)
    assert not list(ROOT.glob(".github/zizmor.y*ml"))


def test_the_language_service_finds_nothing(oracle: Oracle) -> None:
    """What GitHub's own editor would underline in our workflow files."""
    found = {path.name: _diagnostics(oracle, path.read_text(encoding="utf-8")) for path in _WORKFLOWS}
    record(Row(_SERVICE, "workflow files", len(found), sum(map(bool, found.values()))))
    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("types: [opened,", "types: [open,"),
        ("github.event.issue.number ||", "github.event.isue.number ||"),
        ("issues: write", "issues: wirte"),
        ("runs-on:", "run-on:"),
        ("!github.event", "! github event"),
        ("inputs.number", "inputs.numbr"),
        ("secrets.IRP_RECORD_KEY", "secret.IRP_RECORD_KEY"),
    ],
)
def test_a_slip_is_noticed_by_the_language_service(right: str, wrong: str, oracle: Oracle) -> None:
    """Such as are easily made."""
    text = (ROOT / ".github" / "workflows" / "incident.yml").read_text(encoding="utf-8")
    assert right in text
    noticed = _diagnostics(oracle, text.replace(right, wrong))
    record(Row(_SERVICE, "damaged workflow files, noticed", 1, int(not noticed)))
    assert noticed


def _diagnostics(oracle: Oracle, text: str) -> list[str]:
    found: list[str] = oracle.ask({"ask": "diagnose", "text": text})["diagnostics"]
    return found


def _check(schema: str, paths: Sequence[Path]) -> tuple[int, str]:
    return _run([sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", *map(str, paths)])


def _zizmor(path: Path) -> tuple[int, str]:
    return _run([str(Path(sys.executable).parent / "zizmor"), "--offline", "--quiet", str(path)])


def _run(command: list[str]) -> tuple[int, str]:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, (done.stdout + done.stderr).strip()


def _with_slip(paths: Sequence[Path], right: str, wrong: str, folder: Path) -> Path:
    """A copy of the first file that has something, with something else instead."""
    text = next(text for path in paths if right in (text := path.read_text(encoding="utf-8")))
    target = folder / "slip.yml"
    target.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    return target
