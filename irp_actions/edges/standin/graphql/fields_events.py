"""What happened to an issue, field by field."""

from irp_actions.edges.standin.graphql.fields_posts import LOCK_WORDS, issue_path, reason_word
from irp_actions.edges.standin.graphql.parts import account, addresses, attribute, constant, database_id, moment
from irp_actions.edges.standin.graphql.scene import Fields, Info, scene_of
from irp_actions.edges.standin.world.records import Issue, Label, TimelineEvent


def _label_then(event: TimelineEvent, info: Info) -> Label:
    """The label as it is now, or as it was if it is gone."""
    world = scene_of(info).world
    identifier, name, color = event.label or (0, "", "")
    return world.labels.get(identifier) or _gone_label(event, name, color)


def _gone_label(event: TimelineEvent, name: str, color: str) -> Label:
    return Label(0, f"LA_{event.node}", name, color, None, event.created_at, event.created_at)


def _the_issue(event: TimelineEvent, info: Info) -> Issue:
    return scene_of(info).world.issues[event.issue]


def _canonical(event: TimelineEvent, info: Info) -> Issue | None:
    return None if event.subject is None else scene_of(info).world.issues.get(event.subject)


def _event_path(event: TimelineEvent, info: Info) -> str:
    return f"{issue_path(_the_issue(event, info), info)}#event-{event.id}"


def _closing_reason(event: TimelineEvent, info: Info) -> str | None:
    return reason_word(event.reason, knows_duplicates=scene_of(info).world.doubts.closed_as_duplicate_is_told)


_EVENT: Fields = {
    "id": attribute("node"),
    "databaseId": database_id,
    "actor": account("actor"),
    "createdAt": moment("created_at"),
}
_LABELING: Fields = {**_EVENT, "label": _label_then, "labelable": _the_issue}
_ASSIGNING: Fields = {**_EVENT, "assignee": account("subject")}
_PINNING: Fields = {**_EVENT, "issue": _the_issue}

EVENTS: dict[str, Fields] = {
    "LabeledEvent": _LABELING,
    "UnlabeledEvent": _LABELING,
    "AssignedEvent": _ASSIGNING,
    "UnassignedEvent": _ASSIGNING,
    "ClosedEvent": {
        **_EVENT,
        "stateReason": _closing_reason,
        **addresses(_event_path),
    },
    "ReopenedEvent": {**_EVENT, "stateReason": constant("REOPENED")},
    "RenamedTitleEvent": {
        **_EVENT,
        "previousTitle": lambda event, _info: event.rename[0],
        "currentTitle": lambda event, _info: event.rename[1],
    },
    "LockedEvent": {**_EVENT, "lockReason": lambda event, _info: LOCK_WORDS.get(event.reason)},
    "UnlockedEvent": _EVENT,
    "PinnedEvent": _PINNING,
    "UnpinnedEvent": _PINNING,
    "CommentDeletedEvent": {**_EVENT, "deletedCommentAuthor": account("subject")},
    "MarkedAsDuplicateEvent": {
        **_EVENT,
        "canonical": _canonical,
        "duplicate": _the_issue,
        "isCrossRepository": constant(False),
    },
}
