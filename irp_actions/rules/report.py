"""The report: what happened, from the record and the thread, each claim linked to its evidence (CL-3, CL-4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from irp_actions.rules.clocks import CLOCKS, Stopped
from irp_actions.rules.guard import sensitive
from irp_actions.rules.notes import ENDINGS, keys_of
from irp_actions.rules.receipts import Sending, sendings
from irp_actions.rules.replay import blank, replay, steps
from irp_actions.rules.slash import tidy
from irp_actions.rules.sources import DRILL_LABEL, shown_about, shown_title
from irp_actions.rules.tail import LIMIT, Filed, archives, has_tail
from irp_actions.rules.words import render, span
from irp_actions.values.incident import UNKNOWN, Incident
from irp_actions.values.policy import Policy
from irp_actions.values.record import ACCEPTED, REFUSED, Entry, Record, Text
from irp_actions.values.thread import Comment, Thread

PART = LIMIT - 2_000
"""Characters of one part of the report; the rest of the limit is for its keys and its number."""


@dataclass(frozen=True, slots=True)
class History:
    """Every entry there ever was, from the archives and the head, and the texts beside them."""

    entries: tuple[Entry, ...]
    texts: dict[str, Text]
    whole: bool
    """Whether no archive is missing."""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the timeline. `at` is when it happened (UTC), `told_at` when it was written where that differs."""

    at: datetime
    who: str
    what: str
    kind: str
    """`comment`, `decision`, `told` (by hand, with its own time), `asked` or `clock`."""
    link: str = ""
    told_at: datetime | None = None
    notes: tuple[str, ...] = ()
    edited_at: datetime | None = None
    """When the text shown was last edited, if it was; the record has the digest of what it was before."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One metric: its value, or why it is unknown, and the evidence for it."""

    name: str
    value: str
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tenure:
    """Who held a role, from when to when."""

    role: str
    login: str
    since: datetime
    until: datetime | None
    how: str
    link: str


@dataclass(frozen=True, slots=True)
class Sitrep:
    """One situation report as it was written."""

    at: datetime
    by: str
    text: str
    link: str


@dataclass(frozen=True, slots=True)
class Report:
    """Everything the report says, before it is put into words."""

    number: int
    url: str
    title: str
    drill: bool
    status: str
    severity: str
    worst: str
    """The most urgent severity anybody set, in the policy's order."""
    reporter: str
    reported: str
    """What the reporter wrote; empty when it was withheld."""
    opened: datetime
    ended: datetime | None
    team: tuple[str, ...]
    tenures: tuple[Tenure, ...]
    timeline: tuple[Item, ...]
    sitreps: tuple[Sitrep, ...]
    sent: tuple[Sending, ...]
    """What channels were told, when, and what they answered (CO-5)."""
    measures: tuple[Measure, ...]
    clocks: tuple[Stopped, ...]
    work: str
    """Leads, items, disruptions, evidence and decisions, in words (RE, AS-9)."""
    missing: tuple[str, ...]
    drift: tuple[Item, ...]
    entries: int
    last_hash: str
    sealed: bool
    programs: tuple[str, ...]
    policies: tuple[str, ...]
    whole: bool


def history(record: Record, thread: Thread) -> History:
    """Every entry of the record, the filed ones first.

    Args:
        record: the head.
        thread: read whole, so that the archives are among its comments.
    """
    filed = archives(record, thread)
    chain: list[Filed] = []
    wanted = record.archive.id if record.archive else ""
    while wanted and wanted in filed:
        chain.append(filed[wanted])
        wanted = filed[wanted].prev_id
    entries: list[Entry] = []
    texts: dict[str, Text] = {}
    for part in reversed(chain):
        entries += part.entries
        texts |= part.texts
    return History((*entries, *record.entries), {**texts, **record.texts}, whole=not wanted)


def report(record: Record, thread: Thread, policy: Policy) -> Report:
    """Gather the report.

    Args:
        record: the head, with everything decided.
        thread: read whole.
        policy: knows the names of roles and clocks today.
    """
    past = history(record, thread)
    links = _links(past, thread)
    start = blank(past.entries) if past.whole else (record.base or blank(record.entries))
    taken = list(steps(start, past.entries if past.whole else record.entries))
    incident = replay(record)
    stopped = tuple(stop for step in taken for stop in step.stopped if _worth_telling(stop))
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
        opened=thread.at,
        ended=incident.closing.at if incident.closing else None,
        team=tuple(dict.fromkeys(e.by.login for e in past.entries if e.by.responds)),
        tenures=tuple(_tenures([(s.entry, s.incident) for s in taken], links)),
        timeline=tuple(sorted(_timeline(past, thread, links, stopped, policy), key=lambda item: item.at)),
        sitreps=tuple(_sitreps(past, links)),
        sent=tuple(sendings(past.entries, past.texts)),
        measures=tuple(_measures(incident, links, thread)),
        clocks=stopped,
        work=render("report_work", work=incident.work, said=_said(past), links=links),
        missing=tuple(_missing(incident, past)),
        drift=tuple(_drift(past, links)),
        entries=len(past.entries),
        last_hash=past.entries[-1].hash,
        sealed=record.sealed,
        programs=tuple(dict.fromkeys(e.program for e in past.entries)),
        policies=tuple(dict.fromkeys(e.policy for e in past.entries)),
        whole=past.whole,
    )


def markdown(found: Report, policy: Policy) -> str:
    """The whole report as Markdown."""
    return render("report", report=found, policy=policy, titles={rule: clock.title for rule, clock in CLOCKS.items()})


def parts(text: str) -> tuple[str, ...]:
    """The report in as many comments as it needs: split at headings, else at lines; nothing is dropped."""
    if len(text) <= PART:
        return (text,)
    pieces: list[str] = []
    current = ""
    for block in _blocks(text):
        if current and len(current) + len(block) > PART:
            pieces.append(current)
            current = ""
        current += block
    pieces.append(current)
    return tuple(f"{piece.strip()}\n\n<sub>Part {n} of {len(pieces)}.</sub>" for n, piece in enumerate(pieces, start=1))


def _blocks(text: str) -> Iterator[str]:
    """Sections by their headings; one that is too long by its lines; a line that is too long in pieces."""
    section = ""
    for row in text.splitlines(keepends=True):
        if (row.startswith("## ") and section) or len(section) + len(row) > PART // 2:
            yield section
            section = ""
        while len(row) > PART // 2:
            yield row[: PART // 2]
            row = row[PART // 2 :]  # noqa: PLW2901 - what is left of it
        section += row
    yield section


def final_parts(record: Record, thread: Thread, policy: Policy) -> tuple[str, ...]:
    """The final comment of a closing incident: the report, or the thanks after a false alarm (AS-2)."""
    incident = replay(record)
    if incident.closing is not None and incident.status in ENDINGS:
        return (render(ENDINGS[incident.status], incident=incident, why=record.text_of(incident.closing.n)),)
    return parts(markdown(report(record, thread, policy), policy))


def _said(past: History) -> Callable[[int], str]:
    """The free text of an entry, or nothing where it was withheld or purged."""
    return lambda n: next((held.text for held in (past.texts.get(str(n)),) if held and held.text), "")


def _worst(severities: set[str], policy: Policy) -> str:
    """The most urgent of the severities that somebody chose."""
    order = [name for name in policy.severities if name != UNKNOWN]
    return next((name for name in order if name in severities), UNKNOWN)


def _links(past: History, thread: Thread) -> dict[int, str]:
    """Where the evidence of each entry is."""
    urls = {comment.id: comment.url for comment in thread.comments}
    return {entry.n: urls.get(entry.source.partition("@")[0], thread.url) for entry in past.entries}


def _tenures(taken: list[tuple[Entry, Incident]], links: dict[int, str]) -> Iterator[Tenure]:
    """Every time somebody held a role, in the order in which it began."""
    running: dict[str, Tenure] = {}
    for entry, incident in taken:
        for role, held in incident.roles.items():
            before = running.get(role)
            if before and before.login == held.login:
                continue
            if before:
                yield replace(before, until=entry.at)
            running[role] = Tenure(role, held.login, held.since, None, held.how, links.get(held.n, ""))
    yield from running.values()


def _timeline(
    past: History, thread: Thread, links: dict[int, str], stopped: tuple[Stopped, ...], policy: Policy
) -> Iterator[Item]:
    comments = {comment.id: comment for comment in thread.comments}
    asked_in = {key: comment.url for comment in thread.comments if _is_own(comment) for key in keys_of(comment.body)}
    recorded = set()
    for source, group in groupby(past.entries, key=lambda entry: entry.source):
        entries = list(group)
        recorded.add(source)
        if entries[0].by.standing == "program":
            yield from _by_program(entries[0], past, links, asked_in)
        else:
            yield from _of_source(entries, comments.get(source), past, links, shown_title(thread, policy), policy)
    for comment in thread.comments:
        if comment.id not in recorded and not _is_own(comment):
            kind = "withheld" if sensitive(comment.body, policy) else "comment"
            text = tidy(comment.body) if kind == "comment" else ""
            yield Item(comment.at, comment.author.login, text, kind, comment.url)
    for stop in stopped:
        verdict = render("verdict", stop=stop, title=CLOCKS[stop.clock.rule].title, roles=policy.roles)
        yield Item(stop.at, "", verdict, "clock", links.get(stop.n, ""))


def _by_program(entry: Entry, past: History, links: dict[int, str], asked_in: dict[str, str]) -> Iterator[Item]:
    """What the program itself noted: a change of policy, whom it asked, whom it released."""
    if entry.call == "policy" and entry.n > 1:  # the first one is named with the record
        yield Item(entry.at, "", f"policy {entry.policy}", "policy", links[entry.n])
    elif entry.call == "asked":
        rules = dict.fromkeys(str(key).partition(":")[0] for key in entry.args["keys"])
        what = ", ".join(CLOCKS[rule].title for rule in rules if rule in CLOCKS)
        link = asked_in.get(str(entry.args["keys"][0]), links[entry.n])
        yield Item(entry.at, " ".join(entry.args["who"]), what, "asked", link)
    elif entry.call == "released":
        offer = next((e for e in past.entries if e.n == entry.args["handoff"]), entry)
        yield Item(entry.at, offer.by.login, "", "released", links[offer.n])


def _of_source(  # noqa: PLR0913, PLR0917 - one line is made of all of these
    entries: list[Entry], comment: Comment | None, past: History, links: dict[int, str], title: str, policy: Policy
) -> Iterator[Item]:
    """The lines of one comment, deed or opening: what was written, and what was decided of it."""
    first = entries[0]
    link = links[first.n]
    decisions = tuple(_decision(entry) for entry in entries if entry.call not in ("word", "open"))
    withheld = "withheld" in first.marks or (comment is not None and bool(sensitive(comment.body, policy)))
    if first.call == "open":
        yield Item(first.at, first.by.login, title, "opened", link, notes=decisions)
    elif first.digest is not None and first.call != "edited":
        text = "" if comment is None or withheld else tidy(comment.body)
        kind = "comment" if comment is not None else "deleted"
        edited_at = comment.edited_at if comment is not None else None
        kind = "withheld" if withheld else kind
        yield Item(first.at, first.by.login, text, kind, link, notes=decisions, edited_at=edited_at)
    elif first.call in ("edited", "deleted"):
        yield Item(first.at, first.by.login, str(first.args.get("of", "")), first.call, link)
    else:
        yield Item(first.at, first.by.login, "", "by-hand", link, notes=decisions)
    for entry in entries:
        if entry.happened_at is not None and entry.verdict == ACCEPTED:
            held = past.texts.get(str(entry.n))
            said = held.text if held and held.text else ""
            what = said if entry.call == "timeline" and said else ": ".join(filter(None, [entry.call, said]))
            yield Item(entry.happened_at, entry.by.login, what, "told", link, told_at=entry.at)


_SHOWN = {
    "severity", "role", "lead", "todo", "disruption", "evidence", "kind", "outcome", "choice", "from", "who", "reason",
}  # fmt: skip
"""The arguments that say what a decision was about; free text stands with it anyway."""


def _decision(entry: Entry) -> str:
    """One decision in the words it was made in: the call, its arguments, and whether it was obeyed."""
    shown = {k: v for k, v in entry.args.items() if k in _SHOWN and v}
    words = " ".join([entry.call, *map(str, shown.values())])
    if entry.verdict == REFUSED:
        return f"{words}: refused"
    return words


def _is_own(comment: Comment) -> bool:
    return comment.ours or has_tail(comment.body) or bool(keys_of(comment.body))


def _sitreps(past: History, links: dict[int, str]) -> Iterator[Sitrep]:
    for entry in past.entries:
        if entry.call == "sitrep" and entry.verdict == ACCEPTED:
            held = past.texts.get(str(entry.n))
            text = held.text if held and held.text else ""
            yield Sitrep(entry.at, entry.by.login, text, links[entry.n])


def _measures(incident: Incident, links: dict[int, str], thread: Thread) -> Iterator[Measure]:
    """The metrics both source documents ask for; one that cannot be told says why."""
    opened = incident.opened
    yield Measure("Discovery method", render("measure", name="discovery", form=incident.form), (thread.url,))
    yield Measure("Time to discovery", render("measure", name="no-start", form=""))
    for name, fact in (
        ("Time to acknowledgement", incident.acknowledged),
        ("Time to confirmation", incident.confirmed),
        ("Time to containment", incident.contained),
        ("Time to resolution", incident.resolved),
    ):
        if fact is None or opened is None:
            yield Measure(name, render("measure", name="never", form=""))
        elif fact.at < opened.at:
            yield Measure(name, render("measure", name="before", form=""), (links.get(fact.n, thread.url),))
        else:
            yield Measure(name, span(fact.at - opened.at), (thread.url, links.get(fact.n, thread.url)))
    yield Measure("Threat actions", render("measure", name="no-threat", form=""))


def _missing(incident: Incident, past: History) -> Iterator[str]:
    """What a reader of the report should know is not there (CL-5)."""
    facts = {
        "unacknowledged": incident.acknowledged is None,
        "unconfirmed": incident.confirmed is None,
        "no-severity": incident.severity == "unknown",
        "uncontained": incident.contained is None,
        "unresolved": incident.resolved is None,
        "no-sitrep": incident.sitreps == 0,
        "archives": not past.whole,
    }
    for name, absent in facts.items():
        if absent:
            yield render("missing", name=name)


def _drift(past: History, links: dict[int, str]) -> Iterator[Item]:
    for entry in past.entries:
        if entry.call in ("edited", "deleted"):
            yield Item(entry.at, entry.by.login, str(entry.args.get("of", "")), entry.call, links[entry.n])


def _worth_telling(stop: Stopped) -> bool:
    """Every verdict on people, but for a silence that never was one: that clock restarts with every word."""
    entered = CLOCKS[stop.clock.rule]
    return bool(entered.do) and (stop.how in ("late", "missed", "passed") or entered.on_board)
