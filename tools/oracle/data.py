"""The answers as they are kept: small, and stamped with what they are answers to."""

import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from tools.conformance.stamps import ROOT, digest, digest_of_files, scripts, stamped
from tools.oracle.answers import Plan, plan, starts
from tools.oracle.damages import damaged
from tools.oracle.expressions import CONTEXTS, OPERATORS, VALUES, expressions
from tools.oracle.node import HERE, LOCK, Oracle, sources
from tools.oracle.plans import Case, cases, question, texts

DATA = ROOT / "tests" / "conformance" / "oracle"
MADE_BY = (
    "tools/oracle",
    *(path.relative_to(ROOT).as_posix() for path in (HERE / "ask.mjs", HERE / "resolve.mjs", LOCK)),
)
# Of each file's damages one in so many is asked about: more of the same tells no more.
_ONE_IN = 18
_LETTERS = {"Boolean true": "T", "Boolean false": "F", None: "!"}


def written(name: str) -> dict[str, Any]:
    """The answers that are kept under a name."""
    kept: dict[str, Any] = json.loads((DATA / name).read_text(encoding="utf-8"))
    return kept


def complaints(document: Mapping[str, Any]) -> list[str]:
    """Why kept answers are stale or were touched by hand; empty if they are neither."""
    stamp, found = document["stamp"], []
    if stamp["sources"] != sources():
        found.append("other packages answered than are locked")
    if stamp["scripts_sha256"] != digest_of_files(scripts(*MADE_BY)):
        found.append("tools/oracle changed since it was asked")
    if stamp["content_sha256"] != digest({key: value for key, value in document.items() if key != "stamp"}):
        found.append("it was changed by hand")
    asked_about = document.get("asked_about", {})
    return found + [f"{name} changed since it was asked about" for name in _changed(asked_about)]


def comparisons() -> Iterator[tuple[str, str, list[str]]]:
    """The comparisons of every value with every other, a row for each value and operator."""
    for left in VALUES:
        for operator in OPERATORS:
            yield left, operator, [f"{left} {operator} {right}" for right in VALUES]


def others() -> list[str]:
    """The expressions that are no such comparison."""
    compared = {expression for _, _, row in comparisons() for expression in row}
    return [expression for expression in expressions() if expression not in compared]


def letters(values: list[str | None]) -> str:
    """A row of truth values, a letter each; `!` for none."""
    return "".join(_LETTERS[value] for value in values)


def wrong(text: str) -> list[tuple[str, str]]:
    """The damages of a file that are asked about: always the same ones, by what they are called."""
    return [each for each in damaged(text) if zlib.crc32(each[0].encode()) % _ONE_IN == 0]


def mark(found: Plan | None) -> str:
    """A short mark of a plan, empty for a file that is refused."""
    if found is None:
        return ""
    return hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()[:10]


def asked(oracle: Oracle) -> dict[str, dict[str, Any]]:
    """Every file of answers by its name, asked now."""
    return {
        "expressions.json": stamped(_expressions(oracle), sources(), *MADE_BY),
        "plans.json": stamped({"asked_about": _now(), **_plans(oracle)}, sources(), *MADE_BY),
        "damages.json": stamped({"asked_about": _now(), **_damages(oracle)}, sources(), *MADE_BY),
    }


def _expressions(oracle: Oracle) -> dict[str, Any]:
    oracle.ask({"ask": "remember", "contexts": CONTEXTS})

    def value(expression: str) -> str | None:
        answer: str | None = oracle.ask({"ask": "expression", "text": expression}).get("value")
        return answer

    return {
        "comparisons": {
            f"{left} {operator}": letters([value(each) for each in row]) for left, operator, row in comparisons()
        },
        "others": {each: value(each) for each in others()},
    }


def _plans(oracle: Oracle) -> dict[str, Any]:
    return {"files": {name: _plans_of(oracle, text) for name, text in texts().items()}}


def _plans_of(oracle: Oracle, text: str) -> dict[str, Any]:
    """The different plans of one file, and for each case whether it starts and which plan it then has."""
    different: list[Plan | None] = []
    found: dict[str, tuple[bool, int]] = {}
    for case in cases():
        planned = _plan(oracle, text, case)
        if planned not in different:
            different.append(planned)
        is_started = planned is not None and starts(planned["triggers"], case.event, case.payload)
        found[case.name] = is_started, different.index(planned)
    return {"plans": different, "cases": found}


def _damages(oracle: Oracle) -> dict[str, Any]:
    first = cases()[0]
    return {
        "marks": {
            name: [mark(_plan(oracle, broken, first)) for _, broken in wrong(text)] for name, text in texts().items()
        }
    }


def _plan(oracle: Oracle, text: str, case: Case) -> Plan | None:
    return plan(oracle.ask(question(text, case)))


def _now() -> dict[str, str]:
    """What each file says, comments and layout aside."""
    return {name: digest(yaml.load(text, yaml.BaseLoader)) for name, text in texts().items()}  # noqa: S506 - strings only


def _changed(asked_about: Mapping[str, str]) -> list[str]:
    now = _now() if asked_about else {}
    return sorted(name for name in {*asked_about, *now} if asked_about.get(name) != now.get(name))
