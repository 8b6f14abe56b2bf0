"""The guard: sensitive text is noticed before anything of it is kept, and is never repeated (IN-11)."""

from __future__ import annotations

from time import perf_counter

import pytest

from irp_actions.rules.authority import Notice
from irp_actions.rules.chain import Seal, faults
from irp_actions.rules.commands import COMMANDS
from irp_actions.rules.guard import BLOT, blotted, sensitive
from tests.model import BOT, PACKAGED, Model, confirmed, opened
from tests.model_channels import reported

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


EVERYWHERE = (
    "{name} {secret}",
    "{name} x\n{secret}",
    "{name} @{secret}",
    "{name} 03:12 {secret}",
    "{name} high {secret} because {secret}",
    "{name} {secret} {secret}",
    "{name} T1 {secret}\n{name} room https://example.com/{secret}",
    "/todo x\n{name} T1 {secret}",
)
"""Shapes of a call with a secret: as argument, as text, as a login, in the second line, behind a time."""


@pytest.mark.parametrize("secret", [SECRETS["a GitHub token"], SECRETS["a password"]])
def test_no_command_whatever_keeps_or_says_a_part_of_a_secret(secret: str) -> None:
    """IN-11: of all commands, in all places, not even the first characters; neither here nor in any channel."""
    model, channels = reported()
    model.told("ben", "/confirm high")
    for name in COMMANDS:
        model.told("ben", "\n".join(("/reopen", *EVERYWHERE)).format(name=f"/{name}", secret=secret))
    model.told("ben", "/brief\n/sitrep\n/report")
    model.told("ben", "/close")
    part = secret.rsplit(maxsplit=1)[-1][:20]
    assert part not in everything_written(model)
    assert part not in str(channels.taken)
    assert model.entries[-1].n > 300


@pytest.mark.parametrize("text", ["/brief {}", "/brief x\n{}", "/help {}", "/tell {}", "/told {}", "/handoff ic @{}"])
def test_neither_a_question_nor_a_name_takes_a_secret_into_the_chain(text: str) -> None:
    """IN-11: words that a command does not use are not kept, and a name is not cut out of a secret."""
    model = confirmed()
    secret = SECRETS["a GitHub token"]
    model.told("ben", text.format(secret))
    assert secret[:20] not in model.head.body


def test_a_text_of_the_program_with_a_secret_is_not_kept_either() -> None:
    """IN-11: what another issue tells this one is looked at like what people type."""
    model = confirmed()
    secret = SECRETS["an AWS access key"]
    model.run(notices=(Notice("other:2", "reported-too", {"number": 2, "reporter": secret}, f"told: {secret}"),))
    assert secret not in everything_written(model)


SHAPES = (
    'password="hunter2hunter2"',
    '{"password": "correctHorse"}',
    "DB_PASSWORD='hunter2hunter2'",
    "**password**: hunter2hunter2",
    "**password:** hunter2hunter2",
    "my password: correcthorsebattery\nand more",
    "password:\nhunter2hunter2",
    "password: `hunter2hunter2`",
    "AKIA\u200bIOSFODNN7EXAMPLE",
    "postgres://user:pw@host",
    "redis://:pw123@host:6379/0",
    "Authorization: Bearer abc123def456",
    "curl -H 'Authorization: Basic dXNlcjpwdw=='",
    "sk_" + "live_abcdefghijkl1234",
    "rk_" + "live_abcdefghijkl1234",
    "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    "AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq==",
    "client_secret=abcdefgh12",
    "GOCSPX-" + "aB3_" * 7,
    "abc8Q~" + "xY-1" * 8,
    "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7bq9\n-----END RSA PRIVATE KEY-----",
)
"""How secrets are pasted from configurations, command lines and logs."""

PROSE = (
    "the password: was changed",
    "token expired yesterday",
    "password reset for Tom",
    "the password: unfortunately everybody knows it",
    "secret: everybody's problem",
    "password policy: minimum of 12 characters",
    "password: changed, token: revoked",
    "tokens: revoked them all at 03:12",
    "token: two-factor tokens were off",
    "password: reset\nwith everybody",
    "the api key = the old one",
    "password = required field?",
    "Authorization: basic authentication was used",
    "Password: ________________",
    "password: ********",
    "password: <redacted>",
    "see https://example.com/a:b@c",
    "ssh://git@github.com:22/x and git@github.com:a/b.git",
    "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
)
"""What people write about secrets without writing one."""


@pytest.mark.parametrize("text", SHAPES)
def test_a_secret_is_noticed_as_it_is_pasted(text: str) -> None:
    """IN-11: quoted, in bold, in JSON, in an address, in a header; and nothing of it can be read for a command."""
    assert sensitive(text, PACKAGED)
    assert not {word.strip("\"'`*") for word in blotted(text, PACKAGED).split()} & SECRET_WORDS


SECRET_WORDS = {"hunter2hunter2", "correcthorsebattery", "abc123def456", "dXNlcjpwdw==", "MIIEpAIBAAKCAQEA7bq9"}


@pytest.mark.parametrize("text", PROSE)
def test_talk_of_secrets_is_no_secret(text: str) -> None:
    """IN-11: a guard that cries wolf is switched off."""
    assert sensitive(text, PACKAGED) == ()
    assert blotted(text, PACKAGED) == text


@pytest.mark.parametrize(
    "unit",
    [
        *("a", "-", " ", "/", "a1-", "a:", "a://", "a://x:", "eyJ", "abc1Q~", "AKIA", "password:", "password: a "),
        *("password:\n", "passwordpassword: ", "token ", "-----BEGIN ", "-----BEGIN PRIVATE KEY", "eyJaaaaaaaaaaaa."),
        *("authorization: bearer ", "pwd: a.", "secret_", "AKIAIOSFODNN7EXAMPLE "),
    ],
)
def test_sixty_thousand_characters_are_looked_through_at_once(unit: str) -> None:
    """IN-11: no pattern of the policy can be made to go back and forth."""
    text = (unit * 60_000)[:60_000]
    begun = perf_counter()
    blotted(text, PACKAGED)
    blotted(f"token{text}", PACKAGED)
    assert perf_counter() - begun < 2


def test_a_blot_keeps_lines_and_all_other_words() -> None:
    """IN-11: so that what else a comment asks for is still read."""
    text = "/contained 03:12 password: hunter2hunter2 off\n/ack"
    assert blotted(text, PACKAGED) == f"/contained 03:12 {BLOT} {BLOT} off\n/ack"
