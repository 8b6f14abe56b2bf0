"""Examinations of workflows: switching one on and off, and what a run that is skipped does to one that waits."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

from irp_actions.edges.doctor.examination import NO, OPEN, YES, Finding, examination
from irp_actions.edges.doctor.patient import Patient
from irp_actions.edges.doctor.runs import Ran, latest
from irp_actions.edges.trouble import Forbidden

WRITERS = ("incident.yml", "sweep.yml", "net.yml", "doctor.yml")
"""The workflow files that share the concurrency group of those who write."""

NEAR = timedelta(seconds=5)
"""Moments that may be one and the same cause."""


@examination
def switched_workflow(patient: Patient) -> Finding:
    """May the token enable and disable a workflow?

    One that is enabled is first enabled once more, which changes nothing: who may not enable shall not disable.
    """
    path = f"/actions/workflows/{quote(patient.names.sweep)}"

    def is_active() -> bool:
        return bool(patient.get(path)["state"] == "active")

    before = is_active()
    verbs = ("enable", "disable", "enable") if before else ("enable", "disable")
    seen = {"workflow": patient.names.sweep, "active": before}
    try:
        for verb in verbs:
            try:
                patient.write("PUT", f"{path}/{verb}")
            except Forbidden as why:
                return Finding(NO, {**seen, "verb": verb, "refused": str(why)})
            if is_active() is not (verb == "enable"):
                return Finding(NO, {**seen, "verb": verb, "refused": ""})
        return Finding(YES, seen)
    finally:
        patient.put_back(
            "workflow",
            lambda: None if is_active() is before else patient.write("PUT", f"{path}/{verbs[-1]}"),
            lambda: is_active() is not before,
        )


@examination
def skipped_runs(patient: Patient) -> Finding:
    """Does a run whose jobs are all skipped push out one that waits in its concurrency group?

    Read from the latest runs. It does where one was cancelled just when a run came that was then skipped, and no other
    came; it does not where two went on that were there already, for of two one waits.
    """
    runs = [run for run in latest(patient) if run.file in WRITERS]
    skipped = [run for run in runs if run.conclusion == "skipped"]
    others = [run for run in runs if run.conclusion != "skipped"]
    for skip in skipped:
        evicted = [run for run in others if run.conclusion == "cancelled" and _ended_by(run, skip)]
        rivals = [run for run in others if run not in evicted and abs(run.at - skip.at) <= NEAR]
        if evicted and not rivals:
            return Finding(YES, {"skipped": skip.id, "evicted": evicted[0].id})
        unmoved = [run for run in others if _outlived(run, skip)]
        if len(unmoved) > 1:
            return Finding(NO, {"skipped": skip.id, "unmoved": unmoved[0].id})
    return Finding(OPEN, {"count": len(skipped)})


def _ended_by(run: Ran, skip: Ran) -> bool:
    return run.at <= skip.at and run.ended_at is not None and abs(run.ended_at - skip.at) <= NEAR


def _outlived(run: Ran, skip: Ran) -> bool:
    return run.at < skip.at - NEAR and (run.ended_at is None or run.ended_at > skip.at + NEAR)
