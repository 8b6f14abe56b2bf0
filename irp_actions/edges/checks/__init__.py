"""Checks what a repository decides for itself, before it is relied upon: all mistakes at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from irp_actions.edges.checks.forms import Findings, check_forms
from irp_actions.edges.checks.sentences import check_sentences
from irp_actions.edges.checks.zone import without_summer
from irp_actions.edges.policy_file import PolicyError, policy_of, read_overlay
from irp_actions.edges.yaml_file import Fault
from irp_actions.values.policy import Policy


@dataclass(frozen=True)
class Checked:
    """What was found; the policy is None when it cannot be used."""

    findings: Findings
    policy: Policy | None


def examine(root: Path) -> Checked:
    """Check everything a repository decides for itself.

    Args:
        root: the checkout.
    """
    overlay = read_overlay(root)
    policy: Policy | None = None
    judged_by: Policy | None
    findings = Findings()
    try:
        policy = judged_by = policy_of(overlay)
    except PolicyError as error:  # the forms are held against what is right of it
        findings, judged_by = Findings(tuple(error.faults)), error.rest
    if judged_by is not None:
        findings += check_forms(root, judged_by, overlay)
        findings += Findings(tuple(check_sentences(root, judged_by)))
        if not judged_by.people.on_call:
            nobody = "nobody is on call: put logins under people: on_call:, or nobody will be asked by name"
            findings += Findings(warnings=(Fault(overlay.file, *overlay.place(("people", "on_call")), nobody),))
        frozen = without_summer(judged_by.zone)
        if frozen:
            findings += Findings(warnings=(Fault(overlay.file, *overlay.place(("zone",)), frozen),))
    return Checked(Findings(tuple(sorted(set(findings.errors))), tuple(sorted(set(findings.warnings)))), policy)
