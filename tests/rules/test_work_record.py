"""Work in the record: it folds alike after filing, from older tables, and with nothing of it quoted for too long."""

from __future__ import annotations

from dataclasses import replace

from irp_actions.rules.chain import faults
from irp_actions.rules.replay import replay
from irp_actions.rules.tail import read_tail, with_tail
from irp_actions.values.policy import Tables
from irp_actions.values.shape import plain, shaped
from irp_actions.values.work import QUOTED
from tests.model import PACKAGED, confirmed, policy_with
from tests.rules.working import at_work


def test_what_is_open_keeps_its_words_when_older_entries_are_filed() -> None:
    """RE-1, RE-2, RE-4, RE-5: the board goes on showing them."""
    model = at_work()
    model.told("ben", "/link bridge https://meet.example/1\n/decide stay up because of payroll")
    for _ in range(60):
        model.told("cat", "/sitrep " + "long words " * 80, after=20)
    assert model.record.archive is not None
    for words in ("odd login from abroad", "rotate the key", "stop the API", "disk image of web-1", "meet.example/1"):
        assert words in model.board
    assert "stay up because of payroll" in model.board
    assert replay(model.record).work == model.incident.work
    assert faults(model.entries, model.record.texts, model.record.base_hash, model.desk.seal) == []


def test_only_so_many_words_are_kept_for_the_board() -> None:
    """RE-2: the record's head stays small, whatever is open."""
    model = confirmed()
    for _ in range(2):
        model.told("ben", "\n".join(f"/todo thing {place}" for place in range(20)))
    assert len(model.incident.work.quoted) == QUOTED


def test_work_goes_through_the_record_unchanged() -> None:
    """RE-1: every value reads back as it was written."""
    model = at_work()
    model.told("cat", "/lead L1 clean: cloudtrail 02:41-03:05\n/done T1\n/shift 09:00-12:00\n/plan continuous")
    model.told("ben", "/verify T1\n/custody E1 @ben → @cat\n/kind host\n/contingency activate\n/disrupted D1")
    work = model.incident.work
    based = replace(model.record, base=model.incident)
    read = read_tail(with_tail("board", based))
    assert read is not None
    assert read.base is not None
    assert read.base.work == work


def test_tables_of_an_older_program_still_read_and_lack_the_newer_clocks() -> None:
    """RE-4, RE-8, RE-9: nothing runs that the pinned tables have no numbers for."""
    data = plain(PACKAGED.tables())
    for key in ("outcomes", "checklists"):
        data.pop(key)
    data["long_remediation"] = "3h"
    for rule in ("RE-4", "RE-8", "RE-9"):
        data["clocks"].pop(rule)
    old = shaped(Tables, data)
    policy = policy_with(clocks=old.clocks, outcomes={}, checklists={})
    model = confirmed("medium", policy=policy)
    model.told("ben", "/disrupt stop the API\n/plan continuous\n/shift @cat 09:00-18:00")
    assert {clock.rule for clock in model.incident.clocks}.isdisjoint({"RE-4", "RE-8", "RE-9"})
    assert "Waiting for ana or cat" in model.board
    model.told("ben", "/severity high\n/lead odd login\n/lead L1 clean")
    model.wait(300)
    model.run()
    assert model.run().changes == ()
