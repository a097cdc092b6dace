"""How one event changes the index: rows, filter values, search text, files and snapshots."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.storage.index_schema import (
    DAY,
    FACETS,
    HIDDEN,
    NO_RUN_EVENTS,
    NO_RUNS,
    ORDERS,
    REGRESSED,
    REGRESSED_DAYS,
    RUNS,
)
from luthier_desktop.storage.index_sets import Key, SetWriter
from luthier_desktop.storage.ledger import CONTRADICTED, ReadEvent
from luthier_desktop.storage.run_row import RunRow, folded
from luthier_desktop.storage.snapshot_writer import (
    BASELINE_SET,
    apply_snapshot,
    as_list,
    change_tags,
    set_baseline,
)
from luthier_desktop.storage.withdrawal import WITHDRAWALS, mark_of

_RISK_KEYS = {"RED": 3, "UNKNOWN": 2, "YELLOW": 1, "GREEN": 0}
_NO_SCORE = -1.0
_INSERT_RUN = f"INSERT INTO runs VALUES ({', '.join('?' * 21)}) ON CONFLICT (run_id) DO NOTHING"
_INSERT_FILE = (
    "INSERT INTO files VALUES (?, ?, ?, ?) "
    # No bytes can be right for two events that differ: from now on none are.
    f"ON CONFLICT (path) DO UPDATE SET sha256 = '{CONTRADICTED}' WHERE sha256 != excluded.sha256"
)
_MOST_TEXTS = 1000
_folded = lru_cache(maxsize=4096)(folded)  # most values come again and again


class IndexWriter:
    """Brings events into the index, inside the running transaction; `finish` ends it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._sets = SetWriter(connection)
        self._texts: list[tuple[int, str]] = []
        last = "SELECT latest_so_far FROM runs ORDER BY seq DESC LIMIT 1"
        self._latest = str((connection.execute(last).fetchone() or ("",))[0])

    def apply(self, event: ReadEvent) -> None:
        """Bring *event* into the index."""
        if event.members is not None:
            self._apply(event.seq, event.members)

    def finish(self) -> None:
        """Write what was collected."""
        self._sets.flush()
        self._write_texts()

    def _apply(self, seq: int, members: dict[str, Any]) -> None:
        name, row, run_id = members["event"], members["row"], members["run_id"]
        for file in members["files"]:
            values = (file["path"], file["sha256"], file["bytes"], seq)
            self._connection.execute(_INSERT_FILE, values)
        if name.startswith(NO_RUN_EVENTS):
            self._sets.add([(NO_RUNS, name)], seq)
        elif name in WITHDRAWALS:
            self._withdraw(run_id, mark_of(name, seq))
        elif name == "snapshot.tagged":
            self._tag(row or {})
        elif name == BASELINE_SET:
            set_baseline(self._connection, (row or {}).get("snapshot_id"))
        elif run_id is not None and row is not None:
            self._apply_run(seq, row, members["files"])

    def _apply_run(self, seq: int, plain: dict[str, Any], files: list[dict[str, Any]]) -> None:
        try:
            row = RunRow.read(plain, f"the row of event {seq}")
        except InputRefused:
            return
        if self._insert(seq, row):
            if row.snapshot is not None:
                apply_snapshot(self._connection, seq, row, row.snapshot)
        elif any(self._is_contradicted(file["path"]) for file in files):
            mark(self._connection, row.run_id, True)

    def _is_contradicted(self, path: str) -> bool:
        asked = self._connection.execute("SELECT sha256 FROM files WHERE path = ?", (path,))
        return bool(asked.fetchone()[0] == CONTRADICTED)

    def _insert(self, seq: int, row: RunRow) -> bool:
        created, latest = row.created_at_utc, max(row.created_at_utc, self._latest)
        done = self._connection.execute(
            _INSERT_RUN,
            (
                *(seq, row.run_id, created, row.event_type, row.mode, row.tool_id, row.status),
                *(row.risk_level, row.score, row.warnings, row.source, row.operator),
                *(row.design_id, row.design_name, row.design_sha256),
                *(as_list(row.material_ids), as_list(row.tags), 0, 0),
                *(_NO_SCORE if row.score is None else row.score, latest),
            ),
        )
        if done.rowcount == 0:
            return False
        self._latest = latest
        self._sets.add(_keys(row), seq)
        if created < latest:
            self._sets.add([(REGRESSED, ""), (REGRESSED_DAYS, created[:DAY])], seq)
        self._texts.append((seq, row.search))
        if len(self._texts) >= _MOST_TEXTS:
            self._write_texts()
        return True

    def _write_texts(self) -> None:
        self._connection.executemany("INSERT INTO searched VALUES (?, ?)", self._texts)
        self._connection.executemany("INSERT INTO texts (rowid, text) VALUES (?, ?)", self._texts)
        self._texts.clear()

    def _withdraw(self, run_id: str | None, mark: int) -> None:
        """Hide, show or purge a run; a purge is final."""
        asked = self._connection.execute(
            "SELECT seq, hidden FROM runs WHERE run_id = ?", (run_id,)
        )
        found = asked.fetchone()
        if found is None or found[1] < 0:
            return
        self._connection.execute("UPDATE runs SET hidden = ? WHERE seq = ?", (mark, found[0]))
        change = self._sets.add if mark else self._sets.discard
        change([(HIDDEN, "")], found[0])

    def _tag(self, row: dict[str, Any]) -> None:
        tags = change_tags(self._connection, row)
        if tags is None:
            return
        saved = self._connection.execute(
            "SELECT runs.seq, runs.tags FROM runs JOIN snapshots "
            "ON snapshots.run_id = runs.run_id WHERE snapshot_id = ?",
            (str(row.get("snapshot_id")),),
        )
        for seq, old in saved.fetchall():
            self._sets.discard(_values("tag", json.loads(old)), seq)
            self._sets.add(_values("tag", tags), seq)
            change = "UPDATE runs SET tags = ? WHERE seq = ?"
            self._connection.execute(change, (as_list(tags), seq))


def _keys(row: RunRow) -> list[Key]:
    """Name the sets that a run belongs to."""
    risk = _RISK_KEYS.get(row.risk_level, _RISK_KEYS["UNKNOWN"])
    return [
        (RUNS, ""),
        (ORDERS["status"], row.status),
        (ORDERS["risk"], str(risk)),
        (ORDERS["event"], row.event_type),
        (ORDERS["operator"], row.operator),
        *_values("mode", [row.mode]),
        *_values("tool", [row.tool_id]),
        *_values("risk", [row.risk_level]),
        *_values("status", [row.status]),
        *_values("source", [row.source]),
        *_values("event", [row.event_type]),
        *_values("operator", [row.operator]),
        *_values("material", row.material_ids),
        *_values("design", [row.design_id, row.design_name, row.design_sha256]),
        *_values("tag", row.tags),
    ]


def _values(facet: str, values: Iterable[str | None]) -> list[Key]:
    kind = FACETS[facet]
    return [(kind, _folded(value)) for value in values if value is not None]


def mark(connection: sqlite3.Connection, run_id: str, damaged: bool) -> None:
    """Note whether a run's file is damaged."""
    connection.execute(
        "UPDATE runs SET damaged = ? WHERE run_id = ? AND damaged != ?", (damaged, run_id, damaged)
    )
