"""The ring table: rows edited in place; its current row is the selected ring."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from luthier_desktop.domain.patterns.registry import PARAMETERS
from luthier_desktop.ui import style
from luthier_desktop.ui.design_editor.document import DesignDocument
from luthier_desktop.ui.design_editor.ring_columns import Column
from luthier_desktop.ui.design_editor.ring_edits import family_text
from luthier_desktop.ui.design_editor.ring_model import RingModel

Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT = 6 * style.GRID
WIDTHS = {
    Column.RING: 38,
    Column.PATTERN: 86,
    Column.WIDTH: 66,
    Column.GAP: 62,
    Column.TILE: 66,
    Column.MATERIALS: 120,
    Column.INNER: 54,
    Column.OUTER: 54,
    Column.VERDICT: 48,
}
_TRIGGER = QAbstractItemView.EditTrigger


class CellDelegate(QStyledItemDelegate):
    """Edits a pattern with a list of families and everything else as text."""

    def choose(self) -> None:
        """Take the family that was just picked from the open list."""
        combo = self.sender()
        if isinstance(combo, QComboBox):
            self.commitData.emit(combo)
            self.closeEditor.emit(combo, QStyledItemDelegate.EndEditHint.NoHint)

    # Qt overrides

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> QWidget:
        if index.column() != Column.PATTERN:
            editor = QLineEdit(parent)
            editor.setFrame(False)
            editor.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
            return editor
        combo = QComboBox(parent)
        combo.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        combo.addItems([family_text(family) for family in PARAMETERS])
        combo.activated.connect(self.choose)
        return combo

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        text = str(index.data(Qt.ItemDataRole.EditRole))
        if isinstance(editor, QComboBox):
            editor.setCurrentText(text)
        elif isinstance(editor, QLineEdit):
            editor.setText(text)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentText())
        elif isinstance(editor, QLineEdit) and editor.text() != index.data(
            Qt.ItemDataRole.EditRole
        ):
            model.setData(index, editor.text())


class RingTable(QTableView):
    """The stack, innermost ring first."""

    def __init__(
        self, document: DesignDocument, model: RingModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._model = model
        self.setObjectName("ringTable")
        self.setAccessibleName("Ring table")
        self.setAccessibleDescription("The rings from the soundhole outwards; F2 edits a cell.")
        self.setModel(model)
        self.setItemDelegate(CellDelegate(self))
        self._arrange()
        self.selectionModel().currentRowChanged.connect(self._select)
        document.changed.connect(self.follow_selection)
        document.selectionChanged.connect(self.follow_selection)

    def follow_selection(self) -> None:
        """Make the row of the selected ring the current one."""
        row = self._model.row_of(self._document.selected_id)
        if row < 0:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
        elif row != self.currentIndex().row() or not self.selectionModel().hasSelection():
            column = max(self.currentIndex().column(), Column.WIDTH)
            self.setCurrentIndex(self._model.index(row, column))

    def edit_cell(self, row: int, column: Column) -> None:
        """Put the focus into one cell and begin to edit it."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        index = self._model.index(row, column)
        self.setCurrentIndex(index)
        self.edit(index)

    def _select(self, current: QModelIndex) -> None:
        if current.isValid():
            self._document.select(self._model.ring_id(current.row()))

    def _arrange(self) -> None:
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(
            _TRIGGER.DoubleClicked | _TRIGGER.EditKeyPressed | _TRIGGER.AnyKeyPressed
        )
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFont(style.number_font())
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        columns = self.horizontalHeader()
        columns.setHighlightSections(False)
        for column, width in WIDTHS.items():
            self.setColumnWidth(column, width)
        columns.setSectionResizeMode(Column.MATERIALS, QHeaderView.ResizeMode.Stretch)
        columns.setMinimumSectionSize(WIDTHS[Column.RING])
