"""Notes: the comments the program wants in the thread, each known by its keys, each posted once.

A *said* note is fixed once posted; a *live* one is amended as things go on. A key in the hidden first
line of our comment, or in the record, says that the note was posted. Everything that falls due in one
run is said in one comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from irp_actions.rules.clockboard import Row, clock_rows
from irp_actions.rules.words import render
from irp_actions.values.incident import DUPLICATE, FALSE_ALARM, Fact, Handoff, Incident, Running
from irp_actions.values.policy import Policy
from irp_actions.values.record import Record, Said
from irp_actions.values.thread import Comment, Thread

_ROOM = 50_000
"""Characters of all that is said at once."""

ENDINGS = {FALSE_ALARM: "thanks", DUPLICATE: "duplicate"}
"""What the final comment is called, where it is not the report."""

_KEYS = re.compile(r"\A<!-- irp:note ([^\n]*?) -->\n?")


@dataclass(frozen=True, slots=True)
class Note:
    """A comment we want there. `asks` are those whose silence counts from now on, because something is due of them."""

    keys: tuple[str, ...]
    text: str
    live: bool = False
    asks: tuple[str, ...] = ()
    tells_all: bool = False
    """Whether it tells the whole state, so that no news need follow it."""
    wants: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What it asks of whom by name, by the keys it says it under; where it is not told, everything of those it asks."""

    @property
    def wanted(self) -> Mapping[str, tuple[str, ...]]:
        """What it asks of whom by name, as the timeline tells it."""
        return self.wants or dict.fromkeys(self.asks, self.keys)


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


def handoff_notes(incident: Incident, record: Record, policy: Policy) -> Iterator[Note]:
    """One live comment for each ceremony, amended from the offer to the release (HO-8)."""
    for key, handoff in {handoff_key(handoff): handoff for handoff in incident.handoffs}.items():
        if handoff.undone is not None and key not in record.said:
            continue  # taken back before anybody could read of it
        clocks = {clock.rule: clock for clock in incident.clocks if clock.about == str(handoff.n)}
        now = {role: held.login for role, held in incident.roles.items()}
        yield Note(
            (key,),
            render(
                "handoff",
                incident=incident,
                policy=policy,
                handoff=handoff,
                holders=now if handoff.holders is None else handoff.holders,
                clocks=clocks,
                running=_running(incident),
                said=record.text_of,
                briefing=record.text_of(handoff.n),
            ),
            live=True,
        )


def _running(incident: Incident) -> list[Row]:
    """The clocks that the incoming person takes over (HO-1): those on the board, but for those of ceremonies."""
    return [row for row in clock_rows(incident) if not _of_ceremony(row[0])]


def _of_ceremony(clock: Running) -> bool:
    return clock.rule.startswith("HO-") and bool(clock.about)


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
    name, also = ENDINGS.get(incident.status, "report"), _also_thanked(incident, closing)
    for place, part in enumerate(parts, start=1):
        text = _below_title(part, also) if also and place == 1 else part
        yield Note((f"{name}:{stamp(closing.at)}:{place}",), text)


def _below_title(part: str, also: str) -> str:
    """A text with a line more: below its title, where whoever is mentioned sees it first, or at the end without one."""
    title, gap, rest = part.partition("\n\n")
    return f"{title}\n\n{also}{gap}{rest}" if title.startswith("# ") else f"{part}\n\n{also}"


def _also_thanked(incident: Incident, closing: Fact) -> str:
    """IN-12: those who reported it too, in issues of their own, were promised to hear here how it ended."""
    told = {incident.reporter.lower(), closing.by.lower()}
    others = {number: login for number, login in incident.duplicates.items() if login.lower() not in told}
    return render("also_thanks", incident=incident, others=others) if others else ""


def news_since(incident: Incident, record: Record) -> tuple[Fact, ...]:
    """The changes nobody was mailed yet, of each kind the last: those after the last comment of ours."""
    return tuple(fact for fact in latest(incident.news) if fact.n > record.spoke_n)


def latest(news: Iterable[Fact]) -> tuple[Fact, ...]:
    """Of each kind of change the last one."""
    found: dict[str, Fact] = {}
    for fact in news:
        kind, _, value = fact.detail.partition(" ")
        found.pop(key := f"role {value.split()[0]}" if kind == "role" else kind.removeprefix("un"), None)
        found[key] = fact
    return tuple(found.values())


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
    wants: dict[str, tuple[str, ...]] = {}
    for who, wanted in (each for note in notes for each in note.wanted.items()):
        wants[who] = (*wants.get(who, ()), *wanted)
    return Note(keys, text, asks=tuple(dict.fromkeys(login for note in notes for login in note.asks)), wants=wants)


def _that_fit(notes: list[Note]) -> list[Note]:
    """As many notes as one comment holds, at least one; the others are for the next look."""
    room = _ROOM
    for place, note in enumerate(notes):
        room -= len(note.text) + 10
        if room < 0 and place:
            return notes[:place]
    return notes
