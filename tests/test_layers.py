"""The layers hold: imports only point down, rules touch nothing outside, and one module knows the client."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PROGRAM = Path(__file__).parents[1] / "irp_actions"
MODULES = sorted(path for path in PROGRAM.rglob("*.py") if "__pycache__" not in path.parts)
LAYERS = ("values", "rules", "edges", "cli")
"""From the bottom to the top; whoever stands higher may import from lower."""

FORBIDDEN_IN_RULES = {
    "asyncio", "http", "io", "multiprocessing", "os", "pathlib", "random", "requests", "secrets", "shutil", "signal",
    "socket", "ssl", "subprocess", "sys", "tempfile", "threading", "time", "urllib", "uuid", "github", "yaml", "click",
}  # fmt: skip
"""What reaches out of a pure function: clocks, files, the network, chance and processes."""

CLOCK_READERS = {"now", "today", "utcnow", "fromtimestamp", "utcfromtimestamp"}


def name_of(path: Path) -> str:
    """The module's dotted name."""
    return ".".join(path.relative_to(PROGRAM.parent).with_suffix("").parts).removesuffix(".__init__")


def imported(path: Path) -> Iterator[str]:
    """The dotted names of everything a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def layer_of(name: str) -> str | None:
    """The layer of one of our modules."""
    parts = name.split(".")
    return parts[1] if parts[0] == "irp_actions" and len(parts) > 1 and parts[1] in LAYERS else None


def modules_of(*layers: str) -> list[Path]:
    """The modules of some layers."""
    return [path for path in MODULES if layer_of(name_of(path)) in layers]


def shown(path: Path) -> str:
    """A test's id."""
    return name_of(path).removeprefix("irp_actions.")


@pytest.mark.parametrize("path", modules_of(*LAYERS), ids=shown)
def test_imports_only_point_down(path: Path) -> None:
    """Values know nobody, rules know values, edges know both, and only the top knows them all."""
    own = layer_of(name_of(path))
    assert own is not None
    for name in imported(path):
        layer = layer_of(name)
        assert layer is None or LAYERS.index(layer) <= LAYERS.index(own), name


@pytest.mark.parametrize("path", modules_of("values", "rules"), ids=shown)
def test_rules_reach_nothing_outside(path: Path) -> None:
    """No file, no network, no process, no chance."""
    assert {name.split(".")[0] for name in imported(path)}.isdisjoint(FORBIDDEN_IN_RULES)


@pytest.mark.parametrize("path", modules_of("values", "rules"), ids=shown)
def test_rules_read_no_clock(path: Path) -> None:
    """The server's time of reading is the only now there is."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            assert node.func.attr not in CLOCK_READERS, ast.unparse(node)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in ("open", "input", "print"), ast.unparse(node)


def test_two_modules_know_an_http_client() -> None:
    """The door's wire and the channels' carrier; the drill and the stand-in have their own ways."""
    knows = {
        shown(path)
        for path in MODULES
        if {name.split(".")[0] for name in imported(path)} & {"github", "requests", "urllib3"}
    }
    assert knows == {"edges.github.wire", "edges.channels.http"}


def test_the_stand_in_imports_nothing_of_the_program() -> None:
    """It could be anybody's GitHub."""
    for path in MODULES:
        if name_of(path).startswith("irp_actions.edges.standin"):
            for name in imported(path):
                assert not name.startswith("irp_actions") or name.startswith("irp_actions.edges.standin"), (path, name)


def test_the_program_imports_nothing_of_the_stand_in() -> None:
    """Only the command line starts it, and the drill plays on it."""
    for path in MODULES:
        name = name_of(path)
        if name == "irp_actions.cli" or name.startswith(("irp_actions.edges.standin", "irp_actions.edges.drill")):
            continue
        assert not any(found.startswith("irp_actions.edges.standin") for found in imported(path)), name


def test_nothing_imports_the_command_line() -> None:
    """It is the top, the only place that knows it runs in Actions."""
    importers = {shown(path) for path in MODULES if any(name.startswith("irp_actions.cli") for name in imported(path))}
    assert importers <= {"__main__"}


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_every_module_says_its_one_true_sentence(path: Path) -> None:
    """A docstring on top, and a size that fits into a head."""
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text))
    assert len(text.splitlines()) < 460
