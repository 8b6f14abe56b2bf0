"""Which rules are cited where: in the program beside what carries them out, in the tests beside what holds them."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

RULE = re.compile(r"\b(?:IN|RO|HO|AS|CO|RE|CL)-\d{1,2}\b")
"""A rule's id: its chapter and its number."""

CODE = ("irp_actions/**/*.py", "irp_actions/**/*.yml", "irp_actions/**/*.j2", ".github/**/*.yml")
ELSEWHERE = ("irp_actions/edges/standin/", "irp_actions/edges/drill/")
"""GitHub's part and the rehearsal's: they carry out no rule of the process."""

TABLES = frozenset({"COMMANDS", "FACTS", "CLOCKS"})
"""A test that names one of these walks through the program's tables: it follows them, so it holds nothing."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something is cited: a file, and the function or class in it, if it is one."""

    path: str
    name: str = ""


def cited(text: str) -> tuple[str, ...]:
    """The rules a text names, each once, in order."""
    return tuple(dict.fromkeys(RULE.findall(text)))


def in_program(root: Path) -> Mapping[str, tuple[Place, ...]]:
    """Where the program, its templates, its numbers and its forms name each rule.

    Args:
        root: the repository's folder.
    """
    found: defaultdict[str, set[Place]] = defaultdict(set)
    for path in sorted(path for pattern in CODE for path in root.glob(pattern)):
        shown = path.relative_to(root).as_posix()
        if shown.startswith(ELSEWHERE):
            continue
        text = path.read_text(encoding="utf-8")
        names = _names_by_row(ast.parse(text)) if path.suffix == ".py" else {}
        for row, line in enumerate(text.splitlines(), start=1):
            for rule in cited(line):
                found[rule].add(Place(shown, names.get(row, "")))
    return {rule: tuple(sorted(places)) for rule, places in found.items()}


def in_tests(root: Path) -> Mapping[str, tuple[str, ...]]:
    """The test modules that cite each rule in the docstring or the parameters of a test.

    Args:
        root: the repository's folder.
    """
    found: defaultdict[str, set[str]] = defaultdict(set)
    for path in sorted(root.glob("tests/**/test_*.py")):
        for test in _tests(ast.parse(path.read_text(encoding="utf-8"))):
            for rule in cited(_words_of(test)) if test.name not in followers(path) else ():
                found[rule].add(path.relative_to(root).as_posix())
    return {rule: tuple(sorted(paths)) for rule, paths in found.items()}


@cache
def followers(path: Path) -> frozenset[str]:
    """What in a test module names a table, itself or through a constant, a helper or a fixture of the module.

    Args:
        path: the module's file.
    """
    uses = [(_defined(node), _used(node)) for node in ast.parse(path.read_text(encoding="utf-8")).body]
    found = set(TABLES)
    while more := {name for defined, used in uses if used & found for name in defined} - found:
        found |= more
    return frozenset(found - TABLES)


def _defined(node: ast.stmt) -> set[str]:
    """The names that a statement of a module brings into it."""
    if isinstance(node, ast.ImportFrom | ast.Import):
        return {alias.asname for alias in node.names if alias.asname}
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return {node.name}
    return {found.id for found in ast.walk(node) if isinstance(found, ast.Name) and isinstance(found.ctx, ast.Store)}


def _used(node: ast.stmt) -> set[str]:
    """The names that a statement uses, fixtures among a function's parameters included."""
    found: set[str] = set()
    for part in ast.walk(node):
        match part:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name) | ast.alias(name=name):
                found.add(name)
    return found


def _tests(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    return (node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"))


def _words_of(test: ast.FunctionDef) -> str:
    """The docstring of a test, and the texts among its parameters."""
    constants = (node for decorator in test.decorator_list for node in ast.walk(decorator))
    texts = [node.value for node in constants if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return "\n".join([ast.get_docstring(test) or "", *texts])


def _names_by_row(tree: ast.AST) -> dict[int, str]:
    """The innermost function or class that each row of a module belongs to, decorators included."""
    names: dict[int, str] = {}
    for node in ast.walk(tree):  # breadth first: what is inner comes later
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            names.update(dict.fromkeys(range(first, (node.end_lineno or first) + 1), node.name))
    return names
