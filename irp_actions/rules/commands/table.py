"""The table of calls: every command a person can type, and every fact the record holds beside them.

A command is one function and one usage line. Parsing, authority, aliases, help, the README's table,
did-you-mean and a test of each example all come from its entry here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from irp_actions.rules.grammar import Bound, Refused
from irp_actions.values.incident import Fact, Handoff, Incident
from irp_actions.values.policy import Policy
from irp_actions.values.record import Entry

Apply = Callable[[Incident, Entry], Incident]
Gate = Callable[[Incident, Entry], Refused | None]
Reads = Callable[[Bound, Policy, datetime], Bound]
"""What a command understands of its free text beyond its slots; the time is when it was written (UTC)."""

HANDOFFS_KEPT = 3
"""How many ceremonies are kept at least, so that the last edit of their comment can still be made."""

NEWS_KEPT = 8
"""How many changes of role, status and severity are kept for those who read by mail."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command: what is typed, what it is for, who may use it, and what it does."""

    name: str
    usage: str
    summary: str
    rules: tuple[str, ...]
    apply: Apply
    may: str = "responder"
    """`responder` (roster or write access), `decider` (whom a gate names), `waiting` (who waits too) or `anyone`."""
    aliases: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    gates: tuple[Gate, ...] = ()
    answer: str = ""
    """The template that answers the bare command; why that is worth a comment is the function's docstring."""
    only_answers: bool = False
    """Whether the command never changes anything."""
    final: bool = False
    """Whether `/undo` cannot take it back, because others have been told or something else undoes it."""
    reads: Reads | None = None
    keeps: tuple[str, ...] = ()
    """The words of report lines, such as `cause: …`, that stay a part of what it says when they stand below it."""

    def answers(self, entry: Entry) -> bool:
        """Whether this use of the command asks for words rather than does something."""
        return bool(self.answer) and (self.only_answers or not (entry.args or entry.text))


COMMANDS: dict[str, Command] = {}
"""Every command by its name, in the order of the help."""

FACTS: dict[str, Apply] = {}
"""What else the record holds: the opening, plain words, edits, and what the program itself noted."""


def command(  # noqa: PLR0913 - one keyword per column of the table
    usage: str,
    *,
    rules: tuple[str, ...],
    may: str = "responder",
    aliases: tuple[str, ...] = (),
    examples: tuple[str, ...] = (),
    gates: tuple[Gate, ...] = (),
    answer: str = "",
    only_answers: bool = False,
    final: bool = False,
    reads: Reads | None = None,
    keeps: tuple[str, ...] = (),
) -> Callable[[Apply], Apply]:
    """Enter a function into the table of commands; its docstring's first line is the summary.

    Args:
        usage: the line that is its grammar, such as `/severity [severity] [text...]`.
        rules: the rules of the process it carries.
        may: who may use it: `responder`, `decider` or `anyone`.
        aliases: other names, which may have two words.
        examples: what people type; each is tested.
        gates: what must hold, each refusing with the words to type instead.
        answer: the template that answers it when it is used bare.
        only_answers: whether it never changes anything.
        final: whether `/undo` cannot take it back.
        reads: what it understands of its free text beyond its slots.
        keeps: the words of report lines that stay in its text, because it is read by others as a whole.
    """

    def enter(function: Apply) -> Apply:
        name = usage.split(maxsplit=1)[0].lstrip("/")
        summary = (function.__doc__ or "").strip().split("\n")[0].rstrip(".")
        COMMANDS[name] = Command(
            name, usage, summary, rules, function, may, aliases, examples, gates, answer,
            only_answers, final, reads, keeps,
        )  # fmt: skip
        return function

    return enter


def fact(name: str) -> Callable[[Apply], Apply]:
    """Enter a function into the table of facts."""

    def enter(function: Apply) -> Apply:
        FACTS[name] = function
        return function

    return enter


def noted(entry: Entry, detail: str = "") -> Fact:
    """What an entry establishes: when it happened, by whose word, and where the evidence is."""
    return Fact(entry.happened_at or entry.at, entry.by.login, entry.n, detail)


def told(incident: Incident, entry: Entry, *words: str) -> Incident:
    """Keep a change for those who read by mail; the template puts the words into a sentence."""
    news = Fact(entry.at, entry.by.login, entry.n, " ".join(words))
    return replace(incident, news=(*incident.news, news)[-NEWS_KEPT:])


def kept(handoffs: tuple[Handoff, ...]) -> tuple[Handoff, ...]:
    """The ceremonies that still matter: unfinished ones, and the last few."""
    recent = handoffs[-HANDOFFS_KEPT:]
    return tuple(h for h in handoffs if not h.finished or h in recent)


def without_offers(incident: Incident, entry: Entry, role: str | None = None) -> tuple[Handoff, ...]:
    """The ceremonies, with every unanswered offer withdrawn: of one role, or of any."""
    return tuple(
        replace(h, declined_at=entry.at, withdrawn=True) if h.pending and role in (None, h.role) else h
        for h in incident.handoffs
    )


def given_back(incident: Incident, entry: Entry, role: str, login: str) -> Incident:
    """The incident after somebody took back that they have a role: who is assigned follows it (HO-3)."""
    held = incident.roles.get(role)
    roles = {**incident.roles, **({role: replace(held, n=entry.n)} if held else {})}
    former = {**incident.former, login: entry.n}
    still = {other.login.lower() for other in roles.values()}
    return replace(incident, roles=roles, former={who: n for who, n in former.items() if who.lower() not in still})
