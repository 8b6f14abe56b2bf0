"""What can be taken out of the program, one at a time: each entry of its tables, and how to do without it.

Each kind of entry is one function in `KINDS`. Commands, clocks, gates and facts that are added to the program's tables
are found here by themselves.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import textwrap
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import partial
from types import ModuleType
from typing import Any

from irp_actions import edges, rules
from irp_actions.rules.clocks import CLOCKS
from irp_actions.rules.commands import COMMANDS, FACTS
from irp_actions.rules.grammar import Refused
from irp_actions.values.record import Entry as Call
from tools.rules.citations import TABLES, cited

AUTHORITY = "authority for"
"""The kind of entry that is taken out by letting anybody do what is for the team."""

Claim = frozenset[str]
"""Rules of which one must be held: a test that cites any of them has to miss the entry."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing the program could lack, what it claims to be good for, and how it is taken out."""

    kind: str
    name: str
    claims: tuple[Claim, ...]
    take_out: Callable[[], object]

    @property
    def title(self) -> str:
        """As it is listed."""
        return f"{self.kind} {self.name}"

    @property
    def rules(self) -> tuple[str, ...]:
        """Every rule it is listed under."""
        return tuple(dict.fromkeys(rule for claim in self.claims for rule in sorted(claim)))


def commands() -> Iterator[Entry]:
    """A command that is refused to those it is for; every rule it is entered with must be held.

    What it refuses anyway it refuses in its own words still: a test that only looks at those proves no use of it.
    """
    for name, command in COMMANDS.items():
        refusing = _changed(name, gates=(*command.gates, _refuses))
        yield Entry("command", f"/{name}", _each(command.rules), refusing)


def effects() -> Iterator[Entry]:
    """A command that is accepted and does nothing; one that only answers, or is only noted, has no effect to lose."""
    for name, command in COMMANDS.items():
        if not _does_nothing(command.apply):
            yield Entry("effect of", f"/{name}", _any(command.rules), _changed(name, apply=_nothing))


def authorities() -> Iterator[Entry]:
    """A command for the team that anyone may use (law 1: only authority is refused, but that is)."""
    for name, command in COMMANDS.items():
        if command.may != "anyone":
            yield Entry(AUTHORITY, f"/{name}", _any(command.rules), _changed(name, may="anyone"))


def gates() -> Iterator[Entry]:
    """A gate of one command that lets everything pass; it is good for a rule that it cites, or its command does."""
    for name, command in COMMANDS.items():
        for place, gate in enumerate(command.gates):
            others = command.gates[:place] + command.gates[place + 1 :]
            rules = (*cited(gate.__doc__ or ""), *command.rules)
            title = f"{getattr(gate, '__name__', 'gate')} of /{name}"
            yield Entry("gate", title, _any(rules), _changed(name, gates=others))


def clocks() -> Iterator[Entry]:
    """A clock that never starts."""
    for rule, clock in CLOCKS.items():
        stopped = replace(clock, starts=lambda _: iter(()))
        yield Entry("clock", clock.title, _each((rule,)), partial(CLOCKS.update, {rule: stopped}))


def facts() -> Iterator[Entry]:
    """A fact that is recorded and changes nothing."""
    for name, apply in FACTS.items():
        if not _does_nothing(apply):
            yield Entry("fact", name, _any(cited(apply.__doc__ or "")), partial(FACTS.update, {name: _nothing}))


def others() -> Iterator[Entry]:
    """An entry that is missing in any further table of functions, if anything in that table cites a rule."""
    for name, table in tables(_modules()):
        found = {key: cited(" ".join(map(_words_of, [key, *_columns(entered)]))) for key, entered in table.items()}
        if any(found.values()):
            yield from (Entry(f"entry of {name}", str(key), _any(found[key]), partial(table.pop, key)) for key in found)


KINDS: tuple[Callable[[], Iterator[Entry]], ...] = (commands, effects, authorities, gates, clocks, facts, others)
"""Every kind of entry, in the order in which they are listed."""


def entries() -> tuple[Entry, ...]:
    """Everything that is taken out, one at a time."""
    return tuple(entry for kind in KINDS for entry in kind())


def tables(modules: Iterable[ModuleType]) -> tuple[tuple[str, dict[Any, Any]], ...]:
    """The public tables of functions in these modules, each once, beside those that have a kind of their own."""
    found = {
        id(table): (name, table)
        for module in modules
        for name, table in vars(module).items()
        if name[0].isupper() and name.isupper() and name not in TABLES and isinstance(table, dict)
        if any(inspect.isfunction(column) for entered in table.values() for column in _columns(entered))
    }
    return tuple(found.values())


def _modules() -> Iterator[ModuleType]:
    """Every module of the rules and of the edges; what is only for rehearsals and tests has no rule of the process."""
    for package in (rules, edges):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not found.name.startswith(("irp_actions.edges.standin", "irp_actions.edges.drill")):
                yield importlib.import_module(found.name)


def _columns(entered: Any) -> list[Any]:
    """What stands in one row of any table."""
    if not is_dataclass(entered) or isinstance(entered, type):
        return [entered]
    return [getattr(entered, field.name) for field in fields(entered)]


def _words_of(column: Any) -> str:
    """What a column says in which a rule may be cited: itself, or a function's docstring."""
    return (column.__doc__ or "") if inspect.isfunction(column) else str(column)


def _changed(name: str, **columns: Any) -> Callable[[], object]:
    """Enter the command again with other columns."""
    return partial(COMMANDS.update, {name: replace(COMMANDS[name], **columns)})


def _each(rules: tuple[str, ...]) -> tuple[Claim, ...]:
    return tuple(frozenset({rule}) for rule in rules)


def _any(rules: tuple[str, ...]) -> tuple[Claim, ...]:
    return (frozenset(rules),) if rules else ()


def _refuses(_: Any, entry: Call) -> Refused:
    """A gate that lets nobody pass."""
    return Refused("unknown_command", typed=entry.call, near=("help",))


def _nothing(incident: Any, _: Any) -> Any:
    """What is done by a call that does nothing."""
    return incident


def _does_nothing(apply: Callable[..., Any]) -> bool:
    """Whether the function only gives back the incident it was given: to take that out would change nothing."""
    given = next(iter(inspect.signature(apply).parameters))
    *said, last = ast.parse(textwrap.dedent(inspect.getsource(apply))).body[0].body  # type: ignore[attr-defined]
    return all(isinstance(node, ast.Expr) for node in said) and ast.unparse(last) == f"return {given}"
