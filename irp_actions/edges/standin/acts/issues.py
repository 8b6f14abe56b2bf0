"""Opening, editing, closing, pinning, locking and deleting issues.

Sources: "REST API endpoints for issues", "Marking issues or pull requests as a duplicate", "Locking conversations".
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from irp_actions.edges.standin.acts.labels import set_labels
from irp_actions.edges.standin.acts.people import set_assignees
from irp_actions.edges.standin.acts.posts import BODY_LIMIT, checked_title
from irp_actions.edges.standin.acts.timeline import happened
from irp_actions.edges.standin.ids import node_id
from irp_actions.edges.standin.payloads import webhooks
from irp_actions.edges.standin.world.callers import Caller, may, require, require_undoubted
from irp_actions.edges.standin.world.records import Issue, Label, User
from irp_actions.edges.standin.world.refusals import invalid
from irp_actions.edges.standin.world.world import World

CLOSING_REASONS = ("completed", "not_planned", "duplicate")
LOCK_REASONS = ("off-topic", "too heated", "resolved", "spam")
MOST_PINNED = 3


@dataclass(frozen=True, slots=True)
class Draft:
    """An issue as somebody wants to open it.

    Attributes:
        labels: Wanted labels; dropped without a word if the author may not label, unless a form sets them.
        assignees: Wanted assignees; likewise.
        by_form: Whether an issue form sets labels and assignees, which it does for any author.
        is_pull: Whether it is a pull request.
    """

    title: str
    body: str | None = None
    labels: Sequence[Label] = field(default_factory=tuple)
    assignees: Sequence[User] = field(default_factory=tuple)
    by_form: bool = False
    is_pull: bool = False


def open_issue(world: World, caller: Caller, draft: Draft) -> Issue:
    """Open an issue; a label set with it is told of by `opened` and by `labeled` both.

    Raises:
        Invalid: The title is blank or too long, or the body is too long.
    """
    require(world, caller, "open an issue")
    title = checked_draft(draft.title, draft.body)
    issue = _new_issue(world, caller, draft, title)
    world.keep_issue(issue)
    if draft.is_pull:
        return issue
    labels = draft.labels if draft.by_form or may(world, caller, "label") else ()
    people = draft.assignees if draft.by_form or may(world, caller, "assign") else ()
    opened_at = len(world.outbox)
    if draft.by_form and not world.doubts.form_labels_are_told:
        for label in labels:
            world.put_on(issue, label)
    else:
        set_labels(world, caller, issue, labels)
    set_assignees(world, caller, issue, people)
    # The payload of `opened` shows the labels already; it is told first.
    world.outbox.insert(opened_at, webhooks.issues(world, caller, "opened", issue))
    return issue


def checked_draft(title: str, body: str | None) -> str:
    """The title of an issue to be opened, unless it or the body will not do."""
    _refuse_long(body or "")
    return checked_title(title)


def _refuse_long(body: str) -> None:
    if len(body) > BODY_LIMIT:
        raise invalid("Issue", "body", "custom", f"body is too long (maximum is {BODY_LIMIT} characters)")


def _new_issue(world: World, caller: Caller, draft: Draft, title: str) -> Issue:
    now = world.clock.now()
    number = world.next_number()
    identifier = world.ids.next("pull" if draft.is_pull else "issue")
    return Issue(
        id=identifier,
        node=node_id("PR" if draft.is_pull else "I", 0, world.repository.id, identifier),
        issue=number,
        number=number,
        title=title,
        body=draft.body or None,
        author=caller.user.id,
        created_at=now,
        updated_at=now,
        place=world.next_place(),
        via_app=caller.is_token,
        is_pull=draft.is_pull,
    )


def edit_issue(
    world: World, caller: Caller, issue: Issue, *, title: str | None = None, body: str | None = None
) -> None:
    """Change an issue's title or body, whichever is given.

    A body over the limit changes nothing and is no error, unless `Doubts` says otherwise: GitHub was seen to answer
    200 and keep the old body.

    Raises:
        Invalid: The title is blank or too long.
    """
    check_edit(world, caller, issue, title=title, body=body)
    changes = {}
    if title is not None and checked_title(title) != issue.title:
        changes["title"] = {"from": issue.title}
        happened(world, caller, issue, "renamed", rename=(issue.title, checked_title(title)))
        issue.title = checked_title(title)
    if body is not None and body != (issue.body or "") and len(body) <= BODY_LIMIT:
        changes["body"] = {"from": issue.body or ""}
        world.revise(issue, body, caller.user)
    if changes:
        world.touch(issue)
        _tell(world, caller, "edited", issue, changes=changes)


def check_edit(
    world: World, caller: Caller, issue: Issue, *, title: str | None = None, body: str | None = None
) -> None:
    """Refuse what `edit_issue` would, without changing anything."""
    require(world, caller, "edit a post", issue)
    if title is not None:
        checked_title(title)
    if body is not None and world.doubts.long_bodies_are_refused:
        _refuse_long(body)


def close_issue(
    world: World, caller: Caller, issue: Issue, reason: str = "completed", canonical: Issue | None = None
) -> None:
    """Close an issue, or give a closed one another reason.

    Args:
        world: The world.
        caller: Who closes it.
        issue: The issue.
        reason: One of `CLOSING_REASONS`.
        canonical: The issue this one is a duplicate of.
    """
    check_closing(world, caller, issue)
    if issue.state == "closed" and issue.state_reason == reason:
        return
    was_open = issue.state == "open"
    now = world.clock.now()
    issue.state, issue.state_reason, issue.closed_at, issue.closed_by = "closed", reason, now, caller.user.id
    if canonical is not None:
        happened(world, caller, issue, "marked_as_duplicate", subject=canonical.number)
    happened(world, caller, issue, "closed", reason=reason)
    world.note_state(issue)
    world.touch(issue)
    if was_open:
        _tell(world, caller, "closed", issue)


def reopen_issue(world: World, caller: Caller, issue: Issue) -> None:
    """Open a closed issue again; an author without triage may do so only if nobody else closed it."""
    check_reopening(world, caller, issue)
    if issue.state == "open":
        return
    issue.state, issue.state_reason, issue.closed_at, issue.closed_by = "open", "reopened", None, None
    happened(world, caller, issue, "reopened")
    world.note_state(issue)
    world.touch(issue)
    _tell(world, caller, "reopened", issue)


def check_closing(world: World, caller: Caller, issue: Issue) -> None:
    """Refuse what `close_issue` would, without changing anything."""
    require(world, caller, "close or reopen", issue)


def check_reopening(world: World, caller: Caller, issue: Issue) -> None:
    """Refuse what `reopen_issue` would, without changing anything."""
    closed_by_author = issue.closed_by in (None, caller.user.id)
    require(world, caller, "close or reopen", issue if closed_by_author else None)


def lock_issue(world: World, caller: Caller, issue: Issue, reason: str | None = None) -> None:
    """Let only people with write access comment; `reason` is one of `LOCK_REASONS`."""
    require(world, caller, "lock")
    if not issue.locked:
        issue.locked, issue.lock_reason = True, reason
        happened(world, caller, issue, "locked", reason=reason)
        world.touch(issue)
        _tell(world, caller, "locked", issue)


def unlock_issue(world: World, caller: Caller, issue: Issue) -> None:
    """Let everyone comment again."""
    require(world, caller, "lock")
    if issue.locked:
        issue.locked, issue.lock_reason = False, None
        happened(world, caller, issue, "unlocked")
        world.touch(issue)
        _tell(world, caller, "unlocked", issue)


def pin_issue(world: World, caller: Caller, issue: Issue) -> None:
    """Pin an issue above the list of issues; a repository has room for three."""
    require(world, caller, "pin")
    require_undoubted(world, caller, "job_may_pin_issues")
    if issue.pinned:
        return
    if sum(other.pinned for other in world.issues.values()) >= MOST_PINNED:
        raise invalid("Issue", "pinned", "custom", "Maximum 3 pinned issues per repository")
    issue.pinned = True
    happened(world, caller, issue, "pinned")
    _tell(world, caller, "pinned", issue)


def unpin_issue(world: World, caller: Caller, issue: Issue) -> None:
    """Take an issue down from above the list."""
    require(world, caller, "pin")
    require_undoubted(world, caller, "job_may_pin_issues")
    if issue.pinned:
        issue.pinned = False
        happened(world, caller, issue, "unpinned")
        _tell(world, caller, "unpinned", issue)


def delete_issue(world: World, caller: Caller, issue: Issue) -> None:
    """Delete an issue with all its comments; its number is never used again."""
    require(world, caller, "delete an issue")
    told = webhooks.issues(world, caller, "deleted", issue)
    world.forget_issue(issue)
    world.outbox.append(told)


def _tell(world: World, caller: Caller, action: str, issue: Issue, **extra: object) -> None:
    """Put the webhook into the outbox; pull requests have events of their own, which the stand-in does not make."""
    if not issue.is_pull:
        world.outbox.append(webhooks.issues(world, caller, action, issue, **extra))
