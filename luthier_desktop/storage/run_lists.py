"""The lists of runs that the index gives: pages, counts, numbers and entries."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from abc import ABC, abstractmethod
from array import array
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, TypeVar

from luthier_desktop.domain.run import RunEntry, RunPage, RunQuery
from luthier_desktop.storage import index_query
from luthier_desktop.storage.index_schema import NO_RUN_EVENTS, NO_RUNS, ORDERS, IndexDamaged
from luthier_desktop.storage.index_sets import all_of, read_set
from luthier_desktop.storage.index_step import next_after
from luthier_desktop.storage.index_values import OccurringValues, occurring
from luthier_desktop.storage.ledger import StoredFile

Result = TypeVar("Result")
Key = TypeVar("Key", str, int)

ENTRY_COLUMNS = (
    "run_id, created_at_utc, event_type, mode, tool_id, status, risk_level, score, warnings, "
    "source, operator, seq, damaged, design_id, design_name, design_sha256, material_ids, tags, "
    "hidden"
)
_ENTRY_NAMES = tuple(ENTRY_COLUMNS.split(", "))
_TEXTS = ("run_id", "created_at_utc", "event_type", "mode", "status", "risk_level", "operator")
_MOST_VALUES = 5000


class Listing(NamedTuple):
    """What a query matches: the numbers in its order, and the same as a set, a bit a run."""

    numbers: array[int]
    chosen: int


class RunLists(ABC):
    """What can be asked of the index about runs."""

    @abstractmethod
    def ask(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        """Do *work* with the index, which may have to be built anew for it."""

    def find(self, query: RunQuery) -> RunPage:
        """Return one page of the log."""
        return self._reading(lambda connection: _page(connection, query))

    def count(self, query: RunQuery) -> int:
        """Count what *query* matches on all pages."""
        return self._reading(lambda connection: index_query.count(connection, query))

    def numbers(self, query: RunQuery) -> array[int]:
        """Return the numbers of all that *query* matches, in its order: 8 bytes a run."""
        return self._reading(lambda connection: index_query.numbers(connection, query))

    def chosen(self, query: RunQuery) -> int:
        """Return the set of all that *query* matches, each run as one bit."""
        return self._reading(lambda connection: index_query.chosen(connection, query))

    def listing(self, query: RunQuery) -> Listing:
        """Return all that *query* matches, as a list in its order and as a set."""

        def work(connection: sqlite3.Connection) -> Listing:
            runs = index_query.chosen(connection, query)
            return Listing(index_query.in_order(connection, query, runs), runs)

        return self._reading(work)

    def next_after(self, query: RunQuery, seq: int | None, step: int) -> int | None:
        """Return what *query* matches next behind *seq* in its order, or before it by *step* -1.

        Without *seq* the first of the list answers, or the last; None when there is no more.
        """
        return self._reading(lambda connection: next_after(connection, query, seq, step))

    def numbers_of(self, event_type: str) -> list[int]:
        """Return the numbers of all runs of one type, newest first, hidden ones included.

        Events of operators and of verifying are found by their names, though they are no runs.
        """
        kind = NO_RUNS if event_type.startswith(NO_RUN_EVENTS) else ORDERS["event"]

        def work(connection: sqlite3.Connection) -> list[int]:
            return list(all_of(read_set(connection, kind, event_type)))

        return self._reading(work)

    def ids(self, query: RunQuery) -> list[str]:
        """Return the ids of all that *query* matches, in its order."""

        def work(connection: sqlite3.Connection) -> list[str]:
            found = index_query.numbers(connection, query)
            rows = _rows(connection, "seq, run_id", "seq", found)
            ids = {row[0]: row[1] for row in rows}
            return [ids[seq] for seq in found if seq in ids]

        return self._reading(work)

    def entries(self, run_ids: Sequence[str]) -> list[RunEntry]:
        """Return the entries of *run_ids* in their order; unknown ids are left out."""
        return self._reading(lambda connection: _entries(connection, "run_id", run_ids))

    def entries_at(self, seqs: Sequence[int]) -> list[RunEntry]:
        """Return the entries of the runs with the numbers *seqs* in their order, as `entries`."""
        return self._reading(lambda connection: _entries(connection, "seq", seqs))

    def occurring(self, name: str, most: int) -> OccurringValues:
        """Return the values of the filter *name* that occur, with the counts of their runs."""
        return self._reading(lambda connection: occurring(connection, name, most))

    def files(self, logical_paths: Sequence[str]) -> dict[str, StoredFile]:
        """Return what the ledger says of files, by their paths; unknown ones are left out."""

        def work(connection: sqlite3.Connection) -> dict[str, StoredFile]:
            rows = _named_files(connection, logical_paths)
            return {row[0]: StoredFile(*row) for row in rows}

        return self._reading(work)

    def file(self, logical_path: str) -> StoredFile | None:
        """Return what the ledger says of a file; None when no event names it."""

        def work(connection: sqlite3.Connection) -> StoredFile | None:
            statement = "SELECT path, sha256, bytes FROM files WHERE path = ?"
            row = connection.execute(statement, (logical_path,)).fetchone()
            if row and not (isinstance(row[0], str) and isinstance(row[1], str)):
                raise IndexDamaged("the entry of a file cannot be read")
            return StoredFile(*row) if row else None

        return self.ask(work)

    def _reading(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        """Let all that *work* reads be of one moment, whatever others write meanwhile."""

        def transaction(connection: sqlite3.Connection) -> Result:
            connection.execute("BEGIN")
            try:
                return work(connection)
            finally:
                with contextlib.suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")

        return self.ask(transaction)


def _page(connection: sqlite3.Connection, query: RunQuery) -> RunPage:
    places = index_query.page(connection, query, query.limit + 1)
    shown = places[: query.limit]
    has_more = len(places) > query.limit
    entries = _entries(connection, "seq", [seq for _, seq in shown])
    if len(entries) != len(shown):
        raise IndexDamaged("a set of runs names one that is not there")
    cursor = index_query.write_cursor(query, shown[-1]) if has_more else None
    return RunPage(entries=tuple(entries), next_cursor=cursor, has_more=has_more)


def _entries(connection: sqlite3.Connection, column: str, keys: Sequence[Key]) -> list[RunEntry]:
    rows = _rows(connection, ENTRY_COLUMNS, column, keys)
    at = _ENTRY_NAMES.index(column)
    found = {row[at]: _entry(row) for row in rows}
    return [found[key] for key in keys if key in found]


def _rows(
    connection: sqlite3.Connection, columns: str, column: str, keys: Sequence[Key]
) -> Iterable[tuple[Any, ...]]:
    for at in range(0, len(keys), _MOST_VALUES):
        yield from connection.execute(
            f"SELECT {columns} FROM runs WHERE {column} IN (SELECT value FROM json_each(?))",
            (json.dumps(list(keys[at : at + _MOST_VALUES])),),
        )


def _named_files(
    connection: sqlite3.Connection, paths: Sequence[str]
) -> Iterable[tuple[Any, ...]]:
    for at in range(0, len(paths), _MOST_VALUES):
        yield from connection.execute(
            "SELECT path, sha256, bytes FROM files WHERE path IN (SELECT value FROM json_each(?))",
            (json.dumps(list(paths[at : at + _MOST_VALUES])),),
        )


def _entry(row: Sequence[Any]) -> RunEntry:
    members = dict(zip(_ENTRY_NAMES, row, strict=True))
    members["damaged"] = bool(members["damaged"])
    mark = members["hidden"]
    if not isinstance(mark, int):
        raise IndexDamaged(f"row {members['seq']} holds no number where it must")
    members |= {"hidden": mark > 0, "purged": mark < 0, "hidden_by": abs(mark) or None}
    try:
        members["material_ids"] = tuple(json.loads(members["material_ids"]))
        members["tags"] = tuple(json.loads(members["tags"]))
    except (ValueError, TypeError) as error:
        raise IndexDamaged(f"row {members['seq']} cannot be read") from error
    if not all(isinstance(members[name], str) for name in _TEXTS):
        raise IndexDamaged(f"row {members['seq']} holds no text where it must")
    return RunEntry.model_construct(**members)
