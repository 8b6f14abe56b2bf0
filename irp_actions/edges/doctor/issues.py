"""Examinations of issues: pinning one, texts that are too long, what a closing says, and the labels of forms."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from irp_actions.edges.doctor.examination import NO, OPEN, YES, Finding, examination
from irp_actions.edges.doctor.marks import marked
from irp_actions.edges.doctor.patient import Declined, Patient
from irp_actions.edges.doctor.runs import Ran, runs_of
from irp_actions.edges.github import parse
from irp_actions.edges.trouble import Trouble
from irp_actions.values.shape import parse_time

TOO_LONG = 262_145
"""Characters of a body: more than the API says it takes (65,536), and more than was measured (262,144 bytes)."""

SOON = timedelta(seconds=15)
"""How long after the opening an event still belongs to it."""

REFUSED, KEPT, TAKEN = "refused", "kept the old one", "taken"


@examination
def pinned_issue(patient: Patient) -> Finding:
    """May the token pin an issue (`pinIssue`)?"""
    given = {"issueId": patient.trial.node}
    number = patient.trial.number
    return marked(
        patient,
        "pinned_issue",
        lambda: patient.mutate("pinIssue", given),
        lambda: patient.mutate("unpinIssue", given),
        lambda: bool(patient.ask_here("Trial", number=number)["issue"]["isPinned"]),
    )


@examination
def long_bodies(patient: Patient) -> Finding:
    """Is a body that is too long for an issue refused, over REST and GraphQL?"""
    trial, text = patient.trial, "x" * TOO_LONG

    def over_rest(body: str) -> None:
        patient.write("PATCH", f"/issues/{trial.number}", {"body": body})

    def over_graphql(body: str) -> None:
        patient.mutate("updateIssue", {"id": trial.node, "body": body})

    def became(write: Callable[[str], None]) -> str:
        try:
            write(text)
        except Declined:
            return REFUSED
        found = patient.ask_here("Trial", number=trial.number)["issue"]["body"]
        if found.replace("\r\n", "\n").strip() == trial.body.replace("\r\n", "\n").strip():
            return KEPT
        write(trial.body)
        return TAKEN

    seen = {"rest": became(over_rest), "graphql": became(over_graphql)}
    return Finding(YES if set(seen.values()) == {REFUSED} else NO, seen)


@examination
def closed_as_duplicate(patient: Patient) -> Finding:
    """Does the closing of an issue as a duplicate say so (`ClosedEvent.stateReason`)?"""
    trial = patient.trial
    try:
        patient.mutate("closeIssue", {"issueId": trial.node, "stateReason": "DUPLICATE"})
        deeds = patient.ask_here("Trial", number=trial.number)["issue"]["deeds"]["nodes"]
        said = parse.deed(deeds[-1]).detail if deeds else ""
    finally:
        with suppress(Trouble):  # it is closed in the end anyway
            patient.mutate("reopenIssue", {"issueId": trial.node})
    return Finding(YES if said == "DUPLICATE" else NO, {"said": said})


@examination
def form_labels(patient: Patient) -> Finding:
    """Is the label of a form an event of its own, which starts a second run?

    Read from the newest issue whose label we did not set ourselves; the program needs neither, and has to bear both.
    """
    viewer = patient.viewer()
    for issue in patient.ask_here("Labelled", label=[patient.names.label])["issues"]["nodes"]:
        opened_at = parse_time(issue["createdAt"])
        deeds = [parse.deed(node) for node in issue["deeds"]["nodes"]]
        first = next((deed for deed in deeds if deed.detail.lower() == patient.names.label), None)
        if first is not None and (first.actor == viewer or first.at - opened_at > SOON):
            continue  # put on later: by the program, or by hand
        started = [run for run in runs_of(patient, opened_at) if _belongs(run, opened_at)]
        seen: dict[str, Any] = {"number": issue["number"], "runs": len(started), "by": ""}
        if first is not None:
            seen |= {"by": first.actor.login, "own": first.actor == parse.person(issue["author"])}
        answer = YES if first is not None and len(started) > 1 else NO
        return Finding(answer if started else OPEN, seen)
    return Finding(OPEN)


def _belongs(run: Ran, opened_at: datetime) -> bool:
    return run.event == "issues" and -SOON < run.at - opened_at <= SOON
