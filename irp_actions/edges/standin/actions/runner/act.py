"""The other runner: nektos/act in host mode runs each job, as one process, from the workflow file and the event.

What it does differently from GitHub, with the smallest file that shows it, is in docs/act.md. When a workflow starts,
and what waits for what, remains the engine's to decide: act has neither events nor concurrency.
"""

import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from irp_actions.edges.standin.actions.commits import DEFAULT_BRANCH, DEFAULT_REF, Commits
from irp_actions.edges.standin.actions.errors import ActionsError
from irp_actions.edges.standin.actions.expressions import Scope, Value
from irp_actions.edges.standin.actions.expressions.values import to_text
from irp_actions.edges.standin.actions.runner.commands import annotation
from irp_actions.edges.standin.actions.runner.environment import inherited_variables, search_path
from irp_actions.edges.standin.actions.runner.order import JobOrder
from irp_actions.edges.standin.actions.runner.process import Ending, Outcome, Watch, run_process
from irp_actions.edges.standin.actions.runner.satisfied import CHECKOUT, satisfied_action, write_installers
from irp_actions.edges.standin.actions.scheduling import JobResult, Log, Verdict
from irp_actions.edges.standin.actions.workflow.model import DEFAULT_TIMEOUT_MINUTES

BUILT = Path("build/conformance/bin/act")
"""Where `make act` puts it."""

# What act is told of a run; the rest of the `github` context it makes itself, or does not know at all.
_TOLD = (
    *("api_url", "graphql_url", "server_url", "repository", "repository_owner", "ref", "retention_days"),
    *("run_attempt", "run_id", "run_number"),
)
# What act puts in the place of `actions/checkout` with a `ref:`; without one it copies the folder it was given.
_CHECK_OUT = """case "$REF" in
{sha}) cp -R '{run}/.' . ;;
{branch} | {full}) cp -R '{tip}/.' . ;;
*) echo "A branch or tag with the name '$REF' could not be found"; exit 1 ;;
esac"""
_USES = re.compile(r"(?P<repository>[^/@]+/[^/@]+)(?P<path>(?:/[^@]+)?)@(?P<ref>.+)")
# act takes the command line of a step apart at these; the last one parts the folders of a `PATH`.
_APART = re.compile(r"""[\s'"\\:]""")


class ActMissing(Exception):  # noqa: N818 - a state of affairs
    """There is no act on this machine, or no folder that it can work in."""


def find_act(checkout: Path) -> Path:
    """Return the program: the one that `make act` built, or else the first on the `PATH`.

    Args:
        checkout: The folder in which `make act` was called, if it was.

    Raises:
        ActMissing: It is in neither place.
    """
    built = checkout / BUILT
    if built.is_file():
        return built.resolve()
    found = shutil.which("act")
    if found is None:
        raise ActMissing(
            f"there is no act: `make act` builds the wanted version into {BUILT.parent}, or put it on the PATH;"
            " it needs Go, and no Docker"
        )
    return Path(found).resolve()


def act_version(act: Path) -> str:
    """Return what act says its version is, such as `0.2.89`; whatever another program of that name says."""
    told = subprocess.run([act, "--version"], check=False, capture_output=True, text=True)  # noqa: S603 - as it says
    return told.stdout.rpartition(" ")[2].strip()


class ActRunner:
    """Runs jobs on this machine, under act.

    Args:
        act: The program.
        environment: Variables that every step's process gets beside those of Actions.

    Raises:
        ActMissing: Temporary files are kept where act fails every job.
    """

    def __init__(self, act: Path, environment: Mapping[str, str] | None = None) -> None:
        temporary = tempfile.gettempdir()
        if _APART.search(temporary):
            raise ActMissing(
                f"act cannot run anything below {temporary}, where temporary files are kept: it stumbles over spaces,"
                " quotes, backslashes and colons; set TMPDIR to a folder without them"
            )
        self._act = act.resolve()
        self._environment = dict(environment or {})

    def run(self, order: JobOrder) -> JobResult:
        """Execute a job to its end; whatever act leaves behind goes with its folder."""
        if order.job.needs:
            order.log.add(annotation("error", "act would run the jobs that this one needs once more: not done"))
            return JobResult(Verdict.FAILURE)
        with tempfile.TemporaryDirectory(prefix="irp-act-", ignore_cleanup_errors=True) as name:
            folder, report = Path(name), _Report(order.log)
            order.time.limit = order.time.now() + _minutes(order) * 60
            outcome = run_process(
                [str(self._act), *_arguments(order, folder)],
                cwd=folder,
                env=self._variables(order, folder),
                on_line=report.line,
                watch=Watch(
                    is_over=lambda: order.time.now() >= order.time.limit,
                    stop=lambda: order.cancellation.requested,
                    kill=lambda: order.cancellation.killed,
                ),
            )
        return JobResult(_verdict(outcome, report, order.log))

    def _variables(self, order: JobOrder, folder: Path) -> dict[str, str]:
        """Return act's own environment, which its steps inherit; nothing in a home of somebody's directs it."""
        shims = folder / "bin"
        home = folder / "home"
        for each in (shims, home):
            each.mkdir()
        inherited = {**inherited_variables(), **self._environment}
        path = search_path([], inherited.get("PATH"))
        write_installers(shims, path)
        first = [str(each) for each in (*order.time.path, shims)]
        return {
            **inherited,
            "ACT_DISABLE_VERSION_CHECK": "1",
            "HOME": str(home),
            "PATH": search_path(first, inherited.get("PATH")),
        }


def _minutes(order: JobOrder) -> float:
    limit = order.job.timeout_minutes
    return limit.number(Scope(order.contexts)) if limit else DEFAULT_TIMEOUT_MINUTES


def _arguments(order: JobOrder, folder: Path) -> Iterator[str]:
    """Write what act reads, and yield its arguments. No secret is among them: others may list processes."""
    github = _mapping(order.contexts["github"])
    told = {f"GITHUB_{name.upper()}": to_text(github.get(name)) for name in _TOLD}
    sha = to_text(github.get("sha"))
    files: Mapping[str, Mapping[str, Value]] = {
        "secret": _mapping(order.contexts["secrets"]),
        "var": _mapping(order.contexts["vars"]),
        "env": {**told, "SHA_REF": sha},  # what act calls the commit; a folder without Git has none
        "input": {},
    }
    yield order.event.name
    run, tip = (_checked_out(order.commits, ref, folder / "commits" / ref) for ref in (sha, DEFAULT_BRANCH))
    yield from ("--directory", str(run))
    yield from ("--workflows", str(run / order.workflow.path))
    yield from ("--job", order.job.id)
    yield from ("--actor", order.event.actor)
    yield from ("--eventpath", str(_written(folder / "event.json", order.event.payload)))
    for kind, values in files.items():
        texts = {name: to_text(value) for name, value in values.items()}
        # JSON is YAML, which act reads from any file that is called so.
        yield from (f"--{kind}-file", str(_written(folder / f"{kind}.yml", texts)))
    yield from ("--action-cache-path", str(folder / "cache"))
    yield from ("--json", "--no-cache-server")
    for label in order.job.runs_on.split(", "):
        yield from ("--platform", f"{label}=-self-hosted")
    script = _CHECK_OUT.format(sha=sha, run=run, tip=tip, branch=DEFAULT_BRANCH, full=DEFAULT_REF)
    for uses in sorted({step.uses for step in order.job.steps if step.uses}):
        yield from _local_action(uses, folder, script)


def _checked_out(commits: Commits, ref: str, into: Path) -> Path:
    into.mkdir(parents=True)
    commits.check_out(ref, into)
    return into


def _local_action(uses: str, folder: Path, check_out: str) -> Iterator[str]:
    """An action that is satisfied is one of act's local ones, which has to check out or has nothing left to do."""
    outputs, parts = satisfied_action(uses), _USES.fullmatch(uses)
    if parts is None:
        return
    step: dict[str, object] = {"run": "true", "shell": "sh"}  # act wants at least one
    if parts["repository"] == CHECKOUT:
        outputs, step = {}, {"run": check_out, "shell": "sh", "env": {"REF": "${{ inputs.ref }}"}}
    if outputs is None:
        return
    place = folder / "actions" / re.sub(r"[^\w.-]", "_", f"{parts['repository']}@{parts['ref']}")
    action = {
        "name": uses,
        "inputs": {"ref": {"required": False}},
        "outputs": {name: {"value": value} for name, value in outputs.items()},
        "runs": {"using": "composite", "steps": [step]},
    }
    _written(place / parts["path"].strip("/") / "action.yml", action)
    yield from ("--local-repository", f"{parts['repository']}@{parts['ref']}={place}")


class _Report:
    """Reads what act tells, an object of JSON in each line.

    Attributes:
        result: What act says the job came to; empty if it ran none.
    """

    def __init__(self, log: Log) -> None:
        self.result = ""
        self._log = log

    def line(self, text: str) -> None:
        """Take in one line."""
        try:
            told = json.loads(text)
        except ValueError:
            told = None
        if not isinstance(told, dict):
            self._log.add(text, 1)
            return
        self.result = told.get("jobResult", self.result)
        self._log.add(str(told.get("msg", "")).strip(), 2 if told.get("raw_output") else 1)


def _verdict(outcome: Outcome, report: _Report, log: Log) -> Verdict:
    if outcome.ending is Ending.STOPPED:
        log.add(annotation("error", "The operation was canceled."))
        return Verdict.CANCELLED
    if outcome.ending is Ending.TIMED_OUT:
        log.add(annotation("error", "The job has exceeded its maximum execution time."))
        return Verdict.CANCELLED
    if outcome.exit_code == 0 and not report.result:
        log.add(annotation("error", "act would not run this job, though its `if:` holds for the stand-in"))
    return Verdict.SUCCESS if outcome.exit_code == 0 and report.result == "success" else Verdict.FAILURE


def _mapping(value: Value) -> Mapping[str, Value]:
    if not isinstance(value, Mapping):
        raise ActionsError(f"a context is a mapping, not {value!r}")
    return value


def _written(path: Path, value: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return path
