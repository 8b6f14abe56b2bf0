"""Reading what may be read, and the limits every text is held to."""

from irp_actions.edges.standin.world.callers import Caller, may, require
from irp_actions.edges.standin.world.records import Comment, Issue
from irp_actions.edges.standin.world.refusals import Forbidden, invalid
from irp_actions.edges.standin.world.world import World

# The API's own words: "is too long (maximum is 65536 characters)".
BODY_LIMIT = 65_536
TITLE_LIMIT = 256


def readable_issue(world: World, caller: Caller, number: int) -> Issue:
    """The issue of a number, for a caller who may read issues."""
    require(world, caller, "read issues")
    return world.issue(number)


def readable_comment(world: World, caller: Caller, identifier: int) -> Comment:
    """The comment of a database id, for a caller who may read issues."""
    require(world, caller, "read issues")
    return world.comment(identifier)


def checked_comment_body(body: str) -> str:
    """The text of a comment, unless it is blank or too long."""
    if not body.strip():
        raise invalid("IssueComment", "data", "unprocessable", "Body can't be blank")
    if len(body) > BODY_LIMIT:
        message = f"Body is too long (maximum is {BODY_LIMIT} characters)"
        raise invalid("IssueComment", "data", "unprocessable", message)
    return body


def checked_title(title: str) -> str:
    """The title of an issue, unless it is blank or too long."""
    if not title.strip():
        raise invalid("Issue", "title", "missing_field")
    if len(title) > TITLE_LIMIT:
        raise invalid("Issue", "title", "custom", f"title is too long (maximum is {TITLE_LIMIT} characters)")
    return title.strip()


def refuse_if_locked(world: World, caller: Caller, issue: Issue, what: str) -> None:
    """On a locked issue only people with write access may still speak and react."""
    if issue.locked and not may(world, caller, "comment when locked"):
        raise Forbidden(f"Unable to create {what} because issue is locked.")
