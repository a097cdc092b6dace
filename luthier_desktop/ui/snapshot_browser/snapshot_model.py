"""The rows of the library: ids in order, entries fetched a page at a time as they are seen."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from luthier_desktop.domain.snapshot import SnapshotEntry
from luthier_desktop.ui.language import in_language
from luthier_desktop.ui.messages import shown, tool_tip
from luthier_desktop.ui.snapshot_browser import words

PAGE_ROWS = 100
KEPT_ENTRIES = 2000
LOADING = "…"
_LONGEST_TIP = 600
_ROOT = QModelIndex()
_ROLE = Qt.ItemDataRole
AnyIndex = QModelIndex | QPersistentModelIndex


class SnapshotModel(QAbstractTableModel):
    """One column over snapshot ids; ``wanted`` asks for the entries of ids that are looked at."""

    wanted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ids: list[str] = []
        self._rows: dict[str, int] = {}
        self._entries: OrderedDict[str, SnapshotEntry] = OrderedDict()
        self._asked: set[str] = set()
        self._damaged: dict[str, str] = {}

    def show_ids(self, ids: Sequence[str], entries: Iterable[SnapshotEntry] = ()) -> None:
        """Show exactly these snapshots as they are now; *entries* are those known already."""
        new = list(ids)
        self._asked.clear()
        self._entries = OrderedDict((entry.snapshot_id, entry) for entry in entries)
        if new == self._ids:
            if new:
                self.dataChanged.emit(self.index(0, 0), self.index(len(new) - 1, 0))
            return
        self.beginResetModel()
        self._ids = new
        self._rows = {each: row for row, each in enumerate(new)}
        self.endResetModel()

    def put_entries(self, entries: Iterable[SnapshotEntry]) -> None:
        """Take the entries that were asked for."""
        for entry in entries:
            self._entries[entry.snapshot_id] = entry
            self._asked.discard(entry.snapshot_id)
            self._changed(entry.snapshot_id)
        while len(self._entries) > KEPT_ENTRIES:
            self._entries.popitem(last=False)

    def give_up(self, ids: Iterable[str]) -> None:
        """Let ids be asked for again, after a failure."""
        self._asked.difference_update(ids)

    def mark_damaged(self, snapshot_id: str, reason: str) -> None:
        """Take note of why a snapshot is damaged; "" for one that is sound."""
        if self._damaged.get(snapshot_id, "") != reason:
            self._damaged[snapshot_id] = reason
            self._changed(snapshot_id)

    def damage_of(self, snapshot_id: str) -> str:
        """Return why a snapshot is damaged; "" while nothing is known of it."""
        return self._damaged.get(snapshot_id, "")

    def id_at(self, row: int) -> str | None:
        """Return the id of a row."""
        return self._ids[row] if 0 <= row < len(self._ids) else None

    def row_of(self, snapshot_id: str | None) -> int | None:
        """Return the row of a snapshot, if it is shown."""
        return None if snapshot_id is None else self._rows.get(snapshot_id)

    def entry(self, index: AnyIndex) -> SnapshotEntry | None:
        """Return the entry at an index; one that is not at hand is asked for."""
        snapshot_id = self.id_at(index.row())
        if snapshot_id is None:
            return None
        found = self._entries.get(snapshot_id)
        if found is None:
            self._ask(index.row())
        return found

    def entry_of(self, snapshot_id: str) -> SnapshotEntry | None:
        """Return the entry of a snapshot, if it was fetched."""
        return self._entries.get(snapshot_id)

    def _ask(self, row: int) -> None:
        if self._ids[row] in self._asked:
            return
        start = row - row % PAGE_ROWS
        page = self._ids[start : start + PAGE_ROWS]
        missing = [each for each in page if each not in self._entries and each not in self._asked]
        self._asked.update(missing)
        self.wanted.emit(missing)

    def _changed(self, snapshot_id: str) -> None:
        row = self._rows.get(snapshot_id)
        if row is not None:
            self.dataChanged.emit(self.index(row, 0), self.index(row, 0))

    # Qt overrides

    def rowCount(self, parent: AnyIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: AnyIndex = _ROOT) -> int:
        return 0 if parent.isValid() else 1

    @in_language
    def data(self, index: AnyIndex, role: int = _ROLE.DisplayRole) -> Any:
        if not index.isValid() or role not in _ANSWERS:
            return None
        entry = self.entry(index)
        if entry is None:
            return LOADING if role == _ROLE.DisplayRole else None
        if role == _ROLE.DisplayRole:
            return shown(entry.name)
        damage = self.damage_of(entry.snapshot_id)
        if role == _ROLE.ToolTipRole:
            return tool_tip(damage or shown(entry.description or entry.name, _LONGEST_TIP))
        if role == _ROLE.AccessibleDescriptionRole:
            return shown(entry.description, _LONGEST_TIP) if entry.description else ""
        return words.spoken(entry, bool(damage))


_ANSWERS = frozenset(
    {
        _ROLE.DisplayRole,
        _ROLE.ToolTipRole,
        _ROLE.AccessibleTextRole,
        _ROLE.AccessibleDescriptionRole,
    }
)
