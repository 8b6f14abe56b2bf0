"""Tries a repository's own sentences on a rehearsed conversation, so that none fails in the middle of an incident."""

from __future__ import annotations

import re
import traceback
from dataclasses import dataclass, field
from pathlib import Path

from irp_actions.edges.checks.rehearsal import MISCHIEF, rehearse
from irp_actions.edges.sentences import read_sentences
from irp_actions.edges.yaml_file import Fault
from irp_actions.rules.words import Own, speak
from irp_actions.values.policy import Policy

DRAFTS = ("sitrep_text", "notice_text", "public_text")
"""Templates whose text is not shown as it stands: it is ready to be sent, as if somebody had typed it."""

_CODE = re.compile(r"^(```+).*?^\1|`[^`\n]*`", re.DOTALL | re.MULTILINE)
"""What GitHub shows as code, in which nobody is mentioned and nothing is hidden."""


@dataclass(slots=True)
class _Ear:
    """Notes what goes wrong, each mistake once."""

    own: dict[str, Own]
    faults: set[Fault] = field(default_factory=set)

    def said(self, name: str, text: str) -> None:
        """What people typed has to come out neutralised; a draft is, where it is shown."""
        if MISCHIEF in _CODE.sub("", text) and name not in DRAFTS:
            message = "this repeats what people typed as it stands; put it through `| line`, `| rows` or `| quote`"
            self.faults.add(Fault(self.own[name].file, 1, 1, message))

    def failed(self, name: str, error: Exception) -> None:
        """The mistake stands where the innermost own template was being rendered."""
        sources = {own.file: own.source for own in self.own.values()}
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename in sources]
        if frames:
            file, line = frames[-1].filename, frames[-1].lineno or 1
            self.faults.add(Fault(file, line, _column(sources[file], line, str(error)), _told(error)))
        elif name in self.own:  # such as a sentence that is missing in it
            self.faults.add(Fault(self.own[name].file, 1, 1, _told(error)))


def check_sentences(root: Path, policy: Policy) -> list[Fault]:
    """Everything wrong with a repository's own sentences.

    Args:
        root: the checkout.
        policy: what they speak of.
    """
    own, faults = read_sentences(root)
    if own:
        ear = _Ear(own)
        speak(own, ear)
        try:
            rehearse(policy)
        finally:
            speak({})
        faults += ear.faults
    return faults


def _told(error: Exception) -> str:
    return str(error) or type(error).__name__


def _column(source: str, line: int, message: str) -> int:
    """Where in the line the name stands that the message speaks of; Jinja itself knows lines only."""
    name = re.search(r"'(\w+)'", message)
    row = source.split("\n")[line - 1]
    return row.find(name[1]) + 1 if name and name[1] in row else 1
