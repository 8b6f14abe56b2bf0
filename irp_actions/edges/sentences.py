"""Reads a repository's own sentences: templates that are said instead of the packaged ones."""

from __future__ import annotations

from difflib import get_close_matches
from importlib import resources
from pathlib import Path

import jinja2

from irp_actions.edges.actions import annotate
from irp_actions.edges.yaml_file import Fault
from irp_actions.rules.words import Own, speak

FOLDER = Path(".github/irp/templates")
"""Where they are, each under the name of the packaged one."""

_ENDING = ".md.j2"


def read_sentences(root: Path) -> tuple[dict[str, Own], list[Fault]]:
    """The sentences that can be said, by name, and what is wrong with the others.

    Args:
        root: the repository's checkout.
    """
    known = {path.name for path in resources.files("irp_actions").joinpath("templates").iterdir()}
    own: dict[str, Own] = {}
    faults: list[Fault] = []
    for path in sorted((root / FOLDER).glob("*")):
        file = path.relative_to(root).as_posix()
        if path.name not in known:
            near = get_close_matches(path.name, known, 1)
            hint = f"; did you mean {near[0]}?" if near else f"; there are: {', '.join(sorted(known))}"
            faults.append(Fault(file, 1, 1, f"no sentence is called {path.name}{hint}"))
            continue
        try:
            source = path.read_text(encoding="utf-8")
            jinja2.Environment(autoescape=False).parse(source)  # noqa: S701 - only parsed
        except UnicodeDecodeError as error:
            faults.append(Fault(file, 1, 1, f"not UTF-8: {error.reason}"))
        except jinja2.TemplateSyntaxError as error:
            faults.append(Fault(file, error.lineno, 1, str(error.message)))
        else:
            own[path.name.removesuffix(_ENDING)] = Own(source, file)
    return own, faults


def take_on(root: Path) -> None:
    """Speak in a repository's own sentences from now on; one that is broken is shown where it stands, and left out."""
    if (root / FOLDER).is_dir():
        own, faults = read_sentences(root)
        for fault in faults:
            annotate("warning", fault.message, fault.file, fault.line, fault.column)
        speak(own)
