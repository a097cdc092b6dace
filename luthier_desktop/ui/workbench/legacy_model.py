"""What an import from the web ToolBox has to say, as rows of a table: one a record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from luthier_desktop.ui.language import in_language
from luthier_desktop.ui.messages import shown, tool_tip

AnyIndex = QModelIndex | QPersistentModelIndex
HEADINGS = ("Kind", "Old id", "Remark", "Found in")
_NOWHERE = QModelIndex()
_KINDS = {"run": "Run", "snapshot": "Snapshot", "backup": "Backup", "left out": "Left out"}
_LONGEST = 300
_DISPLAY = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


class LegacyRow(NamedTuple):
    """One record: its sentences, and the run that stands for it or "" when it was left out."""

    kind: str
    id: str
    run_id: str
    path: str
    said: tuple[str, ...]


class LegacyModel(QAbstractTableModel):
    """One row a record, in the order of the folder."""

    def __init__(self, rows: Sequence[LegacyRow], parent: QObject) -> None:
        super().__init__(parent)
        self._rows = rows

    def at(self, row: int) -> LegacyRow | None:
        """Return the record of a row; None beyond the last."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def text(self) -> str:
        """Write all rows as text."""
        return "\n\n".join(written(row) for row in self._rows)

    # Qt overrides

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(HEADINGS)

    @in_language
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return HEADINGS[section]
        return None

    @in_language
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.at(index.row())
        if row is None:
            return None
        if role in _DISPLAY:
            return _cells(row)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return tool_tip(shown(" ".join(row.said), _LONGEST))
        return None


def rows_of(told: Sequence[dict[str, Any]]) -> tuple[LegacyRow, ...]:
    """Read rows that came as plain data."""
    return tuple(
        LegacyRow(one["kind"], one["id"], one["run_id"], one["path"], tuple(one["said"]))
        for one in told
    )


def written(row: LegacyRow) -> str:
    """Write a row with all that it says."""
    head = " ".join(part for part in (_KINDS[row.kind], row.id, row.run_id, row.path) if part)
    return "\n".join([head, *(f"  {one}" for one in row.said)])


def _cells(row: LegacyRow) -> tuple[str, ...]:
    more = f"1 of {len(row.said)}: " if len(row.said) > 1 else ""
    return (
        _KINDS[row.kind],
        shown(row.id) if row.id else "",
        more + shown(row.said[0] if row.said else "", _LONGEST),
        shown(row.path, _LONGEST),
    )
