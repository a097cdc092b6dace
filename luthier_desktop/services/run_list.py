"""The list of runs as a table works with it: numbers and sets, however many runs there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from luthier_desktop.domain.run import RunEntry, RunQuery
from luthier_desktop.storage.run_lists import Listing
from luthier_desktop.storage.store import Store

__all__ = ["Listing", "LogEnd", "RunList"]


class LogEnd(NamedTuple):
    """How far the log came: its last number, and the folder that holds it; None without a log."""

    number: int
    folder: Path | None


class RunList:
    """Answers in sets and numbers, so that a million runs cost 8 MB and no more."""

    def __init__(self, store: Callable[[], Store], records: Callable[[], Store | None]) -> None:
        self._store = store
        self._records = records

    def listing(self, query: RunQuery) -> Listing:
        """Return all runs that *query* matches: their numbers in its order, and as a set."""
        return self._followed().lists.listing(query)

    def chosen(self, query: RunQuery) -> int:
        """Return the set of all runs that *query* matches, the run of number n as bit n."""
        return self._followed().lists.chosen(query)

    def next_after(self, query: RunQuery, seq: int | None, step: int) -> int | None:
        """Return the number of the next run that *query* matches, behind *seq* in its order.

        *step* -1 looks the other way; None when there is no further one.
        """
        return self._followed().lists.next_after(query, seq, step)

    def entries_at(self, seqs: Sequence[int]) -> tuple[RunEntry, ...]:
        """Return the entries of the runs with these numbers in their order; no others."""
        return self._store().entries_at(seqs)

    def number_of(self, run_id: str) -> int | None:
        """Return the number of a run; None when there is no such run."""
        found = self._followed().lists.entries([run_id])
        return found[0].seq if found else None

    def is_partial(self) -> bool:
        """Tell whether the list holds the newest runs alone, its index being made anew."""
        return self._store().index.is_building

    def end(self) -> LogEnd:
        """Say how far the log came, also by what other programs recorded; makes no store.

        Raises:
            StorageFailed: The ledger cannot be read.
        """
        store = self._records()
        if store is None:
            return LogEnd(0, None)
        last = store.ledger.last_seq()
        return LogEnd(last, store.layout.event_path(last).parent if last else None)

    def _followed(self) -> Store:
        store = self._store()
        store.catch_up()
        return store
