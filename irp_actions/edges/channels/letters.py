"""A letter is one HTTP request of a channel, ready to be posted; its secrets come from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Letter:
    """One JSON body to be posted. Its address may be a secret, so it is never shown."""

    url: str = field(repr=False)
    body: bytes = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


class Unset(Exception):  # noqa: N818 - a state of affairs
    """A variable that a channel needs is not set; its argument is the variable's name, never a value."""


class Unsafe(Exception):  # noqa: N818
    """An address that is neither https nor of this machine; nothing is sent there."""


def secret_of(environment: Mapping[str, str], name: str) -> str:
    """A secret, without the line break that is so easily pasted with it.

    Raises:
        Unset: there is none.
    """
    value = environment.get(name, "").strip()
    if not value:
        raise Unset(name)
    return value
