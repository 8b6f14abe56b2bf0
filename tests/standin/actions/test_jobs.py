"""A job's steps get what Actions documents, and leave behind what it documents."""

import json
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Wait = Callable[[Callable[[], bool]], None]


def test_the_log_tells_what_happened(repository: Any) -> None:
    """Read as prose: what was satisfied, what ran, what it set, what it said."""
    repository.job(
        """
        - uses: actions/checkout@v5
        - run: pip install .
        - name: Reconcile ${{ github.event.issue.number }}
          id: reconcile
          run: |
            echo "::error file=irp.yml,line=3::unknown key"
            echo "calls=2" >> "$GITHUB_OUTPUT"
            echo "2 calls decided" >> "$GITHUB_STEP_SUMMARY"
        - if: github.event.issue.pull_request
          run: "false"
        """,
        job="permissions: {issues: write}\noutputs: {calls: '${{ steps.reconcile.outputs.calls }}'}",
    )
    log = repository.run()["log"]
    number, sha = log.split()[1], re.findall("[0-9a-f]{40}", log)[0]
    assert log == (
        f"run {number} (#1 of ci.yml): issues.opened on #7 by ben\n"
        "started 2026-03-02T03:10:00Z\n"
        "job one: success\n"
        "  runs-on: ubuntu-latest\n"
        "  permissions: issues: write, metadata: read\n"
        "  step Run actions/checkout@v5\n"
        f"    actions/checkout@v5: {sha}\n"
        "    success\n"
        "  step Run pip install .\n"
        "    $ pip install .\n"
        "    satisfied by the environment the stand-in runs in\n"
        "    success\n"
        "  step Reconcile 7\n"
        '    $ echo "::error file=irp.yml,line=3::unknown key"\n'
        '    $ echo "calls=2" >> "$GITHUB_OUTPUT"\n'
        '    $ echo "2 calls decided" >> "$GITHUB_STEP_SUMMARY"\n'
        "    error: irp.yml:3: unknown key\n"
        "    output calls=2\n"
        "    summary:\n"
        "      2 calls decided\n"
        "    success\n"
        "  step Run false: skipped, not met: if: github.event.issue.pull_request\n"
        "  output calls=2\n"
    )


def test_steps_find_the_documented_environment(repository: Any, tmp_path: Path) -> None:
    """The payload as a file, the addresses, the run, the workspace, which is empty at first; and `CI`."""
    found = tmp_path / "found.json"
    repository.options["environment"] = {"EXTRA": "given"}
    repository.job(
        f"""
        - id: look
          shell: python
          run: |
            import json, os, sys
            event = json.load(open(os.environ["GITHUB_EVENT_PATH"]))
            found = {{"event": event, "env": dict(os.environ), "cwd": os.getcwd(), "python": sys.executable}}
            found["files"] = os.listdir()
            json.dump(found, open({str(found)!r}, "w"))
        """,
        top="name: Incident",
    )
    run = repository.run(payload={"comment": {"body": "/ack \u2713"}})
    assert run["verdict"] == "success", run["log"]
    seen = json.loads(found.read_text())
    env = seen["env"]
    assert seen["event"]["comment"]["body"] == "/ack \u2713"
    assert Path(seen["cwd"]).is_relative_to(env["RUNNER_TEMP"])
    assert seen["files"] == []
    assert Path(seen["python"]).parent == Path(sys.executable).parent
    expected = {
        "CI": "true",
        "EXTRA": "given",
        "GITHUB_ACTIONS": "true",
        "GITHUB_ACTION": "look",
        "GITHUB_ACTOR": "ben",
        "GITHUB_API_URL": "http://127.0.0.1:1",
        "GITHUB_EVENT_NAME": "issues",
        "GITHUB_GRAPHQL_URL": "http://127.0.0.1:1/graphql",
        "GITHUB_JOB": "one",
        "GITHUB_REF": "refs/heads/main",
        "GITHUB_REF_NAME": "main",
        "GITHUB_REPOSITORY": "acme/security-incidents",
        "GITHUB_REPOSITORY_OWNER": "acme",
        "GITHUB_RUN_ATTEMPT": "1",
        "GITHUB_RUN_ID": str(run["id"]),
        "GITHUB_RUN_NUMBER": "1",
        "GITHUB_SERVER_URL": "http://127.0.0.1:1",
        "GITHUB_WORKFLOW": "Incident",
        "GITHUB_WORKFLOW_REF": "acme/security-incidents/.github/workflows/ci.yml@refs/heads/main",
        "GITHUB_WORKSPACE": seen["cwd"],
    }
    assert {name: env.get(name) for name in expected} == expected
    assert len(env["GITHUB_SHA"]) == 40
    assert env["RUNNER_OS"] in ("Linux", "macOS")
    assert "GITHUB_TOKEN" not in env
    assert not Path(env["RUNNER_TEMP"]).exists()


def test_nothing_of_the_environment_around_leaks_in(repository: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a token of whoever runs the stand-in, nor what would change how Python runs."""
    monkeypatch.setenv("GITHUB_TOKEN", "ghp_mine")
    monkeypatch.setenv("PYTHONWARNINGS", "error")
    repository.job('- run: test -z "$GITHUB_TOKEN$PYTHONWARNINGS" && test -n "$HOME$PATH"')
    assert repository.run()["verdict"] == "success"


@pytest.mark.behaviour("documented", "GITHUB_TOKEN")
def test_a_job_gets_a_token_with_its_permissions_for_its_time(repository: Any) -> None:
    """Handed to a step only where the workflow hands it on, and never shown."""
    repository.job(
        """
        - run: test -z "$GITHUB_TOKEN"
        - run: test "$GITHUB_TOKEN" = "$SECRET" && echo "token $GITHUB_TOKEN"
          env: {GITHUB_TOKEN: '${{ github.token }}', SECRET: '${{ secrets.GITHUB_TOKEN }}'}
        """,
        job="permissions: {issues: write, contents: read}",
    )
    run = repository.run()
    assert run["verdict"] == "success", run["log"]
    permissions = {"issues": "write", "contents": "read", "metadata": "read"}
    assert repository.host.minted == [(run["id"], permissions, "ghs_0000")]
    assert repository.host.revoked == ["ghs_0000"]
    assert "token ***" in run["log"]
    assert "ghs_0000" not in run["log"]


def test_secrets_and_variables_are_contexts(repository: Any) -> None:
    """A secret is masked, and an output that holds one stays behind."""
    repository.options |= {"secrets": {"IRP_RECORD_KEY": "k3y"}, "variables": {"ZONE": "Europe/Berlin"}}
    repository.job(
        """
        - id: a
          run: echo "key $KEY in ${{ vars.zone }}"; echo "key=$KEY" >> "$GITHUB_OUTPUT"
        """,
        job="env: {KEY: '${{ secrets.IRP_RECORD_KEY }}'}\noutputs: {key: '${{ steps.a.outputs.key }}'}",
    )
    log = repository.run()["log"]
    assert "key *** in Europe/Berlin" in log
    assert "Skip output 'key' since it may contain secret." in log
    assert "k3y" not in log


def test_env_has_three_levels_and_steps_add_to_it(repository: Any) -> None:
    """The nearest wins; what a step exports holds for those after it; GITHUB_ variables are not for changing."""
    repository.job(
        """
        - run: |
            test "$A$B$C" = top-job-step-
            echo "C=exported-" >> "$GITHUB_ENV"
            printf 'D<<END\\none\\ntwo\\nEND\\n' >> "$GITHUB_ENV"
            mkdir "$RUNNER_TEMP/bin"
            printf '#!/bin/sh\\necho ours\\n' > "$RUNNER_TEMP/bin/python"
            chmod +x "$RUNNER_TEMP/bin/python"
            echo "$RUNNER_TEMP/bin" >> "$GITHUB_PATH"
          env: {C: step-}
        - run: |
            test "$A$B$C" = top-job-exported-
            test "$D" = $'one\\ntwo'
            test "${{ env.C }}" = exported-
            test "$(python)" = ours
            test "$GITHUB_REF" = refs/heads/main
        - run: test "$C" = "own-${{ env.A }}"
          env: {C: 'own-${{ env.A }}'}
        """,
        top="env: {A: top-, B: top-}",
        job="env: {B: job-, C: job-, GITHUB_REF: refs/heads/other}",
    )
    run = repository.run()
    assert run["verdict"] == "success", run["log"]


def test_a_failing_step_fails_the_run_and_skips_what_follows(repository: Any) -> None:
    """Except steps that ask for it."""
    repository.job("""
        - id: bad
          run: exit 3
        - run: echo never
        - if: failure() && steps.bad.outcome == 'failure'
          run: echo "${{ job.status }} after ${{ steps.bad.conclusion }}"
        - if: always()
          run: echo at the end
        - if: cancelled()
          run: echo not cancelled
    """)
    run = repository.run()
    assert run["verdict"] == "failure"
    assert "error: Process completed with exit code 3." in run["log"]
    assert "step Run echo never: skipped, not met: if: success()" in run["log"]
    assert "    failure after failure\n" in run["log"]
    assert "    at the end\n" in run["log"]
    assert "    not cancelled\n" not in run["log"]


def test_a_step_may_fail_without_failing_the_job(repository: Any) -> None:
    """Its outcome is failure, its conclusion success."""
    repository.job("""
        - id: bad
          continue-on-error: true
          run: exit 1
        - run: test "${{ steps.bad.outcome }} ${{ steps.bad.conclusion }}" = "failure success"
    """)
    assert repository.run()["verdict"] == "success"


def test_a_step_s_own_env_is_known_to_its_if(repository: Any) -> None:
    """As the runner has it; and a step whose `env:` has no value fails, whatever its `if:` says."""
    repository.job(
        """
        - run: echo met
          if: env.LEVEL == '3'
          env: {LEVEL: 3}
        - run: echo missed
          if: env.LEVEL == '3'
        - run: echo never
          if: false
          env: {BROKEN: "${{ fromJSON('') }}"}
        """
    )
    run = repository.run()
    assert "    met\n" in run["log"]
    assert "skipped, not met: if: env.LEVEL == '3'" in run["log"]
    assert "empty input" in run["log"]
    assert run["verdict"] == "failure"


def test_bash_fails_inside_a_pipe_only_if_it_is_asked_for(repository: Any) -> None:
    """As documented for `shell`, here also through `defaults`."""
    repository.job("- run: false | true", file="default.yml")
    repository.job("- run: false | true", job="defaults: {run: {shell: bash}}", file="explicit.yml")
    repository.happens()
    default, explicit = repository.settled()
    assert (default["verdict"], explicit["verdict"]) == ("success", "failure")


def test_steps_run_where_they_are_told(repository: Any) -> None:
    """Relative to the checkout; a folder that is not there fails the step."""
    (repository.checkout / "docs").mkdir()
    repository.job(
        """
        - uses: actions/checkout@v5
        - run: test "$(basename "$PWD")" = docs
        - run: test "$(basename "$PWD")" = .github
          working-directory: .github
        - run: 'true'
          working-directory: nowhere
        """,
        job="defaults: {run: {working-directory: docs}}",
    )
    run = repository.run()
    assert run["verdict"] == "failure"
    assert run["log"].count("    success\n") == 3
    assert "No such file or directory" in run["log"]


@pytest.mark.parametrize(
    ("step", "message"),
    [
        ("- uses: actions/github-script@v8", "The stand-in does not run the action 'actions/github-script@v8'"),
        ("- {run: a, shell: pwsh}", "The stand-in does not have the shell 'pwsh'"),
        ("- run: echo ${{ fromJSON('') }}", "empty input"),
        ("- {run: a, if: \"hashFiles('x') != ''\"}", "hashFiles"),
        ("- run: echo 'nothing' >> $GITHUB_OUTPUT", "Invalid format 'nothing'"),
        ("- run: echo '::set-env name=a::b'", "The `set-env` command is disabled."),
        ("- {run: a, env: {A: '${{ github }}'}}", "A mapping was not expected"),
        ("- {run: a, timeout-minutes: soon}", "Unexpected value 'soon'"),
    ],
)
def test_a_step_that_cannot_be_run_fails_and_says_why(repository: Any, step: str, message: str) -> None:
    """No other run is harmed."""
    repository.job(step)
    run = repository.run()
    assert run["verdict"] == "failure"
    assert message in run["log"]


def test_a_step_has_its_time(repository: Any) -> None:
    """Then it fails; a job that had its time is cancelled."""
    repository.job("- {run: sleep 600, timeout-minutes: 0.005}", file="step.yml")
    repository.job(
        "- run: sleep 600\n- {run: echo cleaning, if: always()}", job="timeout-minutes: 0.005", file="job.yml"
    )
    repository.happens()
    job, step = repository.settled()
    assert (step["verdict"], job["verdict"]) == ("failure", "cancelled")
    assert "error: The step has timed out after 0.005 minutes." in step["log"]
    assert "error: The job has exceeded its maximum execution time." in job["log"]
    assert "    cleaning\n" in job["log"]


def test_jobs_hand_on_outputs_and_are_skipped_by_their_if(repository: Any) -> None:
    """A run of skipped jobs alone is skipped."""
    repository.write("""
        on: issues
        jobs:
          look:
            runs-on: x
            outputs: {found: '${{ steps.s.outputs.found }}'}
            steps: [{id: s, run: echo found=irp >> $GITHUB_OUTPUT}]
          act:
            needs: look
            if: needs.look.outputs.found == 'IRP'
            runs-on: x
            steps: [{run: 'echo acting on ${{ needs.look.outputs.found }}'}]
          rest:
            needs: look
            if: needs.look.outputs.found != 'irp'
            runs-on: x
            steps: [{run: exit 1}]
    """)
    repository.job("- run: exit 1", job="if: ${{ github.event.issue.number == 8 }}", file="skipped.yml")
    repository.happens()
    run, skipped = repository.settled()
    assert (run["verdict"], skipped["verdict"]) == ("success", "skipped")
    assert "acting on irp" in run["log"]
    assert "job rest: skipped\n  not met: if: needs.look.outputs.found != 'irp'" in run["log"]
    assert [permissions for _, permissions, _ in repository.host.minted] == [
        {"contents": "read", "metadata": "read"}
    ] * 2


def test_what_a_job_leaves_running_ends_with_it(repository: Any, tmp_path: Path, wait_for: Wait) -> None:
    """A process in the background lives through later steps, and not beyond the job."""
    pid = tmp_path / "pid"
    repository.job(f"- run: sleep 600 & echo $! > {pid}\n- run: kill -0 $(cat {pid})")
    assert repository.run()["verdict"] == "success"

    def gone() -> bool:
        try:
            os.kill(int(pid.read_text()), 0)
        except ProcessLookupError:
            return True
        return Path(f"/proc/{pid.read_text().strip()}/stat").read_text().split()[2] == "Z"

    wait_for(gone)


def test_a_job_whose_env_has_no_value_fails_before_its_steps(repository: Any) -> None:
    """And says why."""
    repository.job("- run: echo never", job="env: {A: '${{ fromJSON(github.actor) }}'}")
    run = repository.run()
    assert run["verdict"] == "failure"
    assert "error: Error parsing fromJson" in run["log"]
    assert "never" not in run["log"]
    assert repository.host.revoked == ["ghs_0000"]


def test_a_step_is_shown_by_its_name_its_script_or_its_action(repository: Any) -> None:
    """Whichever it has, and also if it is skipped."""
    repository.job("""
        - run: ""
        - {name: "For ${{ github.actor }}", run: "true"}
        - {run: "true"}
        - {run: "true", if: "false"}
    """)
    steps = [line.strip() for line in repository.run()["log"].splitlines() if line.startswith("  step")]
    assert steps == [
        "step Run",
        "step For ben",
        "step Run true",
        "step Run true: skipped, not met: if: false",
    ]
