"""Issues, comments, labels and reactions as the REST API shows them."""

from collections import Counter

from irp_actions.edges.standin.clock import optional_stamp, stamp
from irp_actions.edges.standin.payloads.app import via_app
from irp_actions.edges.standin.payloads.users import Payload, account, optional_account
from irp_actions.edges.standin.urls import Urls
from irp_actions.edges.standin.world.records import Comment, Issue, Label, Post, Reaction
from irp_actions.edges.standin.world.roles import Role
from irp_actions.edges.standin.world.world import World

# GitHub's order of the counts in a rollup; GraphQL's names beside REST's.
REACTIONS = {
    "+1": "THUMBS_UP",
    "-1": "THUMBS_DOWN",
    "laugh": "LAUGH",
    "hooray": "HOORAY",
    "confused": "CONFUSED",
    "heart": "HEART",
    "rocket": "ROCKET",
    "eyes": "EYES",
}


def label(record: Label, urls: Urls) -> Payload:
    """GitHub's `label`."""
    return {
        "id": record.id,
        "node_id": record.node,
        "url": urls.label(record.name),
        "name": record.name,
        "color": record.color,
        "default": record.default,
        "description": record.description,
    }


def reaction(world: World, record: Reaction, urls: Urls) -> Payload:
    """GitHub's `reaction`."""
    return {
        "id": record.id,
        "node_id": record.node,
        "user": account(world, record.user, urls),
        "content": record.content,
        "created_at": stamp(record.created_at),
    }


def comment(world: World, record: Comment, urls: Urls) -> Payload:
    """GitHub's `issue-comment`; `pin` and `minimized` are there when there is something to say."""
    payload = {
        "url": urls.comment(record.id),
        "html_url": comment_page(world, record, urls),
        "issue_url": urls.issue(record.issue),
        "id": record.id,
        "node_id": record.node,
        "user": account(world, record.author, urls),
        "created_at": stamp(record.created_at),
        "updated_at": stamp(record.updated_at),
        "body": record.body,
        "author_association": association(world, record),
        "reactions": _rollup(record, urls.comment(record.id)),
        "performed_via_github_app": via_app(urls, is_token=record.via_app),
    }
    if record.pinned_at is not None:
        pinned_by = optional_account(world, record.pinned_by, urls)
        payload["pin"] = {"pinned_at": stamp(record.pinned_at), "pinned_by": pinned_by}
    if record.minimized is not None:
        payload["minimized"] = {"reason": record.minimized.lower().replace("_", "-")}
    return payload


def comment_page(world: World, record: Comment, urls: Urls) -> str:
    """The address of a comment on its issue's page."""
    is_pull = world.issues[record.issue].is_pull
    return f"{urls.issue_page(record.issue, is_pull=is_pull)}#issuecomment-{record.id}"


def issue(world: World, record: Issue, urls: Urls) -> Payload:
    """GitHub's `issue`."""
    return {
        **issue_of_webhook(world, record, urls),
        "closed_by": optional_account(world, record.closed_by, urls),
    }


def issue_of_webhook(world: World, record: Issue, urls: Urls) -> Payload:
    """An issue as webhooks carry it: as REST shows it, but for who closed it."""
    api = urls.issue(record.number)
    assignees = [account(world, identifier, urls) for identifier in record.assignees]
    payload = {
        "url": api,
        "repository_url": urls.repo,
        "labels_url": f"{api}/labels{{/name}}",
        "comments_url": f"{api}/comments",
        "events_url": f"{api}/events",
        "html_url": urls.issue_page(record.number, is_pull=record.is_pull),
        "id": record.id,
        "node_id": record.node,
        "number": record.number,
        "title": record.title,
        "user": account(world, record.author, urls),
        "labels": [label(world.labels[identifier], urls) for identifier in record.labels],
        "state": record.state,
        "locked": record.locked,
        "assignee": assignees[0] if assignees else None,
        "assignees": assignees,
        "milestone": None,
        "comments": len(record.comments),
        "created_at": stamp(record.created_at),
        "updated_at": stamp(record.updated_at),
        "closed_at": optional_stamp(record.closed_at),
        "author_association": association(world, record),
        "active_lock_reason": record.lock_reason,
        "body": record.body,
        "reactions": _rollup(record, api),
        "timeline_url": f"{api}/timeline",
        "performed_via_github_app": via_app(urls, is_token=record.via_app),
        "state_reason": record.state_reason,
    }
    if record.is_pull:
        return {**payload, "draft": False, "pull_request": _pull_request(record, urls)}
    return {
        **payload,
        "type": None,
        "sub_issues_summary": {"total": 0, "completed": 0, "percent_completed": 0},
        "issue_dependencies_summary": {"blocked_by": 0, "total_blocked_by": 0, "blocking": 0, "total_blocking": 0},
        "pinned_comment": _pinned_comment(world, record, urls),
    }


def issue_of_comment(world: World, record: Issue, urls: Urls) -> Payload:
    """An issue as it comes along with a comment on it: which comment is pinned is not said there."""
    return {key: value for key, value in issue_of_webhook(world, record, urls).items() if key != "pinned_comment"}


def association(world: World, post: Post) -> str:
    """How GitHub describes the author's bond to the repository, and how that misleads.

    A private member of the organisation is shown as CONTRIBUTOR or NONE, so nothing may be decided by this.
    """
    author = world.accounts.author(post.author)
    if author is None or author.kind == "Bot" or author.role == Role.NONE:
        return "NONE"
    if author.login.casefold() == world.repository.owner.casefold():
        return "OWNER"
    if author.private_member:
        return "CONTRIBUTOR" if author.role >= Role.WRITE else "NONE"
    return "MEMBER" if author.role >= Role.TRIAGE else "COLLABORATOR"


def _rollup(post: Post, api: str) -> Payload:
    counts = Counter(given.content for given in post.reactions)
    contents = {content: counts[content] for content in REACTIONS}
    return {"url": f"{api}/reactions", "total_count": len(post.reactions), **contents}


def _pinned_comment(world: World, record: Issue, urls: Urls) -> Payload | None:
    pinned = record.pinned_comment
    return None if pinned is None else comment(world, world.comments[pinned], urls)


def _pull_request(record: Issue, urls: Urls) -> Payload:
    page = urls.issue_page(record.number, is_pull=True)
    return {
        "url": f"{urls.repo}/pulls/{record.number}",
        "html_url": page,
        "diff_url": f"{page}.diff",
        "patch_url": f"{page}.patch",
        "merged_at": None,
    }
