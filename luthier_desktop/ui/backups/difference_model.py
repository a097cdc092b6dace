"""What restoring a backup would change: a row each, as it is now and as it would be then."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from luthier_desktop.ui.backups.words import Row
from luthier_desktop.ui.language import in_language
from luthier_desktop.ui.messages import tool_tip

AnyIndex = QModelIndex | QPersistentModelIndex
HEADS = ("What changes", "Now", "Then")
_NOWHERE = QModelIndex()
_ROLE = Qt.ItemDataRole


class DifferenceModel(QAbstractTableModel):
    """One row a difference."""

    def __init__(self, rows: tuple[Row, ...], parent: QObject) -> None:
        super().__init__(parent)
        self._rows = rows

    # Qt overrides

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(HEADS)

    @in_language
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole
    ) -> Any:
        if role == _ROLE.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return HEADS[section]
        return None

    @in_language
    def data(self, index: AnyIndex, role: int = _ROLE.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role in (_ROLE.DisplayRole, _ROLE.AccessibleTextRole):
            return row[index.column()]
        if role == _ROLE.ToolTipRole:
            return tool_tip(f"{row.what}: now {row.now}, then {row.then}. {row.path}")
        return None
