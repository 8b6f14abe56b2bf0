"""The rules: the page of them is current, what is cited exists, and a trial proves what it says."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import groupby
from pathlib import Path
from types import ModuleType

import pytest

from tools.rules.book import Rule, read_book
from tools.rules.citations import cited, followers, in_program, in_tests
from tools.rules.entries import entries, tables
from tools.rules.pages import PAGE, page

ROOT = Path(__file__).resolve().parents[1]


def test_the_page_of_the_rules_is_current() -> None:
    """What docs/rules.md says is what `make rules-page` writes (UPDATE_GOLDEN=1 writes it too)."""
    wanted = page(ROOT)
    if os.environ.get("UPDATE_GOLDEN"):
        (ROOT / PAGE).write_text(wanted, encoding="utf-8")
    assert (ROOT / PAGE).read_text(encoding="utf-8") == wanted


def test_every_rule_has_a_row_and_no_number_is_left_out() -> None:
    """Ids are stable: chapters are counted from one."""
    chapters = {chapter: list(rows) for chapter, rows in groupby(read_book(ROOT).rules, key=lambda rule: rule[:2])}
    counts = {"IN": 14, "RO": 7, "HO": 8, "AS": 9, "CO": 8, "RE": 10, "CL": 9}
    assert chapters == {
        chapter: [f"{chapter}-{number}" for number in range(1, count + 1)] for chapter, count in counts.items()
    }


def test_every_row_names_its_sources_and_where_it_is_seen() -> None:
    """By the names on top of the file."""
    book = read_book(ROOT)
    for rule in book.rules.values():
        assert rule.sources.keys() <= book.sources.keys(), rule.id
        assert rule.sources, rule.id
        assert rule.shows, rule.id
        assert rule.chapter in book.chapters


def test_every_citation_is_of_a_rule_there_is() -> None:
    """In the program, in the tests, and in the tables."""
    known = read_book(ROOT).rules.keys()
    assert in_program(ROOT).keys() <= known
    assert in_tests(ROOT).keys() <= known
    assert {rule for entry in entries() for rule in entry.rules} <= known


def test_no_entry_of_the_tables_goes_without_a_rule() -> None:
    """What nothing asks for need not be there."""
    assert [entry.title for entry in entries() if not entry.claims] == []


@pytest.mark.parametrize(
    ("lacks", "carried", "held", "state"),
    [
        ("", False, False, "not yet"),
        ("a plan", False, False, "not yet"),
        ("", True, False, "partial: no test cites it"),
        ("", True, True, "works"),
        ("", False, True, "works"),
        ("a plan", True, True, "partial: without a plan"),
    ],
)
def test_whether_a_rule_works_is_computed(lacks: str, carried: bool, held: bool, state: str) -> None:
    """From the citations, and from what is known to be missing."""
    assert Rule("RE-8", "", {}, (), lacks).state(carried=carried, held=held) == state


def test_a_rule_is_cited_by_its_id_alone() -> None:
    """Once each, in the order of the text; what only looks alike is none."""
    assert cited("HO-2, then IN-7 and HO-2; not IN-123, COIN-7 or SHA-1") == ("HO-2", "IN-7")


FOLLOWING = """
from irp_actions.rules.clocks import CLOCKS as WATCHES
import irp_actions.rules.commands as c

NAMES = sorted(c.COMMANDS)

@pytest.mark.parametrize("name", NAMES)
def test_each(name): ...

def helper(): return WATCHES
def test_by_a_helper(): assert helper()

@pytest.fixture
def facts(): return c.FACTS
def test_by_a_fixture(facts): ...

def test_itself(): assert c.COMMANDS["ack"]
def test_by_its_words(): assert told("COMMANDS") == "no such command"
"""


def test_a_test_that_names_a_table_holds_no_rule(tmp_path: Path) -> None:
    """It follows the table wherever the table goes; the others of its module do not."""
    (tmp_path / "test_it.py").write_text(FOLLOWING)
    found = {name for name in followers(tmp_path / "test_it.py") if name.startswith("test_")}
    assert found == {"test_each", "test_by_a_helper", "test_by_a_fixture", "test_itself"}


def test_another_table_of_functions_is_found_by_itself() -> None:
    """A public one, in capitals; other values and private ones are none."""
    module = ModuleType("channels")

    def pager() -> None:
        """Wakes somebody (IN-7)."""

    module.__dict__.update(CHANNELS={"pager": pager}, NAMES={"a": "b"}, _OWN={"pager": pager}, COMMANDS={"x": pager})
    assert tables([module, module]) == (("CHANNELS", {"pager": pager}),)


PROGRAM = """
GREETINGS = {"hello": str.title, "bye": str.lower, "shout": str.upper, "hum": str.strip}

def greet(word, name):
    return word + (GREETINGS[word] if word == "hello" else GREETINGS.get(word, str))(name)
"""

TESTS = """
import pytest
from toy import greet

def test_of_another_rule():
    '''HO-1: says nothing of greetings.'''

def test_hello():
    '''IN-1: the program breaks before this test can miss anything.'''
    assert greet("hello", "ana") == "helloAna"

def test_bye():
    '''IN-2: fails if its entry is missing.'''
    assert greet("bye", "ANA") == "byeana"

def test_too_weak():
    '''IN-3: looks at the wrong thing.'''
    assert greet("shout", "ana")

@pytest.mark.parametrize("word", ["IN-4 hum"])
def test_hum(word):
    '''Cites its rule in its parameter.'''
    assert greet(word.split()[1], " ana ") == "humana"
"""

TRIALS = """
import sys
from functools import partial
from pathlib import Path
import pytest
from tools.rules.entries import Entry
from tools.rules.trials import Court
root = Path(sys.argv[1])
sys.path.insert(0, str(root / "irp_actions"))
from toy import GREETINGS
rules = {"hello": "IN-1", "bye": "IN-2", "shout": "IN-3", "hum": "IN-4"}
court = Court([Entry("word", w, (frozenset({r}),), partial(GREETINGS.pop, w)) for w, r in rules.items()], root, 2)
pytest.main([str(root / "tests"), "-qq", "-p", "no:cacheprovider", "--rootdir", str(root)], plugins=[court])
for trial in court.trials:
    names = [[name.split("::")[1] for name in found] for found in (trial.finding.asked, trial.finding.crashed)]
    print(trial.entry.name, trial.killed, *names)
print(len(GREETINGS), court.broken)
"""


def test_a_trial_has_a_witness_only_if_a_test_itself_fails(tmp_path: Path) -> None:
    """If the program breaks or nobody notices, nothing is proved; and no trial touches the next."""
    for path, text in (("irp_actions/toy.py", PROGRAM), ("tests/test_toy.py", TESTS)):
        (tmp_path / path).parent.mkdir()
        (tmp_path / path).write_text(text)
    found = subprocess.run(
        [sys.executable, "-c", TRIALS, str(tmp_path)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert found.stdout.strip().splitlines() == [
        "hello False ['test_hello'] ['test_hello']",
        "bye True ['test_bye'] []",
        "shout False ['test_too_weak'] []",
        "hum True ['test_hum[IN-4 hum]'] []",
        "4 ()",
    ]
