"""Masks what must not go outside: secrets, addresses, names of machines and of people (CL-6).

It finds what has a form, not what has a meaning: a person still has to read what comes out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from irp_actions.values.policy import Policy

_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("link", re.compile(r"\b[a-z][a-z0-9+.-]*://[^\s<>)\]]+", re.IGNORECASE)),
    ("e-mail address", re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")),
    ("person", re.compile(r"@[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?(?:\[bot\])?")),
    ("address", re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}(?:/\d{1,2})?\b")),
    (
        "address",
        re.compile(r"(?<![\w:])(?=[0-9a-f:]*::|(?:[0-9a-f]{1,4}:){7})[0-9a-f:]{3,}(?:/\d{1,3})?(?![\w:])", re.I),
    ),
    ("resource", re.compile(r"\barn:[^\s]+|\b(?:i|vol|vpc|sg|subnet|ami)-[0-9a-f]{8,17}\b", re.IGNORECASE)),
    ("path", re.compile(r"(?<![\w/])(?:/[\w.-]+){2,}/?|\b[A-Za-z]:\\[^\s]+|\\\\[\w.-]+\\[^\s]+")),
    ("host", re.compile(r"\b(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}\b", re.IGNORECASE)),
    ("vulnerability", re.compile(r"\bCVE-\d{4}-\d{4,}\b|\bT\d{4}(?:\.\d{3})?\b", re.IGNORECASE)),
    ("digest", re.compile(r"\b(?=[0-9a-f]*\d)[0-9a-f]{16,}\b", re.IGNORECASE)),
    ("number", re.compile(r"\+?\d[\d ()/-]{7,}\d")),
)
"""What each thing looks like; the longer forms come first, so that what is inside one is not masked apart."""


def masked(text: str, policy: Policy, people: Iterable[str]) -> str:
    """A text in which what looks like a secret, an address or a person is replaced by what it is.

    Args:
        text: what somebody wrote.
        policy: has the patterns of secrets (IN-11).
        people: logins, which are masked wherever they stand as words.
    """
    for secret in policy.guard:
        text = re.sub(secret.pattern, "[secret]", text)
    for name, form in _FORMS:
        text = form.sub(f"[{name}]", text)
    for login in sorted(set(people), key=len, reverse=True):
        text = re.sub(rf"(?<![\w-]){re.escape(login)}(?![\w-])", "[person]", text, flags=re.IGNORECASE)
    return text
