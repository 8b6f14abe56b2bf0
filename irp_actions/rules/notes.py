"""Notes: the comments the program wants in the thread, each known by its keys, each posted once.

A *said* note is fixed once posted; a *live* one is amended as things go on. A key in the hidden first
line of our comment, or in the record, says that the note was posted. Everything that falls due in one
run is said in one comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from irp_actions.rules.asks import people_asked
from irp_actions.rules.clocks import CLOCKS, loud_from, steps
from irp_actions.rules.commands import COMMANDS
from irp_actions.rules.drafts import SITREP_CLOCKS, Scene, notices, sitrep_draft
from irp_actions.rules.parties import WHY, entitled, named_together
from irp_actions.rules.replay import replay
from irp_actions.rules.sources import OVERLAP, Source, shown_about, shown_title
from irp_actions.rules.waiting import wait_in_force
from irp_actions.rules.words import render
from irp_actions.values.incident import DUPLICATE, FALSE_ALARM, Fact, Handoff, Incident, Running
from irp_actions.values.policy import Policy
from irp_actions.values.record import REFUSED, Entry, Record, Said
from irp_actions.values.thread import Comment, Thread

_ROOM = 50_000
"""Characters of all that is said at once."""

ENDINGS = {FALSE_ALARM: "thanks", DUPLICATE: "duplicate"}
"""What the final comment is called, where it is not the report."""

_KEYS = re.compile(r"\A<!-- irp:note ([^\n]*?) -->\n?")


@dataclass(frozen=True, slots=True)
class Note:
    """A comment we want there. `asks` are those it asks by name for a clock's sake."""

    keys: tuple[str, ...]
    text: str
    live: bool = False
    asks: tuple[str, ...] = ()
    tells_all: bool = False
    """Whether it tells the whole state, so that no news need follow it."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """A clock whose rung is due: what was due, whom this rung asks, and the keys it covers."""

    clock: Running
    title: str
    do: str
    asked: tuple[str, ...]
    keys: tuple[str, ...]
    urgent: bool
    held: bool = False
    """Whether it fell due in the quiet hours and waited for their end (CO-6)."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What one author is told about the calls of one comment or deed."""

    to: str
    refusals: tuple[str, ...]
    answers: tuple[str, ...]


def keyed(keys: tuple[str, ...], text: str) -> str:
    """The comment's body: its keys hidden in the first line, then what people read."""
    return f"<!-- irp:note {' '.join(keys)} -->\n{text}"


def keys_of(body: str) -> tuple[str, ...]:
    """The keys of a comment of ours; none when it is no note."""
    found = _KEYS.match(body)
    return tuple(found[1].split()) if found else ()


def text_of(body: str) -> str:
    """What people read of a note."""
    return _KEYS.sub("", body.replace("\r\n", "\n"), count=1)


def posted(thread: Thread, record: Record) -> Mapping[str, Comment]:
    """Our notes in the thread by key; of two copies the earlier.

    Of a note that somebody else edited, only the keys count that the record knows it by.
    """
    found: dict[str, Comment] = {}
    for comment in thread.comments:
        if comment.author != record.writer:
            continue
        if comment.editor in (None, record.writer):
            keys = keys_of(comment.body)
        else:
            keys = tuple(key for key, said in record.said.items() if _may_be(said, comment, key))
        for key in keys:
            found.setdefault(key, comment)
    return found


def _may_be(said: Said, comment: Comment, key: str) -> bool:
    """Whether a note of ours that somebody edited is the one the record knows by this key."""
    unread = said.id is None and comment.at >= said.at and key in keys_of(comment.body)
    return said.id == comment.id or unread


def was_said(key: str, record: Record, thread: Thread) -> bool:
    """Whether a note with this key was posted.

    The record's word is enough once the note was read back, or where the thread as read does not reach so
    far; a note that should be in sight and is not was lost on the way, unless somebody deleted it.
    """
    if key in posted(thread, record):
        return True
    said = record.said.get(key)
    if said is None:
        return False
    if said.id is not None or not _in_sight(said.at, thread):
        return True
    return any(
        deed.kind == "comment_deleted" and deed.at >= said.at and deed.detail == record.writer.login
        for deed in thread.deeds
    )


def _in_sight(at: datetime, thread: Thread) -> bool:
    """Whether the thread as read holds every comment since a moment."""
    return thread.whole or (thread.complete_since is not None and thread.complete_since <= at)


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
        answers = tuple(_answer(name, incident, record, policy, thread) for name in names)
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
            yield Note((f"kept-open:{kept.source}",), render("kept_open", to=by.login, incident=incident))


def _opened_since(kept: Entry, record: Record, thread: Thread) -> bool:
    """Whether a person opened the issue again before we did: then nothing is left to be said."""
    return any(d.kind == "reopened" and d.at >= kept.at and d.actor != record.writer for d in thread.deeds)


def unanswered(record: Record, policy: Policy, thread: Thread) -> bool:
    """Whether something decided by an earlier look is not answered yet: one comment could not hold it all."""
    waiting = any(
        (entry.verdict == REFUSED or "answer" in entry.args) and not was_said(f"re:{source}", record, thread)
        for source, entries in _by_source(record)
        for entry in entries
    )
    if not waiting:  # nearly always: nothing to put into words
        return False
    return any(not was_said(note.keys[0], record, thread) for note in replies(replay(record), record, policy, thread))


def _answer(name: str, incident: Incident, record: Record, policy: Policy, thread: Thread) -> str:
    waits = wait_in_force(incident)
    rows = [(clock, CLOCKS[clock.rule].title, False) for clock in incident.clocks if CLOCKS[clock.rule].on_board]
    return render(
        name,
        incident=incident,
        rows=named_together(rows, incident),
        waits=waits,
        awaited=record.text_of(waits.n) if waits else None,
        policy=policy,
        now=thread.read_at,
        title=shown_title(thread, policy),
        sitrep_text=record.text_of(incident.sitrep.n) if incident.sitrep else None,
        draft=sitrep_draft(Scene(incident, record, policy, thread)),
        titles=titles(),
        commands=[(command.usage, command.summary) for command in COMMANDS.values()],
    )


def _by_source(record: Record) -> Iterator[tuple[str, list[Entry]]]:
    """The entries whose answers may still have to be posted, together with those of the same source."""
    horizon = record.cursor - OVERLAP if record.cursor else None
    fresh = [e for e in record.entries if horizon is None or e.at >= horizon]
    for source, entries in groupby(fresh, key=lambda entry: entry.source):
        yield source, list(entries)


def reminders(incident: Incident, record: Record, policy: Policy, thread: Thread) -> tuple[Reminder, ...]:
    """The clocks with a rung due and unsaid; when several are due, one reminder speaks for all (a catch-up, CO-6)."""
    now = thread.read_at
    found = []
    for clock in incident.clocks:
        due = [(rung_key(clock, step.place), step) for step in steps(incident, clock, now)]
        if not due or was_said(due[-1][0], record, thread):
            continue
        unsaid = [(key, step) for key, step in due if not was_said(key, record, thread)]
        asked = [who for _, step in unsaid for who in people_asked(incident, policy.people, clock, step.ask)]
        entered = CLOCKS[clock.rule]
        found.append(
            Reminder(
                clock,
                entitled(entered.title, clock, incident),
                entered.do.replace("{party}", clock.about),
                tuple(dict.fromkeys(asked)),
                tuple(key for key, _ in unsaid),
                incident.tables.clocks[clock.rule].urgent,
                loud_from(incident, clock) > clock.due,
            )
        )
    return tuple(found)


def rung_key(clock: Running, place: int | str) -> str:
    """Names what a clock says at one step of its ladder; with an empty place, how all of its keys begin."""
    return f"{clock.run}:{place}"


def reminder_note(
    incident: Incident, record: Record, policy: Policy, thread: Thread, waiting: Source | None = None
) -> Note | None:
    """One comment for everything that is due, unless it can wait for the quiet to pass (law 2, CO-6)."""
    due = reminders(incident, record, policy, thread)
    if not due:
        return None
    last = record.spoke_at
    quiet = last is not None and thread.read_at < last + incident.tables.quiet.between_comments
    if quiet and not any(reminder.urgent for reminder in due):
        return None
    asked = tuple(dict.fromkeys(login for reminder in due for login in reminder.asked))
    scene = Scene(incident, record, policy, thread)
    text = render(
        "reminder",
        incident=incident,
        policy=policy,
        reminders=due,
        asked=asked,
        now=thread.read_at,
        waiting=waiting,
        title=shown_title(thread, policy),
        about=shown_about(thread, policy),
        draft=sitrep_draft(scene) if any(r.clock.rule in SITREP_CLOCKS for r in due) else "",
        notices=notices(scene, {r.clock.about for r in due if r.clock.rule in WHY}),
    )
    return Note(tuple(key for reminder in due for key in reminder.keys), text, asks=asked)


def handoff_notes(incident: Incident, record: Record, policy: Policy) -> Iterator[Note]:
    """One live comment for each ceremony, amended from the offer to the release (HO-8)."""
    for handoff in incident.handoffs:
        clocks = {clock.rule: clock for clock in incident.clocks if clock.about == str(handoff.n)}
        yield Note(
            (handoff_key(handoff),),
            render(
                "handoff",
                incident=incident,
                policy=policy,
                handoff=handoff,
                clocks=clocks,
                running=_running(incident),
                said=record.text_of,
                titles=titles(),
                briefing=record.text_of(handoff.n),
            ),
            live=True,
        )


def _running(incident: Incident) -> tuple[Running, ...]:
    """The clocks that the incoming person takes over (HO-1): those on the board, but for the ceremony's own."""
    shown = (clock for clock in incident.clocks if CLOCKS[clock.rule].on_board and not clock.about)
    return tuple(sorted(shown, key=lambda clock: clock.due))


def handoff_key(handoff: Handoff) -> str:
    """Names a ceremony by when it began and for which role, so that it outlives a record decided anew."""
    return f"handoff:{handoff.role}:{stamp(handoff.offered_at)}"


def stamp(at: datetime) -> str:
    """A moment (UTC) as a part of a key."""
    return f"{at:%Y%m%dT%H%M%SZ}"


def closing_notes(incident: Incident, parts: tuple[str, ...]) -> Iterator[Note]:
    """The final comment: the report, in as many parts as it needs, or a thank-you after a false alarm (CL-5, AS-2)."""
    closing = incident.closing
    if closing is None:
        return
    name = ENDINGS.get(incident.status, "report")
    for place, part in enumerate(parts, start=1):
        yield Note((f"{name}:{stamp(closing.at)}:{place}",), part)


def news_since(incident: Incident, record: Record) -> tuple[Fact, ...]:
    """The changes nobody was mailed yet, of each kind the last: those after the last comment of ours."""
    latest: dict[str, Fact] = {}
    for fact in incident.news:
        kind, _, value = fact.detail.partition(" ")
        latest.pop(key := f"role {value.split()[0]}" if kind == "role" else kind.removeprefix("un"), None)
        latest[key] = fact
    return tuple(fact for fact in latest.values() if fact.n > record.spoke_n)


def merged(
    notes: list[Note], news: tuple[Fact, ...], incident: Incident, now: datetime, remarks: str = ""
) -> Note | None:
    """Everything there is to say now in one comment, with what changed since the last one (law 2).

    Args:
        notes: what makes the comment worth its mail.
        news: what changed since the last comment.
        incident: knows the names of what changed.
        now: the time (UTC).
        remarks: what is not worth a comment of its own.
    """
    if not notes:
        return None
    notes = _that_fit(notes)
    judged_late = any(clock.rule == "IN-8" and clock.due <= now for clock in incident.clocks)  # IN-8: never by itself
    tells_all = any(n.tells_all for n in notes)
    told = "" if tells_all else render("news", news=news, incident=incident, judged_late=judged_late)
    text = "\n\n".join(filter(None, ["\n\n---\n\n".join(note.text for note in notes), remarks, told]))
    keys = tuple(key for note in notes for key in note.keys)
    return Note(keys, text, asks=tuple(dict.fromkeys(login for note in notes for login in note.asks)))


def _that_fit(notes: list[Note]) -> list[Note]:
    """As many notes as one comment holds, at least one; the others are for the next look."""
    room = _ROOM
    for place, note in enumerate(notes):
        room -= len(note.text) + 10
        if room < 0 and place:
            return notes[:place]
    return notes


def titles() -> Mapping[str, str]:
    """What each clock is called, by rule id."""
    return {rule: clock.title for rule, clock in CLOCKS.items()}
