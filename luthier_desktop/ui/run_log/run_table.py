"""The table of the run log: moves by single keys, and never by a search over all rows."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from luthier_desktop.ui.run_log.columns import COLUMNS
from luthier_desktop.ui.run_log.run_model import Index, RunModel
from luthier_desktop.ui.style import GRID

ROW_HEIGHT = GRID * 6
_EMPTY = "No runs yet. F5 checks the design and records the answer here."


class RunTable(QTableView):
    """Shows a `RunModel`; rows of one height, one selected row, the current run by its id.

    ``currentRunChanged`` carries the id of the current run or None.
    """

    currentRunChanged = Signal(object)

    def __init__(self, model: RunModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("runLogTable")
        self.setAccessibleName("Run log")
        self.empty_text = _EMPTY
        self._model = model
        self._kept: str | None = None
        self._kept_row = 0
        self.setModel(model)
        self._set_behaviour()
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._return)

    def run_id(self) -> str | None:
        """Return the id of the current run."""
        return self._model.id_at(self.currentIndex().row())

    def go_to(self, row: int) -> None:
        """Make *row* the current one and show it; a row beyond the ends is the last one there."""
        last = self._model.rowCount() - 1
        if last >= 0:
            index = self._model.index(max(0, min(row, last)), 0)
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def step(self, rows: int) -> None:
        """Go down by *rows* (negative: up)."""
        self.go_to(self.currentIndex().row() + rows)

    def go_first(self) -> None:
        """Go to the first row."""
        self.go_to(0)

    def go_last(self) -> None:
        """Go to the last row."""
        self.go_to(self._model.rowCount() - 1)

    def half_page(self) -> int:
        """Return how many rows half a page has."""
        return max(1, self.viewport().height() // ROW_HEIGHT // 2)

    def is_at_top(self) -> bool:
        """Say whether the reader looks at the newest runs."""
        return self.verticalScrollBar().value() == 0 and self.currentIndex().row() <= 0

    def _set_behaviour(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        rows = self.verticalHeader()
        rows.setVisible(False)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(ROW_HEIGHT)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        columns = self.horizontalHeader()
        columns.setHighlightSections(False)
        columns.setStretchLastSection(True)
        for position, column in enumerate(COLUMNS):
            self.setColumnWidth(position, column.width)

    def _keep(self) -> None:
        self._kept = self.run_id()
        self._kept_row = max(0, self.currentIndex().row())

    def _return(self) -> None:
        row = self._model.row_of(self._kept) if self._kept is not None else None
        if self._kept is not None or row is not None:
            self.go_to(0 if row is None else row)
        if self.run_id() != self._kept or row is None:
            self.currentRunChanged.emit(self.run_id())

    # Qt overrides

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: the built-in search reads every row, which freezes a long log."""

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.currentRunChanged.emit(self._model.id_at(current.row()))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._model.rowCount() == 0:
            painter = QPainter(self.viewport())
            painter.setPen(self.palette().placeholderText().color())
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.viewport().rect(), flags, self.empty_text)
            painter.end()
