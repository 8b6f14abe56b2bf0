"""Reads the packaged policy and lays a repository's own `.github/irp.yml` over it."""

from __future__ import annotations

import copy
import dataclasses
import hashlib
import json
import re
from difflib import get_close_matches
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from irp_actions.edges.yaml_file import Fault, Sheet, read_yaml
from irp_actions.rules.calendar import unknown_place
from irp_actions.values.channels import misdirected
from irp_actions.values.policy import Policy
from irp_actions.values.shape import Path as KeyPath
from irp_actions.values.shape import Problem, ShapeError, plain, shaped

OVERLAY = Path(".github/irp.yml")
"""Where a repository says what it decided differently."""

EXAMPLES = Path(__file__).parents[1] / "examples"


_ENTRY = 2
"""Keys that lead to an entry of a table: the table's and its own."""

_LOGIN = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*(?:_[A-Za-z0-9]+)?(?:\[bot\])?")
"""A login of GitHub; those that an enterprise manages end in `_` and its short name."""


class PolicyError(Exception):
    """A policy that cannot be used; carries every fault found in it."""

    def __init__(self, faults: list[Fault], rest: Policy | None = None) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults
        self.rest = rest
        """The policy without the keys that are wrong, if what is left of it is one."""


def load_policy(root: Path = Path()) -> Policy:
    """Read the policy that holds for a repository.

    Args:
        root: the repository's checkout.

    Raises:
        PolicyError: the overlay is broken; every fault with its file, line and column.
    """
    return policy_of(read_overlay(root))


def read_overlay(root: Path) -> Sheet:
    """The repository's own file as it stands; an empty sheet when there is none.

    Args:
        root: the repository's checkout.
    """
    path, name = root / OVERLAY, str(OVERLAY)
    misnamed = path.with_suffix(".yaml")
    if misnamed.exists():
        wrong = Fault(str(OVERLAY.with_suffix(".yaml")), 1, 1, f"is not read; name it {OVERLAY.name}")
        return Sheet(name, faults=(wrong,), readable=False)
    if not path.exists():
        return Sheet(name)
    try:
        return read_yaml(path.read_text(encoding="utf-8"), name)
    except UnicodeDecodeError as error:
        return Sheet(name, faults=(Fault(name, 1, 1, f"not UTF-8: {error.reason}"),), readable=False)


def examples() -> tuple[Path, ...]:
    """The policies that come with the program, each of which can be copied to where a repository has its own."""
    return tuple(sorted(EXAMPLES.glob("*.yml")))


def policy_of(sheet: Sheet) -> Policy:
    """The packaged policy with a repository's file laid over it.

    Raises:
        PolicyError: with every fault, and with what is left of the policy without the keys that are wrong.
    """
    over = {} if sheet.data is None else sheet.data
    if not sheet.readable or not isinstance(over, dict):
        raise PolicyError(list(sheet.faults) or [_no_table(sheet)])
    data = overlaid(packaged(), over)
    problems = _unknown(data)
    try:
        policy = shaped(Policy, data)
    except ShapeError as error:
        problems += _with_likeness(error.problems)
    else:
        wrong = misdirected(policy.tells, policy.channels, policy.severities)
        problems += [Problem(path, message) for path, message in wrong]
        problems += [*_unknown_place(policy), *_impossible_logins(policy)]
    faults = [*sheet.faults, *map(sheet.fault, problems), *sheet.misread({problem.path for problem in problems})]
    if faults:
        raise PolicyError(sorted(faults), _without(data, [problem.path for problem in problems]))
    return _digested(policy)


@cache
def packaged() -> dict[str, Any]:
    """The policy that comes with the program, as plain data; not to be changed."""
    text = resources.files("irp_actions").joinpath("policy.yml").read_text(encoding="utf-8")
    data: dict[str, Any] = read_yaml(text, "policy.yml").data
    return data


def overlaid(base: Any, over: Any) -> Any:
    """One policy's data over another's: keys are merged at every depth; lists and single values are replaced."""
    if not isinstance(base, dict) or not isinstance(over, dict):
        return over
    merged = dict(base)
    for key, value in over.items():
        merged[key] = overlaid(base[key], value) if key in base else value
    return merged


def _no_table(sheet: Sheet) -> Fault:
    glued = isinstance(sheet.data, str) and ":" in sheet.data
    hint = "; put a space after the colon" if glued else ""
    return Fault(sheet.file, 1, 1, f"expected keys and values at the top{hint}")


def _digested(policy: Policy) -> Policy:
    pinned = json.dumps(plain(policy.tables()), sort_keys=True, separators=(",", ":"))
    return dataclasses.replace(policy, digest=hashlib.sha256(pinned.encode()).hexdigest()[:12])


def _unknown(data: dict[str, Any]) -> list[Problem]:
    """Clocks and statuses that the program does not have: an organisation can change theirs, not invent any."""
    found: list[Problem] = []
    if "long_remediation" in data:  # only records of older programs have it, and no rule would read it here
        found.append(Problem(("long_remediation",), "is a clock now; write clocks: {RE-8: {allowed: 3h}}"))
    for table in ("clocks", "statuses"):
        known, given = packaged()[table], data.get(table)
        for key in given if isinstance(given, dict) else ():
            if key not in known:
                near = get_close_matches(key, known, 1)
                hint = f"did you mean {near[0]!r}?" if near else f"known keys: {', '.join(known)}"
                found.append(Problem((table, key), f"unknown key {key!r}; {hint}"))
    return found


def _with_likeness(problems: list[Problem]) -> list[Problem]:
    """The problems, with one for all that a misspelt entry of a table lacks: it was to change one that is there."""
    return list(dict.fromkeys(map(_likened, problems)))


def _likened(problem: Problem) -> Problem:
    table = packaged().get(str(problem.path[0])) if len(problem.path) == _ENTRY else None
    name = problem.path[-1] if problem.path else ""
    near = get_close_matches(str(name), table, 1) if isinstance(table, dict) and name not in table else []
    if not near:
        return problem
    message = f"{name!r} is not there to be changed; did you mean {near[0]!r}? A new one needs all its keys"
    return Problem(problem.path, message)


def _impossible_logins(policy: Policy) -> list[Problem]:
    """Logins that GitHub gives to nobody; of what an older program pinned in a record nothing is said."""
    lists = {"on_call": policy.people.on_call, "deciders": policy.people.deciders}
    return [
        Problem(("people", name, place), f"{login!r} is no login: GitHub's have letters, digits and single hyphens")
        for name, logins in lists.items()
        for place, login in enumerate(logins)
        if not _LOGIN.fullmatch(login)
    ]


def _unknown_place(policy: Policy) -> list[Problem]:
    """A country or a part of one whose holidays nobody knows; the packaged one is not looked up on every run."""
    ours = packaged()["calendar"]
    if (policy.calendar.country, policy.calendar.subdivision) == (ours["country"], ours["subdivision"]):
        return []
    wrong = unknown_place(policy.calendar)
    return [Problem(("calendar", wrong[0]), wrong[1])] if wrong else []


def _without(data: dict[str, Any], paths: list[KeyPath], depth: int = 5) -> Policy | None:
    """The policy without what stands at these paths, where the packaged one has something to put there.

    Of a list only the wrong items go: a slip in one login leaves the others on call.
    """
    kept: Any = copy.deepcopy(data)
    for path in sorted(paths, key=_in_order, reverse=True):  # the last items of a list first
        here, there = kept, packaged()
        for key in path[:-1]:
            here = _inner(here, key)
            there = _inner(there, key)
        if isinstance(here, dict) and path:
            here.pop(path[-1], None)
            if isinstance(there, dict) and path[-1] in there:
                here[path[-1]] = there[path[-1]]
        elif isinstance(here, list) and isinstance(path[-1], int):
            here[path[-1] : path[-1] + 1] = []
    try:
        return _digested(shaped(Policy, kept))
    except ShapeError as error:  # what shows only now: somebody twice in a list, a whole without its part
        further = [problem.path for problem in error.problems]
        return None if depth == 0 else _without(kept, further, depth - 1)


def _in_order(path: KeyPath) -> list[str]:
    return [f"{key:09}" if isinstance(key, int) else key for key in path]


def _inner(data: Any, key: str | int) -> Any:
    if isinstance(data, dict):
        return data.get(key)
    return data[key] if isinstance(data, list) and isinstance(key, int) else None
