"""Replies: one answer to each comment or deed of which something was refused or asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from irp_actions.rules.afterwards import brought_note
from irp_actions.rules.briefing import brief
from irp_actions.rules.commands import COMMANDS
from irp_actions.rules.drafts import Scene, sitrep_draft
from irp_actions.rules.notes import Note, was_said
from irp_actions.rules.replay import replay
from irp_actions.rules.sources import OVERLAP
from irp_actions.rules.undo import spelled
from irp_actions.rules.words import render
from irp_actions.values.incident import Incident
from irp_actions.values.policy import Policy
from irp_actions.values.record import ACCEPTED, REFUSED, Entry, Record
from irp_actions.values.thread import Thread

_ANSWERED = {"answer", "noted"}
"""The arguments of an entry that is accepted, and answered all the same."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What one author is told about the calls of one comment or deed."""

    to: str
    refusals: tuple[str, ...]
    answers: tuple[str, ...]


def replies(incident: Incident, record: Record, policy: Policy, thread: Thread) -> Iterator[Note]:
    """One answer to each comment or deed of which something was refused or asked for."""
    for source, entries in _by_source(record):
        by = entries[0].by
        if by.standing in ("bot", "program"):
            continue
        # An edit of something recorded is accepted as a fact, and still may need a word.
        warned = [record.text_of(e.n) for e in entries if e.verdict == REFUSED or e.call == "edited"]
        refusals = tuple(dict.fromkeys(text for text in warned if text))
        names = dict.fromkeys(e.args["answer"] for e in entries if "answer" in e.args)
        answers = (
            *(_answer(name, incident, record, policy, thread) for name in names),
            *(_undone(entry, incident, record) for entry in entries if _takes_back(entry)),
            *_also_offered(entries, incident),
            *(render("noted") for entry in entries if entry.args.get("noted")),
        )
        withheld = any("withheld" in e.marks for e in entries)
        calls = tuple(called for called in incident.called if any(e.n == called.n for e in entries))
        if refusals or answers or withheld or calls:
            reply = Reply(by.login, refusals, answers)
            said = {called.n: record.text_of(called.n) for called in calls}
            text = render("reply", reply=reply, withheld=withheld, calls=calls, said=said)
            asks = tuple(login for called in calls for login in called.who)
            yield Note((f"re:{source}",), text, asks=asks, tells_all="brief" in names)
        kept = next((e for e in entries if e.call == "kept-open"), None)
        if kept is not None and not _opened_since(kept, record, thread):
            text = render("kept_open", to=by.login, incident=incident, reason=kept.args.get("reason", ""))
            yield Note((f"kept-open:{kept.source}",), text)
    brought = brought_note(incident)
    if brought is not None:
        yield brought


def _opened_since(kept: Entry, record: Record, thread: Thread) -> bool:
    """Whether a person opened the issue again before we did: then nothing is left to be said."""
    return any(d.kind == "reopened" and d.at >= kept.at and d.actor != record.writer for d in thread.deeds)


def unanswered(record: Record, policy: Policy, thread: Thread) -> bool:
    """Whether something decided by an earlier look is not answered yet: one comment could not hold it all."""
    waiting = any(
        _wants_answer(entry) and not was_said(f"re:{source}", record, thread)
        for source, entries in _by_source(record)
        for entry in entries
    )
    if not waiting:  # nearly always: nothing to put into words
        return False
    return any(not was_said(note.keys[0], record, thread) for note in replies(replay(record), record, policy, thread))


def _also_offered(entries: list[Entry], incident: Incident) -> Iterator[str]:
    """What else was offered to somebody who has just accepted, and waits still (HO-2)."""
    accepted = next((e for e in reversed(entries) if e.call == "accept" and e.verdict == ACCEPTED), None)
    if accepted is not None:
        mine = [h for h in incident.handoffs if h.pending and h.incoming.lower() == accepted.by.login.lower()]
        offers = [handoff for handoff in mine if handoff.n < accepted.n]
        if offers:
            yield render("also_offered", incident=incident, to=accepted.by.login, offers=offers)


def _takes_back(entry: Entry) -> bool:
    """Whether it took something back, which is always named."""
    return entry.call == "undo" and entry.verdict == ACCEPTED


def _undone(undo: Entry, incident: Incident, record: Record) -> str:
    """What was taken back, as it was typed, and what is so now (AS-5)."""
    meant = next((entry for entry in record.entries if entry.n == undo.args["n"]), None)
    typed = spelled(meant, record.text_of(meant.n)) if meant else f"/{undo.args['what']}"
    return render("undone", incident=incident, typed=typed, roles=undo.args.get("roles", {}))


def _wants_answer(entry: Entry) -> bool:
    return entry.verdict == REFUSED or bool(entry.args.keys() & _ANSWERED) or _takes_back(entry)


def _answer(name: str, incident: Incident, record: Record, policy: Policy, thread: Thread) -> str:
    scene = Scene(incident, record, policy, thread)
    if name == "brief":
        return brief(scene)
    return render(
        name,
        incident=incident,
        now=thread.read_at,
        title=scene.title,
        draft=sitrep_draft(scene),
        commands=[(command.usage, command.summary) for command in COMMANDS.values()],
    )


def _by_source(record: Record) -> Iterator[tuple[str, list[Entry]]]:
    """The entries whose answers may still have to be posted, together with those of the same source."""
    horizon = record.cursor - OVERLAP if record.cursor else None
    fresh = [e for e in record.entries if horizon is None or e.at >= horizon]
    for source, entries in groupby(fresh, key=lambda entry: entry.source):
        yield source, list(entries)
