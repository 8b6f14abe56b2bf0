"""What a run knows of its event and its repository: the `github` context and the payloads the engine makes itself.

Source: "Contexts reference", `github`; "Webhook events and payloads".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from irp_actions.edges.standin.actions.catalogue import WorkflowFile
from irp_actions.edges.standin.actions.commits import DEFAULT_BRANCH, DEFAULT_REF
from irp_actions.edges.standin.actions.expressions import Value
from irp_actions.edges.standin.actions.host import Host
from irp_actions.edges.standin.events import Event


@dataclass(frozen=True)
class Identity:
    """What sets one run apart from all others.

    Attributes:
        run_id: Unique in the repository.
        run_number: Counted per workflow from 1.
        sha: The commit whose workflow file runs.
    """

    run_id: int
    run_number: int
    sha: str


def github_context(host: Host, event: Event, file: WorkflowFile, identity: Identity) -> dict[str, Value]:
    """Return the `github` context of a run, without what only a running job has.

    Args:
        host: The repository.
        event: What started the run.
        file: The workflow file.
        identity: Which run it is.
    """
    owner = host.repo.partition("/")[0]
    return {
        "actor": event.actor,
        "api_url": host.api_url,
        "base_ref": "",
        "event": event.payload,
        "event_name": event.name,
        "graphql_url": host.graphql_url,
        "head_ref": "",
        "ref": DEFAULT_REF,
        "ref_name": DEFAULT_BRANCH,
        "ref_protected": False,
        "ref_type": "branch",
        "repository": host.repo,
        "repository_owner": owner,
        "repositoryUrl": f"{host.server_url}/{host.repo}.git",
        "retention_days": "90",
        # Numbers that are names: strings on GitHub too.
        "run_attempt": "1",
        "run_id": str(identity.run_id),
        "run_number": str(identity.run_number),
        "secret_source": "Actions",
        "server_url": host.server_url,
        "sha": identity.sha,
        "triggering_actor": event.actor,
        "workflow": file.name,
        "workflow_ref": f"{host.repo}/{file.path}@{DEFAULT_REF}",
        "workflow_sha": identity.sha,
    }


def rerun_contexts(known: Mapping[str, Value], attempt: int, triggering_actor: str) -> dict[str, Value]:
    """Return the contexts of a run that is run again: of the same event, commit and actor.

    Args:
        known: Those of the attempt before.
        attempt: The number of the new one.
        triggering_actor: Who asked for it; nothing runs with their rights.
    """
    github = known["github"]
    again = {"run_attempt": str(attempt), "triggering_actor": triggering_actor}
    return {**known, "github": {**github, **again} if isinstance(github, dict) else again}


def envelope(host: Host, actor: str) -> dict[str, Any]:
    """Return the part every payload has in common, as small as the engine can know it: repository and sender."""
    owner, _, name = host.repo.partition("/")
    return {
        "repository": {
            "name": name,
            "full_name": host.repo,
            "owner": {"login": owner},
            "html_url": f"{host.server_url}/{host.repo}",
            "default_branch": DEFAULT_BRANCH,
        },
        "sender": {"login": actor},
    }


def dispatch_payload(host: Host, path: str, inputs: Mapping[str, str], actor: str) -> dict[str, Any]:
    """Return the payload of a `workflow_dispatch`."""
    return {"inputs": dict(inputs) or None, "ref": DEFAULT_REF, "workflow": path, **envelope(host, actor)}


def schedule_payload(host: Host, cron: str) -> dict[str, Any]:
    """Return the payload of a `schedule`."""
    return {"schedule": cron, "workflow": None, **envelope(host, host.repo.partition("/")[0])}
