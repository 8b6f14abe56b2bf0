"""What `on:` says is which events start the workflow, which schedules, and which inputs a dispatch takes.

Source: "Events that trigger workflows"; the activity types of each event are those listed there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from irp_actions.edges.standin.actions.workflow.cron import Schedule, ScheduleError
from irp_actions.edges.standin.actions.workflow.document import Node
from irp_actions.edges.standin.actions.workflow.fields import Fields
from irp_actions.edges.standin.actions.workflow.inputs import Input, read_inputs
from irp_actions.edges.standin.events import Event


def _types(names: str) -> frozenset[str]:
    return frozenset(names.split())


_CRUD = frozenset({"created", "edited", "deleted"})
_PULL_REQUEST = _types(
    "assigned unassigned labeled unlabeled opened edited closed reopened synchronize converted_to_draft locked "
    "unlocked enqueued dequeued milestoned demilestoned ready_for_review review_requested review_request_removed "
    "auto_merge_enabled auto_merge_disabled stacked"
)

# The activity types an event can be filtered by; by default all of them start a workflow.
ACTIVITY_TYPES: Mapping[str, frozenset[str]] = {
    "branch_protection_rule": _CRUD,
    "check_run": frozenset({"created", "rerequested", "completed", "requested_action"}),
    "check_suite": frozenset({"completed"}),
    "discussion": _types(
        "created edited deleted transferred pinned unpinned labeled unlabeled locked unlocked category_changed "
        "answered unanswered"
    ),
    "discussion_comment": _CRUD,
    "image_version": frozenset({"created", "ready", "deleted"}),
    "issue_comment": _CRUD,
    "issues": _types(
        "opened edited deleted transferred pinned unpinned closed reopened assigned unassigned labeled unlabeled "
        "locked unlocked milestoned demilestoned field_added field_removed typed untyped"
    ),
    "label": _CRUD,
    "merge_group": frozenset({"checks_requested"}),
    "milestone": frozenset({"created", "closed", "opened", "edited", "deleted"}),
    "project": frozenset({"created", "closed", "reopened", "edited", "deleted"}),
    "project_card": frozenset({"created", "moved", "converted", "edited", "deleted"}),
    "project_column": frozenset({"created", "updated", "moved", "deleted"}),
    "pull_request": _PULL_REQUEST,
    "pull_request_comment": _CRUD,
    "pull_request_review": frozenset({"submitted", "edited", "dismissed"}),
    "pull_request_review_comment": _CRUD,
    "pull_request_target": _PULL_REQUEST,
    "registry_package": frozenset({"published", "updated"}),
    "release": _types("published unpublished created edited deleted prereleased released"),
    "watch": frozenset({"started"}),
    "workflow_run": frozenset({"completed", "requested", "in_progress"}),
}

# Where fewer than all types start a workflow that does not say which.
_FEWER_BY_DEFAULT: Mapping[str, frozenset[str]] = {
    "pull_request": frozenset({"opened", "synchronize", "reopened"}),
    "pull_request_target": frozenset({"opened", "synchronize", "reopened"}),
}

DISPATCH, REPOSITORY_DISPATCH, SCHEDULE = "workflow_dispatch", "repository_dispatch", "schedule"

# Events without activity types; `repository_dispatch` has whatever types its senders invent.
_OTHER_EVENTS = _types(
    "create delete deployment deployment_status fork gollum page_build public push status workflow_call"
) | {DISPATCH, REPOSITORY_DISPATCH, SCHEDULE}

# What else an event can be filtered by. Here is nothing that has branches or files, so these are read and never asked.
_BRANCHES, _PATHS = _types("branches branches-ignore"), _types("paths paths-ignore")
_FILTERS: Mapping[str, frozenset[str]] = {
    "image_version": frozenset({"names", "versions"}),
    "merge_group": _BRANCHES,
    "pull_request": _BRANCHES | _PATHS,
    "pull_request_target": _BRANCHES | _PATHS,
    "push": _BRANCHES | _PATHS | _types("tags tags-ignore"),
    "workflow_run": _BRANCHES | {"workflows"},
}


@dataclass(frozen=True)
class Triggers:
    """Everything that starts one workflow.

    Attributes:
        types: The activity types by event; `None` where any will do.
        schedules: The crons.
        inputs: What a dispatch takes; only meaningful if `workflow_dispatch` is among the events.
    """

    types: Mapping[str, frozenset[str] | None]
    schedules: tuple[Schedule, ...] = ()
    inputs: Mapping[str, Input] = field(default_factory=dict)

    def match(self, event: Event) -> bool:
        """Return whether an event starts the workflow.

        A schedule is matched by its cron, and a dispatch by the workflow it names: not here.
        """
        if event.name not in self.types:
            return False
        wanted = self.types[event.name]
        return wanted is None or event.action in wanted

    @property
    def dispatchable(self) -> bool:
        """Return whether somebody may start the workflow by hand."""
        return DISPATCH in self.types


def read_triggers(node: Node) -> Triggers:
    """Return what an `on:` means, in any of its three shapes.

    Raises:
        WorkflowError: An event, a type, a filter or a cron is not GitHub's.
    """
    if not node.is_mapping():
        names = node.sequence() if node.is_sequence() else (node,)
        return Triggers({_event_name(name): default_types(name.text()) for name in names})
    types: dict[str, frozenset[str] | None] = {}
    schedules: tuple[Schedule, ...] = ()
    inputs: Mapping[str, Input] = {}
    for name, entry in node.entries().items():
        types[_event_name(entry.key)] = default_types(name)
        if entry.value.is_empty() and name != SCHEDULE:
            continue
        if name == SCHEDULE:
            schedules = tuple(_read_schedule(item) for item in entry.value.sequence())
        elif name == DISPATCH:
            declared = Fields(entry.value, {"inputs"})
            inputs = read_inputs(declared.required("inputs")) if declared.has("inputs") else {}
        elif name == "workflow_call":
            # Nothing calls a workflow here, so what it would take is not read.
            Fields(entry.value, {"inputs", "outputs", "secrets"})
        else:
            types[name] = _read_types(name, entry.value)
    return Triggers(types, schedules, inputs)


def _event_name(node: Node) -> str:
    name = node.text()
    if name not in ACTIVITY_TYPES and name not in _OTHER_EVENTS:
        node.fail(f"Unexpected value '{name}'")
    return name


def default_types(name: str) -> frozenset[str] | None:
    """Return which activity types start a workflow that names none; `None` for all there may ever be."""
    return _FEWER_BY_DEFAULT.get(name, ACTIVITY_TYPES.get(name))


def _read_types(name: str, node: Node) -> frozenset[str] | None:
    filters, allowed = _FILTERS.get(name, frozenset()), ACTIVITY_TYPES.get(name)
    typed = allowed is not None or name == REPOSITORY_DISPATCH
    if not typed and not filters:
        node.fail("A mapping was not expected" if node.is_mapping() else f"Unexpected value '{node.text()}'")
    fields = Fields(node, filters | {"types"} if typed else filters)
    for each in filters:
        if fields.has(each):
            fields.required(each).texts()
    if not fields.has("types"):
        return default_types(name)
    listed = fields.required("types")
    if name == REPOSITORY_DISPATCH:
        listed.sequence()
    for item in listed.sequence() if listed.is_sequence() else (listed,):
        if allowed is not None and item.text() not in allowed:
            item.fail(f"Unexpected value '{item.text()}'")
    return frozenset(listed.texts())


def _read_schedule(node: Node) -> Schedule:
    fields = Fields(node, {"cron", "timezone"})
    cron, zone = fields.required("cron"), fields.filled("timezone")
    try:
        return Schedule.parse(cron.text(), zone.text() if zone else "UTC")
    except ScheduleError as error:
        (zone if zone and "timezone" in str(error) else cron).fail(str(error))
