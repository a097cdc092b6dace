"""The table of the run log: moves by single keys, and never by a search over all rows."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from luthier_desktop.ui.language import tr
from luthier_desktop.ui.run_log.run_model import Index, RunModel
from luthier_desktop.ui.style import GRID

ROW_HEIGHT = GRID * 6
_EMPTY = "No runs yet. F5 checks the design and records the answer here."


class RunTable(QTableView):
    """Shows a `RunModel`; rows of one height, one selected row, the current run by its number.

    ``currentRunChanged`` carries the number of the current run or None; ``widened`` comes when
    there is more or less room for the columns.
    """

    currentRunChanged = Signal(object)
    widened = Signal()

    def __init__(self, model: RunModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("runLogTable")
        self.setAccessibleName(tr("Run log"))
        self.empty_text = _EMPTY
        self.stays_in_place = False
        self._model = model
        self._kept: int | None = None
        self._kept_row = 0
        self._kept_above = 0
        self.setModel(model)
        self._set_behaviour()
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._return)
        model.rowsAboutToBeInserted.connect(self._keep)
        model.rowsInserted.connect(self._follow)

    def seq(self) -> int | None:
        """Return the number of the current run."""
        return self._model.order.seq_at(self.currentIndex().row())

    def run_id(self) -> str | None:
        """Return the id of the current run, as far as it was fetched."""
        return self._model.id_at(self.currentIndex().row())

    def go_to(self, row: int) -> None:
        """Make *row* the current one and show it; a row beyond the ends is the last one there."""
        last = self._model.rowCount() - 1
        if last >= 0:
            index = self._model.index(max(0, min(row, last)), self._first_column())
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
        """Say whether the reader looks at the first rows."""
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
        columns.setObjectName("runLogColumns")
        columns.setAccessibleName(tr("Columns of the run log"))
        columns.setHighlightSections(False)

    def _first_column(self) -> int:
        header = self.horizontalHeader()
        for visual in range(header.count()):
            column = header.logicalIndex(visual)
            if not header.isSectionHidden(column):
                return column
        return 0

    def _keep(self) -> None:
        self._kept = self.seq()
        self._kept_row = max(0, self.currentIndex().row())
        self._kept_above = self._kept_row - self.verticalScrollBar().value()

    def _return(self) -> None:
        """Go back to the run that was current, to stand where it stood on the screen."""
        row = self._model.order.row_of(self._kept)
        gone_to = self._kept_row if self.stays_in_place else 0
        if self._kept is not None:
            self.go_to(gone_to if row is None else row)
            if row is not None and 0 <= self._kept_above <= self.half_page() * 2:
                self.verticalScrollBar().setValue(row - self._kept_above)
        if self.seq() != self._kept or row is None:
            self.currentRunChanged.emit(self.seq())

    def _follow(self, _: Index, first: int, last: int) -> None:
        """Keep what is read where it stands, when rows come in above it."""
        top = self._kept_row - self._kept_above
        if first == 0 and (top > 0 or self._kept_row > 0):
            self.updateGeometries()  # else the scroll bar still ends at the old last row
            self.verticalScrollBar().setValue(top + last + 1)

    # Qt overrides

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: the built-in search reads every row, which freezes a long log."""

    def selectAll(self) -> None:
        """Do nothing: many runs are marked, not selected."""

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.row() != previous.row():
            self.currentRunChanged.emit(self._model.order.seq_at(current.row()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.widened.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._model.rowCount() == 0:
            painter = QPainter(self.viewport())
            painter.setPen(self.palette().placeholderText().color())
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.viewport().rect(), flags, tr(self.empty_text))
            painter.end()
