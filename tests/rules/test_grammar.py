"""The grammar's second half: usage lines say what is read, and a wrong word is refused with the right ones."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from irp_actions.rules.grammar import Bound, Refused, Slot, bind, named, slots
from tests.model import policy_with

WRITTEN = datetime(2026, 3, 2, 3, 10, tzinfo=UTC)
POLICY = policy_with()

CONFIRM, HANDOFF, TAKE, CONTAINED, TIMELINE = (
    "/confirm [severity] [text...]",
    "/handoff [role] <who> [text...]",
    "/take <role> [text...]",
    "/contained [when] [text...]",
    "/timeline [when] <text...>",
)


def bound(usage: str, text: str) -> Bound:
    """What a typed text means after a usage line."""
    return bind(usage, text, POLICY, WRITTEN)


def test_a_usage_line_names_its_slots_in_order() -> None:
    """Angle brackets must be there, square ones may."""
    assert slots(HANDOFF) == (Slot("role", False), Slot("who", True), Slot("text", False))
    assert slots("/help") == ()


@pytest.mark.parametrize(
    ("usage", "typed", "args", "text"),
    [
        (CONFIRM, "", {}, ""),
        (CONFIRM, "high", {"severity": "high"}, ""),
        (CONFIRM, "High. the key was used", {"severity": "high"}, "the key was used"),
        (CONFIRM, "the key was used", {}, "the key was used"),
        (CONFIRM, "as sev2", {"severity": "medium"}, ""),
        (CONFIRM, "= 3 test system", {"severity": "low"}, "test system"),
        (CONFIRM, "?", {"severity": "unknown"}, ""),
        (HANDOFF, "ic @ben", {"role": "ic", "who": "ben"}, ""),
        (HANDOFF, "ic to @ben: night shift", {"role": "ic", "who": "ben"}, ": night shift"),
        (HANDOFF, "@ben", {"who": "ben"}, ""),
        (HANDOFF, "ben take it", {"who": "ben"}, "take it"),
        (HANDOFF, "commander -> @Ben-X night\nshift", {"role": "ic", "who": "Ben-X"}, "night\nshift"),
        (HANDOFF, "comms @ben", {"role": "co", "who": "ben"}, ""),
        (TAKE, "`co`", {"role": "co"}, ""),
        (TAKE, "2ic @ana is away", {"role": "deputy"}, "@ana is away"),
        (TIMELINE, "key revoked", {}, "key revoked"),
    ],
)
def test_words_fill_the_slots_they_fit(usage: str, typed: str, args: dict[str, Any], text: str) -> None:
    """Optional slots are skipped by a word that is none of theirs; filler means nothing."""
    found = bound(usage, typed)
    assert (found.args, found.text) == (args, text)


def test_a_time_goes_beside_the_arguments() -> None:
    """When it happened is not what was asked for."""
    found = bound(CONTAINED, "03:05 key revoked")
    assert found == Bound({}, "key revoked", datetime(2026, 3, 2, 3, 5, tzinfo=UTC))
    assert bound(CONTAINED, "key revoked") == Bound({}, "key revoked", None)


@pytest.mark.parametrize(
    ("usage", "typed", "key", "shows"),
    [
        (TAKE, "", "needs_role", ""),
        (TAKE, "boss now", "needs_role", "boss"),
        (HANDOFF, "", "needs_who", ""),
        (HANDOFF, "ic", "needs_who", ""),
        (HANDOFF, "ic stranger", "needs_who", "stranger"),
        (HANDOFF, "@acme/secops", "team_named", "acme/secops"),
        (HANDOFF, "ic @siem[bot]", "bot_named", "@siem[bot]"),
        (TIMELINE, "", "needs_text", None),
        (TIMELINE, "03:05", "needs_text", None),
    ],
)
def test_a_missing_or_wrong_word_is_refused_by_its_key(usage: str, typed: str, key: str, shows: str | None) -> None:
    """The sentence for the key says what to type."""
    with pytest.raises(Refused) as refused:
        bound(usage, typed)
    assert refused.value.key == key
    if shows is not None:
        assert shows in refused.value.values["typed"]


def test_two_names_are_not_chosen_from() -> None:
    """Which of them was meant is asked."""
    with pytest.raises(Refused) as refused:
        bound(HANDOFF, "ic @ben @cat")
    assert (refused.value.key, refused.value.values) == ("two_named", {"first": "ben", "second": "cat"})


@pytest.mark.parametrize("login", ["a", "a-b", "A1", "x" * 39, "ben_acme"])
def test_logins_are_read_as_github_allows_them(login: str) -> None:
    """Letters, digits and hyphens, at most thirty-nine; those of managed users end in their company's short code."""
    assert bound(HANDOFF, f"@{login} go").args == {"who": login}


@pytest.mark.parametrize("typed", ["@-x", "@", "@ben.smith@corp.example", "@" + "x" * 40, "ben@corp.example"])
def test_what_is_no_login_names_nobody(typed: str) -> None:
    """An address or a longer name is not cut down to a login that somebody else has."""
    with pytest.raises(Refused) as refused:
        bound(HANDOFF, f"ic {typed}")
    assert refused.value.key == "needs_who"


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("high", "high"),
        ("HIGH!", "high"),
        ("`1`", "high"),
        ("Sev-2", "medium"),
        ("", None),
        (".", None),
        ("hi gh", None),
    ],
)
def test_a_name_or_an_alias_of_any_case_is_understood(word: str, key: str | None) -> None:
    """With whatever punctuation people put around it."""
    assert named(word, POLICY.severities) == key
