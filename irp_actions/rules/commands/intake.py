"""Intake: somebody takes it on, and everybody can ask what is going on (IN, RO)."""

from __future__ import annotations

from dataclasses import replace

from irp_actions.rules.commands.gates import known_status
from irp_actions.rules.commands.table import command, given_back, noted
from irp_actions.values.incident import Incident
from irp_actions.values.record import Entry


@command(
    "/ack [text...]",
    rules=("IN-4", "IN-7"),
    aliases=("acknowledge", "acked", "on it", "here"),
    examples=("/ack", "/ack on my way", "/on it"),
    final=True,
)
def ack(incident: Incident, entry: Entry) -> Incident:
    """Say that you are on it; the first to do so becomes incident commander."""
    if incident.acknowledged is None:
        return replace(incident, acknowledged=noted(entry))
    return incident


@command("/join [text...]", rules=("RO-1",), aliases=("joining",), examples=("/join", "/join from the database side"))
def join(incident: Incident, _: Entry) -> Incident:
    """Say that you are working on it too."""
    return incident  # every word of a responder joins them; this is for those who have nothing else to say yet


@command(
    "/brief",
    rules=("IN-13",),
    may="anyone",
    aliases=("summary", "what"),
    examples=("/brief",),
    answer="brief",
    only_answers=True,
)
def brief(incident: Incident, _: Entry) -> Incident:
    """Ask for the state of things in under twenty lines: what, now, next, who, asks.

    Answered in a comment because whoever asks has just arrived and may be reading by mail.
    """
    return incident


@command(
    "/status [text...]",
    rules=("IN-2",),
    may="anyone",
    examples=("/status",),
    gates=(known_status,),
    answer="brief",
    only_answers=True,
)
def status(incident: Incident, _: Entry) -> Incident:
    """The same as /brief; `/status confirmed`, `/status contained 03:12` and so on do what they say.

    Answered in a comment for the same reason as `/brief`.
    """
    return incident


@command(
    "/help",
    rules=("RO-4",),
    may="anyone",
    aliases=("commands",),
    examples=("/help",),
    answer="help",
    only_answers=True,
)
def help_(incident: Incident, _: Entry) -> Incident:
    """List the commands.

    Answered in a comment because it was asked for, and nothing else would show it on a phone.
    """
    return incident


@command(
    "/timeline [when] <text...>",
    rules=("RO-4",),
    may="anyone",
    aliases=("note", "log"),
    examples=("/timeline 03:12 disabled the key", "/timeline 10 min ago the pager was silent"),
)
def timeline(incident: Incident, _: Entry) -> Incident:
    """Note what happened, at the time it happened; a line such as `03:12 key disabled` does the same."""
    return incident


@command(
    "/undo",
    rules=("AS-5",),
    aliases=("oops", "take back"),
    examples=("/undo",),
    final=True,
)
def undo(incident: Incident, entry: Entry) -> Incident:
    """Take back your own last call, within ten minutes.

    Answered in a comment because it does not say what it takes back, and whoever reads by mail has to know. The fold
    leaves out the entry it names (`replay.undone`); here only the roles that go back are noted (HO-3).
    """
    for role, login in entry.args.get("roles", {}).items():
        incident = given_back(incident, entry, role, login)
    return incident
