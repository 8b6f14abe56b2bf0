"""Workflows and their runs as the REST API shows them.

The engine knows of a run what matters here; what a run of GitHub's has beyond that is filled in plainly.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from irp_actions.edges.standin.clock import stamp
from irp_actions.edges.standin.ids import node_id
from irp_actions.edges.standin.payloads.repository import minimal_repository
from irp_actions.edges.standin.payloads.users import Payload, simple_user
from irp_actions.edges.standin.urls import Urls
from irp_actions.edges.standin.world.records import User
from irp_actions.edges.standin.world.world import World

# The engine's verdict as GitHub's status and conclusion.
_STATES = {"pending": ("pending", None), "running": ("in_progress", None)}
_NO_COMMIT = "0" * 40


def workflow(world: World, record: Mapping[str, Any], urls: Urls) -> Payload:
    """GitHub's `workflow`."""
    created = stamp(world.repository.created_at)
    file_name = record["path"].rsplit("/", 1)[-1]
    return {
        "id": record["id"],
        "node_id": node_id("W", 0, world.repository.id, record["id"]),
        "name": record["name"],
        "path": record["path"],
        "state": record["state"],
        "created_at": created,
        "updated_at": created,
        "url": f"{urls.repo}/actions/workflows/{record['id']}",
        "html_url": f"{urls.repo_page}/blob/{world.repository.default_branch}/{record['path']}",
        "badge_url": f"{urls.repo_page}/workflows/{file_name}/badge.svg",
    }


def run(world: World, record: Mapping[str, Any], urls: Urls) -> Payload:
    """GitHub's `workflow-run`."""
    api = f"{urls.repo}/actions/runs/{record['id']}"
    status, conclusion = _STATES.get(record["verdict"], ("completed", record["verdict"]))
    at = _moment(record.get("at"), world)
    ended_at = _moment(record.get("ended_at") or record.get("at"), world)
    attempt = record.get("attempt", 1)
    workflow_id = record.get("workflow_id", 0)
    repository = minimal_repository(world, urls)
    return {
        "id": record["id"],
        "name": record["workflow"],
        "node_id": node_id("WFR", 0, world.repository.id, record["id"]),
        "head_branch": world.repository.default_branch,
        "head_sha": record.get("sha", _NO_COMMIT),
        "path": record.get("path", record["workflow"]),
        "display_title": record.get("title") or record["workflow"],
        "run_number": record.get("run_number", 1),
        "run_attempt": attempt,
        "event": record["event"],
        "status": status,
        "conclusion": conclusion,
        "workflow_id": workflow_id,
        "url": api,
        "html_url": f"{urls.repo_page}/actions/runs/{record['id']}",
        "pull_requests": [],
        "created_at": _moment(record.get("first_at") or record.get("at"), world),
        "updated_at": ended_at,
        "run_started_at": at,
        "actor": simple_user(_person(world, record.get("actor")), urls),
        "triggering_actor": simple_user(_person(world, record.get("triggering_actor")), urls),
        "referenced_workflows": [],
        "jobs_url": f"{api}/jobs",
        "logs_url": f"{api}/logs",
        "check_suite_id": record["id"],
        "check_suite_node_id": node_id("CS", 0, world.repository.id, record["id"]),
        "check_suite_url": f"{urls.repo}/check-suites/{record['id']}",
        "artifacts_url": f"{api}/artifacts",
        "cancel_url": f"{api}/cancel",
        "rerun_url": f"{api}/rerun",
        "previous_attempt_url": f"{api}/attempts/{attempt - 1}" if attempt > 1 else None,
        "workflow_url": f"{urls.repo}/actions/workflows/{workflow_id}",
        "head_commit": None,
        "repository": repository,
        "head_repository": repository,
    }


def _person(world: World, login: str | None) -> User:
    return world.accounts.named(login or "") or world.owner


def _moment(at: object, world: World) -> str:
    if isinstance(at, datetime):
        return stamp(at)
    return at if isinstance(at, str) else stamp(world.clock.now())
