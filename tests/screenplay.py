"""Plays a scenario's steps on the model: the same words at the same times, without GitHub or processes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path

from irp_actions.edges.drill.deeds import Close, Comment, Edit, Form, Scene, Show
from irp_actions.edges.drill.scenario import PACKAGED, Scenario, Step, load, packaged
from irp_actions.edges.policy_file import overlaid, policy_of
from irp_actions.edges.standin.forms import load_form, render
from irp_actions.edges.yaml_file import Sheet, read_yaml
from irp_actions.values.policy import Policy
from tests.model import Model

ROOT = Path(__file__).parents[1]
STRIDE = timedelta(minutes=5)
"""As often as the frequent sweep runs."""


SCENARIOS = [path.stem for path in packaged()]


def scenario(name: str) -> Scenario:
    """One of the scenarios that ship."""
    return load(PACKAGED / f"{name}.yml")


def policy_for(played: Scenario, example: Path | None) -> Policy:
    """The policy a scenario is played under: an example or the packaged one, with the scenario's own people."""
    over = read_yaml(example.read_text(encoding="utf-8"), example.name).data if example else {}
    return policy_of(Sheet("policy", overlaid(over, played.policy)))


@cache
def play(name: str, example: Path | None = None) -> Model:
    """A model in which a scenario was played to its end, once for all who look at it."""
    *_, model = moments(name, example)
    return model


def moments(name: str, example: Path | None = None) -> Iterator[Model]:
    """The model after every step of a scenario and every few minutes between, always the same one.

    It has one issue only: what happens on others is left out.
    """
    played = scenario(name)
    writers = frozenset(login for login, person in played.people.items() if person.permission in ("write", "admin"))
    model = Model(policy_for(played, example), writers, now=played.starts)
    made: dict[str, str] = {}
    for step in played.steps:
        while model.now + STRIDE < step.at:
            model.now += STRIDE
            model.run()
            yield model
        model.now = step.at
        if _is_elsewhere(step, played):
            continue
        match step.deed:
            case Form():
                body = render(load_form(ROOT, step.deed.form), step.deed.answers)
                model.open(step.deed.who, body, title=step.deed.title)
            case Comment():
                made[step.name] = model.say(step.deed.who, step.deed.says.rstrip(), 0).id
            case Edit():
                comment = model.issue.comment(made[step.deed.edits])
                assert comment
                model.edit(comment, step.deed.to.rstrip(), step.deed.who)
            case Close():
                model.close_by_hand(step.deed.who, step.deed.closes.upper())
            case Scene() | Show():
                continue
            case _:
                raise NotImplementedError(step.deed)
        model.run()
        yield model


def _is_elsewhere(step: Step, played: Scenario) -> bool:
    """Whether it happens on another issue than the first."""
    _, *others = [each for each in played.steps if isinstance(each.deed, Form)]
    return step in others or getattr(step.deed, "on", "") in {each.name for each in others}
