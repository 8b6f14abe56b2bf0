"""What happened to an issue, as the REST API's events and timeline show it."""

from collections.abc import Callable

from irp_actions.edges.standin.clock import stamp
from irp_actions.edges.standin.payloads.app import via_app
from irp_actions.edges.standin.payloads.issues import comment, issue_of_webhook
from irp_actions.edges.standin.payloads.users import Payload, account, optional_account
from irp_actions.edges.standin.urls import Urls
from irp_actions.edges.standin.world.records import Comment, TimelineEvent
from irp_actions.edges.standin.world.world import World

_NOT_OF_EVENTS = ("type", "sub_issues_summary", "issue_dependencies_summary", "pinned_comment")


def timeline_item(world: World, record: Comment | TimelineEvent, urls: Urls) -> Payload:
    """One of GitHub's `timeline-issue-events`: a comment or an event."""
    if isinstance(record, Comment):
        user = account(world, record.author, urls)
        return {**comment(world, record, urls), "event": "commented", "actor": user}
    return issue_event(world, record, urls)


def event_of_issue(world: World, record: TimelineEvent, urls: Urls) -> Payload:
    """One of GitHub's `issue-event-for-issue`, which also says who assigned."""
    payload = issue_event(world, record, urls)
    return {**payload, "assigner": payload["actor"]} if "assignee" in payload else payload


def event_of_repository(world: World, record: TimelineEvent, urls: Urls) -> Payload:
    """GitHub's `issue-event`, which carries the issue it is about, without what only issues by themselves have."""
    whole = issue_of_webhook(world, world.issues[record.issue], urls)
    return {
        **event_of_issue(world, record, urls),
        "issue": {key: value for key, value in whole.items() if key not in _NOT_OF_EVENTS},
    }


def issue_event(world: World, record: TimelineEvent, urls: Urls) -> Payload:
    """What every event has, and what its kind adds."""
    particulars = _PARTICULARS.get(record.kind)
    return {
        "id": record.id,
        "node_id": record.node,
        "url": f"{urls.repo}/issues/events/{record.id}",
        "actor": account(world, record.actor, urls),
        "event": record.kind,
        "commit_id": None,
        "commit_url": None,
        "created_at": stamp(record.created_at),
        **(particulars(world, record, urls) if particulars else {}),
        "performed_via_github_app": via_app(urls, is_token=record.via_app),
    }


def _label(_: World, record: TimelineEvent, __: Urls) -> Payload:
    name, color = record.label[1:] if record.label else ("", "")
    return {"label": {"name": name, "color": color}}


def _assignee(world: World, record: TimelineEvent, urls: Urls) -> Payload:
    return {"assignee": optional_account(world, record.subject, urls)}


def _rename(_: World, record: TimelineEvent, __: Urls) -> Payload:
    before, after = record.rename or ("", "")
    return {"rename": {"from": before, "to": after}}


# What a kind of event tells beyond what every event tells.
_PARTICULARS: dict[str, Callable[[World, TimelineEvent, Urls], Payload]] = {
    "labeled": _label,
    "unlabeled": _label,
    "assigned": _assignee,
    "unassigned": _assignee,
    "renamed": _rename,
    "locked": lambda _, record, __: {"lock_reason": record.reason},
    "closed": lambda _, record, __: {"state_reason": record.reason},
    "reopened": lambda _, __, ___: {"state_reason": None},
}
