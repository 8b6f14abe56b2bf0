"""The chain: nothing can be slipped in, changed or taken out, and a leaked text can be dropped without breaking it."""

from __future__ import annotations

from dataclasses import replace

from irp_actions.rules.chain import Seal, commitment, faults
from irp_actions.rules.verify import verify
from irp_actions.values.record import Record
from tests.model import Model, confirmed, opened

KEY = b"a key from the environment's secrets"
PLAIN = Seal()


def broken(record: Record, seal: Seal = PLAIN) -> list[str]:
    """What is wrong with the head's chain."""
    return faults(record.entries, record.texts, record.base_hash, seal)


def told() -> Model:
    """An incident with a few entries and texts."""
    model = confirmed()
    model.told("ben", "/sitrep the key is revoked")
    model.told("cat", "/timeline 03:05 first odd login")
    return model


def test_an_untouched_chain_is_whole() -> None:
    """Each entry's hash covers the entry before."""
    assert broken(told().record) == []


def test_a_changed_entry_is_noticed() -> None:
    """CL-7: whatever is changed of it, its hash no longer fits."""
    record = told().record
    for place, entry in enumerate(record.entries):
        changed = replace(entry, by=replace(entry.by, login="eve"))
        entries = (*record.entries[:place], changed, *record.entries[place + 1 :])
        assert broken(replace(record, entries=entries)), entry.call


def test_an_entry_that_was_taken_out_is_noticed() -> None:
    """The next one does not follow what is left."""
    record = told().record
    for place in range(len(record.entries) - 1):
        entries = record.entries[:place] + record.entries[place + 1 :]
        assert broken(replace(record, entries=entries)), place


def test_entries_that_changed_places_are_noticed() -> None:
    """The record's order is part of what is hashed."""
    record = told().record
    swapped = (*record.entries[:-2], record.entries[-1], record.entries[-2])
    assert len(broken(replace(record, entries=swapped))) >= 2


def test_a_text_that_was_replaced_is_noticed() -> None:
    """The entry commits to the text beside it by a salted hash."""
    record = told().record
    n = next(iter(record.texts))
    texts = {**record.texts, n: replace(record.texts[n], text="something else")}
    assert f"entry {n}: the text beside it" in broken(replace(record, texts=texts))[0]


def test_texts_and_salts_can_be_dropped_without_breaking_the_chain() -> None:
    """A leaked secret is purged, and what was decided by it still stands."""
    record = told().record
    assert record.texts
    withheld = {n: replace(text, text=None) for n, text in record.texts.items()}
    assert broken(replace(record, texts=withheld)) == []
    assert broken(replace(record, texts={})) == []


def test_an_entry_commits_to_its_text_with_a_salt_of_its_own() -> None:
    """The same words twice leave two different hashes, so that a dropped text cannot be found by trying."""
    model = confirmed()
    model.told("ben", "/timeline key revoked")
    model.told("ben", "/timeline key revoked")
    first, second = (entry for entry in model.entries if entry.call == "timeline")
    texts = [model.record.texts[str(entry.n)] for entry in (first, second)]
    assert [commitment(text) for text in texts] == [first.text, second.text]
    assert first.text != second.text
    assert Seal(nonce=b"a").salt("x") != Seal(nonce=b"b").salt("x")


def test_without_a_key_anybody_can_check_the_chain_and_it_is_called_consistent() -> None:
    """A SHA-256 chain proves that nothing is out of order, not who wrote it."""
    model = told()
    assert not model.record.sealed
    model.told("ben", "/resolve")
    model.told("ben", "/close")
    assert "a hash chain: consistent" in model.ours[-1].body
    assert "tamper-evident" not in model.ours[-1].body


def test_with_a_key_the_chain_is_an_hmac_and_is_called_tamper_evident() -> None:
    """Only who has the key can make a hash that fits."""
    model = confirmed(key=KEY)
    assert model.record.sealed
    assert broken(model.record, Seal(KEY)) == []
    assert broken(model.record, Seal(b"another key"))
    assert broken(model.record, PLAIN)
    model.told("ben", "/close done")
    assert "an HMAC chain: tamper-evident" in model.ours[-1].body


def test_a_sealed_record_is_not_continued_without_its_key() -> None:
    """Exit 2 and nothing written, whoever lost the secret."""
    model = confirmed(key=KEY)
    model.key = b""
    model.say("ben", "/close")
    outcome = model.run()
    assert (outcome.code, outcome.changes) == (2, ())
    assert "IRP_RECORD_KEY is needed" in outcome.said


def test_a_sealed_record_is_not_continued_with_another_key() -> None:
    """It is not decided anew either: whoever has the right key goes on with it."""
    model = confirmed(key=KEY)
    model.key = b"another key"
    model.say("ben", "/close")
    outcome = model.run()
    assert (outcome.code, outcome.changes) == (2, ())
    assert "IRP_RECORD_KEY does not fit" in outcome.said
    model.key = KEY
    model.run()
    assert not model.issue.is_open


def test_a_record_that_began_without_a_key_goes_on_without_one() -> None:
    """A chain is sealed from its beginning or not at all."""
    model = confirmed()
    model.key = KEY
    model.told("ben", "/sitrep on it")
    assert not model.record.sealed
    assert broken(model.record) == []
    assert model.incident.sitreps == 1


def test_verify_finds_nothing_in_an_untouched_thread() -> None:
    """Each comment still says what was decided by."""
    model = told()
    assert verify(model.record, model.issue, PLAIN) == ()


def test_verify_names_a_broken_chain_as_broken_and_an_edit_as_drift() -> None:
    """An investigator sees at once which of the two it is."""
    model = opened()
    comment = model.say("ben", "/confirm high")
    model.run()
    model.edit(comment, "/confirm low", by="ben")
    found = verify(model.record, model.issue, PLAIN)
    assert [(finding.broken, "was edited" in finding.what) for finding in found] == [(False, True)]
    model.wait(1)
    model.run()
    found = verify(model.record, model.issue, PLAIN)
    assert [(finding.broken, finding.what.startswith("entry 4: ben edited")) for finding in found] == [(False, True)]
    entries = (*model.record.entries[:-1], replace(model.record.entries[-1], call="word"))
    assert verify(replace(model.record, entries=entries), model.issue, PLAIN)[0].broken


def test_verify_names_a_comment_that_is_gone() -> None:
    """Deleted comments leave their digest behind."""
    model = opened()
    comment = model.say("ben", "/confirm high")
    model.run()
    model.delete(comment, by="ben")
    assert "the comment is gone" in verify(model.record, model.issue, PLAIN)[0].what
