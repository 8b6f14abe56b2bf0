"""People in the REST API: accounts, who has access, and who can be assigned."""

from irp_actions.edges.standin.acts import people as acts
from irp_actions.edges.standin.payloads import users as payloads
from irp_actions.edges.standin.payloads.issues import issue as issue_payload
from irp_actions.edges.standin.rest.exchange import Answer, Request
from irp_actions.edges.standin.rest.issues import requested_issue
from irp_actions.edges.standin.rest.paging import paged
from irp_actions.edges.standin.rest.routes import Routes
from irp_actions.edges.standin.world.callers import may, require
from irp_actions.edges.standin.world.refusals import Forbidden, NotFound
from irp_actions.edges.standin.world.roles import Role

routes = Routes()

# The older words for roles.
_LEAST = {
    "pull": Role.READ,
    "triage": Role.TRIAGE,
    "push": Role.WRITE,
    "maintain": Role.MAINTAIN,
    "admin": Role.ADMIN,
}

_ASSIGNEES = "/repos/{owner}/{repo}/assignees"
_COLLABORATORS = "/repos/{owner}/{repo}/collaborators"
_ON_ISSUE = "/repos/{owner}/{repo}/issues/{issue_number}/assignees"


@routes.add("GET /user", docs="users/users#get-the-authenticated-user")
def get_self(request: Request) -> Answer:
    """Say who is asking; a job token is no person and has no answer."""
    if request.caller.is_token:
        raise Forbidden("Resource not accessible by integration")
    return Answer(200, payloads.public_user(request.caller.user, request.urls))


@routes.add("GET /users/{username}", docs="users/users#get-a-user")
def get_user(request: Request) -> Answer:
    """Read an account."""
    user = request.world.accounts.named(request.parameters["username"])
    if user is None:
        raise NotFound
    return Answer(200, payloads.public_user(user, request.urls))


@routes.add(f"GET {_COLLABORATORS}", docs="collaborators/collaborators#list-repository-collaborators")
def list_collaborators(request: Request) -> Answer:
    """List the people with access."""
    require(request.world, request.caller, "list collaborators")
    request.choice("affiliation", ("all", "direct", "outside"))
    least = _LEAST[request.choice("permission", tuple(_LEAST))]
    # The repository is a person's, who has no outside collaborators.
    nobody = request.query.get("affiliation") == "outside"
    people = [user for user in request.world.accounts.with_access() if user.role >= least and not nobody]
    return paged(request, people, lambda user: payloads.collaborator(user, user.role, request.urls))


@routes.add(
    f"GET {_COLLABORATORS}/{{username}}",
    docs="collaborators/collaborators#check-if-a-user-is-a-repository-collaborator",
)
def check_collaborator(request: Request) -> Answer:
    """Say whether somebody has access: 204, or 404."""
    require(request.world, request.caller, "list collaborators")
    user = request.world.accounts.named(request.parameters["username"])
    if user is None or not user.role:
        raise NotFound
    return Answer(204)


@routes.add(
    f"GET {_COLLABORATORS}/{{username}}/permission",
    docs="collaborators/collaborators#get-repository-permissions-for-a-user",
)
def get_permission(request: Request) -> Answer:
    """Say what somebody may do, to who may push; bots and unknown logins are no users."""
    require(request.world, request.caller, "see the repository")
    if not may(request.world, request.caller, "see permissions"):
        raise Forbidden("Must have push access to view collaborator permission.")
    login = request.parameters["username"]
    user = request.world.accounts.named(login)
    if user is None or user.kind != "User":
        raise NotFound(f"{login} is not a user")
    return Answer(200, payloads.collaborator_permission(user, request.world.role_of(user), request.urls))


@routes.add(f"GET {_ASSIGNEES}", docs="issues/assignees#list-assignees")
def list_assignees(request: Request) -> Answer:
    """List who can be assigned."""
    require(request.world, request.caller, "read issues")
    people = list(filter(request.world.accounts.is_assignable, request.world.accounts.by_id.values()))
    return paged(request, people, lambda user: payloads.simple_user(user, request.urls))


@routes.add(f"GET {_ASSIGNEES}/{{assignee}}", docs="issues/assignees#check-if-a-user-can-be-assigned")
def check_assignee(request: Request) -> Answer:
    """Say whether somebody can be assigned: 204, or 404."""
    require(request.world, request.caller, "read issues")
    return _assignable(request)


@routes.add(f"GET {_ON_ISSUE}/{{assignee}}", docs="issues/assignees#check-if-a-user-can-be-assigned-to-a-issue")
def check_issue_assignee(request: Request) -> Answer:
    """Say whether somebody can be assigned to this issue: 204, or 404."""
    requested_issue(request)
    return _assignable(request)


@routes.add(f"POST {_ON_ISSUE}", docs="issues/assignees#add-assignees-to-an-issue")
def add_assignees(request: Request) -> Answer:
    """Assign people; whoever cannot be is ignored."""
    issue = requested_issue(request)
    logins = request.body().names("assignees", "login") or []
    acts.assign(request.world, request.caller, issue, acts.people_named(request.world, logins))
    return Answer(201, issue_payload(request.world, issue, request.urls))


@routes.add(f"DELETE {_ON_ISSUE}", docs="issues/assignees#remove-assignees-from-an-issue")
def remove_assignees(request: Request) -> Answer:
    """Take people off an issue."""
    issue = requested_issue(request)
    logins = request.body().required_names("assignees", "login")
    acts.unassign(request.world, request.caller, issue, acts.people_named(request.world, logins))
    return Answer(200, issue_payload(request.world, issue, request.urls))


def _assignable(request: Request) -> Answer:
    user = request.world.accounts.named(request.parameters["assignee"])
    if user is None or not request.world.accounts.is_assignable(user):
        raise NotFound
    return Answer(204)
