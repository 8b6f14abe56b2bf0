"""A model of channels for whole conversations: it takes what is sent, or is down, and remembers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from irp_actions.values.channels import Channel, Tell
from irp_actions.values.outbox import Message, Receipt
from tests.model import PACKAGED, Model, policy_with

CHANNELS = {"oncall": Channel("pager"), "chat": Channel("webhook")}


@dataclass
class Channels:
    """Takes messages as a run's post does."""

    down: dict[str, str] = field(default_factory=dict)
    """Why each channel that is down takes nothing, such as `HTTP 500`."""
    taken: list[Message] = field(default_factory=list)
    tried: int = 0

    def deliver(self, messages: Iterable[Message], _: Mapping[str, Channel]) -> tuple[Receipt, ...]:
        """Take messages, or do not."""
        return tuple(self._delivered(message) for message in messages)

    def _delivered(self, message: Message) -> Receipt:
        self.tried += 1
        why = self.down.get(message.channel, "")
        if why:
            return Receipt(message, why=why, lasting=why.startswith("HTTP 4"))
        self.taken.append(message)
        return Receipt(message, "HTTP 202")

    def of(self, channel: str) -> list[Message]:
        """What one channel has taken."""
        return [message for message in self.taken if message.channel == channel]

    @property
    def rung(self) -> list[tuple[str, str]]:
        """What the pager was told to do, and to which alert, without what all alerts begin with."""
        return [(m.action, m.alert.removeprefix("irp/acme/incidents#1")) for m in self.of("oncall")]

    @property
    def told(self) -> list[tuple[str, ...]]:
        """What the webhook was told."""
        return [message.kinds for message in self.of("chat")]


def wired(
    channels: Mapping[str, Channel] | None = None,
    tells: tuple[Tell, ...] | None = None,
    on_call: tuple[str, ...] = ("ana", "ben", "cat"),
    **model: Any,
) -> tuple[Model, Channels]:
    """A model with channels in its policy, nothing opened yet, and what takes their messages."""
    rows = PACKAGED.tells if tells is None else tells
    policy = policy_with(on_call, channels=CHANNELS if channels is None else channels, tells=rows)
    made, taking = Model(policy=policy, **model), Channels()
    made.post = taking  # type: ignore[assignment]
    return made, taking


def reported(**more: Any) -> tuple[Model, Channels]:
    """A model with channels in which rae opened the issue and the program has answered."""
    model, channels = wired(**more)
    model.open()
    model.run()
    return model, channels
