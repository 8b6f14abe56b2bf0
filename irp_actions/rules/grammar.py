"""Usage lines are the grammar: `/handoff [role] <who> [text...]` says what is read, in which order.

A slot's name chooses how a word is understood; `<one|other>` is a choice of words. `<slot>` must be there,
`[slot]` may be left out, and `text...` takes all the rest. A wrong word is refused with the words that would
have been right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from irp_actions.rules.future import read_future
from irp_actions.rules.guard import sensitive
from irp_actions.rules.terms import read_term, read_terms, read_typed_term
from irp_actions.rules.times import Implausible, Unplaced, read_range, read_time
from irp_actions.values.incident import UNKNOWN
from irp_actions.values.parties import key_of
from irp_actions.values.policy import EVERYBODY, Policy, Tables
from irp_actions.values.shape import spell_time

_SLOT = re.compile(r"([<\[])([a-z|-]+)(\.\.\.)?[>\]]")
_LOGIN = re.compile(r"@?([A-Za-z0-9](?:[A-Za-z0-9_-]{0,37}[A-Za-z0-9])?)(\[bot\])?(?![/\w'\u2019]|[.@]\w)")
_TEAM = re.compile(r"@[\w-]+/[\w.-]+")
_NUMBER = re.compile(r"(?:https?://\S+/issues/|#)?(\d{1,9})(?!\w)")
_FROM = re.compile(r"@?([A-Za-z0-9][A-Za-z0-9_-]*)\s*(?:→|-+>|to\b)\s*(?=@)", re.IGNORECASE)
_NUMBERED = re.compile(r"#?([A-Za-z])(\d{1,4})(?![\w/])[.,:;]?")
_WORD = re.compile(r"\S+")
_UNTIL = re.compile(r"(?:until|till?|by|for)\b\s*", re.IGNORECASE)
_NAME = re.compile(r"(?:the\s+)?(?:[\"“]([^\"”\n]{1,40})[\"”]|@?([A-Za-z](?:[\w&+/'-]|\.(?=\w)){0,29}))", re.IGNORECASE)
_AND = re.compile(r"\s*(?:,|&|\band\b)\s*", re.IGNORECASE)
_FLUFF = ".,;:!?\"'`*()"


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """What a person asked for cannot be done; `key` names the sentence that says what to type instead."""

    def __init__(self, key: str, **values: Any) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


@dataclass(frozen=True, slots=True)
class Bound:
    """The arguments of a call, understood."""

    args: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""
    happened_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """One place in a usage line."""

    name: str
    required: bool

    @property
    def choices(self) -> tuple[str, ...]:
        """The words it is a choice of; none for a slot that is understood by its name."""
        return tuple(self.name.split("|")) if "|" in self.name else ()

    @property
    def key(self) -> str:
        """The argument that it fills."""
        return "choice" if self.choices else self.name


def slots(usage: str) -> tuple[Slot, ...]:
    """The slots of a usage line, in order."""
    return tuple(Slot(match[2], match[1] == "<") for match in _SLOT.finditer(usage))


def bind(usage: str, text: str, policy: Policy, written_at: datetime) -> Bound:
    """Match what was typed after the command's name against its usage line.

    Args:
        usage: such as `/contained [when] [text...]`.
        text: what was typed after the name.
        policy: knows the names and aliases of severities and roles, the roster and the zone.
        written_at: when the comment was written (UTC).

    Raises:
        Refused: a required word is missing, or a word is none of the known ones.
    """
    args: dict[str, Any] = {}
    happened_at = None
    rest = text.strip()
    for slot in slots(usage):
        if slot.name == "text":
            break
        bare = _without_filler(rest, policy)
        value, left = _read(slot, bare, policy, written_at)
        if value is None:
            if slot.required:
                raise Refused(f"needs_{slot.key}", usage=usage, typed=_first_word(bare), **_known(slot, policy))
            continue  # and the word stays: `/todo now or never` says more than `or never`
        rest = left
        if slot.name == "when":
            happened_at = value
        else:
            args[slot.key] = value
    if not rest and any(slot.name == "text" and slot.required for slot in slots(usage)):
        raise Refused("needs_text", usage=usage)
    return Bound(args, rest.strip(), happened_at)


def named(word: str, table: Mapping[str, Any]) -> str | None:
    """The key of the table that the word means, by its name or one of its aliases."""
    wanted = {word.lower(), word.strip(_FLUFF).lower()} - {""}
    return next((key for key, entry in table.items() if wanted & {key, *entry.aliases}), None)


def _first_word(text: str) -> str:
    found = _WORD.match(text)
    return found[0].strip(_FLUFF) if found else ""


def _split(text: str) -> tuple[str, str]:
    found = _WORD.match(text)
    return (found[0], text[found.end() :].lstrip()) if found else ("", text)


def _without_filler(text: str, policy: Policy) -> str:
    word, rest = _split(text)
    while word.lower().strip(_FLUFF) in policy.words.filler and rest:
        text = rest
        word, rest = _split(text)
    return text


def _read(slot: Slot, text: str, policy: Policy, written_at: datetime) -> tuple[Any, str]:
    """What a slot takes from the beginning of a text, and what is left; None and all of it when nothing fits."""
    if not slot.choices:
        return _READERS[slot.name](text, policy, written_at)
    word, rest = _split(text)
    chosen = word.strip(_FLUFF).lower()
    return (chosen, rest) if chosen in slot.choices else (None, text)


def _known(slot: Slot, policy: Policy) -> dict[str, tuple[str, ...]]:
    """The words that would have been right, where the policy has them."""
    if slot.name == "severity":
        return {"known": severities_to_choose(policy)}
    return {"known": tuple(policy.roles)} if slot.name == "role" else {}


def severities_to_choose(tables: Tables) -> tuple[str, ...]:
    """The levels that somebody may judge something to be: all but `unknown`, which is none (AS-4)."""
    return tuple(name for name in tables.severities if name != UNKNOWN)


def _read_severity(text: str, policy: Policy, _: datetime) -> tuple[str | None, str]:
    word, rest = _split(text)
    return named(word, policy.severities), rest


def _read_role(text: str, policy: Policy, _: datetime) -> tuple[str | None, str]:
    word, rest = _split(text)
    if word.startswith("@"):
        return None, text
    return named(word, policy.roles), rest


def _read_who(text: str, policy: Policy, _: datetime) -> tuple[str | None, str]:
    if _TEAM.match(text):
        raise Refused("team_named", typed=_first_word(text))
    found = _LOGIN.match(text)
    if found is None:
        return None, text
    login, rest = found[1], text[found.end() :].lstrip()
    if not text.startswith("@") and not policy.people.on_roster(login):
        return None, text
    if found[2]:
        raise Refused("bot_named", typed=found[0])
    if rest.startswith("@"):
        raise Refused("two_named", first=login, second=_first_word(rest).lstrip("@"))
    return login, rest


def _read_number(text: str, _: Policy, __: datetime) -> tuple[int | None, str]:
    found = _NUMBER.match(text)
    return (int(found[1]), text[found.end() :].lstrip()) if found else (None, text)


def _read_when(text: str, policy: Policy, written_at: datetime) -> tuple[datetime | None, str]:
    try:
        return read_time(text, written_at, policy.zone)
    except Implausible as none:
        raise _asked(none, Refused("implausible_time", typed=str(none))) from none


def _asked(none: Implausible, otherwise: Refused) -> Refused:
    """What is said of a time that is none; of one whose zone cannot be told, how to write it (CL-4)."""
    if isinstance(none, Unplaced):
        return Refused("unknown_zone", typed=str(none), zone=none.zone)
    return otherwise


def _read_until(text: str, policy: Policy, written_at: datetime) -> tuple[str | None, str]:
    begun = _UNTIL.match(text)
    try:
        moment, rest = read_future(text[begun.end() :] if begun else text, written_at, policy.zone)
    except Implausible as none:
        raise _asked(none, Refused("implausible_future", typed=str(none))) from none
    return (spell_time(moment), rest) if moment else (None, text)


def _read_party(text: str, policy: Policy, _: datetime) -> tuple[list[str] | None, str]:
    """One party or several: the keys of those the policy knows, and whoever else is named, as typed."""
    first, rest = _known_party(text, policy)
    if first is None:
        found = _NAME.match(text)
        name = (found[1] or found[2]) if found else ""
        if not found or not key_of(name) or sensitive(name, policy):
            return None, text
        return [EVERYBODY[0] if name.lower() in EVERYBODY else name], text[found.end() :].lstrip(" \t,:;-")
    parties = [first]
    while (joined := _AND.match(rest)) and (more := _known_party(rest[joined.end() :], policy))[0]:
        parties.append(str(more[0]))
        rest = more[1]
    return parties, rest.lstrip(" \t,:;-")


def _known_party(text: str, policy: Policy) -> tuple[str | None, str]:
    """The party of the policy that a text begins with, by its key, name or an alias, the longest first."""
    spelled = {
        key_of(spelling): key for key, party in policy.parties.items() for spelling in (key, party.name, *party.aliases)
    }
    begun = re.match(r"(?:the\s+)?@?", text, re.IGNORECASE)
    words = list(_WORD.finditer(text, begun.end() if begun else 0))[:6]
    for last in reversed(words):
        phrase = text[words[0].start() : last.end()]
        key = spelled.get(key_of(phrase)) if "\n" not in phrase else None
        if key is not None:
            return key, text[words[0].start() + len(phrase.rstrip(_FLUFF)) :]
    return None, text


def _read_moment(text: str, policy: Policy, written_at: datetime) -> tuple[str | None, str]:
    """A moment to come, spelled so that it can be an argument of an entry."""
    try:
        moment, rest = read_future(text, written_at, policy.zone)
    except Implausible as none:
        raise _asked(none, Refused("not_to_come", typed=str(none))) from none
    return (spell_time(moment) if moment else None), rest


def _read_kind(text: str, policy: Policy, _: datetime) -> tuple[str | None, str]:
    word, rest = _split(text)
    return named(word, policy.checklists), rest


def _read_from(text: str, _: Policy, __: datetime) -> tuple[str | None, str]:
    """The giving half of `@ana → @ben`."""
    found = _FROM.match(text)
    return (found[1], text[found.end() :]) if found else (None, text)


def _read_range(text: str, policy: Policy, written_at: datetime) -> tuple[list[str] | None, str]:
    try:
        ends, rest = read_range(text, written_at, policy.zone)
    except Implausible as none:
        raise Refused("implausible_range", typed=str(none)) from none
    return ([spell_time(moment) for moment in ends] if ends else None), rest


def _numbered(letter: str) -> _Reader:
    """Reads the number of a thing, `T2`, `t2` or `#T2`, where things of this kind have the letter."""

    def read(text: str, _: Policy, __: datetime) -> tuple[str | None, str]:
        found = _NUMBERED.match(text)
        if found is None or found[1].upper() != letter:
            return None, text
        return f"{letter}{int(found[2])}", text[found.end() :].lstrip()

    return read


_Reader = Callable[[str, Policy, datetime], tuple[Any, str]]
_READERS: Mapping[str, _Reader] = {
    "severity": _read_severity,
    "role": _read_role,
    "who": _read_who,
    "when": _read_when,
    "number": _read_number,
    "until": _read_until,
    "party": _read_party,
    "range": _read_range,
    "kind": _read_kind,
    "from": _read_from,
    "lead": _numbered("L"),
    "todo": _numbered("T"),
    "disruption": _numbered("D"),
    "evidence": _numbered("E"),
    "moment": _read_moment,
    "method": lambda text, policy, _: read_typed_term(text, policy.terms.discovery),
    "impact": lambda text, policy, _: read_terms(text, policy.terms.impacts),
    "threat": lambda text, policy, _: read_terms(text, policy.terms.threats, techniques=True),
    "scope": lambda text, policy, _: read_term(text, policy.terms.scope),
}
"""How each slot's word is understood. A new kind of word is a new line here."""
