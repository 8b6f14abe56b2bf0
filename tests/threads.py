"""Generated threads: the same ones every time, in shares that workers can take one each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.doings import WRITER, Doing
from tests.model import Model


def tried(
    share: int, examples: int, threads: st.SearchStrategy[Sequence[Doing]], holds: Callable[[Sequence[Doing]], None]
) -> int:
    """Try a property on the threads of one share.

    Args:
        share: names the share; another number gives other threads.
        examples: how many threads.
        threads: what may happen.
        holds: asserts the property for one thread.

    Returns:
        How many were tried.
    """
    count = 0

    @seed(share)
    @settings(
        max_examples=examples,
        deadline=None,  # a slow machine is no fault
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(threads)
    def each(doings: Sequence[Doing]) -> None:
        nonlocal count
        count += 1
        holds(doings)

    each()
    return count


def begun() -> Model:
    """An issue that somebody opened, with a label of somebody else's, and a writer beside the roster."""
    model = Model(writers=frozenset({WRITER}))
    model.open(labels=("irp", "customer"))
    return model


def played(doings: Sequence[Doing]) -> Model:
    """An issue to which all of this was done."""
    model = begun()
    for doing in doings:
        doing(model)
    return model


def decided_when(doings: Sequence[Doing], run: Callable[[Model, int], object]) -> dict[str, object]:
    """What is decided of doings half a minute apart, with runs in between as given, and one at the end.

    Args:
        doings: what is done.
        run: what the program does after each of them, by its place.

    Returns:
        The state that must not depend on the runs: status, severity, roles, and the verdicts of each doing.
    """
    model = begun()
    sources: list[str] = []
    for place, doing in enumerate(doings):
        model.wait(0.5)
        known = _sources(model)
        doing(model)
        sources += [source for source in _sources(model) if source not in known]
        run(model, place)
    model.weather = []
    model.run()
    incident, entries = model.incident, model.entries
    return {
        "status": incident.status,
        "severity": incident.severity,
        "contained": bool(incident.contained),
        "roles": {role: held.login for role, held in incident.roles.items()},
        "verdicts": [
            [(e.call, e.verdict, sorted(e.args.items())) for e in entries if e.source == source and e.call != "word"]
            for source in sources
        ],
        "answered": sorted(key for key in set(model.said_keys) if key.startswith("handoff")),
    }


def _sources(model: Model) -> list[str]:
    return [comment.id for comment in model.issue.comments] + [deed.id for deed in model.issue.deeds]
