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
from luthier_desktop.storage.index_build import IndexBuilding, apply, build
from luthier_desktop.storage.index_builder import IndexBuilder
from luthier_desktop.storage.index_marks import IndexMark
from luthier_desktop.storage.index_writer import mark
from luthier_desktop.storage.ledger import FIRST_PREV, Ledger
from luthier_desktop.storage.retry import retry_while
from luthier_desktop.storage.run_lists import ENTRY_COLUMNS, RunLists
from luthier_desktop.storage.snapshot_index import find_snapshots, snapshot_entry

Result = TypeVar("Result")
EVENTS_AT_ONCE = 2_000
"""An index of so many events is made at once, some 0.4 s; a longer one behind everything else."""
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
        self._builder = IndexBuilder(path, ledger)
        self._identity: tuple[int, int] | None = None
        self._is_building = False
        self.stale = ""

    def close(self, *, give_up: bool = False) -> None:
        """Close the file, behind a build that is at work or else given up.

        The next question opens it again.
        """
        self._builder.wait(end=give_up)
        self._let_go()

    def _let_go(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
            self._mark.clear()

    @property
    def is_building(self) -> bool:
        """Whether the index is being made anew, so that the list holds the newest runs alone."""
        return self._is_building

    def catch_up(self) -> None:
        """Apply the events that the index has not seen; in doubt, build it anew.

        A failure is kept in `stale` as a sentence and undoes nothing.
        """
        try:
            self._with_index(self._follow)
            self.stale = ""
        except IndexBuilding as error:
            self.stale = error.sentence
        except (sqlite3.Error, StorageFailed, OSError) as error:
            self.stale = f"The list may miss the newest entries: the index failed ({error})."

    def rebuild(self) -> None:
        """Build the index anew from the ledger; whoever reads the old one can go on meanwhile.

        Raises:
            StorageFailed: The index could not be written.
        """
        self._builder.wait(end=False)
        try:
            self._renew()
        except OSError:  # a place where no second file can stand
            self.ask(lambda connection: self._in_transaction(connection, self._build))
        except sqlite3.Error as error:
            raise self._failed(error) from error
        self.stale, self._is_building = "", False

    def _renew(self) -> None:
        self._let_go()
        build(self.path, self._ledger)

    def snapshots(self, query: SnapshotQuery) -> SnapshotPage:
        """Return one page of snapshots, newest first."""
        return self.ask(lambda connection: find_snapshots(connection, query))

    def snapshot(self, snapshot_id: str) -> SnapshotEntry | None:
        """Return one snapshot's entry, also when it is deleted."""
        return self.ask(lambda connection: snapshot_entry(connection, snapshot_id))

    def file_paths(self) -> set[str]:
        """Return the logical paths of all files that events name."""
        statement = "SELECT path FROM files"
        return self.ask(lambda connection: {row[0] for row in connection.execute(statement)})

    def mark_damaged(self, run_id: str, damaged: bool) -> None:
        """Note in the list whether a run's file was found damaged."""
        self.ask(lambda connection: mark(connection, run_id, damaged))

    def position(self) -> tuple[int, int, str]:
        """Return how many runs are listed, and the last event's number and hash."""

        def work(connection: sqlite3.Connection) -> tuple[int, int, str]:
            runs = connection.execute("SELECT count(*) FROM runs").fetchone()[0]
            return int(runs), *_position(connection)

        return self.ask(work)

    def dump(self) -> dict[str, list[tuple[Any, ...]]]:
        """Return every row but the marks of damage, and what SQLite's own check finds."""

        def work(connection: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
            found = {
                table: connection.execute(f"SELECT {columns} FROM {table}").fetchall()
                for table, columns in _DUMPED.items()
            }
            found["integrity"] = connection.execute("PRAGMA integrity_check(1)").fetchall()
            return {table: sorted(rows, key=repr) for table, rows in found.items()}

        return self.ask(work)

    def ask(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        """Do *work* with the index; a bad one is made anew for it.

        Raises:
            IndexBuilding: It is just being made anew.
            StorageFailed: It cannot be read.
        """
        try:
            if self._is_building:  # what stands in its place meanwhile knows nothing
                self._with_index(self._follow)
            return self._with_index(work)
        except (sqlite3.Error, OSError) as error:
            raise self._failed(error) from error

    def _failed(self, error: Exception) -> StorageFailed:
        return StorageFailed(
            f"The index {self.path} cannot be read ({error}). The runs themselves are safe; "
            "try again, or rebuild the index."
        )

    def _with_index(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        """Do *work*; a bad index file is set aside, built anew and asked once more."""
        self._builder.require_ended()
        try:
            return retry_while(_is_passing, lambda: work(self._open()))
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            if not index_schema.is_corrupt(error):
                if not index_schema.is_busy(error):
                    self._mark.doubt()
                raise
        self._let_go()
        index_schema.set_aside(self.path)
        self._follow(self._open())
        return work(self._open())

    def _open(self) -> sqlite3.Connection:
        was_replaced = self._connection is not None and self._is_replaced()
        if was_replaced:
            self._let_go()
        if self._connection is None:
            before = index_schema.identity(self.path)
            self._connection = index_schema.connect(self.path)
            self._identity = index_schema.identity(self.path)
            if before not in (None, self._identity):
                self._identity = before  # replaced just now: the next look opens the new one
            self._mark.require_sound(self._connection)
        if was_replaced:
            self._follow(self._connection)
        return self._connection

    def _is_replaced(self) -> bool:
        """Tell whether another index stands in the place of the one that is open."""
        found = index_schema.identity(self.path)
        return found is not None and self._identity is not None and found != self._identity

    def _follow(self, connection: sqlite3.Connection) -> None:
        seq, sha256 = _position(connection)
        if (seq, sha256) == (self._ledger.last_seq(), self._ledger.last_sha256()):
            self._is_building = False
            return
        if self._is_long(connection) and not self._continues(seq, sha256):
            if seq:
                self._let_go()
                index_schema.set_aside(self.path)
            self._is_building = True
            raise self._builder.start()
        self._in_transaction(connection, self._apply_missing)
        self._is_building = False

    def _is_long(self, connection: sqlite3.Connection) -> bool:
        """Tell whether to make the index anew takes long, and there is a place for it."""
        place = connection.execute("PRAGMA database_list").fetchone()[2]
        return bool(place) and self._ledger.last_seq() > EVENTS_AT_ONCE

    def _continues(self, seq: int, sha256: str) -> bool:
        known = self._ledger.read(seq) if seq else None
        return known is not None and known.sha256 == sha256 and seq <= self._ledger.last_seq()

    def _apply_missing(self, connection: sqlite3.Connection) -> None:
        seq, sha256 = _position(connection)
        if (seq == 0 and sha256 == FIRST_PREV) or self._continues(seq, sha256):
            apply(connection, self._ledger, seq + 1, sha256)
        else:
            self._build(connection)

    def _build(self, connection: sqlite3.Connection) -> None:
        index_schema.make_tables(connection)
        apply(connection, self._ledger, 1, FIRST_PREV)

    def _in_transaction(
        self, connection: sqlite3.Connection, work: Callable[[sqlite3.Connection], None]
    ) -> None:
        self._mark.set()
        connection.execute("BEGIN IMMEDIATE")
        try:
            if self._is_replaced():
                raise index_schema.IndexReplaced("another index took its place")
            work(connection)
            connection.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
            raise


def _is_passing(error: BaseException) -> bool:
    return index_schema.is_busy(error) or isinstance(error, index_schema.IndexReplaced)


def _position(connection: sqlite3.Connection) -> tuple[int, str]:
    found = dict(connection.execute("SELECT key, value FROM meta").fetchall())
    try:
        return int(found["last_seq"]), str(found["last_sha256"])
    except (KeyError, ValueError, TypeError) as error:
        raise index_schema.IndexDamaged("it does not know how far it came") from error
