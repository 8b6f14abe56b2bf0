"""Takes each entry out of the program, and looks whether a test that cites its rule misses it.

The tests are collected once. Each trial is a fork of that run: it takes one entry out, runs the tests that cite the
entry's rules until every claim of the entry has failed somewhere, and ends. A test misses an entry when the test
itself fails. An exception inside the program is a crash, and so is a program that does not come to an end: they show
that something broke, not that a rule is held.
"""

from __future__ import annotations

import functools
import gc
import inspect
import multiprocessing
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from pathlib import Path
from traceback import walk_tb
from typing import cast

import pytest
from _pytest.runner import runtestprotocol

from tools.rules.citations import cited, followers
from tools.rules.entries import AUTHORITY, Claim, Entry

WHERE = ("tests/rules", "tests/values", "tests/edges")
"""Whose tests are asked: those that take milliseconds. Whole runs and drills are not."""

LIMIT = 20.0
"""Seconds of the processor that one test may take, beyond what any needs: without one entry a program may run away."""

PATIENCE = 120.0
"""Seconds after which a trial that only waits is ended."""

PASSED, MISSED, CRASHED = "passed", "missed", "crashed"


class RanAway(BaseException):
    """The program did not come to an end; no handler of ordinary errors may take it for one."""


_FORK = multiprocessing.get_context("fork")


@dataclass(frozen=True, slots=True)
class Witness:
    """A collected test, and the rules it cites in its docstring or in the names of its parameters."""

    item: pytest.Function
    rules: frozenset[str]
    text: str
    """Its source: those that say an entry's name are asked first."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A test that missed the entry, and the rule it holds thereby."""

    rule: str
    test: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of one trial: what proves each claim, which tests were asked, and under which the program broke."""

    held: dict[Claim, Proof] = field(default_factory=dict)
    asked: tuple[str, ...] = ()
    crashed: tuple[str, ...] = ()
    stuck: bool = False


@dataclass(frozen=True, slots=True)
class Trial:
    """An entry and what was found."""

    entry: Entry
    finding: Finding

    @property
    def unheld(self) -> tuple[Claim, ...]:
        """The claims that no test holds."""
        return tuple(claim for claim in self.entry.claims if claim not in self.finding.held)

    @property
    def killed(self) -> bool:
        """Whether the entry is missed for everything that it claims."""
        return bool(self.entry.claims) and not self.unheld


class Court:
    """A pytest plugin that holds trials instead of running the tests it collected."""

    def __init__(self, entries: Sequence[Entry], root: Path, workers: int) -> None:
        """Nothing is tried yet.

        Args:
            entries: what is taken out, one at a time.
            root: the repository's folder.
            workers: how many trials are held at once.
        """
        self.entries = entries
        self.root = root
        self.workers = workers
        self.trials: tuple[Trial, ...] = ()
        self.broken: tuple[str, ...] = ()
        """Witnesses that fail though nothing was taken out: what they say is worth nothing."""
        self._raised: BaseException | None = None

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Hold every trial, then see whether the witnesses pass when nothing is taken out."""
        if session.testsfailed:
            return False  # pytest says which module could not be collected
        signal.signal(signal.SIGPROF, _end)
        witnesses = tuple(self._witnesses(session.items))
        gc.freeze()  # what is here already is shared by all forks for as long as nobody touches it
        self.trials = tuple(self._held(witnesses))
        named = {proof.test for trial in self.trials for proof in trial.finding.held.values()}
        self.broken = tuple(
            witness.item.nodeid
            for witness in witnesses
            if witness.item.nodeid in named and self._outcome(witness.item) != PASSED
        )
        return True

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Keep what a failing test raised."""
        report = yield
        if report.failed and call.excinfo is not None:
            self._raised = call.excinfo.value
        return report

    def _witnesses(self, items: Sequence[pytest.Item]) -> Iterator[Witness]:
        """The tests that cite a rule and do not merely walk through the tables."""
        for item in items:
            if isinstance(item, pytest.Function) and item.originalname not in followers(item.path):
                text = f"{item.name}\n{inspect.getsource(item.function)}"
                rules = frozenset(cited(f"{item.name}\n{item.function.__doc__ or ''}"))
                if rules:
                    yield Witness(item, rules, text)

    def _held(self, witnesses: Sequence[Witness]) -> Iterator[Trial]:
        """Every trial, some at a time, in the order of the entries."""
        waiting = deque(enumerate(self.entries))
        running: dict[Connection, tuple[int, ForkProcess, float]] = {}
        found: dict[int, Finding] = {}
        while waiting or running:
            while waiting and len(running) < self.workers:
                place, entry = waiting.popleft()
                ours, theirs = _FORK.Pipe(duplex=False)
                process = _FORK.Process(target=self._try, args=(entry, _in_order(entry, witnesses), theirs))
                process.start()
                theirs.close()
                running[ours] = (place, process, time.monotonic() + PATIENCE)
            ready = wait(list(running), timeout=1.0)
            for ours, (place, process, until) in list(running.items()):
                if ours in ready:
                    found[place] = _received(ours)
                elif time.monotonic() > until:
                    found[place] = Finding(stuck=True)
                    process.kill()
                if place in found:
                    process.join()
                    del running[ours]
        return (Trial(entry, found[place]) for place, entry in enumerate(self.entries))

    def _try(self, entry: Entry, witnesses: Sequence[Witness], answer: Connection) -> None:
        """One trial, in a process of its own."""
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        entry.take_out()
        _forget()
        held: dict[Claim, Proof] = {}
        asked, crashed = [], []
        for witness in witnesses:
            open_claims = [claim for claim in entry.claims if claim not in held and claim & witness.rules]
            if not open_claims:
                continue
            asked.append(witness.item.nodeid)
            outcome = self._outcome(witness.item)
            if outcome == MISSED:
                held |= {claim: Proof(min(claim & witness.rules), witness.item.nodeid) for claim in open_claims}
            elif outcome == CRASHED:
                crashed.append(witness.item.nodeid)
        answer.send(Finding(held, tuple(asked), tuple(crashed)))

    def _outcome(self, item: pytest.Function) -> str:
        """Run one test: whether it passed, failed itself, or the program broke under it."""
        self._raised = None
        signal.setitimer(signal.ITIMER_PROF, LIMIT, 1.0)
        runtestprotocol(item, log=False, nextitem=None)
        signal.setitimer(signal.ITIMER_PROF, 0)
        if self._raised is None:
            return PASSED
        if isinstance(self._raised, RanAway):
            return CRASHED
        folders = {self.root / "tests": MISSED, self.root / "irp_actions": CRASHED}
        innermost = MISSED
        for frame, _ in walk_tb(self._raised.__traceback__):
            file = Path(frame.f_code.co_filename)
            innermost = next((what for folder, what in folders.items() if file.is_relative_to(folder)), innermost)
        return innermost


def _in_order(entry: Entry, witnesses: Sequence[Witness]) -> list[Witness]:
    """Those that could miss the entry: first who says its name and cites few other rules.

    Lists with a rule in each row are of who may do what: they are asked first about that, and last about all else.
    """
    rules = frozenset(entry.rules)
    name = entry.name.split()[-1]

    def rank(witness: Witness) -> tuple[bool, bool, int]:
        listed = bool(cited(witness.item.name))
        return name not in witness.text, listed != (entry.kind == AUTHORITY), len(witness.rules)

    return sorted((witness for witness in witnesses if witness.rules & rules), key=rank)


def _end(*_: object) -> None:
    raise RanAway


def _received(ours: Connection) -> Finding:
    try:
        return cast("Finding", ours.recv())
    except EOFError:
        return Finding(crashed=("the trial itself",))


def _forget() -> None:
    """Drop what the program remembers of its tables, which it may have looked up while tests were collected."""
    for name, module in list(sys.modules.items()):
        for thing in vars(module).values() if name.startswith("irp_actions.") else ():
            if isinstance(thing, functools._lru_cache_wrapper):
                thing.cache_clear()
