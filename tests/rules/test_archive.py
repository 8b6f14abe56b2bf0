"""The archive: before the first reply is full, older entries are filed in a comment that is written first."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from irp_actions.rules.chain import Seal
from irp_actions.rules.report import history, report
from irp_actions.rules.tail import LIMIT, Filed, adopted, read_filed, with_filed
from irp_actions.rules.verify import verify
from irp_actions.values.changes import FileArchive, WriteRecord
from irp_actions.values.thread import Thread
from tests.model import BOT, Model, confirmed, person

LONG = "what we know so far " * 45


def talkative(sitreps: int = 45) -> Model:
    """An incident with so many long sitreps that its record overflows."""
    model = confirmed()
    for place in range(sitreps):
        model.told("ben", f"/sitrep {place} {LONG}")
    return model


@cache
def overflowed() -> Model:
    """One such incident, only to be looked at."""
    return talkative()


def archives(thread: Thread) -> list[Filed]:
    """What is filed in the thread, oldest first."""
    found = (read_filed(comment.body) for comment in thread.comments if comment.author == BOT)
    return [filed for filed in found if filed is not None]


def test_the_first_reply_never_grows_over_the_limit() -> None:
    """Every text of ours stays below 60,000 characters, whatever is said."""
    model = overflowed()
    written = [change for batch in model.batches for change in batch if isinstance(change, WriteRecord | FileArchive)]
    assert max(len(change.body) for change in written) <= LIMIT


def test_the_archive_is_written_alone_and_before_the_head_that_names_it() -> None:
    """A head never names an archive that may not exist."""
    model = overflowed()
    filings = [batch for batch in model.batches if any(isinstance(change, FileArchive) for change in batch)]
    assert filings
    assert all(len(batch) == 1 for batch in filings)
    at = model.batches.index(filings[0])
    assert '"archive"' not in "".join(x.body for b in model.batches[:at] for x in b if isinstance(x, WriteRecord))
    following = model.batches[at + 1][0]
    assert isinstance(following, WriteRecord)
    assert '"archive"' in following.body


def test_the_head_names_the_archives_id_and_the_hash_its_chain_ends_in() -> None:
    """Nothing can be put in the archive's place."""
    record = overflowed().record
    assert record.archive is not None
    filed = read_filed(next(x.body for x in overflowed().issue.comments if x.id == record.archive.id))
    assert filed is not None
    assert record.archive.hash == record.base_hash == filed.entries[-1].hash
    assert record.archive.last == filed.entries[-1].n == record.entries[0].n - 1


def test_the_fold_of_the_archived_entries_stands_in_the_head() -> None:
    """The incident is the same as if nothing had been filed, and costs no further read."""
    model = overflowed()
    assert model.record.base is not None
    assert model.incident.sitreps == 45
    assert (model.incident.severity, model.incident.holder("ic")) == ("high", "ben")


def test_the_chain_goes_through_all_archives() -> None:
    """Every entry there ever was is found again, in one unbroken chain."""
    model = overflowed()
    past = history(model.record, model.issue)
    assert past.whole
    assert [entry.n for entry in past.entries] == list(range(1, model.entries[-1].n + 1))
    assert verify(model.record, model.issue, Seal()) == ()
    assert len(archives(model.issue)) >= 2


def test_an_archive_that_somebody_deleted_is_missed_by_verify_and_by_the_report() -> None:
    """Unknown is called unknown."""
    model = overflowed()
    record = model.record
    assert record.archive is not None
    comments = tuple(x for x in model.issue.comments if x.id != record.archive.id)
    thread = replace(model.issue, comments=comments)
    assert any(finding.broken and "archive" in finding.what for finding in verify(record, thread, Seal()))
    found = report(record, thread, model.policy)
    assert not found.whole
    assert any("Older parts of the record are missing" in text for text in found.missing)


def test_a_second_run_after_an_overflow_finds_nothing_to_do() -> None:
    """Filing settles within one run."""
    model = talkative(30)
    assert archives(model.issue)
    assert model.run().changes == ()


def test_an_orphaned_archive_is_adopted() -> None:
    """The run that filed it died before it could write the head: the next one takes it as written."""
    model = talkative(20)
    before = len(archives(model.issue))
    orphaned = False
    for place in range(20):
        model.say("ben", f"/sitrep again {place} {LONG}")
        head = model.head.body
        model.run()
        if len(archives(model.issue)) > before:
            model.edit_comment(model.head.id, BOT, head)  # the head was never written
            model.run()
            orphaned = True
            break
    assert orphaned
    assert len(archives(model.issue)) == before + 1
    assert history(model.record, model.issue).whole
    assert model.incident.sitreps == 21 + place
    assert verify(model.record, model.issue, Seal()) == ()


@pytest.mark.parametrize("forged_by", ["zoe", "ben"])
def test_an_archive_by_anybody_else_is_not_adopted(forged_by: str) -> None:
    """Only the writer's comments are ours, even when the content would fit."""
    model = confirmed()
    for place in range(10):
        model.told("ben", f"/timeline {place}")
    record = model.record
    body = with_filed("Filed", Filed(record.entries[:4], record.base_hash))
    model.add_comment(person(forged_by), body)
    assert adopted(record, model.issue) == record


def test_an_archive_that_follows_another_hash_is_not_adopted() -> None:
    """An orphan counts only where it continues exactly what the head continues."""
    model = confirmed()
    for place in range(10):
        model.told("ben", f"/timeline {place}")
    record = model.record
    model.add_comment(BOT, with_filed("Filed", Filed(record.entries[:4], "another hash")))
    assert adopted(record, model.issue) == record
    model.add_comment(BOT, with_filed("Filed", Filed(record.entries[1:5], record.base_hash)))
    assert adopted(record, model.issue) == record


def test_what_was_archived_lately_is_not_decided_again() -> None:
    """The overlap behind the cursor reaches into the archive; its sources are remembered in the head."""
    model = confirmed()
    for place in range(45):
        model.told("ben", f"/sitrep {place} {LONG}", after=0)
    assert model.record.archive is not None
    assert model.record.decided
    assert model.incident.sitreps == 45
    assert model.run().changes == ()


def test_an_archive_that_somebody_edited_is_not_believed() -> None:
    """Only what we wrote ourselves counts; verify says that it is missing."""
    model = talkative(45)
    record = model.record
    assert record.archive is not None
    body = next(comment.body for comment in model.issue.comments if comment.id == record.archive.id)
    model.edit_comment(record.archive.id, person("cat"), body.replace("ben", "eve"))
    assert not history(record, model.issue).whole


@pytest.mark.parametrize("tail", ["nonsense", '{"format": 2}', '{"entries": 1}'])
def test_an_archive_that_cannot_be_read_is_none(tail: str) -> None:
    """No exception in the middle of an incident."""
    model = confirmed()
    model.add_comment(BOT, f"Filed\n\n<!-- irp:archive\n{tail}\n-->")
    model.told("ben", "/sev low")
    assert model.incident.severity == "low"


def test_archives_that_do_not_fit_the_head_are_broken() -> None:
    """The head names the hash that the archive has to end in."""
    record = overflowed().record
    assert record.archive is not None
    other = replace(record, archive=replace(record.archive, hash="0" * 64))
    found = verify(other, overflowed().issue, Seal())
    assert any(finding.broken and "another hash" in finding.what for finding in found)
