"""The course: what changed while it went on; nothing earlier vanishes behind the last state (HO-3, AS-5, CL-5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from operator import attrgetter

from irp_actions.rules.replay import Step
from irp_actions.rules.report.shapes import Change, Decided, Resumed, TellsToo, Tenure
from irp_actions.values.fact import Fact
from irp_actions.values.incident import RESOLVED, Incident
from irp_actions.values.record import ACCEPTED, REFUSED


def tenures(taken: Iterable[Step], links: Mapping[int, str]) -> tuple[Tenure, ...]:
    """Every time somebody held a role, and every time nobody did who was to, in the order in which they began.

    Args:
        taken: every step, in order.
        links: where the evidence of an entry is.
    """
    found: list[Tenure] = []
    running: dict[str, Tenure] = {}
    for step in taken:
        now = _held(step.incident, links)
        ended = [was for role, was in running.items() if role not in now or now[role].login != was.login]
        found += [replace(was, until=step.entry.at) for was in ended]
        going_on = {was.role: was for was in running.values() if was not in ended}
        running = now | going_on
    return tuple(sorted((*found, *running.values()), key=attrgetter("since")))


def _held(incident: Incident, links: Mapping[int, str]) -> dict[str, Tenure]:
    """Who holds each role now; nobody where its last holder left or lost access (HO-6)."""
    held = {
        role: Tenure(role, held.login, held.since, None, held.how, links.get(held.n, ""))
        for role, held in incident.roles.items()
    }
    empty = {
        role: Tenure(role, "", gone.at, None, f"{gone.by} {gone.detail}", links.get(gone.n, ""))
        for role, gone in incident.unheld.items()
    }
    return empty | held


def severities(start: Incident, taken: Iterable[Step]) -> tuple[Change, ...]:
    """The severities that it had one after another, with the time before anybody chose one (AS-5)."""
    found = [Change(start.severity, None)]
    for step in taken:
        if step.incident.severity != found[-1].what:
            found.append(Change(step.incident.severity, step.entry.at, step.entry.n))
    return tuple(found)


def containments(taken: Iterable[Step]) -> tuple[Change, ...]:
    """When it was contained, each time that somebody said so, and when that was taken back (CL-4).

    Another time for a containment that still stands is a better knowledge of the same one, whichever is earlier.
    """
    found: list[Change] = []
    last: Fact | None = None
    was_over = False
    for step in taken:
        fact = step.incident.contained
        if fact is not None and (last is None or fact.at != last.at):
            found.append(Change("contained" if last is None or was_over else "restated", fact.at, fact.n))
            was_over = False
        elif fact is None and last is not None:
            found.append(Change("withdrawn", step.entry.at, step.entry.n))
        last = fact
        was_over = was_over or not step.incident.is_active
    return tuple(found)


def restated(found: Iterable[Change]) -> dict[int, datetime]:
    """The time (UTC) that was given later for the same containment, by the entry that gave the one before."""
    return {was.n: now.since for was, now in pairwise(found) if now.what == "restated" and now.since is not None}


def resumptions(taken: Iterable[Step]) -> Iterator[Resumed]:
    """Each time that it was taken up again after it had been called over (CL-5)."""
    over: Fact | None = None
    status = ""
    for step in taken:
        incident = step.incident
        if over is not None and incident.is_active:
            yield Resumed(status, over.at, step.entry.at)
        over = incident.closing or (incident.resolved if incident.status == RESOLVED else None)
        status = incident.status


def decisions(start: Incident, taken: Iterable[Step], links: Mapping[int, str]) -> Iterator[Decided]:
    """Every decision in the order in which they were made, of the contingency plan from its start to its end (AS-9)."""
    active = start.work.contingency_active
    for step in taken:
        entry, work = step.entry, step.incident.work
        if entry.verdict == ACCEPTED and entry.call in ("decide", "contingency"):
            ending = "ended" if active else "not needed"
            active = work.contingency_active
            what = "" if entry.call == "decide" else "activated" if active else ending
            reasoned = bool(what or entry.args.get("reasoned"))
            yield Decided(entry.at, entry.by.login, what, entry.n, reasoned, links.get(entry.n, ""))


def others(taken: Iterable[Step], links: Mapping[int, str]) -> tuple[TellsToo, ...]:
    """Who else reported the same, each in an issue of their own (IN-12)."""
    told = (step.entry for step in taken if step.entry.call == "reported-too")
    found = (TellsToo(str(e.args["reporter"]), int(e.args["number"]), e.at, links.get(e.n, "")) for e in told)
    return tuple({one.number: one for one in found}.values())


def helpers(taken: Iterable[Step]) -> Iterator[str]:
    """Everybody outside the team who told something, but for what was refused (CL-1)."""
    for entry in (step.entry for step in taken):
        if entry.verdict != REFUSED and entry.by.standing in ("reporter", "outsider"):
            yield entry.by.login
