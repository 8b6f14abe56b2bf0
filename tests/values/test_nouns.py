"""The nouns: what a value knows of itself, without anybody else."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields, is_dataclass, replace
from importlib import import_module

import pytest

from irp_actions.values.incident import Handoff, Held, Incident, Running
from irp_actions.values.policy import People, Policy, Tables
from irp_actions.values.record import FORMAT, Archive, Author, Entry, Record, Text
from irp_actions.values.shape import plain, shaped
from irp_actions.values.thread import GHOST, Person, Thread
from tests.model import BOT, PACKAGED, START, Model, person

EVENT = Incident(PACKAGED.tables())


@pytest.mark.parametrize("module", ["changes", "incident", "policy", "record", "thread"])
def test_every_value_is_frozen(module: str) -> None:
    """Nobody changes a noun behind somebody's back."""
    found = import_module(f"irp_actions.values.{module}")
    kinds = [kind for kind in vars(found).values() if is_dataclass(kind) and kind.__module__ == found.__name__]
    assert kinds
    for kind in kinds:
        assert kind.__dataclass_params__.frozen, kind  # type: ignore[union-attr]
    with pytest.raises(FrozenInstanceError):
        person("ben").login = "eve"  # type: ignore[misc]


def test_an_event_is_called_an_incident_once_confirmed() -> None:
    """IN-2."""
    for status in PACKAGED.statuses:
        assert replace(EVENT, status=status).is_event == (status in ("investigating", "false-alarm", "duplicate"))


def test_somebody_must_be_at_work_while_it_is_active() -> None:
    """Investigating or confirmed, and not closing."""
    assert EVENT.is_active
    assert replace(EVENT, status="confirmed").is_active
    assert not replace(EVENT, status="resolved").is_active


def test_unknown_acts_as_high() -> None:
    """For authority, clocks and paging."""
    assert EVENT.is_urgent
    assert replace(EVENT, severity="high").is_urgent
    assert not replace(EVENT, severity="medium").is_urgent


def test_roles_are_found_by_login_in_any_case() -> None:
    """GitHub's logins ignore case."""
    incident = replace(EVENT, roles={"ic": Held("Ben", START, 1, "handoff"), "co": Held("cat", START, 2, "assumed")})
    assert incident.roles_of("bEN") == ("ic",)
    assert incident.holder("ic") == "Ben"
    assert incident.holder("scribe") is None
    assert incident.team == ("Ben", "cat")
    assert replace(incident, responders=("cat", "ana")).team == ("Ben", "cat", "ana")


def test_an_offer_waits_until_it_is_answered() -> None:
    """By its role, or the oldest of any."""
    first = Handoff(1, "ic", "ben", "cat", START, True)
    second = replace(first, n=2, role="co")
    incident = replace(EVENT, handoffs=(replace(first, declined_at=START), first, second))
    assert incident.pending_offer() == first
    assert incident.pending_offer("co") == second
    assert incident.pending_offer("scribe") is None


def test_a_ceremony_is_finished_when_nothing_of_it_is_left() -> None:
    """Declined, or sitrep and release both done."""
    offer = Handoff(1, "ic", "ben", "cat", START, True)
    assert not offer.finished
    assert replace(offer, declined_at=START).finished
    accepted = replace(offer, accepted_at=START)
    assert not replace(accepted, sitrep_at=START).finished
    assert not replace(accepted, released_at=START).finished
    assert replace(accepted, sitrep_at=START, released_at=START).finished


def test_a_running_clock_is_named_by_its_rule_and_what_it_is_about() -> None:
    """Two runs of one rule are told apart."""
    assert Running("CO-1", "", START, START, "").key == "CO-1"
    assert Running("HO-2", "7", START, START, "").key == "HO-2:7"


def test_a_zone_that_does_not_exist_is_refused() -> None:
    """With what one looks like."""
    for zone in ("Mars/Olympus", "../etc/passwd", ""):
        with pytest.raises(ValueError, match="IANA time zone"):
            shaped(Tables, plain(PACKAGED.tables()) | {"zone": zone})
    assert replace(PACKAGED, zone="Europe/Berlin").local(START).hour == 4


def test_the_pinned_tables_are_a_part_of_the_policy() -> None:
    """Contacts, forms and the guard are of the present."""
    tables = PACKAGED.tables()
    assert type(tables) is Tables
    assert {field.name for field in fields(Policy)} > {field.name for field in fields(Tables)}
    assert tables.acts_as("unknown") == "high"


def test_the_roster_ignores_case() -> None:
    """As GitHub's logins do."""
    assert People(("Ana",)).on_roster("aNA")
    assert not People(("Ana",)).on_roster("anna")


def entry(n: int, source: str) -> Entry:
    """One entry of a made-up record."""
    return Entry(n, source, START, START, Author("ben", 1, "roster"), "word", "seen", "0", "p", hash=f"h{n}")


def test_a_record_knows_its_next_number_and_last_hash() -> None:
    """From the entries, else from the archive, else from the beginning."""
    empty = Record(1, BOT, FORMAT)
    assert (empty.next_n, empty.last_hash) == (1, "")
    filed = replace(empty, archive=Archive("IC_9", 7, "h7"), base_hash="h7")
    assert (filed.next_n, filed.last_hash) == (8, "h7")
    full = replace(filed, entries=(entry(8, "IC_1"),))
    assert (full.next_n, full.last_hash) == (9, "h8")


def test_a_record_remembers_sources_in_its_entries_and_lately_archived_ones() -> None:
    """Decided is decided."""
    record = replace(Record(1, BOT, FORMAT), entries=(entry(1, "IC_1"),), decided={"IC_0": START})
    assert [record.has(source) for source in ("IC_0", "IC_1", "IC_2")] == [True, True, False]


def test_a_text_that_is_not_there_is_none() -> None:
    """Withheld, purged or archived."""
    record = replace(Record(1, BOT, FORMAT), texts={"1": Text("s", "said"), "2": Text("s", None)})
    assert [record.text_of(n) for n in (1, 2, 3, None)] == ["said", None, None, None]


@pytest.mark.parametrize(
    ("standing", "responds"),
    [
        ("roster", True),
        ("responder", True),
        ("reporter", False),
        ("outsider", False),
        ("bot", False),
        ("program", False),
    ],
)
def test_only_the_roster_and_those_who_may_write_respond(standing: str, responds: bool) -> None:
    """Whose words are signs of life."""
    assert Author("x", 1, standing).responds is responds


def test_a_thread_finds_a_comment_by_its_node_id() -> None:
    """If it was read."""
    model = Model()
    model.open()
    comment = model.say("ben", "hello")
    thread: Thread = model.issue
    assert thread.comment(comment.id) == model.issue.comments[0]
    assert thread.comment("IC_0") is None
    assert thread.comment(None) is None


def test_who_is_a_program_is_known_by_type() -> None:
    """Never by login."""
    assert BOT.is_bot
    assert not Person("renovate[bot]", 1, "User").is_bot
    assert not GHOST.is_bot
