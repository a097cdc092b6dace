"""A cut list to look at: its tables, one at a time."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QTableView, QVBoxLayout, QWidget

from luthier_desktop.domain.cut_list.table import Table, cell_text
from luthier_desktop.ui.language import in_language, tr
from luthier_desktop.ui.messages import PlainLabel, sentence
from luthier_desktop.ui.style import GRID
from luthier_desktop.ui.widgets.fields import ChoiceField

_Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_LONGEST_CELL_PX = 260
_ROW_PX = 6 * GRID


class CutTables(QWidget):
    """Shows the tables that it is given, the same one as before where it still is."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("cutTables")
        self._tables: tuple[Table, ...] = ()
        self._model = CutTableModel(self)
        self._which = ChoiceField("Part of the cut list", "Which table is shown.", self)
        self._which.setObjectName("cutTableChoice")
        self._view = QTableView(self)
        self._view.setObjectName("cutTable")
        self._view.setAccessibleName(tr("Cut list"))
        self._view.setModel(self._model)
        self._view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._view.setAlternatingRowColors(True)
        self._view.setWordWrap(False)
        self._view.setTabKeyNavigation(False)
        self._view.verticalHeader().hide()
        self._view.verticalHeader().setDefaultSectionSize(_ROW_PX)
        self._told = PlainLabel("", self)
        self._told.setObjectName("cutTableTold")
        self._told.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID * 2)
        for part in (self._which, self._view, self._told):
            column.addWidget(part)
        self._which.currentIndexChanged.connect(self._show)

    def show_tables(self, tables: tuple[Table, ...], told: str) -> None:
        """Show these tables; *told* says below them what is missing in them."""
        chosen = self._which.currentData()
        self._tables = tables
        self._which.blockSignals(True)
        self._which.clear()
        for table in tables:
            count = len(table.rows)
            self._which.addItem(tr(f"{table.title} ({count})"), table.key)
        self._which.setCurrentIndex(max(0, self._which.findData(chosen)))
        self._which.blockSignals(False)
        self._told.setText(tr(sentence(told)))
        self._told.setVisible(bool(told))
        self._show(self._which.currentIndex())

    def _show(self, at: int) -> None:
        if 0 <= at < len(self._tables):
            self._model.show_table(self._tables[at])
            self._view.resizeColumnsToContents()
            for column in range(self._model.columnCount()):
                width = min(self._view.columnWidth(column), _LONGEST_CELL_PX)
                self._view.setColumnWidth(column, width)


class CutTableModel(QAbstractTableModel):
    """The cells of one table as text."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._table: Table | None = None

    def show_table(self, table: Table) -> None:
        """Show this table."""
        self.beginResetModel()
        self._table = table
        self.endResetModel()

    # Qt overrides

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        return 0 if self._table is None or parent.isValid() else len(self._table.rows)

    def columnCount(self, parent: _Index = _NO_INDEX) -> int:
        return 0 if self._table is None or parent.isValid() else len(self._table.columns)

    @in_language
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self._table is None:
            return None
        cell = self._table.rows[index.row()][index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return cell_text(cell, self._table.columns[index.column()])
        if role == Qt.ItemDataRole.TextAlignmentRole and isinstance(cell, int | float):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    @in_language
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if self._table is None or role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return self._table.columns[section].heading
        return str(section + 1)
