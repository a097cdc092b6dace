"""The rows of the run log: ids in order, entries fetched a page at a time as they are seen."""

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
from PySide6.QtGui import QColor

from luthier_desktop.domain.run import RunEntry
from luthier_desktop.ui.messages import tool_tip
from luthier_desktop.ui.run_log.columns import COLUMNS, DAMAGED, VERDICT, verdict
from luthier_desktop.ui.style import number_font, risk_sign

PAGE_ROWS = 100
KEPT_ENTRIES = 5000
MARK = "● "
_LOADING = "…"
_NO_PARENT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class RunModel(QAbstractTableModel):
    """A table over run ids; ``wanted`` asks for the entries of ids that are looked at.

    A million ids cost nothing to show: only pages that are seen are fetched, and the last few
    thousand entries are kept.
    """

    wanted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ids: list[str] = []
        self._rows: dict[str, int] = {}
        self._entries: OrderedDict[str, RunEntry] = OrderedDict()
        self._asked: set[str] = set()
        self._marks: set[str] = set()
        self._damaged: set[str] = set()

    def show_ids(self, ids: Sequence[str]) -> None:
        """Show exactly these runs; when only new ones stand before the old, they are inserted."""
        new = list(ids)
        added = len(new) - len(self._ids)
        if added >= 0 and self._ids and new[added:] == self._ids:
            self.put_first(new[:added])
            return
        self.beginResetModel()
        self._ids = new
        self._rows = {}
        self._asked.clear()
        self.endResetModel()

    def put_first(self, ids: Sequence[str]) -> None:
        """Insert new runs above all others."""
        if ids:
            self.beginInsertRows(_NO_PARENT, 0, len(ids) - 1)
            self._ids[:0] = ids
            self._rows = {}
            self.endInsertRows()

    def put_entries(self, entries: Iterable[RunEntry]) -> None:
        """Take the entries that were asked for."""
        rows = []
        for entry in entries:
            self._entries[entry.run_id] = entry
            self._entries.move_to_end(entry.run_id)
            self._asked.discard(entry.run_id)
            row = self.row_of(entry.run_id)
            if row is not None:
                rows.append(row)
        while len(self._entries) > KEPT_ENTRIES:
            self._entries.popitem(last=False)
        if rows:
            last_column = len(COLUMNS) - 1
            self.dataChanged.emit(self.index(min(rows), 0), self.index(max(rows), last_column))

    def give_up(self, ids: Iterable[str]) -> None:
        """Let ids be asked for again, after a failure."""
        self._asked.difference_update(ids)

    def id_at(self, row: int) -> str | None:
        """Return the run id of a row."""
        return self._ids[row] if 0 <= row < len(self._ids) else None

    def row_of(self, run_id: str) -> int | None:
        """Return the row of a run, if it is shown."""
        if not self._rows and self._ids:
            self._rows = {each: row for row, each in enumerate(self._ids)}
        return self._rows.get(run_id)

    def toggle_mark(self, row: int) -> bool:
        """Set or take away the mark of a row; say whether it is marked now."""
        run_id = self._ids[row]
        self._marks ^= {run_id}
        self._changed(row)
        return run_id in self._marks

    def next_mark(self, row: int) -> int | None:
        """Return the next marked row below *row*, beginning again at the top."""
        rows = sorted(found for found in map(self.row_of, self._marks) if found is not None)
        below = [found for found in rows if found > row] or rows
        return below[0] if below else None

    def entry_of(self, run_id: str) -> RunEntry | None:
        """Return the entry of a run, if it was fetched."""
        return self._entries.get(run_id)

    def forget(self, run_id: str) -> None:
        """Fetch the entry of a run anew when it is seen next: it has changed."""
        self._entries.pop(run_id, None)

    def mark_damaged(self, run_id: str) -> None:
        """Show a run as damaged: reading it has just shown that it is."""
        self._damaged.add(run_id)
        row = self.row_of(run_id)
        if row is not None:
            self._changed(row)

    def _changed(self, row: int) -> None:
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(COLUMNS) - 1))

    def _entry(self, row: int) -> RunEntry | None:
        run_id = self._ids[row]
        entry = self._entries.get(run_id)
        if entry is None:
            self._ask(row)
        elif run_id in self._damaged and not entry.damaged:
            entry = entry.model_copy(update={"damaged": True})
            self._entries[run_id] = entry
        return entry

    def _ask(self, row: int) -> None:
        if self._ids[row] in self._asked:
            return
        start = row - row % PAGE_ROWS
        page = self._ids[start : start + PAGE_ROWS]
        missing = [each for each in page if each not in self._entries and each not in self._asked]
        self._asked.update(missing)
        self.wanted.emit(missing)

    def _text(self, entry: RunEntry, run_id: str, column: int) -> str:
        text = COLUMNS[column].text(entry)
        return f"{MARK}{text}" if column == 0 and run_id in self._marks else text

    # Qt overrides

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        is_title = orientation is Qt.Orientation.Horizontal and 0 <= section < len(COLUMNS)
        if is_title and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section].title
        if is_title and role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in _ANSWERS:
            return None
        entry = self._entry(index.row())
        column = index.column()
        if role == Qt.ItemDataRole.FontRole:
            return number_font() if COLUMNS[column].is_number else None
        if entry is None:
            return _LOADING if role == Qt.ItemDataRole.DisplayRole and column == 0 else None
        return self._answer(entry, index.row(), column, role)

    def _answer(self, entry: RunEntry, row: int, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.ForegroundRole:
            status = "RED" if entry.damaged else "NA" if entry.purged else entry.risk_level
            return QColor(risk_sign(status).colour) if column == VERDICT else None
        if role == Qt.ItemDataRole.AccessibleTextRole and column == 0:
            return self._spoken(entry, self._ids[row])
        text = self._text(entry, self._ids[row], column)
        return tool_tip(text) if role == Qt.ItemDataRole.ToolTipRole else text

    def _spoken(self, entry: RunEntry, run_id: str) -> str:
        mark = "Marked. " if run_id in self._marks else ""
        state = DAMAGED if entry.damaged else verdict(entry)
        return f"{mark}{state}, {COLUMNS[0].text(entry)}, {COLUMNS[1].text(entry)}"


_ANSWERS = frozenset(
    {
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.FontRole,
        Qt.ItemDataRole.ForegroundRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
    }
)
