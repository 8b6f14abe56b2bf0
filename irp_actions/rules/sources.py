"""Where calls come from: the opening body, comments and deeds, in the one order everybody agrees on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from irp_actions.rules.commands import COMMANDS
from irp_actions.rules.grammar import Refused, bind, named
from irp_actions.rules.guard import blotted, sensitive
from irp_actions.rules.header import prose
from irp_actions.rules.naming import STATUS_CALLS, resolve
from irp_actions.rules.pasted import SITREP, implied_by, named_in, pasted_sitrep, read_template, severity_first_told
from irp_actions.rules.slash import Call, calls, own_part
from irp_actions.rules.ticks import TICKED, ticked_calls
from irp_actions.values.incident import INVESTIGATING, Incident
from irp_actions.values.policy import LINES, Form, Policy
from irp_actions.values.record import Record
from irp_actions.values.thread import Comment, Deed, Person, Revision, Thread

OVERLAP = timedelta(minutes=10)
"""How far behind the cursor sources are looked at again: clocks of servers differ, and runs overtake each other."""

RECORD_LABEL, DRILL_LABEL = "irp", "drill"
"""The labels that mark a record, and a rehearsal."""

SEVERITY_LABEL, STATUS_LABEL = "severity: ", "status: "
"""The prefixes of the labels that are views of the state; setting one by hand is a call."""

UNLABELED = "unlabeled"
"""The kind of deed, and the call, that a label taken off by hand is."""

_BODY, _COMMENT, _DEED = range(3)
_TICKED = re.compile(r"^- \[[xX]\] ", re.MULTILINE)
HANDLING = "I am handling this now"
"""What is ticked in the team's form by whoever takes it on."""

ASIDE = ("noticed", "ongoing", "listening")
"""What a form asks beside what happened, and a report repeats."""

NO_ANSWER = "_No response_"
"""What GitHub puts where a form's question was left empty."""


@dataclass(frozen=True, slots=True)
class Source:
    """One thing a person did that may hold calls. `at` is GitHub's time (UTC)."""

    id: str
    at: datetime
    by: Person
    order: tuple[int, int]
    body: str = ""
    comment: Comment | None = None
    deed: Deed | None = None
    edited: bool = False
    edited_at: datetime | None = None
    editors: tuple[str, ...] = ()
    """Who edited the body; of a comment GitHub has to be asked."""

    @property
    def counts_from(self) -> datetime:
        """When its text came to be: an edit does not make the past."""
        return self.edited_at or self.at


def undecided(record: Record, thread: Thread) -> list[Source]:
    """The sources that the record does not hold yet, in order.

    The order is by second, then body before comments before deeds, then GitHub's own numbering: two runs
    that see the same thread decide alike.
    """
    since = record.cursor - OVERLAP if record.cursor else None
    fresh = [
        source
        for source in _all(thread)
        if (since is None or source.at >= since)
        and not record.has(source.id)
        and not (source.id != thread.id and _is_ours(source.by, record, source.comment))
    ]
    return sorted(fresh, key=lambda source: (source.at.replace(microsecond=0), source.order))


def _all(thread: Thread) -> Iterator[Source]:
    editors = tuple(revision.editor.login for revision in thread.revisions if not revision.editor.is_bot)
    yield Source(
        thread.id,
        thread.at,
        thread.author,
        (_BODY, 0),
        prose(thread.body),
        edited=any(
            revision.at > thread.at or revision.editor != thread.author
            for revision in thread.revisions
            if not revision.editor.is_bot
        ),
        editors=editors,
    )
    for comment in thread.comments:
        yield Source(
            comment.id,
            comment.at,
            comment.author,
            (_COMMENT, comment.number),
            comment.body,
            comment=comment,
            edited=comment.edited_at is not None,
            edited_at=comment.edited_at,
        )
    for revision in _ticks(thread):
        source = f"{thread.id}@{revision.at:%Y%m%dT%H%M%SZ}:tick"
        ticked = Deed(source, "handling", revision.at, revision.editor)
        yield Source(source, revision.at, revision.editor, (_DEED, -1), deed=ticked)
    for place, deed in enumerate(thread.deeds):
        if deed.kind in ("labeled", UNLABELED) and not deed.detail.lower().startswith((SEVERITY_LABEL, STATUS_LABEL)):
            continue  # somebody else's label says nothing to us
        yield Source(deed.id, deed.at, deed.actor, (_DEED, place), deed=deed)


def _ticks(thread: Thread) -> Iterator[Revision]:
    """The revisions in which a person ticked *I am handling this now* after the opening (IN-4)."""
    for newer, older in pairwise(thread.revisions):
        if _TICKED.search(_handling(newer.body)) and not _TICKED.search(_handling(older.body)):
            yield newer


def _handling(body: str) -> str:
    """The tick and what stands beside it, of whichever of our forms it is."""
    return "\n".join(row for row in prose(body).split("\n") if row.rstrip().endswith(HANDLING))


def begins_at(thread: Thread, policy: Policy) -> datetime:
    """From when on commands are obeyed (UTC): the opening, or when somebody made an older issue a record.

    What stands in an old issue was written by people who did not know that anything would read it.
    """
    if form_of(thread.body, policy) is not None:
        return thread.at
    marked = [deed.at for deed in thread.deeds if deed.kind == "labeled" and deed.detail.lower() == RECORD_LABEL]
    return min(marked, default=thread.at)


def _is_ours(person: Person, record: Record, comment: Comment | None) -> bool:
    if comment is not None and comment.ours:
        return True
    return (person.login, person.id, person.kind) == (record.writer.login, record.writer.id, record.writer.kind)


def form_of(body: str, policy: Policy) -> tuple[str, Form] | None:
    """Which of our forms an opening body is, if any: all of that form's marks stand in it, as headings or lines."""
    headings = set(sections(body))
    for name, form in policy.forms.items():
        if form.style == LINES:
            if read_template(prose(body), form).matches(form):
                return name, form
        elif headings.issuperset(form.marks):
            return name, form
    return None


def is_record(labels: frozenset[str], body: str, policy: Policy) -> bool:
    """Whether an issue is an event or incident of ours at all."""
    return RECORD_LABEL in labels or form_of(body, policy) is not None


def sections(body: str) -> dict[str, str]:
    """The answers of a rendered form by their headings; of a heading that stands twice, the first."""
    found: dict[str, list[str]] = {}
    current: list[str] = []
    for row in prose(body).split("\n"):
        if row.startswith("### "):
            current = []
            found.setdefault(row.removeprefix("### ").strip(), current)
        else:
            current.append(row)
    answers = {heading: "\n".join(rows).strip() for heading, rows in found.items()}
    return {heading: "" if answer == NO_ANSWER else answer for heading, answer in answers.items()}


def shown_title(thread: Thread, policy: Policy) -> str:
    """The issue's title, unless it holds what must not be repeated (IN-11)."""
    return "(title withheld)" if sensitive(thread.title, policy) else thread.title


def shown_about(thread: Thread, policy: Policy) -> str:
    """What the report says in its author's words, unless it holds what must not be repeated (IN-11)."""
    if sensitive(thread.body, policy):
        return ""
    answers = form_answers(thread, policy)
    return "\n".join(answers[name] for name in ("description", "details") if name in answers) or prose(thread.body)


def shown_answers(thread: Thread, policy: Policy) -> tuple[tuple[str, str], ...]:
    """What the form asked beside that, and what its author answered, as they typed it; never how to reach them."""
    found = form_of(thread.body, policy)
    if found is None or sensitive(thread.body, policy):
        return ()
    answers = form_answers(thread, policy)
    asked = {field: label for label, field in found[1].fields.items()}
    return tuple((asked[field], answers[field]) for field in ASIDE if field in answers and field in asked)


def shown_reporter(thread: Thread, policy: Policy) -> str:
    """Who noticed it, by the name a pasted template gives, where it is somebody else than who opened the issue."""
    if sensitive(thread.body, policy):
        return ""
    return named_in(form_answers(thread, policy), thread.author.login, policy).get("reporter", "")


def form_answers(thread: Thread, policy: Policy) -> Mapping[str, str]:
    """What the form asked and was told, by the policy's names of the fields; secrets are blotted out (IN-11)."""
    return {field: blotted(answer, policy) for field, answer in _answers(thread, policy).items()}


def _answers(thread: Thread, policy: Policy) -> Mapping[str, str]:
    found = form_of(thread.body, policy)
    if found is None:
        return {}
    if found[1].style == LINES:
        return read_template(prose(thread.body), found[1]).answers
    answers = sections(thread.body)
    return {field: answers[label] for label, field in found[1].fields.items() if answers.get(label)}


def fears_listeners(thread: Thread, policy: Policy) -> bool:
    """IN-10: whether the form's question who may be reading along was answered, and not with a plain no."""
    answer = form_answers(thread, policy).get("listening", "")
    return answer.lower().strip(" .!") not in ("", *policy.words.negative)


def calls_of(source: Source, thread: Thread, policy: Policy, incident: Incident) -> tuple[Call, ...]:
    """The calls a source holds; none when it is only words.

    Args:
        source: what was done.
        thread: the issue it was done to.
        policy: knows labels, forms and names.
        incident: the state before it, which says what a closing by hand means.
    """
    if source.at < begins_at(thread, policy) and source.id != thread.id:
        return ()
    if source.deed is not None and source.deed.kind == TICKED:
        return ticked_calls(source.deed)
    if source.deed is not None:
        call = _deed_call(source.deed, policy, incident)
        return (call,) if call else ()
    if source.comment is None:
        answers = form_answers(thread, policy)
        ticked = Call("ack", "", typed=HANDLING, implied=True)
        if _TICKED.search(answers.get("handling", "")):
            return (ticked,)
        return implied_by(answers, source.by.login, policy)
    found = comment_calls(source, policy)
    sitrep = next((text for name, text in (resolve(call, policy) for call in found) if name == SITREP), "")
    first_told = severity_first_told(sitrep, policy, incident) if sitrep else None
    return (*found, first_told) if first_told else found


def comment_calls(source: Source, policy: Policy) -> tuple[Call, ...]:
    """The calls of a comment: those with a slash, and a situation report pasted without one.

    Nothing is read from a secret: no argument, name or reason can hold a part of one (IN-11).
    """

    def ends(above: Call, line: Call) -> bool:
        return _stands_for_itself(line, above, source.at, policy)

    readable = blotted(source.body, policy)
    typed = calls(readable, ends)
    pasted = pasted_sitrep(own_part(readable), typed, policy)
    return (pasted, *typed) if pasted else typed


def _stands_for_itself(line: Call, above: Call, written_at: datetime, policy: Policy) -> bool:
    """CL-3: whether a line of the report below a call is understood as one, and is not of what that call tells others.

    What is not understood is recorded nowhere else, so it stays with the call.
    """
    name, text = resolve(line, policy)
    asked = COMMANDS.get(resolve(above, policy)[0] or "")
    if name is None or (asked is not None and line.name in asked.keeps):
        return False
    try:
        bind(COMMANDS[name].usage, text, policy, written_at)
    except Refused:
        return False
    return True


def _deed_call(deed: Deed, policy: Policy, incident: Incident) -> Call | None:
    if deed.kind == "labeled":
        return _label_call(blotted(deed.detail, policy), policy)
    if deed.kind == "handling":
        return Call("ack", "", typed=HANDLING, implied=True)
    if deed.kind == "reopened":
        return Call("reopen", "", typed="re-opening by hand", implied=True)
    if deed.kind == "closed" and incident.closing is None:
        early = deed.detail == "NOT_PLANNED" and incident.status == INVESTIGATING
        return Call("false-alarm" if early else "close", "", typed="closing by hand", implied=True)
    return None


def state_labels(incident: Incident) -> frozenset[str]:
    """The labels that show the state: one for the status, one for the severity."""
    shown = incident.tables.statuses[incident.status].shown
    return frozenset({f"{STATUS_LABEL}{shown}", f"{SEVERITY_LABEL}{incident.severity}"})


def _label_call(label: str, policy: Policy) -> Call | None:
    """A state label set by hand says the same as the command."""
    if label.lower().startswith(SEVERITY_LABEL):
        return Call("severity", label[len(SEVERITY_LABEL) :], typed=f"label {label}", implied=True)
    if label.lower().startswith(STATUS_LABEL):
        shown = label[len(STATUS_LABEL) :]
        status = named(shown, policy.statuses) or _by_shown_name(shown, policy)
        name = STATUS_CALLS.get(status or "")
        return Call(name, "", typed=f"label {label}", implied=True) if name else None
    return None


def _by_shown_name(shown: str, policy: Policy) -> str | None:
    return next((key for key, status in policy.statuses.items() if status.shown.lower() == shown.lower()), None)
