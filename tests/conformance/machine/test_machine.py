"""Whatever is done in whatever order, the embedded GitHub and the model agree.

Longer, with other seeds: `HYPOTHESIS_RUNS=500 .venv/bin/python -m pytest tests/conformance/machine/test_machine.py`.
"""

import os

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.conformance.machine.machine import Machine
from tests.conformance.table import Row, record

RUNS = int(os.environ.get("HYPOTHESIS_RUNS", "0"))
BOUNDED = settings(
    max_examples=RUNS or 40,
    stateful_step_count=30,
    derandomize=not RUNS,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def test_the_embedded_github_is_what_the_model_says() -> None:
    """In every step: the answer, what is told, and all that can be read by REST and GraphQL."""
    Machine.steps.clear()
    run_state_machine_as_test(Machine, settings=BOUNDED)
    done, refused = Machine.steps["done"], Machine.steps["refused"]
    record(
        Row("a model of issues", "doings in any order", done + refused, 0, f"{refused:,} of them were to be refused")
    )
    assert done > 100
    assert refused > 50
