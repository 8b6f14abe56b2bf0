"""Golden records: a first reply of an older format folds to the same incident forever."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from irp_actions.rules.chain import Seal, faults
from irp_actions.rules.clocks import CLOCKS
from irp_actions.rules.replay import replay
from irp_actions.rules.tail import board_of, read_tail, with_tail
from irp_actions.values.incident import Incident
from irp_actions.values.record import FORMAT, Record

GOLDEN = Path(__file__).parents[1] / "golden"


def at(hour: int, minute: int) -> datetime:
    """A time of that night (UTC)."""
    return datetime(2026, 3, 2, hour, minute, tzinfo=UTC)


@pytest.fixture
def body() -> str:
    """The first reply as it was written by format 1."""
    return (GOLDEN / "record-v1.md").read_text(encoding="utf-8")


@pytest.fixture
def record(body: str) -> Record:
    """The record in it."""
    found = read_tail(body)
    assert found is not None
    return found


@pytest.fixture
def incident(record: Record) -> Incident:
    """What it adds up to."""
    return replay(record)


def test_every_format_has_its_golden_record() -> None:
    """Whoever changes the format adds one, and this test says so."""
    assert {path.name for path in GOLDEN.glob("record-*.md")} == {f"record-v{n}.md" for n in range(1, FORMAT + 1)}


def test_the_state_is_what_was_decided(incident: Incident) -> None:
    """Status, severity, times and their evidence."""
    assert (incident.status, incident.severity, incident.form, incident.reporter) == (
        "confirmed",
        "medium",
        "report",
        "rae",
    )
    facts = {
        name: (fact.at, fact.by, fact.n)
        for name in ("opened", "acknowledged", "confirmed", "contained", "sitrep", "severity_set")
        if (fact := getattr(incident, name))
    }
    assert facts == {
        "opened": (at(3, 10), "rae", 2),
        "acknowledged": (at(3, 23), "ben", 4),
        "confirmed": (at(3, 24), "wes", 5),
        "contained": (at(3, 20), "cat", 12),
        "sitrep": (at(3, 29), "cat", 11),
        "severity_set": (at(3, 31), "wes", 13),
    }
    assert incident.sitreps == 2


def test_the_roles_are_where_they_were(incident: Incident) -> None:
    """Handed over, and assumed."""
    held = {role: (held.login, held.since, held.how) for role, held in incident.roles.items()}
    assert held == {"ic": ("cat", at(3, 29), "handoff"), "co": ("ana", at(3, 32), "assumed")}
    assert set(incident.former) == {"ben"}
    first, second = incident.handoffs
    assert (first.incoming, first.accepted_at, first.released_at, first.finished) == ("cat", at(3, 29), at(3, 49), True)
    assert (second.role, second.incoming, second.pending) == ("co", "wes", True)


def test_the_clocks_run_as_they_ran(incident: Incident) -> None:
    """By the tables pinned in it, whatever today's policy says."""
    due = {clock.rule: clock.due for clock in incident.clocks}
    assert due == {"CO-1": at(4, 29), "HO-2": at(16, 3)}
    assert set(due) <= set(CLOCKS)


def test_the_chain_is_whole(record: Record) -> None:
    """Every hash is made the way it was made then."""
    assert faults(record.entries, record.texts, record.base_hash, Seal()) == []
    assert len(record.entries) == 18


def test_it_is_written_back_unchanged(body: str, record: Record) -> None:
    """Nothing is lost on the way through this program."""
    assert with_tail(board_of(body), record).rstrip() == body.rstrip()
