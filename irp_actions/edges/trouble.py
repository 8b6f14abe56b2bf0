"""What may go wrong with GitHub, in three kinds; apart from the client, so that naming them costs nothing."""

from __future__ import annotations


class Trouble(Exception):  # noqa: N818 - a state of affairs
    """Something about GitHub, and not about the program."""


class Unavailable(Trouble):
    """GitHub could not be asked: a network fault, a rate limit or a fault of its own. Nothing is known."""


class Forbidden(Trouble):
    """The token may not do this, or there is no such thing for it."""


class WriteFailed(Trouble):
    """Something of a batch was not written, or it is not known; the next look finds out."""
