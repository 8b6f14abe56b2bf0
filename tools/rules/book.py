"""The rules of the process as docs/rules.yml has them, and whether each works, which is computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FILE = Path("docs") / "rules.yml"

WORKS, NOT_YET = "works", "not yet"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what it says, the sources and their sections, where it is seen, and what is not there yet."""

    id: str
    says: str
    sources: Mapping[str, tuple[str, ...]]
    """Sections by source; none where a source has no sections."""
    shows: tuple[str, ...]
    lacks: str = ""

    @property
    def chapter(self) -> str:
        """The two letters before its number."""
        return self.id.partition("-")[0]

    @property
    def origin(self) -> str:
        """The sources and their sections, on one line."""
        return "; ".join(f"{source}: {', '.join(parts)}" if parts else source for source, parts in self.sources.items())

    def state(self, *, carried: bool, held: bool) -> str:
        """Whether it works.

        Args:
            carried: whether anything in the program cites it.
            held: whether any test cites it.
        """
        if not carried and not held:
            return NOT_YET
        if self.lacks:
            return f"partial: without {self.lacks}"
        return WORKS if held else "partial: no test cites it"


@dataclass(frozen=True, slots=True)
class Book:
    """All rules in their order, with the names of the sources and the chapters."""

    sources: Mapping[str, str]
    chapters: Mapping[str, str]
    rules: Mapping[str, Rule]


def read_book(root: Path) -> Book:
    """The rules as the repository has them.

    Args:
        root: the repository's folder.
    """
    data = yaml.safe_load((root / FILE).read_text(encoding="utf-8"))
    rules = {rule: _rule(rule, row) for rule, row in data["rules"].items()}
    return Book(data["sources"], data["chapters"], rules)


def _rule(rule: str, row: Mapping[str, Any]) -> Rule:
    sources = {source: _sections(parts) for source, parts in row["from"].items()}
    return Rule(rule, row["rule"], sources, tuple(row["shows"]), row.get("lacks", ""))


def _sections(parts: str | list[str] | None) -> tuple[str, ...]:
    return (parts,) if isinstance(parts, str) else tuple(parts or ())
