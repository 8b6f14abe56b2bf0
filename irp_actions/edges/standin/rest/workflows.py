"""Workflows in the REST API; the world is not locked here, because the engine asks the world in turn."""

import re
from collections.abc import Callable
from typing import Any

from irp_actions.edges.standin.actions.errors import (
    NotDispatchable,
    NotRerunnable,
    RunCompleted,
    RunNotFound,
    WorkflowDisabled,
    WorkflowNotFound,
)
from irp_actions.edges.standin.payloads import workflows as payloads
from irp_actions.edges.standin.payloads.webhooks import envelope
from irp_actions.edges.standin.rest.exchange import Answer, Request
from irp_actions.edges.standin.rest.paging import counted
from irp_actions.edges.standin.rest.routes import Routes
from irp_actions.edges.standin.world.callers import require, require_undoubted
from irp_actions.edges.standin.world.refusals import Conflict, Forbidden, Invalid, NotFound, unfit

routes = Routes()

_WORKFLOWS = "/repos/{owner}/{repo}/actions/workflows"
_RUN = "/repos/{owner}/{repo}/actions/runs/{run_id}"
_MOST_INPUTS = 25
_ID = re.compile("[0-9]{1,18}")
# A run can be asked for by how far it is, or by how it ended.
_STATUSES = (
    *("completed", "action_required", "cancelled", "failure", "neutral", "skipped", "stale", "success", "timed_out"),
    *("in_progress", "queued", "requested", "waiting", "pending"),
)


@routes.add(f"GET {_WORKFLOWS}", docs="actions/workflows#list-repository-workflows", locked=False)
def list_workflows(request: Request) -> Answer:
    """List the workflows of the checkout."""
    _require(request, "read actions")
    found = request.engine.workflows()
    with request.world.lock:
        return counted(request, "workflows", found, lambda w: payloads.workflow(request.world, w, request.urls))


@routes.add(f"GET {_WORKFLOWS}/{{workflow_id}}", docs="actions/workflows#get-a-workflow", locked=False)
def get_workflow(request: Request) -> Answer:
    """Read a workflow by id or file name."""
    _require(request, "read actions")
    record = _workflow(request)
    with request.world.lock:
        return Answer(200, payloads.workflow(request.world, record, request.urls))


@routes.add(f"PUT {_WORKFLOWS}/{{workflow_id}}/enable", docs="actions/workflows#enable-a-workflow", locked=False)
def enable_workflow(request: Request) -> Answer:
    """Let a workflow answer to its triggers again."""
    return _switch(request, True)


@routes.add(f"PUT {_WORKFLOWS}/{{workflow_id}}/disable", docs="actions/workflows#disable-a-workflow", locked=False)
def disable_workflow(request: Request) -> Answer:
    """Let a workflow ignore all its triggers."""
    return _switch(request, False)


@routes.add(
    f"POST {_WORKFLOWS}/{{workflow_id}}/dispatches",
    docs="actions/workflows#create-a-workflow-dispatch-event",
    locked=False,
)
def dispatch_workflow(request: Request) -> Answer:
    """Run a workflow by hand; a disabled one is a 422."""
    _require(request, "run workflows")
    body = request.body()
    ref = body.required_text("ref")
    inputs = {name: _input(value) for name, value in body.object("inputs").items()}
    if len(inputs) > _MOST_INPUTS:
        raise Invalid(f"Invalid request.\n\nNo more than {_MOST_INPUTS} properties are allowed.")
    workflow, actor = request.parameters["workflow_id"], request.caller.user.login
    with request.world.lock:
        payload = envelope(request.world, request.caller)
    _asked(lambda: request.engine.dispatch(workflow, ref, inputs, actor, payload=payload))
    return Answer(204)


@routes.add(
    "GET /repos/{owner}/{repo}/actions/runs",
    docs="actions/workflow-runs#list-workflow-runs-for-a-repository",
    locked=False,
)
def list_runs(request: Request) -> Answer:
    """List the runs of all workflows, the latest first."""
    _require(request, "read actions")
    return _runs(request, lambda run: True)


@routes.add(
    f"GET {_WORKFLOWS}/{{workflow_id}}/runs",
    docs="actions/workflow-runs#list-workflow-runs-for-a-workflow",
    locked=False,
)
def list_runs_of_workflow(request: Request) -> Answer:
    """List the runs of one workflow, the latest first."""
    _require(request, "read actions")
    record = _workflow(request)
    names = {record["name"], record["path"], record["path"].rsplit("/", 1)[-1]}
    return _runs(request, lambda run: run["workflow"] in names)


@routes.add(f"GET {_RUN}", docs="actions/workflow-runs#get-a-workflow-run", locked=False)
def get_run(request: Request) -> Answer:
    """Read the latest attempt of a run."""
    _require(request, "read actions")
    wanted = _run_id(request)
    for run in _attempted(request):
        if run["id"] == wanted:
            with request.world.lock:
                return Answer(200, payloads.run(request.world, run, request.urls))
    raise NotFound


@routes.add(f"POST {_RUN}/rerun", docs="actions/workflow-runs#re-run-a-workflow", locked=False)
def rerun(request: Request) -> Answer:
    """Run a run again, with the event, the commit and the actor that it had."""
    _require(request, "run workflows")
    body = request.body()
    if body.value is not None:
        # Read only to be checked: logs here are always whole.
        body.flag("enable_debug_logging")
    _asked(lambda: request.engine.rerun(_run_id(request), request.caller.user.login))
    return Answer(201, {})


@routes.add(f"POST {_RUN}/cancel", docs="actions/workflow-runs#cancel-a-workflow-run", locked=False)
def cancel_run(request: Request) -> Answer:
    """Stop a run as somebody does who presses the button; one that has ended is a 409."""
    _require(request, "run workflows")
    _asked(lambda: request.engine.cancel(_run_id(request), request.caller.user.login))
    return Answer(202, {})


def _runs(request: Request, wanted: Callable[[dict[str, Any]], bool]) -> Answer:
    event, status = request.query.get("event"), request.query.get("status")
    request.choice("exclude_pull_requests", ("false", "true", "0", "1"))
    suite = request.query.get("check_suite_id", "0")
    if not _ID.fullmatch(suite):
        raise unfit("WorkflowRun", "check_suite_id", suite)
    if status not in (None, *_STATUSES):
        raise unfit("WorkflowRun", "status", status)
    found = [run for run in _attempted(request) if wanted(run) and event in (None, run["event"])]
    with request.world.lock:
        rendered = [payloads.run(request.world, run, request.urls) for run in found]
        matching = [run for run in rendered if status in (None, run["status"], run["conclusion"])]
        return counted(request, "workflow_runs", matching, lambda run: run)


def _attempted(request: Request) -> list[dict[str, Any]]:
    """The latest attempt of every run, the latest run first, each with the time of its first attempt."""
    firsts: dict[int, dict[str, Any]] = {}
    latest: dict[int, dict[str, Any]] = {}
    for run in request.engine.runs():
        latest[run["id"]] = {**run, "first_at": firsts.setdefault(run["id"], run).get("at")}
    return [latest[run_id] for run_id in reversed(firsts)]


def _run_id(request: Request) -> int:
    wanted = request.parameters["run_id"]
    return int(wanted) if _ID.fullmatch(wanted) else 0


def _switch(request: Request, enabled: bool) -> Answer:
    _require(request, "run workflows")
    require_undoubted(request.world, request.caller, "job_may_enable")
    if not enabled and _workflow(request)["state"] != "active":
        # Measured by several people; enabling twice is no error.
        raise Forbidden("Unable to disable a workflow that is not active.")
    _asked(lambda: request.engine.set_enabled(request.parameters["workflow_id"], enabled))
    return Answer(204)


def _require(request: Request, act: str) -> None:
    with request.world.lock:
        require(request.world, request.caller, act)


def _workflow(request: Request) -> dict[str, Any]:
    wanted = request.parameters["workflow_id"]
    for record in request.engine.workflows():
        if wanted in (str(record["id"]), record["path"].rsplit("/", 1)[-1]):
            return record
    raise NotFound


def _asked(ask: Callable[[], None]) -> None:
    """Put the engine's refusals into GitHub's words."""
    try:
        ask()
    except (WorkflowNotFound, RunNotFound) as error:
        raise NotFound from error
    except (WorkflowDisabled, NotDispatchable) as error:
        raise Invalid(str(error)) from error
    except NotRerunnable as error:
        raise Forbidden(str(error)) from error
    except RunCompleted as error:
        raise Conflict(str(error)) from error


def _input(value: object) -> str:
    """Inputs reach a workflow as texts."""
    return str(value).lower() if isinstance(value, bool) else str(value)
