"""The index: a disposable SQLite file that follows the ledger and answers what the log asks."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from luthier_desktop.domain.errors import StorageFailed
from luthier_desktop.domain.snapshot import SnapshotEntry, SnapshotPage, SnapshotQuery
from luthier_desktop.storage import index_schema
from luthier_desktop.storage.index_marks import IndexMark
from luthier_desktop.storage.index_writer import IndexWriter, mark
from luthier_desktop.storage.ledger import FIRST_PREV, Ledger, StoredFile
from luthier_desktop.storage.retry import retry_while
from luthier_desktop.storage.run_lists import ENTRY_COLUMNS, RunLists
from luthier_desktop.storage.snapshot_index import find_snapshots, snapshot_entry

Result = TypeVar("Result")
_DUMPED = {
    "meta": "*",
    "runs": ENTRY_COLUMNS.replace("damaged, ", "") + ", score_key, latest_so_far",
    "sets": "*",
    "searched": "*",
    "files": "*",
    "snapshots": "*",
}


class RunIndex(RunLists):
    """Follows the ledger; every answer comes from SQLite and no file of a run is read."""

    def __init__(self, path: Path, ledger: Ledger) -> None:
        self.path = path
        self._ledger = ledger
        self._connection: sqlite3.Connection | None = None
        self._mark = IndexMark(path)
        self.stale = ""

    def close(self) -> None:
        """Close the file; the next question opens it again."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
            self._mark.clear()

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
        self._guarded(lambda connection: mark(connection, run_id, damaged))

    def position(self) -> tuple[int, int, str]:
        """Return how many runs are listed, and the last event's number and hash."""

        def work(connection: sqlite3.Connection) -> tuple[int, int, str]:
            runs = connection.execute("SELECT count(*) FROM runs").fetchone()[0]
            return int(runs), *_position(connection)

        return self._guarded(work)

    def dump(self) -> dict[str, list[tuple[Any, ...]]]:
        """Return every row but the marks of damage, and what SQLite's own check finds."""

        def work(connection: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
            found = {
                table: connection.execute(f"SELECT {columns} FROM {table}").fetchall()
                for table, columns in _DUMPED.items()
            }
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
                if not index_schema.is_busy(error):
                    self._mark.doubt()
                raise
        self.close()
        index_schema.set_aside(self.path)
        self._follow(self._open())
        return work(self._open())

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = index_schema.connect(self.path)
            self._mark.require_sound(self._connection)
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
        writer = IndexWriter(connection)
        for event in self._ledger.events(first, last):
            if event is not None:
                writer.apply(event)
                sha256 = event.sha256
        writer.finish()
        place = [(last, "last_seq"), (sha256, "last_sha256")]
        connection.executemany("UPDATE meta SET value = ? WHERE key = ?", place)

    def _in_transaction(
        self, connection: sqlite3.Connection, work: Callable[[sqlite3.Connection], None]
    ) -> None:
        self._mark.set()
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
