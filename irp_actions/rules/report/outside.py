"""The report for those outside: structured facts and what a person wrote for them, never a comment (CL-6)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from irp_actions.rules.report.mask import masked
from irp_actions.rules.report.shapes import Report
from irp_actions.rules.words import render, tight
from irp_actions.values.policy import Policy

INTERNAL, STAKEHOLDER, PUBLIC = "internal", "stakeholder", "public"
VARIANTS = (INTERNAL, STAKEHOLDER, PUBLIC)
"""For the team itself, for those who have a stake in it, and for everybody."""


def outside(found: Report, policy: Policy, variant: str) -> str:
    """A draft of the report for readers outside, as Markdown, to be read by a person before it goes anywhere.

    It has no comment, title, name, link or exact time in it. What was written for the purpose (`/public`) is masked
    all the same.

    Args:
        found: the internal report.
        policy: has the patterns of secrets, and to what times are rounded.
        variant: `stakeholder` or `public`.
    """
    people = {*found.thanked, *found.team, *policy.people.on_call}
    return tight(
        render(
            "outside",
            report=found,
            policy=policy,
            variant=variant,
            mask=lambda text: masked(text, policy, people),
            about=lambda at: rounded(at, policy.rounding[variant]),
            rounding=policy.rounding[variant],
        )
    )


def rounded(at: datetime, to: timedelta) -> datetime:
    """A moment (UTC), rounded down."""
    start = datetime(at.year, at.month, at.day, tzinfo=UTC)
    return start + (at - start) // to * to
