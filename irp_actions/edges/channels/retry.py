"""When to try again within one run: a pure answer from what came of the last try."""

from __future__ import annotations

TRIES = 3
"""How often one letter is tried in one run."""

PATIENCE = 20.0
"""Seconds that one channel may cost a run, waiting included; the next run goes on."""


def passes(status: int) -> bool:
    """Whether such an answer may be another one later: too many requests, a fault of the server, or no answer (0)."""
    return status in (0, 408, 429) or status >= 500


def pause(tried: int, status: int, asked: float | None, left: float) -> float | None:
    """Seconds to wait before the next try.

    Args:
        tried: how often it was tried, at least once.
        status: the HTTP status of the last try; 0 when there was no answer.
        asked: seconds the server asks to wait (`Retry-After`), if it does.
        left: seconds of patience that are left.

    Returns:
        None when it is of no use in this run.
    """
    wait = 2.0 ** (tried - 1) if asked is None else max(asked, 0.0)
    return wait if passes(status) and tried < TRIES and wait < left else None
