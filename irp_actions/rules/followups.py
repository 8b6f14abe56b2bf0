"""Follow-ups: what is left when an incident ends becomes issues of its own, each opened once (CL-2, RE-3)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from irp_actions.rules.sources import OVERLAP, shown_title
from irp_actions.rules.words import render
from irp_actions.values.changes import OpenIssue
from irp_actions.values.findings import FollowUp
from irp_actions.values.incident import DUPLICATE, FALSE_ALARM, Incident
from irp_actions.values.policy import Policy
from irp_actions.values.record import Record, Said
from irp_actions.values.thread import Thread

LABEL = "follow-up"
"""Marks the issues that came of an incident. They are no incidents, so they do not carry the record's label."""

TextOf = Callable[[int], str | None]

TITLE = 100
"""Characters of an issue's title; its body has the whole text."""

_ACCEPTANCE = re.compile(r"[\s;,.]*\b(?:done when|accepted when|acceptance)\b:?\s*", re.IGNORECASE)
_KEY = re.compile(r"\A<!-- irp:follow-up (\d+) (\w+) -->")


def deferred(incident: Incident) -> tuple[FollowUp, ...]:
    """The to-dos that were put off until after the incident (RE-3)."""
    return tuple(FollowUp(item.id, item.n, item.who, item.words) for item in incident.work.deferred)


def follow_ups(incident: Incident) -> tuple[FollowUp, ...]:
    """Everything that is left to be done afterwards: deferred to-dos, then the actions of the retrospective."""
    return (*deferred(incident), *incident.findings.actions)


def unopened(incident: Incident) -> tuple[FollowUp, ...]:
    """The follow-ups that are to be issues and are not known to be: none before the end, none of a false alarm."""
    if incident.closing is None or incident.status in (FALSE_ALARM, DUPLICATE):
        return ()
    return tuple(item for item in follow_ups(incident) if item.id not in incident.findings.issues)


@dataclass(frozen=True, slots=True)
class Task:
    """A follow-up in words: what is to be done, by whom, when it is done, and the issue that it became."""

    id: str
    text: str
    acceptance: str
    who: str
    issue: int | None = None
    n: int = 0


def task(item: FollowUp, text_of: TextOf, issues: Mapping[str, int]) -> Task:
    """A follow-up with what it asks for and when it is done, as far as its words say (`...; done when: ...`).

    Args:
        item: the follow-up.
        text_of: gives the free text of an entry, unless it was withheld or purged.
        issues: the issues that follow-ups became, by id.
    """
    text = item.words or text_of(item.n) or ""
    what, *acceptance = _ACCEPTANCE.split(text.strip(), maxsplit=1)
    return Task(item.id, what, acceptance[0] if acceptance else "", item.who, issues.get(item.id), item.n)


def issue_notes(incident: Incident, record: Record, thread: Thread, policy: Policy) -> Iterator[OpenIssue]:
    """The issues to be opened now, each with its owner and with what says that it is done.

    Args:
        incident: what the record adds up to.
        record: knows which were asked for already.
        thread: the incident's issue as read.
        policy: says whether its title may be repeated.
    """
    for item in to_open(incident, record, thread):
        left = task(item, record.text_of, incident.findings.issues)
        text = render("follow_up", task=left, incident=incident, title=shown_title(thread, policy))
        title = " ".join(left.text.split())[:TITLE] or f"{left.id} of #{incident.number}"
        known = policy.people.on_roster(left.who) or left.who.lower() in {x.lower() for x in incident.helpers}
        who = frozenset({left.who} if known else ())  # others may not be assignable, and are named in the text alone
        yield OpenIssue(said_key(item.id), title, keyed(incident.number, item.id, text), frozenset({LABEL}), who)


def keyed(number: int, id: str, text: str) -> str:
    """An issue's body: which follow-up of which incident it is, hidden in the first line, then what people read."""
    return f"<!-- irp:follow-up {number} {id} -->\n{text}"


def key_of(body: str) -> tuple[int, str] | None:
    """Which follow-up of which incident an issue is, if it is one."""
    found = _KEY.match(body)
    return (int(found[1]), found[2]) if found else None


def said_key(id: str) -> str:
    """Remembers that an issue was asked for, so that one whose answer was lost is not opened twice."""
    return f"issue:{id}"


def to_open(incident: Incident, record: Record, thread: Thread) -> tuple[FollowUp, ...]:
    """The follow-ups to be opened now: not known to be issues, and not asked for within the last minutes."""

    def under_way(said: Said | None) -> bool:
        return said is not None and thread.read_at < said.at + OVERLAP

    return tuple(item for item in unopened(incident) if not under_way(record.said.get(said_key(item.id))))
