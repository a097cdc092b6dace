"""What holds for every test of storage: no store stays open."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.storage import make


@pytest.fixture(autouse=True)
def _stores_are_closed() -> Iterator[None]:
    """Close what the test opened, be it passed or failed."""
    with make.opened:
        yield
