"""The index: a disposable SQLite file that follows the ledger and answers what the log asks."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from luthier_desktop.domain.errors import StorageFailed
from luthier_desktop.domain.run import RunEntry, RunPage, RunQuery
from luthier_desktop.domain.snapshot import SnapshotEntry, SnapshotPage, SnapshotQuery
from luthier_desktop.storage import index_query, index_schema, index_writer
from luthier_desktop.storage.ledger import FIRST_PREV, Ledger, ReadEvent, StoredFile
from luthier_desktop.storage.retry import retry_while
from luthier_desktop.storage.snapshot_index import find_snapshots, snapshot_entry

Result = TypeVar("Result")
_ENTRY_COLUMNS = (
    "r.run_id, r.created_at_utc, r.event_type, r.mode, r.tool_id, r.status, r.risk_level, "
    "r.score, r.warnings, r.source, r.operator, r.seq, r.damaged, r.design_id, r.design_name, "
    "r.design_sha256, r.material_ids, r.tags, r.hidden"
)
_ENTRY_NAMES = tuple(column.strip().removeprefix("r.") for column in _ENTRY_COLUMNS.split(","))
_TEXTS = ("run_id", "created_at_utc", "event_type", "mode", "status", "risk_level", "operator")
_MOST_VALUES = 500
_DUMPED = {
    "meta": "*",
    "runs": _ENTRY_COLUMNS.replace("r.damaged, ", "").replace("r.", "")
    + ", score_key, risk_key, latest_so_far, earliest_from_here",
    "facets": "*",
    "searched": "*",
    "files": "*",
    "snapshots": "*",
}


class RunIndex:
    """Follows the ledger; every answer comes from SQLite and no file of a run is read."""

    def __init__(self, path: Path, ledger: Ledger) -> None:
        self.path = path
        self._ledger = ledger
        self._connection: sqlite3.Connection | None = None
        self.stale = ""

    def close(self) -> None:
        """Close the file; the next question opens it again."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def catch_up(self) -> None:
        """Apply the events that the index has not seen; in doubt, build it anew.

        A failure is kept in `stale` as a sentence and undoes nothing.
        """
        try:
            self._with_index(self._follow)
            self.stale = ""
        except (sqlite3.Error, StorageFailed) as error:
            self.stale = f"The list may miss the newest entries: the index failed ({error})."

    def rebuild(self) -> None:
        """Build the index anew from the ledger, in one transaction.

        Raises:
            StorageFailed: The index could not be written.
        """
        self._guarded(lambda connection: self._in_transaction(connection, self._build))
        self.stale = ""

    def find(self, query: RunQuery) -> RunPage:
        """Return one page of the log."""
        return self._guarded(lambda connection: _page(connection, query))

    def count(self, query: RunQuery) -> int:
        """Count what *query* matches on all pages."""
        return self._guarded(lambda connection: index_query.count(connection, query))

    def ids(self, query: RunQuery) -> list[str]:
        """Return the ids of all that *query* matches, in its order."""

        def work(connection: sqlite3.Connection) -> list[str]:
            chosen = index_query.select(connection, query)
            statement = chosen.sql("r.run_id", index_query.order(query, chosen.seq))
            return [row[0] for row in connection.execute(statement, chosen.values)]

        return self._guarded(work)

    def entries(self, run_ids: Sequence[str]) -> list[RunEntry]:
        """Return the entries of *run_ids* in their order; unknown ids are left out."""

        def work(connection: sqlite3.Connection) -> list[RunEntry]:
            found: dict[str, RunEntry] = {}
            for at in range(0, len(run_ids), _MOST_VALUES):
                part = run_ids[at : at + _MOST_VALUES]
                marks = ", ".join("?" * len(part))
                rows = connection.execute(
                    f"SELECT {_ENTRY_COLUMNS} FROM runs r WHERE r.run_id IN ({marks})", part
                )
                found |= {row[0]: _entry(row) for row in rows}
            return [found[run_id] for run_id in run_ids if run_id in found]

        return self._guarded(work)

    def numbers_of(self, event_type: str) -> list[int]:
        """Return the numbers of all runs of one type, newest first, hidden ones included."""

        def work(connection: sqlite3.Connection) -> list[int]:
            statement = "SELECT seq FROM runs WHERE event_type = ? ORDER BY seq DESC"
            return [row[0] for row in connection.execute(statement, (event_type,))]

        return self._guarded(work)

    def snapshots(self, query: SnapshotQuery) -> SnapshotPage:
        """Return one page of snapshots, newest first."""
        return self._guarded(lambda connection: find_snapshots(connection, query))

    def snapshot(self, snapshot_id: str) -> SnapshotEntry | None:
        """Return one snapshot's entry, also when it is deleted."""
        return self._guarded(lambda connection: snapshot_entry(connection, snapshot_id))

    def file(self, logical_path: str) -> StoredFile | None:
        """Return what the ledger says of a file; None when no event names it."""

        def work(connection: sqlite3.Connection) -> StoredFile | None:
            statement = "SELECT path, sha256, bytes FROM files WHERE path = ?"
            row = connection.execute(statement, (logical_path,)).fetchone()
            if row and not (isinstance(row[0], str) and isinstance(row[1], str)):
                raise index_schema.IndexDamaged("the entry of a file cannot be read")
            return StoredFile(*row) if row else None

        return self._guarded(work)

    def file_paths(self) -> set[str]:
        """Return the logical paths of all files that events name."""
        statement = "SELECT path FROM files"
        return self._guarded(lambda connection: {row[0] for row in connection.execute(statement)})

    def mark_damaged(self, run_id: str, damaged: bool) -> None:
        """Note in the list whether a run's file was found damaged."""
        self._guarded(lambda connection: index_writer.mark(connection, run_id, damaged))

    def position(self) -> tuple[int, int, str]:
        """Return how many runs are listed, and the last event's number and hash."""

        def work(connection: sqlite3.Connection) -> tuple[int, int, str]:
            runs = connection.execute("SELECT count(*) FROM runs").fetchone()[0]
            return int(runs), *_position(connection)

        return self._guarded(work)

    def dump(self) -> dict[str, list[tuple[Any, ...]]]:
        """Return every row but the marks of damage, and what SQLite's own check finds."""

        def work(connection: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
            found = {table: connection.execute(f"SELECT {columns} FROM {table}").fetchall()
                     for table, columns in _DUMPED.items()}
            found["integrity"] = connection.execute("PRAGMA integrity_check(1)").fetchall()
            return {table: sorted(rows, key=repr) for table, rows in found.items()}

        return self._guarded(work)

    def _guarded(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        try:
            return self._with_index(work)
        except sqlite3.Error as error:
            raise StorageFailed(
                f"The index {self.path} cannot be read ({error}). The runs themselves are safe; "
                "try again, or rebuild the index."
            ) from error

    def _with_index(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        """Do *work*; a bad index file is set aside, built anew and asked once more."""
        try:
            return retry_while(index_schema.is_busy, lambda: work(self._open()))
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            if not index_schema.is_corrupt(error):
                raise
        self.close()
        index_schema.set_aside(self.path)
        self._follow(self._open())
        return work(self._open())

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = index_schema.connect(self.path)
        return self._connection

    def _follow(self, connection: sqlite3.Connection) -> None:
        if _position(connection) == (self._ledger.last_seq(), self._ledger.last_sha256()):
            return
        self._in_transaction(connection, self._apply_missing)

    def _apply_missing(self, connection: sqlite3.Connection) -> None:
        seq, sha256 = _position(connection)
        known = self._ledger.read(seq) if seq else None
        found = known.sha256 if known else FIRST_PREV
        if found != sha256 or seq > self._ledger.last_seq():
            self._build(connection)
        else:
            self._apply(connection, seq + 1, sha256)

    def _build(self, connection: sqlite3.Connection) -> None:
        index_schema.make_tables(connection)
        self._apply(connection, 1, FIRST_PREV)

    def _apply(self, connection: sqlite3.Connection, first: int, sha256: str) -> None:
        last = self._ledger.last_seq()
        event: ReadEvent | None
        for event in self._ledger.events(first, last):
            if event is not None:
                index_writer.apply_event(connection, event)
                sha256 = event.sha256
        place = [(last, "last_seq"), (sha256, "last_sha256")]
        connection.executemany("UPDATE meta SET value = ? WHERE key = ?", place)

    @staticmethod
    def _in_transaction(
        connection: sqlite3.Connection, work: Callable[[sqlite3.Connection], None]
    ) -> None:
        connection.execute("BEGIN IMMEDIATE")
        try:
            work(connection)
            connection.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
            raise


def _position(connection: sqlite3.Connection) -> tuple[int, str]:
    found = dict(connection.execute("SELECT key, value FROM meta").fetchall())
    try:
        return int(found["last_seq"]), str(found["last_sha256"])
    except (KeyError, ValueError, TypeError) as error:
        raise index_schema.IndexDamaged("it does not know how far it came") from error


def _page(connection: sqlite3.Connection, query: RunQuery) -> RunPage:
    chosen = index_query.select(connection, query, page=True)
    index_query.add_cursor(chosen, query)
    tail = f"{index_query.order(query, chosen.seq)} LIMIT {query.limit + 1}"
    columns = f"{_ENTRY_COLUMNS}, {index_query.sort_column(query)}"
    rows = connection.execute(chosen.sql(columns, tail), chosen.values).fetchall()
    shown = rows[: query.limit]
    has_more = len(rows) > query.limit
    entries = tuple(_entry(row) for row in shown)
    cursor = (
        index_query.write_cursor(query, shown[-1][-1], entries[-1].seq) if has_more else None
    )
    return RunPage(entries=entries, next_cursor=cursor, has_more=has_more)


def _entry(row: Sequence[Any]) -> RunEntry:
    members = dict(zip(_ENTRY_NAMES, row, strict=False))
    members["damaged"] = bool(members["damaged"])
    mark = members["hidden"]
    if not isinstance(mark, int):
        raise index_schema.IndexDamaged(f"row {members['seq']} holds no number where it must")
    members |= {"hidden": mark > 0, "purged": mark < 0, "hidden_by": abs(mark) or None}
    try:
        members["material_ids"] = tuple(json.loads(members["material_ids"]))
        members["tags"] = tuple(json.loads(members["tags"]))
    except (ValueError, TypeError) as error:
        raise index_schema.IndexDamaged(f"row {members['seq']} cannot be read") from error
    if not all(isinstance(members[name], str) for name in _TEXTS):
        raise index_schema.IndexDamaged(f"row {members['seq']} holds no text where it must")
    return RunEntry.model_construct(**members)
