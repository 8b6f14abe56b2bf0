"""A concurrency group has one holder and a queue; who comes may push out who waits.

Source: "Control the concurrency of workflows and jobs". Names do not regard case, and groups span workflows.
"""

from collections import deque
from dataclasses import dataclass, field
from typing import Generic, TypeVar

MAX_PENDING = 100

C = TypeVar("C")


@dataclass(frozen=True)
class Admission(Generic[C]):
    """What became of a claim on a group.

    Attributes:
        granted: Whether the claimant holds the group now.
        evicted: Who lost a place in the queue; the claimant itself if the queue was full.
        cancelled: The holder that has to stop, or `None`.
    """

    granted: bool
    evicted: tuple[C, ...] = ()
    cancelled: C | None = None


@dataclass
class _Group(Generic[C]):
    holder: C
    pending: deque[C] = field(default_factory=deque)


class Groups(Generic[C]):
    """All concurrency groups of a repository; a claimant is a run or a job, compared by identity."""

    def __init__(self) -> None:
        self._groups: dict[str, _Group[C]] = {}

    def claim(self, name: str, claimant: C, *, queue: str = "single", cancel_in_progress: bool = False) -> Admission[C]:
        """Let a claimant ask for a group.

        Args:
            name: The group.
            claimant: Who asks.
            queue: `single`, where the newer replaces whoever is pending, or `max`, where it waits behind them.
            cancel_in_progress: Whether the holder has to stop as well.
        """
        group = self._groups.get(name.lower())
        if group is None:
            self._groups[name.lower()] = _Group(claimant)
            return Admission(granted=True)
        evicted: tuple[C, ...] = ()
        if queue == "max" and len(group.pending) >= MAX_PENDING:
            return Admission(granted=False, evicted=(claimant,))
        if queue == "single":
            evicted = tuple(group.pending)
            group.pending.clear()
        group.pending.append(claimant)
        return Admission(granted=False, evicted=evicted, cancelled=group.holder if cancel_in_progress else None)

    def holder(self, name: str) -> C | None:
        """Return who holds a group."""
        group = self._groups.get(name.lower())
        return group.holder if group else None

    def leave(self, name: str, claimant: C) -> C | None:
        """Let a claimant give up a group, or its place in the queue.

        Returns:
            Who holds the group from now on and did not before, if anybody.
        """
        group = self._groups[name.lower()]
        if group.holder is not claimant:
            group.pending = deque(other for other in group.pending if other is not claimant)
            return None
        if not group.pending:
            del self._groups[name.lower()]
            return None
        group.holder = group.pending.popleft()
        return group.holder
