"""Channels are the ways to people outside GitHub: where each one is, and which of them hears what (IN-6, CO-4)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

ChannelKind = Literal["pager", "webhook"]
"""A pager rings until somebody answers; a webhook is told of every change."""

MessageKind = Literal[
    "opened",
    "acknowledged",
    "severity",
    "confirmed",
    "contained",
    "sitrep",
    "handoff",
    "resolved",
    "reopened",
    "closed",
    "false-alarm",
    "duplicate",
    "undone",
    "page",
]
"""What there is to tell. `page` calls somebody by name; the others say what has changed."""

KINDS: tuple[str, ...] = get_args(ChannelKind)

EVENTS_API = "https://events.pagerduty.com/v2/enqueue"
"""PagerDuty's address for events (its docs: "Send an Alert Event"); accounts in the EU have another."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]*")
_ADDRESS = re.compile(r"https://[^/\s]+|http://(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?(?=/|\Z)")


@dataclass(frozen=True, slots=True)
class Channel:
    """One way out. Secrets never stand in a policy: it names the environment variables that hold them."""

    kind: ChannelKind
    url: str = EVENTS_API
    """A pager's address; a webhook's is itself a secret, and only in the environment."""
    key_env: str = "IRP_PAGER_KEY"
    """Which variable holds a pager's integration key."""
    url_env: str = "IRP_WEBHOOK_URL"
    """Which variable holds a webhook's address."""
    secret_env: str = "IRP_WEBHOOK_SECRET"  # noqa: S105 - a name
    """Which variable holds the secret that a webhook's messages are signed with."""

    def __post_init__(self) -> None:
        """Refuse an address that is not safe, and a secret where a name belongs; neither is ever repeated."""
        if not is_safe(self.url):
            raise ValueError("url must begin with https://")
        if self.kind == "webhook" and self.url != EVENTS_API:
            raise ValueError("a webhook's address is a secret: name the variable that holds it in url_env instead")
        for name in (self.key_env, self.url_env, self.secret_env):
            if not _VARIABLE.fullmatch(name):
                raise ValueError(
                    "key_env, url_env and secret_env are names of environment variables, such as IRP_PAGER_KEY; if"
                    " this is the secret itself, it has leaked: replace it"
                )


@dataclass(frozen=True, slots=True)
class Tell:
    """One row of who hears what (CO-4): these messages, at these severities, go to these channels."""

    what: tuple[MessageKind, ...]
    to: tuple[str, ...]
    """Channels by name; the name of a kind means every channel of that kind."""
    at: tuple[str, ...] = ()
    """Severities; all of them when none is named. `high` covers `unknown`, which acts as high."""


def is_safe(url: str) -> bool:
    """Whether an address may be sent to: by TLS, or to this machine itself."""
    return _ADDRESS.match(url) is not None


def misdirected(
    tells: tuple[Tell, ...], channels: Mapping[str, Channel], severities: Mapping[str, object]
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The names that cannot be, and the rows that name what there is not: where, and what is wrong there.

    Args:
        tells: the rows.
        channels: every channel by name.
        severities: every severity by name.
    """
    places = (*channels, *KINDS)
    for name, channel in channels.items():
        if not _NAME.fullmatch(name):
            yield ("channels", name), f"{name!r} is no name; use letters, digits, hyphens and dots"
        elif name in KINDS and name != channel.kind:
            yield ("channels", name), f"{name!r} is a kind, and this is a {channel.kind}; name it otherwise"
    for row, tell in enumerate(tells):
        for item, name in enumerate(tell.to):
            if name not in places:
                yield ("tells", row, "to", item), f"{name!r} is no channel; there are {', '.join(places)}"
        for item, name in enumerate(tell.at):
            if name not in severities:
                yield ("tells", row, "at", item), f"{name!r} is no severity; there are {', '.join(severities)}"
