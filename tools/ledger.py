"""The ledger of behaviour: what the embedded GitHub does that no schema holds, and where it is known from.

Tests say it of themselves, with `@pytest.mark.behaviour(kind, source, settles)`; the page is made of what they say.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# Examinations are registered by being imported.
import irp_actions.edges.doctor.command  # noqa: F401
from irp_actions.edges.doctor.examination import EXAMINATIONS
from tools.conformance.stamps import ROOT

PAGE = ROOT / "docs" / "behaviour.md"
_TESTS = ROOT / "tests" / "standin"

KINDS = {
    "documented": "GitHub's documentation says so",
    "described": "GitHub's schemas say so",
    "recorded": "recorded traffic shows it",
    "measured": "others measured it",
    "reported": "others reported it",
    "inferred": "our conclusion",
}
"""Where something is known from, the surest first."""

_SURE = ("documented", "described", "recorded")

SETTLED = {
    "": "",
    "repository": "on a real repository, by hand",
    **{f"doctor:{name}": f"[`irp doctor`](doctor.md): {each.question}" for name, each in EXAMINATIONS.items()},
}
"""What would settle what neither documentation nor schema nor traffic does; of the doctor, which examination."""

_HEAD = """# What no schema holds

What the [embedded GitHub](standin.md) does beyond the shapes that `make conformance` holds it to. Each line is a test.
Its source is GitHub's documentation (by the title of a page), GitHub's schemas, traffic that others recorded with the
real GitHub, what others measured or reported, or a conclusion of ours. **None of it did we verify on the real GitHub**;
the last column says what would settle it.

The page is made from the marks of the tests: `UPDATE_GOLDEN=1 make conformance TESTS=tests/conformance/test_ledger.py`.

| What it does | Known from | Source | To be settled |
|---|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Behaviour:
    """One line of the ledger.

    Attributes:
        test: The test's name, which is a sentence.
        file: Where it stands, from the root of the checkout.
        kind: One of `KINDS`.
        source: The title of a page, or what somebody saw.
        settles: One of `SETTLED`.
    """

    test: str
    file: str
    kind: str
    source: str
    settles: str

    @property
    def sentence(self) -> str:
        """What it does, in words."""
        words = self.test.removeprefix("test_").replace("_", " ")
        return words[:1].upper() + words[1:]


def ledger(folder: Path = _TESTS) -> list[Behaviour]:
    """Every behaviour that a test speaks of, the least sure last.

    Args:
        folder: where the tests stand.

    Raises:
        ValueError: a mark that says something else.
    """
    found = [line for path in sorted(folder.rglob("test_*.py")) for line in _marked(path)]
    return sorted(found, key=lambda line: (list(KINDS).index(line.kind), line.sentence))


def page(lines: list[Behaviour]) -> str:
    """The ledger as a page."""
    return _HEAD + "".join(
        f"| [{line.sentence}](../{line.file}) | {KINDS[line.kind]} | {line.source} | {SETTLED[line.settles]} |\n"
        for line in lines
    )


def _marked(path: Path) -> Iterator[Behaviour]:
    tests = (node for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef))
    for node in tests:
        for mark in node.decorator_list:
            if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.behaviour":
                kind, source, settles = [*(ast.literal_eval(value) for value in mark.args), ""][:3]
                unsure = kind not in _SURE
                if kind not in KINDS or settles not in SETTLED or (unsure and not settles):
                    raise ValueError(f"{path.name}: {ast.unparse(mark)}")
                yield Behaviour(node.name, str(path.relative_to(ROOT)), kind, source, settles)
