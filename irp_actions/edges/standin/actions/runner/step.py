"""A step is skipped, satisfied, refused or run, and leaves an outcome and a conclusion.

Source: "Workflow syntax", `jobs.<job_id>.steps`; "Contexts reference", `steps`.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from irp_actions.edges.standin.actions.errors import ActionsError
from irp_actions.edges.standin.actions.expressions import Scope, Template
from irp_actions.edges.standin.actions.expressions.values import number_text
from irp_actions.edges.standin.actions.runner.commands import Output, annotation
from irp_actions.edges.standin.actions.runner.files import FileError, StepFiles
from irp_actions.edges.standin.actions.runner.process import Ending, Outcome, Watch, run_process
from irp_actions.edges.standin.actions.runner.satisfied import CHECKOUT, only_installs, satisfied_action
from irp_actions.edges.standin.actions.runner.session import Session
from irp_actions.edges.standin.actions.runner.shells import shell_command
from irp_actions.edges.standin.actions.scheduling import Verdict
from irp_actions.edges.standin.actions.workflow import Step

_SATISFIED = "satisfied by the environment the stand-in runs in"


@dataclass(frozen=True)
class _Outcome:
    verdict: Verdict
    outputs: Mapping[str, str] = field(default_factory=dict)


_FAILED = _Outcome(Verdict.FAILURE)


def run_step(session: Session, step: Step, number: int) -> None:
    """Run one step and enter what came of it into the session.

    Args:
        session: The job so far.
        step: The step.
        number: Its place in the job, counted from 1.
    """
    session.name_action(step.id or f"__{number}")
    outcome, forgiven = _FAILED, False
    try:
        # Before the condition, which finds it in `env`, and cannot save a step whose `env:` has no value.
        env = session.evaluate(step.env)
        scope = session.scope(env)
        if not step.condition.holds(scope):
            session.log.add(f"step {step.label}: skipped, not met: if: {step.condition.source.strip() or 'success()'}")
            session.record(step.id, Verdict.SKIPPED, Verdict.SKIPPED, {})
            return
        session.log.add(f"step {step.name.text(scope) if step.name else step.label}")
        outcome = _use(session, step, scope) if step.uses else _Script(session, step, number, env).run()
        forgiving = step.continue_on_error
        forgiven = outcome.verdict is Verdict.FAILURE and forgiving is not None and forgiving.flag(scope)
    except (ActionsError, OSError) as error:
        session.log.add(annotation("error", str(error)), 1)
    conclusion = Verdict.SUCCESS if forgiven else outcome.verdict
    session.log.add(f"{outcome.verdict}{', and the job goes on: continue-on-error' if forgiven else ''}", 1)
    session.record(step.id, outcome.verdict, conclusion, outcome.outputs)


def _use(session: Session, step: Step, scope: Scope) -> _Outcome:
    uses = step.uses or ""
    inputs = {name: template.text(scope) for name, template in step.inputs.items()}
    if uses.partition("@")[0].lower() == CHECKOUT:
        sha = session.check_out(inputs.get("ref", ""))
        session.log.add(f"{uses}: {sha}", 1)
        return _Outcome(Verdict.SUCCESS, {"ref": inputs.get("ref", ""), "commit": sha})
    outputs = satisfied_action(uses)
    if outputs is None:
        session.log.add(annotation("error", f"The stand-in does not run the action '{uses}'"), 1)
        return _FAILED
    session.log.add(f"{uses}: {_SATISFIED}", 1)
    return _Outcome(Verdict.SUCCESS, outputs)


class _Script:
    """A `run:` step whose turn has come."""

    def __init__(self, session: Session, step: Step, number: int, env: Mapping[str, str]) -> None:
        self.session = session
        self.step = step
        self.number = number
        self.env = env
        self.scope = session.scope(env)
        self.output = Output(session.log)

    def run(self) -> _Outcome:
        """Run the script, unless all it would do is done."""
        script = self._text(self.step.run)
        for line in script.strip().splitlines():
            self.session.log.add(f"$ {line}", 1)
        if only_installs(script):
            self.session.log.add(_SATISFIED, 1)
            return _Outcome(Verdict.SUCCESS)
        path = self.session.temp / f"step_{self.number}.sh"
        path.write_text(script, encoding="utf-8")
        files = StepFiles(self.session.temp / "_runner_file_commands" / str(self.number))
        verdict = self._execute(path, files)
        outputs = self._take_over(files)
        if self.output.fault:
            self.session.log.add(annotation("error", self.output.fault), 1)
            verdict = Verdict.FAILURE if verdict is Verdict.SUCCESS else verdict
        return _Outcome(verdict, outputs)

    def _execute(self, script: Path, files: StepFiles) -> Verdict:
        session, defaults = self.session, self.session.order.job.defaults
        shell = self._text(self.step.shell or defaults.shell)
        folder = self._text(self.step.working_directory or defaults.working_directory)
        minutes = self.step.timeout_minutes.number(self.scope) if self.step.timeout_minutes else math.inf
        cancellation = session.order.cancellation
        # Steps that run because the job was told to stop are not stopped by that once more.
        stops = session.status is not Verdict.CANCELLED
        time = session.order.time
        time.limit = min(session.deadline, time.now() + minutes * 60)
        outcome = run_process(
            shell_command(shell, script),
            cwd=session.workspace / folder,
            env=session.variables(self.env) | files.variables,
            on_line=self.output.line,
            watch=Watch(
                is_over=lambda: time.now() >= time.limit,
                stop=lambda: stops and cancellation.requested,
                kill=lambda: cancellation.killed,
            ),
        )
        if outcome.group is not None:
            session.leftovers.append(outcome.group)
        return self._verdict(outcome, minutes)

    def _verdict(self, outcome: Outcome, minutes: float) -> Verdict:
        log = self.session.log
        if outcome.ending is Ending.STOPPED:
            log.add(annotation("error", "The operation was canceled."), 1)
            return Verdict.CANCELLED
        if outcome.ending is Ending.TIMED_OUT:
            if self.session.order.time.now() >= self.session.deadline:
                log.add(annotation("error", "The job has exceeded its maximum execution time."), 1)
                return Verdict.CANCELLED
            log.add(annotation("error", f"The step has timed out after {number_text(minutes)} minutes."), 1)
            return Verdict.FAILURE
        if outcome.exit_code != 0:
            log.add(annotation("error", f"Process completed with exit code {outcome.exit_code}."), 1)
            return Verdict.FAILURE
        return Verdict.SUCCESS

    def _take_over(self, files: StepFiles) -> Mapping[str, str]:
        """Take over what the step wrote into its files, and show it in the log."""
        log, outputs = self.session.log, self.output.outputs
        try:
            outputs = {**outputs, **files.outputs()}
            self.session.export(files.exports(), files.paths())
            summary = files.summary()
        except FileError as error:
            self.output.fault = str(error)
            return outputs
        for name, value in outputs.items():
            log.add(f"output {name}={value}", 1)
        if summary:
            log.add("summary:", 1)
            log.add(summary, 2)
        return outputs

    def _text(self, template: Template | None) -> str:
        return template.text(self.scope) if template else ""
