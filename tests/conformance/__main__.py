"""Judges what an embedded GitHub wrote down: `IRP_TRAFFIC=FILE irp drill`, then `python -m tests.conformance FILE`."""

import sys
from collections import Counter
from pathlib import Path

from tests.conformance.traffic import judged, read


def main(path: Path) -> int:
    """Print each fault once, and how much was judged; 1 if there was any."""
    counted: Counter[str] = Counter()
    found: dict[str, None] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        kind, faults = judged(read(line))
        counted[kind or "not described by GitHub"] += 1
        found.update(dict.fromkeys(map(str, faults)))
    print(*found, sep="\n", end="\n" if found else "")
    print(", ".join(f"{count:,} {kind}" for kind, count in sorted(counted.items())), f"{len(found)} faults", sep="; ")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
