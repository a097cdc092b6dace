"""The list of the steps: moves by keys, and never by a search over all rows."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from luthier_desktop.ui.design_editor.history_delegate import HistoryDelegate
from luthier_desktop.ui.design_editor.history_looks import StepLooks
from luthier_desktop.ui.design_editor.history_model import HistoryModel
from luthier_desktop.ui.language import tr

AnyIndex = QModelIndex | QPersistentModelIndex


class HistoryList(QTableView):
    """Shows a ``HistoryModel``; ``pointed`` carries the row that the keys are on."""

    pointed = Signal(int)

    def __init__(
        self, model: HistoryModel, looks: StepLooks, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("historyList")
        self.setAccessibleName(tr("History of edits"))
        self._is_told = False
        self.setModel(model)
        delegate = HistoryDelegate(self, model, looks)
        self.setItemDelegate(delegate)
        self._set_behaviour()
        self._set_rows(delegate.row_height())
        looks.drawn.connect(self.viewport().update)

    def point_at(self, row: int) -> None:
        """Make *row* the current one, without a word."""
        self._is_told = True
        try:
            self.setCurrentIndex(self.model().index(row, 0))
        finally:
            self._is_told = False

    def _set_behaviour(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)

    def _set_rows(self, height: int) -> None:
        rows = self.verticalHeader()
        rows.setVisible(False)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(height)
        rows.setDefaultSectionSize(height)
        columns = self.horizontalHeader()
        columns.setVisible(False)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)

    # Qt overrides

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and not self._is_told:
            self.pointed.emit(current.row())

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        if action is QAbstractItemView.CursorAction.MoveHome:
            return self.model().index(0, 0)
        if action is QAbstractItemView.CursorAction.MoveEnd:
            return self.model().index(self.model().rowCount() - 1, 0)
        return super().moveCursor(action, modifiers)

    def keyboardSearch(self, search: str) -> None:
        """Letters look for nothing: a search would read every row."""
