"""States in which there is work in hand, for tests of the remediation."""

from __future__ import annotations

from typing import Any

from tests.model import Model, confirmed


def at_work(severity: str = "high", **model: Any) -> Model:
    """Ben commands; there is one lead, one item that is ben's, one disruption that ana plans, one piece of evidence."""
    found = confirmed(severity, **model)
    found.told("ana", "/lead odd login from abroad\n/todo @ben rotate the key\n/disrupt stop the API")
    found.told("ben", "/evidence disk image of web-1 in vault ir-7")
    return found
