"""Writing, notes: each has its keys and is posted once; boards show absolute times, so that nothing churns."""

from __future__ import annotations

from datetime import timedelta

from irp_actions.rules.notes import keyed, keys_of
from irp_actions.values.changes import Amend, Remove, Say, WriteRecord
from tests.model import BOT, START, confirmed, opened, person
from tests.passing import passing


def test_a_clock_note_is_keyed_by_rule_due_time_and_rung() -> None:
    """A clock that starts anew, or is due at another time, has other notes."""
    model = opened()
    model.wait(10)
    model.run()
    assert model.said_keys == ["IN-7:20260302T0320Z:0"]
    model.wait(5)
    model.run()
    assert model.said_keys[-1] == "IN-7:20260302T0320Z:1"


def test_no_key_ever_stands_in_two_notes() -> None:
    """A later rung covers the older ones that were not said, and only those."""
    model = opened()
    for minutes in (10, 5, 30):
        model.wait(minutes)
        model.run()
    assert len(model.said_keys) == len(set(model.said_keys))


def test_a_said_key_is_never_posted_again() -> None:
    """However often a run looks."""
    model = opened()
    model.wait(11)
    model.run()
    for _ in range(3):
        model.wait(1)
        assert model.run().changes == ()
    assert len(model.ours) == 1


def test_a_note_that_somebody_deleted_is_not_posted_again() -> None:
    """Never fight a person: it was said, and they wanted it gone."""
    model = opened()
    model.wait(11)
    model.run()
    model.delete(model.ours[0], by="ana")
    model.told("zoe", "hello")
    assert model.ours == []


def test_a_deleted_note_stays_away_when_the_state_it_spoke_of_has_passed() -> None:
    """The record keeps the key as long as anything could still ask for the note."""
    model = opened()
    model.wait(1)
    model.close_by_hand("ana")
    model.run()
    assert [key.split(":")[0] for key in model.said_keys] == ["kept-open"]
    model.delete(model.ours[0], by="ana")
    model.close_by_hand("ana")
    model.reopen_by_hand("ana")
    model.run()
    model.run()
    assert [key.split(":")[0] for key in model.said_keys] == ["taken-up"]


def test_of_two_copies_of_a_note_the_later_is_removed() -> None:
    """Two runs met: the first comment stays, with its address."""
    model = opened()
    model.wait(11)
    model.run()
    first = model.ours[0]
    model.wait(0.1)
    second = model.add_comment(BOT, first.body)
    changes = model.run().changes
    assert [change for change in changes if isinstance(change, Remove)] == [Remove(second.id)]
    assert model.ours == [first]


def test_of_two_boards_the_later_is_removed() -> None:
    """One record, one writer, one place."""
    model = confirmed()
    board = model.head
    model.add_comment(BOT, board.body)
    model.run()
    assert sum("irp:record" in comment.body for comment in model.issue.comments) == 1
    assert model.head.id == board.id
    assert model.run().changes == ()


def test_a_strangers_copy_of_our_note_is_neither_believed_nor_removed() -> None:
    """A hidden mark counts only in a comment of the writer."""
    model = opened()
    model.say("zoe", keyed(("IN-7:20260302T0320Z:0",), "nothing to see"), after=0)
    model.wait(11)
    model.run()
    assert len(model.ours) == 1
    assert any(comment.author == person("zoe") for comment in model.issue.comments)


def test_a_live_note_is_amended_and_not_posted_again() -> None:
    """HO-8: one handoff is one comment, edited through its stages."""
    model = confirmed()
    model.told("ben", "/handoff @cat night shift")
    model.told("cat", "/accept")
    model.told("cat", "/sitrep all mine")
    assert len([key for key in model.said_keys if key.startswith("handoff")]) == 1
    amended = [change for batch in model.batches for change in batch if isinstance(change, Amend)]
    assert len(amended) == 2
    assert "- [x] Sitrep" in model.ours[-1].body


def test_a_live_note_that_somebody_edited_is_put_right() -> None:
    """It is ours, and says what the record says."""
    model = confirmed()
    model.told("ben", "/handoff @cat night shift")
    note = model.ours[-1]
    model.wait(1)
    model.edit(note, keyed(keys_of(note.body), "cat said no"), by="rae")
    model.run()
    assert model.ours[-1].body == note.body
    assert model.run().changes == ()


def test_a_fixed_note_that_somebody_edited_is_not_posted_again() -> None:
    """What was mailed was mailed; the edit is on the board, and nobody is mailed twice."""
    model = opened()
    model.wait(11)
    model.run()
    note = model.ours[0]
    model.wait(1)
    model.edit(note, keyed(keys_of(note.body), "never mind"), by="ana")
    model.run()
    assert [comment.id for comment in model.ours] == [note.id]
    assert "edited by ana" in model.board


def test_a_note_that_somebody_edited_stays_when_its_clock_has_stopped() -> None:
    """Nobody is fought: it is no copy of anything, so it is not removed when its key is forgotten."""
    model = opened()
    model.wait(11)
    model.run()
    note = model.ours[0]
    model.wait(1)
    model.edit(note, f"{note.body} Ben is on the phone.", by="ana")
    model.run()
    model.told("ben", "/ack")
    model.told("ben", "/confirm high")
    assert note.id in [comment.id for comment in model.ours]


def test_the_record_does_not_grow_with_what_is_repeated() -> None:
    """IN-7: a report that nobody answers is asked about every hour, for as many days as it takes."""
    model = opened()
    said = passing(model, START + timedelta(days=5))
    assert len(said) > 120
    assert model.record.archive is not None
    assert len(model.record.said) == 4
    assert not [source for source in model.record.decided if source.startswith("asked:")]


def test_everything_due_in_one_run_is_one_comment() -> None:
    """Duties are merged (law 2)."""
    model = confirmed()
    model.told("ben", "/handoff co @cat go")
    model.wait(200)
    model.run()
    says = [change for change in model.batches[-1] if isinstance(change, Say)]
    assert len(says) == 1
    assert len(says[0].keys) >= 3


def test_boards_show_absolute_times_so_that_nothing_churns() -> None:
    """For the same moment, and for any before the next due time, a second run finds nothing to do."""
    model = confirmed()
    wakes_at = model.run().wakes_at
    assert wakes_at is not None
    while model.now < wakes_at - timedelta(seconds=30):
        assert model.run().changes == ()
        model.now += timedelta(seconds=30)


def test_the_clock_board_lists_what_is_due_when_and_by_whom() -> None:
    """Soonest duty and its owner are seen at a glance; silence is not on it, for it restarts with every word."""
    model = confirmed()
    assert "| 03:26 UTC | First sitrep after confirmation | ben |" in model.board
    assert "A word from the team" not in model.board
    model.wait(30)
    model.run()
    assert "| 03:26 UTC **overdue** | First sitrep after confirmation | ben |" in model.board


def test_nothing_is_posted_to_say_that_all_is_well() -> None:
    """A day without a word to say is a day without a comment, once nobody has to be at work."""
    model = confirmed()
    model.told("ben", "/resolve")
    before = len(model.issue.comments)
    written = []
    for _ in range(24):
        model.wait(60)
        written += model.run().changes
    assert [type(change) for change in written] == [WriteRecord]  # once, from the next day on, the board names the day
    assert len(model.issue.comments) == before


def test_chatter_is_written_together_with_the_next_call_or_when_there_is_much_of_it() -> None:
    """Ordinary comments cost one read and no write."""
    model = confirmed()
    writes = model.writes
    for place in range(19):
        model.say("zoe", f"me too {place}", after=0.1)
        model.run()
    assert model.writes == writes
    model.say("zoe", "and me", after=0.1)
    model.run()
    assert model.writes == writes + 1
    assert sum(entry.call == "word" for entry in model.entries) == 20


def test_more_than_one_comment_can_hold_is_said_in_several() -> None:
    """Twenty people asked for the list of commands at once."""
    model = confirmed()
    for _ in range(30):
        model.say("ben", "/help\n/sitrep\n/severity\n/brief", after=0.01)
    for _ in range(8):
        model.run()
    answered = [key for key in model.said_keys if key.startswith("re:")]
    assert len(answered) == len(set(answered)) == 30
    assert all(len(comment.body) <= 60_000 for comment in model.ours)
    assert len(model.ours) > 1
    assert model.run().changes == ()


def test_a_live_note_out_of_sight_is_amended_all_the_same() -> None:
    """The record knows its id, and that it was said."""
    model = confirmed()
    for _ in range(12):
        model.add_comment(person("zoe"), "me too")
    model.told("ben", "/handoff @cat night shift")
    model.told("ana", "/timeline here too")
    for _ in range(2):
        model.wait(30)
        for _ in range(130):
            model.add_comment(person("zoe"), "any news?")
        model.run()
    model.window = 100
    model.told("cat", "/accept", after=30)
    note = next(comment for comment in model.issue.comments if "irp:note handoff" in comment.body)
    assert "- [x] Accepted" in note.body
    assert len([key for key in model.said_keys if key.startswith("handoff")]) == 1
