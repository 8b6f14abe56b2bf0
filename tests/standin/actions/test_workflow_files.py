"""A workflow file is read as GitHub reads it, or refused with its line."""

import textwrap

import pytest

from irp_actions.edges.standin.actions.errors import WorkflowError
from irp_actions.edges.standin.actions.expressions import Scope
from irp_actions.edges.standin.actions.workflow import Workflow, read_outline, read_workflow
from irp_actions.edges.standin.events import Event

PATH = ".github/workflows/ci.yml"
JOBS = "jobs: {one: {runs-on: ubuntu-latest, steps: [{run: 'true'}]}}"


def read(text: str) -> Workflow:
    """Return a workflow from indented text."""
    return read_workflow(textwrap.dedent(text), PATH)


def event(name: str, action: str | None = None) -> Event:
    """Return an event of which only the name and the activity type matter."""
    return Event(name, action, {}, "ben", None, by_token=False)


@pytest.mark.parametrize(
    ("on", "matches", "ignores"),
    [
        ("issues", ["issues.opened", "issues.labeled", "issues.pinned"], ["issue_comment.created", "issues.invented"]),
        ("[issues, issue_comment]", ["issues.closed", "issue_comment.deleted"], ["release.published"]),
        ("{issues: }", ["issues.edited"], ["issue_comment.created"]),
        ("{issues: {types: opened}}", ["issues.opened"], ["issues.closed"]),
        ("{issues: {types: [opened, closed]}}", ["issues.opened", "issues.closed"], ["issues.edited"]),
        ("{issue_comment: {types: [created]}}", ["issue_comment.created"], ["issue_comment.edited"]),
        ("pull_request", ["pull_request.opened", "pull_request.synchronize"], ["pull_request.closed"]),
        ("repository_dispatch", ["repository_dispatch.anything"], ["workflow_dispatch"]),
        ("{repository_dispatch: {types: [tick]}}", ["repository_dispatch.tick"], ["repository_dispatch.tock"]),
        ("push", ["push"], ["issues.opened"]),
        ("{schedule: [], workflow_dispatch: }", ["workflow_dispatch"], ["issues.opened"]),
        ("{push: {branches: [main]}}", ["push"], ["issue_comment.created"]),
    ],
)
def test_on_matches_in_each_of_its_shapes(on: str, matches: list[str], ignores: list[str]) -> None:
    """A string, a list, a map; with and without activity types."""
    triggers = read(f"on: {on}\n{JOBS}").triggers

    def matched(names: list[str]) -> list[bool]:
        parts = (name.partition(".") for name in names)
        return [triggers.match(event(name, action or None)) for name, _, action in parts]

    assert (set(matched(matches)), set(matched(ignores))) == ({True}, {False})


def test_on_is_a_word_and_not_true() -> None:
    """YAML 1.1 would read it as a boolean, and `yes` and 12:30 as something else as well."""
    workflow = read(
        f"on: issues\nname: yes\nenv: {{A: 12:30, B: 0o10, C: 3.10, D: True, E: ~, F: 010, G: -.inf}}\n{JOBS}"
    )
    env = {name: template.text(Scope({})) for name, template in workflow.env.items()}
    assert workflow.name == "yes"
    assert env == {"A": "12:30", "B": "8", "C": "3.1", "D": "true", "E": "", "F": "10", "G": "-Infinity"}


@pytest.mark.parametrize(
    ("permissions", "expected"),
    [
        ("", {"contents": "read", "metadata": "read"}),
        ("permissions: {}", {"metadata": "read"}),
        ("permissions: {issues: write, contents: none}", {"issues": "write", "metadata": "read"}),
    ],
)
def test_permissions_are_what_is_written_and_metadata(permissions: str, expected: dict[str, str]) -> None:
    """Naming one scope takes all others away; the restricted default holds where nothing is said."""
    assert read(f"on: issues\n{permissions}\n{JOBS}").jobs["one"].permissions == expected


def test_a_jobs_permissions_replace_those_of_the_workflow() -> None:
    """They are not merged."""
    workflow = read("""
        on: issues
        permissions: {issues: write}
        jobs:
          one: {runs-on: x, permissions: {actions: write}, steps: [{run: a}]}
          two: {runs-on: x, steps: [{run: a}]}
    """)
    assert [job.permissions for job in workflow.jobs.values()] == [
        {"actions": "write", "metadata": "read"},
        {"issues": "write", "metadata": "read"},
    ]


def test_read_all_and_write_all_name_every_scope() -> None:
    """Except those that have no such level."""
    read_all = read(f"on: issues\npermissions: read-all\n{JOBS}").jobs["one"].permissions
    write_all = read(f"on: issues\npermissions: write-all\n{JOBS}").jobs["one"].permissions
    assert (read_all["issues"], write_all["issues"], write_all["metadata"]) == ("read", "write", "read")
    assert "id-token" not in read_all
    assert "models" not in write_all


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("", (1, 1), "Unexpected value ''"),
        ("on: issues", (1, 1), "Required property is missing: jobs"),
        (JOBS, (1, 1), "Required property is missing: on"),
        (f"on: issue\n{JOBS}", (1, 5), "Unexpected value 'issue'"),
        (f"on: {{issues: {{types: [open]}}}}\n{JOBS}", (1, 23), "Unexpected value 'open'"),
        (f"on: {{issues: {{kinds: [opened]}}}}\n{JOBS}", (1, 15), "Unexpected value 'kinds'"),
        (f"on: {{schedule: [{{cron: '* * * *'}}]}}\n{JOBS}", (1, 24), "Invalid cron expression"),
        (
            f"on: {{schedule: [{{cron: '5 * * * *', timezone: Mars/Base}}]}}\n{JOBS}",
            (1, 47),
            "Invalid timezone 'Mars/Base'",
        ),
        (f"on: issues\npermission: {{}}\n{JOBS}", (2, 1), "Unexpected value 'permission'"),
        (f"on: issues\npermissions: {{issue: write}}\n{JOBS}", (2, 15), "Unexpected value 'issue'"),
        (f"on: issues\npermissions: {{issues: admin}}\n{JOBS}", (2, 23), "Unexpected value 'admin'"),
        (f"on: issues\non: issues\n{JOBS}", (2, 1), "'on' is already defined"),
        (f"on: issues\nname: ${{{{ github.actor }}}}\n{JOBS}", (2, 7), "A template expression is not allowed"),
        (f"on: issues\nconcurrency: ${{{{ env.X }}}}\n{JOBS}", (2, 14), "Unrecognized named-value: 'env'"),
        (
            f"on: issues\nconcurrency: {{group: a, queue: max, cancel-in-progress: true}}\n{JOBS}",
            (2, 57),
            "The combination of `queue: max` and `cancel-in-progress: true` is not allowed",
        ),
        ("on: issues\njobs: {a: {steps: []}}", (2, 11), "Required property is missing: runs-on"),
        ("on: issues\njobs: {}", (2, 7), "must contain at least one job"),
        ("on: issues\njobs: {9a: {runs-on: x}}", (2, 8), "The identifier '9a' is invalid"),
        ("on: issues\njobs: {a: {runs-on: x, strategy: {}}}", (2, 24), "The stand-in does not run a matrix"),
        ("on: issues\njobs: {a: {uses: ./x.yml}}", (2, 12), "The stand-in does not run reusable workflows"),
        (
            "on: issues\njobs: {a: {runs-on: x}, b: {runs-on: x, needs: c}}",
            (2, 48),
            "Job 'b' depends on unknown job 'c'.",
        ),
        ("on: issues\njobs: {a: {runs-on: x, needs: a}}", (2, 8), "must contain at least one job with no depend"),
        (
            "on: issues\njobs: {a: {runs-on: x}, b: {runs-on: x, needs: c}, c: {runs-on: x, needs: b}}",
            (2, 48),
            "creates a cycle in the dependency graph",
        ),
        ("on: issues\njobs: {a: {runs-on: x, steps: [{name: n}]}}", (2, 32), "Required property is missing: run"),
        (
            "on: issues\njobs: {a: {runs-on: x, steps: [{run: a, uses: b/c@v1}]}}",
            (2, 33),
            "Unexpected value 'run'",
        ),
        ("on: issues\njobs: {a: {runs-on: x, steps: [{uses: checkout}]}}", (2, 39), "Expected format {org}/{repo}"),
        (
            "on: issues\njobs: {a: {runs-on: x, steps: [{run: a, id: s}, {run: b, id: S}]}}",
            (2, 49),
            "The identifier 'S' may not be used more than once",
        ),
        (
            "on: issues\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: a\n        if: secrets.X != ''",
            (7, 13),
            "Unrecognized named-value: 'secrets'. Located at position 1",
        ),
        (
            f"on: {{workflow_dispatch: {{inputs: {{a: {{type: colour}}}}}}}}\n{JOBS}",
            (1, 45),
            "Unexpected value 'colour'",
        ),
        (f"on: {{workflow_dispatch: {{inputs: {{a: {{type: choice}}}}}}}}\n{JOBS}", (1, 38), "Missing 'options'"),
        (
            f"on: {{workflow_dispatch: {{inputs: {{a: {{type: boolean, default: 1}}}}}}}}\n{JOBS}",
            (1, 63),
            "Unexpected value '1'",
        ),
        (
            f"on: {{workflow_dispatch: {{inputs: {{{', '.join(f'a{n}: {{}}' for n in range(26))}}}}}}}\n{JOBS}",
            (1, 34),
            "you may only define up to 25",
        ),
        (f"on: {{schedule: 5}}\n{JOBS}", (1, 16), "A sequence was expected"),
        (f"on: issues\nname: [a]\n{JOBS}", (2, 7), "A sequence was not expected"),
        (f"on: issues\nname: {{a: b}}\n{JOBS}", (2, 7), "A mapping was not expected"),
        (f"on: issues\nrun-name: ${{{{ needs.a }}}}\n{JOBS}", (2, 11), "Unrecognized named-value: 'needs'"),
        (f"on: {{workflow_dispatch: {{inputs: {{a: {{required: 1}}}}}}}}\n{JOBS}", (1, 49), "Unexpected value '1'"),
        (f"on: {{issues: {{branches: [main]}}}}\n{JOBS}", (1, 15), "Unexpected value 'branches'"),
        (f"on: {{push: {{branches: ['${{{{ x }}}}']}}}}\n{JOBS}", (1, 24), "expression is not allowed"),
        ("on: push\njobs: {a: {runs-on: x, concurrency: ''}}", (2, 37), "Unexpected value ''"),
        (f"on: {{workflow_call: {{x: 1}}}}\n{JOBS}", (1, 22), "Unexpected value 'x'"),
        (f"on: {{fork: {{}}}}\n{JOBS}", (1, 12), "A mapping was not expected"),
        (f"on: {{fork: x}}\n{JOBS}", (1, 12), "Unexpected value 'x'"),
        (f"on: push\ndescription: []\n{JOBS}", (2, 14), "A sequence was not expected"),
        ("on: push\njobs: {a: {runs-on: x, environment: {name: x, url: []}}}", (2, 52), "A sequence was not expected"),
        (f"on: {{push: {{paths: }}}}\n{JOBS}", (1, 12), "missing: paths"),
        (f"on: {{repository_dispatch: {{types: irp}}}}\n{JOBS}", (1, 35), "A sequence was expected"),
        (f"on: {{workflow_dispatch: {{x: 1}}}}\n{JOBS}", (1, 26), "Unexpected value 'x'"),
        (f"on: {{workflow_dispatch: {{inputs: {{a: {{default: 1}}}}}}}}\n{JOBS}", (1, 48), "Unexpected value '1'"),
        (f"on: {{workflow_dispatch: {{inputs: {{a: {{options: [x]}}}}}}}}\n{JOBS}", (1, 38), "Input type is not"),
        (f"on: issues\nconcurrency: {{group: ''}}\n{JOBS}", (2, 22), "Unexpected value ''"),
        (f"on: issues\nconcurrency: {{group: x, cancel-in-progress: y}}\n{JOBS}", (2, 45), "Unexpected value 'y'"),
        (f"on: issues\nconcurrency: {{group: x, cancel-in-progress: }}\n{JOBS}", (2, 14), "missing: cancel"),
        (f"on: issues\npermissions:\n{JOBS}", (1, 1), "missing: permissions"),
        ("on: issues\njobs: {a: {runs-on: '', steps: []}}", (2, 21), "Unexpected value ''"),
        ("on: issues\njobs: {a: {runs-on: x, timeout-minutes: '5'}}", (2, 41), "Unexpected value '5'"),
        ("on: issues\njobs: {a: {runs-on: x, timeout-minutes: '1${{ 1 }}'}}", (2, 41), "Unexpected value '1${{ 1 }}'"),
        ("on: issues\njobs: [\n", (3, 1), "expected the node content"),
        ("on: *nobody", (1, 5), "found undefined alias"),
        ("on: \0", (1, 1), "special characters are not allowed"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(text: str, place: tuple[int, int], message: str) -> None:
    """In GitHub's words where GitHub has any."""
    with pytest.raises(WorkflowError) as refused:
        read_workflow(text, PATH)
    assert message in refused.value.message
    assert (refused.value.line, refused.value.column) == place
    assert str(refused.value).startswith(f"{PATH} (Line: {place[0]}, Col: {place[1]}): ")


def test_the_outline_of_a_file_that_is_broken_elsewhere_can_still_be_told() -> None:
    """So that it fails on its own events and on no others, under its own name."""
    outline = read_outline("name: ci\non: issues\njobs: {}", PATH)
    assert outline.name == "ci"
    assert outline.triggers is not None
    assert outline.triggers.match(event("issues", "opened"))
    assert read_outline("on: nothing\njobs: {}", PATH).triggers is None
    assert read_outline("jobs: {}", PATH).triggers is None
    assert read_outline(":\n\t", PATH).name == PATH


def test_anchors_are_read_and_circles_of_them_refused() -> None:
    """GitHub reads anchors too; an alias within its own anchor has no end."""
    workflow = read("on: issues\njobs: {a: &same {runs-on: x, steps: [{run: a}]}, b: *same}")
    assert workflow.jobs["b"].steps[0].run == workflow.jobs["a"].steps[0].run
    with pytest.raises(WorkflowError, match="Maximum object depth exceeded"):
        read("on: issues\njobs: &again {a: *again}")


def test_defaults_of_a_job_are_over_those_of_the_workflow() -> None:
    """Each of the two properties on its own."""
    defaults = (
        read("""
        on: issues
        defaults: {run: {shell: bash, working-directory: a}}
        jobs: {one: {runs-on: x, defaults: {run: {working-directory: b}}, steps: [{run: a}]}}
    """)
        .jobs["one"]
        .defaults
    )
    assert defaults.shell is not None
    assert defaults.working_directory is not None
    assert (defaults.shell.source, defaults.working_directory.source) == ("bash", "b")


def test_a_job_knows_all_its_ancestors() -> None:
    """Not only those it names."""
    ancestors = read("""
        on: issues
        jobs: {c: {runs-on: x, needs: [b]}, b: {runs-on: x, needs: a}, a: {runs-on: [self-hosted, y]}}
    """).ancestors
    assert ancestors == {"a": frozenset(), "b": frozenset("a"), "c": frozenset("ab")}


def test_a_runner_and_an_environment_are_noted_in_each_of_their_shapes() -> None:
    """The stand-in has one runner only, and shows what was asked for."""
    jobs = read("""
        on: {issues: , workflow_call: {inputs: {}}}
        run-name: ${{ github.actor }}
        jobs:
          a: {runs-on: [self-hosted, linux], environment: production}
          b: {runs-on: {group: big, labels: [x, y]}, environment: {name: "${{ vars.where }}", url: "https://x"}}
    """).jobs
    assert [(job.runs_on, job.environment) for job in jobs.values()] == [
        ("self-hosted, linux", "production"),
        ("big, x, y", "${{ vars.where }}"),
    ]
