"""A new index, made from the ledger in a file of its own and put in place when it is whole.

Whoever reads the old one goes on reading it meanwhile. Nothing waits for the disk before the end:
what an interruption leaves of the new file is thrown away.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from luthier_desktop.domain.errors import StorageFailed
from luthier_desktop.storage import index_schema
from luthier_desktop.storage.atomic import sync_directory
from luthier_desktop.storage.index_writer import IndexWriter
from luthier_desktop.storage.ledger import FIRST_PREV, Ledger

Told = Callable[[int, int], None]
_NEW = ".new-"
_CACHE_KIB = 64 * 1024
_EVENTS_A_WORD = 500


class IndexBuilding(StorageFailed):
    """The index is just being made anew; what it alone can tell has to wait."""


class BuildEnded(Exception):
    """The build was ended from outside; nothing of it stays."""


def build(path: Path, ledger: Ledger, told: Told | None = None) -> None:
    """Make the index at *path* anew; *told* hears how many of how many events were read.

    Raises:
        IndexBuilding: Another program is doing so.
        sqlite3.Error: The new file could not be written; the old one stays.
        OSError: Likewise.
        StorageFailed: The ledger could not be read.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(path.with_name("index.building.lock"), timeout=0):
            _clear(path)
            new = path.with_name(f"{path.name}{_NEW}{os.getpid()}")
            try:
                _fill(new, ledger, told)
                _put_in_place(new, path)
            finally:
                with contextlib.suppress(OSError):
                    new.unlink(missing_ok=True)
    except Timeout as error:
        raise being_built() from error


def being_built(done: int = 0, total: int = 0) -> IndexBuilding:
    """Return what to say while the index is being made anew."""
    far = f" ({done:,} of {total:,} events)" if total else ""
    return IndexBuilding(
        f"The list is being made anew{far}; until then it holds the newest runs alone. "
        "Every run is safe; try again in a moment."
    )


def apply(
    connection: sqlite3.Connection,
    ledger: Ledger,
    first: int,
    sha256: str,
    told: Told | None = None,
) -> None:
    """Bring the events from *first* on into the index, the one before having the hash *sha256*."""
    last = ledger.last_seq()
    writer = IndexWriter(connection)
    for at, event in enumerate(ledger.events(first, last)):
        if told is not None and at % _EVENTS_A_WORD == 0:
            told(at, last)
        if event is not None:
            writer.apply(event)
            sha256 = event.sha256
    writer.finish()
    place = [(last, "last_seq"), (sha256, "last_sha256")]
    connection.executemany("UPDATE meta SET value = ? WHERE key = ?", place)


def _clear(path: Path) -> None:
    """Take away what builds left that were cut off: whoever holds the lock is the only one."""
    for left in path.parent.glob(f"{path.name}{_NEW}*"):
        with contextlib.suppress(OSError):
            left.unlink()


def _fill(new: Path, ledger: Ledger, told: Told | None) -> None:
    connection = sqlite3.connect(new, isolation_level=None)
    try:
        for setting in (
            *("journal_mode=OFF", "synchronous=OFF", "locking_mode=EXCLUSIVE"),
            *(f"cache_size=-{_CACHE_KIB}", "trusted_schema=OFF"),
        ):
            connection.execute(f"PRAGMA {setting}")
        connection.execute("BEGIN IMMEDIATE")
        index_schema.make_tables(connection, sorted_later=True)
        apply(connection, ledger, 1, FIRST_PREV, told)
        index_schema.sort(connection)
        connection.execute("COMMIT")
    finally:
        connection.close()


def _put_in_place(new: Path, path: Path) -> None:
    with new.open("rb+") as file:
        os.fsync(file.fileno())
    with (
        FileLock(path.with_name("index.lock"), timeout=index_schema.LOCK_WAIT_S),
        _nobody_writing(path),
    ):
        new.replace(path)
    sync_directory(path.parent)


@contextlib.contextmanager
def _nobody_writing(path: Path) -> Iterator[None]:
    """Keep the old index still: its journal must never be played back into its successor."""
    if os.name == "nt":  # there, an open file is not replaced: nobody has it open
        yield
        return
    old = None
    try:
        if path.is_file():
            old = index_schema.bare(path)
            old.execute("BEGIN EXCLUSIVE")
    except (sqlite3.Error, OSError) as error:
        if index_schema.is_busy(error):
            raise
        # It is no database: then it has no writers either.
        with contextlib.suppress(OSError):
            path.with_name(path.name + "-journal").unlink(missing_ok=True)
    try:
        yield
    finally:
        if old is not None:
            old.close()
