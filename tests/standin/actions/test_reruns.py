"""A run that is run again: the same event, commit and actor, and what the repository holds at that commit."""

from datetime import timedelta
from typing import Any

import pytest

from irp_actions.edges.standin.actions.errors import NotRerunnable, RunNotFound

_SEES = """
- uses: actions/checkout@v5
  {given}
- run: cat .github/irp.yml
- run: echo "attempt $GITHUB_RUN_ATTEMPT of $GITHUB_RUN_ID by $GITHUB_ACTOR, again by $GITHUB_TRIGGERING_ACTOR"
- run: cat "$GITHUB_EVENT_PATH" | grep title
"""


def seen(repository: Any, given: str = "") -> dict[str, Any]:
    """A run that has seen the first policy, before there is a second."""
    (repository.checkout / ".github" / "irp.yml").write_text("policy: first")
    (repository.checkout / "README").write_text("anything")
    repository.job(_SEES.format(given=given))
    run: dict[str, Any] = repository.run()
    assert "policy: first" in run["log"]
    (repository.checkout / ".github" / "irp.yml").write_text("policy: second")
    return run


def again(repository: Any, run: dict[str, Any], actor: str = "cat") -> dict[str, Any]:
    """The run's next attempt."""
    repository.actions.rerun(run["id"], actor)
    latest: dict[str, Any] = repository.settled()[-1]
    return latest


@pytest.mark.behaviour("documented", "Re-running workflows and jobs")
def test_a_re_run_has_the_event_the_commit_and_the_actor_of_the_run(repository: Any) -> None:
    """Who asks for it is the triggering actor, and nothing else; the token is a new one."""
    run = seen(repository)
    latest = again(repository, run)
    assert (latest["id"], latest["attempt"], latest["verdict"]) == (run["id"], 2, "success")
    assert latest["sha"] == run["sha"]
    assert "policy: first" in latest["log"]
    assert f"attempt 2 of {run['id']} by ben, again by cat" in latest["log"]
    assert '"title": "Leak"' in latest["log"]
    assert len({token for _, _, token in repository.host.minted}) == 2


@pytest.mark.parametrize("ref", ["main", "refs/heads/main", "${{ github.ref }}"])
def test_a_re_run_that_checks_out_the_branch_sees_what_is_there_now(repository: Any, ref: str) -> None:
    """So do all others, whenever they begin."""
    run = seen(repository, f"with: {{ref: '{ref}'}}")
    assert "policy: second" in again(repository, run)["log"]


def test_a_run_that_waited_sees_the_commit_it_was_started_at(repository: Any, gate: Any) -> None:
    """A run that waits for its group is older than what was pushed meanwhile."""
    (repository.checkout / ".github" / "irp.yml").write_text("policy: first")
    repository.job(f"{gate.step}\n- uses: actions/checkout@v5\n- run: cat .github/irp.yml", top="concurrency: one")
    repository.happens()
    repository.happens()
    (repository.checkout / ".github" / "irp.yml").write_text("policy: second")
    gate.open()
    assert ["policy: first" in run["log"] for run in repository.settled()] == [True, True]


def test_what_cannot_be_checked_out_fails_the_step(repository: Any) -> None:
    """In the words of the action."""
    repository.job("- uses: actions/checkout@v5\n  with: {ref: elsewhere}")
    assert "A branch or tag with the name 'elsewhere' could not be found" in repository.run()["log"]


@pytest.mark.behaviour("measured", "a third party: the words of the 403", "repository")
def test_a_run_is_not_run_again_while_it_goes_on_or_after_a_month(repository: Any, gate: Any) -> None:
    """Thirty days after it was first started, whenever it was last."""
    repository.job(gate.step)
    repository.happens()
    run_id = repository.actions.runs()[0]["id"]
    with pytest.raises(NotRerunnable, match="already running"):
        repository.actions.rerun(run_id, "cat")
    gate.open()
    repository.settled()
    repository.host.time += timedelta(days=30)
    assert again(repository, {"id": run_id})["attempt"] == 2
    repository.host.time += timedelta(seconds=1)
    with pytest.raises(NotRerunnable, match="created over a month ago"):
        repository.actions.rerun(run_id, "cat")


@pytest.mark.behaviour("documented", "Re-running workflows and jobs")
def test_a_run_is_run_again_fifty_times(repository: Any) -> None:
    """And not once more."""
    repository.job("- if: false\n  run: echo", job="if: false")
    run = repository.run()
    for _ in range(50):
        again(repository, run)
    with pytest.raises(NotRerunnable):
        repository.actions.rerun(run["id"], "cat")


def test_what_is_not_there_broken_or_switched_off_is_not_run_again(repository: Any) -> None:
    """No run of such an id; a file that never could; a workflow that ignores everything."""
    with pytest.raises(RunNotFound):
        repository.actions.rerun(1, "cat")
    repository.write("on: issues\njobs: {one: {}}")
    broken = repository.run()
    repository.job("- run: echo", file="good.yml")
    repository.happens()
    good = next(run for run in repository.settled() if run["workflow"] == "good.yml")
    repository.actions.set_enabled("good.yml", False)
    for run in (broken, good):
        with pytest.raises(NotRerunnable):
            repository.actions.rerun(run["id"], "cat")
    repository.actions.set_enabled("good.yml", True)
    assert again(repository, good)["attempt"] == 2


def test_a_re_run_waits_for_its_group_as_any_other(repository: Any, gate: Any) -> None:
    """And is evicted like any other."""
    repository.job("- run: echo", top="concurrency: one")
    run = repository.run()
    repository.job(gate.step, top="concurrency: one", file="slow.yml", on="issue_comment")
    repository.happens("issue_comment", "created")
    repository.actions.rerun(run["id"], "cat")
    assert repository.actions.runs()[-1]["verdict"] == "pending"
    repository.happens()
    gate.open()
    first, *_, second, newest = (run for run in repository.settled() if run["workflow"] == "ci.yml")
    assert (first["verdict"], second["verdict"], second["evicted"]) == ("success", "cancelled", True)
    assert newest["verdict"] == "success"
