"""`irp doctor`: test on a real repository what no document settles, and say what was found and what it means."""

from __future__ import annotations

import sys
from contextlib import suppress

import click

from irp_actions.edges.actions import annotate, summarize

# Examinations are registered by being imported, in the order in which they are made.
from irp_actions.edges.doctor import comments, issues, workflows  # noqa: F401
from irp_actions.edges.doctor.examination import Examination, Finding, examined
from irp_actions.edges.doctor.patient import JOB, Names, Patient
from irp_actions.edges.doctor.stop import Stop
from irp_actions.edges.github.wire import Wire
from irp_actions.edges.options import DONE, OURS, Target, targeted
from irp_actions.rules.sources import RECORD_LABEL
from irp_actions.rules.words import render, tight


@click.command("doctor")
@targeted
@click.option(
    "--sweep", envvar="IRP_FREQUENT_SWEEP", default="sweep.yml", show_default=True, help="What it switches off and on."
)
@click.option(
    "--incident", envvar="IRP_INCIDENT", default="incident.yml", show_default=True, help="What reports start."
)
def doctor_command(sweep: str, incident: str, **target: str) -> None:
    """Test on a repository what GitHub's documents do not settle, and say what it means for the program.

    It opens one issue, works in it and closes it again; whatever else it changes, it puts back. What counts is the
    job's own token, so start the workflow `doctor`. Exit code 1 means that an examination came to no end, that it was
    stopped, or that something could not be put back; a no is a finding like any other.

    \b
    Example: irp doctor --repo acme/security-incidents
    """
    given = Target(**target)
    stop = Stop()
    wire = Wire(given.api_url, given.token, given.graphql_url, stop.sleep)
    patient = Patient(wire, given.repo, Names(sweep, incident, RECORD_LABEL), stop)
    whose, stopped = "", False
    findings: list[tuple[Examination, Finding]] = []
    with stop.heard():
        try:
            with patient:
                whose = _whose(patient)
                findings.extend(examined(patient))
        except KeyboardInterrupt:
            stopped = True
        _tell(given.repo, whose, patient, findings, stopped)
    sys.exit(OURS if stopped or patient.left or any(finding.trouble for _, finding in findings) else DONE)


def _tell(repo: str, whose: str, patient: Patient, findings: list[tuple[Examination, Finding]], stopped: bool) -> None:
    """Say what was found, and what is left behind."""
    text = tight(
        render(
            "doctor",
            repo=repo,
            whose=whose,
            is_job=whose == JOB,
            findings=findings,
            stopped=stopped,
            left=patient.left,
            number=patient.number,
            sweep=patient.names.sweep,
        )
    )
    click.echo(text)
    summarize(f"{text}\n")
    if patient.left:
        annotate("error", f"not put back: {', '.join(patient.left)}")


def _whose(patient: Patient) -> str:
    """The login that the token is of; empty when GitHub does not say."""
    with suppress(Exception):  # what matters is found out below, and said
        return patient.viewer().login
    return ""
