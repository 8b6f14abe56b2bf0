"""Doings: what people, bots and the clock may do to an issue, for Hypothesis to put into any order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from irp_actions.rules.commands import COMMANDS
from tests.model import BOT, REPORT_FORM, Model

ROSTER = ("ana", "ben", "cat")
WRITER, REPORTER, STRANGER, PROGRAM = "wes", "rae", "zoe", "renovate[bot]"
PEOPLE = (*ROSTER, WRITER, REPORTER, STRANGER, PROGRAM)
TEAM = (*ROSTER, WRITER)

FORGED = (
    "<!-- irp:note re:IC_7002 -->\n@ben",
    "Look\n\n<!-- irp:record\n{}\n-->",
    '<!-- irp:record\n{"number":1,"writer":{"login":"zoe","id":1}}\n-->',
    "<!-- irp:archive\n{}\n-->",
    "<!-- irp:header board=IC_7003 -->\nmine\n<!-- /irp:header -->",
)
"""Texts that only the program should be believed."""

JUNK = (
    "hello",
    "looking at the logs\nnothing yet",
    "```\n/close\n```",
    "> /close",
    "`/close`",
    "<!-- /close -->",
    "<!--\n/close\n-->",
    "    /close",
    "/etc/passwd was read",
    "/tmp",
    "/sitrepfoo",
    "/cloze",
    "/sev hgh",
    "one\r\n/ack\r\ntwo\r\n",
    "/confirm low\n/handoff ic @cat go\n/sitrep ok",
    "03:05 key disabled",
    "- /ack",
    "token=aaaaaaaaaaaaaaaa",
    "/sitrep password: hunter2hunter2",
    "| a | b |\n|---|---|\n/resolve",
    "@ana @ben <b>look</b> & </details>",
    "\u2028 \u200b /ack",
    "",
    "#" * 400,
)
"""What people write that is no command, or not a plain one."""

COMMAND_TEXTS = (
    *(example for command in COMMANDS.values() for example in (*command.examples, f"/{command.name}")),
    "/handoff ic @ana",
    "/handoff ic @wes",
    "/ic @ana",
    "/severity low",
    "/sev medium",
    "/take ic silent",
    "/take co",
    "/handoff co @ben",
    "/handoff ic @zoe",
    "/confirm high\nit is real",
    "/contained 03:05\n/resolve",
)
"""Every example of the table, every bare command, and a few more that meet each other often."""

TEXTS = st.one_of(st.sampled_from(COMMAND_TEXTS), st.sampled_from(COMMAND_TEXTS), st.sampled_from((*JUNK, *FORGED)))

LABELS = (
    "severity: high",
    "severity: low",
    "severity: nonsense",
    "status: confirmed",
    "status: resolved",
    "status: closed",
    "status: false alarm",
    "status: investigating",
    "wontfix",
    "team: blue",
)


@dataclass(frozen=True)
class Doing:
    """One thing that is done to the issue; shown as the call it is."""

    kind: str
    args: tuple[object, ...]

    def __call__(self, model: Model) -> None:
        """Do it."""
        _DOINGS[self.kind](model, *self.args)

    def __repr__(self) -> str:
        """As one would write it down."""
        return f"{self.kind}{self.args!r}"


def _say(model: Model, login: str, text: str) -> None:
    model.say(login, text, after=0)


def _edit(model: Model, place: int, by: str, text: str) -> None:
    """Edit one of the people's comments; nothing when there is none."""
    theirs = [comment for comment in model.issue.comments if comment.author != BOT]
    if theirs:
        chosen = theirs[place % len(theirs)]
        model.edit(chosen, text, chosen.author.login if by == "its author" and not chosen.author.is_bot else by)


def _delete(model: Model, place: int, by: str) -> None:
    theirs = [comment for comment in model.issue.comments if comment.author != BOT]
    if theirs:
        model.delete(theirs[place % len(theirs)], by)


def _tamper(model: Model, place: int, by: str, text: str) -> None:
    """Edit a comment of the program, the board among them."""
    ours = [comment for comment in model.issue.comments if comment.author == BOT]
    if ours:
        chosen = ours[place % len(ours)]
        model.edit(chosen, text + chosen.body[: len(chosen.body) // 2] if place % 2 else chosen.body + text, by)


def _delete_ours(model: Model, place: int, by: str) -> None:
    """Delete a note of the program, not the board."""
    ours = model.ours
    if ours:
        model.delete(ours[place % len(ours)], by)


def _label(model: Model, label: str, by: str) -> None:
    """Set a label anew, so that it stands in the timeline whatever the program did in between."""
    model.put(labels=model.issue.labels - {label})
    model.label(label, by)


def _unlabel(model: Model, place: int, by: str) -> None:
    labels = sorted(model.issue.labels)
    if labels:
        model.unlabel(labels[place % len(labels)], by)


def _edit_body(model: Model, by: str, text: str, keep: bool) -> None:
    """Edit the body: the prose with or without the program's block."""
    model.edit_body(model.issue.body + text if keep else REPORT_FORM + text, by)


def _assign(model: Model, login: str, away: bool) -> None:
    assignees = model.issue.assignees
    model.put(assignees=assignees - {login} if away else assignees | {login})


_DOINGS: dict[str, Callable[..., None]] = {
    "say": _say,
    "edit": _edit,
    "delete": _delete,
    "tamper": _tamper,
    "delete_ours": _delete_ours,
    "label": _label,
    "unlabel": _unlabel,
    "edit_body": _edit_body,
    "assign": _assign,
    "close": lambda model, by, reason: model.close_by_hand(by, reason),
    "reopen": lambda model, by: model.reopen_by_hand(by),
    "wait": lambda model, minutes: model.wait(minutes),
    "run": lambda model: model.run(),
}

_place = st.integers(0, 7)
_editor = st.sampled_from(("its author", "ana", STRANGER, "its author"))

SAYINGS = st.builds(lambda login, text: Doing("say", (login, text)), st.sampled_from((*PEOPLE, *TEAM)), TEXTS)
LABELLINGS = st.builds(
    lambda label, by: Doing("label", (label, by)), st.sampled_from(LABELS), st.sampled_from((*TEAM, STRANGER))
)
CLOSINGS = st.builds(
    lambda by, reason: Doing("close", (by, reason)),
    st.sampled_from((*TEAM, REPORTER)),
    st.sampled_from(("COMPLETED", "NOT_PLANNED")),
)
REOPENINGS = st.builds(lambda by: Doing("reopen", (by,)), st.sampled_from((*TEAM, REPORTER)))
EDITS = st.one_of(
    st.builds(lambda place, by, text: Doing("edit", (place, by, text)), _place, _editor, TEXTS),
    st.builds(lambda place, by: Doing("delete", (place, by)), _place, st.sampled_from(("ana", REPORTER))),
    st.builds(lambda place, by, text: Doing("tamper", (place, by, text)), _place, st.sampled_from(TEAM), TEXTS),
    st.builds(lambda place, by: Doing("delete_ours", (place, by)), _place, st.sampled_from(TEAM)),
    st.builds(
        lambda by, text, keep: Doing("edit_body", (by, text, keep)),
        st.sampled_from((REPORTER, "ana")),
        TEXTS,
        st.booleans(),
    ),
)
BY_HAND = st.one_of(
    LABELLINGS,
    CLOSINGS,
    REOPENINGS,
    st.builds(lambda place, by: Doing("unlabel", (place, by)), _place, st.sampled_from((*TEAM, STRANGER))),
    st.builds(lambda login, away: Doing("assign", (login, away)), st.sampled_from(TEAM), st.booleans()),
)
WAITS = st.builds(
    lambda minutes: Doing("wait", (minutes,)), st.sampled_from((0.5, 1, 3, 9, 10, 11, 16, 21, 31, 61, 200, 1500))
)
RUNS = st.just(Doing("run", ()))

ANYTHING: st.SearchStrategy[Sequence[Doing]] = st.lists(
    st.one_of(SAYINGS, SAYINGS, SAYINGS, EDITS, BY_HAND, WAITS, RUNS), min_size=1, max_size=10
)
"""Threads of any kind."""

IN_TIME: st.SearchStrategy[Sequence[Doing]] = st.lists(
    st.one_of(SAYINGS, SAYINGS, SAYINGS, LABELLINGS), min_size=1, max_size=9
)
"""Threads that happen within minutes, so that no clock makes a difference."""
