"""What the table asks of the list of runs; always called on the worker."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from luthier_desktop.domain.run import RunEntry, RunQuery
from luthier_desktop.ui.run_log.run_order import RunOrder
from luthier_desktop.ui.run_log.run_pages import PAGE_ROWS

_MOST_NEW = 10_000


class Found(Protocol):
    """What a query matches."""

    @property
    def numbers(self) -> array[int]:
        """The numbers in the order of the query."""

    @property
    def chosen(self) -> int:
        """The same as a set, a bit a run."""


class End(Protocol):
    """How far the log came."""

    @property
    def number(self) -> int:
        """The number of its last event."""

    @property
    def folder(self) -> Path | None:
        """The folder of that event."""


class ListCalls(Protocol):
    """The part of the studio's list of runs that is used here."""

    def listing(self, query: RunQuery) -> Found:
        """Return all runs that fit."""

    def chosen(self, query: RunQuery) -> int:
        """Return the set of all runs that fit."""

    def next_after(self, query: RunQuery, seq: int | None, step: int) -> int | None:
        """Return the number of the next run that fits."""

    def entries_at(self, seqs: Sequence[int]) -> Sequence[RunEntry]:
        """Return the entries of the runs with these numbers."""

    def number_of(self, run_id: str) -> int | None:
        """Return the number of a run."""

    def is_partial(self) -> bool:
        """Tell whether only the newest runs are known for now."""

    def end(self) -> End:
        """Say how far the log came."""


class Listed(NamedTuple):
    """The list as it is now, and the entries of its first rows.

    Of a *partial* list the older runs are still to come.
    """

    order: RunOrder
    entries: Sequence[RunEntry]
    is_partial: bool


def every(calls: ListCalls, query: RunQuery) -> Listed:
    """List every run that is known for now."""
    found = calls.listing(query)
    order = RunOrder(
        found.numbers, found.chosen, by_number=query.sort == "seq", falls=not query.reverse
    )
    first = calls.entries_at(order.seqs[:PAGE_ROWS])
    return Listed(order, first, calls.is_partial())


def newer(calls: ListCalls, query: RunQuery, known: RunOrder) -> Listed:
    """List the runs again; where nothing but new ones came, *known* grows by these."""
    is_alike = query.sort == "seq" and known.by_number and known.falls != query.reverse
    if not is_alike or calls.is_partial():
        return every(calls, query)
    chosen = calls.chosen(query)
    if chosen == known.chosen:
        return Listed(known, (), calls.is_partial())
    added = chosen & ~known.chosen
    above = (added & -added).bit_length() > known.chosen.bit_length()
    if known.chosen & ~chosen or not above or added.bit_count() > _MOST_NEW:
        return every(calls, query)
    ordered = _rising(chosen, known.chosen.bit_length())
    if not query.reverse:
        ordered.reverse()
    entries = calls.entries_at(ordered[:PAGE_ROWS])
    return Listed(known.grown(chosen, ordered), entries, calls.is_partial())


def _rising(chosen: int, first: int) -> list[int]:
    """Return the numbers of a set from *first* on."""
    beyond = chosen >> first
    return [first + at for at in range(beyond.bit_length()) if beyond >> at & 1]
