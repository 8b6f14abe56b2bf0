"""schemathesis asks for whatever fits GitHub's description, and for what does not: nothing crashes or is let pass.

Longer, with other seeds: `HYPOTHESIS_RUNS=500 .venv/bin/python -m pytest tests/conformance/fuzz`.
"""

import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.conformance.checker import document
from tests.conformance.fuzz.description import described
from tests.conformance.fuzz.place import Place, place
from tests.conformance.table import Row, record
from tests.conftest import TRAFFIC

RUNS = int(os.environ.get("HYPOTHESIS_RUNS", "0"))
BOUNDED = settings(
    max_examples=RUNS or 15,
    derandomize=not RUNS,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate, Phase.shrink],
)
OPERATIONS = sorted(document("rest.json")["operations"])
# Nothing can be wrong with these: they take neither parameters nor a body.
SIMPLE = ("GET /rate_limit", "GET /user")
CHECKS = (
    *("not_a_server_error", "status_code_conformance", "content_type_conformance"),
    *("response_schema_conformance", "negative_data_rejection"),
)
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY")


@pytest.mark.parametrize("fits", [True, False], ids=["what fits", "what does not"])
def test_no_request_crashes_it_or_passes_that_should_not(fits: bool, tmp_path: Path) -> None:
    """Every operation; answers have the shape and the status that are described."""
    statuses: Counter[int] = Counter()
    with place(tmp_path) as made:
        for operation in OPERATIONS:
            if fits or operation not in SIMPLE:
                _ask(made, operation, fits, statuses)
                _judge()
    kind = "requests that fit the description" if fits else "requests that do not fit the description"
    remark = ", ".join(f"{statuses[status]:,} times {status}" for status in sorted(statuses))
    record(Row("schemathesis", kind, statuses.total(), 0, remark))
    assert min(statuses) >= 200
    assert max(statuses) < 500


def test_methods_that_are_not_supported_are_not_found(tmp_path: Path) -> None:
    """On every path, by GitHub's own words for it (`accepted.METHODS`)."""
    asked = 0
    with place(tmp_path) as made:
        paths = {operation.partition(" ")[2] for operation in OPERATIONS}
        first = {name: values[0] for name, values in made.names.items()}
        for path in sorted(paths):
            known = {operation.partition(" ")[0] for operation in OPERATIONS if operation.endswith(f" {path}")}
            known |= {"HEAD"} if "GET" in known else set()
            for method in METHODS:
                if method not in known:
                    address = f"{made.standin.api_url}{path.format(**first)}"
                    refused = made.session.request(method, address, timeout=10)
                    assert refused.status_code == 404, (method, path)
                    assert method == "HEAD" or refused.json()["status"] == "404"
                    asked += 1
        _judge()
    record(Row("schemathesis", "methods that are not described", asked))


def _ask(made: Place, operation: str, fits: bool, statuses: Counter[int]) -> None:
    import schemathesis  # noqa: PLC0415 - the fixture says when it is not there
    from schemathesis import GenerationMode  # noqa: PLC0415
    from schemathesis.checks import CHECKS as ALL  # noqa: PLC0415
    from schemathesis.checks import load_all_checks  # noqa: PLC0415

    load_all_checks()
    method, _, path = operation.partition(" ")
    schema = schemathesis.openapi.from_dict(described(made.names, tolerant=not fits))
    schema.config.update(base_url=made.standin.api_url)
    checks = ALL.get_by_names(list(CHECKS))
    mode = GenerationMode.POSITIVE if fits else GenerationMode.NEGATIVE

    @BOUNDED
    @given(data=st.data())
    def ask(data: Any) -> None:
        case = data.draw(schema[path][method].as_strategy(generation_mode=mode))
        made.restore()
        response = case.call(session=made.session)
        statuses[response.status_code] += 1
        case.validate_response(response, checks=checks)

    ask()


def _judge() -> None:
    """What was asked may be odd, what was answered may not."""
    assert [fault for fault in TRAFFIC.judge(strays=True) if fault.side != "asked"] == []
