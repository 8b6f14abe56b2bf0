"""Issues in the REST API: list, open, read, edit, close, lock, and what happened to them."""

from collections.abc import Callable, Sequence
from functools import partial

from irp_actions.edges.standin.acts import issues as acts
from irp_actions.edges.standin.acts.labels import named_labels, set_labels
from irp_actions.edges.standin.acts.people import people_named, set_assignees
from irp_actions.edges.standin.acts.posts import readable_issue
from irp_actions.edges.standin.payloads import issues as payloads
from irp_actions.edges.standin.payloads import timeline
from irp_actions.edges.standin.payloads.users import Payload
from irp_actions.edges.standin.rest.exchange import Answer, Body, Request
from irp_actions.edges.standin.rest.paging import paged, since
from irp_actions.edges.standin.rest.routes import Routes
from irp_actions.edges.standin.world.callers import may, require
from irp_actions.edges.standin.world.records import Issue, Label, User
from irp_actions.edges.standin.world.refusals import NotFound, invalid, unfit
from irp_actions.edges.standin.world.search import ORDERS, Search, found

routes = Routes()

_ISSUE = "/repos/{owner}/{repo}/issues/{issue_number}"


def requested_issue(request: Request) -> Issue:
    """The issue a path names, for a caller who may read issues."""
    return readable_issue(request.world, request.caller, request.number("issue_number"))


@routes.add("GET /repos/{owner}/{repo}/issues", docs="issues/issues#list-repository-issues")
def list_issues(request: Request) -> Answer:
    """List issues and pull requests."""
    require(request.world, request.caller, "read issues")
    query = request.query
    search = Search(
        state=request.choice("state", ("open", "closed", "all")),
        labels=tuple(name for name in query.get("labels", "").split(",") if name),
        since=since(request),
        assignee=query.get("assignee"),
        creator=query.get("creator"),
        mentioned=query.get("mentioned"),
    )
    order = request.choice("sort", tuple(ORDERS))
    descending = request.choice("direction", ("desc", "asc")) == "desc"
    milestone = query.get("milestone", "none")
    if milestone not in ("none", "*"):
        raise unfit("Issue", "milestone", milestone)
    # No issue here has a milestone, so asking for any finds nothing.
    wants_milestone = milestone == "*"
    matching = [] if wants_milestone else found(request.world, search, order, descending=descending)
    return paged(request, matching, partial(_render, request))


@routes.add("POST /repos/{owner}/{repo}/issues", docs="issues/issues#create-an-issue")
def create_issue(request: Request) -> Answer:
    """Open an issue; labels and assignees of an author who may not set them are dropped without a word."""
    world, body = request.world, request.body()
    _refuse_what_is_not_here(body)
    title, text, people = _required_title(body), body.text("body"), _wanted_people(request, body)
    acts.checked_draft(title, text)
    # Labels come last: unknown ones are created, and a refusal must not leave them behind.
    draft = acts.Draft(title, text, _wanted_labels(request, body) or (), people or ())
    issue = acts.open_issue(world, request.caller, draft)
    return Answer(201, _render(request, issue), (("Location", request.urls.issue(issue.number)),))


@routes.add(f"GET {_ISSUE}", docs="issues/issues#get-an-issue")
def get_issue(request: Request) -> Answer:
    """Read an issue."""
    return Answer(200, _render(request, requested_issue(request)))


@routes.add(f"PATCH {_ISSUE}", docs="issues/issues#update-an-issue")
def update_issue(request: Request) -> Answer:
    """Edit, label, assign, close or re-open an issue, whatever keys are sent: all of them, or none."""
    world, caller, body = request.world, request.caller, request.body()
    issue = requested_issue(request)
    if not may(world, caller, "close or reopen"):
        require(world, caller, "edit a post", issue)
    _refuse_what_is_not_here(body)
    change_state, people = _change_of_state(request, issue, body), _wanted_people(request, body)
    title, text = _title(body), (body.text("body", nullable=True) or "") if body.has("body") else None
    has_text = body.has("title") or body.has("body")
    if has_text:
        acts.check_edit(world, caller, issue, title=title, body=text)
    labels = _wanted_labels(request, body)
    # Nothing is refused from here on.
    if has_text:
        acts.edit_issue(world, caller, issue, title=title, body=text)
    if labels is not None:
        set_labels(world, caller, issue, labels)
    if people is not None:
        set_assignees(world, caller, issue, people)
    change_state()
    return Answer(200, _render(request, issue))


@routes.add(f"PUT {_ISSUE}/lock", docs="issues/issues#lock-an-issue")
def lock_issue(request: Request) -> Answer:
    """Lock a conversation."""
    reason = request.body().text("lock_reason")
    if reason is not None and reason not in acts.LOCK_REASONS:
        raise invalid("Issue", "lock_reason", "invalid")
    acts.lock_issue(request.world, request.caller, requested_issue(request), reason)
    return Answer(204)


@routes.add(f"DELETE {_ISSUE}/lock", docs="issues/issues#unlock-an-issue")
def unlock_issue(request: Request) -> Answer:
    """Unlock a conversation."""
    acts.unlock_issue(request.world, request.caller, requested_issue(request))
    return Answer(204)


@routes.add(f"GET {_ISSUE}/events", docs="issues/events#list-issue-events")
def list_events(request: Request) -> Answer:
    """List what happened to an issue, other than comments."""
    events = requested_issue(request).events
    return paged(request, events, lambda event: timeline.event_of_issue(request.world, event, request.urls))


@routes.add(f"GET {_ISSUE}/timeline", docs="issues/timeline#list-timeline-events-for-an-issue")
def list_timeline(request: Request) -> Answer:
    """List what happened to an issue, comments and all."""
    items = requested_issue(request).timeline
    return paged(request, items, lambda item: timeline.timeline_item(request.world, item, request.urls))


@routes.add("GET /repos/{owner}/{repo}/issues/events", docs="issues/events#list-issue-events-for-a-repository")
def list_repository_events(request: Request) -> Answer:
    """List what happened to all issues, the latest first."""
    require(request.world, request.caller, "read issues")
    events = list(reversed(request.world.events.values()))
    return paged(request, events, lambda event: timeline.event_of_repository(request.world, event, request.urls))


@routes.add("GET /repos/{owner}/{repo}/issues/events/{event_id}", docs="issues/events#get-an-issue-event")
def get_event(request: Request) -> Answer:
    """Read one event."""
    require(request.world, request.caller, "read issues")
    event = request.world.events.get(request.number("event_id"))
    if event is None:
        raise NotFound
    return Answer(200, timeline.event_of_repository(request.world, event, request.urls))


@routes.add("GET /repos/{owner}/{repo}/milestones", docs="issues/milestones#list-milestones")
def list_milestones(request: Request) -> Answer:
    """There are no milestones here."""
    require(request.world, request.caller, "read issues")
    for name, choices in (("state", ("open", "closed", "all")), ("sort", ("due_on", "completeness"))):
        request.choice(name, choices)
    request.choice("direction", ("asc", "desc"))
    return Answer(200, [])


def _render(request: Request, issue: Issue) -> Payload:
    return payloads.issue(request.world, issue, request.urls)


def _title(body: Body) -> str | None:
    """GitHub takes a number for a title, too."""
    value = body.value.get("title") if isinstance(body.value, dict) else None
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else body.text("title", nullable=True)


def _required_title(body: Body) -> str:
    title = _title(body)
    return body.required_text("title") if title is None else title


def _wanted_labels(request: Request, body: Body) -> Sequence[Label] | None:
    """The labels a body asks for, created if need be, unless the caller may not label anyway."""
    names = body.names("labels")
    if names is None or not may(request.world, request.caller, "label"):
        return None
    return named_labels(request.world, names)


def _wanted_people(request: Request, body: Body) -> Sequence[User] | None:
    """The assignees a body asks for, in the present form or the one of old, unless the caller may not assign anyway.

    Whoever cannot be assigned is refused here, while "Add assignees to an issue" passes over them.
    """
    field, logins = "assignees", body.names("assignees", "login")
    if logins is None and body.has("assignee"):
        field, logins = "assignee", [login for login in [body.text("assignee", nullable=True)] if login]
    if logins is None or not may(request.world, request.caller, "assign"):
        return None
    accounts = request.world.accounts
    for login in logins:
        user = accounts.named(login)
        if user is None or not accounts.is_assignable(user):
            raise unfit("Issue", field, login)
    return people_named(request.world, logins)


def _change_of_state(request: Request, issue: Issue, body: Body) -> Callable[[], None]:
    """What closes or re-opens an issue as the body asks; it is refused here, or not at all."""
    world, caller = request.world, request.caller
    state, reason = body.text("state"), body.text("state_reason", nullable=True)
    if state not in (None, "open", "closed"):
        raise invalid("Issue", "state", "invalid")
    if reason not in (None, "reopened", *acts.CLOSING_REASONS) or (state == "closed" and reason == "reopened"):
        raise invalid("Issue", "state_reason", "invalid")
    canonical = _canonical(request, body)
    if state == "open":
        acts.check_reopening(world, caller, issue)
        return lambda: acts.reopen_issue(world, caller, issue)
    if state == "closed" and (issue.state == "open" or reason is not None):
        acts.check_closing(world, caller, issue)
        return lambda: acts.close_issue(world, caller, issue, reason or "completed", canonical)
    return lambda: None


def _canonical(request: Request, body: Body) -> Issue | None:
    """The issue that a body says this one is a duplicate of."""
    wanted = body.number("duplicate_issue_id")
    if wanted is None:
        return None
    found = next((issue for issue in request.world.issues.values() if issue.id == wanted), None)
    if found is None:
        raise unfit("Issue", "duplicate_issue_id", wanted)
    return found


def _refuse_what_is_not_here(body: Body) -> None:
    """There are no milestones, types of issues and fields of issues here, so none can be named.

    A milestone that is not there is refused by GitHub in these words, and an empty text takes one off (recorded, as
    PyGithub's Issue.testEditResetMilestone); of the others nothing is known.
    """
    for name, nothing in (("milestone", (None, "")), ("type", (None,)), ("issue_field_values", (None, []))):
        value = body.value_of(name)
        if value not in nothing:
            raise unfit("Issue", name, value) if type(value) in (str, int) else invalid("Issue", name, "invalid")
