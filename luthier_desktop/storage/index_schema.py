"""The SQLite file of the index: its tables, its settings and how a bad one is set aside."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path

from filelock import FileLock, Timeout

SCHEMA_VERSION = 5
_BUSY_TIMEOUT_MS = 400  # a few of them, for whoever is told "busy" tries again
LOCK_WAIT_S = 10.0

_CORRUPT = frozenset(
    {
        *(sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB),
        # A row that should not be there yet, or a value that no column of ours takes.
        *(sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISMATCH),
    }
)

RUNS = 0
FACETS = {
    "mode": 1,
    "tool": 2,
    "risk": 3,
    "status": 4,
    "source": 5,
    "event": 6,
    "operator": 7,
    "material": 8,
    "design": 9,
    "tag": 10,
}
ORDERS = {"status": 11, "risk": 12, "event": 13, "operator": 14}
HIDDEN = 15
REGRESSED = 16
REGRESSED_DAYS = 17
NO_RUNS = 18
NO_RUN_EVENTS = ("operator.", "verify.")
DAY = len("2026-01-22")
"""The kinds of sets of runs, as they stand in ``sets``.

`RUNS` holds all of them, `FACETS` those of each value of a filter, folded, and `ORDERS` those of
each value of an order, as it is. `HIDDEN` are the hidden and purged ones, and of `REGRESSED` the
clock stood behind that of an earlier run; `REGRESSED_DAYS` holds these by their day. `NO_RUNS`
holds no runs, but the events of operators and of verifying by their name.
"""

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE runs (
    seq INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL UNIQUE,
    created_at_utc TEXT NOT NULL,
    event_type TEXT NOT NULL,
    mode TEXT NOT NULL,
    tool_id TEXT,
    status TEXT NOT NULL,
    risk_level TEXT NOT NULL,
    score REAL,
    warnings INTEGER NOT NULL,
    source TEXT NOT NULL,
    operator TEXT NOT NULL,
    design_id TEXT,
    design_name TEXT,
    design_sha256 TEXT,
    material_ids TEXT NOT NULL,
    tags TEXT NOT NULL,
    damaged INTEGER NOT NULL DEFAULT 0,
    hidden INTEGER NOT NULL DEFAULT 0,
    score_key REAL NOT NULL,
    latest_so_far TEXT NOT NULL
);
CREATE TABLE sets (
    kind INTEGER NOT NULL, value TEXT NOT NULL, part INTEGER NOT NULL, seqs BLOB NOT NULL,
    PRIMARY KEY (kind, value, part)
) WITHOUT ROWID;
CREATE TABLE searched (seq INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE VIRTUAL TABLE texts USING fts5 (
    text, content='searched', content_rowid='seq', tokenize='trigram case_sensitive 1'
);
CREATE TABLE files (
    path TEXT PRIMARY KEY, sha256 TEXT NOT NULL, bytes INTEGER NOT NULL, seq INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE snapshots (
    snapshot_id TEXT PRIMARY KEY,
    seq INTEGER NOT NULL,
    run_id TEXT NOT NULL,
    created_at_utc TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    notes TEXT NOT NULL,
    tags TEXT NOT NULL,
    parent_snapshot_id TEXT,
    design_id TEXT,
    design_sha256 TEXT,
    risk_level TEXT NOT NULL,
    deleted INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
"""

_ORDERS = """
CREATE INDEX runs_score ON runs (score_key, seq);
CREATE INDEX runs_regressed ON runs (created_at_utc, seq) WHERE created_at_utc < latest_so_far;
CREATE INDEX snapshots_seq ON snapshots (seq);
"""


class IndexDamaged(sqlite3.DatabaseError):
    """The index is a sound database whose content cannot be ours."""


class IndexReplaced(sqlite3.OperationalError):
    """Another index stands in the place of the one that is open."""


def identity(path: Path) -> tuple[int, int] | None:
    """Return which file stands at *path*; None when there is none or that is not known."""
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if found.st_ino else None


def connect(path: Path) -> sqlite3.Connection:
    """Open the index at *path*, made new when there is none; in memory when it cannot be made.

    Raises:
        sqlite3.DatabaseError: The file is no sound index; see `set_aside`.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return _open(str(path))
    except OSError:
        return in_memory()
    except sqlite3.OperationalError as error:
        if is_busy(error):
            raise
        return in_memory()


def in_memory() -> sqlite3.Connection:
    """Make an index that is gone with the program."""
    return _open(":memory:")


def _open(where: str) -> sqlite3.Connection:
    # One thread at a time uses it, yet not always the one that opened it.
    connection = sqlite3.connect(where, isolation_level=None, check_same_thread=False)
    try:
        _set_up(connection)
        prepare(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _set_up(connection: sqlite3.Connection) -> None:
    for setting in (
        f"busy_timeout={_BUSY_TIMEOUT_MS}",
        "journal_mode=DELETE",
        "synchronous=NORMAL",
        "mmap_size=0",
        "trusted_schema=OFF",
        "cell_size_check=ON",
    ):
        connection.execute(f"PRAGMA {setting}")


def bare(path: Path) -> sqlite3.Connection:
    """Open a file as it is, to hold it still; it waits as long as any statement."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"PRAGMA busy_timeout={_BUSY_TIMEOUT_MS}")
    return connection


def prepare(connection: sqlite3.Connection) -> None:
    """Make the tables where they are missing or of another version."""
    if _version(connection) == SCHEMA_VERSION:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        if _version(connection) != SCHEMA_VERSION:
            make_tables(connection)
        connection.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def make_tables(connection: sqlite3.Connection, *, sorted_later: bool = False) -> None:
    """Empty the index inside the running transaction: drop every table and make them anew.

    Filling many rows is faster when `sort` follows only then.
    """
    tables = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name = 'texts' DESC"
    for (name,) in connection.execute(tables).fetchall():
        if not name.startswith(("sqlite_", "texts_")):
            connection.execute(f'DROP TABLE "{name}"')
    _execute(connection, _TABLES)
    if not sorted_later:
        sort(connection)
    connection.execute("INSERT INTO meta VALUES ('last_seq', 0), ('last_sha256', ?)", ("0" * 64,))
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def sort(connection: sqlite3.Connection) -> None:
    """Make what the orders of the list need."""
    _execute(connection, _ORDERS)


def _execute(connection: sqlite3.Connection, script: str) -> None:
    for statement in script.split(";\n"):
        if statement.strip():
            connection.execute(statement)


def set_aside(path: Path) -> None:
    """Rename a bad index, kept as evidence, so that a new one can be made in its place."""
    try:
        with FileLock(path.with_name("index.lock"), timeout=LOCK_WAIT_S):
            changed_ms = path.stat().st_mtime_ns // 1_000_000
            name = f"{path.name}.corrupt-{changed_ms}-{os.getpid()}"
            path.replace(path.with_name(name))
            # A journal of the bad file must never be played back into its successor.
            with contextlib.suppress(FileNotFoundError):
                path.with_name(path.name + "-journal").replace(path.with_name(name + "-journal"))
    except (OSError, Timeout):
        return


def is_busy(error: BaseException) -> bool:
    """Tell whether another program holds the index for a moment."""
    # The low byte: SQLite tells in the others why it is busy.
    code = getattr(error, "sqlite_errorcode", None) or 0
    return code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def is_corrupt(error: Exception) -> bool:
    """Tell whether the index is to be set aside: it is no sound file, or not what we wrote."""
    if isinstance(error, IndexDamaged | UnicodeDecodeError):
        return True  # SQLite's own sentence may quote bytes of a damaged file
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return str(error).startswith("Could not decode")
    if code == sqlite3.SQLITE_ERROR:
        return "no such" in str(error)
    return code & 0xFF in _CORRUPT
