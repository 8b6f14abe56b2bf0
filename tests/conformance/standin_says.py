"""What the stand-in says of a workflow file, in the words in which `tools/oracle` keeps what GitHub's packages say."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from irp_actions.edges.standin.actions.catalogue import read_file
from irp_actions.edges.standin.actions.commits import Commits
from irp_actions.edges.standin.actions.errors import ExpressionError
from irp_actions.edges.standin.actions.expressions import (
    Arity,
    CaseSensitive,
    Condition,
    Function,
    Scope,
    Template,
    Value,
    Vocabulary,
    parse,
)
from irp_actions.edges.standin.actions.expressions.functions import to_json
from irp_actions.edges.standin.actions.expressions.values import is_primitive, to_text
from irp_actions.edges.standin.actions.runner.order import JobOrder
from irp_actions.edges.standin.actions.runner.session import Session
from irp_actions.edges.standin.actions.scheduling import Cancellation, JobRun, Log, Run, Verdict
from irp_actions.edges.standin.actions.scheduling.conditions import job_scope
from irp_actions.edges.standin.actions.workflow import Concurrency, Step, Triggers
from irp_actions.edges.standin.actions.workflow.model import Permissions, Templates
from irp_actions.edges.standin.actions.workflow.permissions import SCOPES
from irp_actions.edges.standin.actions.workflow.triggers import DISPATCH, SCHEDULE
from irp_actions.edges.standin.events import Event
from tools.oracle.answers import Plan, without_value
from tools.oracle.plans import Case

_KINDS = {type(None): "Null", bool: "Boolean", str: "String", int: "Number", float: "Number", dict: "Dictionary"}
_STATUS = {name: Arity(0, 255) for name in ("success", "failure", "cancelled", "always")}


def status_functions(status: str) -> Mapping[str, Function]:
    """Those that `ask.mjs` makes of a status."""
    return {name: _constant(name in (status, "always")) for name in _STATUS}


def of_expression(text: str, contexts: Mapping[str, Value], status: str = "success") -> dict[str, Any]:
    """The value of an expression, or that it has none."""
    scope = Scope({**contexts, "env": CaseSensitive(_mapping(contexts.get("env")))}, status_functions(status))
    try:
        return {"value": written(parse(text, Vocabulary(frozenset(contexts), _STATUS)).value(scope))}
    except ExpressionError as error:
        return {"error": str(error)}


def written(value: Value) -> str:
    """Kind and value."""
    kind = next((name for kind, name in _KINDS.items() if type(value) is kind), None)
    kind = kind or ("Array" if isinstance(value, list) else "Dictionary")
    if is_primitive(value):
        return f"{kind} {to_text(value)}"
    return f"{kind} {_compact(value)}"


def _compact(value: Value) -> str:
    """As `toJSON` writes, without spaces: its own spelling is compared where it is called."""
    if isinstance(value, dict):
        return f"{{{','.join(f'{_compact(key)}:{_compact(item)}' for key, item in value.items())}}}"
    if isinstance(value, list):
        return f"[{','.join(map(_compact, value))}]"
    return str(to_json([value]))


def _mapping(value: Value) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _constant(answer: bool) -> Function:
    return lambda _: answer


def of_workflow(text: str, case: Case) -> Plan | None:
    """The plan of a workflow file on an event; `None` if the file is refused."""
    workflow = read_file(text, "workflow.yml").workflow
    if workflow is None:
        return None
    contexts = case.contexts
    event = Event(case.event, case.payload.get("action"), dict(case.payload), "ben", number=None, by_token=False)
    run = Run(
        id=1,
        file="workflow.yml",
        workflow=workflow,
        event=event,
        contexts={name: contexts[name] for name in ("github", "inputs", "vars")},
        cancelling=case.status == "cancelled",
    )
    run.jobs.update(
        {job.id: JobRun(run, workflow, job, verdict=Verdict(case.status)) for job in workflow.jobs.values()}
    )
    return {
        "name": "" if workflow.name == workflow.path else workflow.name,
        "triggers": _triggers(workflow.triggers),
        "concurrency": _concurrency(workflow.concurrency, Scope(run.contexts)),
        "env": _texts(workflow.env, Scope({**run.contexts, "secrets": contexts["secrets"]})),
        "jobs": {name: _job(job_run, case) for name, job_run in run.jobs.items()},
    }


def starts(text: str, case: Case) -> bool:
    """Whether an event starts a workflow, as the engine asks it."""
    triggers = read_file(text, "workflow.yml").triggers
    if triggers is None:
        return True
    if case.event == SCHEDULE:
        return any(schedule.cron == case.payload["schedule"] for schedule in triggers.schedules)
    if case.event == DISPATCH:
        return triggers.dispatchable
    return triggers.match(Event(case.event, case.payload.get("action"), {}, "ben", number=None, by_token=False))


def _triggers(triggers: Triggers) -> dict[str, Any]:
    known: dict[str, Any] = {}
    for name, types in sorted(triggers.types.items()):
        known[name] = {"types": sorted(types)} if types is not None else {}
        if name == SCHEDULE:
            known[name] = {"crons": [[each.cron, each.zone] for each in triggers.schedules]}
        if name == DISPATCH:
            known[name] = {
                "inputs": {key: [each.required, list(each.options)] for key, each in triggers.inputs.items()}
            }
    return known


def _job(job_run: JobRun, case: Case) -> Plan:
    job, scope = job_run.job, job_scope(job_run)
    with tempfile.TemporaryDirectory() as folder:
        session = _session(job_run, scope, case, Path(folder))
        whole: Plan = {
            "if": _holds(job.condition, scope),
            "needs": list(job.needs),
            "permissions": _permissions(job.permissions),
            "concurrency": _concurrency(job.concurrency, scope),
            "name": _text(job.name, scope),
            "timeout-minutes": _text(job.timeout_minutes, session.scope()),
            "env": _texts(job.env, session.scope()),
        }
        if without_value(_texts(job_run.workflow.env, session.scope()), whole["env"]):
            return whole
        session.set_env()
        whole["steps"] = [_step(session, step) for step in job.steps]
    return whole


def _session(job_run: JobRun, scope: Scope, case: Case, folder: Path) -> Session:
    order = JobOrder(
        workflow=job_run.workflow,
        job=job_run.job,
        event=job_run.run.event,
        contexts={**scope.contexts, "secrets": case.contexts["secrets"]},
        token="ghs_token",
        commits=Commits(folder),
        log=Log(),
        cancellation=Cancellation(),
    )
    session = Session(order, folder, {})
    for step, result in case.contexts["steps"].items():
        session.record(step, Verdict(result["outcome"]), Verdict(result["conclusion"]), result["outputs"])
    session.status = Verdict(case.status)
    return session


def _step(session: Session, step: Step) -> Plan:
    env = _texts(step.env, session.scope())
    if without_value(env):
        return {"env": env}
    scope = session.scope(session.evaluate(step.env))
    return {
        "if": _holds(step.condition, scope),
        "env": env,
        "name": _text(step.name, scope),
        "run": _text(step.run, scope),
        "uses": step.uses or "",
        "shell": _text(step.shell, scope),
        "working-directory": _text(step.working_directory, scope),
        "timeout-minutes": _text(step.timeout_minutes, scope),
        "continue-on-error": _text(step.continue_on_error, scope),
    }


def _permissions(permissions: Permissions) -> dict[str, str] | str:
    granted = {scope: level for scope, level in sorted(permissions.items()) if scope in SCOPES}
    for level in ("read", "write"):
        if granted == {scope: level for scope, levels in sorted(SCOPES.items()) if level in levels}:
            return f"{level}-all"
    return granted


def _concurrency(concurrency: Concurrency | None, scope: Scope) -> list[str | None] | None:
    if concurrency is None:
        return None
    group = _text(concurrency.group, scope)
    # An empty name is none.
    return None if group == "" else [group, _text(concurrency.cancel_in_progress, scope)]


def _texts(templates: Templates, scope: Scope) -> dict[str, str | None]:
    return {name: _text(template, scope) for name, template in templates.items()}


def _text(template: Template | None, scope: Scope) -> str | None:
    try:
        return template.text(scope) if template else ""
    except ExpressionError:
        return None


def _holds(condition: Condition, scope: Scope) -> bool | None:
    try:
        return condition.holds(scope)
    except ExpressionError:
        return None
