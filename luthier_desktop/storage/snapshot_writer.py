"""How events change the list of snapshots: saved, tagged, deleted, restored, made the baseline.

What an event says counts in the order of the ledger, so that a rebuild finds the same whoever
wrote at the same time: tags are added and removed one by one, the baseline is the one set last,
and what was deleted is none.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import Any

from luthier_desktop.storage.run_row import RunRow, SnapshotRow, folded

BASELINE_SET = "baseline.set"
SAVES_A_SNAPSHOT = frozenset({"snapshot.saved", "snapshot.imported", "legacy.imported"})
_REMOVALS = {"snapshot.deleted": True, "snapshot.restored": False}
_ENCODE = json.JSONEncoder(ensure_ascii=False).encode


def apply_snapshot(
    connection: sqlite3.Connection, seq: int, row: RunRow, snapshot: SnapshotRow
) -> None:
    """Bring a run that saved, deleted or restored a snapshot into the list."""
    if row.event_type in SAVES_A_SNAPSHOT:
        connection.execute(
            f"INSERT OR IGNORE INTO snapshots VALUES ({', '.join('?' * 13)})",
            (
                *(snapshot.snapshot_id, seq, row.run_id, row.created_at_utc, snapshot.name),
                *(snapshot.description, snapshot.notes, as_list(snapshot.tags)),
                *(snapshot.parent_snapshot_id, row.design_id, row.design_sha256),
                *(row.risk_level, 0),
            ),
        )
    elif row.event_type in _REMOVALS:
        deleted = _REMOVALS[row.event_type]
        connection.execute(
            "UPDATE snapshots SET deleted = ? WHERE snapshot_id = ?",
            (deleted, snapshot.snapshot_id),
        )
        if deleted:
            connection.execute(
                "DELETE FROM meta WHERE key = 'baseline' AND value = ?", (snapshot.snapshot_id,)
            )


def set_baseline(connection: sqlite3.Connection, snapshot_id: Any) -> None:
    """Make a snapshot the only baseline; None leaves the store without one.

    A snapshot that is not listed by then cannot be it: the event changes nothing.
    """
    if snapshot_id is None:
        connection.execute("DELETE FROM meta WHERE key = 'baseline'")
    elif isinstance(snapshot_id, str):
        connection.execute(
            "REPLACE INTO meta SELECT 'baseline', snapshot_id FROM snapshots "
            "WHERE snapshot_id = ? AND deleted = 0",
            (snapshot_id,),
        )


def change_tags(connection: sqlite3.Connection, row: dict[str, Any]) -> list[str] | None:
    """Change the tags of a snapshot as an event says, and return them all; None for no change.

    ``tags`` replaces them; ``remove`` and ``add`` change those that there are by then.
    """
    snapshot_id = str(row.get("snapshot_id"))
    found = connection.execute(
        "SELECT tags FROM snapshots WHERE snapshot_id = ?", (snapshot_id,)
    ).fetchone()
    added, removed = _texts(row.get("add", [])), _texts(row.get("remove", []))
    whole = _texts(row["tags"]) if "tags" in row else None
    if found is None or added is None or removed is None or ("tags" in row and whole is None):
        return None
    tags = changed_tags(json.loads(found[0]) if whole is None else whole, added, removed)
    connection.execute(
        "UPDATE snapshots SET tags = ? WHERE snapshot_id = ?", (as_list(tags), snapshot_id)
    )
    return tags


def changed_tags(tags: Iterable[str], add: Iterable[str], remove: Iterable[str]) -> list[str]:
    """Return *tags* without those of *remove* and with those of *add*, in any letter case."""
    gone = {folded(tag) for tag in remove}
    kept = {folded(tag): tag for tag in tags if folded(tag) not in gone}
    for tag in add:
        kept.setdefault(folded(tag), tag)
    return list(kept.values())


def as_list(values: Iterable[str]) -> str:
    """Return texts as they stand in a column that holds a list."""
    return _ENCODE(list(values))


def _texts(found: Any) -> list[str] | None:
    is_list = isinstance(found, list) and all(isinstance(text, str) for text in found)
    return found if is_list else None
