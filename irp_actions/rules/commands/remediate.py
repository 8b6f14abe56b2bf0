"""Remediate: leads, things to do, and the checklists of a kind of incident (RE-1, RE-2, RE-3, RE-6, RE-7)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from irp_actions.rules.commands.gates_work import (
    is_known,
    is_no_person,
    is_one_of_yours,
    is_to_be_verified,
    may_verify,
    one_at_a_time,
    says_something,
)
from irp_actions.rules.commands.hand import found, numbered, placed, took
from irp_actions.rules.commands.pick import item_done, item_verified
from irp_actions.rules.commands.table import command, noted
from irp_actions.rules.grammar import Bound, named
from irp_actions.rules.times import Implausible, read_range
from irp_actions.values.incident import Incident
from irp_actions.values.policy import Policy
from irp_actions.values.record import Entry
from irp_actions.values.shape import parse_time, spell_time
from irp_actions.values.work import DEFERRED, Item, Lead

_SPAN = re.compile(r"(?:(?:today|yesterday|\d{4}-\d{2}-\d{2})\s+)?\d{1,2}:\d{2}\s*[-\u2013\u2014]\s*\d{1,2}:\d{2}")
_CLASSES = ("immediate", DEFERRED)


def reads_outcome(bound: Bound, policy: Policy, written_at: datetime) -> Bound:
    """Of a known lead: the outcome that the text begins with, and the time range that was looked at."""
    if not bound.args.get("lead"):
        return bound
    first, _, rest = bound.text.partition(" ")
    outcome = named(first, policy.outcomes)
    args, text = dict(bound.args), bound.text
    if outcome is not None:
        args["outcome"] = outcome
        text = rest.strip() if first.strip(".,:;!").lower() == outcome else text  # another word may carry meaning
    span = _SPAN.search(bound.text)
    if span is not None:
        try:
            ends, _ = read_range(bound.text[span.start() :], written_at, policy.zone, past=True)
        except Implausible:
            ends = None  # the words stand as they were typed
        args |= {"range": [spell_time(end) for end in ends]} if ends else {}
    return replace(bound, args=args, text=text)


def reads_class(bound: Bound, _policy: Policy, _at: datetime) -> Bound:
    """`/todo @ben deferred: harden it` means the same as `/todo deferred @ben harden it`."""
    first, _, rest = bound.text.partition(" ")
    word = first.strip(".,:;!").lower()
    if "choice" in bound.args or word not in _CLASSES:
        return bound
    return replace(bound, args={**bound.args, "choice": word}, text=rest.strip())


@command(
    "/lead [lead] [who] [text...]",
    rules=("RE-1",),
    aliases=("leads", "clue"),
    examples=(
        "/lead odd login from abroad at 02:41",
        "/lead @ben which key was it",
        "/lead L1 @cat",
        "/lead L1 clean: cloudtrail 02:41-03:52, query eventName=GetObject",
    ),
    gates=(is_no_person, says_something, is_known),
    reads=reads_outcome,
)
def lead(incident: Incident, entry: Entry) -> Incident:
    """Note something to follow up; with its number, who does, or how it ended and what was checked."""
    work, args = incident.work, entry.args
    known = found(work.leads, args.get("lead"))
    who = str(args.get("who", ""))
    if known is None:
        id, work = numbered(work, "L")
        told = Lead(id, entry.n, entry.at, entry.by.login, who)
    else:
        ended = noted(entry, args["outcome"]) if args.get("outcome") else None
        told = replace(
            known,
            who=who or known.who,
            note=entry.n if entry.text else known.note,
            result=ended or (None if who else known.result),  # given to somebody, it is followed up again
            checked=tuple(map(parse_time, args["range"])) if args.get("range") else known.checked,
        )
    leads = placed(work.leads, told, (one for one in work.leads if not one.open))
    return took(replace(incident, work=replace(work, leads=leads)), entry, who)


@command(
    "/todo [todo] [immediate|deferred] [who] [text...]",
    rules=("RE-2", "RE-3"),
    aliases=("to-do", "task", "todos"),
    examples=(
        "/todo @ben rotate the key",
        "/todo deferred: require hardware keys",
        "/todo T1 @cat",
        "/todo T1 deferred",
    ),
    gates=(says_something, is_known),
    reads=reads_class,
)
def todo(incident: Incident, entry: Entry) -> Incident:
    """Note something to be done, before it is resolved or deferred; with its number, who does it or when."""
    work, args = incident.work, entry.args
    known = found(work.items, args.get("todo"))
    who, choice = str(args.get("who", "")), args.get("choice")
    if known is None:
        id, work = numbered(work, "T")
        told = Item(id, entry.n, entry.at, entry.by.login, who, deferred=choice == DEFERRED)
    else:
        told = replace(
            known,
            who=who or known.who,
            deferred=choice == DEFERRED if choice else known.deferred,
            note=entry.n if entry.text else known.note,
        )
    return took(_with_item(replace(incident, work=work), told), entry, who)


@command(
    "/done [todo] [yes|no] [when] [text...]",
    rules=("RE-2", "RO-2"),
    aliases=("did",),
    examples=("/done T1", "/done T1 03:20 rotated everywhere", "/done", "/done T1 no, staging still has it"),
    gates=(is_known, is_one_of_yours, one_at_a_time),
)
def done(incident: Incident, entry: Entry) -> Incident:
    """Say that something is done; ticking its box does the same, and `/done T1 no` takes it back."""
    item = item_done(incident, entry)
    if item is None:
        return incident
    note = entry.n if entry.text else item.note
    if entry.args.get("choice") == "no":
        return _with_item(incident, replace(item, done=None, verified=None, note=note))
    told = replace(item, done=item.done or noted(entry), note=note)
    return took(_with_item(incident, told), entry, entry.by.login)


@command(
    "/verify [todo] [yes|no] [text...]",
    rules=("RE-2",),
    aliases=("verified",),
    examples=("/verify T1", "/verify T1 tried the old key", "/verify T1 no, the old key still works"),
    gates=(is_known, is_to_be_verified, one_at_a_time, may_verify),
)
def verify(incident: Incident, entry: Entry) -> Incident:
    """Say, as commander, that you have seen that it is done; `/verify T1 no` and why opens it again."""
    item = item_verified(incident, entry)
    if item is None:
        return incident
    note = entry.n if entry.text else item.note
    if entry.args.get("choice") == "no":
        return _with_item(incident, replace(item, done=None, verified=None, note=note))
    return _with_item(incident, replace(item, done=item.done or noted(entry), verified=noted(entry), note=note))


@command(
    "/kind <kind> [text...]",
    rules=("RE-5", "RE-6", "RE-7"),
    aliases=("checklist",),
    examples=("/kind credential", "/kind exposure a customer list", "/checklist host"),
)
def kind(incident: Incident, entry: Entry) -> Incident:
    """Say what kind it is: its checklist is put among the things to do, once."""
    return with_checklist(incident, entry, str(entry.args["kind"]))


def with_checklist(incident: Incident, entry: Entry, kind: str) -> Incident:
    """The incident with one kind's checklist among its items, each once, to be done before it is resolved.

    Args:
        incident: as it was.
        entry: the call that named the kind; never a guess.
        kind: the policy's name of it, such as `exposure` (RE-6).
    """
    checklist = incident.tables.checklists.get(kind)
    if checklist is None or kind in incident.work.kinds:
        return incident
    incident = replace(incident, work=replace(incident.work, kinds=(*incident.work.kinds, kind)))
    for words in checklist.items:
        id, work = numbered(incident.work, "T")
        incident = _with_item(replace(incident, work=work), Item(id, entry.n, entry.at, entry.by.login, words=words))
    return incident


def _with_item(incident: Incident, item: Item) -> Incident:
    work = incident.work
    items = placed(work.items, item, (one for one in work.items if one.verified))
    return replace(incident, work=replace(work, items=items))
