"""The outbox: messages for channels, what came of sending them, and what the record remembers of that (CO-5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Action = Literal["tell", "trigger", "acknowledge", "resolve"]
"""`tell` is for channels that only listen; the others are what can be done to an alert of a pager."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message for one channel. What people typed in it is guarded and defused already (IN-11)."""

    channel: str
    topic: str
    """What it is about; of one topic only the newest message matters."""
    key: str
    """Names it within its topic for good: the same key is the same message, however often it is sent."""
    kinds: tuple[str, ...]
    """What it tells, the weightiest first."""
    action: Action
    place: str
    """`OWNER/NAME#NUMBER`."""
    severity: str
    """`high`, `medium` or `low`: how the incident acts."""
    at: datetime
    """When it was written (UTC)."""
    alert: str = ""
    """The pager's alert that it acts on (its `dedup_key`)."""
    ends: tuple[str, ...] = ()
    """Older alerts that it puts an end to, once it is delivered itself."""
    subject: str = ""
    text: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    """The seven fields of a notification (IN-6), and whatever else is worth a line of its own."""
    who: tuple[str, ...] = ()
    """Whom it calls by name."""
    url: str = ""
    drill: bool = False
    repeats: tuple[int, ...] = ()
    """The record's entries whose words it repeats, so that they can be purged with them."""
    upto: int = 0
    """The newest entry that it tells of."""

    @property
    def id(self) -> str:
        """Names it in the whole world, so that whoever gets it twice can tell."""
        return f"irp/{self.place}/{self.channel}/{self.key}"

    @property
    def slot(self) -> str:
        """Where the record remembers its fate."""
        return f"{self.channel} {self.topic}"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What came of sending a message: the channel's answer, or why there is none."""

    message: Message
    answer: str = ""
    """Such as `HTTP 202`; empty when it was not delivered."""
    why: str = ""
    """Such as `HTTP 500`, `timeout`, `unset IRP_PAGER_KEY`; empty when it was delivered."""
    lasting: bool = False
    """Whether trying again without a change on somebody's side is of no use."""

    @property
    def delivered(self) -> bool:
        """Whether the channel has it for certain."""
        return not self.why


@dataclass(frozen=True, slots=True)
class Delivery:
    """The last message of a topic that a channel has taken. `at` is UTC."""

    key: str
    at: datetime
    n: int
    """The entry that says so."""
    action: str = "tell"
    alert: str = ""
    upto: int = 0
    """The newest entry that it told of."""


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A message that a channel has not taken: since when (UTC), and why."""

    key: str
    since: datetime
    n: int
    why: str
    lasting: bool = False
    alert: str = ""
