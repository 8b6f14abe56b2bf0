"""`python -m tools.rules`: takes every entry out in turn, and fails if no test that cites its rule misses it."""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

import pytest

from tools.rules.book import read_book
from tools.rules.entries import entries
from tools.rules.pages import PAGE, page, survivors, tally, verdicts
from tools.rules.trials import WHERE, Court

ROOT = Path(__file__).resolve().parents[2]


def main(arguments: list[str] | None = None) -> int:
    """Run the command; the exit code is 1 if anything survives."""
    parser = argparse.ArgumentParser(prog="python -m tools.rules", description=__doc__)
    parser.add_argument(
        "only", nargs="*", help="rule ids, or words of an entry's name such as /ack; everything if none"
    )
    parser.add_argument("--page", action="store_true", help=f"write {PAGE} instead")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="trials at once")
    options = parser.parse_args(arguments)
    if options.page:
        (ROOT / PAGE).write_text(page(ROOT), encoding="utf-8")
        return 0
    began = time.monotonic()
    tried = [x for x in entries() if not options.only or set(options.only) & {*x.rules, *x.title.split()}]
    court = Court(tried, ROOT, options.workers)
    os.chdir(ROOT)
    collected = pytest.main(
        [*WHERE, "-qq", "-p", "no:cacheprovider", "-p", "no:xdist", "--capture=no"], plugins=[court]
    )
    if not court.trials:
        return int(collected) or 1
    print("\n".join([*verdicts(read_book(ROOT), court.trials), "", *survivors(court.trials)]))
    for name in court.broken:
        print(f"BROKEN  {name} fails though nothing was taken out")
    print(f"{tally(court.trials)}   in {time.monotonic() - began:.0f} s")
    return int(bool(court.broken) or not all(trial.killed for trial in court.trials))


if __name__ == "__main__":
    sys.exit(main())
