"""Something happened to an issue: the event is written into its timeline."""

from typing import Any

from irp_actions.edges.standin.ids import node_id
from irp_actions.edges.standin.world.callers import Caller
from irp_actions.edges.standin.world.records import Issue, Label, TimelineEvent
from irp_actions.edges.standin.world.world import World

# REST's names of the events the stand-in knows, with GraphQL's type and the prefix of its node ids.
KINDS = {
    "labeled": ("LabeledEvent", "LE"),
    "unlabeled": ("UnlabeledEvent", "UNLE"),
    "assigned": ("AssignedEvent", "AE"),
    "unassigned": ("UnassignedEvent", "UNAE"),
    "closed": ("ClosedEvent", "CE"),
    "reopened": ("ReopenedEvent", "REE"),
    "renamed": ("RenamedTitleEvent", "RTE"),
    "locked": ("LockedEvent", "LOE"),
    "unlocked": ("UnlockedEvent", "UNLOE"),
    "pinned": ("PinnedEvent", "PIE"),
    "unpinned": ("UnpinnedEvent", "UPIE"),
    "comment_deleted": ("CommentDeletedEvent", "CDE"),
    "marked_as_duplicate": ("MarkedAsDuplicateEvent", "MADE"),
}


def happened(world: World, caller: Caller, issue: Issue, kind: str, **particulars: Any) -> TimelineEvent:
    """Write an event of a kind named in `KINDS`; `particulars` are the fields of `TimelineEvent` it adds."""
    identifier = world.ids.next("event")
    event = TimelineEvent(
        id=identifier,
        node=node_id(KINDS[kind][1], 0, world.repository.id, issue.id, identifier),
        kind=kind,
        issue=issue.number,
        actor=caller.user.id,
        created_at=world.clock.now(),
        place=world.next_place(),
        via_app=caller.is_token,
        **particulars,
    )
    world.keep_event(issue, event)
    return event


def as_it_was(label: Label) -> tuple[int, str, str]:
    """What an event remembers of a label."""
    return (label.id, label.name, label.color)
