"""Writes the golden first reply of the present format; only for a new format, never to make a test pass.

python -m tests.golden.make_record > tests/golden/record-v2.md
"""

from __future__ import annotations

import sys

from tests.model import Model, opened


def conversation() -> Model:
    """One incident with every kind of entry."""
    model = opened(writers=frozenset({"wes"}))
    model.wait(12)
    model.run()
    model.told("ben", "on it")
    model.told("wes", "/confirm high the key was used from abroad")
    comment = model.say("cat", "/timeline 03:05 first odd login")
    model.run()
    model.told("rae", "/close")
    model.told("ben", "/sitrep password: hunter2hunter2")
    model.told("ben", "/handoff ic @cat night shift <failover> is open")
    model.told("cat", "/accept\n/sitrep ok")
    model.told("cat", "/contained 10 min ago")
    model.wait(1)
    model.edit(comment, "/timeline 03:06 first odd login", by="wes")
    model.label("severity: medium", by="wes")
    model.run()
    model.told("ana", "/take co")
    model.told("cat", "/handoff co @wes", after=30)
    model.told("ana", "/handoff co @wes")
    return model


if __name__ == "__main__":
    sys.stdout.write(conversation().head.body)
