"""The payloads of webhook events, whole, as a workflow finds them in `github.event`.

Source: "Webhook events and payloads".
"""

from collections.abc import Mapping
from typing import Any

from irp_actions.edges.standin.events import Event
from irp_actions.edges.standin.payloads.issues import comment, issue_of_comment, issue_of_webhook
from irp_actions.edges.standin.payloads.repository import webhook_repository
from irp_actions.edges.standin.payloads.users import Payload, simple_user
from irp_actions.edges.standin.world.callers import Caller
from irp_actions.edges.standin.world.records import Comment, Issue
from irp_actions.edges.standin.world.world import World

# The installation of the GitHub Actions app; it stands in the payload of events made through the API.
_INSTALLATION = {"id": 51_000_041, "node_id": "MDIzOkludGVncmF0aW9uSW5zdGFsbGF0aW9uNTEwMDAwNDE="}


def issues(world: World, caller: Caller, action: str, record: Issue, **extra: Any) -> Event:
    """An `issues` event; `extra` is what the action adds, such as `label` or `changes`."""
    payload = {
        "action": action,
        "issue": issue_of_webhook(world, record, world.home),
        **extra,
        **envelope(world, caller),
    }
    return Event("issues", action, payload, caller.user.login, record.number, caller.is_token)


def issue_comment(world: World, caller: Caller, action: str, record: Comment, **extra: Any) -> Event:
    """An `issue_comment` event; `extra` is what the action adds, such as `changes`."""
    payload = {
        "action": action,
        **extra,
        "issue": issue_of_comment(world, world.issues[record.issue], world.home),
        "comment": comment(world, record, world.home),
        **envelope(world, caller),
    }
    return Event("issue_comment", action, payload, caller.user.login, record.issue, caller.is_token)


def repository_dispatch(world: World, caller: Caller, event_type: str, client_payload: Mapping[str, Any]) -> Event:
    """A `repository_dispatch` event; its activity type is whatever the caller named it."""
    payload = {
        "action": event_type,
        "branch": world.repository.default_branch,
        "client_payload": dict(client_payload),
        **envelope(world, caller),
        "installation": _INSTALLATION,
    }
    return Event("repository_dispatch", event_type, payload, caller.user.login, None, caller.is_token)


def envelope(world: World, caller: Caller) -> Payload:
    """What every payload has: the repository, and who caused it."""
    return {
        "repository": webhook_repository(world, world.home),
        "sender": simple_user(caller.user, world.home),
    }
