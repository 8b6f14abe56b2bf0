"""Examinations of issues: pinning one, texts that are too long, what a closing says, and the labels of forms."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from irp_actions.edges.doctor.examination import NO, OPEN, YES, Finding, examination
from irp_actions.edges.doctor.marks import marked
from irp_actions.edges.doctor.patient import JOB, Declined, Patient, back
from irp_actions.edges.doctor.runs import Ran, runs_of
from irp_actions.edges.github import parse
from irp_actions.edges.trouble import Trouble
from irp_actions.values.shape import parse_time
from irp_actions.values.thread import Deed

TOO_LONG = 262_145
"""Characters of a body: more than the API says it takes (65,536), and more than was measured (262,144 bytes)."""

SOON = timedelta(seconds=15)
"""How long after the opening an event still belongs to it."""

_FULL = "Maximum 3 pinned issues"
"""How GitHub says that three issues are pinned already, which tells nothing of the token."""

REFUSED, KEPT, TAKEN = "refused", "kept the old one", "taken"


@examination
def pinned_issue(patient: Patient) -> Finding:
    """May the token pin an issue (`pinIssue`)?"""
    given = {"issueId": patient.trial.node}
    try:
        return marked(
            patient,
            "pinned_issue",
            lambda: patient.mutate("pinIssue", given),
            lambda: patient.mutate("unpinIssue", given),
            lambda: bool(_trial_now(patient)["isPinned"]),
        )
    except Declined as why:
        if _FULL not in str(why):
            raise
        return Finding(OPEN, {"refused": str(why)})


@examination
def long_bodies(patient: Patient) -> Finding:
    """Is a body that is too long for an issue refused, over REST and GraphQL?"""
    trial, text = patient.trial, "x" * TOO_LONG

    def is_changed() -> bool:
        return _plain(_trial_now(patient)["body"]) != _plain(trial.body)

    def over_rest(body: str) -> None:
        patient.write("PATCH", f"/issues/{trial.number}", {"body": body})

    def over_graphql(body: str) -> None:
        patient.mutate("updateIssue", {"id": trial.node, "body": body})

    def became(write: Callable[[str], None]) -> str:
        try:
            write(text)
            return TAKEN if is_changed() else KEPT
        except Declined:
            return REFUSED
        finally:
            patient.put_back("body", lambda: write(trial.body) if is_changed() else None, is_changed)

    seen = {"rest": became(over_rest), "graphql": became(over_graphql)}
    return Finding(YES if set(seen.values()) == {REFUSED} else NO, seen)


@examination
def closed_as_duplicate(patient: Patient) -> Finding:
    """Does the closing of an issue as a duplicate say so (`ClosedEvent.stateReason`)?"""
    trial = patient.trial
    try:
        patient.mutate("closeIssue", {"issueId": trial.node, "stateReason": "DUPLICATE"})
        deeds = _trial_now(patient)["deeds"]["nodes"]
        said = parse.deed(deeds[-1]).detail if deeds else ""
    finally:
        with suppress(Trouble):  # it is closed in the end anyway
            patient.mutate("reopenIssue", {"issueId": trial.node})
    return Finding(YES if said == "DUPLICATE" else NO, {"said": said})


@examination
def form_labels(patient: Patient) -> Finding:
    """Is the label of a form an event of its own, which starts a second run?

    Read from the newest issue that was opened with our label and no other; the program has to bear either.
    """
    issues = patient.ask_here("Labelled", label=[patient.names.label])["issues"]["nodes"]
    for issue in issues:
        opened_at = parse_time(issue["createdAt"])
        deeds = [parse.deed(node) for node in issue["deeds"]["nodes"]]
        first = next((deed for deed in deeds if _is_label(deed, patient.names.label)), None)
        if first is not None and (first.actor.login == JOB or first.at - opened_at > SOON):
            continue  # put on later: by the program, or by hand
        at_once = [deed for deed in deeds if deed.actor.login != JOB and deed.at - opened_at <= SOON]
        if any(not _is_label(deed, patient.names.label) for deed in at_once) or _has_twin(issue, issues):
            continue  # whose runs its are nobody can tell
        started = [run for run in runs_of(patient, opened_at) if _belongs(run, issue)]
        seen: dict[str, Any] = {"number": issue["number"], "runs": len(started), "by": ""}
        if first is not None:
            seen |= {"by": first.actor.login, "own": first.actor == parse.person(issue["author"])}
        answer = YES if first is not None and len(started) > 1 else NO
        return Finding(answer if started else OPEN, seen)
    return Finding(OPEN)


def _trial_now(patient: Patient) -> Any:
    """The trial issue, read back."""
    (issue,) = back([patient.ask_here("Trial", number=patient.trial.number)["issue"]])
    return issue


def _plain(body: str | None) -> str:
    return (body or "").replace("\r\n", "\n").strip()


def _is_label(deed: Deed, label: str) -> bool:
    return deed.detail.lower() == label


def _belongs(run: Ran, issue: Any) -> bool:
    return run.title == issue["title"] and abs(run.at - parse_time(issue["createdAt"])) <= SOON


def _has_twin(issue: Any, issues: list[Any]) -> bool:
    """Whether another one was opened with the same title at the same time, such as by who clicked twice."""
    opened_at = parse_time(issue["createdAt"])
    same = [other for other in issues if other is not issue and other["title"] == issue["title"]]
    return any(abs(parse_time(other["createdAt"]) - opened_at) <= 2 * SOON for other in same)
