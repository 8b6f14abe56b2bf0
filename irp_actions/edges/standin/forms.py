"""Issue forms: a person's answers become the body of an issue, as GitHub renders them.

Sources: "Syntax for issue forms", "Syntax for GitHub's form schema". Lines end in a bare line feed: the body is made
by GitHub, not typed, as issues opened from forms show through the API.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from irp_actions.edges.standin.world.refusals import FieldError, Invalid, NotFound

NO_RESPONSE = "_No response_"
_FOLDER = Path(".github") / "ISSUE_TEMPLATE"
_NOT_FORMS = ("config.yml", "config.yaml")


@dataclass(frozen=True, slots=True)
class Element:
    """One element of a form that takes an answer.

    Attributes:
        kind: `input`, `textarea`, `dropdown`, `checkboxes` or `upload`.
        identifier: The key of its answer; a made-up one, from its position, if the form gives none.
    """

    kind: str
    identifier: str
    attributes: Mapping[str, Any]
    required: bool

    @property
    def label(self) -> str:
        """The heading of its answer."""
        return str(self.attributes.get("label", ""))

    @property
    def options(self) -> list[Any]:
        """What a dropdown or checkboxes offer."""
        return list(self.attributes.get("options", ()))


@dataclass(frozen=True, slots=True)
class Form:
    """An issue form of the repository."""

    title: str
    labels: Sequence[str]
    assignees: Sequence[str]
    elements: Sequence[Element]


@dataclass(slots=True)
class _Complaints:
    """What is wrong with the answers, all of it at once."""

    errors: list[FieldError] = field(default_factory=list)

    def add(self, identifier: str, code: str, message: str) -> None:
        self.errors.append({"resource": "IssueForm", "field": identifier, "code": code, "message": message})


def load_form(checkout: Path, name: str) -> Form:
    """Read a form of the checkout.

    Raises:
        NotFound: There is no form of that name.
        Invalid: The file is no form.
    """
    path = checkout / _FOLDER / name
    if Path(name).name != name or name in _NOT_FORMS or path.suffix not in (".yml", ".yaml") or not path.is_file():
        raise NotFound(f"There is no issue form {name}")
    try:
        value = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise Invalid(f"{name} is no YAML: {error}") from error
    if not isinstance(value, dict) or not isinstance(value.get("body"), list):
        raise Invalid(f"{name} is no issue form: it has no body")
    elements = [_element(index, part) for index, part in enumerate(value["body"]) if part.get("type") != "markdown"]
    return Form(str(value.get("title", "")), _names(value.get("labels")), _names(value.get("assignees")), elements)


def render(form: Form, answers: Mapping[str, Any]) -> str:
    """The body of the issue that these answers make.

    Args:
        form: The form.
        answers: By the element's id: a text; for dropdowns an option or several; for checkboxes the ticked labels.

    Raises:
        Invalid: A required answer is missing, an option does not exist, or an id is unknown; each is named.
    """
    complaints = _Complaints()
    known = {element.identifier for element in form.elements}
    for identifier in answers:
        if identifier not in known:
            complaints.add(identifier, "unknown", f"The form has no element {identifier!r}")
    sections = [_section(element, answers.get(element.identifier), complaints) for element in form.elements]
    if complaints.errors:
        raise Invalid("Validation Failed", tuple(complaints.errors))
    return "\n\n".join(sections)


def _element(index: int, part: Mapping[str, Any]) -> Element:
    validations = part.get("validations") or {}
    identifier = str(part.get("id") or f"element-{index}")
    return Element(str(part.get("type")), identifier, part.get("attributes") or {}, bool(validations.get("required")))


def _names(value: object) -> list[str]:
    """A list, or a text with commas."""
    if isinstance(value, str):
        return [name.strip() for name in value.split(",") if name.strip()]
    return [str(name) for name in value] if isinstance(value, list) else []


def _section(element: Element, answer: object, complaints: _Complaints) -> str:
    render_answer = _RENDERERS.get(element.kind)
    if render_answer is None:
        complaints.add(element.identifier, "invalid", f"{element.kind} is no type of form element")
        return ""
    text = render_answer(element, answer, complaints)
    if not text and element.required:
        complaints.add(element.identifier, "missing_field", f"{element.label} is required")
    return f"### {element.label}\n\n{text or NO_RESPONSE}"


def _typed(element: Element, answer: object, complaints: _Complaints) -> str:
    """A line or a text; what the form fills in stands if nothing else was typed."""
    if answer is None:
        answer = element.attributes.get("value", "")
    if not isinstance(answer, str):
        complaints.add(element.identifier, "invalid", f"{element.label} takes a text")
        return ""
    return answer.strip()


def _text(element: Element, answer: object, complaints: _Complaints) -> str:
    """A text, fenced where the form says it is code."""
    text = _typed(element, answer, complaints)
    language = element.attributes.get("render")
    return f"```{language}\n{text}\n```" if text and language else text


def _chosen(element: Element, answer: object, complaints: _Complaints) -> str:
    """One option or several, joined by commas; `None` on the page is no answer."""
    if answer is None:
        default = element.attributes.get("default")
        chosen = [str(element.options[default])] if isinstance(default, int) else []
    else:
        chosen = [str(option) for option in answer] if isinstance(answer, list) else [str(answer)]
    chosen = [option for option in chosen if option]
    if len(chosen) > 1 and not element.attributes.get("multiple"):
        complaints.add(element.identifier, "invalid", f"{element.label} takes one option")
    _check_options(element, chosen, [str(option) for option in element.options], complaints)
    return ", ".join(chosen)


def _ticked(element: Element, answer: object, complaints: _Complaints) -> str:
    """Every box, ticked or not."""
    ticked = [str(label) for label in answer] if isinstance(answer, list) else []
    if answer is not None and not isinstance(answer, list):
        complaints.add(element.identifier, "invalid", f"{element.label} takes a list of ticked labels")
    labels = [str(option.get("label", "")) for option in element.options]
    _check_options(element, ticked, labels, complaints)
    for option, label in zip(element.options, labels, strict=True):
        if option.get("required") and label not in ticked:
            complaints.add(element.identifier, "missing_field", f"{label} must be ticked")
    return "\n".join(f"- [{'x' if label in ticked else ' '}] {label}" for label in labels)


def _check_options(element: Element, chosen: list[str], offered: list[str], complaints: _Complaints) -> None:
    for option in chosen:
        if option not in offered:
            complaints.add(element.identifier, "invalid", f"{option!r} is no option of {element.label}")


_RENDERERS: Mapping[str, Callable[[Element, object, _Complaints], str]] = {
    "input": _typed,
    "textarea": _text,
    "dropdown": _chosen,
    "checkboxes": _ticked,
    "upload": _typed,
}
