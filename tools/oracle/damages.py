"""Workflow files with one thing wrong, odd or missing: whether they are still taken, and as what, is asked as well."""

import json
from collections.abc import Iterator
from typing import Any

import yaml

Path = tuple[str | int, ...]

# What a value is replaced by. Most of it is wrong in most places, and some of it is right in some.
_REPLACEMENTS: tuple[Any, ...] = (
    *(None, "", "x", 5, True, [], {}, ["x"], [{"x": 1}], {"x": "y"}, {"x": {"y": 1}}, ["issues", "push"]),
    *(
        "${{ github.actor }}",
        "${{ github.event.issue }}",
        "${{ secrets.X }}",
        "${{ env.X }}",
        "${{ nope }}",
        "${{ 1 +",
        "${{}}",
    ),
    *(
        "a ${{ inputs.x }} b",
        "${{ success() }}",
        "always()",
        "${{ steps.x.y }}${{ needs.x.y }}",
        "* * * * *",
        "read-all",
    ),
)
_KEYS = (
    "x",
    "if",
    "env",
    "name",
    "run",
    "uses",
    "with",
    "needs",
    "steps",
    "permissions",
    "concurrency",
    "types",
    "on",
    "id",
)


def damaged(text: str) -> Iterator[tuple[str, str]]:
    """Each damage by its name, with the damaged file as JSON, which is YAML."""
    read = yaml.safe_load(text)
    # PyYAML takes the word `on` for true.
    whole = {"on" if key is True else key: value for key, value in read.items()}
    for path in _paths(whole):
        place = ".".join(map(str, path))
        yield f"{place} dropped", _written(whole, path, "drop")
        for value in _REPLACEMENTS:
            yield f"{place} = {json.dumps(value)}", _written(whole, path, "replace", value)
        if isinstance(path[-1], str):
            yield f"{place} renamed", _written(whole, path, "rename", f"{path[-1]}x")
            yield f"{place} in capitals", _written(whole, path, "rename", path[-1].upper())
            for key in _KEYS:
                yield f"{key} beside {place}", _written(whole, path, "add", key)


def _paths(part: Any, path: Path = ()) -> Iterator[Path]:
    if isinstance(part, dict):
        for key, value in part.items():
            yield (*path, key)
            yield from _paths(value, (*path, key))
    if isinstance(part, list):
        for index, value in enumerate(part[:2]):
            yield (*path, index)
            yield from _paths(value, (*path, index))


def _written(whole: Any, path: Path, change: str, value: Any = None) -> str:
    copy = json.loads(json.dumps(whole))
    holder = copy
    for step in path[:-1]:
        holder = holder[step]
    match change:
        case "drop":
            del holder[path[-1]]
        case "rename":
            holder[value] = holder.pop(path[-1])
        case "add":
            holder.setdefault(value, "x")
        case _:
            holder[path[-1]] = value
    return json.dumps(copy)
