"""Drafts: the ready text that comes with everything that is due, so that a tired person need only say yes (CO-3).

A draft is made of the record alone, so it is the same wherever it is shown: on the board, in a reminder, in the
answer to a bare `/sitrep`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from irp_actions.rules.chain import mark
from irp_actions.rules.notes import latest
from irp_actions.rules.parties import Owed, everybody, known_since, name_of, over_since, owed, party_of
from irp_actions.rules.replay import replay
from irp_actions.rules.report.mask import masked
from irp_actions.rules.sources import shown_title
from irp_actions.rules.waiting import wait_in_force
from irp_actions.rules.words import render
from irp_actions.values.incident import FALSE_ALARM, IC, Fact, Incident
from irp_actions.values.parties import PLACES, key_of
from irp_actions.values.policy import EVERYBODY, Policy
from irp_actions.values.record import Record
from irp_actions.values.thread import Thread

LONGEST = 1_000
"""Characters of a draft: what one call may keep in the record, so that what is posted is what was shown."""

SITREP_CLOCKS = ("AS-8", "CO-1", "HO-4", "HO-7")
"""The clocks that a sitrep answers."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What drafts are made of: the incident, the texts of its record, the thread as read, and the policy."""

    incident: Incident
    record: Record
    policy: Policy
    thread: Thread

    @property
    def title(self) -> str:
        """The issue's title, as far as it may be repeated."""
        return shown_title(self.thread, self.policy)

    @property
    def as_of(self) -> datetime:
        """The time (UTC) of the last thing that anybody did; until the next, no text that is made of it changes."""
        done = (entry.at for entry in self.record.entries if entry.by.standing != "program")
        return max(done, default=self.thread.at)

    def words(self, n: int | None) -> str:
        """The free text of an entry, if it is still there."""
        return self.record.text_of(n) or ""


@dataclass(frozen=True, slots=True)
class Notice:
    """The ready text for one party, or for several that are told the same."""

    owed: tuple[Owed, ...]
    text: str


def sitrep_draft(scene: Scene) -> str:
    """CO-3: a situation report as the record knows it: the state, and what changed since the last one."""
    incident = scene.incident
    last, wait, worded = incident.sitrep, wait_in_force(incident), incident.outside.worded
    since = last.n if last else 0
    told = [name_of(incident, key) for key, mark in incident.outside.told.items() if mark.n > since]
    news = latest(fact for fact in incident.news if last is not None and fact.n > since)
    commander = incident.roles.get(IC)
    if worded is not None and commander is not None and worded.at < commander.since:
        worded = None  # the words of who was in command before
    text = render(
        "sitrep_text",
        incident=incident,
        since=since,
        said=scene.words,
        title=scene.title,
        fresh=bool(news),
        changes=[fact for fact in news if not _stands_in(incident, fact)],
        told=told,
        wait=wait,
        awaited=scene.words(wait.n) if wait else "",
        worded=worded,
        words=scene.words(worded.n) if worded else "",
        as_of=scene.as_of,
    )
    text = "\n".join(row for row in text.split("\n") if row.strip())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def _stands_in(incident: Incident, fact: Fact) -> bool:
    """Whether a piece of news is in the other lines of a sitrep already: since when it is contained, and a handoff."""
    what, *about = fact.detail.split()
    handed = {handoff.role for handoff in incident.handoffs if handoff.accepted_at and not handoff.sitrep_at}
    return what == "contained" or (what == "role" and about[0] in handed)


def sitrep_ok(scene: Scene) -> str:
    """What `/sitrep ok` posts: exactly the draft that was shown last, as long as what it says of the state is so.

    Where none was shown since the last sitrep, or role, severity, status or containment have changed since, it is the
    draft of now, which stands on the board.
    """
    record, incident = scene.record, scene.incident
    shown = _shown_n(record)
    filed = record.archive.last if record.archive else 0
    changed = any(fact.n > shown for fact in incident.news)
    if changed or shown <= max(filed, incident.sitrep.n if incident.sitrep else 0):
        return sitrep_draft(scene)
    then = replay(replace(record, entries=tuple(entry for entry in record.entries if entry.n <= shown)))
    return sitrep_draft(replace(scene, incident=then))


def drafted(call: str, args: Mapping[str, Any], scene: Scene) -> str:
    """The words of a call that means the ready text: `/sitrep ok`, `/told` without words, a daily statement.

    Args:
        call: whose words they are.
        args: the call's arguments.
        scene: what they are made of.
    """
    if call == "sitrep":
        return sitrep_ok(scene)
    named = [key_of(name) for name in args["party"]]
    return _joined(notice_text(scene, key) for key in (everybody(scene.incident) if EVERYBODY[0] in named else named))


def notices(scene: Scene, only: Iterable[str] | None = None) -> tuple[Notice, ...]:
    """CO-8: the exact text for each party that is still to be told something, those told alike together.

    Args:
        scene: what they are made of.
        only: the keys of the parties that are asked about; all of them if it is not given.
    """
    asked = None if only is None else set(only)
    found: dict[str, list[Owed]] = {}
    for item in owed(scene.incident):
        if asked is None or item.key in asked:
            found.setdefault(notice_text(scene, item.key), []).append(item)
    return tuple(Notice(tuple(items), text) for text, items in found.items())


def notice_text(scene: Scene, key: str) -> str:
    """What one party is told: in the policy's words for it, else in the usual ones; of the end always in those."""
    incident = scene.incident
    party, over = party_of(incident.tables, key), over_since(incident)
    if party.says and over is None:
        return party.filled(_places(scene))
    if party.is_public:
        return _public_text(scene, key)
    return render(
        "notice_text",
        incident=incident,
        thread=scene.thread,
        title=scene.title,
        over=over,
        false_alarm=incident.status == FALSE_ALARM,
        said=scene.words,
        wait=wait_in_force(incident),
        unchanged=_is_unchanged(incident, key),
        mark=mark(scene.record),
    )


def _public_text(scene: Scene, key: str) -> str:
    """CL-6: what those outside the confidence of the team are told: a person's own words for them first, then times.

    It names nobody, and neither severity nor sitrep. It has no link and no mark (CL-7) either: both tell the number of
    the issue, and nobody out there can have a record checked. What was sent stands word for word in the ledger.
    """
    incident = scene.incident
    statement = incident.findings.statement
    people = {incident.reporter, *incident.team, *incident.former, *scene.policy.people.on_call}
    return render(
        "public_text",
        incident=incident,
        party=party_of(incident.tables, key),
        over=over_since(incident),
        false_alarm=incident.status == FALSE_ALARM,
        statement=masked(scene.words(statement.n), scene.policy, people) if statement else "",
        since=known_since(incident),
        unchanged=_is_unchanged(incident, key),
    )


def _is_unchanged(incident: Incident, key: str) -> bool:
    """Whether a party was told before, and nothing that it would be told has changed since."""
    told = incident.outside.told.get(key)
    stated = incident.findings.statement
    changed = [found.n for found in (*incident.news, incident.sitrep, stated) if found is not None]
    return told is not None and told.n >= max(changed, default=0)


def _joined(texts: Iterable[str]) -> str:
    """Texts one below the other, each once."""
    return "\n\n".join(dict.fromkeys(texts))


def _shown_n(record: Record) -> int:
    """The last entry that the draft knew of which was shown last, in a reminder or an answer; 0 if none was."""
    reminded = [said.n for key, said in record.said.items() if key.partition(":")[0] in (*SITREP_CLOCKS, "long")]
    asked = [entry for entry in record.entries if entry.call == "sitrep" and "answer" in entry.args]
    answers = [(record.said.get(f"re:{entry.source}"), entry.n) for entry in asked]
    return max([*reminded, *(said.n if said else n for said, n in answers)], default=0)


def _places(scene: Scene) -> dict[str, str]:
    """What fills the places in a party's own words."""
    incident, wait = scene.incident, wait_in_force(scene.incident)
    values = {
        "number": str(scene.thread.number),
        "title": scene.title,
        "status": incident.tables.statuses[incident.status].shown,
        "severity": incident.severity,
        "contained": render("contained", incident=incident),
        "commander": incident.holder(IC) or "",
        "sitrep": scene.words(incident.sitrep.n if incident.sitrep else None),
        "waiting": scene.words(wait.n if wait else None),
        "link": scene.thread.url,
    }
    return {place: values[place] for place in PLACES}
