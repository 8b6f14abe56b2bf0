"""What GitHub's packages answer, brought into the shape that is compared and kept.

A plan is what a workflow file comes to on one event: every text rendered, every condition decided; `None` stands for a
text that has no value. Of a job or step whose environment has none, nothing else is kept: it fails there.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from irp_actions.edges.standin.actions.workflow.triggers import default_types

Plan = dict[str, Any]

TEXTS = ("name", "run", "uses", "shell", "working-directory", "timeout-minutes", "continue-on-error")
_KIND = re.compile(r"\w+ ")


def plan(answer: Mapping[str, Any]) -> Plan | None:
    """The plan that an answer on a workflow file holds; `None` if the file is refused."""
    if "errors" in answer:
        return None
    env = _texts(answer.get("env"))
    return {
        "name": _text(answer.get("name")),
        "triggers": triggers(answer["events"]),
        "concurrency": _concurrency(answer.get("concurrency")),
        "env": env,
        "jobs": {name: _job(job, answer.get("permissions"), env) for name, job in answer["jobs"].items()},
    }


def triggers(events: Mapping[str, Any]) -> dict[str, Any]:
    """What starts a workflow, by event: the activity types; the crons; the inputs.

    The types that are meant where none is named are the stand-in's: the packages do not say them.
    """
    return {name: dict(_trigger(name, settings)) for name, settings in sorted(events.items())}


def starts(known: Mapping[str, Any], event: str, payload: Mapping[str, Any]) -> bool:
    """Whether an event starts a workflow with these triggers."""
    if event not in known:
        return False
    if event == "schedule":
        return any(cron == payload["schedule"] for cron, _zone in known[event]["crons"])
    return "types" not in known[event] or payload.get("action") in known[event]["types"]


def without_value(*environments: Mapping[str, str | None]) -> bool:
    """Whether a text of an environment has no value."""
    return any(None in env.values() for env in environments)


def _trigger(name: str, settings: Any) -> Iterator[tuple[str, Any]]:
    if name == "schedule":
        yield "crons", [[each["cron"], each.get("timezone", "UTC")] for each in settings] if settings else []
    elif name == "workflow_dispatch":
        inputs = settings.get("inputs", {})
        yield "inputs", {key: [each.get("required", False), each.get("options", [])] for key, each in inputs.items()}
    elif (types := settings.get("types", default_types(name))) is not None:
        yield "types", sorted(types)


def _job(job: Mapping[str, Any], outer: Any, outer_env: Mapping[str, str | None]) -> Plan:
    whole: Plan = {
        "if": job["if"].get("value"),
        "needs": job["needs"],
        "permissions": _permissions(job.get("permissions", outer)),
        "concurrency": _concurrency(job.get("concurrency")),
        "name": _text(job.get("name")),
        "timeout-minutes": _text(job.get("timeout-minutes")),
        "env": _texts(job.get("env")),
    }
    if not without_value(outer_env, whole["env"]):
        whole["steps"] = [_step(step) for step in job["steps"]]
    return whole


def _step(step: Mapping[str, Any]) -> Plan:
    env = _texts(step.get("env"))
    if without_value(env):
        return {"env": env}
    return {"if": step["if"].get("value"), "env": env, **{key: _text(step.get(key)) for key in TEXTS}}


def _concurrency(answer: Any) -> list[str | None] | None:
    named = {} if answer is None else answer if "group" in answer else {"group": answer}
    group = _text(named.get("group"))
    return None if group == "" else [group, _text(named.get("cancel-in-progress"))]


def _permissions(answer: Any) -> dict[str, str] | str:
    if answer is None or isinstance(answer.get("value"), str):
        # GitHub's restricted default, which is what the stand-in's repository has.
        return _text(answer) or {"contents": "read"}
    granted = {name: _text(level) or "" for name, level in answer.items()}
    return {name: level for name, level in sorted(granted.items()) if level != "none"}


def _texts(answers: Mapping[str, Any] | None) -> dict[str, str | None]:
    if answers and isinstance(answers.get("value"), str):
        return {}
    return {name: _text(answer) for name, answer in (answers or {}).items()}


def _text(answer: Mapping[str, Any] | None) -> str | None:
    """The text a key comes to: nothing if it is not there, `None` if it has no value or one that is no text."""
    if answer is None:
        return ""
    value = answer.get("value")
    return None if value is None or value.startswith(("Array ", "Dictionary ")) else _KIND.sub("", value, count=1)
