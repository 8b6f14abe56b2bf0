"""Reads the terms of a report as people type them: kinds of impact, threat actions, ATT&CK ids, ways of discovery.

/impact confidentiality, exposure the index file was read
/threat phishing and T1078 with the key from the mail
/impact not customers
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from irp_actions.values.policy import Term

NOT = "not "
"""Stands before a term that is taken back."""

_TECHNIQUE = re.compile(r"T\d{4}(?:\.\d{3})?(?![\w.]\d)\b", re.IGNORECASE)
"""An ATT&CK technique or sub-technique (source: attack.mitre.org, "Techniques")."""

_TERM = re.compile(r"[a-z]+(?:[ '-]?[a-z]+)*", re.IGNORECASE)
_JOINT = re.compile(r"[ \t]*(?:[,;/+&]|\band\b)[ \t]*", re.IGNORECASE)
_DENIAL = re.compile(r"not[ \t]+", re.IGNORECASE)
_WORDS = 3
"""Words that a term may have."""

_GLUE = " \t,;:.-\u2013\u2014"
"""What people put between a term and what they say about it."""


def read_term(text: str, table: Mapping[str, Term]) -> tuple[str | None, str]:
    """The one term that a text begins with, and the rest.

    Args:
        text: what was typed.
        table: the policy's terms by name.

    Returns:
        The term as `read_terms` gives it; None and the whole text when it begins with none.
    """
    found = _at(text, table, techniques=False)
    return (found[0], text[found[1] :].lstrip(_GLUE)) if found else (None, text)


def read_typed_term(text: str, table: Mapping[str, Term]) -> tuple[str | None, str]:
    """The same, with the word that was typed where the term as it is shown does not say it: `provider partner`."""
    name, rest = read_term(text, table)
    if name is None:
        return None, text
    typed = text[: len(text) - len(rest)].rstrip(_GLUE).lower()
    says_it = " " in name or typed in f"{name} {name.replace('-', ' ')} {table[name].shown.lower()}"
    return (name if says_it else f"{name} {typed}"), rest


def read_terms(text: str, table: Mapping[str, Term], *, techniques: bool = False) -> tuple[list[str] | None, str]:
    """All the terms that a text begins with, joined by commas or *and*, and the rest.

    Args:
        text: what was typed.
        table: the policy's terms by name.
        techniques: whether ATT&CK ids are terms too.

    Returns:
        Each term once: its name, the name and the narrower word that was typed (`social phishing`), or an ATT&CK id;
        with `not ` before those that are taken back. None and the whole text when it begins with no term.
    """
    denial = _DENIAL.match(text)
    place = denial.end() if denial else 0
    terms: list[str] = []
    end = 0
    while found := _at(text[place:], table, techniques=techniques):
        terms.append(f"{NOT}{found[0]}" if denial else found[0])
        end = place + found[1]
        joint = _JOINT.match(text, end)
        if joint is None:
            break
        place = joint.end()
    return (list(dict.fromkeys(terms)), text[end:].lstrip(_GLUE)) if terms else (None, text)


def _at(text: str, table: Mapping[str, Term], *, techniques: bool) -> tuple[str, int] | None:
    """The longest term at the very beginning of a text, and where it ends."""
    technique = _TECHNIQUE.match(text) if techniques else None
    if technique:
        return technique[0].upper(), technique.end()
    words = list(re.finditer(r"[A-Za-z]+(?:[-'][A-Za-z]+)*", text))[:_WORDS]
    for count in range(len(words), 0, -1):
        end = words[count - 1].end()
        if _TERM.fullmatch(text[:end]):
            name = _named(text[:end].lower(), table)
            if name:
                return name, end
    return None


def _named(typed: str, table: Mapping[str, Term]) -> str | None:
    for name, term in table.items():
        if typed in (name, name.replace("-", " "), term.shown.lower(), *term.aliases):
            return name
        if typed in term.varieties:
            return f"{name} {typed}"
    return None
