"""The post carries messages to their channels and says what came of each; it lasts as long as a run."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from irp_actions.edges.channels import pager, webhook
from irp_actions.edges.channels.http import Answer, Carrier
from irp_actions.edges.channels.letters import Letter, Unsafe, Unset
from irp_actions.edges.channels.retry import PATIENCE, passes, pause
from irp_actions.values.channels import Channel
from irp_actions.values.outbox import Message, Receipt

_LETTERS: Mapping[str, Callable[[Channel, Message, Mapping[str, str], float], list[Letter]]] = {
    "pager": pager.letters,
    "webhook": webhook.letters,
}
"""How each kind of channel puts a message. A new kind is a new line here, and one in `rules/outbox.py`."""


@dataclass(slots=True)
class Post:
    """One run's post. A channel that does not answer is tried no more in this run: other incidents wait for it too.

    Attributes:
        environment: has the secrets that the policy names.
        carrier: posts a letter.
        sleep: waits for a number of seconds.
        clock: seconds since any moment, for patience.
        wall: seconds since 1970, for signatures.
    """

    environment: Mapping[str, str] = field(repr=False)
    carrier: Carrier = field(default_factory=Carrier)
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    wall: Callable[[], float] = time.time
    _down: dict[str, str] = field(default_factory=dict)

    def deliver(self, messages: Iterable[Message], channels: Mapping[str, Channel]) -> tuple[Receipt, ...]:
        """Send messages, one after the other, each at most a few times.

        Args:
            messages: what to send, in order.
            channels: by name.

        Returns:
            What came of each.
        """
        return tuple(self._delivered(message, channels[message.channel]) for message in messages)

    def _delivered(self, message: Message, channel: Channel) -> Receipt:
        if message.channel in self._down:
            return Receipt(message, why=self._down[message.channel])
        try:
            letters = _LETTERS[channel.kind](channel, message, self.environment, self.wall())
        except Unset as unset:
            return Receipt(message, why=f"unset {unset}", lasting=True)
        except Unsafe:
            return Receipt(message, why="unsafe", lasting=True)
        until = self.clock() + PATIENCE
        for letter in letters:
            answer = self._posted(letter, until)
            if not answer.taken:
                why = answer.why or f"HTTP {answer.status}"
                if passes(answer.status):
                    self._down[message.channel] = why
                return Receipt(message, why=why, lasting=not passes(answer.status))
        return Receipt(message, answer=f"HTTP {answer.status}")

    def _posted(self, letter: Letter, until: float) -> Answer:
        """The last answer to a letter, tried as long as it is worth it."""
        tried = 0
        while True:
            answer = self.carrier.post(letter)
            tried += 1
            wait = pause(tried, answer.status, answer.asked, until - self.clock())
            if answer.taken or wait is None:
                return answer
            self.sleep(wait)
