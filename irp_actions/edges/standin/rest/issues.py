"""Issues in the REST API: list, open, read, edit, close, lock, and what happened to them."""

from collections.abc import Sequence
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
from irp_actions.edges.standin.world.refusals import NotFound, invalid
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
    # No issue here has a milestone, so asking for any finds nothing.
    wants_milestone = query.get("milestone", "none") != "none"
    matching = [] if wants_milestone else found(request.world, search, order, descending=descending)
    return paged(request, matching, partial(_render, request))


@routes.add("POST /repos/{owner}/{repo}/issues", docs="issues/issues#create-an-issue")
def create_issue(request: Request) -> Answer:
    """Open an issue; labels and assignees of an author who may not set them are dropped without a word."""
    world, body = request.world, request.body()
    draft = acts.Draft(
        title=_required_title(body),
        body=body.text("body"),
        labels=_wanted_labels(request, body) or (),
        assignees=_wanted_people(request, body) or (),
    )
    issue = acts.open_issue(world, request.caller, draft)
    return Answer(201, _render(request, issue), (("Location", request.urls.issue(issue.number)),))


@routes.add(f"GET {_ISSUE}", docs="issues/issues#get-an-issue")
def get_issue(request: Request) -> Answer:
    """Read an issue."""
    return Answer(200, _render(request, requested_issue(request)))


@routes.add(f"PATCH {_ISSUE}", docs="issues/issues#update-an-issue")
def update_issue(request: Request) -> Answer:
    """Edit, label, assign, close or re-open an issue, whatever keys are sent."""
    world, caller, body = request.world, request.caller, request.body()
    issue = requested_issue(request)
    if not may(world, caller, "close or reopen"):
        require(world, caller, "edit a post", issue)
    if body.has("title") or body.has("body"):
        text = (body.text("body") or "") if body.has("body") else None
        acts.edit_issue(world, caller, issue, title=_title(body), body=text)
    labels, people = _wanted_labels(request, body), _wanted_people(request, body)
    if labels is not None and may(world, caller, "label"):
        set_labels(world, caller, issue, labels)
    if people is not None and may(world, caller, "assign"):
        set_assignees(world, caller, issue, people)
    _change_state(request, issue, body)
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
    return Answer(200, [])


def _render(request: Request, issue: Issue) -> Payload:
    return payloads.issue(request.world, issue, request.urls)


def _title(body: Body) -> str | None:
    """GitHub takes a number for a title, too."""
    value = body.value.get("title") if isinstance(body.value, dict) else None
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else body.text("title")


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
    """The assignees a body asks for, in the present form or the one of old."""
    logins = body.names("assignees")
    if logins is None and body.has("assignee"):
        logins = [login for login in [body.text("assignee")] if login]
    return None if logins is None else people_named(request.world, logins)


def _change_state(request: Request, issue: Issue, body: Body) -> None:
    world, caller = request.world, request.caller
    state, reason = body.text("state"), body.text("state_reason")
    if state is None:
        return
    if state not in ("open", "closed"):
        raise invalid("Issue", "state", "invalid")
    if state == "open":
        acts.reopen_issue(world, caller, issue)
        return
    if reason is not None and reason not in acts.CLOSING_REASONS:
        raise invalid("Issue", "state_reason", "invalid")
    if issue.state == "open" or reason is not None:
        acts.close_issue(world, caller, issue, reason or "completed")
