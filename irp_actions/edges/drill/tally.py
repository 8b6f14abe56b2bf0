"""The tally says what a drill cost its people and GitHub: comments, notifications, runs and requests, all counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from irp_actions.edges.drill.client import Client
from irp_actions.edges.drill.watch import PROGRAM, is_program, login_of
from irp_actions.rules.slash import calls

NOTIFYING = ("commented", "closed", "reopened")
"""What mails those who are subscribed to an issue, its author among them ("About notifications")."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted.

    Attributes:
        human: Comments of people.
        with_calls: Those among them that carry a call.
        program: Comments of the program.
        notified: How often each reporter was notified of what others did.
        runs: Workflow runs by workflow file.
        failed: Runs that failed.
        requests: The program's requests by kind.
    """

    human: int
    with_calls: int
    program: int
    notified: Counter[str]
    runs: Counter[str]
    failed: int
    requests: Counter[str]

    def markdown(self) -> str:
        """The tally as a table."""
        notified = ", ".join(f"{count} to {who}" for who, count in sorted(self.notified.items()))
        rows = [
            ("Comments of people", f"{self.human}, {self.with_calls} of them with a call"),
            ("Comments of the program", str(self.program)),
            ("Notifications to the reporter, of their own issue", notified or "none"),
            ("Workflow runs", f"{_listed(self.runs)}; {self.failed or 'none'} failed"),
            ("Requests of the program", f"{self.requests.total()}: {_listed(self.requests)}"),
        ]
        return "\n".join(["| | |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows)])


def count(client: Client, repo: str, reader: str) -> Tally:
    """Count what happened, from the issues themselves and from the embedded GitHub's own lists.

    Args:
        client: The connection.
        repo: `OWNER/NAME`.
        reader: A login that sees everything.
    """
    written: list[dict[str, Any]] = []
    notified: Counter[str] = Counter()
    for issue in client.pages(f"/repos/{repo}/issues?state=all&direction=asc", reader):
        timeline = client.pages(f"/repos/{repo}/issues/{issue['number']}/timeline", reader)
        written += [item for item in timeline if item["event"] == "commented"]
        if is_program(issue):
            continue  # a follow-up: nobody reported it
        reporter = login_of(issue["user"])
        notified[reporter] += sum(
            item["event"] in NOTIFYING and login_of(item["actor"]) != reporter for item in timeline
        )
    human = [item for item in written if not is_program(item)]
    runs = client.ask("GET", "/_standin/runs")
    return Tally(
        human=len(human),
        with_calls=sum(bool(calls(item["body"])) for item in human),
        program=len(written) - len(human),
        notified=notified,
        runs=Counter(run["workflow"] for run in runs),
        failed=len(failures(runs)),
        requests=Counter(_kind(each) for each in client.ask("GET", "/_standin/requests") if each["user"] == PROGRAM),
    )


def failures(runs: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The runs that failed."""
    return [run for run in runs if run["verdict"] == "failure"]


def _kind(request: dict[str, Any]) -> str:
    """What kind of request one was: a query by its name, any mutation, or REST by its verb."""
    operation = str(request["operation"])
    if not request["path"].endswith("/graphql"):
        return "REST reads" if request["method"] == "GET" else "REST writes"
    return f"query `{operation}`" if operation[:1].isupper() else "mutations"


def _listed(counter: Counter[str]) -> str:
    return ", ".join(f"{name} {number}" for name, number in sorted(counter.items()))
