"""Authority: every command of the team is refused to everybody else; the list is written out, no table vouches."""

from __future__ import annotations

import pytest

from tests.model import opened

FOR_THE_TEAM = [
    ("IN-4", "/ack"),
    ("RO-1", "/join"),
    ("AS-2", "/false-alarm"),
    ("AS-3", "/confirm high"),
    ("AS-5", "/severity low"),
    ("AS-5", "/undo"),
    ("IN-12", "/duplicate #7"),
    ("CO-3", "/sitrep all is well"),
    ("CL-4", "/contained 03:05"),
    ("CL-1", "/resolve"),
    ("CL-5", "/close"),
    ("CL-5", "/reopen"),
    ("HO-1", "/handoff ic @zoe"),
    ("HO-1", "/ic"),
    ("HO-2", "/accept"),
    ("HO-2", "/decline"),
    ("HO-6", "/leave"),
    ("HO-7", "/take scribe"),
]
"""The rule that a command is entered with, and the command as an outsider types it."""


@pytest.mark.parametrize(("rule", "typed"), FOR_THE_TEAM)
def test_a_command_of_the_team_is_refused_to_everybody_else(rule: str, typed: str) -> None:
    """The rule each belongs to is in its parameters: it is carried out by the team, and by nobody else."""
    model = opened()
    said = model.told("rae", typed)
    assert "the team" in said, rule
    assert "What you write in plain words is read and kept" in said
    assert model.entries[-1].verdict == "refused"
    assert (model.incident.status, model.incident.severity) == ("investigating", "unknown")
    assert model.incident.roles == {}
