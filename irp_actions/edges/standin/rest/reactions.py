"""Reactions in the REST API: 201 says that a reaction is new, 200 that it was there already."""

from irp_actions.edges.standin.acts import reactions as acts
from irp_actions.edges.standin.payloads.issues import REACTIONS, reaction
from irp_actions.edges.standin.rest.comments import requested_comment
from irp_actions.edges.standin.rest.exchange import Answer, Request
from irp_actions.edges.standin.rest.issues import requested_issue
from irp_actions.edges.standin.rest.paging import paged
from irp_actions.edges.standin.rest.routes import Routes
from irp_actions.edges.standin.world.records import Comment, Issue
from irp_actions.edges.standin.world.refusals import Invalid

routes = Routes()

_ISSUE = "/repos/{owner}/{repo}/issues/{issue_number}/reactions"
_COMMENT = "/repos/{owner}/{repo}/issues/comments/{comment_id}/reactions"


@routes.add(f"GET {_ISSUE}", docs="reactions/reactions#list-reactions-for-an-issue")
def list_of_issue(request: Request) -> Answer:
    """List the reactions to an issue."""
    return _list(request, requested_issue(request))


@routes.add(f"POST {_ISSUE}", docs="reactions/reactions#create-reaction-for-an-issue")
def create_for_issue(request: Request) -> Answer:
    """React to an issue."""
    return _create(request, requested_issue(request))


@routes.add(f"DELETE {_ISSUE}/{{reaction_id}}", docs="reactions/reactions#delete-an-issue-reaction")
def delete_of_issue(request: Request) -> Answer:
    """Take one's reaction to an issue back."""
    return _delete(request, requested_issue(request))


@routes.add(f"GET {_COMMENT}", docs="reactions/reactions#list-reactions-for-an-issue-comment")
def list_of_comment(request: Request) -> Answer:
    """List the reactions to a comment."""
    return _list(request, requested_comment(request))


@routes.add(f"POST {_COMMENT}", docs="reactions/reactions#create-reaction-for-an-issue-comment")
def create_for_comment(request: Request) -> Answer:
    """React to a comment."""
    return _create(request, requested_comment(request))


@routes.add(f"DELETE {_COMMENT}/{{reaction_id}}", docs="reactions/reactions#delete-an-issue-comment-reaction")
def delete_of_comment(request: Request) -> Answer:
    """Take one's reaction to a comment back."""
    return _delete(request, requested_comment(request))


def _list(request: Request, post: Issue | Comment) -> Answer:
    content = request.query.get("content")
    if content not in (None, *REACTIONS):
        raise Invalid(f"Variable $content of type ReactionContent was provided invalid value {content}")
    matching = [given for given in post.reactions if content in (None, given.content)]
    return paged(request, matching, lambda given: reaction(request.world, given, request.urls))


def _create(request: Request, post: Issue | Comment) -> Answer:
    content = request.body().required_text("content")
    given, is_new = acts.react(request.world, request.caller, post, content)
    return Answer(201 if is_new else 200, reaction(request.world, given, request.urls))


def _delete(request: Request, post: Issue | Comment) -> Answer:
    acts.withdraw(request.world, request.caller, post, request.number("reaction_id"))
    return Answer(204)
