"""The differences as a table: what, a, b, under headings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from luthier_desktop.ui import style
from luthier_desktop.ui.language import in_language
from luthier_desktop.ui.messages import tool_tip
from luthier_desktop.ui.run_compare.rows import Row

AnyIndex = QModelIndex | QPersistentModelIndex
HEADS = ("What differs", "a", "b")
_NOWHERE = QModelIndex()
_ROLE = Qt.ItemDataRole


class ChangeModel(QAbstractTableModel):
    """One row a difference; headings cannot be chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def row(self, at: int) -> Row | None:
        """Return a row; None beyond the last."""
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def headings(self) -> list[int]:
        """Return which rows are headings."""
        return [at for at, row in enumerate(self._rows) if row.heading]

    def next_change(self, at: int, step: int) -> int | None:
        """Return the next row after *at*, in the direction of *step*, that is a difference."""
        beyond = range(at + step, len(self._rows) if step > 0 else -1, step)
        return next((row for row in beyond if not self._rows[row].heading), None)

    def row_of(self, path: str) -> int | None:
        """Return the row of the difference at *path*."""
        return next((at for at, row in enumerate(self._rows) if path and row.path == path), None)

    # Qt overrides

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(HEADS)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return Qt.ItemFlag.NoItemFlags
        if row.heading:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    @in_language
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole
    ) -> Any:
        is_head = orientation is Qt.Orientation.Horizontal and 0 <= section < len(HEADS)
        return HEADS[section] if is_head and role == _ROLE.DisplayRole else None

    @in_language
    def data(self, index: AnyIndex, role: int = _ROLE.DisplayRole) -> Any:
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == _ROLE.DisplayRole:
            return (row.what, row.a.text, row.b.text)[index.column()]
        if role == _ROLE.AccessibleTextRole:
            return (row.spoken, row.a.text, row.b.text)[index.column()]
        if role == _ROLE.ToolTipRole and not row.heading:
            what, a, b = row.copied
            return tool_tip(f"{what}: a {a}, b {b}. {row.path}")
        return _look(row, index.column(), role)


def _look(row: Row, column: int, role: int) -> Any:
    if role == _ROLE.FontRole:
        return style.sized(bold=True) if row.heading else None
    if role == _ROLE.BackgroundRole:
        return QColor(style.tokens().button) if row.heading else None
    if role == _ROLE.ForegroundRole and column > 0:
        status = (row.a, row.b)[column - 1].status
        return QColor(style.risk_sign(status).colour) if status else None
    return None
