"""Reads the plain templates that people paste: `**Status**: investigating`, bold or not, in a list or not (IN-1, CO-3).

    The backups are gone                     before the first line: the description, unless a line is called so
    - **Status**: investigating              a line of the template; what is left of its placeholders is no answer
    - **IC**: _[your name]_
                                             after an empty line: details
    They were there yesterday.

Whom and what a template names are facts to be noted. They give nobody a role, and no outsider a say (law 1).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from irp_actions.rules.grammar import Bound, named
from irp_actions.rules.slash import Call, tidy
from irp_actions.values.incident import CONFIRMED, UNKNOWN, Incident
from irp_actions.values.policy import LINES, Form, Policy

SITREP = "sitrep"
"""The policy's name of the template of a situation report."""

NAMED = {"reporter": "Reporter", "ic": "IC", "responders": "Responders", "severity": "Severity"}
"""Fields of an opening's template that say who and how bad, as they are shown."""

_LINE = r"[ \t]*(?:[-*+•\u2013][ \t]+)?[*_]{{0,3}}({labels})[*_]{{0,3}}[ \t]*:[*_]{{0,3}}[ \t]*(.*)"
_TAGGED = re.compile(r"\[\s*sitrep\s*\]", re.IGNORECASE)
_BRACKETS = re.compile(r"\[[^\]]*\]|<[^>:]*>|\([^)]*\)")
_LOGIN = re.compile(r"@([A-Za-z0-9](?:[A-Za-z0-9_-]{0,37}[A-Za-z0-9])?)")
_URL = re.compile(r"<?https?://\S+>?")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_RUNS_ON = ("description", "details")
"""Fields whose text may have paragraphs."""

_HINT_LENGTH = 60
"""Characters of the longest thing that a template says in place of an answer."""


@dataclass(frozen=True, slots=True)
class Template:
    """What a pasted template says, by the policy's names of its fields; placeholders are empty."""

    labels: frozenset[str] = frozenset()
    """The labels that stand in it, in the policy's spelling."""
    answers: Mapping[str, str] = field(default_factory=dict)

    def matches(self, form: Form) -> bool:
        """Whether all of the form's marks are there."""
        return self.labels.issuperset(form.marks)


def read_template(text: str, form: Form) -> Template:
    """Read a text as a template whose answers stand in lines.

    Args:
        text: an issue's body or a comment, without our block.
        form: which labels there are, and what they mean.
    """
    pattern = re.compile(_LINE.format(labels="|".join(map(re.escape, form.fields))), re.IGNORECASE)
    spelled = {label.lower(): label for label in form.fields}
    labels: set[str] = set()
    answers: dict[str, list[str]] = {}
    meaning, after_gap = "before", False
    for row in tidy(text).split("\n"):
        found = pattern.fullmatch(row)
        if found is not None:
            label = spelled[found[1].lower()]
            labels.add(label)
            meaning, after_gap = form.fields[label], False
            answers.setdefault(meaning, []).append(found[2])
        elif not _FENCE.match(row):
            after_gap = after_gap or not row.strip()
            if after_gap and meaning not in ("before", *_RUNS_ON):
                meaning = "details"
            answers.setdefault(meaning, []).append(row)
    read = {name: _answer("\n".join(rows), form) for name, rows in answers.items()}
    read["description"] = read.get("description") or read.pop("before", "")
    return Template(frozenset(labels), {name: answer for name, answer in read.items() if answer and name != "before"})


def pasted_sitrep(body: str, typed: tuple[Call, ...], policy: Policy) -> Call | None:
    """The situation report that a comment begins with which says `Subject: [sitrep]`, though it has no slash.

    Args:
        body: the comment.
        typed: the calls with a slash that it holds; the report ends at the first of them.
        policy: knows the template.
    """
    form = policy.forms.get(SITREP)
    text = tidy(body).strip()
    if form is None or form.style != LINES:
        return None
    first = read_template(text.split("\n", 1)[0], form).answers.get("subject", "")
    if not _TAGGED.search(first):
        return None
    commands = [call.typed for call in typed if not (call.implied or call.aside)]
    told = text.split(f"\n{commands[0]}", 1)[0] if commands else text
    return Call(SITREP, told.strip(), typed=first, hinted=True)


def understood(bound: Bound, policy: Policy) -> Bound:
    """A situation report with its template read: the words are its text, a severity that it names is an argument."""
    form = policy.forms.get(SITREP)
    template = read_template(bound.text, form) if form is not None and form.style == LINES else Template()
    if len(template.labels) < 2:
        return bound
    answers = template.answers
    told = "\n".join(
        row for row in (answers.get("description") or answers.get("details", "")).split("\n") if not _URL.fullmatch(row)
    )
    subject = _TAGGED.sub("", answers.get("subject", "")).split("\n")[0].strip()
    severity = _severity(answers, policy)
    args = {**bound.args, **({"severity": severity} if severity else {})}
    return Bound(args, ": ".join(filter(None, (subject, told.strip()))), bound.happened_at)


def named_in(answers: Mapping[str, str], login: str, policy: Policy) -> dict[str, str]:
    """Who and how bad, as a template says it; not that its author reported it, nor that nothing is known yet.

    Args:
        answers: of a template that an issue was opened with.
        login: who opened it.
        policy: knows the roster, and the names of severities.
    """
    said = {name: answers[name] for name in NAMED if answers.get(name)}
    if _severity(said, policy) == UNKNOWN:
        del said["severity"]
    if (login_in(said.get("reporter", ""), policy) or said.get("reporter", "")).lower() == login.lower():
        said.pop("reporter", None)
    return said


def implied_by(answers: Mapping[str, str], login: str, policy: Policy) -> tuple[Call, ...]:
    """What a template says that its author could have said by command; taken only from those who may.

    Args:
        answers: of a template that an issue was opened with.
        login: who opened it.
        policy: knows the names of severities and statuses.
    """
    found = []
    if (login_in(answers.get("ic", ""), policy) or "").lower() == login.lower():
        found.append(Call("ack", "", typed="IC: yourself", implied=True, hinted=True))
    severity = _severity(answers, policy)
    judged = severity if severity and severity != UNKNOWN else ""
    if first_named(answers.get("status", ""), policy.statuses) == CONFIRMED:
        found.append(Call("confirm", judged, typed="Status: confirmed", implied=True, hinted=True))
    elif judged:
        found.append(Call("severity", judged, typed=f"Severity: {judged}", implied=True, hinted=True))
    return tuple(found)


def severity_first_told(text: str, policy: Policy, incident: Incident) -> Call | None:
    """The severity that a pasted situation report names, while nobody has judged it; later it may be an old copy."""
    severity = understood(Bound(text=text), policy).args.get("severity", UNKNOWN)
    if incident.severity != UNKNOWN or severity == UNKNOWN:
        return None
    return Call("severity", severity, typed=f"Severity: {severity}", implied=True, hinted=True)


def _severity(answers: Mapping[str, str], policy: Policy) -> str | None:
    return first_named(answers.get("severity", ""), policy.severities)


def first_named(answer: str, table: Mapping[str, Any]) -> str | None:
    """The key that an answer means, by all of it or by its first word, as in `1 - High` or `high, customer data`."""
    return named(answer, table) or named(re.split(r"[\s,;:/]", answer)[0], table)


def login_in(answer: str, policy: Policy) -> str | None:
    """The login an answer names: with an @, or as the roster has it; a name such as *Farmer Jane* is none."""
    found = _LOGIN.match(answer)
    if found:
        return found[1]
    return answer if policy.people.on_roster(answer) else None


def _answer(text: str, form: Form) -> str:
    """An answer without the marks of emphasis around it; nothing where the placeholder was left in."""
    rows = [row.strip() for row in text.strip().split("\n")]
    bare = "\n".join(rows).strip("*_ \t\n").lstrip("#").strip()
    flat = bare.lower().replace("\u2019", "'")
    left_in = len(flat) <= _HINT_LENGTH and any(flat.startswith(hint.lower()) for hint in form.placeholders)
    return "" if left_in or _BRACKETS.fullmatch(bare) else bare
