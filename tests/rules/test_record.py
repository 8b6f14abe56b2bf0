"""The record: it lives in the first reply, pins what was decided, and is written by one identity alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from irp_actions.edges.locate import ReadOnly
from irp_actions.rules.chain import digest
from irp_actions.rules.tail import NewerFormat, board_of, has_tail, read_tail, with_tail
from irp_actions.values.changes import OpenBoard
from irp_actions.values.policy import Writer
from irp_actions.values.record import FORMAT
from irp_actions.values.thread import Person
from tests.model import BOT, START, Model, confirmed, opened, person, policy_with


def test_the_first_reply_is_the_board_with_the_record_hidden_below_it() -> None:
    """One comment, opened with something to read, and nothing blank beside it."""
    model = opened()
    assert [comment.author for comment in model.issue.comments] == [BOT]
    assert isinstance(model.batches[0][0], OpenBoard)
    assert len(model.batches[0]) == 1
    assert model.head == model.issue.comments[0]
    assert "Thank you for speaking up" in model.board
    assert "irp:record" not in model.board


def test_the_record_stands_in_a_comment_that_html_hides() -> None:
    """Nothing anyone typed can end the hidden comment around it."""
    model = confirmed()
    model.told("ben", "/sitrep it is --> <b>over</b> -->\n<!-- x")
    tail = model.head.body[len(model.board) :]
    assert tail.count("-->") == 1
    assert tail.rstrip().endswith("-->")
    assert not any(end in tail.strip()[4:-3] for end in ("-->", "--!>", "<!--"))
    assert model.record.text_of(model.entry("sitrep").n) == "it is --> <b>over</b> -->\n<!-- x"


def test_the_genesis_pins_the_writer_by_login_type_and_database_id() -> None:
    """Whoever wrote the first reply is the record's only writer."""
    model = opened()
    assert model.record.writer == BOT
    assert model.record.format == FORMAT


def test_what_is_written_is_what_is_read_back() -> None:
    """Entries, fold, cursor and said keys all come through the tail unchanged."""
    model = confirmed()
    model.told("ben", "/handoff ic @cat night shift")
    record = read_tail(model.head.body)
    assert record is not None
    assert read_tail(with_tail("a board", record)) == record
    assert record.cursor is not None
    assert any(key.startswith("handoff:") for key in record.said)


def test_a_tail_survives_the_line_ends_of_the_web_editor() -> None:
    """GitHub's editor turns every line end into CRLF; the record reads alike."""
    model = confirmed()
    assert read_tail(model.head.body.replace("\n", "\r\n")) == model.record


def test_an_entry_pins_what_it_was_judged_under() -> None:
    """CL-7: source, author with login, id and role then, both times, call, verdict, policy, program, hash."""
    model = opened()
    model.now = START.replace(minute=30)
    comment = model.say("ben", "/contained 03:05", after=0)
    model.wait(5)
    model.run()
    entry = model.entry("contained")
    assert entry.source == comment.id
    assert (entry.by.login, entry.by.id, entry.by.standing) == ("ben", person("ben").id, "roster")
    assert entry.at == START.replace(minute=30)
    assert entry.recorded_at == START.replace(minute=35)
    assert entry.happened_at == START.replace(hour=3, minute=5)
    assert (entry.verdict, entry.program, entry.policy) == ("accepted", "0.test", model.policy.digest)
    assert entry.digest == digest("/contained 03:05")
    assert len(entry.hash) == 64


def test_a_standing_is_pinned_as_it_was_then() -> None:
    """CL-7: whoever loses access later was still allowed to do what they did."""
    model = opened(writers=frozenset({"wes"}))
    model.told("wes", "/confirm high")
    model.writers = frozenset()
    model.told("ben", "/sitrep all fine")
    assert model.entry("confirm").by.standing == "responder"
    assert model.incident.severity == "high"


def test_every_comment_of_a_person_gets_a_digest_when_it_is_first_seen() -> None:
    """CL-7: commands, plain words and words of strangers alike, at any place of the record."""
    model = opened()
    texts = {"ben": "on it", "zoe": "me too\r\nhere", "rae": "/close", "ana": "/confirm high"}
    comments = {model.say(login, text).id: text for login, text in texts.items()}
    model.run()
    digests = {entry.source: entry.digest for entry in model.entries if entry.source in comments}
    assert digests == {id: digest(text.replace("\r\n", "\n")) for id, text in comments.items()}


def test_only_a_comment_of_the_writer_is_the_record() -> None:
    """A stranger's imitation of a first reply is a comment like any other."""
    model = Model()
    model.open()
    forged = with_tail("Nothing to see", replace(confirmed().record, number=1))
    model.say("zoe", forged, after=0)
    model.run()
    assert model.head.author == BOT
    assert model.incident.severity == "unknown"
    assert model.entry("word").by.login == "zoe"


def test_a_user_who_took_the_bots_name_is_not_the_bot() -> None:
    """GraphQL drops `[bot]` from logins, so type and id decide, never the login alone."""
    model = opened()
    impostor = Person(BOT.login, 77, "User")
    model.wait(1)
    model.add_comment(impostor, "/close")
    model.run()
    assert model.entry("close").verdict == "refused"
    assert model.entry("close").by.id == 77


def test_another_identity_reads_only() -> None:
    """A record that a trusted identity wrote is not touched by a token of somebody else's."""
    model = confirmed()
    model.viewer = Person("new-app", 5150, "Bot")
    model.say("ben", "/close")
    outcome = model.run()
    assert (outcome.code, outcome.changes) == (2, ())
    assert "github-actions writes its record" in outcome.said
    assert model.issue.is_open


def test_an_identity_the_policy_does_not_know_is_nobody() -> None:
    """Without trust in whoever wrote a tail before, the reader begins a record of its own."""
    model = confirmed(policy=policy_with(writers=(Writer("someone-else", 1),)))
    model.viewer = Person("new-app", 5150, "Bot")
    model.run()
    assert model.record.writer.login == "new-app"


def test_a_record_of_a_newer_format_is_never_written_over() -> None:
    """Exit 2, nothing written, and the word on what to do."""
    model = confirmed()
    body = model.head.body.replace('"format": 1', '"format": 2')
    assert body != model.head.body
    model.edit_comment(model.head.id, BOT, body)
    outcome = model.run()
    assert (outcome.code, outcome.changes) == (2, ())
    assert "update irp-actions" in outcome.said
    with pytest.raises(NewerFormat):
        read_tail(body)
    with pytest.raises(ReadOnly):
        _ = model.record


def test_a_record_that_somebody_edited_is_restored_from_the_edit_history() -> None:
    """The newest text that was ours holds, and the edit is named."""
    model = confirmed()
    before = model.record
    model.edit(model.head, model.head.body.replace("ben", "mallory"), by="cat")
    assert model.record.entries == before.entries
    model.wait(1)
    model.run()
    assert "mallory" not in model.head.body
    assert model.entry("edited").args["of"] == "board"
    assert "edited by cat" in model.board


@pytest.mark.parametrize(
    "damage",
    [
        lambda body: board_of(body) + "\n\n<!-- irp:record\nnonsense\n-->",
        lambda body: body.replace('"severity":"high"', '"severity":"low"'),
        lambda body: body.replace('"number": 1', '"number": "one"'),
    ],
    ids=["no JSON", "a changed entry", "another shape"],
)
def test_a_record_damaged_beyond_repair_is_decided_anew_from_the_comments(damage: object) -> None:
    """Comments are the queue: what people wrote leads to the same decisions again."""
    model = confirmed()
    damaged = damage(model.head.body)  # type: ignore[operator]
    assert damaged != model.head.body
    model.edit_comment(model.head.id, BOT, damaged)
    model.run()
    assert (model.incident.status, model.incident.severity) == ("confirmed", "high")
    assert model.incident.holder("ic") == "ben"
    assert "recovered" in model.entry("confirm").marks
    assert model.run().changes == ()


def test_a_deleted_board_is_opened_anew_with_the_same_decisions() -> None:
    """Even without its first reply an incident is what people wrote."""
    model = confirmed()
    model.delete(model.head, by="cat")
    model.run()
    assert has_tail(model.head.body)
    assert (model.incident.severity, model.incident.holder("ic")) == ("high", "ben")
    assert model.run().changes == ()
