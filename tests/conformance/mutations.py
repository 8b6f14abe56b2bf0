"""One thing of a good example is damaged at a time, so that it can be counted what the checks notice."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    ArgumentNode,
    DocumentNode,
    FieldNode,
    NamedTypeNode,
    Node,
    ObjectFieldNode,
    VariableDefinitionNode,
    Visitor,
    parse,
    parse_type,
    parse_value,
    print_ast,
    separate_operations,
    visit,
)

Path = tuple[str | int, ...]
DAMAGES = ("drop", "retype", "rename", "add")


@dataclass
class Score:
    """What was damaged, and what of it was noticed."""

    tried: Counter[str] = field(default_factory=Counter)
    noticed: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    def count(self, damage: str, place: str, *, is_noticed: bool) -> None:
        """Count one damaged example."""
        self.tried[damage] += 1
        self.noticed[damage] += is_noticed
        if not is_noticed:
            self.missed[f"{damage} {place}"] += 1

    @property
    def share(self) -> float:
        """How much of all damage was noticed."""
        return self.noticed.total() / self.tried.total()

    def __str__(self) -> str:
        kinds = ", ".join(f"{kind} {self.noticed[kind]}/{tried}" for kind, tried in self.tried.items())
        return f"{self.share:.1%} noticed ({kinds})"


def damaged(example: Any) -> Iterator[tuple[str, str, Any]]:
    """An example with one key dropped, retyped, renamed or added: the damage, its place, and the whole."""
    for path in _paths(example):
        for damage in DAMAGES:
            place = ".".join(str(step) for step in path if isinstance(step, str))
            yield damage, place, _copied(example, path, damage)


def damaged_query(text: str) -> Iterator[tuple[str, str, str]]:
    """Each operation of a GraphQL document with one name or value damaged: the damage, its place, and the operation."""
    known: set[str] = set()
    operations = separate_operations(parse(text, no_location=True)).values()
    for document in sorted(operations, key=lambda each: len(print_ast(each))):
        for number, definition in enumerate(document.definitions):
            # A fragment that several operations share is damaged once, in the shortest.
            if print_ast(definition) in known:
                continue
            known.add(print_ast(definition))
            places = _Places()
            visit(definition, places)
            for which, (damage, place) in enumerate(places.found):
                others = list(document.definitions)
                others[number] = visit(definition, _Damage(which))
                yield damage, place, print_ast(DocumentNode(definitions=tuple(others)))


def _paths(part: Any, path: Path = ()) -> Iterator[Path]:
    """Every key of an object, wherever it is; of a list, those of its first item."""
    if isinstance(part, dict):
        for key, value in part.items():
            yield (*path, key)
            yield from _paths(value, (*path, key))
    if isinstance(part, list) and part:
        yield from _paths(part[0], (*path, 0))


def _copied(part: Any, path: Path, damage: str) -> Any:
    """A copy that is damaged at the end of a path and shares with the original what is not on the path."""
    step, *rest = path
    copy: Any = dict(part) if isinstance(part, dict) else list(part)
    if rest:
        copy[step] = _copied(part[step], tuple(rest), damage)
    else:
        _damage(damage, copy, step)
    return copy


def _damage(damage: str, part: Any, key: str | int) -> None:
    match damage:
        case "drop":
            del part[key]
        case "retype":
            part[key] = _retyped(part[key])
        case "rename":
            part[f"{key}_"] = part.pop(key)
        case "add":
            part[f"{key}_invented"] = part[key]


def _retyped(value: Any) -> Any:
    """A value of another type, the likeliest slip first: a number that should be a text, and the other way round."""
    match value:
        case None:
            return {"invented": 1}
        case bool() | int() | float():
            return "x y"
    return 12345


def _renamed(node: Any) -> Any:
    return _with(node, name=_with(node.name, value=f"{node.name.value}Invented"))


def _with(node: Any, **changed: Any) -> Any:
    keys = {key: getattr(node, key) for key in node.keys if key != "loc"}
    return type(node)(**{**keys, **changed})


# What no argument takes: an object with a key that nobody has, and a list of lists.
_INVENTED = parse_value("{invented: 1}", no_location=True)
_LISTS = parse_type("[[Float]]", no_location=True)

# What can be done to which kind of node.
_DAMAGES: dict[type[Node], tuple[tuple[str, Callable[[Any], Any]], ...]] = {
    FieldNode: (("rename a field", _renamed),),
    ArgumentNode: (
        ("rename an argument", _renamed),
        ("retype an argument", lambda node: _with(node, value=_INVENTED)),
    ),
    ObjectFieldNode: (("rename a key", _renamed),),
    VariableDefinitionNode: (("retype a variable", lambda node: _with(node, type=_LISTS)),),
    NamedTypeNode: (("rename a type", _renamed),),
}


class _Places(Visitor):
    """Finds what can be damaged, in the order of the document."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []

    def enter(self, node: Node, *_: Any) -> None:
        """Note what can be done to a node."""
        for damage, _change in _DAMAGES.get(type(node), ()):
            self.found.append((damage, print_ast(node)[:40]))


class _Damage(Visitor):
    """Damages the document in one place."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._left = number

    def enter(self, node: Node, *_: Any) -> Any:
        """Damage a node if it is the one."""
        for _name_of_damage, change in _DAMAGES.get(type(node), ()):
            if self._left == 0:
                self._left -= 1
                return change(node)
            self._left -= 1
        return None
