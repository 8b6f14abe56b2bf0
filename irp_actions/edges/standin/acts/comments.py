"""Writing, editing, deleting, hiding and pinning comments.

Sources: "REST API endpoints for issue comments", "Managing disruptive comments".
"""

from irp_actions.edges.standin.acts.posts import checked_comment_body, refuse_if_locked
from irp_actions.edges.standin.acts.timeline import happened
from irp_actions.edges.standin.ids import node_id
from irp_actions.edges.standin.payloads import webhooks
from irp_actions.edges.standin.world.callers import Caller, require, require_undoubted
from irp_actions.edges.standin.world.records import Comment, Issue
from irp_actions.edges.standin.world.world import World


def write_comment(world: World, caller: Caller, issue: Issue, body: str) -> Comment:
    """Comment on an issue; whoever can read it may."""
    require(world, caller, "comment")
    refuse_if_locked(world, caller, issue, "comment")
    text = checked_comment_body(body)
    now = world.clock.now()
    identifier = world.ids.next("comment")
    comment = Comment(
        id=identifier,
        node=node_id("IC", 0, world.repository.id, identifier),
        issue=issue.number,
        author=caller.user.id,
        body=text,
        created_at=now,
        updated_at=now,
        place=world.next_place(),
        via_app=caller.is_token,
    )
    world.keep_comment(issue, comment)
    world.touch(issue)
    world.outbox.append(webhooks.issue_comment(world, caller, "created", comment))
    return comment


def edit_comment(world: World, caller: Caller, comment: Comment, body: str) -> None:
    """Change a comment's text: its author may, and anyone with write access."""
    require(world, caller, "edit a post", comment)
    text = checked_comment_body(body)
    if text == comment.body:
        return
    changes = {"body": {"from": comment.body}}
    world.revise(comment, text, caller.user)
    comment.updated_at = world.clock.now()
    world.touch(world.issues[comment.issue])
    world.outbox.append(webhooks.issue_comment(world, caller, "edited", comment, changes=changes))


def delete_comment(world: World, caller: Caller, comment: Comment) -> None:
    """Delete a comment; the timeline keeps who did it and whose it was, not the text."""
    require(world, caller, "delete a comment", comment)
    issue = world.issues[comment.issue]
    world.forget_comment(issue, comment)
    happened(world, caller, issue, "comment_deleted", subject=comment.author)
    world.touch(issue)
    world.outbox.append(webhooks.issue_comment(world, caller, "deleted", comment))


def minimize_comment(world: World, caller: Caller, comment: Comment, reason: str) -> None:
    """Hide a comment behind a reason, one of GraphQL's `ReportedContentClassifiers`."""
    require(world, caller, "hide a comment")
    require_undoubted(world, caller, "job_may_minimize")
    comment.minimized = reason


def unminimize_comment(world: World, caller: Caller, comment: Comment) -> None:
    """Show a hidden comment again."""
    require(world, caller, "hide a comment")
    require_undoubted(world, caller, "job_may_minimize")
    comment.minimized = None


def pin_comment(world: World, caller: Caller, comment: Comment) -> None:
    """Pin a comment to the top of its issue; it replaces the one that was pinned, as there is room for one."""
    require(world, caller, "pin")
    require_undoubted(world, caller, "job_may_pin_comments")
    issue = world.issues[comment.issue]
    if issue.pinned_comment == comment.id:
        return
    if issue.pinned_comment is not None:
        unpin_comment(world, caller, world.comments[issue.pinned_comment])
    issue.pinned_comment = comment.id
    comment.pinned_at, comment.pinned_by = world.clock.now(), caller.user.id
    world.outbox.append(webhooks.issue_comment(world, caller, "pinned", comment))


def unpin_comment(world: World, caller: Caller, comment: Comment) -> None:
    """Take a pinned comment down."""
    require(world, caller, "pin")
    require_undoubted(world, caller, "job_may_pin_comments")
    issue = world.issues[comment.issue]
    if issue.pinned_comment == comment.id:
        issue.pinned_comment = None
        comment.pinned_at, comment.pinned_by = None, None
        world.outbox.append(webhooks.issue_comment(world, caller, "unpinned", comment))
