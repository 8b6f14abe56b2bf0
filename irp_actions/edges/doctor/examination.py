"""An examination asks one question; its finding is yes, no, or that nobody can tell, with what was seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from irp_actions.edges.doctor.patient import Patient
from irp_actions.edges.trouble import Trouble

YES, NO, OPEN = "yes", "no", "cannot tell"


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of an examination.

    Attributes:
        answer: `yes`, `no` or `cannot tell`.
        seen: What was seen, for the words.
        trouble: Why it came to no end, if so.
    """

    answer: str
    seen: Mapping[str, Any] = field(default_factory=dict)
    trouble: str = ""


Look = Callable[[Patient], Finding]


@dataclass(frozen=True, slots=True)
class Examination:
    """One examination: its name, its question, and what answers it."""

    name: str
    question: str
    look: Look

    def made(self, patient: Patient) -> Finding:
        """Its finding; whatever goes wrong is one too, and keeps no other examination from being made."""
        try:
            return self.look(patient)
        except Trouble as why:
            return Finding(OPEN, trouble=str(why))
        except Exception as why:  # an answer nobody expected; what else was found shall not be lost for it
            return Finding(OPEN, trouble=f"not understood: {type(why).__name__}: {why}")


EXAMINATIONS: dict[str, Examination] = {}
"""Every examination by its name, in the order in which they are made."""


def examination(look: Look) -> Look:
    """Register the decorated function; the first line of its docstring is the question."""
    name = look.__name__
    EXAMINATIONS[name] = Examination(name, (look.__doc__ or "").partition("\n")[0], look)
    return look


def examined(patient: Patient) -> Iterator[tuple[Examination, Finding]]:
    """Make every examination, one after the other."""
    for each in EXAMINATIONS.values():
        yield each, each.made(patient)
