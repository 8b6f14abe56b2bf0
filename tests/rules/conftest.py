"""Tells at the end how many generated threads the properties were tried on."""

from __future__ import annotations

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line, whatever number of workers took part."""
    passed = terminalreporter.getreports("passed")
    threads = sum(int(str(value)) for report in passed for name, value in report.user_properties if name == "threads")
    if threads:
        terminalreporter.write_line(f"properties held over {threads} generated threads")
