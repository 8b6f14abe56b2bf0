"""A workflow file is read whole, or refused with the line that is wrong.

Source: "Workflow syntax for GitHub Actions".
"""

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass

from irp_actions.edges.standin.actions.errors import WorkflowError
from irp_actions.edges.standin.actions.workflow import availability
from irp_actions.edges.standin.actions.workflow.document import Node, read_document
from irp_actions.edges.standin.actions.workflow.fields import Fields
from irp_actions.edges.standin.actions.workflow.jobs import read_concurrency, read_defaults, read_env, read_jobs
from irp_actions.edges.standin.actions.workflow.model import Job, Workflow
from irp_actions.edges.standin.actions.workflow.permissions import DEFAULT, read_permissions
from irp_actions.edges.standin.actions.workflow.triggers import Triggers, read_triggers

_FIELDS = frozenset(["name", "description", "run-name", "on", "permissions", "env", "defaults", "concurrency", "jobs"])


def read_workflow(text: str, path: str) -> Workflow:
    """Return the workflow that a file holds.

    Args:
        text: The file's content.
        path: Its path relative to the repository.

    Raises:
        WorkflowError: The file breaks GitHub's rules, or asks for what the stand-in does not run.
    """
    fields = Fields(read_document(text, path), _FIELDS)
    name, run_name, permissions = fields.get("name"), fields.get("run-name"), fields.filled("permissions")
    if description := fields.get("description"):
        description.text()
    if run_name:
        run_name.template(availability.RUN_NAME)
    jobs_node = fields.required("jobs")
    jobs = read_jobs(
        jobs_node,
        read_permissions(permissions) if permissions else DEFAULT,
        read_defaults(fields.filled("defaults"), availability.NOTHING),
    )
    return Workflow(
        path=path,
        name=name.text() if name else path,
        triggers=read_triggers(fields.required("on")),
        concurrency=read_concurrency(fields.get("concurrency"), availability.WORKFLOW_CONCURRENCY),
        env=read_env(fields.filled("env"), availability.WORKFLOW_ENV),
        jobs=jobs,
        ancestors=_ancestors(jobs, jobs_node),
    )


@dataclass(frozen=True)
class Outline:
    """What can still be told of a file that is wrong somewhere.

    Attributes:
        name: What it calls itself; its path if that cannot be read.
        triggers: What would start it; `None` if that cannot be read.
    """

    name: str
    triggers: Triggers | None


def read_outline(text: str, path: str) -> Outline:
    """Return name and triggers of a file that `read_workflow` refuses."""
    name, triggers = path, None
    # Whatever is read before something is wrong counts.
    with contextlib.suppress(WorkflowError):
        root = read_document(text, path).entries()
        if "name" in root:
            name = root["name"].value.text() or path
        if "on" in root:
            triggers = read_triggers(root["on"].value)
    return Outline(name, triggers)


def _ancestors(jobs: Mapping[str, Job], node: Node) -> Mapping[str, frozenset[str]]:
    """Return for each job all that it directly or indirectly needs; refuse unknown ones and circles."""
    for job in jobs.values():
        for need in job.needs:
            if need not in jobs:
                _needs(node, job).fail(f"Job '{job.id}' depends on unknown job '{need}'.")
    if all(job.needs for job in jobs.values()):
        next(iter(node.entries().values())).key.fail("The workflow must contain at least one job with no dependencies.")
    known: dict[str, frozenset[str]] = {}
    waiting = dict(jobs)
    while waiting:
        ready = [job for job in waiting.values() if all(need in known for need in job.needs)]
        if not ready:
            stuck = next(iter(waiting.values()))
            need = next(need for need in stuck.needs if need in waiting)
            _needs(node, stuck).fail(
                f"Job '{stuck.id}' depends on job '{need}' which creates a cycle in the dependency graph."
            )
        for job in ready:
            known[job.id] = frozenset(job.needs).union(*(known[need] for need in job.needs))
            del waiting[job.id]
    return known


def _needs(node: Node, job: Job) -> Node:
    return node.entries()[job.id].value.entries()["needs"].value
