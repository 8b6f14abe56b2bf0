"""YAML as people type it: what it reads otherwise than they meant is said in plain words, at its place."""

from __future__ import annotations

import pytest

from irp_actions.edges.yaml_file import read_yaml
from irp_actions.values.shape import Problem


def said(text: str) -> list[str]:
    """What is wrong with a text, as line, column and message."""
    return [str(fault).removeprefix("x.yml:") for fault in read_yaml(text, "x.yml").faults]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("\tzone: x\n", "1:1: a tab; YAML is indented with spaces"),
        ("people:\n\ton_call: []\n", "2:1: a tab; YAML is indented with spaces"),
        (
            "on_call: [@ana]\n",
            "1:11: nothing begins with @ in YAML; write a login without it, and other text in quotes: ana",
        ),
        ("phone: %1\n", '1:8: nothing begins with % in YAML; put it in quotes: "%1"'),
        ("a: *nowhere\n", "1:4: nothing is marked as &nowhere above; if *nowhere is text, quote it"),
        ("a: 'x\nb: 1\n", "1:4: this quotation mark is never closed"),
        ("zone:UTC\npeople: {}\n", "2:7: put a space after the colon in line 1"),
        ("rubric: bad: worse\n", "1:12: text with a colon in it needs quotes around it"),
        ("a: 1\n  b: 2\n", "2:4: this line is not indented like those it belongs to"),
        ("people:\n  on_call: []\n bots: []\n", "3:2: this line is not indented like those it belongs to"),
        ("- a\nb: 1\n", "2:1: this line is not indented like those it belongs to"),
        ("a: [1\nb: 2\n", "2:2: the bracket opened in line 1 is not closed, or a comma is missing"),
        ("a: 1\n---\nb: 2\n", "2:1: a second document begins here; the file holds only one"),
        ("a: - b\n", "1:4: a list item stands on a line of its own"),
        ("a: &x {b: *x}\n", "1:4: an alias that contains itself"),
        ("? [a]\n: b\n", "1:3: a key is a word, no list and no table"),
        ("a: 1\nb: 2\na: 3\n", "3:1: 'a' is given twice; first in line 1"),
    ],
)
def test_what_is_no_yaml_is_said_plainly(text: str, message: str) -> None:
    """Nobody has to know the YAML reader's own words."""
    assert said(text) == [message]


@pytest.mark.parametrize("text", ["a: !!int x\n", "a: !!python/object:os.system x\n", "[" * 5000, "a: ]\n"])
def test_what_else_cannot_be_read_is_a_mistake_and_no_traceback(text: str) -> None:
    """Whatever it is."""
    sheet = read_yaml(text, "x.yml")
    assert not sheet.readable
    assert len(sheet.faults) == 1


def test_a_few_lines_that_stand_for_millions_are_not_unfolded() -> None:
    """Aliases of aliases are cheap to write."""
    rows = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9))]
    sheet = read_yaml("\n".join(rows), "x.yml")
    assert [fault.message for fault in sheet.faults] == ["far too much for such a file"]
    assert sheet.data is None


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("12:30", 'YAML reads 12:30 as the number 750, counting in sixties; for text, quote it: "12:30"'),
        ("no", 'YAML reads no as false; for text, quote it: "no"'),
        ("on", 'YAML reads on as true; for text, quote it: "on"'),
        ("5550142", 'YAML reads 5550142 as a number; for text, quote it: "5550142"'),
        ("012", 'YAML reads 012 as the number 10; for text, quote it: "012"'),
        ("null", 'YAML reads null as nothing at all; for text, quote it: "null"'),
        ("", 'nothing stands here; no text is ""'),
    ],
)
def test_where_text_is_wanted_the_trap_is_explained(typed: str, message: str) -> None:
    """And how to step out of it."""
    sheet = read_yaml(f"a:\n  - {typed}\n", "x.yml")
    fault = sheet.fault(Problem(("a", 0), "expected text", wants_text=True))
    assert (fault.line, fault.message) == (2, message)


def test_where_something_else_is_wanted_the_reading_is_told_beside_the_mistake() -> None:
    """A number of which nobody knows whence it came is explained; a plain one is not."""
    sheet = read_yaml("a: 12:30\nb: 30\n", "x.yml")
    assert sheet.fault(Problem(("a",), "750 is not a duration")).message == (
        "750 is not a duration; YAML reads 12:30 as the number 750, counting in sixties"
    )
    assert sheet.fault(Problem(("b",), "30 is not a duration")).message == "30 is not a duration"


def test_a_number_that_is_read_without_complaint_and_otherwise_than_meant_is_told() -> None:
    """1:30 is ninety to YAML, and 012 is ten."""
    sheet = read_yaml('a: 012\nb: 1:30\nc: 30\nd: "012"\ne: 012\n', "x.yml")
    assert [str(fault) for fault in sheet.misread({("e",)})] == [
        "x.yml:1:1: YAML reads 012 as the number 10",
        "x.yml:2:1: YAML reads 1:30 as the number 90, counting in sixties",
    ]


def test_keys_are_always_words() -> None:
    """`on:`, `1:` and dates are what they look like; values that are merged in stay where they were written."""
    assert read_yaml("2026-12-24: closed\nday: 2026-02-30\n", "x.yml").data == {
        "2026-12-24": "closed",
        "day": "2026-02-30",
    }
    sheet = read_yaml("on: 1\n1: two\nbase: &base {x: 010}\nmore: {<<: *base, y: 2}\n", "x.yml")
    assert sheet.data == {"on": 1, "1": "two", "base": {"x": 8}, "more": {"x": 8, "y": 2}}
    assert [fault.line for fault in sheet.misread(set())] == [3]
    assert sheet.place(("more", "y", "deeper")) == (4, 19)
    assert sheet.place(("nowhere",)) == (1, 1)
