"""Messages: what a channel is told, in words of a template; what people typed is guarded and defused first (IN-11)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from irp_actions.rules.chain import mark
from irp_actions.rules.drafts import Scene
from irp_actions.rules.guard import sensitive
from irp_actions.rules.sources import shown_about
from irp_actions.rules.words import render, spoken
from irp_actions.values.incident import IC
from irp_actions.values.outbox import Message

SUBJECT, DETAILS, WORDS = 200, 500, 1_000
"""Characters of a subject, of the report's own words, and of a sitrep or reason that a message repeats."""


def place_of(scene: Scene) -> str:
    """The issue in the words of its address: `OWNER/NAME#NUMBER`."""
    owner, name = scene.thread.url.split("/")[-4:-2]
    return f"{owner}/{name}#{scene.thread.number}"


def blank(scene: Scene, channel: str, topic: str, key: str) -> Message:
    """A message without words, as it is enough to answer or to end an alert.

    Args:
        scene: what it is about.
        channel: whom it is for.
        topic: of one topic only the newest message matters.
        key: names it within its topic for good.
    """
    acts_as = scene.incident.tables.acts_as(scene.incident.severity)
    return Message(channel, topic, key, (), "tell", place_of(scene), acts_as, scene.thread.read_at)


def worded(scene: Scene, message: Message, **values: Any) -> Message:
    """The message in words.

    Args:
        scene: what it is made of.
        message: what it tells, whom it calls, and which entries' words it repeats.
        values: whatever else the template speaks of.
    """
    fields = notification(scene)
    text = render(
        "message",
        incident=scene.incident,
        kind=message.kinds[0],
        now=scene.thread.read_at,
        fields=fields,
        said=spoken("\n".join(_words(scene, message)), WORDS),
        who=message.who,
        url=scene.thread.url,
        mark=mark(scene.record) if message.repeats else "",
        **values,
    )
    subject, _, body = text.partition("\n")
    return replace(
        message,
        subject=spoken(subject, SUBJECT),
        text=body.strip(),
        fields=fields,
        url=scene.thread.url,
        drill=scene.incident.drill,
    )


def _words(scene: Scene, message: Message) -> Iterator[str]:
    """The words that the message repeats, unless the guard of today would not let them pass."""
    texts = (scene.words(n) for n in message.repeats)
    return (text for text in texts if text and not sensitive(text, scene.policy))


def notification(scene: Scene) -> Mapping[str, str]:
    """The seven fields that both source documents ask of a notification (IN-6)."""
    incident = scene.incident
    return {
        "description": spoken(scene.title, SUBJECT),
        "status": incident.tables.statuses[incident.status].shown,
        "severity": incident.severity,
        "reporter": incident.reporter,
        "ic": incident.holder(IC) or "",
        "responders": ", ".join(incident.responders),
        "details": spoken(shown_about(scene.thread, scene.policy), DETAILS),
    }
