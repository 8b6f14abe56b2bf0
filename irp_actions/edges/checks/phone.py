"""The number to call stands in the form for anyone, as the policy has it: for whoever cannot write there (IN-1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from irp_actions.edges.checks.form_file import read_form
from irp_actions.edges.checks.forms import form_of, is_for_anyone, paths, sheet_of
from irp_actions.values.policy import Policy

_LINE = re.compile(r"^ *If you cannot write here, call .*\n", re.MULTILINE)
_PROSE = re.compile(r"- type: markdown\n\s+attributes:\n\s+value: \|\n(( +)\S.*\n(?:\2.*\n|\n)*)")
"""The first words of a form: from the margin of their first line on, until a line stands further left."""


def show_phone(root: Path, policy: Policy) -> Iterator[Path]:
    """Write the policy's number into every form that anyone may use, at the end of its first words.

    Args:
        root: the checkout.
        policy: has the number; without one the line goes away again.

    Yields:
        The forms that were changed.
    """
    for path in paths(root):
        file = read_form(sheet_of(path, root))
        name = form_of(file, policy)
        if name is None or not is_for_anyone(policy.forms[name]):
            continue
        before = path.read_text(encoding="utf-8")
        after = with_phone(before, policy.contacts.phone)
        if after != before:
            path.write_text(after, encoding="utf-8")
            yield path


def with_phone(text: str, phone: str) -> str:
    """A form's text with the number to call, once; a form without words of its own stays as it is."""
    bare = _LINE.sub("", text)
    prose = _PROSE.search(bare)
    if not phone or prose is None:
        return bare
    written = prose[1].rstrip("\n")
    end = prose.start(1) + len(written)
    return f"{bare[:end]}\n{prose[2]}If you cannot write here, call {phone}.{bare[end:]}"
