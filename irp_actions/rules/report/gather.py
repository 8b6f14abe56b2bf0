"""Gathers the report: what happened, from the record and the thread, each claim linked to its evidence (CL-3, CL-7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from irp_actions.rules.clocks import CLOCKS, Stopped
from irp_actions.rules.receipts import sendings
from irp_actions.rules.recipients import Telling, ledger, never_told
from irp_actions.rules.replay import Step, blank, replay, steps
from irp_actions.rules.report.claims import claims
from irp_actions.rules.report.history import history, links
from irp_actions.rules.report.measures import contradictions, measures, moments
from irp_actions.rules.report.shapes import UNDONE, Report, Sitrep, Tenure, Told, Verdict
from irp_actions.rules.report.timeline import Scene, drift, timeline
from irp_actions.rules.sources import DRILL_LABEL, shown_about, shown_title
from irp_actions.rules.words import render, tight
from irp_actions.values.incident import RESOLVED, UNKNOWN, Incident
from irp_actions.values.policy import Policy
from irp_actions.values.record import ACCEPTED, Record
from irp_actions.values.thread import Thread

OUTSIDE = ("started", "aware", "contained", "resolved")
"""The moments that a reader outside is told."""


def report(record: Record, thread: Thread, policy: Policy) -> Report:
    """Gather the report.

    Args:
        record: the head, with everything decided.
        thread: read whole.
        policy: knows the names of roles, clocks and terms today.
    """
    past = history(record, thread)
    scene = Scene(past, thread, policy, links(past, thread))
    start = blank(past.entries) if past.whole else (record.base or blank(record.entries))
    taken = list(steps(start, past.entries if past.whole else record.entries))
    incident = replay(record)
    verdicts = tuple(_verdicts(start, taken, scene.links))
    found = claims(incident, policy, past.text_of, scene.links)
    ending = incident.resolved or incident.closing
    tellings = ledger(taken, past.text_of)
    replaced = incident.findings.concluded[-2:-1]
    return Report(
        number=thread.number,
        url=thread.url,
        title=shown_title(thread, policy),
        drill=incident.drill or DRILL_LABEL in thread.labels,
        status=policy.statuses[incident.status].shown,
        severity=incident.severity,
        worst=_worst({taking.incident.severity for taking in taken} | {incident.severity}, policy),
        reporter=incident.reporter,
        reported=shown_about(thread, policy),
        named=(past.text_of(incident.named.n) or "") if incident.named else "",
        opened=thread.at,
        moments=tuple(m for name, m in moments(incident).items() if name in OUTSIDE),
        confirmed=incident.confirmed is not None,
        contained=incident.contained.at if incident.contained else None,
        ended=incident.closing.at if incident.closing else None,
        ending=(past.text_of(ending.n) or "") if ending else "",
        replaces=replaced[0].at if replaced and incident.closing else None,
        team=tuple(dict.fromkeys(e.by.login for e in past.entries if e.by.responds)),
        findings=found,
        measures=tuple(measures(incident, scene.links, found.discovery, found.threats)),
        contradictions=tuple(contradictions(incident)),
        missing=tuple(missing(incident, whole=past.whole)),
        gaps=gaps(incident),
        tenures=tuple(_tenures(taken, scene.links)),
        timeline=timeline(scene, verdicts),
        sitreps=tuple(_sitreps(scene)),
        sent=tuple(sendings(past.entries, past.texts)),
        told=tuple(_told(one, scene.links) for one in tellings),
        untold=tuple(never_told(incident, tellings)),
        clocks=verdicts,
        work=render("report_work", work=incident.work, said=lambda n: past.text_of(n) or "", links=scene.links),
        drift=tuple(drift(scene)),
        entries=len(past.entries),
        last_hash=past.entries[-1].hash,
        sealed=record.sealed,
        programs=tuple(dict.fromkeys(e.program for e in past.entries)),
        policies=tuple(dict.fromkeys(e.policy for e in past.entries)),
        whole=past.whole,
        withheld=len({e.source for e in past.entries if "withheld" in e.marks}),
    )


def markdown(found: Report, policy: Policy) -> str:
    """The whole report as Markdown."""
    return tight(render("report", report=found, policy=policy))


GAPS = ("discovery", "started", "contained", "threat", "impact", "scope", "cause", "why", "retro")
"""What a finished report has and the record may not; the draft asks for it, a report names it."""


def missing(incident: Incident, *, whole: bool = True) -> Iterator[str]:
    """What a reader of the report should know is not there (CL-5), in words.

    Args:
        incident: what the record adds up to.
        whole: whether no archive of the record is missing.
    """
    facts = {
        "unacknowledged": incident.acknowledged is None,
        "unconfirmed": incident.confirmed is None,
        "no-severity": incident.severity == UNKNOWN,
        "unresolved": incident.resolved is None,
        "no-sitrep": incident.sitreps == 0,
        "archives": not whole,
    }
    shown = incident.tables.statuses[RESOLVED].shown
    yield from (render("missing", name=name, shown=shown) for name, absent in facts.items() if absent)


def gaps(incident: Incident) -> tuple[str, ...]:
    """The findings that nobody told yet, by name, in the order in which the draft asks for them."""
    told = incident.findings
    held = {
        "discovery": told.discovery,
        "started": told.started,
        "contained": incident.contained,
        "threat": told.threats,
        "impact": told.impacts,
        "scope": told.scope,
        "cause": told.cause,
        "why": told.whys,
        "retro": told.retro,
    }
    return tuple(name for name in GAPS if not held[name])


def _worst(severities: set[str], policy: Policy) -> str:
    """The most urgent of the severities that somebody chose."""
    order = [name for name in policy.severities if name != UNKNOWN]
    return next((name for name in order if name in severities), UNKNOWN)


def _tenures(taken: list[Step], links: Mapping[int, str]) -> Iterator[Tenure]:
    """Every time somebody held a role, in the order in which it began."""
    running: dict[str, Tenure] = {}
    for step in taken:
        for role, held in step.incident.roles.items():
            before = running.get(role)
            if before and before.login == held.login:
                continue
            if before:
                yield replace(before, until=step.entry.at)
            running[role] = Tenure(role, held.login, held.since, None, held.how, links.get(held.n, ""))
    yield from running.values()


def _verdicts(start: Incident, taken: list[Step], links: Mapping[int, str]) -> Iterator[Verdict]:
    """How each clock ended, by the role that was asked at that time."""
    before = start
    for step in taken:
        for stop in step.stopped:
            if _worth_telling(stop):
                clock = stop.clock
                role = _role_asked(before, stop)
                title = CLOCKS[clock.rule].title
                yield Verdict(clock.rule, title, role, clock.due, stop.at, stop.how, links.get(stop.n, ""))
        before = step.incident


def _role_asked(incident: Incident, stop: Stopped) -> str:
    """Which role a clock asked: a report judges the process, not people."""
    asks = stop.clock.asks
    if not asks:
        return "team"
    if any(str(offer.n) == stop.clock.about and offer.pending for offer in incident.handoffs):
        return "incoming"
    if stop.clock.rule == "RE-4":
        return "decider"
    return next(iter(incident.roles_of(asks)), "responder")


def _worth_telling(stop: Stopped) -> bool:
    """Every verdict on people, but for a silence that never was one: that clock restarts with every word."""
    entered = CLOCKS[stop.clock.rule]
    return bool(entered.do) and (stop.how in UNDONE or entered.on_board)


def _told(one: Telling, links: Mapping[int, str]) -> Told:
    sitrep = bool(one.sitrep)
    text = "" if sitrep else (one.text or "")
    return Told(one.at, one.name, one.by, one.way, text, sitrep, links.get(one.sitrep or one.n, ""))


def _sitreps(scene: Scene) -> Iterator[Sitrep]:
    for entry in scene.past.entries:
        if entry.call == "sitrep" and entry.verdict == ACCEPTED:
            yield Sitrep(entry.at, entry.by.login, scene.past.text_of(entry.n) or "", scene.links[entry.n])
