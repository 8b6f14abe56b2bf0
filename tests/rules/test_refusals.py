"""Every way of saying no has one sentence, and every sentence is used; each says what to type instead."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from irp_actions.rules.commands import COMMANDS
from irp_actions.rules.grammar import Refused, slots
from irp_actions.rules.words import refusal
from tests.model import PACKAGED, START, confirmed, policy_with

PROGRAM = Path(__file__).parents[2] / "irp_actions"
SENTENCES = (PROGRAM / "templates" / "refusals.md.j2").read_text(encoding="utf-8")
MACROS: dict[str, str] = dict(re.findall(r"macro (\w+)\(([^)]*)\)", SENTENCES))

SAMPLES = {
    "at": START,
    "asked_at": START,
    "call": "close",
    "deciders": ["ana", "cat"],
    "first": "ben",
    "holder": "ben",
    "ic": "ben",
    "item": "T1",
    "known": ["T1", "T2"],
    "line": "/sev high",
    "longest": timedelta(hours=4),
    "minutes": 10,
    "most": 20,
    "name": "communications officer",
    "names": ["incident commander", "communications officer"],
    "near": ("close", "contained"),
    "accepted": True,
    "by": "ben",
    "of": 4,
    "other": "cat",
    "to": "cat",
    "number": 1,
    "open": ["T1", "T2"],
    "own": ("ic", "co"),
    "role": "co",
    "second": "cat",
    "severity": "high",
    "shown": "resolved",
    "status": "confirmed",
    "typed": "hgh",
    "until": START,
    "usage": "/handoff [role] <who> [text...]",
    "want": "false-alarm",
    "what": "the vendor",
    "who": "zoe",
    "zone": "EST",
}


def used_keys() -> set[str]:
    """The keys of every `Refused(...)` in the program, those of required slots among them."""
    found: set[str] = set()
    for path in sorted((PROGRAM / "rules").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refused"):
                continue
            key = node.args[0]
            if isinstance(key, ast.Constant):
                found.add(str(key.value))
            else:
                assert isinstance(key, ast.JoinedStr), ast.unparse(node)
                required = {slot.key for command in COMMANDS.values() for slot in slots(command.usage) if slot.required}
                found |= {f"needs_{name}" for name in required}
    return found


def test_every_refusal_in_the_program_has_a_sentence() -> None:
    """No key without its macro."""
    assert used_keys() <= MACROS.keys()


def test_every_sentence_is_used() -> None:
    """No macro without a refusal."""
    assert MACROS.keys() <= used_keys()


@pytest.mark.parametrize("key", MACROS)
def test_every_sentence_can_be_said_and_shows_something_to_type_or_do(key: str) -> None:
    """One or two short sentences; most name a command."""
    names = [arg.partition("=")[0].strip() for arg in MACROS[key].split(",") if arg.strip()]
    said = refusal(Refused(key, **{name: SAMPLES[name] for name in names}))
    assert said
    assert len(said) < 400
    assert "\n" not in said


@pytest.mark.parametrize("key", MACROS)
def test_every_sentence_begins_like_one(key: str) -> None:
    """With a capital letter, with what was typed, or with somebody's login, which is spelt as it is."""
    names = [arg.partition("=")[0].strip() for arg in MACROS[key].split(",") if arg.strip()]
    first = refusal(Refused(key, **{name: SAMPLES[name] for name in names})).split()[0]
    assert not first[0].islower() or first.strip(",") in (SAMPLES["who"], "ana"), first


@pytest.mark.parametrize("typed", ["/take ic he is slow", "/ic", "/handoff ic @ana go"])
def test_a_role_is_called_by_its_name(typed: str) -> None:
    """RO-6: `ic` is what is typed, not what it is called."""
    said = confirmed().told("cat", typed)
    assert "The incident commander is ben" in said


@pytest.mark.parametrize("key", MACROS)
def test_no_sentence_lets_typed_text_mention_anybody_or_open_html(key: str) -> None:
    """What people typed is neutralised before it is quoted."""
    names = [arg.partition("=")[0].strip() for arg in MACROS[key].split(",") if arg.strip()]
    nasty = {name: "@ana <!-- `x` \n# y" for name in names if name in ("typed", "line", "second")}
    said = refusal(Refused(key, **{name: SAMPLES[name] for name in names} | nasty))
    if nasty:
        assert "@ana" not in said
        assert "<!--" not in said
        assert "\n" not in said


def test_a_long_word_is_cut() -> None:
    """Nobody is mailed sixty thousand characters back."""
    assert len(refusal(Refused("needs_severity", usage="", known=("high",), typed="x" * 60_000))) < 300


def test_a_refusal_names_the_severities_and_roles_of_the_policy() -> None:
    """AS-4: whoever has levels and roles of their own is told of those, and `unknown` is no choice."""
    own = replace(PACKAGED.severities["high"], rubric="All of it.")
    severities = {"extreme": own, **PACKAGED.severities}
    roles = {"ic": PACKAGED.roles["ic"], "liaison": PACKAGED.roles["co"]}
    model = confirmed(policy=policy_with(severities=severities, roles=roles))
    assert "Type one of `/severity extreme`, `/severity high`, `/severity medium`, `/severity low`." in model.told(
        "ben", "/sev hgh"
    )
    assert "with `ic` or `liaison`." in model.told("ben", "/take boss", after=20)
