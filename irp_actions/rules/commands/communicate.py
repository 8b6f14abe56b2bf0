"""Communicate: situation reports, who outside is told, and what is waited for (CO)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from irp_actions.rules.commands.gates import not_too_long_a_wait
from irp_actions.rules.commands.table import command, fact, kept, noted
from irp_actions.rules.grammar import Bound, Refused
from irp_actions.rules.parties import AWARE, CONTINGENCY, concerned, everybody
from irp_actions.rules.pasted import understood
from irp_actions.rules.slash import KEYS
from irp_actions.values import outside
from irp_actions.values.incident import Fact, Incident
from irp_actions.values.outside import Wait
from irp_actions.values.parties import key_of
from irp_actions.values.policy import EVERYBODY, Policy
from irp_actions.values.record import Entry
from irp_actions.values.shape import parse_time

_WORD = re.compile(r"[^\W_]+(?:[-'.][^\W_]+)*")
_STANDING = re.compile(r"[\s,;(]*\bstanding\b[\s.!)]*\Z", re.IGNORECASE)
_OK = ("ok", "okay", "post", "yes", "as drafted")
_HOW = 60
"""Characters of a telling at whose beginning the way stands by which it was told; what follows is what was said."""

_OVER = ("over", "off", "no", "done", "end", "stop", "cancel")


def _sitrep_says(bound: Bound, policy: Policy, _: datetime) -> Bound:
    """Whether it is the draft that is meant, and whether the author's own words are few (CO-3)."""
    bound = understood(bound, policy)
    if bound.text.lower().strip(" .!") in _OK:
        return replace(bound, args={"drafted": True})
    few = 0 < len(_WORD.findall(bound.text)) < policy.sitreps.thin
    return replace(bound, args={**bound.args, "thin": True}) if few else bound


@command(
    "/sitrep [text...]",
    rules=("AS-8", "CO-1", "CO-3", "HO-4"),
    aliases=("situation", "update"),
    examples=("/sitrep key revoked, logs being read, next at 05:00", "/sitrep ok", "/sitrep"),
    answer="sitrep_draft",
    final=True,
    reads=_sitrep_says,
    keeps=KEYS,
)
def sitrep(incident: Incident, entry: Entry) -> Incident:
    """Post a situation report; alone, it shows a draft, and `/sitrep ok` posts that.

    The bare command is answered in a comment because the draft is there to be copied and corrected.
    """
    author = entry.by.login.lower()
    handoffs = tuple(
        replace(h, sitrep_at=entry.at)
        if h.accepted_at is not None and h.sitrep_at is None and h.incoming.lower() == author
        else h
        for h in incident.handoffs
    )
    known = incident.outside
    worded = known.worded if entry.args.get("drafted") else Fact(entry.at, entry.by.login, entry.n)
    thin = known.thin or (entry.n if entry.args.get("thin") else 0)
    return replace(
        incident,
        sitrep=Fact(entry.at, entry.by.login, entry.n, entry.args.get("severity", "")),
        sitreps=incident.sitreps + 1,
        handoffs=kept(handoffs),
        outside=replace(known, worded=worded, thin=thin),
    )


@command(
    "/tell <party> [text...]",
    rules=("CO-4", "CO-8", "IN-14"),
    aliases=("notify", "inform"),
    examples=(
        "/tell legal",
        "/tell national-cert the key was used from abroad",
        '/tell "Acme Corp" their records are in it',
    ),
)
def tell(incident: Incident, entry: Entry) -> Incident:
    """Say who else outside the team is to be told; it stands on the board until `/told`."""
    marked = incident.outside.named
    for key, name in _named(incident, entry, incident.tables.parties):
        marked = outside.kept(marked, key, Fact(entry.at, entry.by.login, entry.n, name))
    return replace(incident, outside=replace(incident.outside, named=marked))


def _told_how(bound: Bound, policy: Policy, _: datetime) -> Bound:
    """By which way it was told, where the text says so: `by phone: …`; without words it is the ready text (CO-5).

    Of several ways the first that stands there: `by phone, then by mail` was a call. Where the words begin with the way
    and a colon, the rest is what was told.
    """
    if not bound.text:
        return replace(bound, args={**bound.args, "drafted": True})
    named: dict[int, str] = {}
    for way, others in policy.words.by.items():
        word = rf"\b(?:{'|'.join(map(re.escape, (way, *others)))})\b"
        if found := re.search(word, bound.text[:_HOW], re.IGNORECASE):
            named.setdefault(found.start(), way)
    if not named:
        return bound
    way = named[min(named)]
    begins = rf"\Aby (?:{'|'.join(map(re.escape, (way, *policy.words.by[way])))})\s*:\s*(?=\S)"
    text = re.sub(begins, "", bound.text, flags=re.IGNORECASE)
    return replace(bound, args={**bound.args, "by": way}, text=text)


@command(
    "/told <party> [when] [text...]",
    rules=("CO-2", "CO-5", "CO-7", "CO-8", "IN-9", "IN-14"),
    aliases=("informed",),
    examples=(
        "/told customers",
        "/told legal 03:12 by phone",
        "/told status-page we are looking into errors",
        "/told all",
    ),
    reads=_told_how,
    keeps=KEYS,
)
def told(incident: Incident, entry: Entry) -> Incident:
    """Say that somebody outside was told: whom, when, how and what; without words it is the ready text."""
    return _told(incident, entry, _named(incident, entry, everybody(incident)))


def _wait_says(bound: Bound, _: Policy, __: datetime) -> Bound:
    """What is waited for, whether the daily statement may be given meanwhile, and whether the wait is over."""
    if "until" not in bound.args:
        if bound.text.lower().strip(" .!") not in _OVER:
            raise Refused("needs_until", usage="/wait <until> [text...]", typed=bound.text)
        return Bound({"over": True})
    text = re.sub(r"\A(?:for|because|as|until)\s+", "", bound.text, flags=re.IGNORECASE)
    bare = _STANDING.sub("", text)
    args = bound.args if bare == text else {**bound.args, "standing": True}
    return replace(bound, args=args, text=bare)


@command(
    "/wait [until] [text...]",
    rules=("CO-2", "CO-6"),
    aliases=("waiting", "snooze", "hold"),
    examples=(
        "/wait until 04:00 for the vendor",
        "/wait 2 h for the scan",
        "/wait until tomorrow 09:00 for AWS, standing",
    ),
    gates=(not_too_long_a_wait,),
    reads=_wait_says,
)
def wait(incident: Incident, entry: Entry) -> Incident:
    """Ask not to be asked until a time, and say what for; with `, standing` the program states it daily itself.

    A sitrep, a higher severity or `/wait over` ends it early.
    """
    if entry.args.get("over"):
        return replace(incident, outside=replace(incident.outside, wait=None))
    asked = Wait(
        at=entry.at,
        until=parse_time(entry.args["until"]),
        by=entry.by.login,
        n=entry.n,
        acts=incident.tables.acts_as(incident.severity),
        standing=bool(entry.args.get("standing")),
    )
    return replace(incident, outside=replace(incident.outside, wait=asked))


@fact("stated")
def stated(incident: Incident, entry: Entry) -> Incident:
    """CO-2: the program gave the daily statement, to those who follow the issue."""
    mark = Fact(entry.at, entry.by.login, entry.n)
    return _told(replace(incident, outside=replace(incident.outside, stated=mark)), entry, _named(incident, entry, ()))


def noticed(incident: Incident, entry: Entry) -> Incident:
    """What an entry that was accepted means for those outside, whichever chapter its call is of.

    Args:
        incident: the incident with the entry already applied.
        entry: any accepted entry.
    """
    notice = _NOTICES.get(entry.call)
    incident = notice(incident, entry) if notice else incident
    ended = incident.resolved or incident.closing
    if ended is not None and ended.n == entry.n:
        return replace(incident, outside=replace(incident.outside, ended_in=entry.source))
    return incident


def _aware(incident: Incident, entry: Entry) -> Incident:
    """IN-9: since when the team was aware, where somebody said so."""
    return _occasion(incident, AWARE, noted(entry))


def _affects(incident: Incident, entry: Entry) -> Incident:
    """CO-7: customers are affected; RE-6: data is exposed."""
    terms = {term for terms in entry.args.values() for term in (terms if isinstance(terms, list) else [terms])}
    for occasion in ("customers", "exposure"):
        if occasion in terms:
            incident = _occasion(incident, occasion, noted(entry))
        elif terms & {f"not {occasion}", "none"}:
            incident = _occasion(incident, occasion, None)
    return incident


def _contingency(incident: Incident, entry: Entry) -> Incident:
    """CO-7: a contingency is on, or not needed."""
    return _occasion(incident, CONTINGENCY, noted(entry) if "activate" in entry.args.values() else None)


def _sitrep_reaches(incident: Incident, entry: Entry) -> Incident:
    """CO-5: a sitrep reaches those who follow the issue."""
    tables = incident.tables
    here = [key for key in concerned(incident) if key in tables.parties and tables.parties[key].here]
    return _told(incident, entry, [(key, tables.parties[key].name) for key in here])


def _sent(incident: Incident, entry: Entry) -> Incident:
    """CO-5: a message that went out by a channel reaches those whose channel it is."""
    channel = entry.args.get("channel")
    if entry.args.get("action", "tell") != "tell" or entry.args.get("kinds") == ["page"]:
        return incident  # it rang for the team; nobody was told anything
    reached = [(key, party.name) for key, party in incident.tables.parties.items() if channel in party.channels]
    return _told(incident, entry, reached)


_NOTICES: Mapping[str, Callable[[Incident, Entry], Incident]] = {
    "aware": _aware,
    "impact": _affects,
    "contingency": _contingency,
    "sitrep": _sitrep_reaches,
    "sent": _sent,
}
"""What calls of other chapters mean for those outside."""


def _occasion(incident: Incident, occasion: str, since: Fact | None) -> Incident:
    """The incident with an occasion on, since its first word of it, or off."""
    others = {name: mark for name, mark in incident.outside.occasions.items() if name != occasion}
    before = incident.outside.occasions.get(occasion)
    if since is not None:
        others[occasion] = before if before is not None and occasion != AWARE else since
    return replace(incident, outside=replace(incident.outside, occasions=others))


def _told(incident: Incident, entry: Entry, parties: Iterable[tuple[str, str]]) -> Incident:
    marked: Mapping[str, Fact] = incident.outside.told
    sources = dict(incident.outside.told_in)
    at: datetime = entry.happened_at or entry.at
    for key, name in parties:
        marked = outside.kept(marked, key, Fact(at, entry.by.login, entry.n, name))
        if not entry.args.get("drafted"):  # the ready text says what was so before the end
            sources[key] = entry.source
    told_in = {key: source for key, source in sources.items() if key in marked}
    return replace(incident, outside=replace(incident.outside, told=marked, told_in=told_in))


def _named(incident: Incident, entry: Entry, all_of_them: Iterable[str]) -> list[tuple[str, str]]:
    """The parties a call names, by key and name; `all` are those given."""
    names: list[str] = entry.args["party"]
    if names == [EVERYBODY[0]]:
        names = list(all_of_them)
    parties = incident.tables.parties
    return [(key_of(name), parties[key_of(name)].name if key_of(name) in parties else name) for name in names]
