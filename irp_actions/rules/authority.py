"""Authority: who made a call, and whether they may; what the thread does not tell is asked of GitHub beforehand.

The roster comes first, then write access at the moment of deciding. A person of whom GitHub could not be asked is
neither allowed nor refused; nor is a call that names an issue of which it could not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from irp_actions.rules.chain import Seal
from irp_actions.rules.commands import COMMANDS
from irp_actions.rules.commands.gates import receiver_responds
from irp_actions.rules.grammar import Refused, bind
from irp_actions.rules.naming import resolve
from irp_actions.rules.originals import numbers
from irp_actions.rules.slash import Call
from irp_actions.rules.sources import Source, calls_of, comment_calls, undecided
from irp_actions.values.incident import Incident
from irp_actions.values.other import Other
from irp_actions.values.policy import Policy
from irp_actions.values.record import Author, Entry, Record
from irp_actions.values.thread import Thread

CALLS = 20
"""How many commands one comment may hold."""

BATCH = 20_000
"""Characters of entries and texts after which the rest is left for the next look, so that the head can hold them."""

AYE, NAY = "THUMBS_UP", "CONFUSED"
"""Our reactions: everything in the comment was accepted, or something was not."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What GitHub said of people, where the thread itself does not tell."""

    standings: Mapping[str, str | None] = field(default_factory=dict)
    """`responder` or `outsider` by lower-case login; None when GitHub could not be asked."""
    editors: Mapping[str, tuple[str, ...] | None] = field(default_factory=dict)
    """Everyone who edited a comment, by its node id; None when GitHub could not be asked."""
    others: Mapping[int, Other | None] = field(default_factory=dict)
    """What other issues are, by number; None when GitHub could not be asked."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What has to be asked before deciding: people's standing, who edited comments, and what other issues are."""

    standings: frozenset[str] = frozenset()
    editors: frozenset[str] = frozenset()
    others: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to note that no person did on this issue: noted once for its source, by the program."""

    source: str
    call: str
    args: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""
    """Words that are to stand beside the chain."""


@dataclass(frozen=True, slots=True)
class Bench:
    """What calls are judged under: the policy, what is known of people, and how entries are sealed."""

    policy: Policy
    facts: Facts
    seal: Seal
    program: str
    batch: int = BATCH
    notices: tuple[Notice, ...] = ()
    nearby: tuple[int, ...] = ()
    """Other reports of the last day, where a record begins (IN-12)."""

    def stamped(self, entry: Entry, thread: Thread) -> Entry:
        """The entry with what it was judged under, and when."""
        return replace(entry, recorded_at=thread.read_at, program=self.program, policy=self.policy.digest)


def needed(
    record: Record, incident: Incident | None, thread: Thread, policy: Policy, known: Mapping[str, str | None]
) -> Needs:
    """What GitHub must be asked before the thread's new calls can be decided.

    For most comments nothing: the roster needs no question, and plain words need none either. Whom a call names is
    asked about only once its author is known to respond, so that a stranger cannot make us ask about thousands.

    Args:
        record: the record as read.
        incident: what it adds up to; None when there is none yet.
        thread: the thread as read.
        policy: knows the roster.
        known: what GitHub said of people so far.
    """
    people: set[str] = set()
    edited: set[str] = set()
    others: set[int] = set()
    for source in undecided(record, thread):
        found = calls_of(source, thread, policy, incident or Incident(tables=policy.tables()))
        meant = [call for call in found if resolve(call, policy)[0]]
        if source.edited and meant and source.comment:
            edited.add(source.id)
        if _settled(source, policy):
            pass  # the roster, bots, and calls that were decided before their record was lost
        elif any(COMMANDS[resolve(call, policy)[0] or ""].may != "anyone" for call in meant):
            people.add(source.by.login.lower())
        elif source.comment and not policy.people.on_call and (incident is None or not incident.acknowledged):
            people.add(source.by.login.lower())  # without a roster, the first responder is whoever may write
        login = source.by.login.lower()
        if policy.people.on_roster(login) or known.get(login) == "responder":
            people |= _receivers(meant[:CALLS], policy, source)
            others |= set(numbers(meant[:CALLS], policy, source))
    return Needs(frozenset(people - known.keys()), frozenset(edited), frozenset(others - {thread.number}))


def _settled(source: Source, policy: Policy) -> bool:
    return policy.people.on_roster(source.by.login) or source.by.is_bot or was_obeyed(source, policy)


def _receivers(calls: list[Call], policy: Policy, source: Source) -> set[str]:
    """Those whom a call names as the next holder of a role and whom the roster does not know."""
    named = set()
    for call in calls:
        name, text = resolve(call, policy)
        if receiver_responds not in COMMANDS[name or ""].gates:
            continue  # it names somebody, but gives them no authority
        try:
            who = bind(COMMANDS[name or ""].usage, text, policy, source.at).args.get("who")
        except Refused:
            continue
        if who and not policy.people.on_roster(who):
            named.add(str(who).lower())
    return named


def author_of(source: Source, incident: Incident, bench: Bench) -> Author | None:
    """Who made the calls and what they may do now; None when GitHub could not be asked."""
    person = source.by
    login = person.login.lower()
    if person.is_bot:
        listed = login in {bot.lower().removesuffix("[bot]") for bot in bench.policy.people.bots}
        standing: str | None = "trusted-bot" if listed else "bot"
    elif bench.policy.people.on_roster(login):
        standing = "roster"
    elif was_obeyed(source, bench.policy):
        standing = "responder"
    else:
        known = "responder" if login in {helper.lower() for helper in incident.helpers} else "outsider"
        # What needs no authority counts by what is known of its author without asking: alike in every run.
        asked_for_words = not bench.policy.people.on_call and incident.acknowledged is None
        asked = bench.facts.standings.get(login, known)
        standing = asked if asked_for_words or _needs_authority(source, bench.policy) else known
    return Author(person.login, person.id, standing) if standing else None


def was_obeyed(source: Source, policy: Policy) -> bool:
    """Whether a call that needs authority was accepted before its record was lost: it carries our reaction."""
    if source.comment is None or source.edited or AYE not in source.comment.reactions:
        return False
    names = (resolve(call, policy)[0] for call in comment_calls(source, policy))
    return any(COMMANDS[name].may == "responder" for name in names if name)  # else it says nothing of them


def _needs_authority(source: Source, policy: Policy) -> bool:
    """Whether anything in it is only for the team; what is done by hand, or ticked, always is."""
    if source.comment is None:
        return True
    names = (resolve(call, policy)[0] for call in comment_calls(source, policy))
    return any(COMMANDS[name].may != "anyone" for name in names if name)


def was_refused(source: Source, policy: Policy) -> bool:
    """Whether the only call of a comment was refused before its record was lost."""
    ours = source.comment.reactions if source.comment else frozenset()
    return NAY in ours and AYE not in ours and len(comment_calls(source, policy)) == 1


def can_decide(source: Source, bench: Bench) -> bool:
    """Whether everything GitHub was asked about the source was answered."""
    if source.id in bench.facts.editors and bench.facts.editors[source.id] is None:
        return False
    found = comment_calls(source, bench.policy) if source.comment else ()
    named = (resolve(call, bench.policy)[1] for call in found)
    of = numbers(found, bench.policy, source)
    unknown = {login for login, standing in bench.facts.standings.items() if standing is None}
    if any(number in bench.facts.others and bench.facts.others[number] is None for number in of):
        return False
    return not any(f"@{login}" in text.lower() for text in named for login in unknown)


def check_authority(may: str, entry: Entry, source: Source, call: Call, bench: Bench) -> None:
    """Refuse authority, never facts: who may not act is told who can."""
    editors = source.editors or bench.facts.editors.get(source.id) or ()
    if source.edited and any(editor.lower() != source.by.login.lower() for editor in editors):
        raise Refused("edited_by_other", line=call.typed)
    if may == "responder" and not entry.by.may_act:
        raise Refused("not_a_responder", call=entry.call)
    if entry.by.standing == "bot":
        raise Refused("not_a_responder", call=entry.call)
    if "recovered" in entry.marks and was_refused(source, bench.policy):
        raise Refused("refused_before", line=call.typed)
