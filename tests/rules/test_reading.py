"""Reading: what was decided is known by its node id, and the cursor only bounds how far back a run looks."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from irp_actions.rules.header import board_hint
from irp_actions.rules.report import history
from irp_actions.rules.sources import OVERLAP, undecided
from irp_actions.values.thread import Deed
from tests.model import BOT, Model, confirmed, opened, person


def late(model: Model, login: str, text: str, minutes: float) -> None:
    """A comment that GitHub dates some minutes ago, though it appears only now."""
    now = model.now
    model.now = now - timedelta(minutes=minutes)
    model.add_comment(person(login), text)
    model.now = now


def test_a_comment_that_appears_late_is_still_decided() -> None:
    """Ten minutes behind the cursor everything is looked at again."""
    model = confirmed()
    model.told("ben", "/sitrep first", after=30)
    late(model, "cat", "/timeline a late one", minutes=9)
    model.run()
    assert model.entry("timeline").by.login == "cat"


def test_the_cursor_bounds_how_far_back_a_run_looks() -> None:
    """What is older than the overlap was decided long ago, so nothing is sought there."""
    model = confirmed()
    model.told("ben", "/sitrep first", after=60)
    model.run()
    model.told("ben", "/timeline second", after=1)
    cursor = model.record.cursor
    assert cursor is not None
    old = replace(model.issue.comments[1], id="IC_old", at=cursor - OVERLAP - timedelta(seconds=1))
    thread = replace(model.issue, comments=(*model.issue.comments, old))
    assert undecided(model.record, thread) == []
    fresh = replace(old, at=cursor - OVERLAP)
    thread = replace(model.issue, comments=(*model.issue.comments, fresh))
    assert [source.id for source in undecided(model.record, thread)] == ["IC_old"]


def test_a_source_is_decided_once_however_often_it_is_read() -> None:
    """Its node id in the record is what says so."""
    model = confirmed()
    for _ in range(3):
        model.wait(0.1)
        model.run()
    assert [entry.call for entry in model.entries].count("confirm") == 1


def test_sources_of_one_second_are_taken_body_first_then_comments_then_deeds() -> None:
    """Within a kind GitHub's own numbering decides, so that two runs that see the same decide alike."""
    model = Model()
    model.open("ben")
    model.label("severity: low", by="ben")
    second = model.say("cat", "/sev medium", after=0)
    first = replace(second, id="IC_1", number=1, body="/sev high")
    model.put(comments=(second, first), deeds=(*model.issue.deeds, Deed("D_0", "labeled", model.now, person("ben"))))
    found = undecided(model.record, model.issue)
    assert [source.id for source in found][:3] == ["I_1", "IC_1", second.id]
    model.run()
    calls = [(entry.call, entry.args.get("severity")) for entry in model.entries if entry.call == "severity"]
    assert calls == [("severity", "high"), ("severity", "medium"), ("severity", "low")]


def test_fractions_of_a_second_do_not_decide_the_order() -> None:
    """GitHub tells whole seconds; a source that told more must not jump the queue."""
    model = opened()
    a = model.say("ben", "/sev high")
    b = model.say("cat", "/sev low", after=0)
    changed = tuple(
        replace(x, at=x.at + timedelta(milliseconds=900)) if x.id == a.id else x for x in model.issue.comments
    )
    model.put(comments=changed)
    found = undecided(model.record, model.issue)
    assert [source.id for source in found] == [a.id, b.id]


def test_the_records_own_order_is_never_sorted_again() -> None:
    """What was decided later stays later, though it is dated earlier."""
    model = confirmed()
    model.told("ben", "/sev low", after=5)
    late(model, "cat", "/sev medium", minutes=3)
    model.run()
    assert [e.args.get("severity") for e in model.entries if e.call == "severity"] == ["low", "medium"]
    assert model.entries[-1].at < model.entries[-2].at
    assert model.incident.severity == "medium"


def test_the_programs_own_comments_are_no_source() -> None:
    """Nothing it says or quotes is ever obeyed, and its deeds are no calls."""
    model = confirmed()
    model.told("cat", "/close")
    model.run()
    assert not any(entry.by.login == BOT.login and entry.by.standing != "program" for entry in model.entries)


def crowded() -> Model:
    """So many people wrote before the first run that its reply is out of a small window's sight."""
    model = Model()
    model.open()
    for place in range(12):
        model.say("zoe", f"me too {place}")
    model.run()
    for place in range(40):
        model.say("zoe", f"and me {place}")
    model.run()
    model.window = 20
    return model


def test_a_head_out_of_the_window_is_found_by_the_hint_in_the_body() -> None:
    """The header's block names the board, so that one more request is enough."""
    model = crowded()
    board = model.head.id
    assert board_hint(model.issue.body) == board
    model.told("ben", "/ack")
    assert model.reached == 0
    assert model.head.id == board
    assert model.incident.holder("ic") == "ben"
    assert sum('"format": 1' in comment.body for comment in model.issue.comments) == 1


def test_a_hint_is_verified() -> None:
    """A body that names a stranger's comment as the board misleads nobody: then the whole thread is read."""
    model = crowded()
    board = model.head
    forged = model.say("zoe", board.body.replace("unknown", "low"))
    for place in range(25):
        model.say("zoe", f"me again {place}")
    model.edit_body(model.issue.body.replace(f"board={board.id}", f"board={forged.id}"), by="zoe")
    model.told("ben", "/ack")
    assert model.reached > 0
    assert model.incident.holder("ic") == "ben"
    assert model.incident.severity == "unknown"
    assert board_hint(model.issue.body) == board.id


def test_a_long_thread_is_read_no_further_than_what_is_undecided() -> None:
    """With five hundred comments a command needs no more than with five."""
    model = confirmed()
    for _ in range(500):
        model.add_comment(person("zoe"), "any news?")
        model.wait(1)
    model.run()
    model.window = 100
    reached = model.reached
    model.told("ben", "/sitrep nothing new", after=30)
    assert model.run().changes == ()
    assert model.reached == reached
    assert model.incident.sitreps == 1


def test_comments_that_a_long_outage_piled_up_are_all_decided() -> None:
    """More than one read shows: it is read back until the cursor's overlap is reached."""
    model = confirmed()
    model.run()
    for place in range(150):
        model.say("ben" if place % 10 == 0 else "zoe", f"/timeline {place}", after=0.1)
    model.window = 100
    model.run()
    past = history(model.record, model.issue)
    assert sum(entry.call == "timeline" for entry in past.entries) == 150


def test_authority_is_never_taken_from_author_association() -> None:
    """GitHub shows private members as strangers there: the program does not even ask for it."""
    folder = Path(__file__).parents[2] / "irp_actions"
    files = [path for path in folder.rglob("*") if path.suffix in (".py", ".graphql") and "standin" not in path.parts]
    assert files
    for path in files:
        text = path.read_text(encoding="utf-8").lower().replace("_", "")
        assert "authorassociation" not in text, path
