"""The timeline: everything that was written, decided and done, in the order in which it happened, with its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from irp_actions.rules.chain import digest
from irp_actions.rules.clocks import CLOCKS
from irp_actions.rules.guard import sensitive
from irp_actions.rules.notes import keys_of
from irp_actions.rules.parties import WHY, name_of
from irp_actions.rules.report.retelling import Past, Retold, is_apart, retold
from irp_actions.rules.report.shapes import Item, Verdict
from irp_actions.rules.slash import tidy
from irp_actions.rules.sources import shown_title
from irp_actions.rules.tail import has_tail
from irp_actions.rules.words import render
from irp_actions.values.incident import Incident
from irp_actions.values.policy import Policy
from irp_actions.values.record import Entry
from irp_actions.values.shape import parse_time
from irp_actions.values.thread import Comment, Thread


@dataclass(frozen=True, slots=True)
class Scene:
    """What the lines of a timeline are made of."""

    past: Past
    incident: Incident
    thread: Thread
    policy: Policy
    links: Mapping[int, str]
    restated: Mapping[int, datetime]
    """The time (UTC) that was given later in place of the one that an entry gave."""


def timeline(scene: Scene, verdicts: tuple[Verdict, ...]) -> tuple[Item, ...]:
    """Every line, by the time at which it happened.

    Args:
        scene: the entries, the comments, and where the evidence of each entry is.
        verdicts: how the clocks ended.
    """
    return tuple(_once(sorted(_items(scene, verdicts), key=lambda item: item.at)))


def _once(lines: list[Item]) -> Iterator[Item]:
    """The lines without those that say only that somebody told what the line before them has, with when it was told."""
    before: Item | None = None
    for line in lines:
        if line.kind != "recording" or before is None or (before.kind, before.link) != ("told", line.link):
            yield line
        before = before if line.kind == "clock" else line


def drift(scene: Scene) -> Iterator[Item]:
    """What was edited or deleted after it was recorded."""
    for entry in scene.past.history.entries:
        if entry.call in ("edited", "deleted"):
            of = str(entry.args.get("of", ""))
            yield Item(entry.at, entry.by.login, of, entry.call, scene.links[entry.n])


def _items(scene: Scene, verdicts: tuple[Verdict, ...]) -> Iterator[Item]:
    comments = {comment.id: comment for comment in scene.thread.comments}
    ours = [comment for comment in scene.thread.comments if _is_own(comment)]
    said_in = {key: comment.url for comment in ours for key in keys_of(comment.body)}
    recorded = set()
    for source, group in groupby(scene.past.history.entries, key=lambda entry: entry.source):
        entries = list(group)
        recorded.add(source)
        if entries[0].by.standing == "program":
            yield from _by_program(entries[0], scene, said_in)
        else:
            yield from _of_source(entries, comments.get(source), scene)
    for comment in scene.thread.comments:
        if comment.id not in recorded and not _is_own(comment):
            kind = "withheld" if sensitive(comment.body, scene.policy) else "comment"
            text = tidy(comment.body) if kind == "comment" else ""
            yield Item(comment.at, comment.author.login, text, kind, comment.url)
    for verdict in verdicts:
        if verdict.is_late:  # what was in time is told where all the clocks stand
            said = render("verdict", verdict=verdict, roles=scene.policy.roles)
            yield Item(verdict.at, "", said, "clock", verdict.link)


def _by_program(entry: Entry, scene: Scene, said_in: Mapping[str, str]) -> Iterator[Item]:
    """What the program itself noted: a change of policy, whom it asked or told, whom it released, what it opened."""
    link, args = scene.links[entry.n], entry.args
    if entry.call == "policy" and entry.n > 1:  # the first one is named with the record
        yield Item(entry.at, "", _noted("policy", policy=entry.policy), "policy", link)
    elif entry.call == "asked":
        yield from _asked(entry, scene, said_in.get(str(args["keys"][0]), link))
    elif entry.call == "released":
        offer = next((e for e in scene.past.history.entries if e.n == args["handoff"]), entry)
        who = offer.by.login
        yield Item(entry.at, who, _noted("released", who=(who,)), "released", scene.links[offer.n])
    elif entry.call == "stated":
        whom, text = scene.past.effect(entry).parties, scene.past.said(entry)
        yield Item(entry.at, "", _noted("stated", who=whom, text=text), "stated", link)
    elif entry.call == "reported-too":
        who, at = str(args["reporter"]), parse_time(args["at"]) if "at" in args else entry.at
        said = _noted(
            "reported-too",
            (who,),
            number=args["number"],
            by=args.get("by", ""),
            linked=entry.at,
            tables=scene.policy,
        )
        yield Item(at, who, said, "reported-too", link)
    elif entry.call == "issue-opened":
        yield Item(entry.at, "", _noted("issue", of=args["of"], number=args["number"]), "issue", link)


def _noted(kind: str, who: tuple[str, ...] = (), **more: object) -> str:
    """A whole sentence on something that the program did or noted."""
    return render("own_act", kind=kind, who=who, **more)


def _asked(entry: Entry, scene: Scene, link: str) -> Iterator[Item]:
    """Whom the program asked: those a person called for help, each call by itself, and those that a clock asks."""
    keys = [str(key) for key in entry.args["keys"]]
    called: set[str] = set()
    for call in scene.past.history.entries:
        whom = scene.past.effect(call).called
        if whom and f"re:{call.source}" in keys:
            called |= set(whom)
            yield Item(entry.at, "", _noted("called", whom, by=call.by.login), "called", link)
    alike: dict[tuple[str, ...], list[str]] = {}
    for who, wanted in entry.args.get("of", dict.fromkeys(entry.args["who"], keys)).items():
        titles = tuple(dict.fromkeys(filter(None, (_title(key, scene.incident) for key in wanted))))
        if titles or who not in called:
            alike.setdefault(titles, []).append(who)
    for titles, people in alike.items():
        yield Item(entry.at, "", _noted("asked", tuple(people), titles=titles), "asked", link)


def _title(key: str, incident: Incident) -> str:
    """What a key of a comment of ours asks for, by the name of its clock and of the party that it is about."""
    rule, _, rest = key.partition(":")
    rule = _PROMPTS.get(rule, rule)
    if rule not in CLOCKS:
        return ""
    about = rest.split(":")[0]
    title, _ = CLOCKS[rule].called(about)
    if rule in WHY:
        return f"{title}: {name_of(incident, about)}"
    return f"{title}: {about}" if rule == "RE-4" else title


_PROMPTS = {"long": "RE-8", "consult": "RE-4"}
"""The clocks whose questions have a comment of their own."""


def _of_source(entries: list[Entry], comment: Comment | None, scene: Scene) -> Iterator[Item]:
    """The lines of one comment, deed or opening: what was written, and what was decided of it."""
    first = entries[0]
    link, who = scene.links[first.n], first.by.login
    if first.call in ("edited", "deleted"):
        yield Item(first.at, who, str(first.args.get("of", "")), first.call, link)
        return
    withheld = "withheld" in first.marks or (comment is not None and bool(sensitive(comment.body, scene.policy)))
    as_recorded = comment is not None and not withheld and digest(tidy(comment.body)) == first.digest
    past = scene.past.hushed() if withheld else scene.past
    told = retold(comment if as_recorded else None, entries, past)
    at_once = [entry for entry in entries if not is_apart(entry)]
    told = replace(told, notes=(*told.notes, *(note for entry in at_once for note in _restated(entry, scene))))
    if first.call == "kept-open":
        effect, names = scene.past.effect(first), scene.policy.statuses
        what = _noted("kept-open", (who,), status=names[effect.status].shown, severity=effect.severity)
        yield Item(first.at, who, what, "kept-open", link)
    elif first.digest is None:
        yield Item(first.at, who, "", "by-hand", link, did=told.did, notes=told.notes)
    elif first.call == "open":
        title = shown_title(scene.thread, scene.policy)
        yield Item(first.at, who, title, "opened", link, did=told.did, notes=told.notes)
        called = scene.past.effect(entries[-1]).first
        if called:
            titles = (CLOCKS["IN-7"].title,)
            yield Item(first.recorded_at, "", _noted("asked", called, titles=titles), "asked", link)
    elif comment is None or withheld:
        kind = "withheld" if withheld else "deleted"
        yield Item(first.at, who, "", kind, link, did=told.did, notes=told.notes)
    else:
        yield _written(first, comment, told, as_recorded=as_recorded, link=link)
    for entry, what in told.facts:
        at = entry.happened_at or entry.at
        yield Item(at, who, what, "told", link, told_at=entry.at, notes=tuple(_restated(entry, scene)))


def _restated(entry: Entry, scene: Scene) -> Iterator[str]:
    """That another time was given later than the one of this line, which stays where it was told."""
    if entry.n in scene.restated:
        at, day = scene.restated[entry.n], entry.happened_at or entry.at
        yield render("restated", at=at, policy=scene.policy, day=day)


def _written(first: Entry, comment: Comment, told: Retold, *, as_recorded: bool, link: str) -> Item:
    """A comment as it was recorded; one that was edited later as it is now, with what was recorded of it.

    One that does nothing but tell what happened at times of their own is a `recording`.
    """
    if as_recorded:
        bare = not told.words and not told.notes and len(told.facts) == len(told.did)
        kind = "recording" if bare and told.facts else "comment"
        return Item(first.at, first.by.login, told.words, kind, link, did=told.did, notes=told.notes)
    now, when = tidy(comment.body), comment.edited_at
    return Item(first.at, first.by.login, now, "edited-since", link, None, told.did, told.notes, when)


def _is_own(comment: Comment) -> bool:
    return comment.ours or has_tail(comment.body) or bool(keys_of(comment.body))
