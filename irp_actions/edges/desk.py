"""The desk: what a run brings along to judge by, beside what it reads."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, fields, replace
from datetime import datetime

from irp_actions.edges.channels import Post
from irp_actions.rules.chain import Seal
from irp_actions.rules.replay import replay
from irp_actions.values.policy import Policy, Tables
from irp_actions.values.record import Record


@dataclass(frozen=True, slots=True)
class Desk:
    """What a run brings along: the policy, how entries are sealed, which program it is, and the time if given."""

    policy: Policy
    seal: Seal
    program: str
    now: datetime | None = None
    pinned_only: bool = False
    """The policy file is broken: the numbers pinned in each record rule, not these."""
    post: Post | None = None
    """Carries messages to channels; without one nobody is told anything, and nothing is said to be told."""
    trusting: bool = False
    """Sealed records are read without their key: only for a forecast, which writes nothing and runs where no key is."""

    def seal_for(self, record: Record) -> Seal:
        """How this record is sealed: with the key only if it was from its beginning."""
        return self.seal if record.sealed else replace(self.seal, key=b"")

    def policy_for(self, record: Record) -> Policy:
        """The policy that holds for a record."""
        if not self.pinned_only or not (record.entries or record.base):
            return self.policy
        pinned = replay(record)
        tables = {field.name: getattr(pinned.tables, field.name) for field in fields(Tables)}
        return dataclasses.replace(self.policy, **tables, digest=pinned.policy)
