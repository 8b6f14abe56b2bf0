"""Holds the repository's issue forms against the policy: what a form asks is what the policy reads, and no more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from irp_actions.edges.checks.form_file import FormFile, read_form
from irp_actions.edges.policy_file import OVERLAY
from irp_actions.edges.yaml_file import Fault, Sheet, read_yaml
from irp_actions.rules.sources import SEVERITY_LABEL, STATUS_LABEL
from irp_actions.rules.view import label_colours
from irp_actions.values.policy import HEADINGS, Form, Policy
from irp_actions.values.shape import ShapeError, shaped

FOLDER = Path(".github/ISSUE_TEMPLATE")
CONFIG = ("config.yml", "config.yaml")


@dataclass(frozen=True)
class _Link:
    name: str
    url: str
    about: str


@dataclass(frozen=True)
class _Config:
    """The template chooser's file ("Configuring issue templates for your repository")."""

    blank_issues_enabled: bool = True
    contact_links: tuple[_Link, ...] = ()


@dataclass(frozen=True)
class Findings:
    """What is wrong, and what may be meant so but deserves a second look; both in the order of the files."""

    errors: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()

    def __add__(self, other: Findings) -> Findings:
        return Findings((*self.errors, *other.errors), (*self.warnings, *other.warnings))


def check_forms(root: Path, policy: Policy, overlay: Sheet) -> Findings:
    """Read every form of a checkout, alone and against the policy (IN-1, IN-4).

    Args:
        root: the checkout.
        policy: says which forms there are, and what their questions mean.
        overlay: the repository's policy file, to point into.
    """
    files = [read_form(sheet_of(path, root)) for path in paths(root)]
    errors = [fault for file in files for fault in file.faults]
    warnings: list[Fault] = []
    matched: dict[str, FormFile] = {}
    for file in files:
        errors += _strange_labels(file, policy)
        name = form_of(file, policy)
        if name is not None:
            matched[name] = file
            errors += _disagreements(file, name, policy.forms[name])
            warnings += _too_much_asked(file, policy.forms[name])
    for name, form in policy.forms.items():
        if form.style == HEADINGS and name not in matched:
            where = overlay.place(("forms", name))
            message = f"no issue form is the policy's form {name!r}: name one {form.title!r}, or give it its questions"
            warnings.append(Fault(str(OVERLAY), *where, message))
    errors += _same_names(files) + _config(root)
    warnings += _not_shown(files, matched, policy)
    return Findings(tuple(errors), tuple(warnings))


def paths(root: Path) -> list[Path]:
    """The files of all issue forms of a checkout, in order."""
    folder = root / FOLDER
    found = [*folder.glob("*.yml"), *folder.glob("*.yaml")]
    return sorted(path for path in found if path.name not in CONFIG)


def sheet_of(path: Path, root: Path) -> Sheet:
    """One of them as it was read; a file that is no text is a sheet with a fault."""
    name = path.relative_to(root).as_posix()
    try:
        return read_yaml(path.read_text(encoding="utf-8"), name)
    except UnicodeDecodeError as error:
        return Sheet(name, faults=(Fault(name, 1, 1, f"not UTF-8: {error.reason}"),), readable=False)


def form_of(file: FormFile, policy: Policy) -> str | None:
    """Which of the policy's forms a file is: by its name, or else by most of its questions."""
    forms = {name: form for name, form in policy.forms.items() if form.style == HEADINGS}
    asked = {question.label for question in file.questions}
    by_name = next((name for name, form in forms.items() if form.title == file.name), None)
    shared = {name: len(asked & form.fields.keys()) for name, form in forms.items()}
    best = max(shared, key=lambda name: shared[name], default=None)
    return by_name or (best if best and 2 * shared[best] > len(asked) else None)


def _disagreements(file: FormFile, name: str, form: Form) -> Iterator[Fault]:
    """Questions that the policy does not read, and fields that nobody asks for."""
    asked = [question.label for question in file.questions]
    for place, question in enumerate(file.questions):
        if question.label not in form.fields:
            hint = _near(question.label, set(form.fields) - set(asked))
            message = f"the policy does not know this question of its form {name!r}, so nobody would read the answer"
            yield _at(file, question.path, f"{message}{hint}")
        elif question.label in asked[:place]:
            yield _at(file, question.path, f"two questions are called {question.label!r}")
        elif form.fields[question.label] == "handling" and question.kind != "checkboxes":
            yield _at(file, question.path, "this is read as a tick, so it has to be a checkbox (IN-4)")
        elif form.fields[question.label] == "description" and not question.required:
            yield _at(file, question.path, "this is what the report says; make it required: true (IN-1)")
    for label in form.fields:
        if label not in asked:
            hint = _near(label, set(asked) - form.fields.keys())
            yield _at(file, ("body",), f"the policy's form {name!r} reads {label!r}, and nothing here asks it{hint}")


def _too_much_asked(file: FormFile, form: Form) -> Iterator[Fault]:
    for question in file.questions:
        if question.required and form.fields.get(question.label, "description") != "description":
            yield _at(file, question.path, "whoever is in trouble may not know this; let it be left out (IN-1)")


def _strange_labels(file: FormFile, policy: Policy) -> Iterator[Fault]:
    """Labels that look like ours and are none: they would be created, and mean nothing."""
    ours = label_colours(policy)
    for label, path in file.labels.items():
        if label.lower().startswith((SEVERITY_LABEL, STATUS_LABEL)) and label not in ours:
            yield _at(file, path, f"{label!r} is none of the policy's labels{_near(label, set(ours))}")


def _same_names(files: list[FormFile]) -> list[Fault]:
    names = [file.name for file in files]
    return [
        _at(file, ("name",), f"another form is called {file.name!r} too, and people could not choose")
        for place, file in enumerate(files)
        if file.name and file.name in names[:place]
    ]


def _not_shown(files: list[FormFile], matched: dict[str, FormFile], policy: Policy) -> Iterator[Fault]:
    """What no form does, though somebody will need it."""
    if not files:
        yield Fault(str(FOLDER), 1, 1, "there are no issue forms: people would have to know what to write (IN-1)")
        return
    ticks = (name for name, form in policy.forms.items() if not is_for_anyone(form) and name in matched)
    if next(ticks, None) is None:
        yield Fault(files[0].sheet.file, 1, 1, "no form has the tick for whoever handles it already (IN-4)")
    phone = policy.contacts.phone
    for name, file in matched.items():
        if phone and phone not in file.prose and is_for_anyone(policy.forms[name]):
            message = f"whoever cannot write here needs the number, {phone}: `irp check --fix` puts it in (IN-1)"
            yield _at(file, ("body",), message)


def is_for_anyone(form: Form) -> bool:
    """Whether a form is not that of the team itself (IN-1, IN-4)."""
    return "handling" not in form.fields.values()


def _config(root: Path) -> list[Fault]:
    """What is wrong with the file of the template chooser."""
    faults: list[Fault] = []
    for name in CONFIG:
        path = root / FOLDER / name
        if not path.is_file():
            continue
        sheet = sheet_of(path, root)
        faults += sheet.faults
        try:
            shaped(_Config, sheet.data if sheet.data is not None else {})
        except ShapeError as error:
            faults += map(sheet.fault, error.problems if sheet.readable else ())
    return faults


def _at(file: FormFile, path: Any, message: str) -> Fault:
    return Fault(file.sheet.file, *file.sheet.place(path), message)


def _near(word: str, known: set[str]) -> str:
    near = get_close_matches(word, sorted(known), 1)
    return f"; did you mean {near[0]!r}?" if near else ""
