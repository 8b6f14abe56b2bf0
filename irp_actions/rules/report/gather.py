"""Gathers the report: what happened, from the record and the thread, each claim linked to its evidence (CL-3, CL-7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from irp_actions.rules.receipts import sendings
from irp_actions.rules.recipients import Telling, ledger, never_told
from irp_actions.rules.replay import blank, replay, steps, undone
from irp_actions.rules.report import course
from irp_actions.rules.report.claims import claims
from irp_actions.rules.report.effects import effects
from irp_actions.rules.report.history import History, history, links
from irp_actions.rules.report.measures import contradictions, measures, moments
from irp_actions.rules.report.retelling import Past
from irp_actions.rules.report.shapes import Report, Sitrep, Told
from irp_actions.rules.report.timeline import Scene, drift, timeline
from irp_actions.rules.report.verdicts import verdicts
from irp_actions.rules.sources import DRILL_LABEL, shown_about, shown_answers, shown_title
from irp_actions.rules.words import render, tight
from irp_actions.values.incident import RESOLVED, UNKNOWN, Incident
from irp_actions.values.policy import Policy
from irp_actions.values.record import ACCEPTED, Record
from irp_actions.values.thread import Thread

OUTSIDE = ("started", "aware", "contained", "resolved")
"""The moments that a reader outside is told."""

TOLD_HERE = 12
"""Sitreps that tell how it went on, where they can be read without opening a fold; of more, the first and the last."""


def report(record: Record, thread: Thread, policy: Policy) -> Report:
    """Gather the report.

    Args:
        record: the head, with everything decided.
        thread: read whole.
        policy: knows the names of roles, clocks and terms today.
    """
    past = history(record, thread)
    start = blank(past.entries) if past.whole else (record.base or blank(record.entries))
    taken = list(steps(start, past.entries if past.whole else record.entries))
    incident = replay(record)
    done = Past(past, effects(start, taken), frozenset(undone(past.entries)), policy)
    contained = course.containments(taken)
    scene = Scene(done, incident, thread, policy, links(past, thread), course.restated(contained))
    ended = tuple(verdicts(start, taken, scene.links))
    decided = tuple(course.decisions(start, taken, scene.links))
    found = claims(incident, policy, past.text_of, scene.links)
    ending = incident.resolved or incident.closing
    tellings = ledger(taken, past.text_of)
    also = course.others(taken, scene.links)
    team = tuple(dict.fromkeys(e.by.login for e in past.entries if e.by.responds))
    reporters = (one.reporter for one in also)
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
        answers=shown_answers(thread, policy),
        named=(past.text_of(incident.named.n) or "") if incident.named else "",
        opened=thread.at,
        moments=tuple(m for name, m in moments(incident).items() if name in OUTSIDE),
        also=also,
        severities=course.severities(start, taken),
        confirmed=incident.confirmed is not None,
        contained=incident.contained.at if incident.contained else None,
        containments=contained,
        resolved=incident.resolved.at if incident.resolved else None,
        ended=incident.closing.at if incident.closing else None,
        ending=(past.text_of(ending.n) or "") if ending else "",
        resumed=tuple(course.resumptions(taken)),
        replaces=replaced[0].at if replaced and incident.closing else None,
        team=team,
        thanked=tuple(dict.fromkeys((incident.reporter, *team, *course.helpers(taken), *reporters))),
        findings=found,
        measures=tuple(measures(incident, scene.links, found.discovery, found.threats)),
        contradictions=tuple(contradictions(incident, asks=False)),
        missing=tuple(missing(incident, whole=past.whole)),
        gaps=gaps(incident),
        tenures=course.tenures(taken, scene.links),
        timeline=timeline(scene, ended),
        sitreps=tuple(_sitreps(past, scene.links)),
        sent=tuple(sendings(past.entries, past.texts)),
        told=tuple(_told(one, past, scene.links) for one in tellings),
        untold=tuple(never_told(incident, tellings)),
        clocks=ended,
        decisions=decided,
        work=render(
            "report_work",
            work=incident.work,
            decisions=decided,
            said=lambda n: past.text_of(n) or "",
            links=scene.links,
            policy=policy,
            opened=thread.at,
        ),
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
    return tight(render("report", report=found, policy=policy, told_here=TOLD_HERE))


GAPS = ("discovery", "started", "contained", "threat", "impact", "scope", "cause", "why", "retro")
"""What a finished report has and the record may not; the draft asks for it, a report names it."""


def missing(incident: Incident, *, whole: bool = True) -> Iterator[str]:
    """What a reader of the report should know is not there (CL-5), in words; before the end, with what mends it.

    Args:
        incident: what the record adds up to.
        whole: whether no archive of the record is missing.
    """
    work, closed = incident.work, incident.closing is not None
    left = [x.id for x in work.open_leads] + [x.id for x in work.open_now]
    facts: Mapping[str, object] = {
        "unacknowledged": incident.acknowledged is None,
        "unconfirmed": incident.confirmed is None,
        "no-severity": incident.severity == UNKNOWN,
        "unresolved": incident.resolved is None,
        "no-sitrep": incident.sitreps == 0,
        "open": left if closed else [],
        "unverified": [item.id for item in work.unverified],
        "untold": [one.id for one in work.disruptions if one.untold],
        "contingency": incident.confirmed is not None and work.contingency is None,
        "archives": not whole,
    }
    shown = incident.tables.statuses[RESOLVED].shown
    for name, what in facts.items():
        if what:
            yield render("missing", name=name, shown=shown, what=what, closed=closed)


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


def _told(one: Telling, past: History, links: Mapping[int, str]) -> Told:
    """One telling: the teller's own words, and the sitrep where that was what they passed on."""
    text = "" if one.sitrep == one.n else (past.text_of(one.n) or "")
    return Told(one.at, one.name, one.by, one.way, text, links.get(one.sitrep, ""), links.get(one.n, ""))


def _sitreps(past: History, links: Mapping[int, str]) -> Iterator[Sitrep]:
    for entry in past.entries:
        if entry.call == "sitrep" and entry.verdict == ACCEPTED:
            yield Sitrep(entry.at, entry.by.login, past.text_of(entry.n) or "", links[entry.n])
