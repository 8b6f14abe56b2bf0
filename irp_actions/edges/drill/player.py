"""The player takes a scenario's steps at their times, lets the workflows answer each, and shows what is new."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from irp_actions.edges.drill.beats import Beat, By
from irp_actions.edges.drill.checkout import copy_checkout
from irp_actions.edges.drill.client import Answered, Client, NotAllowed
from irp_actions.edges.drill.pages import Page
from irp_actions.edges.drill.scenario import Scenario, Step
from irp_actions.edges.drill.stage import Stage
from irp_actions.edges.drill.tally import Tally, count, failures
from irp_actions.edges.drill.watch import Watch
from irp_actions.edges.policy_file import load_policy
from irp_actions.edges.standin.actions import Actions, JobRunner
from irp_actions.edges.standin.standin import StandIn
from irp_actions.edges.standin.weather import USUAL
from irp_actions.values.policy import Policy
from irp_actions.values.shape import spell_time

REPO = "acme/security-incidents"
READER = "acme"
"""The repository's owner, who sees everything and says nothing."""

STRIDE = timedelta(minutes=5)
"""How often somebody looks while time passes, at the same full minutes."""

SHOWN_OF_A_LOG = 12
"""Lines of a failed run's log that are shown; the last ones."""

_HEADING = re.compile(r"^(#+ )", re.MULTILINE)
"""The report's headings, which go one level down where it is a part of the drill's document."""


class Stuck(Exception):  # noqa: N818 - a state of affairs
    """A step could not be taken; says what GitHub answered, and in which line of the file the step begins."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(why)
        self.line = line


@dataclass(slots=True)
class Player:
    """Plays one scenario.

    Attributes:
        scenario: What is played.
        stage: Where.
        pages: Where it is shown.
    """

    scenario: Scenario
    stage: Stage
    pages: Sequence[Page]
    _failed: set[int] = field(default_factory=set)

    def play(self) -> None:
        """Take every step; what falls due between two of them happens at its own time.

        Schedules are as late as they usually are on GitHub: nobody in a drill may depend on them.

        Raises:
            Stuck: A step could not be taken.
        """
        for login, person in self.scenario.people.items():
            order = {"permission": person.permission, "private_member": person.private_member}
            self.stage.control("PUT", f"users/{quote(login)}", order)
        self.stage.control("POST", "weather", dict(USUAL))
        for step in self.scenario.steps:
            self._wait_until(step.at)
            self._take(step)
            self.stage.control("POST", "settle")
            self._look()

    def _wait_until(self, moment: datetime) -> None:
        while self.stage.now < moment:
            self.stage.now = min(_next_look(self.stage.now), moment)
            for page in self.pages:
                page.waiting(self.stage.now)
            self.stage.control("POST", "clock", {"now": spell_time(self.stage.now)})
            self._look()

    def _take(self, step: Step) -> None:
        try:
            made = step.deed.play(self.stage)
        except NotAllowed as answer:
            who = getattr(step.deed, "who", "anybody")
            self.stage.tell(f"**GitHub** does not let {who} do it: {answer}", by=By.TROUBLE)
            return
        except (Answered, LookupError) as answer:
            raise Stuck(step.line, f"this step could not be taken: {answer}") from answer
        if step.name and made:
            self.stage.made[step.name] = made

    def _look(self) -> None:
        for beat in self.stage.watch.look(self.stage.now):
            self.stage.show(beat)
        for run in failures(self.stage.control("GET", "runs")):
            if run["id"] not in self._failed:
                self._failed.add(run["id"])
                self.stage.show(self._failure(run))

    def _failure(self, run: dict[str, Any]) -> Beat:
        rows = str(run["log"]).rstrip().split("\n")[-SHOWN_OF_A_LOG:]
        log = "\n".join(["```", *rows, "```"])
        return Beat(self.stage.now, By.TROUBLE, f"**{run['workflow']}** failed after {run['event']}", log)


def _next_look(now: datetime) -> datetime:
    """The next moment after `now` (UTC) whose minute is a multiple of the stride."""
    return now + STRIDE - (now - datetime.min.replace(tzinfo=now.tzinfo)) % STRIDE


def play(
    scenario: Scenario,
    checkout: Path,
    pages_for: Callable[[Policy], Sequence[Page]],
    runner: JobRunner | None = None,
) -> Tally:
    """Play a scenario on an embedded GitHub of its own, from the first word to the tally.

    Args:
        scenario: What is played.
        checkout: Whose workflows and forms are played with; it is copied, not touched.
        pages_for: The pages to show it on, made when the scenario's zone is known.
        runner: What executes the jobs; by default the embedded GitHub's own.

    Raises:
        PolicyError: The scenario's policy is broken.
        Stuck: A step could not be taken.
    """
    with tempfile.TemporaryDirectory(prefix="irp-drill-") as name:
        folder = Path(name)
        copy_checkout(checkout, folder, scenario.policy)
        pages = pages_for(load_policy(folder))
        for page in pages:
            page.heading(f"Drill: {scenario.title}", scenario.about)
        try:
            standin = StandIn(REPO, folder, spell_time(scenario.starts), engine_of=partial(Actions, runner=runner))
            with standin, Client(standin.api_url) as client:
                return _played(scenario, client, standin.server_url, pages)
        finally:
            for page in pages:
                page.end()


def _played(scenario: Scenario, client: Client, site: str, pages: Sequence[Page]) -> Tally:
    def show(beat: Beat) -> None:
        for page in pages:
            page.beat(beat)

    watch = Watch(client, REPO, site, READER)
    Player(scenario, Stage(client, REPO, watch, show, scenario.starts), pages).play()
    tally = count(client, REPO, READER)
    for page in pages:
        for issue in watch.issues():
            _close(page, watch, issue)
        page.heading("The tally", tally.markdown())
    return tally


def _close(page: Page, watch: Watch, issue: int) -> None:
    """How an issue looks at the end."""
    which = f" of #{issue}" if len(watch.issues()) > 1 else ""
    page.heading(f"The header{which} at the end", watch.header(issue))
    page.heading(f"The board{which} at the end", watch.board(issue))
    report = watch.report(issue)
    if report:
        title, _, rest = report.partition("\n")
        page.heading(title.lstrip("# "), _HEADING.sub(r"#\1", rest))
