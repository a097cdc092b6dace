"""How one event changes the index: rows, filter values, search text, files and snapshots."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.storage.index_schema import FACETS, HIDDEN
from luthier_desktop.storage.ledger import CONTRADICTED, ReadEvent
from luthier_desktop.storage.run_row import RunRow, SnapshotRow, folded
from luthier_desktop.storage.withdrawal import WITHDRAWALS, mark_of

SAVES_A_SNAPSHOT = frozenset({"snapshot.saved", "snapshot.imported"})
_RISK_KEYS = {"RED": 3, "UNKNOWN": 2, "YELLOW": 1, "GREEN": 0}
_NO_SCORE = -1.0
_FACET_COLUMNS = (
    "seq, mode, tool_id, risk_level, status, source, event_type, operator, material_ids, "
    "design_id, design_name, design_sha256, hidden, tags"
)
_INSERT_RUN = f"INSERT INTO runs VALUES ({', '.join('?' * 23)})"


def apply_event(connection: sqlite3.Connection, event: ReadEvent) -> None:
    """Bring *event* into the index, inside the running transaction."""
    if event.members is not None:
        _apply(connection, event.seq, event.members)


def _apply(connection: sqlite3.Connection, seq: int, members: dict[str, Any]) -> None:
    name, row, run_id = members["event"], members["row"], members["run_id"]
    doubled = _add_files(connection, seq, members["files"])
    if name in WITHDRAWALS:
        _withdraw(connection, run_id, mark_of(name, seq))
    elif name == "snapshot.tagged":
        _tag(connection, row or {})
    elif name == "baseline.set":
        _set_baseline(connection, row or {})
    elif run_id is not None and row is not None:
        _apply_run(connection, seq, row, doubled)


def _add_files(connection: sqlite3.Connection, seq: int, files: list[dict[str, Any]]) -> bool:
    """Add the files that an event names; tell whether one is known with other bytes."""
    doubled = False
    for file in files:
        known = connection.execute("SELECT sha256 FROM files WHERE path = ?", (file["path"],))
        found = known.fetchone()
        if found is None:
            connection.execute(
                "INSERT INTO files VALUES (?, ?, ?, ?)",
                (file["path"], file["sha256"], file["bytes"], seq),
            )
        elif found[0] != file["sha256"]:
            # No bytes can be right for both events: from now on none are.
            connection.execute(
                "UPDATE files SET sha256 = ? WHERE path = ?", (CONTRADICTED, file["path"])
            )
            doubled = True
    return doubled


def _apply_run(
    connection: sqlite3.Connection, seq: int, plain: dict[str, Any], doubled: bool
) -> None:
    try:
        row = RunRow.read(plain, f"the row of event {seq}")
    except InputRefused:
        return
    if connection.execute("SELECT 1 FROM runs WHERE run_id = ?", (row.run_id,)).fetchone():
        if doubled:
            mark(connection, row.run_id, True)
        return
    _insert(connection, seq, row)
    if row.snapshot is not None:
        _apply_snapshot(connection, seq, row, row.snapshot)


def _insert(connection: sqlite3.Connection, seq: int, row: RunRow) -> None:
    created = row.created_at_utc
    newest = connection.execute("SELECT max(latest_so_far) FROM runs").fetchone()[0]
    # Numbers are the order; times may jump back. The two bounds keep time filters exact and fast.
    connection.execute(
        "UPDATE runs SET earliest_from_here = ? WHERE earliest_from_here > ?", (created, created)
    )
    connection.execute(
        _INSERT_RUN,
        (
            *(seq, row.run_id, created, row.event_type, row.mode, row.tool_id, row.status),
            *(row.risk_level, row.score, row.warnings, row.source, row.operator),
            *(row.design_id, row.design_name, row.design_sha256),
            *(_list(row.material_ids), _list(row.tags), 0, 0),
            _NO_SCORE if row.score is None else row.score,
            _RISK_KEYS.get(row.risk_level, _RISK_KEYS["UNKNOWN"]),
            max(created, newest or ""),
            created,
        ),
    )
    _add_facets(connection, seq)
    connection.execute("INSERT INTO searched VALUES (?, ?)", (seq, row.search))
    connection.execute("INSERT INTO texts (rowid, text) VALUES (?, ?)", (seq, row.search))


def _add_facets(connection: sqlite3.Connection, seq: int) -> None:
    found = connection.execute(f"SELECT {_FACET_COLUMNS} FROM runs WHERE seq = ?", (seq,))
    (_, mode, tool, risk, status, source, event, operator, materials, *rest) = found.fetchone()
    *design, hidden, tags = rest
    sign = -1 if hidden else 1
    values = {
        "mode": [mode],
        "tool": [tool],
        "risk": [risk],
        "status": [status],
        "source": [source],
        "event": [event],
        "operator": [operator],
        "material": json.loads(materials),
        "design": design,
        "tag": json.loads(tags),
    }
    connection.executemany(
        "INSERT OR IGNORE INTO facets VALUES (?, ?, ?)",
        [
            (sign * FACETS[kind], folded(value), seq)
            for kind, found_values in values.items()
            for value in found_values
            if value is not None
        ],
    )
    if hidden:
        connection.execute("INSERT INTO facets VALUES (?, '', ?)", (HIDDEN, seq))


def _remove_facets(connection: sqlite3.Connection, seq: int) -> None:
    found = connection.execute(f"SELECT {_FACET_COLUMNS} FROM runs WHERE seq = ?", (seq,))
    *columns, hidden, tags = found.fetchone()[1:]
    plain = [value for value in columns if value is not None]
    lists = [*json.loads(columns[7]), *json.loads(tags)]
    sign = -1 if hidden else 1
    connection.executemany(
        "DELETE FROM facets WHERE kind = ? AND value = ? AND seq = ?",
        [(sign * kind, folded(value), seq) for kind in FACETS.values() for value in plain + lists],
    )
    if hidden:
        connection.execute("DELETE FROM facets WHERE kind = ? AND seq = ?", (HIDDEN, seq))


def _withdraw(connection: sqlite3.Connection, run_id: str | None, mark: int) -> None:
    """Hide, show or purge a run; a purge is final."""
    asked = connection.execute("SELECT seq, hidden FROM runs WHERE run_id = ?", (run_id,))
    found = asked.fetchone()
    if found is None or found[1] < 0:
        return
    _remove_facets(connection, found[0])
    connection.execute("UPDATE runs SET hidden = ? WHERE seq = ?", (mark, found[0]))
    _add_facets(connection, found[0])


def mark(connection: sqlite3.Connection, run_id: str, damaged: bool) -> None:
    """Note whether a run's file is damaged."""
    connection.execute(
        "UPDATE runs SET damaged = ? WHERE run_id = ? AND damaged != ?", (damaged, run_id, damaged)
    )


def _apply_snapshot(
    connection: sqlite3.Connection, seq: int, row: RunRow, snapshot: SnapshotRow
) -> None:
    if row.event_type in SAVES_A_SNAPSHOT:
        connection.execute(
            f"INSERT OR IGNORE INTO snapshots VALUES ({', '.join('?' * 13)})",
            (
                *(snapshot.snapshot_id, seq, row.run_id, row.created_at_utc, snapshot.name),
                *(snapshot.description, snapshot.notes, _list(snapshot.tags)),
                *(snapshot.parent_snapshot_id, row.design_id, row.design_sha256),
                *(row.risk_level, 0),
            ),
        )
    elif row.event_type in ("snapshot.deleted", "snapshot.restored"):
        connection.execute(
            "UPDATE snapshots SET deleted = ? WHERE snapshot_id = ?",
            (row.event_type == "snapshot.deleted", snapshot.snapshot_id),
        )


def _tag(connection: sqlite3.Connection, row: dict[str, Any]) -> None:
    tags = row.get("tags")
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        return
    snapshot_id = str(row.get("snapshot_id"))
    connection.execute(
        "UPDATE snapshots SET tags = ? WHERE snapshot_id = ?", (_list(tags), snapshot_id)
    )
    saved = connection.execute(
        "SELECT runs.seq FROM runs JOIN snapshots ON snapshots.run_id = runs.run_id "
        "WHERE snapshot_id = ?",
        (snapshot_id,),
    )
    for (seq,) in saved.fetchall():
        _remove_facets(connection, seq)
        connection.execute("UPDATE runs SET tags = ? WHERE seq = ?", (_list(tags), seq))
        _add_facets(connection, seq)


def _set_baseline(connection: sqlite3.Connection, row: dict[str, Any]) -> None:
    value = row.get("snapshot_id")
    connection.execute("DELETE FROM meta WHERE key = 'baseline'")
    if isinstance(value, str):
        connection.execute("INSERT INTO meta VALUES ('baseline', ?)", (value,))


def _list(values: Any) -> str:
    return json.dumps(list(values), ensure_ascii=False)
