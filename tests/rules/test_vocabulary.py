"""Both sources' words: under each example policy the program speaks its language, and the process is the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from irp_actions.edges.policy_file import EXAMPLES, examples, policy_of
from irp_actions.edges.yaml_file import read_yaml
from irp_actions.rules.tail import board_of
from irp_actions.values.changes import SetLabels
from irp_actions.values.policy import Policy
from tests.model import PACKAGED, Model, confirmed, policy_with
from tests.screenplay import SCENARIOS, play

GUIDE, PROCEDURE = EXAMPLES / "cloud-gov.yml", EXAMPLES / "civicactions.yml"

OTHERS = {
    GUIDE: r"Ready for QA|Project leads|IR Team|SPII|Communications Officer|Product Owner|Incident Commander",
    PROCEDURE: r"\bresolved\b|cloud\.gov|\bTTS\b|\bGSA\b|FedRAMP|24/7|communications lead|incident commander",
}
"""Words of the other document, which whoever works by this one has never heard."""


def example(path: Path) -> Policy:
    """An example policy as it ships."""
    return policy_of(read_yaml(path.read_text(encoding="utf-8"), path.name))


def words_of(model: Model) -> str:
    """Everything the program ever showed or said, but for what is hidden; and every label it set."""
    changes = [change for batch in model.batches for change in batch]
    labels = [label for change in changes if isinstance(change, SetLabels) for label in change.add]
    return "\n".join([*(board_of(change.body) for change in changes if hasattr(change, "body")), *labels])


@pytest.mark.parametrize("path", examples(), ids=lambda path: path.stem)
def test_an_example_policy_is_good_and_names_nobody(path: Path) -> None:
    """It is copied, and people and numbers are filled in."""
    policy = example(path)
    assert policy.people.on_call == ()
    assert not any((policy.contacts.phone, policy.contacts.bridge, policy.contacts.sheet))
    assert policy.digest != PACKAGED.digest


@pytest.mark.parametrize("path", examples(), ids=lambda path: path.stem)
@pytest.mark.parametrize("name", SCENARIOS)
def test_nothing_says_a_word_of_the_other_document(name: str, path: Path) -> None:
    """AS-4, RE-4, CL-1: statuses, roles, rubrics and what may be done are the organisation's own words."""
    found = re.findall(OTHERS[path], words_of(play(name, path)))
    assert found == []


@pytest.mark.parametrize("path", examples(), ids=lambda path: path.stem)
@pytest.mark.parametrize("name", SCENARIOS)
def test_all_ends_alike_in_either_language(name: str, path: Path) -> None:
    """CL-1, CL-5: only words and numbers are the policy's; what was decided is not."""
    ours, theirs = play(name, None), play(name, path)
    for what in ("status", "severity", "reporter", "responders", "sitreps", "contained", "resolved", "closing"):
        assert str(getattr(theirs.incident, what)).split("n=")[0] == str(getattr(ours.incident, what)).split("n=")[0], (
            what
        )
    assert {role: held.login for role, held in theirs.incident.roles.items()} == {
        role: held.login for role, held in ours.incident.roles.items()
    }
    decided = [(entry.call, entry.verdict) for entry in ours.entries if entry.by.standing != "program"]
    assert [(entry.call, entry.verdict) for entry in theirs.entries if entry.by.standing != "program"] == decided
    assert theirs.issue.is_open is ours.issue.is_open is False


def test_a_status_is_shown_by_the_procedure_s_name() -> None:
    """CL-1: what the guide calls resolved is ready for QA there."""
    assert "status: Ready for QA" in words_of(play("leaked-credential", PROCEDURE))
    assert "status: resolved" in words_of(play("leaked-credential", GUIDE))


@pytest.mark.parametrize(
    "typed",
    [
        "/ready-for-qa",
        "/Ready for QA: all is back",
        "/ready for qa",
        "/status ready for QA",
        "/status qa",
        "/resolve",
        "/status resolved",
    ],
)
def test_commands_follow_the_words_that_are_shown(typed: str) -> None:
    """CL-1: whoever reads *Ready for QA* types it."""
    model = confirmed(policy=policy_with(statuses=example(PROCEDURE).statuses))
    model.told("ben", typed)
    assert model.incident.status == "resolved"
    assert "status: Ready for QA" in model.issue.labels


def test_a_label_by_the_shown_name_says_the_same() -> None:
    """CL-1: set by hand."""
    model = confirmed(policy=policy_with(statuses=example(PROCEDURE).statuses))
    model.label("status: Ready for QA", "ben")
    model.run()
    assert model.incident.status == "resolved"


def test_a_slip_in_a_shown_name_is_understood_as_one() -> None:
    """And the comments that say what to type use it too."""
    model = confirmed(policy=policy_with(statuses=example(PROCEDURE).statuses))
    assert "Did you mean `/resolve`?" in model.told("ben", "/redy-for-qa")
    model.close_by_hand("ben")
    said = model.heard()
    assert "`/ready-for-qa`" in said
    assert "`/resolve`" not in said


def test_the_words_of_one_policy_mean_nothing_in_another() -> None:
    """CL-1: `/stood-down` is a command only where it is a status."""
    statuses = {**PACKAGED.statuses, "resolved": example(PROCEDURE).statuses["resolved"]}
    model = confirmed()
    model.told("ben", "/stood-down")
    assert model.incident.status == "confirmed"
    own = confirmed(policy=policy_with(statuses={**statuses, "resolved": type(statuses["resolved"])("Stood down")}))
    own.told("ben", "/stood down, all is back")
    assert own.incident.status == "resolved"
    assert own.entry("resolve").call == "resolve"


def test_a_command_s_own_name_wins_over_a_shown_word() -> None:
    """Nobody can make `/close` mean something else by naming a status so."""
    statuses = {**PACKAGED.statuses, "resolved": type(PACKAGED.statuses["resolved"])("close")}
    model = confirmed(policy=policy_with(statuses=statuses))
    model.told("ben", "/close")
    assert model.incident.status == "closed"
