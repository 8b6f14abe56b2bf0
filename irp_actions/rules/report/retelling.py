"""Retells a comment: each of its calls in words of the program, all the rest as it was typed, and what is to be known.

A line is only left out when the words of the program say what it says: nothing that a person wrote gets lost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from irp_actions.rules.naming import resolve
from irp_actions.rules.report.claims import terms_named
from irp_actions.rules.report.effects import Effect
from irp_actions.rules.report.history import History
from irp_actions.rules.slash import Call, legible, own_part
from irp_actions.rules.sources import Source, comment_calls
from irp_actions.rules.words import render
from irp_actions.values.policy import Policy
from irp_actions.values.record import ACCEPTED, REFUSED, TEXTS_KEPT, Entry
from irp_actions.values.thread import Comment

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
    """What it says, without the lines of the calls that are told in other words."""
    did: tuple[str, ...]
    """What it does, each in words that follow its author's name."""
    notes: tuple[str, ...]
    """What was refused of it, or else has to be known."""
    facts: tuple[tuple[Entry, str], ...] = ()
    """What it says to have happened at a time of its own, in words of which nobody is the subject."""


def retold(comment: Comment | None, entries: Collection[Entry], past: Past) -> Retold:
    """What a comment says and does.

    Args:
        comment: as it was recorded; None where its text is not there, or is another one now.
        entries: what was decided of it.
        past: knows what each of them says and did.
    """
    pairs, rest = _paired(comment, entries, past)
    typed = {entry.n: call for call, entry in pairs if entry is not None}
    apart = [entry for entry in entries if is_apart(entry) and entry.n not in past.undone]
    facts = tuple((entry, _happened(entry, past, typed.get(entry.n))) for entry in apart)
    notes = tuple(_notes(pairs, rest, entries, past))
    body = own_part(comment.body) if comment is not None else ""
    if sum(len(past.said(entry)) for entry in entries) >= TEXTS_KEPT:
        return Retold(body, (), notes, facts)  # the record has not all of it, so the comment speaks for itself
    kept = [call for call, entry in pairs if entry is not None and _says_more(call, entry, past)]
    told = [(call, _did(entry, past, call)) for call, entry in pairs if entry is not None]
    did = [words for _, words in told] + [_did(entry, past, None) for entry in rest]
    spent = [call for call, words in told if words and call not in kept]
    return Retold(_without(body, spent), tuple(filter(None, did)), notes, facts)


def is_apart(entry: Entry) -> bool:
    """Whether it tells of a time that is not the one at which it was told."""
    if entry.happened_at is None or entry.verdict != ACCEPTED:
        return False
    return entry.happened_at.replace(second=0, microsecond=0) != entry.at.replace(second=0, microsecond=0)


def _paired(
    comment: Comment | None, entries: Collection[Entry], past: Past
) -> tuple[list[tuple[Call, Entry | None]], list[Entry]]:
    """Each call of a comment with the entry that was made of it, if any; and the entries that no line accounts for."""
    left = [entry for entry in entries if entry.call not in WORDS]
    pairs: list[tuple[Call, Entry | None]] = []
    for call in _calls(comment, past.policy):
        name = resolve(call, past.policy)[0] or "unknown"
        alike = (entry for entry in left if entry.call == name and ("implied" in entry.marks) == call.implied)
        entry = next((e for e in alike if not call.implied or past.said(e) in call.text), None)
        if entry is not None:
            left.remove(entry)
        pairs.append((call, entry))
    return pairs, left


def _calls(comment: Comment | None, policy: Policy) -> tuple[Call, ...]:
    if comment is None:
        return ()
    return comment_calls(Source(comment.id, comment.at, comment.author, (0, 0), comment.body), policy)


def _did(entry: Entry, past: Past, call: Call | None) -> str:
    """What was done, in words; nothing where it is best told as it was typed, or stays among the words around it."""
    answered = "answer" in entry.args and call is not None and not call.text
    diary = call is not None and call.implied and entry.call == "timeline"
    if (entry.verdict != ACCEPTED and not answered) or entry.n in past.undone or entry.n not in past.effects or diary:
        return ""
    if is_apart(entry):
        # Where the comment is another now, nothing else beside it says what it was as it was recorded.
        text = past.said(entry) if call is None else ""
        return _in_words("did", entry, past, "", apart=_in_words("happened", entry, past, text, short=True))
    return _in_words("did", entry, past, _full(past.said(entry), call), apart=None)


def _happened(entry: Entry, past: Past, call: Call | None) -> str:
    return _in_words("happened", entry, past, _full(past.said(entry), call), short=False)


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


def _says_more(call: Call, entry: Entry, past: Past) -> bool:
    """Whether it is a sitrep that was pasted with more fields than its words, which stand nowhere else."""
    whole = "drafted" in entry.args or past.said(entry) in call.text
    return entry.call == "sitrep" and (call.hinted or not whole)


def _without(body: str, told: Collection[Call]) -> str:
    """A comment without the lines of some of its calls: the one each begins in, and those of its text below."""
    left: list[str] = []
    waiting, below = list(told), ""
    for line in body.split("\n"):
        row = legible(line).strip()
        call = next((call for call in waiting if row.rstrip("*_").endswith(call.typed)), None)
        if call is not None:
            waiting.remove(call)
            below = call.text if row.endswith(f"/{call.name}") else call.text.partition("\n")[2]
        elif row and below.lstrip().startswith(line.strip()):
            below = below.lstrip().removeprefix(line.strip())
        elif row or not below:
            left.append(line)
    return "\n".join(left).strip()


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
