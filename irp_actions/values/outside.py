"""What those outside the team were told, who else is to be told, and what everybody is waiting for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from irp_actions.values.fact import Fact

PARTIES_KEPT = 40
"""How many parties the fold keeps track of; the entries, and the ledger made of them, have every telling."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Somebody asked not to be asked until a time, because something is being waited for (CO-6)."""

    at: datetime
    until: datetime
    by: str
    n: int
    """The entry whose text says what is waited for."""
    acts: str
    """How the severity acted then; once it acts more urgently, the wait is over."""
    standing: bool = False
    """Whether the program may give the daily statement itself meanwhile (CO-2)."""


@dataclass(frozen=True, slots=True)
class Outside:
    """What is known of those outside the team. Parties are named by their keys, free text by its entry."""

    told: Mapping[str, Fact] = field(default_factory=dict)
    """When each party was told last; the detail is what it was called, for the policy may not know it (CO-5)."""
    told_in: Mapping[str, str] = field(default_factory=dict)
    """The source in which each party was told something in a person's own words last."""
    ended_in: str = ""
    """The source that ended the incident: whoever was told in the same breath knows that it is over (CO-5)."""
    named: Mapping[str, Fact] = field(default_factory=dict)
    """Who somebody said is to be told, whatever the policy says (CO-4)."""
    occasions: Mapping[str, Fact] = field(default_factory=dict)
    """Since when customers are affected, data is exposed, a contingency is on, and the team is aware (`aware`)."""
    wait: Wait | None = None
    stated: Fact | None = None
    """The last daily statement that the program gave itself."""
    worded: Fact | None = None
    """The last situation report that somebody wrote in their own words."""
    thin: int = 0
    """The entry of the first situation report that says too little; it is flagged once."""

    @property
    def quoted(self) -> frozenset[int]:
        """The entries whose free texts are still shown."""
        return frozenset(shown.n for shown in (self.worded, self.stated, self.wait) if shown is not None)


def kept(marks: Mapping[str, Fact], key: str, mark: Fact) -> dict[str, Fact]:
    """The marks with one more, never an older one in place of a newer; of too many the oldest goes."""
    before = marks.get(key)
    if before is not None and before.at > mark.at:
        return dict(marks)
    others = {other: held for other, held in marks.items() if other != key}
    while len(others) >= PARTIES_KEPT:
        del others[min(others, key=lambda other: others[other].at)]
    return {**others, key: mark}
