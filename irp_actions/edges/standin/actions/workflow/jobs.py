"""How jobs and steps are read from a workflow file.

Source: "Workflow syntax", `jobs`.
"""

import re
from collections.abc import Mapping

from irp_actions.edges.standin.actions.expressions import Template, Vocabulary
from irp_actions.edges.standin.actions.expressions.template import parse_condition
from irp_actions.edges.standin.actions.workflow import availability
from irp_actions.edges.standin.actions.workflow.document import Node
from irp_actions.edges.standin.actions.workflow.fields import Fields
from irp_actions.edges.standin.actions.workflow.model import Concurrency, Job, RunDefaults, Step, Templates
from irp_actions.edges.standin.actions.workflow.permissions import Permissions, read_permissions

_JOB_FIELDS = frozenset(
    [
        "name",
        "needs",
        "if",
        "permissions",
        "concurrency",
        "env",
        "defaults",
        "runs-on",
        "environment",
        "outputs",
        "continue-on-error",
        "timeout-minutes",
        "cancel-timeout-minutes",
        "steps",
    ]
)
_JOB_REFUSED = {
    "strategy": "a matrix",
    "container": "a job in a container",
    "services": "service containers",
    "snapshot": "image snapshots",
    "uses": "reusable workflows",
    "with": "reusable workflows",
    "secrets": "reusable workflows",
}
_STEP_FIELDS = frozenset(
    [
        "id",
        "name",
        "if",
        "env",
        "run",
        "uses",
        "with",
        "shell",
        "working-directory",
        "continue-on-error",
        "timeout-minutes",
    ]
)
_STEP_REFUSED = ("background", "wait", "wait-all", "cancel", "parallel")
_ACTION_ONLY, _SCRIPT_ONLY = ("with",), ("shell", "working-directory")
_ID = re.compile(r"(?!__)[A-Za-z_][A-Za-z0-9_-]{0,98}")
_USES = re.compile(r"\./.*|docker://.+|[^/@]+/[^@]+@.+")


def read_jobs(node: Node, permissions: Permissions, defaults: RunDefaults) -> Mapping[str, Job]:
    """Return the jobs of a workflow by their id.

    Args:
        node: The value of `jobs:`.
        permissions: Those of the workflow, which hold where a job has none of its own.
        defaults: Those of the workflow.

    Raises:
        WorkflowError: A job breaks GitHub's rules, or asks for what the stand-in does not run.
    """
    jobs: dict[str, Job] = {}
    for name, entry in node.entries().items():
        _check_id(entry.key)
        jobs[name] = _read_job(name, entry.value, permissions, defaults)
    if not jobs:
        node.fail("The workflow must contain at least one job with no dependencies.")
    return jobs


def read_concurrency(node: Node | None, vocabulary: Vocabulary) -> Concurrency | None:
    """Return what a `concurrency:` says, be it a name or a mapping."""
    if node is None:
        return None
    if not node.is_mapping():
        return Concurrency(node.template(vocabulary), None, "single")
    fields = Fields(node, {"group", "cancel-in-progress", "queue"})
    cancel, queue, group = fields.filled("cancel-in-progress"), fields.filled("queue"), fields.required("group")
    if group.value == "":
        group.fail("Unexpected value ''")
    kind = queue.one_of("single", "max") if queue else "single"
    if kind == "max" and cancel and cancel.value is True:
        cancel.fail("The combination of `queue: max` and `cancel-in-progress: true` is not allowed")
    return Concurrency(group.template(vocabulary), cancel.typed_template(bool, vocabulary) if cancel else None, kind)


def read_env(node: Node | None, vocabulary: Vocabulary) -> Templates:
    """Return an `env:` or another mapping of names to strings."""
    if node is None:
        return {}
    return {name: value.template(vocabulary) for name, value in node.items()}


def read_defaults(node: Node | None, vocabulary: Vocabulary) -> RunDefaults:
    """Return the `run` part of a `defaults:`."""
    run = Fields(node, {"run"}).filled("run") if node else None
    if run is None:
        return RunDefaults()
    fields = Fields(run, {"shell", "working-directory"})
    return RunDefaults(
        _written(fields, "shell", vocabulary),
        _written(fields, "working-directory", vocabulary),
    )


def _read_job(job_id: str, node: Node, permissions: Permissions, defaults: RunDefaults) -> Job:
    fields = Fields(node, _JOB_FIELDS, _JOB_REFUSED)
    condition, concurrency = fields.get("if"), fields.filled("concurrency")
    if concurrency and concurrency.value == "":
        concurrency.fail("Unexpected value ''")
    needs, own, steps = (fields.filled(name) for name in ("needs", "permissions", "steps"))
    # Read only to be checked: whoever is cancelled here has a grace of its own.
    _typed(fields, "cancel-timeout-minutes", float, availability.JOB_PROPERTY)
    return Job(
        id=job_id,
        name=_template(fields, "name", availability.JOB_PROPERTY),
        needs=needs.texts() if needs else (),
        condition=condition.condition(availability.JOB_IF) if condition else parse_condition("", availability.JOB_IF),
        permissions=read_permissions(own) if own else permissions,
        concurrency=read_concurrency(concurrency, availability.JOB_PROPERTY),
        env=read_env(fields.filled("env"), availability.JOB_ENV),
        defaults=read_defaults(fields.filled("defaults"), availability.JOB_DEFAULTS).over(defaults),
        runs_on=_runner(fields.required("runs-on")),
        environment=_environment(fields.get("environment")),
        outputs=read_env(fields.filled("outputs"), availability.JOB_OUTPUTS),
        continue_on_error=_typed(fields, "continue-on-error", bool, availability.JOB_PROPERTY),
        timeout_minutes=_typed(fields, "timeout-minutes", float, availability.JOB_PROPERTY),
        steps=_read_steps(steps) if steps else (),
    )


def _read_steps(node: Node) -> tuple[Step, ...]:
    steps = tuple(_read_step(item) for item in node.sequence())
    seen: set[str] = set()
    for step, item in zip(steps, node.sequence(), strict=True):
        if step.id and step.id.lower() in seen:
            item.fail(f"The identifier '{step.id}' may not be used more than once within the same scope.")
        seen.add(step.id.lower())
    return steps


def _read_step(node: Node) -> Step:
    fields = Fields(node, _STEP_FIELDS, dict.fromkeys(_STEP_REFUSED, "steps side by side"))
    run, uses, condition, own_id = fields.get("run"), fields.get("uses"), fields.get("if"), fields.filled("id")
    if uses is None:
        run = fields.required("run")
    foreign = ("run", *_SCRIPT_ONLY) if uses else _ACTION_ONLY
    for name in foreign:
        if fields.has(name):
            node.entries()[name].key.fail(f"Unexpected value '{name}'")
    return Step(
        id=_check_id(own_id) if own_id else "",
        name=_template(fields, "name", availability.STEP_PROPERTY),
        condition=condition.condition(availability.STEP_IF) if condition else parse_condition("", availability.STEP_IF),
        env=read_env(fields.filled("env"), availability.STEP_PROPERTY),
        run=run.template(availability.STEP_PROPERTY) if run else None,
        uses=_uses(uses) if uses else None,
        inputs=read_env(fields.filled("with"), availability.STEP_PROPERTY),
        shell=_written(fields, "shell", availability.NOTHING),
        working_directory=_template(fields, "working-directory", availability.STEP_PROPERTY),
        continue_on_error=_typed(fields, "continue-on-error", bool, availability.STEP_PROPERTY),
        timeout_minutes=_typed(fields, "timeout-minutes", float, availability.STEP_PROPERTY),
    )


def _template(fields: Fields, name: str, vocabulary: Vocabulary) -> Template | None:
    node = fields.get(name)
    return node.template(vocabulary) if node else None


def _written(fields: Fields, name: str, vocabulary: Vocabulary) -> Template | None:
    node = fields.filled(name)
    if node and node.value == "":
        node.fail("Unexpected value ''")
    return node.template(vocabulary) if node else None


def _typed(fields: Fields, name: str, kind: type[float] | type[bool], vocabulary: Vocabulary) -> Template | None:
    node = fields.filled(name)
    return node.typed_template(kind, vocabulary) if node else None


def _check_id(node: Node) -> str:
    name = node.text()
    if not _ID.fullmatch(name):
        node.fail(
            f"The identifier '{name}' is invalid. IDs may only contain alphanumeric characters, '_', and '-'. "
            "IDs must start with a letter or '_' and must be less than 100 characters."
        )
    return name


def _uses(node: Node) -> str:
    text = node.text()
    if not _USES.fullmatch(text):
        node.fail(f"Expected format {{org}}/{{repo}}[/path]@ref. Actual '{text}'")
    return text


def _runner(node: Node) -> str:
    if node.is_mapping():
        fields = Fields(node, {"group", "labels"})
        return ", ".join(text for name in ("group", "labels") if (part := fields.get(name)) for text in part.texts())
    templates = [
        item.template(availability.JOB_PROPERTY) for item in (node.sequence() if node.is_sequence() else [node])
    ]
    return ", ".join(template.source or node.fail("Unexpected value ''") for template in templates)


def _environment(node: Node | None) -> str:
    if node is None:
        return ""
    if node.is_mapping():
        fields = Fields(node, {"name", "url", "deployment"})
        # Read only to be checked: nothing is deployed.
        _template(fields, "url", availability.JOB_OUTPUTS)
        node = fields.required("name")
    return node.template(availability.JOB_PROPERTY).source
