"""Comments in the REST API."""

from functools import partial

from irp_actions.edges.standin.acts import comments as acts
from irp_actions.edges.standin.acts.posts import readable_comment
from irp_actions.edges.standin.payloads import issues as payloads
from irp_actions.edges.standin.payloads.users import Payload
from irp_actions.edges.standin.rest.exchange import Answer, Request
from irp_actions.edges.standin.rest.issues import requested_issue
from irp_actions.edges.standin.rest.paging import paged, since
from irp_actions.edges.standin.rest.routes import Routes
from irp_actions.edges.standin.world.callers import require
from irp_actions.edges.standin.world.records import Comment

routes = Routes()

_COMMENT = "/repos/{owner}/{repo}/issues/comments/{comment_id}"
_OF_ISSUE = "/repos/{owner}/{repo}/issues/{issue_number}/comments"


def requested_comment(request: Request) -> Comment:
    """The comment a path names, for a caller who may read issues."""
    return readable_comment(request.world, request.caller, request.number("comment_id"))


@routes.add(f"GET {_OF_ISSUE}", docs="issues/comments#list-issue-comments")
def list_comments(request: Request) -> Answer:
    """List the comments of an issue, the oldest first."""
    start = since(request)
    comments = requested_issue(request).comments
    matching = comments if start is None else [comment for comment in comments if comment.updated_at >= start]
    return paged(request, matching, partial(_render, request))


@routes.add(f"POST {_OF_ISSUE}", docs="issues/comments#create-an-issue-comment")
def create_comment(request: Request) -> Answer:
    """Comment on an issue."""
    issue = requested_issue(request)
    body = request.body().required_text("body")
    comment = acts.write_comment(request.world, request.caller, issue, body)
    return Answer(201, _render(request, comment), (("Location", request.urls.comment(comment.id)),))


@routes.add("GET /repos/{owner}/{repo}/issues/comments", docs="issues/comments#list-issue-comments-for-a-repository")
def list_repository_comments(request: Request) -> Answer:
    """List the comments of all issues."""
    require(request.world, request.caller, "read issues")
    start = since(request)
    comments = list(request.world.comments.values())
    if start is not None:
        comments = [comment for comment in comments if comment.updated_at >= start]
    if request.choice("sort", ("created", "updated")) == "updated":
        comments.sort(key=lambda comment: (comment.updated_at, comment.place))
    if request.choice("direction", ("asc", "desc")) == "desc":
        comments.reverse()
    return paged(request, comments, partial(_render, request))


@routes.add(f"GET {_COMMENT}", docs="issues/comments#get-an-issue-comment")
def get_comment(request: Request) -> Answer:
    """Read a comment."""
    return Answer(200, _render(request, requested_comment(request)))


@routes.add(f"PATCH {_COMMENT}", docs="issues/comments#update-an-issue-comment")
def update_comment(request: Request) -> Answer:
    """Edit a comment."""
    comment = requested_comment(request)
    acts.edit_comment(request.world, request.caller, comment, request.body().required_text("body"))
    return Answer(200, _render(request, comment))


@routes.add(f"DELETE {_COMMENT}", docs="issues/comments#delete-an-issue-comment")
def delete_comment(request: Request) -> Answer:
    """Delete a comment."""
    acts.delete_comment(request.world, request.caller, requested_comment(request))
    return Answer(204)


@routes.add(f"PUT {_COMMENT}/pin", docs="issues/comments#pin-an-issue-comment")
def pin_comment(request: Request) -> Answer:
    """Pin a comment to the top of its issue."""
    comment = requested_comment(request)
    acts.pin_comment(request.world, request.caller, comment)
    return Answer(200, _render(request, comment))


@routes.add(f"DELETE {_COMMENT}/pin", docs="issues/comments#unpin-an-issue-comment")
def unpin_comment(request: Request) -> Answer:
    """Take a pinned comment down."""
    acts.unpin_comment(request.world, request.caller, requested_comment(request))
    return Answer(204)


def _render(request: Request, comment: Comment) -> Payload:
    return payloads.comment(request.world, comment, request.urls)
