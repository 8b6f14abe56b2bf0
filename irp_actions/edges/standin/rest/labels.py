"""Labels in the REST API: those of the repository, and those on an issue."""

from functools import partial

from irp_actions.edges.standin.acts import labels as acts
from irp_actions.edges.standin.payloads import issues as payloads
from irp_actions.edges.standin.payloads.users import Payload
from irp_actions.edges.standin.rest.exchange import Answer, Request
from irp_actions.edges.standin.rest.issues import requested_issue
from irp_actions.edges.standin.rest.paging import paged
from irp_actions.edges.standin.rest.routes import Routes
from irp_actions.edges.standin.world.callers import require
from irp_actions.edges.standin.world.records import Issue, Label
from irp_actions.edges.standin.world.refusals import NotFound

routes = Routes()

_LABELS = "/repos/{owner}/{repo}/labels"
_ON_ISSUE = "/repos/{owner}/{repo}/issues/{issue_number}/labels"


@routes.add(f"GET {_LABELS}", docs="issues/labels#list-labels-for-a-repository")
def list_labels(request: Request) -> Answer:
    """List the repository's labels by name."""
    require(request.world, request.caller, "read issues")
    labels = sorted(request.world.labels.values(), key=lambda label: label.name.casefold())
    return paged(request, labels, partial(_render, request))


@routes.add(f"POST {_LABELS}", docs="issues/labels#create-a-label")
def create_label(request: Request) -> Answer:
    """Create a label; without a colour it is grey."""
    body = request.body()
    color = body.text("color") or acts.UNKNOWN_COLOR
    name, description = body.required_text("name"), body.text("description")
    label = acts.create_label(request.world, request.caller, name, color, description)
    return Answer(201, _render(request, label), (("Location", request.urls.label(label.name)),))


@routes.add(f"GET {_LABELS}/{{name}}", docs="issues/labels#get-a-label")
def get_label(request: Request) -> Answer:
    """Read a label."""
    return Answer(200, _render(request, _requested_label(request)))


@routes.add(f"PATCH {_LABELS}/{{name}}", docs="issues/labels#update-a-label")
def update_label(request: Request) -> Answer:
    """Rename, recolour or describe a label."""
    world, caller, body = request.world, request.caller, request.body()
    label = _requested_label(request)
    description = body.text("description") if body.has("description") else ...
    acts.edit_label(world, caller, label, acts.Touch(body.text("new_name"), body.text("color"), description))
    return Answer(200, _render(request, label))


@routes.add(f"DELETE {_LABELS}/{{name}}", docs="issues/labels#delete-a-label")
def delete_label(request: Request) -> Answer:
    """Delete a label."""
    acts.delete_label(request.world, request.caller, _requested_label(request))
    return Answer(204)


@routes.add(f"GET {_ON_ISSUE}", docs="issues/labels#list-labels-for-an-issue")
def list_issue_labels(request: Request) -> Answer:
    """List the labels on an issue."""
    return paged(request, _labels_of(request, requested_issue(request)), partial(_render, request))


@routes.add(f"POST {_ON_ISSUE}", docs="issues/labels#add-labels-to-an-issue")
def add_labels(request: Request) -> Answer:
    """Put labels on an issue; unknown ones are created."""
    issue = requested_issue(request)
    require(request.world, request.caller, "label")
    labels = acts.named_labels(request.world, request.body().names_or_whole("labels"))
    acts.add_labels(request.world, request.caller, issue, labels)
    return _all_labels(request, issue)


@routes.add(f"PUT {_ON_ISSUE}", docs="issues/labels#set-labels-for-an-issue")
def set_labels(request: Request) -> Answer:
    """Let an issue carry exactly the labels sent."""
    issue = requested_issue(request)
    require(request.world, request.caller, "label")
    labels = acts.named_labels(request.world, request.body().names_or_whole("labels"))
    acts.replace_labels(request.world, request.caller, issue, labels)
    return _all_labels(request, issue)


@routes.add(f"DELETE {_ON_ISSUE}", docs="issues/labels#remove-all-labels-from-an-issue")
def remove_all_labels(request: Request) -> Answer:
    """Take every label off an issue."""
    acts.replace_labels(request.world, request.caller, requested_issue(request), ())
    return Answer(204)


@routes.add(f"DELETE {_ON_ISSUE}/{{name}}", docs="issues/labels#remove-a-label-from-an-issue")
def remove_label(request: Request) -> Answer:
    """Take one label off an issue."""
    issue = requested_issue(request)
    acts.remove_label(request.world, request.caller, issue, request.parameters["name"])
    return _all_labels(request, issue)


def _requested_label(request: Request) -> Label:
    """The label a path names, for a caller who may read issues."""
    require(request.world, request.caller, "read issues")
    label = request.world.label_named(request.parameters["name"])
    if label is None:
        raise NotFound
    return label


def _labels_of(request: Request, issue: Issue) -> list[Label]:
    return [request.world.labels[identifier] for identifier in issue.labels]


def _all_labels(request: Request, issue: Issue) -> Answer:
    return Answer(200, [_render(request, label) for label in _labels_of(request, issue)])


def _render(request: Request, label: Label) -> Payload:
    return payloads.label(label, request.urls)
