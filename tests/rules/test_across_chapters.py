"""Calls that carry out a rule of another chapter than their own: what is said once is known everywhere."""

from __future__ import annotations

from irp_actions.values.parties import Party
from tests.model import confirmed, opened
from tests.outsiders import HOUR, due, telling


def test_a_party_named_by_hand_is_owed_word() -> None:
    """CO-8: legal hears only when somebody says so; from then on the board says that they are still to be told."""
    model = telling("legal")
    assert "legal" not in model.board
    model.told("ben", "/tell legal it is personal data")
    assert "Still to be told" in model.board
    assert "legal" in model.board


def test_a_parent_organisation_named_by_hand_is_owed_word() -> None:
    """IN-14: its own process has to be started too, and an item on the board says so."""
    model = telling()
    model.told("ben", '/tell "GSA IR" open a case there')
    assert "GSA IR" in model.board


def test_a_kind_brings_its_checklist() -> None:
    """RE-5, RE-6: evidence of a host before it is touched; of an exposure, whom to tell and of what they owe."""
    model = confirmed()
    model.told("ben", "/kind host")
    assert "Take snapshots of the volumes and memory" in model.board
    model.told("ben", "/kind exposure")
    assert "Tell whoever received it what they are obliged to do with it" in model.board


def test_what_a_call_decided_is_written_down() -> None:
    """RE-10: with who was there, in the report, because the call itself leaves nothing."""
    model = confirmed()
    model.told("ben", "/decide rebuild it because nobody knows\npresent: cat, on the phone")
    model.told("ben", "/close")
    decisions = model.ours[-1].body.split("## Decisions")[1].split("##")[0]
    assert "present: cat, on the phone" in decisions


def test_the_restricted_place_is_linked() -> None:
    """IN-11: what must not stand here stands there, and whoever may read it finds the way."""
    model = confirmed()
    model.told("ben", "/link the restricted folder https://files.example/88")
    assert "[the restricted folder](https://files.example/88)" in model.issue.body


def test_the_beginning_of_the_misuse_is_part_of_its_extent() -> None:
    """CL-9: time to discovery is counted from there."""
    model = confirmed()
    model.told("ben", "/started 03:00 first odd login")
    model.told("ben", "/close")
    assert "| Time to discovery | 10 min, counted up to the report |" in model.ours[-1].body


def test_the_hour_of_the_first_notice_runs_from_becoming_aware() -> None:
    """IN-9: when somebody says that it was known earlier, it is due earlier."""
    model = telling("cert")
    assert due(model, "IN-9") == "01 23:11"
    model.told("ben", "/aware 21:58 cat saw the mail", after=0)
    assert due(model, "IN-9") == "01 22:58"


def test_an_offer_names_what_is_open() -> None:
    """HO-1: leads and immediate items, so that nothing is dropped with the role."""
    model = confirmed(by="ana")
    model.told("ana", "/todo @ben rotate the key\n/lead who used it?\n/todo deferred a banner")
    said = model.told("ana", "/handoff ic @ben all yours")
    assert "Open: T1 rotate the key; L1 who used it?." in said
    model.told("ben", "/accept\n/kind exposure\n/handoff ic @cat yours")
    assert "T3 Tell the owner of the information" in model.ours[-1].body


def test_an_exposure_concerns_its_owner() -> None:
    """RE-6: whoever is told of exposed information is owed word from the moment on at which it is said."""
    model = telling(owner=Party("the owner of the data", when="exposure", within=HOUR))
    assert "the owner of the data" not in model.board
    model.told("ben", "/impact exposure 400 addresses")
    assert "the owner of the data" in model.board


def test_customers_hear_of_it() -> None:
    """CO-7: customers are owed word from the moment on at which somebody says that they are affected."""
    model = telling("customers")
    assert due(model, "CO-7") is None
    model.told("ben", "/impact customers a third cannot log in", after=0)
    assert due(model, "CO-7") == "01 22:26"


def test_a_shift_says_from_when_to_when() -> None:
    """RE-9: half of one is asked about, with how to type it."""
    model = confirmed()
    assert "`/shift @ben 09:00-12:00`" in model.told("ben", "/shift @cat")
    assert model.incident.work.shifts == ()


def test_a_retrospective_has_a_date() -> None:
    """CL-2: a word that is none is asked about."""
    model = opened()
    assert "names no date and time" in model.told("ben", "/retro soon")


def test_an_outsider_objects_to_nothing() -> None:
    """RE-4: where nobody is named to decide, it is the team that is asked; others are read and thanked."""
    model = confirmed("low")
    model.told("ben", "/disrupt stop the service")
    said = model.told("rae", "/object D1 I need it")
    assert "the team" in said
    assert not model.incident.work.disruptions[0].objected


def test_somebody_with_write_access_can_object_where_nobody_is_named() -> None:
    """RE-4: GitHub is asked what they may do, as for any call of the team."""
    model = confirmed("low", writers=frozenset({"wes"}))
    model.told("ben", "/disrupt stop the service")
    model.told("wes", "/object D1 payroll runs until noon")
    assert model.incident.work.disruptions[0].objected
