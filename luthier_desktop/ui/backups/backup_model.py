"""The backups of the settings as rows of a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from luthier_desktop.services.backup_states import Verified
from luthier_desktop.ui import style
from luthier_desktop.ui.backups.words import (
    LONGEST,
    holds_text,
    size_text,
    state_status,
    state_text,
)
from luthier_desktop.ui.language import in_language
from luthier_desktop.ui.messages import shown, tool_tip
from luthier_desktop.ui.widgets.record_values import time_text

AnyIndex = QModelIndex | QPersistentModelIndex
HEADS = ("Made", "Why", "Holds", "Size", "State")
_STATE = len(HEADS) - 1
_NOWHERE = QModelIndex()
_ROLE = Qt.ItemDataRole


class BackupModel(QAbstractTableModel):
    """One row a backup, the newest first."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: tuple[Verified, ...] = ()

    def show_backups(self, found: Sequence[Verified]) -> None:
        """Show these backups."""
        self.beginResetModel()
        self._rows = tuple(found)
        self.endResetModel()

    def at(self, row: int) -> Verified | None:
        """Return the backup of a row; None beyond the last."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, name: str) -> int:
        """Return the row of a backup; the first when it is not listed."""
        named = (row for row, one in enumerate(self._rows) if one.told.name == name)
        return next(named, 0)

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
        found = self.at(index.row())
        if found is None:
            return None
        if role in (_ROLE.DisplayRole, _ROLE.AccessibleTextRole):
            return _cells(found)[index.column()]
        if role == _ROLE.ToolTipRole:
            return tool_tip(f"{found.told.name}: {shown(found.told.reason, LONGEST)}")
        if role == _ROLE.ForegroundRole and index.column() == _STATE:
            return QColor(style.risk_sign(state_status(found)).colour)
        return None


def _cells(found: Verified) -> tuple[str, ...]:
    told = found.told
    return (
        time_text(told.created_at_utc),
        shown(told.reason),
        holds_text(found.counts),
        size_text(told.file.size_bytes),
        state_text(found),
    )
