"""A stand-in without workflows on a simulated clock, and people who use it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from standin_client import REPO, Person

from irp_actions.edges.standin.engine import NoEngine
from irp_actions.edges.standin.standin import StandIn

START = "2026-03-02T03:10:00Z"
FORM = """
name: Report
description: Something looks wrong
title: "[report] "
labels: [irp, "missing label"]
assignees: [acme]
body:
  - type: markdown
    attributes:
      value: Stay calm.
  - type: input
    id: where
    attributes:
      label: Where did you see it?
    validations:
      required: true
  - type: textarea
    id: what
    attributes:
      label: What did you see?
      value: Nothing yet
  - type: textarea
    id: log
    attributes:
      label: The log
      render: shell
  - type: dropdown
    id: kinds
    attributes:
      label: What is it about?
      multiple: true
      options: [a person, a machine, money]
  - type: dropdown
    id: urgency
    attributes:
      label: How urgent?
      options: [high, low]
      default: 1
  - type: checkboxes
    id: done
    attributes:
      label: What was done?
      options:
        - label: I told nobody else
          required: true
        - label: I kept the evidence
"""


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository's files: one issue form."""
    folder = tmp_path_factory.mktemp("checkout")
    templates = folder / ".github" / "ISSUE_TEMPLATE"
    templates.mkdir(parents=True)
    (templates / "report.yml").write_text(FORM)
    (folder / "policy.yml").write_text("severities: [low, high]\n")
    return folder


@pytest.fixture
def gh(checkout: Path) -> Iterator[StandIn]:
    """A stand-in that is served for one test."""
    with StandIn(REPO, checkout, START, engine_of=lambda _checkout, _host: NoEngine()) as standin:
        yield standin


@pytest.fixture
def somebody(gh: StandIn) -> Iterator[Callable[[str], Person]]:
    """Makes people of a login or token; their connections end with the test."""
    people: list[Person] = []

    def make(credential: str) -> Person:
        people.append(Person(gh, credential))
        return people[-1]

    yield make
    for person in people:
        person.session.close()


@pytest.fixture
def owner(somebody: Callable[[str], Person]) -> Person:
    """The owner of the repository."""
    return somebody("acme")


@pytest.fixture
def reader(somebody: Callable[[str], Person]) -> Person:
    """Somebody who can read, and was never seen before."""
    return somebody("ria")


@pytest.fixture
def writer(owner: Person, somebody: Callable[[str], Person]) -> Person:
    """Somebody who can write."""
    owner.told("PUT", "users/wim", {"permission": "write"})
    return somebody("wim")


@pytest.fixture
def job(gh: StandIn, somebody: Callable[[str], Person]) -> Person:
    """A job whose token may write issues."""
    return somebody(gh.mint_token(1, {"issues": "write", "contents": "read"}))
