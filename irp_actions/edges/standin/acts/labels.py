"""Labels of the repository, and putting them on issues and taking them off.

Source: "REST API endpoints for labels".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from types import EllipsisType

from irp_actions.edges.standin.acts.timeline import as_it_was, happened
from irp_actions.edges.standin.payloads import webhooks
from irp_actions.edges.standin.payloads.issues import label as label_payload
from irp_actions.edges.standin.world.callers import Caller, require
from irp_actions.edges.standin.world.records import Issue, Label
from irp_actions.edges.standin.world.refusals import NotFound, invalid
from irp_actions.edges.standin.world.world import World

# The colour GitHub gives to a label that is created by being put on an issue.
UNKNOWN_COLOR = "ededed"
_NAME_LIMIT = 50
_DESCRIPTION_LIMIT = 100
_COLOR = re.compile(r"[0-9a-fA-F]{6}")


def create_label(world: World, caller: Caller, name: str, color: str, description: str | None) -> Label:
    """Add a label to the repository; `color` is six hexadecimal digits.

    Raises:
        Invalid: There is one of that name, or a value will not do.
    """
    require(world, caller, "change labels")
    if world.label_named(name) is not None:
        raise invalid("Label", "name", "already_exists")
    return world.add_label(_checked_name(name), _checked_color(color), _checked_description(description))


@dataclass(frozen=True, slots=True)
class Touch:
    """How a label is to be changed; what is `None` stays, and so does a description that is `...`."""

    name: str | None = None
    color: str | None = None
    description: str | EllipsisType | None = ...


def edit_label(world: World, caller: Caller, label: Label, touch: Touch) -> None:
    """Change a label.

    Raises:
        Invalid: There is another of that name, or a value will not do; then nothing is changed.
    """
    require(world, caller, "change labels")
    name = label.name if touch.name is None else _checked_name(touch.name)
    if world.label_named(name) not in (None, label):
        raise invalid("Label", "name", "already_exists")
    color = label.color if touch.color is None else _checked_color(touch.color)
    description = label.description if touch.description is ... else _checked_description(touch.description)
    world.rename_label(label, name)
    label.color, label.description = color, description
    label.updated_at = world.clock.now()


def delete_label(world: World, caller: Caller, label: Label) -> None:
    """Remove a label from the repository and from every issue."""
    require(world, caller, "change labels")
    world.forget_label(label)


def named_labels(world: World, names: Sequence[str]) -> list[Label]:
    """The labels of these names; unknown ones are created, grey, as GitHub does.

    Raises:
        Invalid: A name will not do; then none is created.
    """
    for name in names:
        if world.label_named(name) is None:
            _checked_name(name)
    return [world.label_named(name) or world.add_label(name, UNKNOWN_COLOR, None) for name in names]


def add_labels(world: World, caller: Caller, issue: Issue, labels: Sequence[Label]) -> None:
    """Put labels on an issue; those it carries already are no event."""
    require(world, caller, "label")
    for label in labels:
        _put(world, caller, issue, label)


def remove_labels(world: World, caller: Caller, issue: Issue, labels: Sequence[Label]) -> None:
    """Take labels off an issue; those it does not carry are no event."""
    require(world, caller, "label")
    for label in labels:
        _take(world, caller, issue, label)


def remove_label(world: World, caller: Caller, issue: Issue, name: str) -> None:
    """Take one label off an issue.

    Raises:
        NotFound: The issue does not carry it.
    """
    require(world, caller, "label")
    label = world.label_named(name)
    if label is None or label.id not in issue.labels:
        raise NotFound("Label does not exist")
    _take(world, caller, issue, label)


def replace_labels(world: World, caller: Caller, issue: Issue, labels: Sequence[Label]) -> None:
    """Let an issue carry exactly these labels."""
    require(world, caller, "label")
    set_labels(world, caller, issue, labels)


def set_labels(world: World, caller: Caller, issue: Issue, labels: Sequence[Label]) -> None:
    """As `replace_labels`, for a caller whose right was looked at already, or a form, which needs none."""
    wanted = {label.id for label in labels}
    for identifier in list(issue.labels):
        if identifier not in wanted:
            _take(world, caller, issue, world.labels[identifier])
    for label in labels:
        _put(world, caller, issue, label)


def _put(world: World, caller: Caller, issue: Issue, label: Label) -> None:
    if label.id not in issue.labels:
        world.put_on(issue, label)
        _changed(world, caller, issue, label, "labeled")


def _take(world: World, caller: Caller, issue: Issue, label: Label) -> None:
    if label.id in issue.labels:
        world.take_off(issue, label)
        _changed(world, caller, issue, label, "unlabeled")


def _changed(world: World, caller: Caller, issue: Issue, label: Label, kind: str) -> None:
    happened(world, caller, issue, kind, label=as_it_was(label))
    world.touch(issue)
    if not issue.is_pull:
        payload = label_payload(label, world.home)
        world.outbox.append(webhooks.issues(world, caller, kind, issue, label=payload))


def _checked_name(name: str) -> str:
    if not name.strip():
        raise invalid("Label", "name", "missing_field")
    if len(name) > _NAME_LIMIT:
        raise invalid("Label", "name", "custom", f"name is too long (maximum is {_NAME_LIMIT} characters)")
    return name


def _checked_color(color: str) -> str:
    if not _COLOR.fullmatch(color):
        raise invalid("Label", "color", "invalid")
    return color.lower()


def _checked_description(description: str | None) -> str | None:
    if len(description or "") > _DESCRIPTION_LIMIT:
        message = f"description is too long (maximum is {_DESCRIPTION_LIMIT} characters)"
        raise invalid("Label", "description", "custom", message)
    return description
