"""The outbox: which messages the channels should have by now and have not, from the record alone (IN-6, CO-4).

It is level-triggered as everything is: what is wanted follows from the state, what was taken stands in the
record, and the difference is sent. A pager's alert is kept in the state it should be in; a webhook is told
what changed since it was last told anything; whoever has to be woken is called through both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from irp_actions.rules.drafts import Scene
from irp_actions.rules.messages import blank, place_of, worded
from irp_actions.rules.pages import pages
from irp_actions.values.channels import KINDS, MessageKind
from irp_actions.values.incident import Incident
from irp_actions.values.outbox import Action, Delivery, Message, Undelivered
from irp_actions.values.policy import Policy
from irp_actions.values.record import ACCEPTED, Record
from irp_actions.values.thread import Thread

ALERT, NEWS = "alert", "news"
"""The topics beside pages: a pager's alert of the incident itself, and what changed."""

Untold = tuple[tuple[str, Undelivered], ...]
"""The channels that did not take what they are to be told still, each with its oldest failure."""

AGAIN = timedelta(minutes=2)
"""After how long a message that was not delivered is worth a run of its own."""


def outbox(incident: Incident, record: Record, policy: Policy, thread: Thread) -> tuple[Message, ...]:
    """The messages that should have been delivered at `thread.read_at` and were not, pagers first.

    Args:
        incident: what the record adds up to.
        record: has the words that are repeated.
        policy: knows the channels and what they hear.
        thread: as read; its time is now.
    """
    if incident.opened is None:
        return ()
    scene = Scene(incident, record, policy, thread)
    channels = sorted(policy.channels.items(), key=lambda named: KINDS.index(named[1].kind))
    return tuple(
        message for name, channel in channels for part in _PARTS[channel.kind] for message in part(scene, name)
    )


def overdue(incident: Incident, messages: tuple[Message, ...]) -> Untold:
    """What was tried and not delivered, and is wanted still: each channel once, with its oldest failure."""
    failing = [(m.channel, incident.undelivered[m.slot]) for m in messages if m.slot in incident.undelivered]
    found: dict[str, Undelivered] = {}
    for channel, kept in sorted(failing, key=lambda pair: pair[1].since):
        found.setdefault(channel, kept)
    return tuple(found.items())


def heard(incident: Incident) -> tuple[tuple[str, Delivery], ...]:
    """Each channel that was told anything, with the last thing it took, in the order in which they were first told."""
    newest: dict[str, Delivery] = {}
    for slot, taken in incident.delivered.items():
        channel = slot.partition(" ")[0]
        if channel not in newest or newest[channel].n < taken.n:
            newest[channel] = taken
    return tuple(newest.items())


def tries_again_at(untold: Untold, now: datetime) -> datetime | None:
    """The next moment (UTC) at which what was not delivered is worth a run of its own.

    Args:
        untold: what was not delivered and is wanted still.
        now: UTC.
    """
    since = min((kept.since for _, kept in untold), default=None)
    return since + AGAIN * ((now - since) // AGAIN + 1) if since else None


def hears(policy: Policy, channel: str, kind: MessageKind, severities: frozenset[str]) -> bool:
    """Whether a channel is to be told such a thing (CO-4).

    Args:
        policy: has the rows.
        channel: its name.
        kind: what there is to tell.
        severities: the names of the incident's severity; empty for what does not depend on it.
    """
    names = {channel, policy.channels[channel].kind}
    return any(
        kind in row.what and names & set(row.to) and (not row.at or not severities or severities & set(row.at))
        for row in policy.tells
    )


def _severities(incident: Incident) -> frozenset[str]:
    return frozenset({incident.severity, incident.tables.acts_as(incident.severity)})


def _alert(scene: Scene, channel: str) -> Iterator[Message]:
    """The pager's alert of the incident: rung at once, answered by the first sign of life, over when nobody need act.

    It is over with `/resolve` already, not only with `/close`: an answered alert that stays open for days rings
    again by itself in many a pager.
    """
    incident, slot = scene.incident, f"{channel} {ALERT}"
    taken, failing = incident.delivered.get(slot), incident.undelivered.get(slot)
    action = _alert_action(scene, channel, known=bool(taken or failing))
    if action is None or (taken is not None and taken.action in (action, "resolve")):
        return
    alert = next((kept.alert for kept in (taken, failing) if kept and kept.alert), f"irp/{place_of(scene)}")
    message = replace(blank(scene, channel, ALERT, f"{ALERT}:{action}"), action=action, alert=alert)
    yield worded(scene, replace(message, kinds=("opened",))) if action == "trigger" else message


def _alert_action(scene: Scene, channel: str, *, known: bool) -> Action | None:
    """What has to be done to the alert; `known` when it rang, or may have."""
    incident = scene.incident
    rings = hears(scene.policy, channel, "opened", _severities(incident))
    if not incident.is_active:
        return "resolve" if known else None
    if incident.acknowledged is None:
        return "trigger" if rings else None
    # A run may have died between ringing and noting it: then there is an alert that the record knows nothing of.
    late = incident.opened is not None and incident.acknowledged.at > incident.opened.at
    return "acknowledge" if known or (rings and late) else None


def _news(scene: Scene, channel: str) -> Iterator[Message]:
    """Everything that changed since the channel was told anything, in one message; nobody is told an old story."""
    incident, slot = scene.incident, f"{channel} {NEWS}"
    taken = incident.delivered.get(slot)
    upto = taken.upto if taken else 0
    severities = _severities(incident)
    facts = (*_undone(scene, upto), *_facts(incident))
    fresh = {kind: n for kind, n in facts if n > upto and hears(scene.policy, channel, kind, severities)}
    if fresh and (incident.is_active or taken or slot in incident.undelivered):
        newest = max(fresh.values())
        repeats = tuple(n for kind, n in fresh.items() if kind in _WITH_WORDS)
        message = blank(scene, channel, NEWS, f"{NEWS}:{newest}")
        yield worded(scene, replace(message, kinds=tuple(fresh), repeats=repeats, upto=newest))


def _undone(scene: Scene, upto: int) -> Iterator[tuple[MessageKind, int]]:
    """Whether something that the channel was told of was taken back since."""
    for entry in reversed(scene.record.entries):
        if entry.call == "undo" and entry.verdict == ACCEPTED and entry.args["n"] <= upto:
            yield "undone", entry.n
            return


def _facts(incident: Incident) -> Iterator[tuple[MessageKind, int]]:
    """What there is to tell of, the weightiest first, with the entry that says so."""
    status = incident.status_set
    if status is not None:
        again = incident.confirmed is not None and incident.confirmed.n < status.n
        kind = _STATUSES.get(status.detail, "reopened")
        yield "reopened" if kind == "confirmed" and again else kind, status.n
    facts: tuple[tuple[MessageKind, int], ...] = (
        ("opened", incident.opened.n if incident.opened else 0),
        ("sitrep", incident.sitrep.n if incident.sitrep else 0),
        ("severity", incident.severity_set.n if incident.severity_set else 0),
        ("contained", incident.contained.n if incident.contained else 0),
        ("handoff", max((held.n for held in incident.roles.values() if held.how != "first responder"), default=0)),
        ("acknowledged", incident.acknowledged.n if incident.acknowledged else 0),
    )
    yield from (told for told in facts if told[1])


_STATUSES: Mapping[str, MessageKind] = {
    "confirmed": "confirmed",
    "resolved": "resolved",
    "closed": "closed",
    "false-alarm": "false-alarm",
    "duplicate": "duplicate",
}

_WITH_WORDS = ("confirmed", "sitrep", "resolved", "reopened", "closed", "false-alarm", "duplicate")
"""What people give their reasons with, or say in words of their own; the message repeats them."""


def _pages(scene: Scene, channel: str) -> Iterator[Message]:
    """Whom to wake: for clocks as the severity has it, for each other at any severity."""
    return pages(
        scene,
        channel,
        rung=hears(scene.policy, channel, "page", _severities(scene.incident)),
        called=hears(scene.policy, channel, "page", frozenset()),
    )


_Part = Callable[[Scene, str], Iterator[Message]]
_PARTS: Mapping[str, tuple[_Part, ...]] = {"pager": (_alert, _pages), "webhook": (_news, _pages)}
"""What each kind of channel is for. A new kind is a new line here, and one in `edges/channels/`."""
