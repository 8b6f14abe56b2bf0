"""Retells a comment: the words beside its calls, each call in words of the program, and what is to be known of them.

What is not understood is shown as it was typed: nothing that a person wrote is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from irp_actions.rules.judge import TEXTS_KEPT
from irp_actions.rules.naming import resolve
from irp_actions.rules.report.claims import terms_named
from irp_actions.rules.report.effects import Effect
from irp_actions.rules.report.history import History
from irp_actions.rules.slash import Call, calls, prose, tidy
from irp_actions.rules.words import render
from irp_actions.values.policy import Policy
from irp_actions.values.record import ACCEPTED, REFUSED, Entry

IDS = ("lead", "todo", "disruption", "evidence")
"""The arguments by which a call names a numbered thing."""

WORDS = ("word", "open", "template")
"""The entries that stand for words alone."""


@dataclass(frozen=True, slots=True)
class Past:
    """What the entries say, what each of them did, and which were taken back."""

    history: History
    effects: Mapping[int, Effect]
    undone: frozenset[int]
    policy: Policy

    def said(self, entry: Entry) -> str:
        """The free text of an entry; empty when there is none, or it was withheld or purged."""
        return self.history.text_of(entry.n) or ""

    def hushed(self) -> Past:
        """The same without anybody's words, for a comment that holds what must not be repeated (IN-11)."""
        return replace(self, history=replace(self.history, texts={}))

    def effect(self, entry: Entry) -> Effect:
        """What an entry did; nothing where the record no longer has it."""
        return self.effects.get(entry.n, Effect())


@dataclass(frozen=True, slots=True)
class Retold:
    """A comment as it was when it was recorded."""

    words: str
    """What it says beside its calls."""
    did: tuple[str, ...]
    """Each of its calls, in words that follow its author's name, or as it was typed."""
    notes: tuple[str, ...]
    """What was refused of it, or else has to be known."""
    facts: tuple[tuple[Entry, str], ...] = ()
    """What it says to have happened at a time of its own, in words of which nobody is the subject."""


def retold(body: str, entries: Collection[Entry], past: Past) -> Retold:
    """What a comment says and does.

    Args:
        body: its text; empty where there is none, or where it is not there any more.
        entries: what was decided of it.
        past: knows what each of them says and did.
    """
    pairs, rest = _paired(body, entries, past)
    entered = {call.typed for call, entry in pairs if entry is not None and call.implied and entry.call != "timeline"}
    apart = [entry for entry in entries if is_apart(entry) and entry.n not in past.undone]
    typed = {entry.n: call for call, entry in pairs if entry is not None}
    facts = tuple((entry, _happened(entry, past, typed.get(entry.n), entered)) for entry in apart)
    notes = tuple(_notes(pairs, rest, entries, past))
    if sum(len(past.said(entry)) for entry in entries) >= TEXTS_KEPT:
        return Retold(tidy(body), (), notes, facts)  # the record has not all of it, so the comment speaks for itself
    did = [_piece(call, entry, past, entered) for call, entry in pairs]
    did += [_did(entry, past, None, ()) or _typed(f"/{entry.call}") for entry in rest]
    return Retold(_without(prose(body), entered), tuple(filter(None, did)), notes, facts)


def is_apart(entry: Entry) -> bool:
    """Whether it tells of a time that is not the one at which it was told."""
    if entry.happened_at is None or entry.verdict != ACCEPTED:
        return False
    return entry.happened_at.replace(second=0, microsecond=0) != entry.at.replace(second=0, microsecond=0)


def _paired(body: str, entries: Collection[Entry], past: Past) -> tuple[list[tuple[Call, Entry | None]], list[Entry]]:
    """Each call of a comment with the entry that was made of it, if any; and the entries that no line accounts for."""
    left = [entry for entry in entries if entry.call not in WORDS]
    pairs: list[tuple[Call, Entry | None]] = []
    for call in calls(body):
        name = resolve(call, past.policy)[0] or "unknown"
        alike = (entry for entry in left if entry.call == name and ("implied" in entry.marks) == call.implied)
        entry = next((e for e in alike if not call.implied or past.said(e) in call.text), None)
        if entry is not None:
            left.remove(entry)
        pairs.append((call, entry))
    return pairs, left


def _piece(call: Call, entry: Entry | None, past: Past, entered: Collection[str]) -> str:
    """One call in words, or else as it was typed; nothing for a line that stays among the words around it."""
    if call.implied and (entry is None or entry.call == "timeline"):
        return ""
    words = _did(entry, past, call, entered) if entry is not None else ""
    return words or _typed(_without(f"/{call.name} {call.text}", entered))


def _did(entry: Entry, past: Past, call: Call | None, entered: Collection[str]) -> str:
    answered = "answer" in entry.args and call is not None and not call.text
    if (entry.verdict != ACCEPTED and not answered) or entry.n in past.undone or entry.n not in past.effects:
        return ""
    if is_apart(entry):
        return _in_words("did", entry, past, "", apart=_in_words("happened", entry, past, "", short=True))
    return _in_words("did", entry, past, _without(_full(past.said(entry), call), entered), apart=None)


def _happened(entry: Entry, past: Past, call: Call | None, entered: Collection[str]) -> str:
    return _in_words("happened", entry, past, _without(_full(past.said(entry), call), entered), short=False)


def _in_words(template: str, entry: Entry, past: Past, text: str, **more: object) -> str:
    args, effect = defaultdict(str, entry.args), past.effect(entry)
    return render(
        template,
        entry=entry,
        call=entry.call,
        args=args,
        text=text,
        effect=effect,
        thing=next((str(args[name]) for name in IDS if args[name]), ""),
        terms=", ".join(terms_named(entry.args, past.policy.terms)),
        policy=past.policy,
        **more,
    )


def _full(said: str, call: Call | None) -> str:
    """A call's words to their end: the record keeps no more than the beginning of long ones."""
    place = call.text.find(said) if call is not None and said else -1
    return call.text[place:] if call is not None and place >= 0 else said


def _without(text: str, lines: Collection[str]) -> str:
    """A text without some of its lines."""
    return "\n".join(row for row in tidy(text).split("\n") if row.strip() not in lines).strip()


def _typed(text: str) -> str:
    return render("typed", text=text)


def _notes(
    pairs: list[tuple[Call, Entry | None]], rest: list[Entry], entries: Collection[Entry], past: Past
) -> Iterator[str]:
    """What is to be known of the comment, and what of its calls was refused, taken back later or flagged."""
    marks = {mark for entry in entries for mark in entry.marks}
    typed = [(call.name, entry) for call, entry in pairs if entry is not None]
    known = [render("flagged", name="", marks=marks, flags=(), refused=False, undone=False, thin=False)]
    for name, entry in (*typed, *((entry.call, entry) for entry in rest)):
        flags, thin = past.effect(entry).flags, bool(entry.args.get("thin"))
        refused, undone = entry.verdict == REFUSED, entry.n in past.undone
        known.append(render("flagged", name=name, marks=(), flags=flags, refused=refused, undone=undone, thin=thin))
    yield from filter(None, known)
