"""What differs between two answers to one request, said so that the same difference elsewhere has the same words."""

import json
import re
from collections.abc import Iterator
from typing import Any

import requests

from irp_actions.edges.standin.world.world import DEFAULT_LABELS
from tests.conformance.emulate.play import Scene
from tests.conformance.emulate.sides import Side

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_FINER = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z")
_ACCOUNTS = ("user", "assignee", "assignees", "closed_by", "actor", "assigner")
# What is as it happens to be: numbers that are given out.
_ARBITRARY = ("id", "node_id", "avatar_url")
# By what an item of a list is known on both sides.
_NAMES = ("event", "number", "name", "login", "body")
# Those that were asked for, and the one for all others.
_COLOURS = {"ededed", "b60205", "abcdef", *(color for _, color, _ in DEFAULT_LABELS)}
_REL = re.compile(r'rel="(\w+)"')
Answered = tuple[Side, requests.Response]


def differences(scene: Scene, ours: Answered, theirs: Answered) -> list[str]:
    """Each difference in one line."""
    (_, mine), (_, other) = ours, theirs
    if mine.status_code != other.status_code:
        asked = f" with `{json.dumps(scene.body)}`" if scene.body is not None else ""
        who = scene.who or "nobody"
        return [f"`{scene.method} {scene.path}` by {who}{asked}: {mine.status_code} here, {other.status_code} there"]
    found = list(_compared(scene.kind, _plain(*ours), _plain(*theirs), f"`{scene.path}`"))
    if _rels(mine) != _rels(other):
        found.append(f"`{scene.path}`: `Link` has {_rels(mine) or 'nothing'} here, {_rels(other) or 'nothing'} there")
    return found


def _rels(response: requests.Response) -> str:
    return ", ".join(sorted(_REL.findall(response.headers.get("Link", ""))))


def _plain(side: Side, response: requests.Response) -> Any:
    """The body, with addresses that do not say which side it is; `None` if there is none."""
    return _without_host(response.json(), side.url) if response.content else None


def _without_host(value: Any, host: str) -> Any:
    if isinstance(value, dict):
        return {key: _without_host(item, host) for key, item in value.items()}
    if isinstance(value, list):
        return [_without_host(item, host) for item in value]
    return value.replace(host, "") if isinstance(value, str) else value


def _compared(place: str, mine: Any, other: Any, where: str = "") -> Iterator[str]:
    if isinstance(mine, dict) and isinstance(other, dict):
        yield from _objects(place, mine, other)
    elif isinstance(mine, list) and isinstance(other, list):
        yield from _lists(place, mine, other, where or f"`{place}`")
    elif _shown(place, mine) != _shown(place, other):
        if {_shown(place, mine), _shown(place, other)} == {"a moment", "a moment with milliseconds"}:
            yield "moments have milliseconds there"
        else:
            yield f"`{place}` is {_shown(place, mine)} here, {_shown(place, other)} there"


def _lists(place: str, mine: list[Any], other: list[Any], where: str) -> Iterator[str]:
    """Which items there are, in one line; and how those differ that are on both sides."""
    names, others = [_name(item) for item in mine], [_name(item) for item in other]
    if names != others:
        yield f"{where} lists {_told(names)} here, {_told(others)} there"
    theirs: dict[str, list[Any]] = {}
    for item in other:
        theirs.setdefault(_name(item), []).append(item)
    for item in mine:
        if theirs.get(_name(item)):
            yield from _compared(place, item, theirs[_name(item)].pop(0))


def _name(item: Any) -> str:
    """What it is known by on both sides; events also by what they are about."""
    name = next((str(item[key]) for key in _NAMES if key in item), "")
    about = item.get("label") or item.get("assignee") or {} if "event" in item else {}
    return " ".join(filter(None, (name, about.get("name"), about.get("login"))))


def _told(names: list[str]) -> str:
    return ", ".join(names) or "nothing"


def _objects(place: str, mine: dict[str, Any], other: dict[str, Any]) -> Iterator[str]:
    # What is true of an account is true wherever one stands, and so of labels.
    last = place.rpartition(".")[2]
    name = "account" if last in _ACCOUNTS else "label" if last == "labels" else place
    for key in sorted(mine.keys() | other.keys()):
        inner = f"{name}.{key}"
        if key not in other:
            yield f"`{inner}` is only here"
        elif key not in mine:
            yield f"`{inner}` is only there"
        else:
            yield from _compared(inner, mine[key], other[key])


def _shown(place: str, value: Any) -> str:
    key = place.rpartition(".")[2]
    if value is None or isinstance(value, bool | dict | list):
        return type(value).__name__ if isinstance(value, dict | list) else repr(value)
    if key in _ARBITRARY:
        return f"some {type(value).__name__}"
    if place == "label.color" and value not in _COLOURS:
        return "some colour"
    if key.endswith("url"):
        return _address(str(value))
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        return "a moment"
    if isinstance(value, str) and _FINER.fullmatch(value):
        return "a moment with milliseconds"
    return repr(value)


def _address(value: str) -> str:
    """An address without the numbers in it."""
    if value.startswith("https://"):
        return f"a page of {value.split('/')[2]}"
    return repr(re.sub(r"\d+", "N", value))
