"""Parties in a policy file: those of both source documents can be said, and a mistake is pointed at."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path

import pytest

from irp_actions.edges.policy_file import OVERLAY, PolicyError, load_policy
from irp_actions.values.policy import Policy

CLOUD_GOV = """
parties:
  gsa-ir: {name: GSA IR, aliases: [gsa], phase: investigating, starts_process: true, contact: their hotline}
  isso: {name: FedRAMP ISSO, aliases: [jab, jab tr], daily: "16:00", after_action: 7d}
  us-cert: {name: US-CERT, within: 1h, severities: [high], owner: co}
  customers: {name: affected customers, when: customers, within: 15m, every: 1h}
"""
CIVIC_ACTIONS = """
parties:
  managers: {name: the managers}
  customers: {name: affected customers, when: customers, through: the product owner, says: "{title}: {sitrep}"}
  legal: {name: legal, when: named}
  us-cert: {name: US-CERT, when: named, within: 1h}
"""


def policy_of(root: Path, text: str) -> Policy:
    """The policy of a repository whose own file says this."""
    (root / OVERLAY).parent.mkdir()
    (root / OVERLAY).write_text(text, encoding="utf-8")
    return load_policy(root)


def test_the_parties_of_one_source_can_be_said(tmp_path: Path) -> None:
    """CO-2, CO-8, IN-14: daily updates and an after-action mail, the parent's own process, the national CERT."""
    parties = policy_of(tmp_path, CLOUD_GOV).parties
    assert list(parties) == ["gsa-ir", "isso", "us-cert", "customers"]
    assert parties["isso"].daily == time(16)
    assert parties["isso"].after_action == timedelta(days=7)
    assert parties["gsa-ir"].starts_process


def test_the_parties_of_the_other_source_can_be_said(tmp_path: Path) -> None:
    """CO-8: managers, customers through the product owner, legal and the national CERT if somebody names them."""
    parties = policy_of(tmp_path, CIVIC_ACTIONS).parties
    assert parties["customers"].through == "the product owner"
    assert {key for key, party in parties.items() if party.when == "named"} == {"legal", "us-cert"}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("x: {name: X, daily: 16:00}", 'write it in quotes: "16:00"'),
        ("x: {name: X, dayly: 16}", "did you mean 'daily'"),
        ("x: {name: X, when: sometimes}", "'sometimes' is not one of always, customers"),
        ("x: {name: X, says: '{tilte}'}", "{tilte} in `says` is filled in by nothing"),
        ("x: {within: 1h}", "'name' is missing"),
    ],
)
def test_a_mistake_in_a_party_is_pointed_at(tmp_path: Path, line: str, message: str) -> None:
    """CO-4: with its line, and what to write."""
    with pytest.raises(PolicyError) as wrong:
        policy_of(tmp_path, f"parties:\n  {line}\n")
    assert wrong.value.faults[0].line == 2
    assert message in wrong.value.faults[0].message
