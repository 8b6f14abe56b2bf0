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
    ("CO-4", "/tell legal"),
    ("CO-6", "/wait 1 h for the vendor"),
    ("RE-2", "/verify T1"),
    ("RE-5", "/kind credential"),
    ("RE-4", "/disrupt stop the service"),
    ("RE-4", "/disrupted 03:09 it is off"),
    ("RE-4", "/notified customers know"),
    ("RE-5", "/evidence a disk"),
    ("RE-5", "/custody E1 @ana → @ben"),
    ("AS-9", "/decide wait because it is night"),
    ("AS-7", "/contingency not-needed"),
    ("RE-10", "/link the map https://map.example/"),
    ("RE-8", "/plan continuous"),
    ("RE-9", "/shift @ana 09:00-12:00"),
    ("CL-4", "/discovery staff"),
    ("CL-4", "/started 03:00"),
    ("CL-4", "/aware 03:05"),
    ("CL-4", "/threat malware"),
    ("AS-6", "/impact availability"),
    ("CL-9", "/scope systems all of them"),
    ("CL-3", "/cause nobody looked"),
    ("CL-3", "/why because"),
    ("CL-3", "/lesson look"),
    ("CL-2", "/retro tomorrow at 10:00"),
    ("CL-2", "/action look more often"),
    ("CL-6", "/public all is well"),
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
