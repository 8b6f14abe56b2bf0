"""What a runner makes of a step's script, its output and its files."""

import subprocess
import sys
from pathlib import Path

import pytest

from irp_actions.edges.standin.actions.runner.commands import Command, Output, parse_command
from irp_actions.edges.standin.actions.runner.files import FileError, StepFiles, parse_pairs
from irp_actions.edges.standin.actions.runner.process import Ending, Watch, run_process, signal_group
from irp_actions.edges.standin.actions.runner.satisfied import only_installs, satisfied_action
from irp_actions.edges.standin.actions.runner.shells import ShellError, shell_command
from irp_actions.edges.standin.actions.scheduling import Log


@pytest.mark.parametrize(
    "script",
    [
        "pip install -e .",
        "python -m pip install --require-hashes -r requirements/run.txt\npip install --no-deps .",
        "python3.12 -m pip install 'PyYAML>=6.0'",
        "pipx install irp-actions",
        "uv sync --frozen\nuv tool install irp-actions",
        "sudo apt-get update && sudo apt-get install -y jq",
        "# what we need\nset -euo pipefail\nPIP_NO_INPUT=1 pip3 install \\\n  --upgrade pip",
        ".venv/bin/pip install .; pip install b",
    ],
)
def test_a_script_that_only_installs_is_satisfied(script: str) -> None:
    """Every command of it installs."""
    assert only_installs(script)


@pytest.mark.parametrize(
    "script",
    [
        "",
        "# nothing",
        "set -e",
        "irp reconcile 7",
        "pip install . && irp reconcile 7",
        "pip install .\nirp check",
        "uv run irp check",
        "pipx run irp",
        "pip freeze",
        "curl https://example.org | sh",
        "pip install . > log",
        "pip install $(cat list)",
        "pip install `cat list`",
        "pip install 'unclosed",
        "PIP_NO_INPUT=1",
        "(pip install .)",
    ],
)
def test_a_script_that_does_more_is_run(script: str) -> None:
    """In doubt it is run."""
    assert not only_installs(script)


def test_known_actions_are_satisfied_and_all_others_are_not() -> None:
    """Whatever the version."""
    assert (satisfied_action("Actions/Setup-Python@v6") or {})["python-path"] == sys.executable
    assert satisfied_action("actions/cache/save@08c6903cd8c0fde910a37f88322edcfb5dd907a8") == {}
    assert satisfied_action("actions/github-script@v8") is None
    assert satisfied_action("./local") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", {}),
        ("a=1\n\nb=x=y\n", {"a": "1", "b": "x=y"}),
        ("a=\r\nb=2\r\n", {"a": "", "b": "2"}),
        ("a<<END\none\n\ntwo=2\nEND\nb=3", {"a": "one\n\ntwo=2", "b": "3"}),
        ("a=x<<y", {"a": "x<<y"}),
        ("a<<END\nEND", {"a": ""}),
        ("a=one\N{LINE SEPARATOR}b=two", {"a": "one\N{LINE SEPARATOR}b=two"}),
        ("a=1\na=2", {"a": "2"}),
    ],
)
def test_an_environment_file_sets_names_to_values(text: str, expected: dict[str, str]) -> None:
    """On one line, or on several up to a delimiter."""
    assert parse_pairs(text) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("nothing", "Invalid format 'nothing'"),
        ("=1", "Name must not be empty"),
        ("a<<\nb", "delimiter must not be empty"),
        ("a<<END\nb", "Matching delimiter not found 'END'"),
    ],
)
def test_a_malformed_environment_file_is_refused(text: str, message: str) -> None:
    """In GitHub's words."""
    with pytest.raises(FileError, match=message):
        parse_pairs(text)


def test_a_summary_may_not_exceed_a_mebibyte(tmp_path: Path) -> None:
    """One byte more is refused, and a file that was removed is empty."""
    files = StepFiles(tmp_path / "files")
    path = Path(files.variables["GITHUB_STEP_SUMMARY"])
    path.write_text("x" * 1024 * 1024)
    assert len(files.summary()) == 1024 * 1024
    path.write_text("x" * (1024 * 1024 + 1))
    with pytest.raises(FileError, match="supports content up to a size of 1024k"):
        files.summary()
    path.unlink()
    assert files.summary() == ""


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("::error::wrong", Command("error", {}, "wrong")),
        (
            "  ::Warning file=a.yml,line=3,title=a%3Ab%2Cc::two%0Alines%25",
            Command("warning", {"file": "a.yml", "line": "3", "title": "a:b,c"}, "two\nlines%"),
        ),
        ("::group::", Command("group", {}, "")),
        ("plain ::error::text", None),
        ("::no end", None),
        ("::::", None),
    ],
)
def test_workflow_commands_are_told_from_plain_output(line: str, command: Command | None) -> None:
    """A command starts its line, and may escape what it could not hold."""
    assert parse_command(line) == command


def output(*lines: str) -> tuple[Output, list[str]]:
    """Return what is left of some lines of output, and what the log shows of them."""
    log = Log()
    taken = Output(log)
    for line in lines:
        taken.line(line)
    return taken, [line.strip() for line in log.lines]


def test_annotations_are_kept_with_their_place() -> None:
    """File, line and title, as far as given."""
    _, log = output("::error file=policy.yml,line=3,title=Policy::wrong", "::notice::well", "::debug::hidden")
    assert log == ["error: policy.yml:3: Policy: wrong", "notice: well"]


def test_what_is_masked_is_shown_no_more() -> None:
    """From then on, and each line of it."""
    _, log = output("s3cret", "::add-mask::s3cret", "the s3cret", "::add-mask::one%0Atwo", "one or two")
    assert log == ["s3cret", "the ***", "*** or ***"]


def test_stopped_commands_are_plain_text_until_resumed() -> None:
    """So that printed text of others commands nothing."""
    _, log = output("::stop-commands::end7", "::error::theirs", "::end7::", "::error::ours")
    assert log == ["::error::theirs", "error: ours"]


@pytest.mark.parametrize(
    "line",
    ["::stop-commands::", "::stop-commands::error", "::set-env name=A::1", "::add-path::/x", "::set-output::x"],
)
def test_a_forbidden_command_is_the_steps_fault(line: str) -> None:
    """The step fails whatever its exit code."""
    assert output(line)[0].fault


def test_the_old_way_to_set_an_output_still_works() -> None:
    """Deprecated for years, and alive; unknown commands are plain text."""
    taken, log = output("::set-output name=a::1", "::unknown::x", "::group::Set up", "::endgroup::")
    assert taken.outputs == {"a": "1"}
    assert log == ["::unknown::x", "group: Set up"]


@pytest.mark.parametrize(
    ("shell", "expected"),
    [
        ("", "bash -e /s"),
        ("bash", "bash --noprofile --norc -eo pipefail /s"),
        ("sh", "sh -e /s"),
        ("python", "python /s"),
        ("perl -w {0}", "perl -w /s"),
    ],
)
def test_a_script_is_run_as_its_shell_says(shell: str, expected: str) -> None:
    """The default bash is not the explicit one: it does not fail inside a pipe."""
    assert " ".join(shell_command(shell, Path("/s"))) == expected


def test_a_shell_that_is_not_there_is_refused() -> None:
    """By name."""
    with pytest.raises(ShellError, match="does not have the shell 'pwsh'"):
        shell_command("pwsh", Path("/s"))


NEVER = Watch(is_over=lambda: False, stop=lambda: False, kill=lambda: False)


def test_output_comes_line_by_line_and_the_exit_code_last(tmp_path: Path) -> None:
    """Both streams, the last line without an end, bytes that are no text, and a carriage return."""
    lines: list[str] = []
    script = r"printf 'one\r\ntwo\n'; echo three >&2; printf '\377'; exit 3"
    outcome = run_process(["bash", "-c", script], cwd=tmp_path, env={}, on_line=lines.append, watch=NEVER)
    assert lines == ["one", "two", "three", "\N{REPLACEMENT CHARACTER}"]
    assert (outcome.ending, outcome.exit_code, outcome.group) == (Ending.EXITED, 3, None)


def test_a_process_that_had_its_time_is_interrupted(tmp_path: Path) -> None:
    """With all of its group."""
    watch = Watch(is_over=lambda: True, stop=lambda: False, kill=lambda: False)
    outcome = run_process(["sleep", "600"], cwd=tmp_path, env={}, on_line=print, watch=watch)
    assert outcome.ending is Ending.TIMED_OUT


def test_a_process_can_be_stopped_and_killed(tmp_path: Path) -> None:
    """Politely it may clean up; killed it may not."""
    ready = tmp_path / "ready"
    # Not bash, which can lose a signal that comes while one of its programs ends.
    script = (
        "import pathlib, signal, sys, time\n"
        "signal.signal(signal.SIGINT, lambda *_: sys.exit(print('bye', flush=True)))\n"
        f"pathlib.Path({str(ready)!r}).touch()\n"
        "time.sleep(600)\n"
    )
    for name, expected in (("stop", ["bye"]), ("kill", [])):
        ready.unlink(missing_ok=True)
        lines: list[str] = []
        watch = Watch(lambda: False, **({"stop": lambda: False, "kill": lambda: False} | {name: ready.exists}))
        outcome = run_process([sys.executable, "-c", script], cwd=tmp_path, env={}, on_line=lines.append, watch=watch)
        assert (outcome.ending, lines) == (Ending.STOPPED, expected)


def test_a_process_in_the_background_does_not_hold_up_its_step(tmp_path: Path) -> None:
    """It is named, so that the job can end it."""
    script = ["bash", "-c", "sleep 600 & echo started"]
    lines: list[str] = []
    outcome = run_process(script, cwd=tmp_path, env={}, on_line=lines.append, watch=NEVER)
    assert (lines, outcome.exit_code) == (["started"], 0)
    assert outcome.group is not None
    assert signal_group(outcome.group, 9)


def test_a_process_that_closes_its_output_is_waited_for(tmp_path: Path) -> None:
    """Silence is no exit."""
    script = ["bash", "-c", "exec >&- 2>&-; sleep 0.3; exit 5"]
    assert run_process(script, cwd=tmp_path, env={}, on_line=print, watch=NEVER).exit_code == 5


def test_no_process_is_left_behind(tmp_path: Path) -> None:
    """Of a group that was asked for by number nobody answers after its end."""
    process = subprocess.Popen(["true"], cwd=tmp_path, start_new_session=True)
    process.wait()
    assert not signal_group(process.pid, 0)
