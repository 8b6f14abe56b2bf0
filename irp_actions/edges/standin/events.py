"""An event is what the stand-in tells its one listener each time a person, a token or the clock did something.

Source: GitHub's "Webhook events and payloads" and "Events that trigger workflows".
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened in the repository, as GitHub would deliver it.

    Attributes:
        name: The event's name in a workflow's `on:`, such as `issue_comment`.
        action: The activity type, such as `created`; `None` where the event has none (`schedule`).
        payload: The webhook's payload; a value of its own that nobody changes after delivery.
        actor: The REST login of whoever caused it.
        number: The issue it is about, if it is about one.
        by_token: Whether a job token caused it. GitHub starts no workflow for those,
            `workflow_dispatch` and `repository_dispatch` excepted.
    """

    name: str
    action: str | None
    payload: dict[str, Any]
    actor: str
    number: int | None
    by_token: bool


Listener = Callable[[Event], None]
