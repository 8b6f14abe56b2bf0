"""The metrics both source documents ask for, each with its evidence, or with why it is unknown (CL-4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from irp_actions.rules.report.shapes import Claim, Measure, Moment
from irp_actions.rules.words import render
from irp_actions.values.findings import Told
from irp_actions.values.incident import Fact, Incident


@dataclass(frozen=True, slots=True)
class Interval:
    """A metric that is the time from one moment to another."""

    name: str
    since: str
    until: str

    @property
    def counts(self) -> str:
        """How it counts where nobody said when it was noticed: up to the report, or from it."""
        return {self.until: "up to", self.since: "from"}.get("aware", "")


INTERVALS = (
    Interval("Time to discovery", "started", "aware"),
    Interval("Time to acknowledgement", "opened", "acknowledged"),
    Interval("Time to confirmation", "opened", "confirmed"),
    Interval("Time to containment", "aware", "contained"),
    Interval("Time to resolution", "aware", "resolved"),
)

ORDER = (
    ("started", "aware"),
    ("started", "contained"),
    ("aware", "acknowledged"),
    ("aware", "contained"),
    ("contained", "resolved"),
)
"""What cannot be before what; where it is said to be, one of the two times is wrong."""


def moments(incident: Incident) -> Mapping[str, Moment]:
    """The moments that are known, by name.

    Whoever opened the issue was aware of it then, so nobody need say so; `/aware` says that somebody was before.
    """
    told = incident.findings
    named = {
        "opened": incident.opened,
        "started": told.started,
        "aware": told.aware or incident.opened,
        "acknowledged": incident.acknowledged,
        "confirmed": incident.confirmed,
        "contained": incident.contained,
        "resolved": incident.resolved,
    }
    return {name: _moment(name, fact) for name, fact in named.items() if fact is not None}


def _moment(name: str, fact: Fact | Told) -> Moment:
    happened_at = fact.happened_at if isinstance(fact, Told) else None
    return Moment(name, happened_at or fact.at, fact.n)


def measures(
    incident: Incident, links: Mapping[int, str], discovery: Claim | None, threats: tuple[Claim, ...]
) -> Iterator[Measure]:
    """Every metric: a value with links to its evidence, or why there is none.

    Args:
        incident: what the record adds up to.
        links: where the evidence of an entry is.
        discovery: how it was found, if anybody said so; else the form that it was reported with tells.
        threats: the threat actions that were named.
    """
    opened = links.get(incident.opened.n, "") if incident.opened else ""
    value = _worded("discovery", form=incident.form, claims=(discovery,) if discovery else ())
    yield Measure("Discovery method", value, (discovery.link if discovery else opened,))
    known = moments(incident)
    for interval in INTERVALS:
        yield _measured(interval, known, links, assumed=incident.findings.aware is None)
    value = _worded("threats", claims=threats)
    yield Measure("Threat actions", value, tuple(dict.fromkeys(claim.link for claim in threats)))


def _measured(interval: Interval, known: Mapping[str, Moment], links: Mapping[int, str], *, assumed: bool) -> Measure:
    since, until = known.get(interval.since), known.get(interval.until)
    if since is None or until is None:
        missing = interval.since if since is None else interval.until
        return Measure(interval.name, _worded(f"no-{missing}"))
    evidence = tuple(dict.fromkeys((links.get(since.n, ""), links.get(until.n, ""))))
    if until.at < since.at:
        return Measure(interval.name, _worded(f"before-{interval.since}"), evidence)
    passed = until.at - since.at
    value = _worded("passed", passed=passed, counted=assumed and interval.counts)
    return Measure(interval.name, value, evidence, int(passed.total_seconds()))


def _worded(name: str, *, form: str = "", claims: tuple[Claim, ...] = (), **more: object) -> str:
    """A value in words, or why there is none."""
    return render("measure", name=name, form=form, claims=claims, **more)


def contradictions(incident: Incident, *, asks: bool) -> Iterator[str]:
    """The orders that cannot be, in words, each moment questioned once: a time is wrong, or not what it is called.

    Args:
        incident: what the record adds up to.
        asks: whether somebody can still mend it, and is told how.
    """
    known = moments(incident)
    questioned: set[str] = set()
    for earlier, later in ORDER:
        if {earlier, later} <= set(known) and earlier not in questioned and known[later].at < known[earlier].at:
            questioned.add(earlier)
            reported = later == "aware" and incident.findings.aware is None
            yield render(
                "contradiction",
                earlier=earlier,
                later=later,
                known=known,
                reported=reported,
                asks=asks,
                tables=incident.tables,
            )
