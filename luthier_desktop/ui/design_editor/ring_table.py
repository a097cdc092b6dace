"""The ring table: rows edited in place; its current row is the selected ring."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from luthier_desktop.domain.patterns.registry import PARAMETERS
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.ui import style
from luthier_desktop.ui.design_editor import order_edits
from luthier_desktop.ui.design_editor.document import DesignDocument
from luthier_desktop.ui.design_editor.ring_columns import Column
from luthier_desktop.ui.design_editor.ring_edits import family_text
from luthier_desktop.ui.design_editor.ring_model import RingModel
from luthier_desktop.ui.design_editor.row_drag import RowDrag, paint_mark
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.widgets.empty_words import EmptyWords

Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT = 6 * style.GRID
LOCK_PX = 12
_EMPTY = "No rings yet. Insert, or Ctrl+I, adds one; Ctrl+N begins with a starter design."
WIDTHS = {
    Column.RING: 42,
    Column.PATTERN: 84,
    Column.WIDTH: 66,
    Column.MEASURED: 66,
    Column.GAP: 62,
    Column.TILE: 64,
    Column.MATERIALS: 120,
    Column.INNER: 54,
    Column.OUTER: 54,
    Column.VERDICT: 48,
}
_FLAG = QItemSelectionModel.SelectionFlag
_CHOOSING = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
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

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Frame the cell that keys go to: the style's own mark hardly shows on a selected row."""
        super().paint(painter, option, index)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(style.tokens().accent))
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))

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
        for family in PARAMETERS:
            combo.addItem(tr(family_text(family)), family_text(family))
        combo.activated.connect(self.choose)
        return combo

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        text = str(index.data(Qt.ItemDataRole.EditRole))
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(text))
        elif isinstance(editor, QLineEdit):
            editor.setText(text)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData())
        elif isinstance(editor, QLineEdit) and editor.text() != index.data(
            Qt.ItemDataRole.EditRole
        ):
            model.setData(index, editor.text())


class RingTable(QTableView):
    """The stack, innermost ring first; rows are dragged to where their rings shall lie.

    ``chosenChanged`` comes when other rows are selected. The current one is the ring of the
    canvas and of the fields; commands about rings are done to all that are selected.
    """

    chosenChanged = Signal()

    def __init__(
        self, document: DesignDocument, model: RingModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._model = model
        self._drag: RowDrag | None = None
        self._lost: list[str] = []
        self.presses = 0
        self.setObjectName("ringTable")
        self.setAccessibleName(tr("Ring table"))
        self.setAccessibleDescription(
            tr("The rings from the soundhole outwards. F2 edits a cell, Shift and Ctrl choose "
            "several rings, dragging or Ctrl with Up and Down moves them.")
        )
        self.setModel(model)
        self.setItemDelegate(CellDelegate(self))
        self._arrange()
        EmptyWords(self, _EMPTY)
        self.selectionModel().currentRowChanged.connect(self._select)
        self.selectionModel().selectionChanged.connect(self.chosenChanged)
        model.modelAboutToBeReset.connect(self._remember_chosen)
        document.switched.connect(self.clearSelection)
        document.changed.connect(self._follow)
        document.selectionChanged.connect(self.follow_selection)

    def follow_selection(self) -> None:
        """Make the row of the selected ring the current one."""
        row = self._model.row_of(self._document.selected_id)
        if row < 0:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
        elif row != self.currentIndex().row() or not self.selectionModel().hasSelection():
            column = max(self.currentIndex().column(), Column.WIDTH)
            self._choose_alone(self._model.index(row, column))
        else:
            self.scrollTo(self.currentIndex())  # its ring may have moved out of sight

    def chosen(self) -> tuple[int, ...]:
        """Return the rows that are selected, inner to outer; else the selected ring's."""
        rows = {index.row() for index in self.selectionModel().selectedRows()}
        position = self._document.selected_position
        if not rows and position is not None:
            rows = {position}
        return tuple(sorted(rows))

    def edit_cell(self, row: int, column: Column) -> None:
        """Put the focus into one cell and begin to edit it."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        index = self._model.index(row, column)
        self._show_measured(column is Column.MEASURED or not self.isColumnHidden(Column.MEASURED))
        self._choose_alone(index)
        self.edit(index)

    def _select(self, current: QModelIndex) -> None:
        if current.isValid():
            self._document.select(self._model.ring_id(current.row()))

    def _follow(self, design: RosetteParamSpec) -> None:
        """Keep up with another design: its selection, and whether anything was measured."""
        self._end_drag()
        self._show_measured(any(one.measured_width_mm is not None for one in design.ring_params))
        self.follow_selection()
        lost, self._lost = self._lost, []
        for row in map(self._model.row_of, lost if len(lost) > 1 else []):
            if row >= 0:
                self.selectionModel().select(self._model.index(row, 0), _FLAG.Select | _FLAG.Rows)

    def _show_measured(self, is_shown: bool) -> None:
        """Show the measured widths; in a narrow table the inner radii make room for them."""
        is_narrow = self.viewport().width() < sum(WIDTHS.values())
        for column, is_hidden in (
            (Column.MEASURED, not is_shown), (Column.INNER, is_shown and is_narrow)
        ):
            if self.isColumnHidden(column) != is_hidden:
                self.setColumnHidden(column, is_hidden)

    def _choose_alone(self, index: QModelIndex) -> None:
        """Make one cell current and its row the only one chosen, whatever keys are held."""
        self.selectionModel().setCurrentIndex(index, _FLAG.ClearAndSelect | _FLAG.Rows)

    def _keep_current_chosen(self) -> None:
        """Make the nearest chosen row current where the current one was just let go."""
        row, chosen = self.currentIndex().row(), self.chosen()
        if chosen and row not in chosen and self.selectionModel().hasSelection():
            nearest = min(chosen, key=lambda one: abs(one - row))
            index = self._model.index(nearest, self.currentIndex().column())
            self.selectionModel().setCurrentIndex(index, _FLAG.NoUpdate)

    def _remember_chosen(self) -> None:
        """Take note of the rows, which the model forgets when it begins anew."""
        found = (self._model.ring_id(row) for row in self.chosen())
        self._lost = [ring_id for ring_id in found if ring_id is not None]

    def _slot_at(self, y: int) -> int:
        """Return the row before which something let go at this height falls."""
        row = self.rowAt(y)
        if row < 0:
            return 0 if y < 0 else self._model.rowCount()
        return row + (y > self.rowViewportPosition(row) + self.rowHeight(row) // 2)

    def _slot_y(self, slot: int) -> int:
        if slot < self._model.rowCount():
            return self.rowViewportPosition(slot)
        return self.rowViewportPosition(slot - 1) + self.rowHeight(slot - 1)

    def _roll(self, y: int) -> None:
        """Bring the next row into sight while rows are dragged beyond the edge."""
        step = (y > self.viewport().height()) - (y < 0)
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + step)

    def _end_drag(self) -> RowDrag | None:
        ended, self._drag = self._drag, None
        if ended is not None and ended.begun:
            self.viewport().unsetCursor()
            self.viewport().update()
        return ended

    def _arrange(self) -> None:
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
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
        self.setIconSize(QSize(LOCK_PX, LOCK_PX))
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
        self.setColumnHidden(Column.MEASURED, True)

    # Qt overrides

    def event(self, event: QEvent) -> bool:
        """Count the keys that go down, so that a held one makes one step of the history."""
        is_asked = event.type() == QEvent.Type.ShortcutOverride
        if is_asked and isinstance(event, QKeyEvent) and not event.isAutoRepeat():
            self.presses += 1
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_measured(not self.isColumnHidden(Column.MEASURED))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        place = event.position().toPoint()
        if (
            event.button() is Qt.MouseButton.LeftButton
            and not event.modifiers() & _CHOOSING
            and self.indexAt(place).isValid()
        ):
            self._drag = RowDrag(self.chosen(), place)
        self._keep_current_chosen()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag is None:
            super().mouseMoveEvent(event)
            return
        place = event.position().toPoint()
        if self._drag.move(place, self._slot_at(place.y())):
            self._roll(place.y())
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        drag = self._end_drag()
        if drag is None or drag.slot is None:
            super().mouseReleaseEvent(event)
            return
        rows, slot = drag.rows, drag.slot
        self._document.attempt(lambda design: order_edits.move_to(design, rows, slot))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._drag is not None:
            self._end_drag()
        else:
            super().keyPressEvent(event)
            self._keep_current_chosen()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._drag is not None and self._drag.slot is not None:
            painter = QPainter(self.viewport())
            accent = QColor(style.tokens().accent)
            y = self._slot_y(self._drag.slot)
            paint_mark(painter, y, self.viewport().rect(), accent)
