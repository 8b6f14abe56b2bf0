"""The vocabulary of the report: what people type becomes the policy's terms, and nothing is guessed."""

from __future__ import annotations

import pytest

from irp_actions.rules.naming import resolve
from irp_actions.rules.slash import KEYS, Call, calls
from irp_actions.rules.terms import read_term, read_terms, read_typed_term
from tests.model import PACKAGED

TERMS = PACKAGED.terms


@pytest.mark.parametrize(
    ("text", "terms", "rest"),
    [
        ("hacking", ["hacking"], ""),
        ("Hacking: with the key", ["hacking"], "with the key"),
        ("phishing of staff", ["social phishing"], "of staff"),
        ("spear phishing", ["social spear phishing"], ""),
        ("phishing, T1078 and malware on two hosts", ["social phishing", "T1078", "malware"], "on two hosts"),
        ("t1566.001 the invoice", ["T1566.001"], "the invoice"),
        ("T1078; T1078", ["T1078"], ""),
        ("not malware", ["not malware"], ""),
        ("not malware, physical", ["not malware", "not physical"], ""),
        ("insider", ["misuse"], ""),
    ],
)
def test_threats_are_read_as_people_type_them(text: str, terms: list[str], rest: str) -> None:
    """CL-4: the seven actions of VERIS, narrower words for them, and ATT&CK ids, one or several."""
    assert read_terms(text, TERMS.threats, techniques=True) == (terms, rest)


@pytest.mark.parametrize("text", ["", "hackers", "T12", "T12345", "T1078.1", "T1078.0011", "the hacking", "x T1078"])
def test_what_is_no_threat_is_left_as_text(text: str) -> None:
    """CL-4: an id of another form is none."""
    assert read_terms(text, TERMS.threats, techniques=True) == (None, text)


@pytest.mark.parametrize(
    ("text", "terms", "rest"),
    [
        ("customers nobody can log in", ["customers"], "nobody can log in"),
        ("confidentiality, exposure the index file", ["confidentiality", "exposure"], "the index file"),
        ("integrity and privacy", ["integrity", "privacy"], ""),
        ("personal data of staff", ["privacy"], "of staff"),
        ("system failure of the disks", ["system"], "of the disks"),
        ("nobody could log in", None, "nobody could log in"),
        ("T1078", None, "T1078"),
    ],
)
def test_kinds_of_impact_are_read_as_people_type_them(text: str, terms: list[str] | None, rest: str) -> None:
    """AS-6: confidentiality, integrity, availability, privacy, and who else is touched."""
    assert read_terms(text, TERMS.impacts) == (terms, rest)


@pytest.mark.parametrize(
    ("text", "term", "rest"),
    [
        ("first-misuse 02:41", "first-misuse", "02:41"),
        ("first misuse: 02:41", "first-misuse", "02:41"),
        ("hosts web-1", "systems", "web-1"),
        ("everything", None, "everything"),
    ],
)
def test_one_term_is_read_with_its_other_names(text: str, term: str | None, rest: str) -> None:
    """CL-9: with a hyphen or without."""
    assert read_term(text, TERMS.scope) == (term, rest)


@pytest.mark.parametrize(
    ("text", "term", "rest"),
    [
        ("partner: they called", "provider partner", "they called"),
        ("provider they called", "provider", "they called"),
        ("log review", "log-review", ""),
        ("logs", "log-review", ""),
        ("Penetration test of May", "audit penetration test", "of May"),
        ("somebody", None, "somebody"),
    ],
)
def test_the_word_that_was_typed_is_kept_where_the_term_does_not_say_it(text: str, term: str | None, rest: str) -> None:
    """CL-4: a partner is a provider here, and still a partner."""
    assert read_typed_term(text, TERMS.discovery) == (term, rest)


def test_no_word_means_two_things_in_one_list() -> None:
    """CL-4: names, aliases and narrower words are each of one term only."""
    for table in (TERMS.discovery, TERMS.impacts, TERMS.threats, TERMS.scope):
        words = [word for name, term in table.items() for word in (name, *term.aliases, *term.varieties)]
        assert len(words) == len(set(words))


@pytest.mark.parametrize("key", KEYS)
def test_every_key_of_a_line_is_a_command(key: str) -> None:
    """CL-3: `cause: …` says the same as `/cause …`."""
    assert resolve(Call(key, "x"))[0] is not None
    assert calls(f"{key.capitalize()}: some words") == (
        Call(key, "some words", typed=f"{key.capitalize()}: some words", implied=True),
    )


@pytest.mark.parametrize(
    "body",
    [
        "because: it was public",
        "the cause: it was public",
        "cause it was public",
        "cause:",
        "cause:\nit was public",
        "`cause: x`",
        "> cause: x",
        "```\ncause: x\n```",
        "    cause: x",
        "<!-- cause: x -->",
        "cause:https://a.test",
    ],
)
def test_what_only_looks_like_a_line_of_the_report_is_none(body: str) -> None:
    """CL-3: not in code or quotations, not in the middle of a sentence, and only the known words."""
    assert calls(body) == ()


def test_several_lines_are_several_calls_in_order() -> None:
    """CL-3: each line is one, also below a command, whose text it ends."""
    found = calls("/resolve done\nall of it\nwhy: one\nwhy: two\nthank you")
    assert [(call.name, call.text) for call in found] == [
        ("resolve", "done\nall of it"),
        ("why", "one"),
        ("why", "two"),
    ]
