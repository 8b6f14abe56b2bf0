"""Every test's traffic with the embedded GitHub is held against GitHub's own descriptions."""

from collections.abc import Generator
from typing import Any

import pytest

from tests.conformance import table
from tests.conformance.table import Row
from tests.conformance.traffic import Traffic

TRAFFIC = Traffic()
_SOURCES = {
    "exchanges": ("@octokit/openapi", "requests with their answers", "what is under /_standin, which is not GitHub"),
    "events": ("@octokit/openapi, x-webhooks", "payloads of events", "schedule, which GitHub does not describe"),
    "queries": ("@octokit/graphql-schema", "GraphQL documents with their variables", ""),
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--conformance` tolerates no skipped check and prints the table."""
    parser.addoption("--conformance", action="store_true", help="miss no check of conformance, and print their table")


def pytest_configure(config: pytest.Config) -> None:
    """Listen from the start."""
    config.addinivalue_line("markers", "strays(why): the test asks on purpose for what GitHub does not describe")
    config.addinivalue_line("markers", "behaviour(kind, source, settles): where it is known from that GitHub does this")
    TRAFFIC.listen()
    config.add_cleanup(TRAFFIC.close)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, None, None]:
    """Judge what crossed, once whoever might still be talking has been stopped."""
    yield
    strays = item.get_closest_marker("strays") is not None
    before = TRAFFIC.checked.total()
    faults = TRAFFIC.judge(strays=strays)
    if strays:
        strayed = [fault for fault in faults if fault.side == "asked"]
        faults = [fault for fault in faults if fault.side != "asked"]
        # A test that was skipped asked for nothing at all.
        if not strayed and TRAFFIC.checked.total() > before:
            pytest.fail("is marked as straying from what GitHub describes, and does not", pytrace=False)
    if faults:
        pytest.fail("GitHub does not describe this:\n" + "\n".join(map(str, faults)), pytrace=False)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Sum up; a worker sends its sums to whoever prints them."""
    for kind, (source, checked, skipped) in _SOURCES.items():
        table.record(Row(source, checked, TRAFFIC.checked[kind], TRAFFIC.mismatches[kind], skipped))
    output: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["conformance"] = {"rows": table.sent(), "seconds": TRAFFIC.seconds}


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Print the table."""
    if config.getoption("--conformance"):
        terminalreporter.section("conformance")
        for line in table.lines():
            terminalreporter.write_line(line)
        terminalreporter.write_line(f"{TRAFFIC.seconds:.1f} s of judging, in all processes together")


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """A worker is done: take in its sums. There is no such hook where there are no workers."""
    sums = getattr(node, "workeroutput", {}).get("conformance")
    if sums is not None:
        table.receive(sums["rows"])
        TRAFFIC.seconds += sums["seconds"]
