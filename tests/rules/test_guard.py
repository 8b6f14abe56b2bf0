"""The guard: sensitive text is noticed before anything of it is kept, and is never repeated (IN-11)."""

from __future__ import annotations

import pytest

from irp_actions.rules.chain import Seal, faults
from irp_actions.rules.guard import sensitive
from tests.model import BOT, PACKAGED, Model, confirmed, opened

SECRETS = {
    "a private key": "-----BEGIN OPENSSH PRIVATE KEY-----",
    "an AWS access key": "AKIAIOSFODNN7EXAMPLE",
    "a GitHub token": "ghp_" + "a1B2" * 9,
    "a Slack token": "xoxb-1234567890-abcdef",
    "a Google API key": "AIza" + "Sy0_b" * 7,
    "a JSON web token": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTYifQ.SflKxwRJSMeKKF2QT4",
    "a password": "password: hunter2hunter2",
    "a US social security number": "123-45-6789",
}

HARMLESS = (
    "reset your password please",
    "the token was used from abroad",
    "call 1555-45-6789 or 000-12-3456",
    "see AKIA in the docs",
    "ticket ABC-12-3456",
    "secret santa: yes",
)


def everything_written(model: Model) -> str:
    """Whatever the program ever wrote, in every version."""
    texts = [version.body for versions in model._texts.values() for version in versions if version.editor == BOT]
    return "\n".join([*texts, model.issue.body.partition("<!-- /irp:header")[0]])


@pytest.mark.parametrize(("name", "text"), SECRETS.items())
def test_each_kind_is_noticed_by_name(name: str, text: str) -> None:
    """IN-11: the policy's patterns; never the text itself."""
    assert name in sensitive(f"here it is {text} and more", PACKAGED)


@pytest.mark.parametrize("text", HARMLESS)
def test_ordinary_words_are_not_suspected(text: str) -> None:
    """IN-11: a guard that cries wolf is switched off."""
    assert sensitive(text, PACKAGED) == ()


@pytest.mark.parametrize("text", SECRETS.values())
@pytest.mark.parametrize("shape", ["{}", "/sitrep {}", "/sev {}", "/{}", "/ack\n/handoff ic {}", "03:05 {}"])
def test_nothing_sensitive_is_ever_repeated(shape: str, text: str) -> None:
    """IN-11: not in the record, the board, a reply, a later question, or the report."""
    model = confirmed()
    model.told("ben", shape.format(text))
    model.told("cat", "/brief\n/sitrep")
    model.told("ben", "/close")
    assert text not in everything_written(model)


def test_a_hit_keeps_a_commitment_and_no_text() -> None:
    """IN-11: what was said can still be proven by whoever has it."""
    model = confirmed()
    model.told("ben", "/sitrep password: hunter2hunter2")
    entry = model.entry("sitrep")
    assert "withheld" in entry.marks
    assert entry.verdict == "accepted"
    assert model.record.text_of(entry.n) is None
    assert model.incident.sitreps == 1


def test_the_author_is_told_how_to_purge_it() -> None:
    """IN-11: the edit history keeps the old text until somebody deletes the revision."""
    said = confirmed().told("rae", "the password: hunter2hunter2 was on a sticker")
    assert "@rae" in said
    assert "delete revision from history" in said
    assert "treat it as exposed" in said


def test_a_refused_call_of_such_a_comment_quotes_not_even_a_word() -> None:
    """IN-11: the refusal says to write it again without the sensitive part."""
    said = confirmed().told("ben", "/sev hunter2hunter2 password=hunter2hunter2")
    assert "without the sensitive part" in said
    assert "hunter2" not in said


def test_a_sensitive_title_is_withheld_everywhere() -> None:
    """IN-11: titles stand in briefs, drafts, reminders and reports."""
    secret = SECRETS["an AWS access key"]
    model = Model()
    model.open(title=f"leaked {secret}")
    model.run()
    model.wait(12)
    model.run()
    model.told("ben", "/confirm high")
    model.told("ben", "/brief\n/sitrep")
    model.told("ben", "/sitrep ok")
    model.told("ben", "/close")
    assert secret not in everything_written(model)
    assert "title withheld" in model.ours[-1].body


def test_a_title_that_became_sensitive_later_is_withheld_too() -> None:
    """IN-11: people edit titles."""
    secret = SECRETS["an AWS access key"]
    model = confirmed()
    model.put(title=f"leaked {secret}")
    model.told("ben", "/brief\n/sitrep")
    model.told("ben", "/sitrep ok")
    model.told("ben", "/close")
    assert secret not in everything_written(model)


def test_a_sensitive_form_answer_is_withheld() -> None:
    """IN-11: the opening body is guarded like a comment."""
    secret = SECRETS["a US social security number"]
    model = Model()
    model.open(body=f"### What looks wrong?\n\nMy number {secret} is online.\n")
    model.run()
    model.wait(12)
    model.run()
    model.told("ben", "/close done")
    assert secret not in everything_written(model)


@pytest.mark.parametrize("text", ["looking {}", "looking\n/sitrep {}", "looking\n/timeline {}"])
def test_a_secret_that_an_edit_brought_in_is_not_repeated(text: str) -> None:
    """IN-11: neither in the answer to the edit nor in the report."""
    secret = SECRETS["an AWS access key"]
    model = confirmed()
    comment = model.say("ben", "looking")
    model.run()
    model.wait(1)
    model.edit(comment, text.format(secret), by="ben")
    model.run()
    model.told("ben", "/close done")
    assert secret not in everything_written(model)


def test_whoever_deletes_a_comment_takes_its_words_out_of_the_record() -> None:
    """IN-11: the commitment stays in the chain; without its salt nobody finds the words by trying."""
    model = opened()
    comment = model.say("ben", "/timeline our customer Mrs Miller called")
    model.run()
    assert "Mrs Miller" in model.head.body
    model.wait(1)
    model.delete(comment, by="ben")
    model.run()
    assert "Mrs Miller" not in model.head.body
    assert model.entry("timeline").text is not None
    assert faults(model.entries, model.record.texts, "", Seal()) == []
    assert model.run().changes == ()


@pytest.mark.parametrize("window", [20, 100])
def test_words_of_a_comment_that_is_only_out_of_sight_stay(window: int) -> None:
    """A sweep reads a small window of a long thread; what it does not show is not gone."""
    model = confirmed()
    for place in range(60):
        model.told("ben", f"/timeline step {place}")
    gone = model.say("zoe", "never mind")
    model.run()
    kept = set(model.record.texts)
    assert len(kept) > 30
    model.delete(gone, by="zoe")
    model.window = window
    model.run()
    assert set(model.record.texts) >= kept


def test_a_label_with_a_secret_is_not_quoted() -> None:
    """IN-11: even a label picker can leak."""
    secret = SECRETS["an AWS access key"]
    model = confirmed()
    model.wait(1)
    model.label(f"severity: {secret}", by="ben")
    model.run()
    assert secret not in everything_written(model)
