"""What goes outside: masked versions of the report, the whole record as data, a mark of the chain (CL-6, CL-7)."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from irp_actions.rules.chain import Seal, bears, faults, mark
from irp_actions.rules.report import export, outside, report
from irp_actions.rules.report.mask import masked
from irp_actions.rules.report.table import COLUMNS, counts, row
from irp_actions.rules.verify import verify
from irp_actions.values.record import Entry, Text
from irp_actions.values.shape import shaped
from tests.model import PACKAGED, Model, confirmed, opened
from tests.outsiders import telling

HIDDEN = {
    "see https://invoices.internal.example/x?y=1 now": "see [link] now",
    "mail rae.smith@corp.example please": "mail [e-mail address] please",
    "from 203.0.113.7 and 10.0.0.0/8": "from [address] and [address]",
    "from 2001:db8::7 too": "from [address] too",
    "on web-1.prod.acme.example it ran": "on [host] it ran",
    "@ben found it": "[person] found it",
    "Ben found it, benign": "[person] found it, benign",
    "arn:aws:s3:::invoices and i-0abc1234def567890": "[resource] and [resource]",
    "read /var/log/auth.log": "read [path]",
    "used CVE-2026-12345 and T1078": "used [vulnerability] and [vulnerability]",
    "sum d41d8cd98f00b204e9800998ecf8427e": "sum [digest]",
    "call +1 555 0142 77": "call [number]",
    "password: hunter2hunter2": "[secret]",
    "It was fixed at 03:12 within 2 hours.": "It was fixed at 03:12 within 2 hours.",
}


@pytest.mark.parametrize(("text", "shown"), HIDDEN.items())
def test_what_has_the_form_of_a_name_an_address_or_a_secret_is_masked(text: str, shown: str) -> None:
    """CL-6: and nothing else."""
    assert masked(text, PACKAGED, ["ben", "rae"]) == shown


def told() -> Model:
    """A closed incident with everything that must not go outside."""
    model = confirmed()
    model.told("rae", "the attacker came from 203.0.113.7")
    model.told("ben", "/impact confidentiality, exposure the index of invoices.acme.example")
    model.told("ben", "/threat hacking, T1552.001 with the key of cat")
    model.told("ben", "/scope systems web-1.acme.example")
    model.told("ben", "/contained 03:20", after=40)
    model.told("ben", "/public A key was used to list files. It was turned off within the hour; ask ben.")
    model.told("ben", "/action @cat scan\n/resolve\n/close", after=30)
    return model


@pytest.mark.parametrize("variant", ["stakeholder", "public"])
def test_a_version_for_outsiders_has_facts_and_the_words_written_for_it(variant: str) -> None:
    """CL-6: never a comment, a name, a link or an exact time; and it says that a person has to read it."""
    model = told()
    said = outside(report(model.record, model.issue, model.policy), model.policy, variant)
    assert "A person has to read it before it is sent." in said
    assert "A key was used to list files." in said
    assert "confidentiality, exposed information" in said
    for inside in ("203.0.113.7", "acme.example", "ben", "cat", "rae", "http", "T1552", "03:20", "Odd mail"):
        assert inside not in said
    assert "Times are rounded to" in said


def test_those_with_a_stake_read_more_than_everybody() -> None:
    """CL-6: severity, the kind of action and the scope, masked."""
    model = told()
    found = report(model.record, model.issue, model.policy)
    some, everybody = (outside(found, model.policy, variant) for variant in ("stakeholder", "public"))
    for more in ("**Severity** | high", "hacking", "systems: \\[host\\]", "2026-03-02 03:15 UTC"):
        assert more in some
        assert more not in everybody
    assert "2026-03-02 03:00 UTC" in everybody


def test_without_words_for_outsiders_it_asks_for_them() -> None:
    """CL-6: nothing is made up of comments."""
    model = confirmed()
    said = outside(report(model.record, model.issue, model.policy), model.policy, "public")
    assert "comment `/public` and your words" in said


def test_the_export_is_complete_and_can_be_checked_by_itself() -> None:
    """CL-7: every entry with who, when in three times, and under what it was judged; the chain can be followed."""
    model = told()
    model.told("ben", "/timeline 03:05 first odd login")
    data = json.loads(json.dumps(export(model.record, model.issue, model.policy)))
    entries = tuple(shaped(Entry, entry) for entry in data["record"]["entries"])
    texts = {n: shaped(Text, text) for n, text in data["record"]["texts"].items()}
    assert faults(entries, texts, "", Seal()) == []
    assert data["record"]["head"] == entries[-1].hash == model.record.last_hash
    assert entries == model.entries
    last = data["record"]["entries"][-1]
    assert {"at", "recorded_at", "happened_at", "by", "policy", "program", "digest", "hash"} <= set(last)
    assert last["happened_at"] == "2026-03-02T03:05:00Z"
    assert last["by"] == {"login": "ben", "id": 630, "standing": "roster"}
    assert "severities" in data["record"]["entries"][0]["args"]["tables"]
    assert data["counted"] is True
    assert data["report"]["number"] == 1


def test_a_mark_says_whether_what_was_recorded_by_then_is_unchanged() -> None:
    """CL-7: whoever was sent a sitrep can have its mark checked years later."""
    model = confirmed()
    kept = mark(model.record)
    model.told("ben", "/sitrep more")
    assert kept.startswith("1.3.")
    assert mark(model.record) != kept
    assert verify(model.record, model.issue, Seal(), kept) == ()
    forged = replace(model.entries[2], program="another")
    changed = (*model.entries[:2], replace(forged, hash=Seal().hash(model.entries[1].hash, forged)))
    assert not bears(changed, 1, kept)
    for wrong in ("2" + kept[1:], "1.9." + kept[4:], kept[:-1], "", "nonsense"):
        (finding,) = verify(model.record, model.issue, Seal(), wrong)
        assert finding.broken


def test_figures_are_of_incidents_that_are_over() -> None:
    """CL-4: one row each, durations in seconds, unknown ones empty."""
    model = told()
    found = report(model.record, model.issue, model.policy)
    assert counts(found)
    figures = row(found)
    assert tuple(figures) == COLUMNS
    assert figures["incident"] == "1"
    assert figures["time_to_containment_seconds"] == "600"
    assert figures["time_to_discovery_seconds"] == ""
    assert figures["threat_actions"].startswith("hacking; T1552.001")


def test_rehearsals_false_alarms_and_open_incidents_are_not_counted() -> None:
    """CL-8: a rehearsal is no incident."""
    rehearsal = Model()
    rehearsal.open(labels=("irp", "drill"))
    rehearsal.run()
    rehearsal.told("ben", "/confirm low\n/close")
    harmless = opened()
    harmless.told("ben", "/fp")
    for model in (rehearsal, harmless, confirmed()):
        assert not counts(report(model.record, model.issue, model.policy))
    assert export(rehearsal.record, rehearsal.issue, rehearsal.policy)["counted"] is False


def test_what_goes_outside_carries_the_mark_of_the_record_at_that_time() -> None:
    """CL-7: the ready text on the board, and the exact words that the record keeps of what was sent."""
    model = telling("cert")
    first = mark(model.record)
    assert f"(mark {first})" in model.board
    model.told("ben", "/told cert")
    sent = model.record.text_of(model.entry("told").n)
    assert sent is not None
    assert sent.endswith(f"(mark {first})")
    assert verify(model.record, model.issue, Seal(), first) == ()
