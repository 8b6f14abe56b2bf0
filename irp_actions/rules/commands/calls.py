"""Calls for help, and what came of telling the channels (RO-1, IN-6, CO-5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from irp_actions.rules.commands.gates import nobody_answers, not_yourself, receiver_responds, still_open
from irp_actions.rules.commands.table import command, fact
from irp_actions.rules.slash import KEYS
from irp_actions.values.incident import Called, Incident
from irp_actions.values.outbox import Delivery, Undelivered
from irp_actions.values.record import Entry

PAGE = "page:"
"""What the topic and the key of every message that wakes somebody begin with."""

OVER = ":over"
"""What the key of a page ends with once its alert has been ended."""

CALLS_KEPT = 3
"""How many unanswered calls are remembered; who calls more often means the same people."""


@command(
    "/page [who] [text...]",
    rules=("RO-1",),
    aliases=("wake",),
    examples=("/page", "/page @cat the database is going", "/page I need somebody who knows the mail gateway"),
    may="waiting",
    gates=(still_open, not_yourself, nobody_answers, receiver_responds),
    keeps=KEYS,
)
def page(incident: Incident, entry: Entry) -> Incident:
    """Call somebody for help: the one you name, or the next who is not here yet; others may while nobody answers.

    The same person called again within a breath is only noted: the first call still rings.
    """
    named = entry.args.get("who")
    who = (str(named),) if named else whom_to_call(incident, entry.by.login)
    if _rings(incident, entry, who):
        return incident
    called = Called(entry.at, entry.by.login, entry.n, who)
    return replace(incident, called=(*incident.called, called)[-CALLS_KEPT:], called_at=entry.at)


def _rings(incident: Incident, entry: Entry, who: tuple[str, ...]) -> bool:
    """Whether the same people were called a moment ago and have not answered."""
    since = entry.at - incident.tables.quiet.call_again
    names = {login.lower() for login in who}
    return any(called.at > since and names == {login.lower() for login in called.who} for called in incident.called)


def whom_to_call(incident: Incident, by: str) -> tuple[str, ...]:
    """Who comes next: the first of the roster who is neither here nor asked nor gone to rest; else all others of it.

    Args:
        incident: knows the roster, the team, and who was asked and has not answered.
        by: who calls.
    """
    roster = [login for login in incident.tables.people.on_call if login.lower() != by.lower()]
    here = {login.lower() for login in incident.present}
    waiting = {login.lower() for called in incident.called for login in called.who} | set(incident.asked)
    resting = {login.lower() for login in incident.left}
    away = [login for login in roster if login.lower() not in here]
    fresh = [login for login in away if login.lower() not in waiting | resting]
    return tuple(fresh[:1] or away or roster)


def still_waiting(incident: Incident, login: str) -> tuple[Called, ...]:
    """The calls that are still unanswered after a word of this person."""
    return tuple(called for called in incident.called if not _answers(called, login.lower()))


def _answers(called: Called, login: str) -> bool:
    """Whether this person's word answers a call; a call that could name nobody is answered by anybody else."""
    if called.who:
        return login in {who.lower() for who in called.who}
    return login != called.by.lower()


@fact("sent")
def sent(incident: Incident, entry: Entry) -> Incident:
    """A channel took a message (CO-5)."""
    args = entry.args
    slot = f"{args['channel']} {args['topic']}"
    taken = Delivery(
        args["key"], entry.at, entry.n, args.get("action", "tell"), args.get("alert", ""), args.get("upto", 0)
    )
    failing = {name: kept for name, kept in incident.undelivered.items() if name != slot}
    return _tidied(replace(incident, delivered={**incident.delivered, slot: taken}, undelivered=failing))


@fact("unsent")
def unsent(incident: Incident, entry: Entry) -> Incident:
    """A channel did not take a message; every run tries again until it does, or nobody must hear it any more (CO-5)."""
    args = entry.args
    slot = f"{args['channel']} {args['topic']}"
    before = incident.undelivered.get(slot)
    since = before.since if before and before.key == args["key"] else entry.at
    failing = Undelivered(args["key"], since, entry.n, args["why"], args.get("lasting", False), args.get("alert", ""))
    return _tidied(replace(incident, undelivered={**incident.undelivered, slot: failing}))


def _tidied(incident: Incident) -> Incident:
    """The incident without what is remembered of pages that are over, so that the record stays small."""
    delivered: Mapping[str, Delivery] = {
        slot: kept
        for slot, kept in incident.delivered.items()
        if kept.action == "trigger" or goes_on(incident, kept.key)
    }
    undelivered = {
        slot: kept for slot, kept in incident.undelivered.items() if kept.alert or goes_on(incident, kept.key)
    }
    return replace(incident, delivered=delivered, undelivered=undelivered)


def goes_on(incident: Incident, key: str) -> bool:
    """Whether a message's key can still be of use: it is of no page, or of the page of a clock or call that goes on."""
    if not key.startswith(PAGE):
        return True
    base = key.removesuffix(OVER)
    calls = incident.called if incident.closing is None else ()
    return any(base.startswith(f"{PAGE}{clock.run}:") for clock in incident.clocks) or any(
        base == f"{PAGE}{called.n}" for called in calls
    )
