"""The list of snapshots, with what events made of it: tags, baseline, deleted or restored."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.snapshot import SnapshotEntry, SnapshotPage, SnapshotQuery
from luthier_desktop.storage.run_row import folded

_COLUMNS = (
    "seq, snapshot_id, run_id, created_at_utc, name, description, notes, tags, "
    "parent_snapshot_id, design_id, design_sha256, risk_level, deleted"
)
_NAMES = tuple(name.strip() for name in _COLUMNS.split(","))


def find_snapshots(connection: sqlite3.Connection, query: SnapshotQuery) -> SnapshotPage:
    """Return the page of snapshots that *query* asks for."""
    before = _before(query.cursor)
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM snapshots WHERE deleted = ? AND seq < ? ORDER BY seq DESC",
        (query.deleted, before),
    )
    baseline = _baseline(connection)
    wanted = {folded(tag) for tag in query.tag}
    words = folded(query.text or "").split()
    found: list[SnapshotEntry] = []
    for row in rows:
        entry = _entry(row, baseline)
        if _matches(entry, wanted, words):
            found.append(entry)
        if len(found) > query.limit:
            break
    shown = tuple(found[: query.limit])
    has_more = len(found) > query.limit
    cursor = str(shown[-1].seq) if has_more else None
    return SnapshotPage(items=shown, next_cursor=cursor, has_more=has_more)


def snapshot_entry(connection: sqlite3.Connection, snapshot_id: str) -> SnapshotEntry | None:
    """Return one snapshot's entry; None when no event tells of it."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM snapshots WHERE snapshot_id = ?", (snapshot_id,)
    ).fetchone()
    return _entry(row, _baseline(connection)) if row else None


def _matches(entry: SnapshotEntry, tags: set[str], words: list[str]) -> bool:
    if tags and tags.isdisjoint(folded(tag) for tag in entry.tags):
        return False
    if not words:
        return True
    texts = (entry.snapshot_id, entry.name, entry.description, entry.notes, *entry.tags)
    text = folded("\n".join(texts))
    return all(word in text for word in words)


def _before(cursor: str | None) -> int:
    if cursor is None:
        return 2**62
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) <= 16):
        raise InputRefused(
            "cursor: this is not the next_cursor of a page; begin at the first page without one.",
            "cursor",
        )
    return int(cursor)


def _baseline(connection: sqlite3.Connection) -> str | None:
    row = connection.execute("SELECT value FROM meta WHERE key = 'baseline'").fetchone()
    return row[0] if row else None


def _entry(row: tuple[Any, ...], baseline: str | None) -> SnapshotEntry:
    members = dict(zip(_NAMES, row, strict=True))
    members["tags"] = tuple(json.loads(members["tags"]))
    members["deleted"] = bool(members["deleted"])
    members["baseline"] = members["snapshot_id"] == baseline
    return SnapshotEntry.model_construct(**members)
