"""The list of snapshots, with what events made of it: tags, baseline, deleted or restored."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.snapshot import (
    SnapshotEntry,
    SnapshotOrder,
    SnapshotPage,
    SnapshotQuery,
)
from luthier_desktop.storage.index_schema import IndexDamaged
from luthier_desktop.storage.run_row import folded

_NAMES = (
    *("seq", "snapshot_id", "run_id", "created_at_utc", "name", "description", "notes", "tags"),
    *("parent_snapshot_id", "design_id", "design_sha256", "risk_level", "deleted"),
)
_COLUMNS = ", ".join(f"snapshots.{name}" for name in _NAMES)
_SELECT = f"SELECT {_COLUMNS} FROM snapshots"
_SELECT_SCORED = (
    f"SELECT {_COLUMNS}, runs.score "
    "FROM snapshots LEFT JOIN runs ON runs.run_id = snapshots.run_id"
)
_SEQ, _NAME, _TAGS, _RISK = (_NAMES.index(name) for name in ("seq", "name", "tags", "risk_level"))
_ID = _NAMES.index("snapshot_id")
_TEXTS = tuple(map(_NAMES.index, ("snapshot_id", "name", "description", "notes")))
_ALL_TEXTS = (*_TEXTS, _TAGS, _RISK)
_GRAVEST_FIRST = {"RED": 0, "UNKNOWN": 1, "YELLOW": 2, "GREEN": 3}
_MOST_VALUES = 5000
_Row = tuple[Any, ...]
_Key = tuple[str | int, int]


def find_snapshots(connection: sqlite3.Connection, query: SnapshotQuery) -> SnapshotPage:
    """Return the page of snapshots that *query* asks for."""
    found: list[_Row] = []
    for row in _matching(connection, query, _after(connection, query)):
        found.append(row)
        if len(found) > query.limit:
            break
    shown = found[: query.limit]
    has_more = len(found) > query.limit
    cursor = _cursor(query.sort, shown[-1][_SEQ]) if has_more else None
    items = tuple(snapshot_entries(connection, [row[_ID] for row in shown]))
    return SnapshotPage(items=items, next_cursor=cursor, has_more=has_more)


def snapshot_ids(connection: sqlite3.Connection, query: SnapshotQuery) -> list[str]:
    """Return the ids of all snapshots that *query* asks for, in its order, on all pages."""
    return [row[_ID] for row in _matching(connection, query, None)]


def snapshot_entries(
    connection: sqlite3.Connection, snapshot_ids: Sequence[str]
) -> list[SnapshotEntry]:
    """Return the entries of snapshots in the order of their ids; unknown ones are left out."""
    rows: list[_Row] = []
    for at in range(0, len(snapshot_ids), _MOST_VALUES):
        asked = json.dumps(list(snapshot_ids[at : at + _MOST_VALUES]))
        chosen = f"{_SELECT_SCORED} WHERE snapshot_id IN (SELECT value FROM json_each(?))"
        rows += connection.execute(chosen, (asked,)).fetchall()
    found = {entry.snapshot_id: entry for entry in _entries(connection, rows)}
    return [found[each] for each in snapshot_ids if each in found]


def snapshot_entry(connection: sqlite3.Connection, snapshot_id: str) -> SnapshotEntry | None:
    """Return one snapshot's entry; None when no event tells of it."""
    found = snapshot_entries(connection, [snapshot_id])
    return found[0] if found else None


def baseline_id(connection: sqlite3.Connection) -> str | None:
    """Return the id of the baseline, if there is one."""
    row = connection.execute("SELECT value FROM meta WHERE key = 'baseline'").fetchone()
    return str(row[0]) if row else None


def tags_in_use(connection: sqlite3.Connection) -> list[str]:
    """Return each tag of the listed snapshots once, the most used first."""
    counts: dict[str, int] = {}
    spelled: dict[str, str] = {}
    for (tags,) in connection.execute("SELECT tags FROM snapshots WHERE deleted = 0 ORDER BY seq"):
        for tag in json.loads(tags):
            key = folded(tag)
            spelled.setdefault(key, tag)
            counts[key] = counts.get(key, 0) + 1
    return [spelled[key] for key in sorted(counts, key=lambda key: (-counts[key], key))]


def lineage(connection: sqlite3.Connection, snapshot_id: str) -> tuple[list[str], list[str]]:
    """Return the snapshots that parents join with this one, and the others of its design.

    Both newest first, deleted ones among them; the first list holds the snapshot itself.
    """
    rows = connection.execute(
        "SELECT snapshot_id, parent_snapshot_id, design_id FROM snapshots ORDER BY seq DESC"
    ).fetchall()
    joined = _joined(snapshot_id, {row[0]: row[1] for row in rows})
    designs = {row[2] for row in rows if row[0] == snapshot_id and row[2] is not None}
    line = [row[0] for row in rows if row[0] in joined]
    return line, [row[0] for row in rows if row[2] in designs and row[0] not in joined]


def _joined(start: str, parents: dict[str, str | None]) -> set[str]:
    children: dict[str, list[str]] = {}
    for child, parent in parents.items():
        if parent is not None:
            children.setdefault(parent, []).append(child)
    joined, waiting = set(), [start]
    while waiting:
        one = waiting.pop()
        if one in parents and one not in joined:
            joined.add(one)
            parent = parents[one]
            waiting += [*children.get(one, ()), *([parent] if parent else [])]
    return joined


def _matching(
    connection: sqlite3.Connection, query: SnapshotQuery, after: _Key | None
) -> Iterator[_Row]:
    wanted = {folded(tag) for tag in query.tag}
    words = folded(query.text or "").split()
    for row in _in_order(connection, query):
        is_beyond = after is None or _key(query.sort, row) > after
        if is_beyond and _matches(row, wanted, words):
            yield row


def _in_order(connection: sqlite3.Connection, query: SnapshotQuery) -> Iterable[_Row]:
    way = "ASC" if query.sort == "oldest" else "DESC"
    chosen = f"{_SELECT} WHERE snapshots.deleted = ? ORDER BY snapshots.seq {way}"
    rows = map(_sound, connection.execute(chosen, (query.deleted,)))
    if query.sort in ("newest", "oldest"):
        return rows
    return sorted(rows, key=lambda row: _key(query.sort, row))


def _sound(row: _Row) -> _Row:
    """Return *row* when its values can be ours."""
    texts = (row[at] for at in _ALL_TEXTS)
    if isinstance(row[_SEQ], int) and all(isinstance(text, str) for text in texts):
        return row
    raise IndexDamaged("the row of a snapshot cannot be read")


def _tags_of(row: _Row) -> list[str]:
    try:
        return [str(tag) for tag in json.loads(row[_TAGS])]
    except (ValueError, TypeError) as error:
        raise IndexDamaged("the tags of a snapshot cannot be read") from error


def _key(sort: SnapshotOrder, row: _Row) -> _Key:
    """Return where a snapshot stands; what is alike comes newest first."""
    if sort == "oldest":
        return 0, row[_SEQ]
    if sort == "name":
        return folded(row[_NAME]), -row[_SEQ]
    if sort == "verdict":
        return _GRAVEST_FIRST.get(row[_RISK], _GRAVEST_FIRST["UNKNOWN"]), -row[_SEQ]
    return 0, -row[_SEQ]


def _matches(row: _Row, tags: set[str], words: list[str]) -> bool:
    if not tags and not words:
        return True
    own = _tags_of(row)
    if tags and tags.isdisjoint(folded(tag) for tag in own):
        return False
    text = folded("\n".join([*(row[at] for at in _TEXTS), *own]))
    return all(word in text for word in words)


def _cursor(sort: SnapshotOrder, seq: int) -> str:
    return str(seq) if sort == "newest" else f"{sort}-{seq}"


def _after(connection: sqlite3.Connection, query: SnapshotQuery) -> _Key | None:
    """Return where the page before ended: what it was sorted by never changes."""
    if query.cursor is None:
        return None
    order, _, seq = query.cursor.rpartition("-")
    if seq.isascii() and seq.isdigit() and len(seq) <= 16 and (order or "newest") == query.sort:
        if query.sort in ("newest", "oldest"):
            return 0, int(seq) if query.sort == "oldest" else -int(seq)
        chosen = f"{_SELECT} WHERE snapshots.seq = ?"
        row = connection.execute(chosen, (int(seq),)).fetchone()
        if row is not None:
            return _key(query.sort, row)
    raise InputRefused(
        "cursor: this is not the next_cursor of a page; begin at the first page without one.",
        "cursor",
    )


def _entries(connection: sqlite3.Connection, rows: Sequence[_Row]) -> Iterator[SnapshotEntry]:
    if not rows:
        return
    baseline = baseline_id(connection)
    versions = _Versions(connection)
    for row in map(_sound, rows):
        members = dict(zip((*_NAMES, "score"), row, strict=True))
        snapshot_id = members["snapshot_id"]
        members["tags"] = tuple(_tags_of(row))
        members["deleted"] = bool(members["deleted"])
        members["baseline"] = snapshot_id == baseline
        members["version"] = versions.of(snapshot_id)
        yield SnapshotEntry.model_construct(**members)


class _Versions:
    """Counts how many snapshots each one was made from, one after the other."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        found = connection.execute("SELECT snapshot_id, parent_snapshot_id FROM snapshots")
        self._parents: dict[str, str | None] = dict(found.fetchall())
        self._known: dict[str, int] = {}

    def of(self, snapshot_id: str) -> int:
        """Return the version of a snapshot, from 1 on."""
        line: list[str] = []
        one: str | None = snapshot_id
        while one in self._parents and one not in self._known and one not in line:
            line.append(one)
            one = self._parents[one]
        before = self._known.get(one, 0) if one is not None else 0
        for each in reversed(line):
            before += 1
            self._known[each] = before
        return self._known[snapshot_id]
