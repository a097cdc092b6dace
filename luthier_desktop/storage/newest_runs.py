"""The list while its index is being made anew: the newest events, read from the ledger itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import TypeVar

from luthier_desktop.domain.errors import StorageFailed
from luthier_desktop.storage.index_build import apply
from luthier_desktop.storage.index_schema import in_memory
from luthier_desktop.storage.ledger import FIRST_PREV, Ledger
from luthier_desktop.storage.run_index import RunIndex
from luthier_desktop.storage.run_lists import RunLists

Result = TypeVar("Result")
NEWEST_EVENTS = 2_000
"""So many are read from the ledger in some 0.3 s."""


class NewestRuns(RunLists):
    """Asks the index, and while it is being made anew a small one of the newest events alone.

    Every filter and order works on both alike; `RunIndex.stale` says that the answer is partial.
    """

    def __init__(self, index: RunIndex, ledger: Ledger) -> None:
        self._index = index
        self._ledger = ledger
        self._newest: sqlite3.Connection | None = None
        self._seen = 0

    def ask(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        """Do *work* with the index, or with what is known of the newest runs."""
        try:
            answer = self._index.ask(work)
        except StorageFailed as told:
            if not self._index.is_building:
                raise
            self._index.stale = told.sentence
            return work(self._follow())
        self.close()
        return answer

    def close(self) -> None:
        """Forget the newest events."""
        if self._newest is not None:
            self._newest.close()
            self._newest = None

    def _follow(self) -> sqlite3.Connection:
        last = self._ledger.last_seq()
        if self._newest is None:
            self._newest = in_memory()
            self._seen = max(0, last - NEWEST_EVENTS)
        if last > self._seen:
            apply(self._newest, self._ledger, self._seen + 1, FIRST_PREV)
            self._seen = last
        return self._newest
