"""The brief: at any moment of any drill, what, now, next, who, and what is asked of whom (IN-13)."""

from __future__ import annotations

import re

import pytest

from irp_actions.rules.briefing import asked_of, brief
from irp_actions.rules.clocks import CLOCKS
from irp_actions.rules.drafts import Scene
from irp_actions.values.incident import Incident
from tests.model import Model, confirmed, opened
from tests.screenplay import SCENARIOS, moments


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_brief_is_short_and_true_at_every_moment_of_a_drill(name: str) -> None:
    """IN-13: fewer than twenty lines, and nothing that is open, due or asked for is left out or invented."""
    looked_at = 0
    for model in moments(name):
        found = model.scene
        told = brief(found)
        assert len(told.split("\n")) < 20, told
        assert [re.findall(r"^\*\*(.+?)\.\*\*", told, re.MULTILINE)] == [
            ["What", "Now", "Next", "Who", "Asked of whom"]
        ]
        assert _is_true(told, found), told
        looked_at += 1
    assert looked_at > 3


def _is_true(told: str, found: Scene) -> bool:
    incident = found.incident
    paragraphs = dict(re.findall(r"^\*\*(.+?)\.\*\*(.*?)(?=\n\n\*\*|\Z)", told, re.MULTILINE | re.DOTALL))
    shown = incident.tables.statuses[incident.status].shown
    assert f"Status {shown}, severity {incident.severity}" in paragraphs["What"]
    assert ("contained since" in paragraphs["What"]) is (incident.contained is not None)
    commander = incident.holder("ic")
    nobody = "nobody is in command" in paragraphs["Who"]
    assert f"incident commander {commander}" in paragraphs["Who"] if commander else nobody is incident.is_active
    due = [clock for clock in incident.clocks if CLOCKS[clock.rule].on_board]
    assert (" due " in paragraphs["Next"]) is bool(due)
    open_now = _open(incident)
    assert sum(len(each.asks) + each.more for each in asked_of(found)) >= len(open_now)
    told_of = [id for id in open_now if f"**{id}**" in paragraphs["Asked of whom"]]
    left_out = re.search(r"and \d+ more|the board has it", paragraphs["Asked of whom"])
    return told_of == open_now or left_out is not None


def _open(incident: Incident) -> list[str]:
    if incident.closing:
        return []
    return [each.id for each in (*incident.work.open_now, *incident.work.open_leads)]


def asked(model: Model, who: str) -> str:
    """What is asked of somebody now, all in one line."""
    return "; ".join(ask for each in asked_of(model.scene) if each.who == who for ask in each.asks)


def test_before_anybody_answers_anybody_is_asked() -> None:
    """IN-7: nobody in particular has it."""
    assert "/ack" in asked(opened(), "")


def test_an_event_asks_its_commander_for_the_two_questions() -> None:
    """AS-1: and only for the one that is not answered yet."""
    model = opened()
    model.told("ben", "here")
    assert asked(model, "ben") == "is it real (`/confirm` or `/false-alarm`), and how bad (`/severity`)?"
    model.told("ben", "/sev low")
    assert asked(model, "ben") == "is it real (`/confirm` or `/false-alarm`)?"


def test_work_is_asked_of_whoever_has_it() -> None:
    """RE-1, RE-2, RE-4: what is to be done, verified, agreed to, and whom to tell."""
    model = confirmed("medium", by="ben")
    model.told(
        "ben", "/todo @cat read the mail log\n/todo @dan call the bank\n/lead who else got it?\n/disrupt close it"
    )
    assert asked(model, "cat") == "`/agree D1` or `/object D1`: close it; **T1** read the mail log"
    assert asked(model, "dan") == "**T2** call the bank"
    assert asked(model, "") == "**L1** who else got it?"
    model.told("cat", "/done T1")
    assert "`/verify T1`: read the mail log" in asked(model, "ben")
    model.told("ben", "/sev high\n/disrupted D1")
    assert "`/notified D1`" in asked(model, "ben")


def test_an_offer_and_a_call_for_help_are_asked_of_those_they_are_made_to() -> None:
    """HO-2, RO-1: by name."""
    model = confirmed()
    model.told("ben", "/handoff @cat go\n/page @ana please")
    assert asked(model, "cat") == "`/accept` or `/decline` for incident commander, offered by ben"
    assert asked(model, "ana") == "one line here: ben calls for help"


def test_with_many_people_and_things_it_stays_short() -> None:
    """IN-13: the rest is counted."""
    model = confirmed()
    many = [f"/todo @p{who} {'thing ' * 20}{n}" for who in range(10) for n in range(4)]
    for at in range(0, len(many), 10):
        model.told("ben", "\n".join(many[at : at + 10]))
    told = brief(model.scene)
    assert len(told.split("\n")) < 20
    assert "; and 1 more." in told
    assert "- And of p7, p8, p9; the board has it." in told


def test_at_the_end_only_the_report_is_asked_for_and_then_nothing() -> None:
    """CL-5: and a closed one says when it was closed."""
    model = confirmed()
    model.told("ben", "/resolve all is back")
    assert re.fullmatch(r"\d+ lines of the draft report, then `/close`", asked(model, "ben"))
    model.told("ben", "/close")
    told = brief(model.scene)
    assert "**Now.** Closed at 03:13 UTC." in told
    assert told.endswith("Nothing but what is due.")
