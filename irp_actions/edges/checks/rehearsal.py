"""A conversation that brings nearly every sentence of the program to light, played through the rules without GitHub."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from irp_actions.rules.authority import Bench, Facts, Notice
from irp_actions.rules.chain import Seal
from irp_actions.rules.decide import decide, empty_record
from irp_actions.rules.report import final_parts
from irp_actions.rules.view import view
from irp_actions.values.policy import HEADINGS, People, Policy
from irp_actions.values.thread import Comment, Deed, Person, Thread

MISCHIEF = "@everybody"
"""What somebody types who wants the program to mention people; no sentence may repeat it so."""

_BEGINS = datetime(2026, 3, 2, 3, 10, tzinfo=UTC)
_BOT = Person("github-actions", 1, "Bot")
_TYPED = f"it is {MISCHIEF} <!-- gone"

_TO_THE_REPORT = (
    (
        15,
        "ana",
        f"/sev hgh\n/confirm hgh\n/take boss\n/handoff ic @ana\n/statsu\n/status {_TYPED}\n/contained 25:99\n/help",
    ),
    (16, "rae", "/close"),
    (17, "ana", "password: hunter2hunter2"),
    (18, "ana", f"/confirm high {_TYPED}"),
    (20, "ana", "/sitrep\n/brief\n/severity"),
    (25, "ana", f"/sitrep {_TYPED}"),
    (26, "ana", f"/tell customers\n/public {_TYPED}"),
    (30, "ana", f"/handoff ic @ben {_TYPED}"),
    (35, "ben", "/accept"),
    (36, "ana", "/handoff co @cat\n/ic @ana"),
    (37, "ben", "/handoff co @cat"),
    (38, "cat", "/decline"),
    (240, "ben", f"/contained 03:40 {_TYPED}"),
    (241, "ben", f"/resolve {_TYPED}"),
    (245, "ben", "/false-alarm\n/close\n/confirm"),
)
_TO_AN_EARLY_END = ((5, "ana", "/close"),)
_TO_THE_THANKS = ((5, "ana", f"/false-alarm {_TYPED}"),)
_TO_ANOTHER = ((5, "ana", f"/duplicate #7 {_TYPED}"),)
_REPORTED_TOO = Notice(
    "duplicate:2", "reported-too", {"number": 2, "reporter": "gus", "at": "2026-01-01T00:00:00Z", "by": "ana"}
)
_SILENCES = (0, 11, 40, 150)
"""Minutes at which somebody looks though nobody wrote: what is due is said then."""


def rehearse(policy: Policy) -> None:
    """Play it; whatever the program would show or say is rendered on the way.

    Args:
        policy: the numbers, names and forms; the people are the rehearsal's own.
    """
    own = replace(policy, people=People(on_call=("ana", "ben", "cat")))
    for talk in (_TO_THE_REPORT, _TO_AN_EARLY_END, _TO_THE_THANKS, _TO_ANOTHER):
        for minute in sorted({*_SILENCES, *(at for at, _, _ in talk)}):
            _look(_thread(own, talk, minute), own)
    _look(_closed_by_hand(own), own)


def _look(thread: Thread, policy: Policy) -> None:
    bench = Bench(
        policy, Facts({"rae": "outsider"}), Seal(b"", b"rehearsal".ljust(32)), "rehearsal", notices=(_REPORTED_TOO,)
    )
    decision = decide(empty_record(thread), thread, bench)
    final = final_parts(decision.record, thread, policy) if decision.incident.closing else ()
    view(decision.incident, decision.record, thread, policy, final)


def _thread(policy: Policy, talk: tuple[tuple[int, str, str], ...], minute: int) -> Thread:
    """The issue as it stands at a minute."""
    form = next((form for form in policy.forms.values() if form.style == HEADINGS), None)
    body = "\n\n".join(f"### {label}\n\n{_TYPED}" for label in form.fields) if form else _TYPED
    said = [(n, *part) for n, part in enumerate(talk) if part[0] <= minute]
    comments = tuple(Comment(f"c{n}", n, f"url{n}", _person(who), text, _after(at)) for n, at, who, text in said)
    return Thread(
        number=1,
        id="issue",
        url="url",
        title=f"Odd {MISCHIEF}",
        body=body,
        author=_person("rae"),
        at=_BEGINS,
        read_at=_after(minute),
        viewer=_BOT,
        labels=frozenset({"irp", "drill"}),
        comments=comments,
    )


def _closed_by_hand(policy: Policy) -> Thread:
    thread = _thread(policy, _TO_THE_REPORT[3:4], 20)
    return replace(thread, deeds=(Deed("d1", "closed", _after(19), _person("ana"), "COMPLETED"),), is_open=False)


def _person(login: str) -> Person:
    return Person(login, sum(map(ord, login)))


def _after(minutes: int) -> datetime:
    return _BEGINS + timedelta(minutes=minutes)
