"""Judges one source: what it holds becomes entries, each accepted, refused or merely seen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from irp_actions.rules.afterwards import is_brought, whom_to_tell
from irp_actions.rules.authority import AYE, CALLS, NAY, Bench, check_authority, was_obeyed
from irp_actions.rules.chain import digest
from irp_actions.rules.commands import COMMANDS
from irp_actions.rules.commands.assess import is_settled
from irp_actions.rules.commands.gates import receiver_responds
from irp_actions.rules.drafts import Scene, drafted
from irp_actions.rules.grammar import Bound, Refused, bind, named
from irp_actions.rules.guard import sensitive
from irp_actions.rules.naming import nearest, resolve
from irp_actions.rules.originals import traced
from irp_actions.rules.pasted import NAMED, login_in, named_in
from irp_actions.rules.replay import replay, step
from irp_actions.rules.slash import Call, tidy
from irp_actions.rules.sources import (
    DRILL_LABEL,
    UNLABELED,
    Source,
    calls_of,
    fears_listeners,
    form_answers,
    form_of,
    state_labels,
)
from irp_actions.rules.undo import moved, taken_back
from irp_actions.rules.words import refusal
from irp_actions.values.incident import CLOSED, INVESTIGATING, Incident
from irp_actions.values.policy import Policy
from irp_actions.values.record import ACCEPTED, REFUSED, SEEN, TEXT_KEPT, TEXTS_KEPT, Author, Entry, Record
from irp_actions.values.thread import Deed, Thread

DIARY = timedelta(hours=12)
"""How far back a line that begins with a time, without a command, is taken for a timeline entry."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
"""What nobody types, and what takes six characters in JSON."""


@dataclass(frozen=True, slots=True)
class Hearing:
    """What one source is heard against: the thread, and the record and incident so far."""

    thread: Thread
    record: Record
    incident: Incident

    def after(self, entry: Entry) -> Hearing:
        """The same with one more entry, against which the next call of the same source is heard."""
        entry = replace(entry, n=self.record.next_n)
        record = replace(self.record, entries=(*self.record.entries, entry))
        incident = replay(record) if entry.call == "undo" else step(self.incident, entry).incident
        return replace(self, record=record, incident=incident)


def entries_of(
    source: Source, author: Author, hearing: Hearing, bench: Bench
) -> Iterator[tuple[Entry, str | None, bool]]:
    """The entries of one source: one for the opening, one for each call, or one for plain words."""
    thread = hearing.thread
    hits = sensitive(source.body or (source.deed.detail if source.deed else ""), bench.policy)
    base = bench.stamped(
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
    )
    answered = False
    if source.comment is None and source.deed is None:
        yield _opening(base, source, thread, bench), thread.title, not sensitive(thread.title, bench.policy)
        yield from _template(base, thread, bench, keep=not hits)
        answered = True
    left = TEXTS_KEPT
    found = calls_of(source, thread, bench.policy, hearing.incident)
    for call in found[:CALLS]:
        judged = _judged(base, call, source, hearing, bench)
        if judged is None:
            continue
        entry, text = judged[0], (judged[1] or "")[: min(TEXT_KEPT, left)]
        left -= len(text)
        hearing = hearing.after(entry)
        yield entry, text, entry.verdict == REFUSED or not hits
        answered = True
    if any(not call.implied and resolve(call, bench.policy)[0] for call in found[CALLS:]):
        yield *_refused(replace(base, call="unknown"), Refused("too_many", most=CALLS)), True
    if is_brought(source, author, hearing.incident, _names(found, bench.policy), bench.policy):
        who = whom_to_tell(hearing.incident)
        yield replace(base, call="brought-to", verdict=ACCEPTED, args={"who": who}), None, True
        answered = True
    if source.deed is not None and source.deed.kind == "comment_deleted":
        yield replace(base, call="deleted", verdict=ACCEPTED, args={"of": source.deed.detail}), None, True
    elif source.deed is not None and _takes_off(source.deed, hearing.incident):
        yield replace(base, call=UNLABELED, verdict=ACCEPTED, args={"label": source.deed.detail}), None, True
    elif not answered:
        yield base, None, True


def _names(calls: tuple[Call, ...], policy: Policy) -> list[str]:
    """The commands among what was typed."""
    return [name for name, _ in (resolve(call, policy) for call in calls) if name]


def _takes_off(deed: Deed, incident: Incident) -> bool:
    """RO-5: whether it takes a label off that shows the state as it is; of an old one nothing needs to be said."""
    return deed.kind == UNLABELED and deed.detail.lower() in {label.lower() for label in state_labels(incident)}


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
            **({"nearby": list(bench.nearby)} if bench.nearby else {}),
            **({"listening": True} if fears_listeners(thread, bench.policy) else {}),
        },
    )


def _template(base: Entry, thread: Thread, bench: Bench, *, keep: bool) -> Iterator[tuple[Entry, str, bool]]:
    """What a pasted template names: noted beside the opening, as somebody's word and nobody's authority (IN-1)."""
    answers = named_in(form_answers(thread, bench.policy), base.by.login, bench.policy)
    if not answers:
        return
    logins = {name: login_in(answers.get(name, ""), bench.policy) for name in ("reporter", "ic")}
    args = {name: login for name, login in logins.items() if login}
    standing = base.by.standing if base.by.responds else "reporter"
    entry = replace(base, call="template", verdict=ACCEPTED, by=replace(base.by, standing=standing), args=args)
    text = "\n".join(f"{NAMED[name]}: {' '.join(answer.split())}" for name, answer in answers.items())
    yield entry, text[:TEXT_KEPT], keep


def _judged(base: Entry, call: Call, source: Source, hearing: Hearing, bench: Bench) -> tuple[Entry, str | None] | None:
    """The entry of one call and its free text; None when it is no call at all, such as a pasted path."""
    name, text = resolve(call, bench.policy)
    if name is None:
        meant = _meant(call, bench.policy)
        return _refused(replace(base, call="unknown"), meant) if meant else None
    if name == "reopen" and call.implied and hearing.incident.is_active:
        return None  # closed and opened again by hand between two runs: nothing is left to answer
    entry = replace(base, call=name, verdict=ACCEPTED)
    if call.implied:
        entry = replace(entry, marks=(*entry.marks, "implied"))
    diary = call.implied and source.comment is not None
    try:
        entry, said = _weighed(entry, call, text, source, hearing, bench)
    except Refused as refused:
        left_alone = call.hinted or (diary and refused.key != "unknown_zone")  # a foreign time would be lost otherwise
        return None if left_alone else _refused(*_told_why(entry, refused, hearing.incident))
    if diary and name == "timeline" and entry.happened_at and entry.happened_at < source.counts_from - DIARY:
        return None  # `14:00 we meet again`, written in the morning, is a plan and no entry
    if COMMANDS[name].answers(entry):
        return replace(entry, verdict=SEEN, args={"answer": COMMANDS[name].answer}, text=None), None
    if name == "close" and "by-hand" in entry.marks and _too_early(hearing.incident, entry):
        entry = replace(entry, call="kept-open")
    return entry, said or None


def _told_why(entry: Entry, refused: Refused, incident: Incident) -> tuple[Entry, Refused]:
    """The entry of a refusal with what it says of its author, and the reason that fits the moment."""
    if refused.key == "not_a_responder" and incident.roles_of(entry.by.login):
        entry = replace(entry, marks=(*entry.marks, "lost-access"))  # HO-6: they hold a role and may not act
    if refused.key == "not_a_responder" and _takes_up(entry, incident) and entry.by.standing == "outsider":
        refused = Refused("team_is_told", call=entry.call)  # law 3
    if refused.key == "edited_by_other":  # it is not its author's word, so not a sign of life of theirs either
        entry = replace(entry, by=replace(entry.by, standing="outsider"))
    return entry, refused


def _takes_up(entry: Entry, incident: Incident) -> bool:
    """Whether it asks for what is closed to be opened again."""
    return entry.call == "reopen" and incident.closing is not None


def _weighed(  # noqa: PLR0913, PLR0917 - a call is weighed against all of these
    entry: Entry, call: Call, text: str, source: Source, hearing: Hearing, bench: Bench
) -> tuple[Entry, str]:
    """The entry with its arguments and its free text, if nothing speaks against it.

    Raises:
        Refused: authority, grammar or a gate does.
    """
    command = COMMANDS[entry.call]
    check_authority(command.may, entry, source, call, bench)
    bound = bind(command.usage, text, bench.policy, source.at)
    if command.reads is not None:
        bound = command.reads(bound, bench.policy, source.at)
    entry = _bound(entry, bound, source, hearing.incident, bench)
    scene = Scene(hearing.incident, hearing.record, bench.policy, hearing.thread)
    said = drafted(entry.call, bound.args, scene) if "drafted" in bound.args else _CONTROL.sub("", bound.text)
    entry = replace(entry, text=said or None)
    if entry.call == "undo":
        meant = taken_back(hearing.record.entries, entry, hearing.incident)
        roles = moved(hearing.incident, meant)
        entry = replace(entry, args={"n": meant.n, "what": meant.call, **({"roles": roles} if roles else {})})
    for gate in () if was_obeyed(source, bench.policy) else command.gates:
        refused = gate(hearing.incident, entry)
        if refused is not None:
            raise refused
    return entry, said


def _meant(call: Call, policy: Policy) -> Refused | None:
    """What somebody may have meant by a name that is no command; nothing when it is a pasted path."""
    if call.aside:
        meant = resolve(replace(call, aside=False), policy)[0]
        return Refused("spoken_of", line=call.typed) if meant else None
    role = named(call.name, policy.roles)
    if role is not None:
        return Refused("role_as_command", role=role)
    near = nearest(call.name, policy)
    return Refused("unknown_command", typed=call.name, near=near) if near else None


def _bound(entry: Entry, bound: Bound, source: Source, incident: Incident, bench: Bench) -> Entry:
    """The entry with its arguments, and with what they meant at that moment pinned beside them.

    Whoever is to receive a role is pinned with their standing.
    """
    args = dict(bound.args)
    who = args.get("who")
    if who and receiver_responds in COMMANDS[entry.call].gates:
        known = "roster" if bench.policy.people.on_roster(who) else bench.facts.standings.get(who.lower())
        args["standing"] = known or "outsider"
    if entry.call == "contained" and bound.text.lower().split(",")[0].split(" ")[0] in ("no", "not"):
        args["withdrawn"] = True
    if source.deed is not None and source.deed.kind == "closed":
        args["reason"] = source.deed.detail
        if source.deed.detail == "DUPLICATE" and incident.status != INVESTIGATING:
            args["as"] = CLOSED  # IN-12: of what was confirmed, only `/duplicate` with its number says so
    if entry.call == "duplicate":
        args |= traced(args["number"], incident.number, bench.facts.others)
    if entry.call == "confirm" and is_settled(incident):
        args["noted"] = True
    return replace(entry, args=args, happened_at=bound.happened_at)


def _refused(entry: Entry, refused: Refused) -> tuple[Entry, str]:
    """The entry of a refusal and its words. Of a comment with sensitive text not even a word is quoted."""
    shown = Refused("withheld") if "withheld" in entry.marks else refused
    return replace(entry, verdict=REFUSED, args={}, text=None, happened_at=None), refusal(shown)


def _too_early(incident: Incident, entry: Entry) -> bool:
    """CL-5: closed by hand while somebody must be at work, for the first time, and not as a duplicate.

    What was confirmed is no duplicate by the press of a button: nothing would say of which, and every clock would stop.
    """
    if entry.args.get("reason") == "DUPLICATE" and "as" not in entry.args:
        return False
    return incident.is_active and incident.is_urgent and incident.reopened_for is None
