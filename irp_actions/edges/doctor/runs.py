"""Runs as GitHub lists them, when they began and when they ended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from irp_actions.edges.doctor.patient import Patient
from irp_actions.values.shape import parse_time

PAGE = 100
PAGES = 5
"""How far back runs are looked through, a hundred to a page."""

EARLIER = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Ran:
    """One run.

    Attributes:
        file: Its workflow's file.
        event: What started it.
        title: That of the issue it is about, if the event is about one.
        conclusion: How it ended; empty if it has not.
        at: When it was started (UTC).
        ended_at: When it ended (UTC); None if it has not.
    """

    id: int
    file: str
    event: str
    title: str
    conclusion: str
    at: datetime
    ended_at: datetime | None


def latest(patient: Patient) -> list[Ran]:
    """The latest runs of all workflows, those left out that were run again: their times are not those of one run.

    Raises:
        Unavailable, Forbidden: as of the patient.
    """
    found = patient.get(f"/actions/runs?per_page={PAGE}")["workflow_runs"]
    return [_ran(run) for run in found if run.get("run_attempt", 1) == 1]


def runs_of(patient: Patient, since: datetime) -> Iterator[Ran]:
    """The runs of the incident workflow back to a moment (UTC); nothing when that is too long ago.

    Raises:
        Unavailable, Forbidden: as of the patient.
    """
    path = f"/actions/workflows/{quote(patient.names.incident)}/runs?event=issues&per_page={PAGE}"
    found: list[Ran] = []
    for page in range(1, PAGES + 1):
        runs = [_ran(run) for run in patient.get(f"{path}&page={page}")["workflow_runs"]]
        found += runs
        if len(runs) < PAGE or runs[-1].at < since - EARLIER:
            yield from found
            return


def _ran(run: Any) -> Ran:
    done = run["status"] == "completed"
    return Ran(
        run["id"],
        run["path"].partition("@")[0].rpartition("/")[2],
        run["event"],
        run.get("display_title") or "",
        run["conclusion"] or "",
        parse_time(run["created_at"]),
        parse_time(run["updated_at"]) if done else None,
    )
