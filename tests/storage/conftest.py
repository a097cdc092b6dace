"""What holds for every test of storage: no store stays open, corpora are read where they are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conftest import CORPORA
from tests.storage import make

# The report's first lines say so: "corpora: not found".
collect_ignore_glob = [] if CORPORA.is_dir() else ["test_*_corpus.py"]


@pytest.fixture(autouse=True)
def _stores_are_closed() -> Iterator[None]:
    """Close what the test opened, be it passed or failed."""
    with make.opened:
        yield
