"""Fixtures for tests that go through HTTP, the shipping workflow files and real processes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.town import Town, town


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Town]:
    """A fresh repository."""
    with town(tmp_path) as made:
        yield made
