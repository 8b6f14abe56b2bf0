"""The timeline: everything that was written, decided and done, in the order in which it happened, with its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from irp_actions.rules.clocks import CLOCKS
from irp_actions.rules.guard import sensitive
from irp_actions.rules.notes import keys_of
from irp_actions.rules.report.history import History
from irp_actions.rules.report.shapes import UNDONE, Item, Verdict
from irp_actions.rules.slash import tidy
from irp_actions.rules.sources import shown_title
from irp_actions.rules.tail import has_tail
from irp_actions.rules.words import render
from irp_actions.values.policy import Policy
from irp_actions.values.record import ACCEPTED, REFUSED, Entry
from irp_actions.values.thread import Comment, Thread


@dataclass(frozen=True, slots=True)
class Scene:
    """What the lines of a timeline are made of."""

    past: History
    thread: Thread
    policy: Policy
    links: Mapping[int, str]


def timeline(scene: Scene, verdicts: tuple[Verdict, ...]) -> tuple[Item, ...]:
    """Every line, by the time at which it happened.

    Args:
        scene: the entries, the comments, and where the evidence of each entry is.
        verdicts: how the clocks ended.
    """
    return tuple(sorted(_items(scene, verdicts), key=lambda item: item.at))


def drift(scene: Scene) -> Iterator[Item]:
    """What was edited or deleted after it was recorded."""
    for entry in scene.past.entries:
        if entry.call in ("edited", "deleted"):
            of = str(entry.args.get("of", ""))
            yield Item(entry.at, entry.by.login, of, entry.call, scene.links[entry.n])


def _items(scene: Scene, verdicts: tuple[Verdict, ...]) -> Iterator[Item]:
    comments = {comment.id: comment for comment in scene.thread.comments}
    ours = [comment for comment in scene.thread.comments if _is_own(comment)]
    asked_in = {key: comment.url for comment in ours for key in keys_of(comment.body)}
    recorded = set()
    for source, group in groupby(scene.past.entries, key=lambda entry: entry.source):
        entries = list(group)
        recorded.add(source)
        if entries[0].by.standing == "program":
            yield from _by_program(entries[0], scene, asked_in)
        else:
            yield from _of_source(entries, comments.get(source), scene)
    for comment in scene.thread.comments:
        if comment.id not in recorded and not _is_own(comment):
            kind = "withheld" if sensitive(comment.body, scene.policy) else "comment"
            text = tidy(comment.body) if kind == "comment" else ""
            yield Item(comment.at, comment.author.login, text, kind, comment.url)
    for verdict in verdicts:
        if verdict.how in UNDONE:  # what was in time is told where all the clocks stand
            said = render("verdict", verdict=verdict, roles=scene.policy.roles)
            yield Item(verdict.at, "", said, "clock", verdict.link)


def _by_program(entry: Entry, scene: Scene, asked_in: Mapping[str, str]) -> Iterator[Item]:
    """What the program itself noted: a change of policy, whom it asked, whom it released, what it opened."""
    link = scene.links[entry.n]
    if entry.call == "policy" and entry.n > 1:  # the first one is named with the record
        yield Item(entry.at, "", f"policy {entry.policy}", "policy", link)
    elif entry.call == "asked":
        rules = dict.fromkeys(str(key).partition(":")[0] for key in entry.args["keys"])
        what = ", ".join(CLOCKS[rule].title for rule in rules if rule in CLOCKS)
        yield Item(entry.at, " ".join(entry.args["who"]), what, "asked", asked_in.get(str(entry.args["keys"][0]), link))
    elif entry.call == "released":
        offer = next((e for e in scene.past.entries if e.n == entry.args["handoff"]), entry)
        yield Item(entry.at, offer.by.login, "", "released", scene.links[offer.n])
    elif entry.call == "issue-opened":
        yield Item(entry.at, "", f"{entry.args['of']} → #{entry.args['number']}", "issue", link)


def _of_source(entries: list[Entry], comment: Comment | None, scene: Scene) -> Iterator[Item]:
    """The lines of one comment, deed or opening: what was written, and what was decided of it."""
    first = entries[0]
    link = scene.links[first.n]
    decisions = tuple(_decision(entry) for entry in entries if entry.call not in ("word", "open", "template"))
    withheld = "withheld" in first.marks or (comment is not None and bool(sensitive(comment.body, scene.policy)))
    if first.call == "open":
        yield Item(first.at, first.by.login, shown_title(scene.thread, scene.policy), "opened", link, notes=decisions)
    elif first.digest is not None and first.call != "edited":
        text = "" if comment is None or withheld else tidy(comment.body)
        edited_at = comment.edited_at if comment is not None else None
        kind = "withheld" if withheld else _kind(entries, comment)
        yield Item(first.at, first.by.login, text, kind, link, notes=decisions, edited_at=edited_at)
    elif first.call in ("edited", "deleted"):
        yield Item(first.at, first.by.login, str(first.args.get("of", "")), first.call, link)
    else:
        yield Item(first.at, first.by.login, "", "by-hand", link, notes=decisions)
    for entry in entries:
        if entry.happened_at is not None and entry.verdict == ACCEPTED:
            said = scene.past.text_of(entry.n) or ""
            what = said if entry.call == "timeline" and said else ": ".join(filter(None, [entry.call, said]))
            yield Item(entry.happened_at, entry.by.login, what, "told", link, told_at=entry.at)


def _kind(entries: list[Entry], comment: Comment | None) -> str:
    """A comment that is nothing but a sitrep need not be quoted twice: the sitreps stand whole in the report."""
    if comment is None:
        return "deleted"
    only = [entry.call for entry in entries if entry.verdict == ACCEPTED] == ["sitrep"] and len(entries) == 1
    return "sitrep" if only and comment.body.lstrip().startswith("/") and comment.edited_at is None else "comment"


def _decision(entry: Entry) -> str:
    """One decision in the words it was made in: the call, its arguments, and whether it was obeyed."""
    shown = {k: v for k, v in entry.args.items() if k in _SHOWN and v}
    words = " ".join([entry.call, *(", ".join(v) if isinstance(v, list) else str(v) for v in shown.values())])
    return f"{words}: refused" if entry.verdict == REFUSED else words


_SHOWN = {
    "severity", "role", "lead", "todo", "disruption", "evidence", "kind", "outcome", "choice", "from", "who", "reason",
    "method", "impact", "threat", "scope",
}  # fmt: skip
"""The arguments that say what a decision was about; free text stands with it anyway."""


def _is_own(comment: Comment) -> bool:
    return comment.ours or has_tail(comment.body) or bool(keys_of(comment.body))
