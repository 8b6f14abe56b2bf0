"""What people read of a drill holds nothing hidden, no addresses, nothing that another drill shows otherwise."""

from __future__ import annotations

import pytest

from irp_actions import __version__
from irp_actions.edges.drill.doings import phrases
from irp_actions.edges.drill.readable import Reader

PAGE = "http://127.0.0.1:40963/acme/security-incidents/issues/1"
READER = Reader("http://127.0.0.1:40963", "acme/security-incidents", {3650000023: 4})


@pytest.mark.parametrize(
    ("held", "read"),
    [
        ("<!-- irp:note re:IC_1 -->\nHello.", "Hello."),
        ("Hello.\n\n<!-- irp:record\n{}\n-->", "Hello."),
        ("<sub>Small.</sub>", "Small."),
        ("a\r\nb", "a\nb"),
        ("one\n\n\n\ntwo", "one\n\ntwo"),
        ("@\u200bben is not called", "@ben is not called"),
        (f"see [→]({PAGE}#issuecomment-3650000023)", "see (4)"),
        (f"see [#1]({PAGE})", "see #1"),
        ("http://127.0.0.1:40963/acme", "https://github.com/acme"),
        ("ending in `c9dab6d26cbdad86`", "ending in `(hash)`"),
        ("the key ending 4417 and 202603021200", "the key ending 4417 and 202603021200"),
        (f"by irp-actions {__version__}.", "by irp-actions (version)."),
    ],
)
def test_text_is_read_as_its_page_shows_it(held: str, read: str) -> None:
    """Each kind of thing that is left out, shortened or masked, and what is not."""
    assert read == READER.read(held)


def test_doings_of_one_kind_are_told_together() -> None:
    """One verb for many labels, in the order in which they were set, each once; unknown events say nothing."""
    events = [
        {"event": "labeled", "label": {"name": "irp"}},
        {"event": "subscribed"},
        {"event": "unlabeled", "label": {"name": "bug"}},
        {"event": "labeled", "label": {"name": "drill"}},
        {"event": "labeled", "label": {"name": "irp"}},
        {"event": "closed", "state_reason": "not_planned"},
        {"event": "reopened"},
    ]
    assert phrases(events) == "sets `irp`, `drill`; removes `bug`; closes it as not planned; opens it again"


def test_a_doing_that_no_reader_would_miss_is_not_told() -> None:
    """Nothing is better than an empty line."""
    assert phrases([{"event": "mentioned"}]) == ""
