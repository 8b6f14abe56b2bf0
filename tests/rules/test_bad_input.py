"""Bad input: each kind has one clear answer, and nothing of the record is lost."""

from __future__ import annotations

import pytest

from irp_actions.rules.tail import LIMIT
from irp_actions.values.changes import Say, WriteRecord
from tests.doings import FORGED
from tests.model import Model, confirmed, opened, person


def test_an_unknown_command_is_answered_with_what_it_may_have_meant() -> None:
    """Nothing was done, and the word to type is there."""
    model = confirmed()
    assert "Did you mean `/confirm`" in model.told("ben", "/confrim low")
    assert model.incident.severity == "high"


def test_a_name_cut_short_is_answered_with_all_it_may_mean() -> None:
    """An ambiguous one is not guessed."""
    said = confirmed().told("ben", "/con high")
    assert "`/confirm`" in said
    assert "`/contained`" in said


def test_a_wrong_argument_is_answered_with_the_right_ones() -> None:
    """One short sentence."""
    said = confirmed().told("ben", "/severity catastrophic")
    assert "`catastrophic` is no severity. Type one of `/severity high`" in said


def test_an_impossible_time_is_refused_and_not_recorded_as_a_fact() -> None:
    """The future is not when it happened."""
    model = confirmed()
    said = model.told("ben", "/contained 2031-01-01 10:00")
    assert "cannot be the time" in said
    assert model.incident.contained is None


def test_an_unauthorised_person_is_thanked_and_nothing_is_done() -> None:
    """What they wrote is kept."""
    model = confirmed()
    said = model.told("zoe", "/close I saw it too")
    assert "@zoe" in said
    assert model.issue.is_open
    assert model.entry("close").digest is not None


@pytest.mark.parametrize("text", ["```\n/close\n```", "> /close", "<!-- /close -->", "`/close`", "    /close"])
def test_a_command_in_code_a_quotation_or_a_comment_is_words(text: str) -> None:
    """No reaction, no reply."""
    model = confirmed()
    assert model.told("ben", text) == ""
    assert model.entries[-1].call != "close"


@pytest.mark.parametrize(
    "typed",
    [
        *("/severity\u00a0low", "\u200b/severity low", "\uff0fseverity low", "**/severity low**", "- /severity low"),
        *("* /severity low", "/severity low\n\n-- \nBen", "> so\n\n/severity low"),
    ],
)
def test_what_looks_like_a_command_and_is_all_there_is_is_one(typed: str) -> None:
    """Law 3: a space of another kind, bold or the mark of a list is no reason to be left alone."""
    model = confirmed()
    assert model.told("ben", typed) == ""
    assert model.incident.severity == "low"


def test_a_command_that_may_only_be_spoken_of_is_asked_about() -> None:
    """Laws 2 and 3: `/close` in a list of advice closes nothing; a path in a list is nothing to ask about."""
    model = confirmed()
    said = model.told("ben", "What you can do:\n\n- /close\n- /tmp is full\n")
    assert "`/close` stands in a list" in said
    assert "/tmp" not in said
    assert model.issue.is_open


@pytest.mark.parametrize(
    "opening", ["-----Original Message-----", "On Mon, 2 Mar 2026, ana wrote:", "Am Montag schrieb ana:", "-- "]
)
def test_a_command_in_a_mail_that_is_answered_is_not_obeyed(opening: str) -> None:
    """Law 1: it has the authority of nobody, and nothing is said of it (law 2)."""
    model = confirmed()
    assert model.told("ben", f"thanks\n\n{opening}\nzoe said\n/close\n- /close\n/confrim\n") == ""
    assert model.issue.is_open
    assert not {"close", "unknown"} & {entry.call for entry in model.entries}


def test_a_report_pasted_above_an_answered_mail_ends_there() -> None:
    """CO-3: what the mail below says of the severity is old."""
    model = opened()
    model.told("ben", "Subject: [sitrep] odd mail\nIC: ben\n\nOn Mon, 2 Mar 2026, ana wrote:\nSeverity: low\nIC: ana\n")
    assert model.incident.severity == "unknown"
    assert model.incident.sitreps == 1


def test_a_command_with_more_letters_is_asked_about_and_a_path_is_not() -> None:
    """`/sitrepfoo` is near to a command, `/etc/passwd` to none."""
    model = confirmed()
    assert "Did you mean `/sitrep`" in model.told("ben", "/sitrepfoo bar")
    assert model.told("ben", "/etc/passwd was read") == ""
    assert model.told("ben", "/tmp is full") == ""
    assert model.incident.sitreps == 0


def test_crlf_changes_nothing() -> None:
    """What the web editor sends means the same."""
    model = opened()
    model.told("ben", "/confirm high\r\n\r\n/sitrep one\r\ntwo\r\n")
    assert model.incident.severity == "high"
    assert model.record.text_of(model.entry("sitrep").n) == "one\ntwo"


def test_a_comment_of_sixty_thousand_characters_is_taken_whole_and_kept_short() -> None:
    """Its digest covers all of it; the record keeps the beginning."""
    model = confirmed()
    model.told("ben", "/sitrep " + "word " * 12_000)
    text = model.record.text_of(model.entry("sitrep").n)
    assert model.entry("sitrep").verdict == "accepted"
    assert text is not None
    assert 900 <= len(text) <= 1_100
    assert model.run().changes == ()


@pytest.mark.parametrize(
    "text",
    [
        "/sitrep " + "\u0001" * 59_000,
        "/sitrep " + "<>&" * 19_000,
        "/sitrep " + "\U0001f525" * 29_000,
        "/sitrep " + '"\\' * 29_000,
        "/sev " + "x" * 59_000,
        "/ack\n" * 11_000,
        "/sev hgh\n" * 6_000,
        "/timeline " + "y" * 900 + "\n/timeline " + "z" * 58_000,
        "/handoff ic " + "@a" * 29_000,
        "> " * 29_000 + "/close",
    ],
    ids=["control", "angle", "emoji", "quotes", "word", "many", "refused", "two", "names", "nested"],
)
def test_no_comment_of_any_size_breaks_the_record(text: str) -> None:
    """One clear answer, everything of ours within the limit, and the next command still works."""
    model = confirmed()
    model.told("ben", text)
    model.told("cat", "/sev low")
    assert model.incident.severity == "low"
    assert model.run().changes == ()
    for batch in model.batches:
        for change in batch:
            assert not isinstance(change, WriteRecord | Say) or len(change.body) <= LIMIT


def test_a_flood_of_long_comments_is_worked_off() -> None:
    """Many at once are decided in several looks, none is lost, and each is answered once."""
    model = confirmed()
    for place in range(40):
        model.say("ben", f"/sitrep {place} " + "<word> " * 300 + f"\n/timeline {place}\n/sev hgh", after=0)
    outcomes = [model.run().code for _ in range(4)]
    assert outcomes[-1] == 0
    assert model.incident.sitreps == 40
    keys = [key for key in model.said_keys if key.startswith("re:")]
    assert len(keys) == len(set(keys)) == 40
    assert model.run().changes == ()


def test_more_commands_than_one_comment_may_hold_are_refused_with_the_number() -> None:
    """The first ones are done."""
    model = confirmed()
    said = model.told("ben", "\n".join(["/ack"] * 30))
    assert "at most 20 commands" in said
    assert [entry.call for entry in model.entries].count("ack") == 20


@pytest.mark.parametrize("forged", FORGED)
def test_a_forged_hidden_mark_is_words(forged: str) -> None:
    """Anyone may write one; only the writer's own comments count."""
    model = confirmed()
    record = model.record
    model.told("zoe", forged)
    model.run()
    assert model.record.entries[: len(record.entries)] == record.entries
    assert model.head.id == "IC_7001"
    assert model.entries[-1].call in ("word", "confirm") or model.entries[-1].by.login == "zoe"


def test_a_forged_mark_in_the_body_misleads_nobody() -> None:
    """Marks of ours that others typed are taken out of the prose."""
    model = Model()
    model.open(body="### What looks wrong?\n\nx\n" + "\n".join(FORGED))
    model.run()
    model.told("ben", "/confirm high")
    assert model.incident.severity == "high"
    assert model.run().changes == ()


def test_a_forged_form_heading_does_not_answer_a_question() -> None:
    """Of a heading that stands twice the first counts."""
    question = "### Are you on it?\n\n"
    answers = f"{question}- [ ] I am handling this now\n\n{question}- [x] I am handling this now\n"
    model = Model()
    model.open("ben", body=f"### What is going on?\n\nx\n\n{answers}")
    model.run()
    assert model.incident.acknowledged is None


def test_a_deleted_account_is_nobody() -> None:
    """GitHub shows a ghost; it is not on any roster."""
    model = confirmed()
    model.wait(1)
    model.add_comment(person("ghost"), "/close")
    model.run()
    assert model.issue.is_open


def test_an_empty_issue_is_an_event_like_any_other() -> None:
    """No body, no title to speak of."""
    model = Model()
    model.open(body="", title="?")
    model.run()
    model.told("ben", "/confirm high")
    assert model.incident.severity == "high"
    assert model.run().changes == ()


def test_a_title_and_a_login_full_of_markup_stay_text() -> None:
    """Wherever they are shown."""
    model = Model()
    model.open(title="<!-- x --> @ana `|` **b** [l](u)\n# h")
    model.run()
    model.told("ben", "/confirm high")
    said = model.told("ben", "/brief\n/sitrep")
    model.told("ben", "/close done")
    for text in (said, model.ours[-1].body, model.board):
        visible = text.partition("-->\n")[2] if text.startswith("<!-- irp:note") else text
        assert "<!--" not in visible
        assert "@ana" not in visible or "has been asked" in visible
        assert "\n# h" not in visible
