"""Decides: every call that the record does not hold yet is accepted or refused, once, and pinned.

Nothing here asks GitHub. What has to be known of people is asked for beforehand (`needed`), and a person
of whom it could not be learned stops the deciding at their call: it is neither accepted nor refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from irp_actions.rules.chain import Seal, appended, digest
from irp_actions.rules.clocks import CLOCKS
from irp_actions.rules.commands import COMMANDS
from irp_actions.rules.drift import drifted, purged
from irp_actions.rules.grammar import Bound, Refused, bind, named
from irp_actions.rules.guard import sensitive
from irp_actions.rules.replay import replay, step
from irp_actions.rules.slash import Call, calls, tidy
from irp_actions.rules.sources import (
    DRILL_LABEL,
    Source,
    calls_of,
    form_of,
    nearest,
    resolve,
    undecided,
)
from irp_actions.rules.words import refusal, render
from irp_actions.values.incident import Incident
from irp_actions.values.policy import Policy
from irp_actions.values.record import ACCEPTED, FORMAT, REFUSED, SEEN, Author, Entry, Record
from irp_actions.values.shape import plain
from irp_actions.values.thread import Thread

BATCH = 20_000
"""Characters of entries and texts after which the rest is left for the next look, so that the head can hold them."""

CALLS = 20
"""How many commands one comment may hold."""

DIARY = timedelta(hours=12)
"""How far back a line that begins with a time, without a command, is taken for a timeline entry."""

TEXT_KEPT, TEXTS_KEPT = 1_000, 4_000
"""Characters of one call's free text, and of all of one comment's, that stand in the record; the comment has all."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
"""What nobody types, and what takes six characters in JSON."""

AYE, NAY = "THUMBS_UP", "CONFUSED"
"""Our reactions: everything in the comment was accepted, or something was not."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What GitHub said of people, where the thread itself does not tell."""

    standings: Mapping[str, str | None] = field(default_factory=dict)
    """`responder` or `outsider` by lower-case login; None when GitHub could not be asked."""
    editors: Mapping[str, tuple[str, ...] | None] = field(default_factory=dict)
    """Everyone who edited a comment, by its node id; None when GitHub could not be asked."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What has to be asked before deciding: the standing of these people, the editors of these comments."""

    standings: frozenset[str] = frozenset()
    editors: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Decision:
    """The record with everything decided that could be, and where deciding had to stop."""

    record: Record
    incident: Incident
    stopped_at: Source | None = None
    more: bool = False
    """Whether the rest is left for the next look, because this batch is large enough."""


@dataclass(frozen=True, slots=True)
class Bench:
    """What calls are judged under: the policy, what is known of people, and how entries are sealed."""

    policy: Policy
    facts: Facts
    seal: Seal
    program: str
    batch: int = BATCH


@dataclass(frozen=True, slots=True)
class Hearing:
    """What one source is heard against: the thread, and the record and incident so far."""

    thread: Thread
    record: Record
    incident: Incident


def needed(record: Record, thread: Thread, policy: Policy, known: Mapping[str, str | None]) -> Needs:
    """What GitHub must be asked before the thread's new calls can be decided.

    For most comments nothing: the roster needs no question, and plain words need none either. Whom a call names is
    asked about only once its author is known to respond, so that a stranger cannot make us ask about thousands.

    Args:
        record: the record as read.
        thread: the thread as read.
        policy: knows the roster.
        known: what GitHub said of people so far.
    """
    incident = replay(record) if record.entries or record.base else None
    people: set[str] = set()
    edited: set[str] = set()
    for source in undecided(record, thread):
        found = calls_of(source, thread, policy, incident or Incident(tables=policy.tables()))
        meant = [call for call in found if resolve(call)[0]]
        if source.edited and meant and source.comment:
            edited.add(source.id)
        if _settled(source, policy):
            pass  # the roster, bots, and calls that were decided before their record was lost
        elif any(COMMANDS[resolve(call)[0] or ""].may == "responder" for call in meant):
            people.add(source.by.login.lower())
        elif source.comment and not policy.people.on_call and (incident is None or not incident.acknowledged):
            people.add(source.by.login.lower())  # without a roster, the first responder is whoever may write
        login = source.by.login.lower()
        if policy.people.on_roster(login) or known.get(login) == "responder":
            people |= _receivers(meant[:CALLS], policy, source)
    return Needs(frozenset(people - known.keys()), frozenset(edited))


def decide(record: Record, thread: Thread, bench: Bench) -> Decision:
    """Append what is new to the record.

    Args:
        record: the record as read, or an empty one.
        thread: the thread as read; its `read_at` is now.
        bench: what calls are judged under.

    Returns:
        The longer record, the incident it adds up to, and the source at which deciding stopped, if it did.
    """
    record = _policy_pinned(record, thread, bench)
    incident = replay(record)
    size = 0
    for source in undecided(record, thread):
        if size > bench.batch:
            return Decision(record, incident, more=True)
        author = _author(source, incident, bench)
        if author is None or not _can_decide(source, bench):
            return Decision(record, incident, stopped_at=source)
        for entry, text, keep in _entries(source, author, Hearing(thread, record, incident), bench):
            record = appended(record, entry, bench.seal, text, keep=keep)
            incident = step(incident, record.entries[-1]).incident
            size += len(str(entry)) + 2 * len(text or "")
    for entry, warning in drifted(record, thread, bench.policy):
        record = appended(record, _stamped(entry, thread, bench), bench.seal, warning)
        incident = step(incident, record.entries[-1]).incident
    record = purged(record, thread)
    for entry in _own_calls(incident, thread):
        record = appended(record, _stamped(entry, thread, bench), bench.seal)
        incident = step(incident, record.entries[-1]).incident
    return Decision(record, incident)


def _settled(source: Source, policy: Policy) -> bool:
    return policy.people.on_roster(source.by.login) or source.by.is_bot or _was_obeyed(source)


def _receivers(calls: list[Call], policy: Policy, source: Source) -> set[str]:
    """Those whom a call names as the next holder of a role and whom the roster does not know."""
    named = set()
    for call in calls:
        name, text = resolve(call)
        try:
            who = bind(COMMANDS[name or ""].usage, text, policy, source.at).args.get("who")
        except Refused:
            continue
        if who and not policy.people.on_roster(who):
            named.add(str(who).lower())
    return named


def _policy_pinned(record: Record, thread: Thread, bench: Bench) -> Record:
    """Policy is a call: whenever the tables changed, an entry pins the new ones."""
    tables = bench.policy.tables()
    if (record.entries or record.base) and replay(record).policy == bench.policy.digest:
        return record
    entry = _own(f"policy:{bench.policy.digest}", "policy", thread, {"tables": plain(tables)})
    if not record.entries and record.base is None:
        entry = replace(entry, at=thread.at)  # the clocks of a new record run from the opening
    return appended(record, _stamped(entry, thread, bench), bench.seal)


def _own(source: str, call: str, thread: Thread, args: Mapping[str, Any]) -> Entry:
    """An entry by the program itself."""
    by = Author(thread.viewer.login, thread.viewer.id, "program")
    return Entry(0, source, thread.read_at, thread.read_at, by, call, ACCEPTED, "", "", args)


def _stamped(entry: Entry, thread: Thread, bench: Bench) -> Entry:
    return replace(entry, recorded_at=thread.read_at, program=bench.program, policy=bench.policy.digest)


def _own_calls(incident: Incident, thread: Thread) -> Iterator[Entry]:
    """What the program does when a clock is due that needs nobody, such as releasing the outgoing person (HO-5)."""
    for clock in incident.clocks:
        then = CLOCKS[clock.rule].then
        if then and clock.due <= thread.read_at:
            entry = _own(f"clock:{clock.key}", then, thread, {"handoff": int(clock.about)})
            yield replace(entry, at=clock.due)


def _author(source: Source, incident: Incident, bench: Bench) -> Author | None:
    """Who made the calls and what they may do now; None when GitHub could not be asked."""
    person = source.by
    login = person.login.lower()
    if person.is_bot:
        listed = login in {bot.lower().removesuffix("[bot]") for bot in bench.policy.people.bots}
        standing: str | None = "trusted-bot" if listed else "bot"
    elif bench.policy.people.on_roster(login):
        standing = "roster"
    elif _was_obeyed(source):
        standing = "responder"
    else:
        known = "responder" if login in {member.lower() for member in incident.team} else "outsider"
        # What needs no authority counts by what is known of its author without asking: alike in every run.
        asked_for_words = not bench.policy.people.on_call and incident.acknowledged is None
        asked = bench.facts.standings.get(login, known)
        standing = asked if asked_for_words or _needs_authority(source) else known
    return Author(person.login, person.id, standing) if standing else None


def _was_obeyed(source: Source) -> bool:
    """Whether a call that needs authority was accepted before its record was lost: it carries our reaction."""
    if source.comment is None or source.edited or AYE not in source.comment.reactions:
        return False
    return _needs_authority(source)


def _needs_authority(source: Source) -> bool:
    """Whether anything in it is only for the team; what is done by hand, or ticked, always is."""
    if source.comment is None:
        return True
    return any(COMMANDS[name].may == "responder" for name in (resolve(call)[0] for call in calls(source.body)) if name)


def _was_refused(source: Source) -> bool:
    """Whether the only call of a comment was refused before its record was lost."""
    ours = source.comment.reactions if source.comment else frozenset()
    return NAY in ours and AYE not in ours and len(calls(source.body)) == 1


def _can_decide(source: Source, bench: Bench) -> bool:
    """Whether everything GitHub was asked about the source was answered."""
    if source.id in bench.facts.editors and bench.facts.editors[source.id] is None:
        return False
    named = (resolve(call)[1] for call in (calls(source.body) if source.comment else ()))
    unknown = {login for login, standing in bench.facts.standings.items() if standing is None}
    return not any(f"@{login}" in text.lower() for text in named for login in unknown)


def _entries(
    source: Source, author: Author, hearing: Hearing, bench: Bench
) -> Iterator[tuple[Entry, str | None, bool]]:
    """The entries of one source: one for the opening, one for each call, or one for plain words."""
    thread, incident = hearing.thread, hearing.incident
    hits = sensitive(source.body or (source.deed.detail if source.deed else ""), bench.policy)
    base = _stamped(
        Entry(
            n=0,
            source=source.id,
            at=source.counts_from,
            recorded_at=thread.read_at,
            by=author,
            call="word",
            verdict=SEEN,
            program="",
            policy="",
            # A withheld text's digest is salted and the salt forgotten, so that it cannot be found by trying.
            digest=digest(tidy(source.body) + (bench.seal.salt(source.id) if hits else ""))
            if source.deed is None
            else None,
            marks=_marks(source, bool(hits)),
        ),
        thread,
        bench,
    )
    answered = False
    if source.comment is None and source.deed is None:
        yield _opening(base, source, thread, bench), thread.title, not sensitive(thread.title, bench.policy)
        answered = True
    left = TEXTS_KEPT
    found = calls_of(source, thread, bench.policy, incident)
    for call in found[:CALLS]:
        judged = _judged(base, call, source, replace(hearing, incident=incident), bench)
        if judged is None:
            continue
        entry, text = judged[0], (judged[1] or "")[: min(TEXT_KEPT, left)]
        left -= len(text)
        incident = step(incident, replace(entry, n=-1)).incident
        yield entry, text, entry.verdict == REFUSED or not hits
        answered = True
    if any(not call.implied and resolve(call)[0] for call in found[CALLS:]):
        yield *_refused(replace(base, call="unknown"), Refused("too_many", most=CALLS)), True
    if source.deed is not None and source.deed.kind == "comment_deleted":
        yield replace(base, call="deleted", verdict=ACCEPTED, args={"of": source.deed.detail}), None, True
    elif not answered:
        yield base, None, True


def _marks(source: Source, withheld: bool) -> tuple[str, ...]:
    marks = []
    if source.edited:
        marks.append("edited")
    if source.deed is not None:
        marks.append("by-hand")
    if withheld:
        marks.append("withheld")
    if source.comment is not None and not source.edited and source.comment.reactions & {AYE, NAY}:
        marks.append("recovered")
    return tuple(marks)


def _opening(base: Entry, source: Source, thread: Thread, bench: Bench) -> Entry:
    """The first entry of a person: the issue was opened (IN-1, IN-2); its free text is the title."""
    found = form_of(thread.body, bench.policy)
    standing = base.by.standing if base.by.responds else "reporter"
    return replace(
        base,
        call="open",
        verdict=ACCEPTED,
        by=replace(base.by, standing=standing),
        args={
            "number": thread.number,
            "reporter": source.by.login,
            "form": found[0] if found else "",
            "drill": DRILL_LABEL in thread.labels,
        },
    )


def _judged(base: Entry, call: Call, source: Source, hearing: Hearing, bench: Bench) -> tuple[Entry, str | None] | None:
    """The entry of one call and its free text; None when it is no call at all, such as a pasted path."""
    name, text = resolve(call)
    if name is None:
        meant = _meant(call, bench.policy)
        return _refused(replace(base, call="unknown"), meant) if meant else None
    entry = replace(base, call=name, verdict=ACCEPTED)
    if call.implied:
        entry = replace(entry, marks=(*entry.marks, "implied"))
    diary = call.implied and source.comment is not None
    try:
        entry, said = _weighed(entry, call, text, source, hearing, bench)
    except Refused as refused:
        if refused.key == "edited_by_other":  # it is not its author's word, so not a sign of life of theirs either
            entry = replace(entry, by=replace(entry.by, standing="outsider"))
        return None if diary else _refused(entry, refused)
    if diary and entry.happened_at and entry.happened_at < source.counts_from - DIARY:
        return None  # `14:00 we meet again`, written in the morning, is a plan and no entry
    if COMMANDS[name].answers(entry):
        return replace(entry, verdict=SEEN, args={"answer": COMMANDS[name].answer}), None
    if name == "close" and "by-hand" in entry.marks and _too_early(hearing.incident, entry):
        entry = replace(entry, call="kept-open")
    return entry, said or None


def _weighed(  # noqa: PLR0913, PLR0917 - a call is weighed against all of these
    entry: Entry, call: Call, text: str, source: Source, hearing: Hearing, bench: Bench
) -> tuple[Entry, str]:
    """The entry with its arguments and its free text, if nothing speaks against it.

    Raises:
        Refused: authority, grammar or a gate does.
    """
    command = COMMANDS[entry.call]
    _may(command.may, entry, source, call, bench)
    bound = bind(command.usage, text, bench.policy, source.at)
    entry = _bound(entry, bound, source, bench)
    said = _said(entry.call, bound, hearing)
    entry = replace(entry, text=said or None)
    for gate in () if _was_obeyed(source) else command.gates:
        refused = gate(hearing.incident, entry)
        if refused is not None:
            raise refused
    return entry, said


def _meant(call: Call, policy: Policy) -> Refused | None:
    """What somebody may have meant by a name that is no command; nothing when it is a pasted path."""
    role = named(call.name, policy.roles)
    if role is not None:
        return Refused("role_as_command", role=role)
    near = nearest(call.name)
    return Refused("unknown_command", typed=call.name, near=near) if near else None


def _bound(entry: Entry, bound: Bound, source: Source, bench: Bench) -> Entry:
    """The entry with its arguments; whoever is to receive a role is pinned with their standing."""
    args = dict(bound.args)
    who = args.get("who")
    if who:
        known = "roster" if bench.policy.people.on_roster(who) else bench.facts.standings.get(who.lower())
        args["standing"] = known or "outsider"
    if entry.call == "contained" and bound.text.lower().split(",")[0].split(" ")[0] in ("no", "not"):
        args["withdrawn"] = True
    if source.deed is not None and source.deed.kind == "closed":
        args["reason"] = source.deed.detail
    return replace(entry, args=args, happened_at=bound.happened_at)


def _said(name: str, bound: Bound, hearing: Hearing) -> str:
    """The call's free text; `/sitrep ok` says what its draft said."""
    incident = hearing.incident
    if name == "sitrep" and bound.text.lower().strip(" .!") in ("ok", "okay", "post"):
        before = hearing.record.text_of(incident.sitrep.n) if incident.sitrep else None
        return render("sitrep_text", incident=incident, before=before)
    return _CONTROL.sub("", bound.text)


def _may(may: str, entry: Entry, source: Source, call: Call, bench: Bench) -> None:
    """Refuse authority, never facts: who may not act is told who can."""
    editors = source.editors or bench.facts.editors.get(source.id) or ()
    if source.edited and any(editor.lower() != source.by.login.lower() for editor in editors):
        raise Refused("edited_by_other", line=call.typed)
    if may == "responder" and not entry.by.may_act:
        raise Refused("not_a_responder", call=entry.call)
    if entry.by.standing == "bot":
        raise Refused("not_a_responder", call=entry.call)
    if "recovered" in entry.marks and _was_refused(source):
        raise Refused("refused_before", line=call.typed)


def _refused(entry: Entry, refused: Refused) -> tuple[Entry, str]:
    """The entry of a refusal and its words. Of a comment with sensitive text not even a word is quoted."""
    shown = Refused("withheld") if "withheld" in entry.marks else refused
    return replace(entry, verdict=REFUSED, args={}, text=None, happened_at=None), refusal(shown)


def _too_early(incident: Incident, entry: Entry) -> bool:
    """CL-5: closed by hand while somebody must be at work, for the first time, and not as a duplicate."""
    if entry.args.get("reason") == "DUPLICATE":
        return False
    return incident.is_active and incident.is_urgent and incident.reopened_for is None


def empty_record(thread: Thread) -> Record:
    """The record of a thread that has none yet: whoever reads it now is its only writer from now on."""
    return Record(thread.number, thread.viewer, FORMAT)
